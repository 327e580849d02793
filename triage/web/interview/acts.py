"""The pages of the acts: those this person may sign, the form of one, and its record."""

from uuid import UUID, uuid4

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.cases.model import CaseView, NewAct
from triage.cases.roles import Actor, Role
from triage.cases.wall import Refused
from triage.casework.assessments import record_act
from triage.casework.results import Conflict
from triage.web.interview.asking import today
from triage.web.interview.blueprint import blueprint
from triage.web.shared.act_page import act_fields, new_act
from triage.web.shared.acts import PossibleAct, acts_for
from triage.web.shared.entry import FormError
from triage.web.shared.guards import for_roles, service
from triage.web.shared.language import current_words
from triage.web.shared.opened import changes, opened
from triage.web.shared.places import about_of
from triage.web.shared.posted import Typed, number_of, text_of
from triage.web.shared.refusals import reason_in_words
from triage.web.shared.replies import given, see_other
from triage.web.shared.said import act_lines


@blueprint.get("/cases/<uuid:case_id>/acts")
@for_roles(*Role)
def acts(actor: Actor, case_id: UUID) -> ResponseReturnValue:
    """List what has been signed in this case, and what this person may sign."""
    case, words = opened(actor, case_id), current_words()
    signed = [(act_lines(act, words), act) for act in case.record.acts]
    return render_template("interview/acts.html", case=case, signed=signed, possible=acts_for(actor, case))


def _possible(actor: Actor, case_id: UUID, name: str, about: str) -> tuple[CaseView, PossibleAct]:
    """Find an act that this person may sign here, or end with the constant 404."""
    case, place = opened(actor, case_id), about_of(about)
    for one in acts_for(actor, case):
        if (one.slug, one.about) == (name, place):
            return case, one
    return abort(404)


def _act_page(
    case: CaseView, one: PossibleAct, typed: Typed, errors: tuple[FormError, ...] = (), changed: object = ()
) -> str:
    summary = [{"text": error.text, "href": f"#{error.field}"} for error in errors]
    return render_template(
        "interview/act.html", case=case, one=one, fields=act_fields(one, typed, current_words()), errors=summary,
        key=typed.get("key") or str(uuid4()), changed=changed, at={error.field: error.text for error in errors},
    )  # fmt: skip


@blueprint.get("/cases/<uuid:case_id>/acts/<name>/<about>")
@for_roles(*Role)
def act(actor: Actor, case_id: UUID, name: str, about: str) -> ResponseReturnValue:
    """Show the form of an act."""
    case, one = _possible(actor, case_id, name, about)
    return _act_page(case, one, Typed({"on": today().isoformat()}))


@blueprint.post("/cases/<uuid:case_id>/acts/<name>/<about>")
@for_roles(*Role)
def act_post(actor: Actor, case_id: UUID, name: str, about: str) -> ResponseReturnValue:
    """Record an act."""
    case, one = _possible(actor, case_id, name, about)
    typed = Typed(request.form)
    new = new_act(one, typed, today())
    if not isinstance(new, NewAct):
        return _act_page(case, one, typed, new), 422
    return _recorded(actor, case, one, typed, new)


def _recorded(actor: Actor, case: CaseView, one: PossibleAct, typed: Typed, new: NewAct) -> ResponseReturnValue:
    version = number_of(text_of(typed, "version"))
    result = record_act(service(), actor, case.id, -1 if version is None else version, new, text_of(typed, "key"))
    if isinstance(result, Conflict):
        typed.pop("key", None)
        return _act_page(opened(actor, case.id), one, typed, changed=changes(result)), 409
    if isinstance(result, Refused) and result.details:
        return _act_page(case, one, typed, (FormError("reason", reason_in_words(result.reason)),)), 422
    given(result)
    return see_other(url_for("interview.acts", case_id=case.id))
