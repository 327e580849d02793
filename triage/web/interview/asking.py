"""Ask one question and record its answer: the page, the checks, the conflict that loses nothing, the way on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.assess.tasks import Holding, Step
from triage.cases.follow_ups import again_in
from triage.cases.model import CaseView
from triage.cases.record import Answer
from triage.cases.roles import INTERVIEWERS, Actor
from triage.cases.wall import Refused
from triage.casework.assessments import record_answer
from triage.casework.results import Conflict, Recorded
from triage.casework.telling.drafts import discard_draft
from triage.flow.model import Question
from triage.web.danger.keeping import OPEN, recorded_page
from triage.web.forms.entry import FormError, as_seen_by, draft
from triage.web.forms.fields import Field
from triage.web.forms.merging import differing, is_kept_in, merged
from triage.web.forms.prefill import typed_again
from triage.web.forms.questions import MOST_ROWS
from triage.web.forms.second_look import second_look
from triage.web.interview.effects import address_after_new
from triage.web.interview.known import TAKE_OVER, ages_known, with_ages_known
from triage.web.interview.question_page import CARRIED, QuestionPage, fresh, question_page, remember_talk
from triage.web.interview.resuming import remember_open
from triage.web.interview.stale import MERGED, answer_meanwhile, choices_page, question_fields
from triage.web.interview.steps import next_address
from triage.web.interview.unsaved import NOT_RECORDED, left_unsaved
from triage.web.shared.guards import service
from triage.web.shared.language import current_words
from triage.web.shared.opened import changes, opened, rulebook
from triage.web.shared.places import question_at, slug_of
from triage.web.shared.posted import Typed, local_path, number_of, text_of
from triage.web.shared.refusals import reason_in_words
from triage.web.shared.replies import see_other
from triage.web.shared.translation import translated as _

if TYPE_CHECKING:
    from triage.routing.assessment import Assessment


@dataclass(frozen=True, slots=True)
class Asked:
    """A question asked by somebody in a case; `corrects` is the answer that a new one takes the place of."""

    actor: Actor
    case: CaseView
    question: Question
    about: str
    corrects: UUID | None = None


def asked(actor: Actor, case_id: UUID, question: str, about: str) -> Asked:
    """Find the question of an address, or end with the constant 404."""
    case = opened(actor, case_id)
    found = question_at(rulebook(), case.record, question, about)
    if found is None:
        abort(404)
    return Asked(actor, case, as_seen_by(actor, found[0], case), found[1])


def today() -> date:
    """Give the day by the clock of the service."""
    return service().clock().date()


def show(
    one: Asked, typed: Typed, errors: tuple[FormError, ...] = (), changed: tuple[object, ...] = (), status: int = 200,
    *, restored: bool = False,
) -> ResponseReturnValue:  # fmt: skip
    """Show the question page with what was typed; on wish with the words worth a second look, which block nothing."""
    place = (one.question, one.about)
    page = question_page(one.actor, one.case, place, typed, errors, correcting=one.corrects is not None)
    may_answer = one.actor.role in INTERVIEWERS
    looked = typed.get("then") == "words"
    page_html = render_template(
        "interview/question.html", page=page, flow=one.question.flow, errors=_summary(page), changed=changed,
        address=_address(one), may_answer=may_answer, looked=looked, restored=restored,
        known=ages_known(one.actor, one.case, place, today()),
        carried={name: typed.get(name, "") for name in CARRIED},
        second_look=second_look(page.layout, current_words().language) if looked else (),
    )  # fmt: skip
    return page_html, status


def _address(one: Asked) -> str:
    """Give the address to which the form of a question is sent."""
    if one.corrects:
        return url_for("interview.correct", case_id=one.case.id, answer_id=one.corrects)
    question, about = one.question.id.lower(), slug_of(one.about)
    return url_for("interview.ask", case_id=one.case.id, question=question, about=about)


def _summary(page: QuestionPage) -> list[dict[str, str]]:
    return [{"text": error.text, "href": f"#{error.field}"} for error in page.errors]


def save(one: Asked) -> ResponseReturnValue:
    """Record what was typed, or show the page again with nothing lost."""
    typed = as_chosen(one, Typed(request.form))
    if typed.get("then") == "row":
        typed["rows"] = str(min((number_of(typed.get("rows", "")) or 1) + 1, MOST_ROWS))
        return show(one, typed)
    if typed.get("then") in NOT_RECORDED and not one.corrects:
        return left_unsaved(one.actor, one.case, (one.question.id, one.about), typed) or _too_long(one, typed)
    if typed.get("then") == TAKE_OVER:
        return show(one, with_ages_known(one.actor, one.case, (one.question, one.about), typed))
    if typed.get("then") == OPEN:
        return show(one, fresh(one.actor, one.case, one.question, today(), typed))
    if typed.get("then") in {"words", MERGED}:
        return show(one, typed)
    again = again_in(one.question.id, rulebook().interrupting)
    written = draft(one.question, one.about, typed, corrects=one.corrects, today=today(), again=again)
    if written.errors:
        return show(one, typed, written.errors, status=422)
    version = number_of(text_of(typed, "version"))
    result = record_answer(
        service(), one.actor, one.case.id, -1 if version is None else version, written.answer, text_of(typed, "key")
    )
    if isinstance(result, Refused):
        return show(one, typed, (FormError("source", reason_in_words(result.reason)),), status=422)
    if isinstance(result, Conflict):
        return _overtaken(one, typed, result)
    remember_talk(one.case, typed)
    if one.case.unsaved:
        discard_draft(service(), one.actor, one.case.id, (one.question.id, one.about))
    return _after(one, typed, result)


def _too_long(one: Asked, typed: Typed) -> ResponseReturnValue:
    """Show a form that is too long to be kept again, with everything typed, and say it beside its longest field."""
    longest = max(typed, key=lambda name: len(typed[name]))
    text = _("This is too long to be kept. It was neither kept nor recorded: shorten it, or copy it, before you leave.")
    return show(one, typed, (FormError(longest, text),), status=413)


def as_chosen(one: Asked, typed: Typed) -> Typed:
    """Give the form that choices between one's own and what was recorded meanwhile make; any other form as it is."""
    if not is_kept_in(typed):
        return typed
    recorded = next((each for each in one.case.record.answers if each.id == typed.get("recorded")), None)
    made = merged(typed, typed_again(one.question, recorded) if recorded else Typed())
    made["then"] = typed.get("then", "")
    return made


def _overtaken(one: Asked, typed: Typed, result: Conflict) -> ResponseReturnValue:
    """Show what was recorded meanwhile: field by field when it answers this question, else above the form."""
    for name in ("key", "version"):
        typed.poplist(name)
    current = replace(one, case=opened(one.actor, one.case.id))
    rival = answer_meanwhile(result, current.case, one.question.id, one.about)
    fields = choices_with(current, typed, rival) if rival else ()
    if rival and fields:
        return choices_page(current.case, request.path, rival.id, typed, fields)
    return show(current, typed, changed=changes(result), status=409)


def choices_with(one: Asked, typed: Typed, recorded: Answer) -> tuple[Field, ...]:
    """Give the choices between what was typed and an answer that is recorded."""
    forms = (typed, typed_again(one.question, recorded))
    mine, theirs = (question_page(one.actor, one.case, (one.question, one.about), form) for form in forms)
    return differing(question_fields(mine), question_fields(theirs), typed)


def _after(one: Asked, typed: Typed, result: Recorded) -> ResponseReturnValue:
    """Go on after an answer: to the form that a danger interrupted, or where this one leads."""
    back, leave = local_path(typed.get("back", "")), typed.get("then") == "leave"

    def onward(after: Assessment | None) -> str:
        return back or _way_on(one, after, leave=leave)

    address = address_after_new(one.actor, one.case, result, onward, back)
    remember_open(address)
    if typed.get("kept"):
        return recorded_page(one.case.id, typed, result.version, "" if address == back else address)
    return see_other(address)


def _way_on(one: Asked, after: Assessment | None, *, leave: bool) -> str:
    """Give the address of the next question of the flow, of the flow when none waits, or of the tasks."""
    case_id = one.case.id
    if leave:
        return url_for("interview.tasks", case_id=case_id)
    flow = one.question.flow
    if one.corrects:
        return url_for("interview.flow", case_id=case_id, letter=flow)
    written = Step(one.question.id, one.about, Holding.KNOWN, mine=True)
    return next_address(one.actor, one.case, rulebook(), after, written)
