"""The pages of one answer: give it, correct it, take it back."""

from uuid import UUID

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.cases.model import CaseView
from triage.cases.record import Answer
from triage.cases.roles import Actor, Role
from triage.cases.wall import Refused
from triage.casework.assessments import withdraw_answer
from triage.casework.results import Conflict
from triage.web.danger.keeping import keeps_form
from triage.web.forms.entry import as_seen_by
from triage.web.forms.prefill import typed_again
from triage.web.interview.asking import Asked, asked, save, show, today
from triage.web.interview.blueprint import blueprint
from triage.web.interview.effects import address_after
from triage.web.interview.question_page import fresh
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.language import current_words
from triage.web.shared.opened import changes, opened, rulebook
from triage.web.shared.posted import number_of, text_of
from triage.web.shared.refusals import reason_in_words
from triage.web.shared.replies import given, see_other
from triage.web.shared.said import said
from triage.web.shared.translation import translated as _

_INTERVIEWERS = (Role.INTAKE_WORKER, Role.SUPPORT_ADVOCATE)


@blueprint.get("/cases/<uuid:case_id>/questions/<question>/<about>")
@reads("answer", "ask")
def ask(actor: Actor, case_id: UUID, question: str, about: str) -> ResponseReturnValue:
    """Show a question."""
    one = asked(actor, case_id, question, about)
    return show(one, fresh(actor, one.case, one.question, today(), request.args))


@blueprint.post("/cases/<uuid:case_id>/questions/<question>/<about>")
@writes("answer", "record")
@keeps_form(lambda actor, typed, **place: show(asked(actor, **place), typed))
def answer(actor: Actor, case_id: UUID, question: str, about: str) -> ResponseReturnValue:
    """Record an answer."""
    return save(asked(actor, case_id, question, about))


@blueprint.post("/cases/<uuid:case_id>/still-answering")
@writes("case", "still-answering")
def still_answering(actor: Actor, case_id: UUID) -> ResponseReturnValue:
    """Stay signed in while something is typed in a case: a page that is merely open sends nothing here."""
    opened(actor, case_id)
    return "", 204


def _standing(actor: Actor, case_id: UUID, answer_id: UUID) -> tuple[CaseView, Answer]:
    """Find an answer that still stands and that this person may read, or end with the constant 404."""
    case = opened(actor, case_id)
    for found in case.record.answers:
        if found.id == str(answer_id) and found.withdrawn is None and found.id not in case.corrected:
            return case, found
    return abort(404)


def _correcting(actor: Actor, case_id: UUID, answer_id: UUID) -> tuple[Asked, Answer]:
    case, found = _standing(actor, case_id, answer_id)
    question = as_seen_by(actor, rulebook().questions[found.question])
    return Asked(actor, case, question, found.about, answer_id), found


@blueprint.get("/cases/<uuid:case_id>/answers/<uuid:answer_id>/correct")
@reads("answer", "correct")
def correct(actor: Actor, case_id: UUID, answer_id: UUID) -> ResponseReturnValue:
    """Show an answer again, to be corrected."""
    one, found = _correcting(actor, case_id, answer_id)
    return show(one, typed_again(one.question, found))


@blueprint.post("/cases/<uuid:case_id>/answers/<uuid:answer_id>/correct")
@writes("answer", "correct")
@keeps_form(lambda actor, typed, **place: show(_correcting(actor, **place)[0], typed))
def correct_post(actor: Actor, case_id: UUID, answer_id: UUID) -> ResponseReturnValue:
    """Record a correction: a new answer that takes the place of the earlier one."""
    return save(_correcting(actor, case_id, answer_id)[0])


@blueprint.get("/cases/<uuid:case_id>/answers/<uuid:answer_id>/take-back")
@reads("answer", "withdraw")
def withdraw(actor: Actor, case_id: UUID, answer_id: UUID) -> ResponseReturnValue:
    """Ask why an answer is taken back."""
    return _withdrawal_page(actor, case_id, answer_id)


def _withdrawal_page(
    actor: Actor, case_id: UUID, answer_id: UUID, reason: str = "", error: str = "", changed: object = ()
) -> str:
    case, found = _standing(actor, case_id, answer_id)
    words = current_words()
    errors = [{"text": error, "href": "#reason"}] if error else []
    return render_template(
        "interview/withdraw.html", case=case, one=said(rulebook(), found, words),
        ask=words(f"{found.question}.ask", found.about), reason=reason, errors=errors, changed=changed,
    )  # fmt: skip


@blueprint.post("/cases/<uuid:case_id>/answers/<uuid:answer_id>/take-back")
@writes("answer", "withdraw")
@keeps_form(lambda actor, typed, **place: _withdrawal_page(actor, **place, reason=text_of(typed, "reason")))
def withdraw_post(actor: Actor, case_id: UUID, answer_id: UUID) -> ResponseReturnValue:
    """Take an answer back; it stays on file with the reason."""
    found, reason = _standing(actor, case_id, answer_id)[1], text_of(request.form, "reason")
    if not reason or len(reason) > 500:
        error = _("Say why, in at most 500 characters.")
        return _withdrawal_page(actor, case_id, answer_id, reason, error), 422
    version = number_of(text_of(request.form, "version"))
    result = withdraw_answer(service(), actor, case_id, -1 if version is None else version, answer_id, reason)
    if isinstance(result, Conflict):
        return _withdrawal_page(actor, case_id, answer_id, reason, changed=changes(result)), 409
    if isinstance(result, Refused) and result.details:
        return _withdrawal_page(actor, case_id, answer_id, reason, reason_in_words(result.reason)), 422
    given(result)
    flow = url_for("interview.flow", case_id=case_id, letter=rulebook().questions[found.question].flow)
    return see_other(address_after(actor, case_id, answer_id, lambda _after: flow))
