"""Every flow is written as a Questionnaire and an XLSForm that the programs of others read; ids and codes are ours."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from tests.interchange.drafts import VIGNETTES, draft_of, questions, rulebook
from triage.cli import main
from triage.interchange.fhir import ABSENT, bundle, questionnaire
from triage.interchange.fields import PEOPLE
from triage.interchange.reading import read_file
from triage.interchange.writing import as_xlsx
from triage.interchange.xlsform import xlsform

FLOWS = tuple("abcdefghijk")
WORDS = {"en": lambda text_id: f"en {text_id}", "fr": lambda text_id: f"fr {text_id}"}


def items(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for one in document.get("item", []):
        yield one
        yield from items(one)


@pytest.mark.parametrize("flow", FLOWS)
def test_a_questionnaire_keeps_the_rules_of_fhir_and_every_code(flow: str) -> None:
    book = rulebook()
    document = questionnaire(book.flows[flow], book.questions, WORDS)
    every = list(items(document))
    links = [one["linkId"] for one in every]
    assert len(links) == len(set(links))
    asked = [link for link in links if link in book.questions]
    assert asked == list(book.flows[flow].questions)
    for one in every:
        assert one["text"]
        assert ("item" in one) == (one["type"] == "group")
        assert ("answerOption" in one) == (one["type"] == "choice")
    for name in asked:
        question = book.questions[name]
        inner = {one["linkId"]: one for one in every}
        if question.options:
            codes = [one["valueCoding"]["code"] for one in inner[f"{name}.code"]["answerOption"]]
            assert codes == list(question.options)
        absent = [one["valueCoding"]["code"] for one in inner[f"{name}.absent"]["answerOption"]]
        assert absent == list(ABSENT.values())
        condition = [one["valueString"] for one in inner[name].get("extension", [])]
        assert condition == ([] if question.when_text == "always" else [question.when_text])


def test_the_questionnaires_and_responses_have_the_shape_that_fhir_says() -> None:
    from fhir.resources.R4B.bundle import Bundle
    from fhir.resources.R4B.questionnaire import Questionnaire

    book = rulebook()
    for flow in FLOWS:
        Questionnaire.model_validate(questionnaire(book.flows[flow], book.questions, WORDS))
    Bundle.model_validate(bundle([draft_of(path) for path in VIGNETTES], questions(), 1))


@pytest.mark.parametrize("flow", FLOWS)
def test_an_xlsform_is_read_by_pyxform_without_a_warning(flow: str) -> None:
    from pyxform.xls2xform import convert

    book = rulebook()
    sheets = xlsform(book.flows[flow], book.questions, WORDS)
    content = io.BytesIO(as_xlsx(sheets))
    result = convert(xlsform=content, validate=False, file_type=".xlsx")
    assert not [one for one in result.warnings if "translation" not in one], result.warnings
    survey = sheets["survey"]
    begun = [row[1] for row in survey if row[0].startswith("begin_") and row[1] != PEOPLE]
    assert begun == list(book.flows[flow].questions)
    listed = {(row[0], row[1]) for row in sheets["choices"][1:]}
    for name in begun:
        assert {code for one, code in listed if one == name} >= set(book.questions[name].options)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"status": "in-progress"}, "fhir-status"),
        ({"questionnaire": "urn:cairn:flow:b|1"}, "fhir-other"),
        ({"questionnaire": None}, "fhir-other"),
        ({"resourceType": "Patient"}, "fhir-shape"),
        ({"item": {}}, "fhir-shape"),
        ({"item": [{"linkId": "RI-99"}]}, "fhir-item"),
        ({"item": [{"linkId": "RI-01", "item": [{"linkId": "RI-02.code"}]}]}, "fhir-item"),
        ({"item": [{"linkId": "RI-01", "item": [{"linkId": "RI-01.code", "answer": []}]}]}, "fhir-shape"),
        (
            {"item": [{"linkId": "RI-01", "item": [{"linkId": "RI-01.code", "answer": [{"valueBoolean": True}]}]}]},
            "fhir-shape",
        ),
    ],
)
def test_a_response_that_is_wrong_is_refused_by_name(change: dict[str, Any], code: str) -> None:
    whole = bundle([draft_of(VIGNETTES[0])], questions(), 1)
    whole["entry"][0]["resource"] |= change
    read = read_file(json.dumps(whole).encode(), questions())
    assert [one.code for one in read.faults] == [code]
    assert read.referrals == ()


def test_non_answers_stay_apart_in_fhir() -> None:
    for ours, theirs in ABSENT.items():
        draft = draft_of(VIGNETTES[0])
        answers = tuple(
            type(one)(one.question, one.about, ours if one.question == "RI-05" else one.value) for one in draft.answers
        )
        changed = type(draft)(draft.persons, draft.pairs, answers, draft.external_reference, draft.opinion)
        content = json.dumps(bundle([changed], questions(), 1))
        assert f'"code": "{theirs}"' in content
        assert read_file(content.encode(), questions()).referrals[0].referral == changed


def test_the_command_writes_both_and_names_the_nearest_flow(tmp_path: Path) -> None:
    for form, name in (("fhir", "a.json"), ("xlsform", "a.xlsx")):
        done = CliRunner().invoke(main, ["export", "A", "--format", form, "-o", str(tmp_path / name)])
        assert done.exit_code == 0, done.output
    document = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert document["title"] != "flow.a.title"
    assert document["_title"]["extension"][0]["extension"][0]["valueCode"] == "fr"
    assert load_workbook(tmp_path / "a.xlsx").sheetnames == ["survey", "choices", "settings"]
    assert CliRunner().invoke(main, ["export", "z", "--format", "fhir", "-o", str(tmp_path / "z")]).exit_code == 2
