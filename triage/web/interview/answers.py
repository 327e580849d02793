"""The pages of one answer: give it, correct it, take it back."""

from uuid import UUID

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.cases.model import CaseView
from triage.cases.record import Answer
from triage.cases.roles import Actor
from triage.cases.wall import Refused
from triage.casework.assessments import withdraw_answer
from triage.casework.results import Conflict
from triage.web.danger.keeping import keeps_form
from triage.web.forms.entry import as_seen_by
from triage.web.forms.prefill import typed_again
from triage.web.interview.asking import Asked, as_chosen, asked, choices_with, save, show, today
from triage.web.interview.blueprint import blueprint
from triage.web.interview.effects import address_after
from triage.web.interview.question_page import fresh
from triage.web.interview.resuming import remember_open
from triage.web.interview.stale import choices_page, newest
from triage.web.interview.unsaved import keep_typed, typed_before
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.language import current_words
from triage.web.shared.opened import changes, opened, rulebook
from triage.web.shared.posted import Typed, number_of, text_of, version_seen
from triage.web.shared.refusals import reason_in_words
from triage.web.shared.replies import given, see_other
from triage.web.shared.said import Said, said
from triage.web.shared.translation import translated as _


@blueprint.get("/cases/<uuid:case_id>/questions/<question>/<about>")
@reads("answer", "ask")
def ask(actor: Actor, case_id: UUID, question: str, about: str) -> ResponseReturnValue:
    """Show a question."""
    one = asked(actor, case_id, question, about)
    remember_open(request.path)
    if kept := typed_before(actor, one.case, (one.question.id, one.about)):
        return show(one, kept, restored=True)
    return show(one, fresh(actor, one.case, one.question, today(), request.args))


@blueprint.post("/cases/<uuid:case_id>/questions/<question>/<about>")
@writes("answer", "record")
@keeps_form(lambda actor, typed, **place: _shown_again(asked(actor, **place), typed))
def answer(actor: Actor, case_id: UUID, question: str, about: str) -> ResponseReturnValue:
    """Record an answer."""
    return save(asked(actor, case_id, question, about))


@blueprint.post("/cases/<uuid:case_id>/questions/<question>/<about>/typed")
@writes("answer", "keep-typed")
def typed(actor: Actor, case_id: UUID, question: str, about: str) -> ResponseReturnValue:
    """Keep what is typed when the page is left, or say with 413 that it is too long: sent by the script of the page."""
    one = asked(actor, case_id, question, about)
    kept = keep_typed(actor, one.case, (one.question.id, one.about), Typed(request.form))
    return "", 204 if kept else 413


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


def _in_place_of(case: CaseView, answer_id: UUID) -> Answer | None:
    """Find what took the place of an answer that no longer stands: the latest correction, or itself, taken back."""
    for found in case.record.answers:
        if found.id == str(answer_id) and (found.withdrawn is not None or found.id in case.corrected):
            return newest(case, found.id)
    return None


def _part(case_id: UUID, answer: Answer) -> str:
    return url_for("interview.flow", case_id=case_id, letter=rulebook().questions[answer.question].flow)


def _shown_again(one: Asked, typed: Typed) -> ResponseReturnValue:
    return show(one, as_chosen(one, typed))


def _correction_again(actor: Actor, typed: Typed, case_id: UUID, answer_id: UUID) -> ResponseReturnValue:
    overtaken = _corrected_meanwhile(actor, case_id, answer_id)
    return overtaken or _shown_again(_correcting(actor, case_id, answer_id)[0], typed)


def _correcting(actor: Actor, case_id: UUID, answer_id: UUID) -> tuple[Asked, Answer]:
    case, found = _standing(actor, case_id, answer_id)
    question = as_seen_by(actor, rulebook().questions[found.question], case)
    return Asked(actor, case, question, found.about, answer_id), found


@blueprint.get("/cases/<uuid:case_id>/answers/<uuid:answer_id>/correct")
@reads("answer", "correct")
def correct(actor: Actor, case_id: UUID, answer_id: UUID) -> ResponseReturnValue:
    """Show an answer again, to be corrected."""
    one, found = _correcting(actor, case_id, answer_id)
    return show(one, typed_again(one.question, found))


@blueprint.post("/cases/<uuid:case_id>/answers/<uuid:answer_id>/correct")
@writes("answer", "correct")
@keeps_form(_correction_again)
def correct_post(actor: Actor, case_id: UUID, answer_id: UUID) -> ResponseReturnValue:
    """Record a correction: a new answer that takes the place of the earlier one."""
    return _corrected_meanwhile(actor, case_id, answer_id) or save(_correcting(actor, case_id, answer_id)[0])


def _corrected_meanwhile(actor: Actor, case_id: UUID, answer_id: UUID) -> ResponseReturnValue | None:
    """Lead a correction on to the answer that stands now, or when it was taken back, to a new answer; else None."""
    case = opened(actor, case_id)
    now = _in_place_of(case, answer_id)
    if now is None:
        return None
    typed, question = Typed(request.form), as_seen_by(actor, rulebook().questions[now.question], case)
    for name in ("key", "version"):
        typed.poplist(name)
    if now.withdrawn is not None:
        anew = Asked(actor, case, question, now.about)
        return show(anew, typed, changed=changes(Conflict(case.version, (now,))), status=409)
    one = Asked(actor, case, question, now.about, UUID(now.id))
    if fields := choices_with(one, typed, now):
        address = url_for("interview.correct", case_id=case_id, answer_id=now.id)
        return choices_page(case, address, now.id, typed, fields)
    return see_other(_part(case_id, now))  # the same form sent twice


@blueprint.get("/cases/<uuid:case_id>/answers/<uuid:answer_id>/take-back")
@reads("answer", "withdraw")
def withdraw(actor: Actor, case_id: UUID, answer_id: UUID) -> ResponseReturnValue:
    """Ask why an answer is taken back."""
    return _withdrawal_page(actor, case_id, answer_id)


def _withdrawal_page(
    actor: Actor, case_id: UUID, answer_id: UUID, reason: str = "", error: str = "", changed: object = (),
    before: Said | None = None,
) -> str:  # fmt: skip
    case, found = _standing(actor, case_id, answer_id)
    words = current_words()
    errors = [{"text": error, "href": "#reason"}] if error else []
    return render_template(
        "interview/withdraw.html", case=case, one=said(rulebook(), found, words),
        ask=words(f"{found.question}.ask", found.about), reason=reason, errors=errors, changed=changed,
        before=before, version=case.version if changed or before else version_seen(Typed(request.form), case.version),
    )  # fmt: skip


def _changed_meanwhile(actor: Actor, case_id: UUID, answer_id: UUID, reason: str) -> ResponseReturnValue | None:
    """Lead on from an answer that no longer stands: to the one in its place, or to why it was taken back; else None."""
    case, words = opened(actor, case_id), current_words()
    now = _in_place_of(case, answer_id)
    if now is None:
        return None
    if now.withdrawn is None:
        gone = next(one for one in case.record.answers if one.id == str(answer_id))
        return _withdrawal_page(actor, case_id, UUID(now.id), reason, before=said(rulebook(), gone, words)), 409
    if now.withdrawn.reason == reason:
        return see_other(_part(case_id, now))  # the same form sent twice
    return render_template(
        "interview/taken_back.html", case=case, one=said(rulebook(), now, words), reason=reason,
        ask=words(f"{now.question}.ask", now.about), flow=rulebook().questions[now.question].flow,
    ), 409  # fmt: skip


def _withdrawal_again(actor: Actor, reason: str, case_id: UUID, answer_id: UUID) -> ResponseReturnValue:
    overtaken = _changed_meanwhile(actor, case_id, answer_id, reason)
    return overtaken or _withdrawal_page(actor, case_id, answer_id, reason)


@blueprint.post("/cases/<uuid:case_id>/answers/<uuid:answer_id>/take-back")
@writes("answer", "withdraw")
@keeps_form(lambda actor, typed, **place: _withdrawal_again(actor, text_of(typed, "reason"), **place))
def withdraw_post(actor: Actor, case_id: UUID, answer_id: UUID) -> ResponseReturnValue:
    """Take an answer back; it stays on file with the reason."""
    reason = text_of(request.form, "reason")
    if overtaken := _changed_meanwhile(actor, case_id, answer_id, reason):
        return overtaken
    found = _standing(actor, case_id, answer_id)[1]
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
    return see_other(address_after(actor, case_id, answer_id, lambda _after: _part(case_id, found)))
