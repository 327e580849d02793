"""Every question of the shipped flows can be asked on a page, and what is typed there comes back as it was meant."""

from dataclasses import replace
from datetime import date

import pytest

from tests.web.site import ROOT
from triage.assess.reading.values import Value, read_value
from triage.cases.record import Answer
from triage.casework.engine import load_rules
from triage.flow.model import Kind, Question
from triage.web.forms.entry import draft
from triage.web.forms.prefill import typed_again
from triage.web.forms.questions import FORM_FOR, has_grid, has_rows, layout_of, value_typed
from triage.web.shared.posted import Typed

QUESTIONS = load_rules(ROOT / "flows").rulebook.questions
TODAY = date(2026, 11, 22)
GOOD = {"source": "REF", "on": "2026-11-20"}


def typed(**fields: str) -> Typed:
    return Typed({name.replace("_", "-"): value for name, value in fields.items()})


def a_full_value(question: Question) -> object:
    """A value that uses the first options, scales and columns of a question."""
    codes = [code for code in question.options if code not in question.exclusive][:2]
    written = [one for one in question.columns if not one.many and not one.restates]
    cells = {one.code: one.values[0] if one.values else "words" for one in written}
    scale = {"scale": question.scale[0]} if question.scale else {}
    plain: dict[Kind, object] = {Kind.TEXT: "words, " * 12 + "words", Kind.INTEGER: 40, Kind.DATE: "2026-11-01"}
    if question.kind in plain:
        return plain[question.kind]
    if question.kind in {Kind.ONE, Kind.RECORD} and not question.multiple:
        return {"code": codes[0], **cells} if cells else codes[0]
    if question.kind is Kind.RECORD:
        return {"code": codes, **cells}
    if not question.columns and not question.scale:
        return codes
    return [{"code": code, **scale, **cells} for code in codes]


def answer_with(question: Question, value: Value) -> Answer:
    given = Answer("id", question.id, "", "REF", TODAY, value.rows, value.text, value.number, value.day)
    return replace(given, non_answer=value.non_answer)


def test_the_table_of_forms_covers_every_kind_of_question() -> None:
    assert set(FORM_FOR) == set(Kind)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda one: one.id)
def test_an_answer_typed_again_is_the_same_answer(question: Question) -> None:
    value = read_value(question, a_full_value(question))
    again = typed_again(question, answer_with(question, value))
    assert read_value(question, value_typed(question, again)) == value


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda one: one.id)
def test_every_question_shows_all_its_options(question: Question) -> None:
    layout = layout_of(question, Typed(), lambda text: text)
    if has_grid(question):
        shown = {row.fields[0].name.removeprefix("grid-").removesuffix("-scale") for row in layout.rows}
    elif has_rows(question):
        shown = {choice.value for choice in layout.rows[0].fields[0].choices} - {""}
    else:
        shown = {choice.value for choice in layout.choice.choices} if layout.choice else set()
    assert shown == set(question.options)


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda one: one.id)
@pytest.mark.parametrize("code", ["NK", "DEC", "NSA"])
def test_every_question_takes_each_of_the_three_non_answers(question: Question, code: str) -> None:
    again = typed_again(question, answer_with(question, Value(non_answer=code)))
    again["source"] = question.sources[0]
    written = draft(question, "", again, today=TODAY)
    assert (written.answer.value, written.errors) == (code, ())


def test_an_answer_and_a_reason_for_none_are_not_both_taken() -> None:
    both = Typed([("code", "neither"), ("code", "NK"), *GOOD.items()])
    errors = draft(QUESTIONS["RI-01"], "", both, today=TODAY).errors
    assert [error.field for error in errors] == ["code"]


def test_an_exclusive_option_stands_alone() -> None:
    both = Typed([("code", "none"), ("code", "money"), *GOOD.items()])
    errors = draft(QUESTIONS["WD-06"], "A>B", both, today=TODAY).errors
    assert [error.field for error in errors] == ["code"]


def test_a_line_without_its_choice_is_named() -> None:
    written = typed(row_0_cell_event="Sunday", rows="1")
    written.update(GOOD)
    errors = draft(QUESTIONS["WD-05"], "A-B", written, today=TODAY).errors
    assert [error.field for error in errors] == ["row-0-code"]


@pytest.mark.parametrize("day", ["", "2026-13-01", "2026-11-23", "yesterday", "٢٠٢٦-١١-٠١", "0001-01-01", "9" * 400])
def test_a_day_that_is_none_or_in_the_future_is_named(day: str) -> None:
    written = Typed({"code": "neither", "source": "REF", "on": day})
    errors = draft(QUESTIONS["RI-01"], "", written, today=TODAY).errors
    assert [error.field for error in errors] == ["on"]


def test_empty_lines_are_no_rows() -> None:
    written = typed(rows="3", row_1_code="none")
    assert value_typed(QUESTIONS["WD-04"], written) == [{"code": "none"}]
