"""Put right what was said of a person, take away somebody who was added by mistake, or bring them back."""

from uuid import UUID

from flask import abort, request, url_for
from flask.typing import ResponseReturnValue

from triage.cases.compartments import PANEL_DESK, desk_of
from triage.cases.members import Members, PersonStatement
from triage.cases.model import CaseView
from triage.cases.roles import DECIDERS, Actor
from triage.casework.members.adding import CorrectedPerson, correct_person, people_of
from triage.casework.members.removing import may_take_away, take_person_away
from triage.web.danger.keeping import keeps_form
from triage.web.people.blueprint import blueprint
from triage.web.people.forms import (
    Errors,
    answered,
    birth_typed,
    form_page,
    person_fields,
    person_problems,
    reason_field,
    reason_problem,
    seen_version,
)
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.opened import opened
from triage.web.shared.posted import Typed, text_of
from triage.web.shared.replies import given
from triage.web.shared.translation import translated as _


def _page(
    actor: Actor, typed: Typed, case_id: UUID, person: str, errors: Errors = (), changed: object = ()
) -> str:  # fmt: skip
    case, last = opened(actor, case_id), _last(actor, case_id, person)
    fields = (*person_fields(typed), reason_field(typed, _("Why is it put right?")))
    said = given(people_of(service(), actor, case_id)).said.get(last.letter, ())
    return form_page("people/person.html", case, typed, fields, errors, changed, last=last, said=said)


def _away_page(
    actor: Actor, typed: Typed, case_id: UUID, person: str, errors: Errors = (), changed: object = ()
) -> str:  # fmt: skip
    case, seen = _removable(actor, case_id, person)
    fields = (reason_field(typed, _("How do you know that it was a mistake?")),)
    decides = actor.role in DECIDERS
    return form_page(
        "people/away.html", case, typed, fields, errors, changed, letter=person.upper(), decides=decides,
        called=seen.called[person.upper()], asked=seen.taken_away.get(person.upper()) if decides else None,
    )  # fmt: skip


@blueprint.get("/cases/<uuid:case_id>/people/<person>")
@reads("people", "correct")
def said_of(actor: Actor, case_id: UUID, person: str) -> ResponseReturnValue:
    """Show what is said of a person, to be put right."""
    last = _last(actor, case_id, person)
    return _page(actor, Typed({"called": last.called, "birth": last.birth}), case_id, person)


@blueprint.post("/cases/<uuid:case_id>/people/<person>")
@writes("people", "correct")
@keeps_form(_page)
def said_of_post(actor: Actor, case_id: UUID, person: str) -> ResponseReturnValue:
    """Put right what was said of a person; what was said before stays on file."""
    last, typed = _last(actor, case_id, person), Typed(request.form)
    if errors := (*person_problems(typed, service().clock().date()), *reason_problem(typed)):
        return _page(actor, typed, case_id, person, errors), 422
    new = CorrectedPerson(last.letter, text_of(typed, "called"), birth_typed(typed), text_of(typed, "reason"))
    result = correct_person(service(), actor, case_id, seen_version(typed), new)
    onward = url_for("people.people", case_id=case_id)
    return answered(result, typed, "reason", lambda again, *what: _page(actor, again, case_id, person, *what), onward)


@blueprint.get("/cases/<uuid:case_id>/people/<person>/take-away")
@reads("people", "take-away")
def away(actor: Actor, case_id: UUID, person: str) -> ResponseReturnValue:
    """Show the form that takes somebody away who was added by mistake."""
    return _away_page(actor, Typed(), case_id, person)


@blueprint.post("/cases/<uuid:case_id>/people/<person>/take-away")
@writes("people", "take-away")
@keeps_form(_away_page)
def away_post(actor: Actor, case_id: UUID, person: str) -> ResponseReturnValue:
    """Mark that somebody was added by mistake."""
    typed = Typed(request.form)
    _removable(actor, case_id, person)
    if errors := reason_problem(typed):
        return _away_page(actor, typed, case_id, person, errors), 422
    said = (person.upper(), text_of(typed, "reason"))
    result = take_person_away(service(), actor, case_id, seen_version(typed), *said)
    onward = url_for("people.people", case_id=case_id)
    return answered(
        result, typed, "reason", lambda again, *what: _away_page(actor, again, case_id, person, *what), onward
    )  # fmt: skip


def _last(actor: Actor, case_id: UUID, person: str) -> PersonStatement:
    """Give the last word on a person, or end with the constant 404."""
    seen, name = given(people_of(service(), actor, case_id)), person.upper()
    if person != person.lower():
        abort(404)
    if not seen.has(name):
        gone = seen.taken_away.get(name)
        return gone if gone and gone.desk != PANEL_DESK else abort(404)
    return PersonStatement(name, seen.called[name], seen.births[name], "", "", 0)


def _removable(actor: Actor, case_id: UUID, person: str) -> tuple[CaseView, Members]:
    """Find somebody whom this actor may take away, or end with the constant 404."""
    case, seen = opened(actor, case_id), given(people_of(service(), actor, case_id))
    if person != person.lower() or not may_take_away(actor, desk_of(actor, case.own_person), seen, person.upper()):
        abort(404)
    return case, seen
