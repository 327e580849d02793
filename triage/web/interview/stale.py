"""A form that somebody overtook: what was recorded meanwhile beside one's own, field by field (security page, R8)."""

from dataclasses import replace

from flask import render_template
from flask.typing import ResponseReturnValue

from triage.cases.model import CaseView
from triage.cases.record import Act, Answer
from triage.casework.results import Conflict
from triage.web.forms.fields import Choice, Field
from triage.web.forms.merging import InWords, differing, field_in_words, kept
from triage.web.interview.question_page import QuestionPage
from triage.web.shared.posted import Typed
from triage.web.shared.translation import translated as _

MERGED = "merged"
"""What the page of choices is sent for: to have the form that they make."""


def choices_page(
    case: CaseView, address: str, recorded_id: str, mine: Typed, fields: tuple[Field, ...]
) -> ResponseReturnValue:
    """Show both, with a choice for each field that differs; `address` is the page of the form that the choices make."""
    return render_template(
        "interview/choices.html", case=case, address=address, recorded=recorded_id, mine=kept(mine), fields=fields
    ), 409


def question_fields(page: QuestionPage) -> dict[str, InWords]:
    """Give every field of a question page in words, by its name."""
    choice, found = page.layout.choice, {}
    if choice:
        both = replace(choice, label=_("The answer"), choices=(*choice.choices, *_non_answers(page, in_list=True)))
        found[choice.name] = field_in_words(both)
    for one in page.layout.fields:
        found[one.name] = field_in_words(one, _("The answer") if one.name == "value" else "")
    for row in page.layout.rows:
        number = _("Line %(number)s", number=row.heading) if row.heading.isdecimal() else row.heading
        for one in (*row.fields, *row.more):
            heading = number if number and number != one.label else ""
            found[one.name] = field_in_words(one, f"{heading}: {one.label}" if heading else one.label)
    if without := _non_answers(page, in_list=False):
        found["non_answer"] = field_in_words(Field("non_answer", "radios", _("Why there is no answer"), "", without))
    for one in filter(None, (page.follow_up, *page.circumstances, *page.less_often)):
        found[one.name] = field_in_words(one)
    for box in page.flags.choices:
        found[box.value] = InWords(box.text, _("Yes") if box.checked else "")
    return found


def _non_answers(page: QuestionPage, *, in_list: bool) -> tuple[Choice, ...]:
    return page.non_answers if page.non_answers_in_list is in_list else ()


def act_choices(mine: tuple[Field, ...], recorded: tuple[Field, ...], typed: Typed) -> tuple[Field, ...]:
    """Give the choices between two forms of one act."""
    ours, theirs = ({field.name: field_in_words(field) for field in one} for one in (mine, recorded))
    return differing(ours, theirs, typed)


def answer_meanwhile(conflict: Conflict, case: CaseView, question: str, about: str) -> Answer | None:
    """Give the latest answer to the same question that was recorded meanwhile and still stands."""
    found = [
        one
        for one in conflict.changed
        if isinstance(one, Answer) and (one.question, one.about) == (question, about)
        if one.withdrawn is None and one.id not in case.corrected
    ]
    return found[-1] if found else None


def act_meanwhile(conflict: Conflict, act: str, about: str) -> Act | None:
    """Give the latest act of the same name at the same place that was recorded meanwhile."""
    found = [one for one in conflict.changed if isinstance(one, Act) and (one.act, one.about) == (act, about)]
    return found[-1] if found else None


def newest(case: CaseView, answer_id: str) -> Answer | None:
    """Give the answer that took the place of one, after any number of corrections; itself when nothing did."""
    known = {one.id: one for one in case.record.answers}
    while answer_id in case.corrected:
        answer_id = case.corrected[answer_id]
    return known.get(answer_id)
