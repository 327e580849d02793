"""The pages of the acts: those this person may sign or propose, the form of one, and its record."""

from uuid import UUID, uuid4

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.cases.model import CaseView, NewAct
from triage.cases.roles import Actor
from triage.cases.wall import Reason, Refused
from triage.casework.assessments import record_act
from triage.casework.proposing import nameable_in, propose_act
from triage.casework.results import Conflict, Recorded
from triage.web.danger.keeping import keeps_form
from triage.web.forms.act_page import act_fields, act_typed, new_act
from triage.web.forms.entry import FormError
from triage.web.forms.merging import is_kept_in, merged
from triage.web.interview.asking import today
from triage.web.interview.awaited import awaited_lines
from triage.web.interview.blueprint import blueprint
from triage.web.interview.stale import MERGED, act_choices, act_meanwhile, choices_page
from triage.web.shared.acts import PossibleAct, acts_for
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.language import current_words
from triage.web.shared.opened import changes, opened
from triage.web.shared.places import about_of
from triage.web.shared.posted import Typed, number_of, text_of, version_seen
from triage.web.shared.refusals import reason_in_words
from triage.web.shared.replies import given, see_other
from triage.web.shared.said import act_lines


@blueprint.get("/cases/<uuid:case_id>/acts")
@reads("act", "read")
def acts(actor: Actor, case_id: UUID) -> ResponseReturnValue:
    """List what has been signed in this case, and what this person may sign."""
    case, words = opened(actor, case_id), current_words()
    signed = [(act_lines(act, words), act) for act in case.record.acts]
    return render_template(
        "interview/acts.html", case=case, signed=signed, possible=acts_for(actor, case),
        awaited=awaited_lines(actor, case, words),
    )  # fmt: skip


def _possible(actor: Actor, case_id: UUID, name: str, about: str) -> tuple[CaseView, PossibleAct]:
    """Find an act that this person may sign here, or end with the constant 404."""
    case, place = opened(actor, case_id), about_of(about)
    for one in acts_for(actor, case):
        if (one.slug, one.about) == (name, place):
            return case, one
    return abort(404)


def _values(actor: Actor, case: CaseView, one: PossibleAct) -> tuple[str, ...] | Refused:
    """Give what the act can hold: its own values, or for two names what is open to naming today."""
    if not one.of_two:
        return one.definition.values
    open_today = nameable_in(service(), actor, case.id, one.definition.name)
    return open_today or Refused(Reason.NOT_OPEN_TODAY)


def _act_page(
    actor: Actor,
    case: CaseView,
    one: PossibleAct,
    typed: Typed,
    errors: tuple[FormError, ...] = (),
    changed: object = (),
) -> str:
    """Show the form of an act; or, in its place, why there is nothing that it could hold."""
    values, summary = _values(actor, case, one), [{"text": error.text, "href": f"#{error.field}"} for error in errors]
    closed = reason_in_words(values.reason) if isinstance(values, Refused) else ""
    fields = () if isinstance(values, Refused) else act_fields(one, values, typed, current_words())
    return render_template(
        "interview/act.html", case=case, one=one, closed=closed, fields=fields, errors=summary,
        version=version_seen(typed, case.version), key=typed.get("key") or str(uuid4()),
        changed=changed, at={error.field: error.text for error in errors},
    )  # fmt: skip


@blueprint.get("/cases/<uuid:case_id>/acts/<name>/<about>")
@reads("act", "read")
def act(actor: Actor, case_id: UUID, name: str, about: str) -> ResponseReturnValue:
    """Show the form of an act."""
    case, one = _possible(actor, case_id, name, about)
    return _act_page(actor, case, one, Typed({"on": today().isoformat()}))


def _as_chosen(case: CaseView, typed: Typed) -> Typed:
    """Give the form that choices between one's own and a recorded act make; any other form as it is."""
    if not is_kept_in(typed):
        return typed
    recorded = next((act for act in case.record.acts if act.id == typed.get("recorded")), None)
    return merged(typed, act_typed(recorded) if recorded else Typed())


def _shown_again(actor: Actor, typed: Typed, case_id: UUID, name: str, about: str) -> str:
    case, one = _possible(actor, case_id, name, about)
    return _act_page(actor, case, one, _as_chosen(case, typed))


@blueprint.post("/cases/<uuid:case_id>/acts/<name>/<about>")
@writes("act", "record")
@keeps_form(_shown_again)
def act_post(actor: Actor, case_id: UUID, name: str, about: str) -> ResponseReturnValue:
    """Record an act, or propose one of two names."""
    case, one = _possible(actor, case_id, name, about)
    typed, values = Typed(request.form), _values(actor, case, one)
    if typed.get("then") == MERGED:
        return _act_page(actor, case, one, _as_chosen(case, typed))
    new = () if isinstance(values, Refused) else new_act(one, values, typed, today())
    if not isinstance(new, NewAct):
        return _act_page(actor, case, one, typed, new), 422
    return _recorded(actor, case, one, typed, new)


def _sent(actor: Actor, case: CaseView, one: PossibleAct, typed: Typed, new: NewAct) -> Recorded | Refused | Conflict:
    seen = number_of(text_of(typed, "version"))
    version = -1 if seen is None else seen
    if one.of_two:
        return propose_act(service(), actor, case.id, version, new)
    return record_act(service(), actor, case.id, version, new, text_of(typed, "key"))


def _overtaken(
    actor: Actor, case: CaseView, one: PossibleAct, typed: Typed, result: Conflict
) -> ResponseReturnValue:  # fmt: skip
    """Show what was recorded meanwhile: field by field when it is the same act, else above the form."""
    for name in ("key", "version"):
        typed.poplist(name)
    rival, values = act_meanwhile(result, one.definition.name, one.about), _values(actor, case, one)
    if rival and not isinstance(values, Refused):
        mine, theirs = (act_fields(one, values, form, current_words()) for form in (typed, act_typed(rival)))
        if fields := act_choices(mine, theirs, typed):
            return choices_page(case, request.path, rival.id, typed, fields)
    return _act_page(actor, case, one, typed, changed=changes(result)), 409


def _recorded(actor: Actor, case: CaseView, one: PossibleAct, typed: Typed, new: NewAct) -> ResponseReturnValue:
    result = _sent(actor, case, one, typed, new)
    if isinstance(result, Conflict):
        return _overtaken(actor, opened(actor, case.id), one, typed, result)
    if isinstance(result, Refused) and (result.details or result.reason is Reason.ALREADY_WAITING):
        return _act_page(actor, case, one, typed, (FormError("reason", reason_in_words(result.reason)),)), 422
    given(result)
    return see_other(url_for("interview.acts", case_id=case.id))
