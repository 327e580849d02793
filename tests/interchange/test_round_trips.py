"""A draft that is written in any format and read back is the same draft, or is refused by name."""

import io
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.interchange.drafts import VIGNETTES, draft_of, questions
from triage.cases.agency.referral import AgencyReferral, ReferredAnswer
from triage.cases.matching.identity import Identity
from triage.interchange.faults import FileRefused
from triage.interchange.fhir import bundle
from triage.interchange.json_files import as_json
from triage.interchange.reading import read_file
from triage.interchange.safety import _DANGEROUS, quoted, unquoted
from triage.interchange.writing import as_csv, as_xlsx, table_of

FORMS = {
    "csv": lambda some: as_csv(table_of(some, questions(), "en")),
    "csv-fr": lambda some: as_csv(table_of(some, questions(), "fr")),
    "xlsx": lambda some: as_xlsx({"Referrals": table_of(some, questions(), "fr")}),
    "json": as_json,
    "fhir": lambda some: json.dumps(bundle(some, questions(), 1)).encode(),
}


def drafts_from(content: bytes) -> tuple[AgencyReferral, ...]:
    read = read_file(content, questions())
    assert read.faults == ()
    return tuple(one.referral for one in read.referrals)


@pytest.mark.parametrize("form", FORMS)
def test_every_vignette_comes_back_as_the_same_draft(form: str) -> None:
    drafts = tuple(map(draft_of, VIGNETTES))
    assert len(drafts) == 30
    assert min(len(one.answers) for one in drafts) >= 10
    assert drafts_from(FORMS[form](drafts)) == drafts


def test_three_people_in_three_pairs_come_back() -> None:
    draft = next(one for one in map(draft_of, VIGNETTES) if len(one.persons) > 2)
    assert len(draft.pairs) > 1
    for form in FORMS.values():
        assert drafts_from(form([draft])) == (draft,)


NASTY = st.text(
    alphabet=st.one_of(st.sampled_from("=+-@\t\r\n'\"|%;,＝ \u200f\u202e\u00a0_x000D_\0\x07\ufeff"), st.characters()),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(texts=st.tuples(NASTY, NASTY, NASTY, NASTY), form=st.sampled_from(sorted(FORMS)))
def test_any_text_survives_or_is_refused_by_name(texts: tuple[str, ...], form: str) -> None:
    called, facts, opinion, worker = (text if text.strip() else "x" for text in texts)
    draft = draft_of(VIGNETTES[0])
    a, b = draft.persons
    holder = {"code": "stays_open", "named_worker": worker}
    answers = [ReferredAnswer("RI-04", "", facts), ReferredAnswer("RI-09", "", holder)]
    kept = {one.question: one for one in draft.answers} | {one.question: one for one in answers}
    short = tuple(kept[name] for name in ("RI-01", "RI-04", "RI-09"))
    persons = (replace(a, called=called, known=Identity(phones=(called,))), b)
    draft = replace(draft, persons=persons, answers=short, opinion=opinion)
    try:
        content = FORMS[form]([draft])
    except (FileRefused, UnicodeEncodeError) as fault:
        refused = fault.faults[0] if isinstance(fault, FileRefused) else None
        assert refused is None or (refused.column and refused.code in {"text", "separator", "value"})
        return
    read = read_file(content, questions())
    if read.faults:
        assert {one.code for one in read.faults} <= {"nul", "value", "cell-too-long"}
    else:
        assert [one.referral for one in read.referrals] == [draft]


@given(NASTY)
def test_a_cell_is_never_run_and_its_quote_is_taken_off_again(text: str) -> None:
    assert unquoted(quoted(text)) == text
    assert quoted(text)[:1] not in tuple("=+-@\t\r|%＝")
    assert not _DANGEROUS.match(quoted(text)) or quoted(text).startswith("'")


def test_what_is_exported_holds_no_formula() -> None:
    draft = replace(draft_of(VIGNETTES[0]), opinion="=HYPERLINK(1)")
    sheet = load_workbook(io.BytesIO(FORMS["xlsx"]([draft]))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert "'=HYPERLINK(1)" in {cell.value for cell in cells}
    assert b"\"'=HYPERLINK" in FORMS["csv"]([draft]) or b"'=HYPERLINK" in FORMS["csv"]([draft])
