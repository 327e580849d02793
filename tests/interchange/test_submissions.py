"""What was filled in on our form comes back as the same referral; what is wrong is said by sheet, row and column."""

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.interchange.drafts import VIGNETTES, draft_of, questions
from tests.interchange.filled_forms import as_kobo_json, as_kobo_xlsx, as_odk_zip, book, filled, kobo_tables, zipped
from triage.cases.agency.referral import AgencyReferral, ReferredAnswer
from triage.cases.agency.spelling import read as spelled
from triage.cases.agency.spelling import written
from triage.cases.record import Pair
from triage.interchange.reading import Reading, read_file
from triage.interchange.writing import as_csv, in_order, table_of

FORMS: dict[str, Callable[..., bytes]] = {
    "kobo": as_kobo_xlsx,
    "kobo without groups": lambda some: as_kobo_xlsx(some, groups=False),
    "odk": as_odk_zip,
    "kobo api": as_kobo_json,
}


def plain(draft: AgencyReferral) -> AgencyReferral:
    """The same people in streets that no spreadsheet takes for a formula: nobody else writes those behind a quote."""
    text = json.dumps(written(draft)).replace('"=2 Low St"', '"2 Low St"')
    return spelled(json.loads(text))


DRAFTS = tuple(map(plain, map(draft_of, VIGNETTES)))
FIRST = DRAFTS[0]
SECOND = replace(FIRST, external_reference="N-second")


def read(content: bytes) -> Reading:
    return read_file(content, questions())


def said_of(content: bytes, language: str = "en") -> list[str]:
    return [one.in_words(language) for one in read(content).faults]


@pytest.mark.parametrize("name", FORMS)
def test_every_vignette_that_is_filled_in_on_our_form_comes_back(name: str) -> None:
    came = read(FORMS[name](DRAFTS))
    assert came.faults == ()
    assert tuple(one.referral for one in came.referrals) == DRAFTS


@pytest.mark.parametrize("name", FORMS)
def test_the_three_non_answers_stay_apart(name: str) -> None:
    for code in ("NK", "DEC", "NSA"):
        answers = tuple(
            replace(one, value=code) if one.question in {"RI-01", "RI-04"} else one for one in FIRST.answers
        )
        draft = replace(FIRST, answers=(*answers, ReferredAnswer("RI-05", "A-B", code)))
        draft = replace(draft, answers=tuple({(one.question, one.about): one for one in draft.answers}.values()))
        came = read(FORMS[name]([draft]))
        assert came.faults == ()
        assert came.referrals[0].referral.value_of("RI-04") == draft.value_of("RI-04")
        assert came.referrals[0].referral.value_of("RI-05", "A-B") == code


def changed(change: Callable[[dict[str, list[list[Any]]]], object]) -> bytes:
    """The export of two referrals by KoboToolbox, with something changed in its tables."""
    tables = kobo_tables([FIRST, SECOND])
    change(tables)
    return book(tables)


def put(sheet: str, row: int, column: str, cell: Any) -> Callable[[dict[str, list[list[Any]]]], None]:
    def change(tables: dict[str, list[list[Any]]]) -> None:
        table = tables[sheet]
        table[row - 1][table[0].index(column)] = cell

    return change


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (put("row", 2, "row/row.birth", "31/02/1990"), "sheet row, row 2, column birth: 31/02/1990 is not a date."),
        (
            put("Referral", 2, "RI-01/RI-01.code", "neiter"),
            "sheet Referral, row 2, column RI-01: neiter is not among the codes of this column. Did you mean",
        ),
        (
            put("RI-21", 2, "RI-21/RI-21.about", "A"),
            "sheet RI-21, row 2, column RI-21.about: Say whom this is about: one letter for a person (A), two for",
        ),
        (put("RI-08", 2, "RI-08/RI-08.about", "A-B"), "sheet RI-08, row 2, column RI-08.about: Say whom this is about"),
        (put("RI-08", 2, "RI-08/RI-08.about", None), "sheet RI-08, row 2, column RI-08.about: Say whom this is about"),
        (
            put("Referral", 2, "RI-04/RI-04.absent", "DEC"),
            "sheet Referral, row 2, column RI-04: An answer and a reason why there is none are both given.",
        ),
        (put("RI-15", 1, "RI-15/RI-15.code", "RI-15.code"), None),
        (
            lambda tables: tables["RI-15"].append(["none", 1, "Referral", 1, 1001, "u-1"]),
            "sheet RI-15, row 2, column RI-15/RI-15.code: This question is not asked of agencies: leave it empty.",
        ),
        (
            put("RI-12", 2, "RI-12/RI-12.iss_offer_status", "active"),
            "sheet RI-12, row 2, column RI-12.iss_offer_status: Only the support side may fill this column.",
        ),
        (
            put("Referral", 2, "reference", "N-second"),
            "sheet Referral, row 2, column reference: Two submissions have this number (N-second). Neither was taken.",
        ),
        (put("row", 2, "_parent_index", 9), "sheet row, row 2, column PARENT_KEY: The submission that this row"),
        (put("row", 2, "_parent_index", None), "sheet row, row 2, column PARENT_KEY: The submission that this row"),
        (put("Referral", 2, "_index", 2), "sheet Referral, row 3, column KEY: This submission stands twice"),
        (
            put("RI-21", 1, "RI-21/RI-21.code", "RI-21/RI-21.cod"),
            "sheet RI-21, row 1, column RI-21/RI-21.cod: There is no such column.",
        ),
        (
            lambda tables: tables.update(Other=[["Name", "_index", "_parent_index"], ["x", 1, 1]]),
            "sheet Other, row 1: No field of our form is named here. Export with “XML values and headers”, not with",
        ),
        (
            lambda tables: tables["RI-21"][0].__setitem__(slice(-4, -1), ["_1", "_2", "_3"]),
            "sheet RI-21, row 3, column KEY: This submission stands twice, or has no key.",
        ),
    ],
)  # fmt: skip
def test_each_fault_is_said_with_its_sheet_row_and_column(change: Any, sentence: str | None) -> None:
    content = changed(change)
    said = said_of(content)
    if sentence is None:
        assert said == []
        return
    assert any(one.startswith(sentence) for one in said), said
    numbers = {one.referral.external_reference for one in read(content).referrals}
    assert FIRST.external_reference not in numbers


def test_a_fault_keeps_its_own_submission_out_and_no_other() -> None:
    content = changed(put("row", 2, "row/row.birth", "31/02/1990"))
    assert [one.referral for one in read(content).referrals] == [SECOND]
    assert said_of(content, "fr") == ["feuille row, ligne 2, colonne birth : 31/02/1990 n’est pas une date."]


def test_a_repeat_that_was_opened_and_left_says_nothing() -> None:
    """KoboToolbox opens the first repeat by itself, and wants to know whom it is about."""
    empty = ["A-B", None, 2, "Referral", 1, 1001, "u-1"]
    content = changed(lambda tables: tables["RI-05"].append(empty))
    assert said_of(content) == []
    assert [one.referral for one in read(content).referrals] == [FIRST, SECOND]


def test_a_submission_without_a_number_has_the_id_that_the_program_gave_it() -> None:
    content = changed(put("Referral", 2, "reference", None))
    assert [one.referral.external_reference for one in read(content).referrals] == ["u-1", "N-second"]


def test_a_pair_is_a_and_b_in_the_order_of_its_letters_whoever_is_named_first() -> None:
    """The option of the form reads "A": it means the person A, in whichever order the pair was typed."""
    persons, answers = FIRST.persons, (*FIRST.answers, ReferredAnswer("RI-21", "A-B", "a"))
    draft = replace(FIRST, persons=persons, pairs=(Pair("A", "B"),), answers=answers)
    said = filled(draft)
    assert said["row"][0]["row/row.with"] == "B"
    content = changed(lambda tables: [row.__setitem__(0, "b > a") for row in tables["RI-21"][1:]])
    assert read(content).referrals[0].referral.value_of("RI-21", "A-B") == FIRST.value_of("RI-21", "A-B")


def test_one_table_without_its_repeats_and_labels_for_names_are_refused() -> None:
    made = as_odk_zip([FIRST])
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        root = archive.read("cairn-a.csv")
    assert [one.code for one in read(root).faults] == ["submissions-parts"]
    labels = book({"Referral": [["Danger?", "Name", "_uuid", "_index"], ["Neither", "x", "u-1", 1]]})
    assert [one.code for one in read(labels).faults] == ["submissions-labels"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (zipped({"a.csv": [["x" * 30_000] * 1000]}), "xlsx-bomb"),
        (zipped({f"{number}.csv": [["KEY"]] for number in range(201)}), "xlsx-bomb"),
        (zipped({"cairn-a.csv": [["KEY", "RI-01-RI-01.code"]], "media/photo.jpg": [["x"]]}), "zip-parts"),
        (zipped({"cairn-a.csv": [["KEY", "RI-01-RI-01.code"], ["k", "=1+1"]]}), "formula"),
        (zipped({"cairn-a.csv": [["RI-01-RI-01.code"], ["neither"]]}), "header-missing"),
        (zipped({"cairn-a.csv": [["KEY", "RI-01-RI-01.code"]]}), "no-rows"),
        (as_odk_zip([FIRST])[:-30], "xlsx-broken"),
        (b'[{"_uuid": "u", "RI-01/RI-01.code": "neither", "RI-01": 3}]', "header-unknown"),
    ],
)  # fmt: skip
def test_an_archive_that_is_no_export_is_refused(content: bytes, code: str) -> None:
    came = read(content)
    assert (came.referrals, [one.code for one in came.faults]) == ((), [code])


def test_a_pair_that_was_named_from_its_second_person_is_the_same_referral() -> None:
    turned = AgencyReferral(
        FIRST.persons, (Pair("B", "A"),),
        (*(one for one in FIRST.answers if "-" not in one.about), ReferredAnswer("RI-21", "B-A", "a")),
        FIRST.external_reference, FIRST.opinion,
    )  # fmt: skip
    expected = in_order(turned, questions())
    assert (expected.pairs, expected.value_of("RI-21", "A-B")) == ((Pair("A", "B"),), "b")
    for content in (as_csv(table_of([turned], questions())), as_odk_zip([expected])):
        came = read(content).referrals[0].referral
        assert came.value_of("RI-21", "A-B") == "b"
        assert came.pairs == (Pair("A", "B"),)


def test_whom_a_row_names_first_does_not_say_who_is_a() -> None:
    rows = "reference,person,called,with,RI-01,RI-09,RI-21\nN-1,B,Omar,A,neither,stays_open,a\nN-1,A,Nadia,,,,\n"
    came = read(rows.encode())
    assert came.faults == ()
    assert came.referrals[0].referral.pairs == (Pair("A", "B"),)
    assert came.referrals[0].referral.value_of("RI-21", "A-B") == "a"
