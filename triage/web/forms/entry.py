"""One answer as it was typed: its value, where it comes from, and what is still missing before it can be recorded."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from triage.assess.reading.days import fits, shape_of_day
from triage.assess.reading.naming import naming
from triage.assess.reading.values import value_or_problem
from triage.cases.follow_ups import AGAIN_IN
from triage.cases.model import CaseView, NewAnswer, Raw
from triage.cases.record import NON_ANSWERS, NOT_KNOWN_YET
from triage.cases.roles import Actor, Role
from triage.cases.wall import SOURCES, AnswerKind, answer_kind
from triage.flow.model import Question
from triage.flow.problems import Problem
from triage.web.forms.questions import layout_of, value_typed
from triage.web.shared.posted import LONGEST_TEXT, Typed, date_of, text_of
from triage.web.shared.translation import translated as _

_CONTACT: Final = re.compile(r"[\w ,.'’-]{0,40}")
_ALONE: Final = {"yes": True, "no": False}
_LONGEST_CELL: Final = 500
_EARLIEST: Final = 1900
_LATEST_AGAIN: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class FormError:
    """What must be put right, and the id of the field where."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed, as an answer, with its errors; it is recorded only when there are none."""

    answer: NewAnswer
    errors: tuple[FormError, ...]


def sources_for(actor: Actor, question: Question, own_person: str) -> tuple[str, ...]:
    """Give the source classes of a question that this person records, by the wall's own table."""
    allowed = SOURCES.get(actor.role, frozenset[AnswerKind]())
    return tuple(
        source
        for source in question.sources
        if answer_kind(source, own_person, own_person, states_support=False) in allowed
    )


def as_seen_by(actor: Actor, question: Question, case: CaseView) -> Question:
    """Give a question as it is asked of this person in a case: it may name everybody whom they see.

    Some columns belong to the support side alone (INV-06).
    """
    question = naming(question, case.called)
    if actor.role is Role.SUPPORT_ADVOCATE:
        return question
    return replace(question, columns=tuple(column for column in question.columns if not column.support_only))


def draft(
    question: Question, about: str, typed: Typed, *, corrects: UUID | None = None, today: date,
    again: timedelta = AGAIN_IN,
) -> Draft:  # fmt: skip
    """Read one typed answer; `again` is when it is asked again, should it not be known and no day be typed."""
    non_answer = _non_answer(typed)
    value: Raw = non_answer or value_typed(question, typed)
    day = date_of(text_of(typed, "on"))
    answer = NewAnswer(
        question=question.id, source=text_of(typed, "source"), value=value, on=day or today, about=about,
        follow_up="" if non_answer else text_of(typed, "follow_up"),
        by=text_of(typed, "by") or text_of(typed, "by_other"), alone=_ALONE.get(text_of(typed, "alone")),
        contact=text_of(typed, "contact"),
        tainted="tainted" in typed, interested="interested" in typed, hearsay="hearsay" in typed,
        recording=text_of(typed, "recording"), copy_of=text_of(typed, "copy_of"),
        ask_again=_again(typed, today, again) if non_answer == NOT_KNOWN_YET else None,
        corrects=corrects, reason=text_of(typed, "reason"),
    )  # fmt: skip
    errors = [*_value_errors(question, typed, value, today), *_circumstance_errors(question, typed, day, today)]
    if non_answer == NOT_KNOWN_YET and answer.ask_again is None:
        errors.append(FormError("ask_again", _("Give a day from today to a year from now, or leave it empty.")))
    if corrects and not answer.reason:
        errors.append(FormError("reason", _("Say why the earlier answer is corrected.")))
    return Draft(answer, tuple(errors))


def _again(typed: Typed, today: date, again: timedelta) -> date | None:
    """Give the day on which to ask again, the usual one when none is typed; None when it is no such day."""
    if not text_of(typed, "ask_again"):
        return today + again
    day = date_of(text_of(typed, "ask_again"))
    return day if day and today <= day <= today + _LATEST_AGAIN else None


def value_said(question: Question, typed: Typed, today: date) -> tuple[Raw, tuple[FormError, ...]]:
    """Read the value alone, or why there is none, where nobody asks about circumstances; with its errors."""
    value: Raw = _non_answer(typed) or value_typed(question, typed)
    return value, tuple(_value_errors(question, typed, value, today))


def _non_answer(typed: Typed) -> str:
    """Give the reason why there is no answer, when one was chosen."""
    given = text_of(typed, "non_answer") or next((code for code in typed.getlist("code") if code in NON_ANSWERS), "")
    return given if given in NON_ANSWERS else ""


def _value_errors(question: Question, typed: Typed, value: Raw, today: date) -> Iterator[FormError]:
    """Say what is wrong with the answer itself."""
    first = _first_field(question, typed)
    codes = typed.getlist("code")
    mixed = any(code in NON_ANSWERS for code in codes) and len(codes) > 1
    if value is None:
        yield FormError(first, _("Choose an answer, or say why there is none."))
    elif mixed or (text_of(typed, "non_answer") and value_typed(question, typed) is not None):
        yield FormError(first, _("Give either an answer or the reason why there is none, not both."))
    elif not (isinstance(value, str) and value in NON_ANSWERS):
        wrong = (*_length_errors(question, typed, value), *_day_errors(question, typed, today))
        yield from wrong or _fit_errors(question, first, value)


def _length_errors(question: Question, typed: Typed, value: Raw) -> Iterator[FormError]:
    """Say which texts are too long or too short."""
    longest = {"value": question.max_length or LONGEST_TEXT}
    for name in typed:
        limit = longest.get(name, _LONGEST_CELL if "cell-" in name else 0)
        if limit and len(text_of(typed, name)) > limit:
            yield FormError(name, _("This text is too long: at most %(count)s characters.", count=limit))
    if isinstance(value, str) and value not in NON_ANSWERS and len(value) < question.min_length:
        yield FormError("value", _("Write a little more: at least %(count)s characters.", count=question.min_length))


def _day_errors(question: Question, typed: Typed, today: date) -> Iterator[FormError]:
    """Say which days cannot be read: a birth of which nobody knows more is a year."""
    texts = {
        "date": _("Give a day, such as 5/3/2026, or leave it empty."),
        "period": _(
            "Give a day, a month or a year that has begun, such as 5/3/2010, 3/2010 or 2010, or leave it empty."
        ),
    }
    for name in typed:
        column = question.column(name.rpartition("cell-")[2]) if "cell-" in name else None
        shape = shape_of_day(column) if column else ""
        if column and shape and (written := text_of(typed, name)) and not fits(column, written, today):
            yield FormError(name, texts[shape])


def _fit_errors(question: Question, first: str, value: Raw) -> Iterator[FormError]:
    """Say why a value does not fit its question; the rules decide, the sentence is in the reader's language."""
    codes = [code for row in (value if isinstance(value, list) else [value]) for code in _codes(row)]
    if not all(codes):
        yield FormError(first, _("Choose one of the list on each line that holds something."))
    elif len(set(codes)) > 1 and set(question.exclusive) & set(codes):
        yield FormError(first, _("One of these answers stands alone: it cannot be ticked together with others."))
    elif isinstance(value_or_problem(question, value), Problem):
        yield FormError(first, _("This does not fit the question. Look at each part again."))


def _codes(row: Raw) -> list[str]:
    """Give the codes of one row: one, or several in a record that takes several."""
    code = row.get("code") if isinstance(row, dict) else row
    return [str(one) for one in code] or [""] if isinstance(code, list) else ["" if code is None else str(code)]


def _first_field(question: Question, typed: Typed) -> str:
    """Give the id of the first field of the answer."""
    layout = layout_of(question, typed, lambda text_id: text_id)
    if layout.choice:
        return "code"
    return layout.rows[0].fields[0].name if layout.rows else "value"


def _circumstance_errors(question: Question, typed: Typed, day: date | None, today: date) -> Iterator[FormError]:
    """Say what is wrong with the circumstances."""
    if text_of(typed, "source") not in question.sources:
        yield FormError("source", _("Say where this comes from."))
    if text_of(typed, "alone") not in {"", *_ALONE}:
        yield FormError("alone", _("Choose yes, no, or not recorded."))
    if day is None or day.year < _EARLIEST:
        yield FormError("on", _("Give the day this was said or seen."))
    elif day > today:
        yield FormError("on", _("This day is in the future. Give the day this was said or seen."))
    if not _CONTACT.fullmatch(text_of(typed, "contact")):
        yield FormError("contact", _("Use at most 40 letters and digits."))
    if not _CONTACT.fullmatch(text_of(typed, "by")) or not _CONTACT.fullmatch(text_of(typed, "by_other")):
        yield FormError("by", _("Say whose words these are, in at most 40 letters and digits."))
    if len(text_of(typed, "reason")) > _LONGEST_CELL:
        yield FormError("reason", _("This text is too long: at most %(count)s characters.", count=_LONGEST_CELL))
