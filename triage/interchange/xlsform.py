"""Flows as XLSForms (survey, choices, settings), which ODK, KoboToolbox and others serve on telephones.

Each question is a group, repeated where an answer has several rows or is about people: `RI-09` holds `RI-09.code`,
`RI-09.contact` and so on, in the order of the flow. Ids and codes are ours, never renamed. The three non-answers are
options of their own, or a field of its own where there is no list; one code is chosen in each row, so none of them
stands beside another code. A question with a condition is always asked and the condition stands in its hint:
conditions are about findings, and unknown is never "no". Flow (a) begins with the number of the referral and its
people, as a file of referrals has them, so that what was filled in can be sent (see `submissions`).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from triage.flow.model import About, Flow, Kind, Question
from triage.interchange.columns import own_columns
from triage.interchange.faults import LANGUAGES, vocabulary
from triage.interchange.fields import PEOPLE, people_columns
from triage.interchange.values import CODED, SCALE
from triage.interchange.writing import Words

_NON_ANSWERS: Final = ("NK", "DEC", "NSA")
_NAMES: Final[Mapping[str, str]] = {"en": "English (en)", "fr": "Français (fr)"}
_TYPES: Final[Mapping[Kind, str]] = {Kind.INTEGER: "integer", Kind.DATE: "date", Kind.TEXT: "text"}
_REPEATED: Final = frozenset({Kind.MANY, Kind.TABLE, Kind.RECORD})
Cells = dict[str, str]


def xlsform(
    flow: Flow, questions: Mapping[str, Question], words: Mapping[str, Words]
) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Write a flow as the three sheets of an XLSForm, by name, each with its header."""
    asked = [questions[name] for name in flow.questions]
    labels = tuple(f"label::{_NAMES[one]}" for one in LANGUAGES)
    people = _people() if flow.id == "a" else ()
    survey = [*people, *(row for one in asked for row in _question(one, words))]
    plain = [
        _labelled({"list_name": "non_answers", "name": code}, f"non_answer.{code}", words) for code in _NON_ANSWERS
    ]
    choices = [*plain, *(row for one in asked for row in _choices(one, words))]
    settings = {"form_id": f"cairn-{flow.id}", "form_title": words["en"](f"flow.{flow.id}.title"),
                "version": str(flow.version), "default_language": _NAMES["en"]}  # fmt: skip
    hints = tuple(f"hint::{_NAMES[one]}" for one in LANGUAGES)
    return {
        "survey": _sheet(("type", "name", *labels, *hints, "required"), survey),
        "choices": _sheet(("list_name", "name", *labels), choices),
        "settings": _sheet(tuple(settings), [settings]),
    }


def _sheet(header: tuple[str, ...], rows: Iterable[Cells]) -> tuple[tuple[str, ...], ...]:
    return (header, *(tuple(row.get(name, "") for name in header) for row in rows))


def _labelled(row: Cells, text_id: str, words: Mapping[str, Words], kind: str = "label") -> Cells:
    said = {f"{kind}::{_NAMES[one]}": words[one](text_id) or row["name"] for one in LANGUAGES}
    return row | said


def _people() -> Iterator[Cells]:
    """Give the fields of the referral itself and the repeat of its people: the fixed columns of a file of referrals."""
    yield _fixed("reference") | {"required": "yes"}
    yield {"type": "begin_repeat", "name": PEOPLE} | {f"label::{_NAMES[one]}": "A, B, C …" for one in LANGUAGES}
    for name in people_columns():
        row = _fixed(name) | {"name": f"{PEOPLE}.{name}"}
        yield row | ({"required": "yes"} if name == "person" else {})
    yield {"type": "end_repeat", "name": PEOPLE}
    yield _fixed("opinion")


def _fixed(name: str) -> Cells:
    said = vocabulary()["columns"][name]
    row = {"type": "date" if name == "birth" else "text", "name": name}
    row |= {f"label::{_NAMES[one]}": said[one].replace("_", " ") for one in LANGUAGES}
    return row | {f"hint::{_NAMES[one]}": said[f"{one}_says"] for one in LANGUAGES}


def _question(question: Question, words: Mapping[str, Words]) -> Iterator[Cells]:
    repeats = question.about is not About.CASE or question.kind in _REPEATED
    group = "repeat" if repeats else "group"
    begin = _labelled({"type": f"begin_{group}", "name": question.id}, f"{question.id}.ask", words)
    if question.when_text != "always":
        begin |= {f"hint::{_NAMES[one]}": question.when_text for one in LANGUAGES}
    yield begin
    if question.about is not About.CASE:
        plain: Cells = {"type": "text", "name": f"{question.id}.about", "required": "yes"}
        yield plain | {f"label::{_NAMES[one]}": "A, A-B, A>B" for one in LANGUAGES}
    yield from _cells(question, words)
    yield {"type": f"end_{group}", "name": question.id}


def _cells(question: Question, words: Mapping[str, Words]) -> Iterator[Cells]:
    """Give the fields of one row of an answer; what has no list takes a non-answer in a field of its own."""
    ask = f"{question.id}.ask"
    if question.kind in CODED:
        yield _labelled({"type": f"select_one {question.id}", "name": f"{question.id}.code"}, ask, words)
    else:
        yield _labelled({"type": _TYPES[question.kind], "name": f"{question.id}.value"}, ask, words)
        absent = {"type": "select_one non_answers", "name": f"{question.id}.absent"}
        yield absent | {f"label::{_NAMES[one]}": "NK, DEC, NSA" for one in LANGUAGES}
    if question.scale:
        scale = {"type": f"select_one {question.id}.{SCALE}", "name": f"{question.id}.{SCALE}"}
        yield scale | {f"label::{_NAMES[one]}": SCALE for one in LANGUAGES}
    for column in own_columns(question):
        name = f"{question.id}.{column.code}"
        kind = "select_multiple" if column.many else "select_one"
        row = {"type": f"{kind} {name}" if column.values else "text", "name": name}
        yield _labelled(row, f"{question.id}.column.{column.code}", words)


def _choices(question: Question, words: Mapping[str, Words]) -> Iterator[Cells]:
    if question.kind in CODED:
        for code in question.options:
            yield _labelled({"list_name": question.id, "name": code}, f"{question.id}.option.{code}", words)
        for code in _NON_ANSWERS:
            yield _labelled({"list_name": question.id, "name": code}, f"non_answer.{code}", words)
    for code in question.scale:
        yield _labelled({"list_name": f"{question.id}.{SCALE}", "name": code}, f"{question.id}.scale.{code}", words)
    for column in own_columns(question):
        for code in column.values:
            row = {"list_name": f"{question.id}.{column.code}", "name": code}
            yield _labelled(row, f"{question.id}.column.{column.code}.{code}", words)
