"""The pages that list: the people of a case with whom answers name, and what everybody is to everybody."""

from hashlib import sha256
from uuid import UUID

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from triage.cases.model import CaseView
from triage.cases.naming import TO_ASSESS, NamedPerson
from triage.cases.roles import DECIDERS, INTERVIEWERS, Actor
from triage.cases.wall import LOOKERS
from triage.casework.members.adding import known_people
from triage.casework.members.naming import named_people
from triage.web.people.blueprint import blueprint
from triage.web.people.shown import matrix, pairs_shown, persons_shown
from triage.web.people.words import declining_in_words, kind_in_words, option_in_words
from triage.web.shared.guards import reads, service
from triage.web.shared.opened import opened
from triage.web.shared.replies import given


def mark_of(case: CaseView, named: NamedPerson) -> str:
    """Name somebody whom an answer names in an address, without a word of the answer."""
    return sha256(f"{case.id}|{named.key}".encode()).hexdigest()[:16]


def named_under(actor: Actor, case_id: UUID, mark: str) -> NamedPerson:
    """Find whom an answer names by the mark in an address, while they can be added; otherwise there is no such page."""
    case = opened(actor, case_id)
    found = (one for one in given(named_people(service(), actor, case_id)) if one.is_open)
    return next((one for one in found if mark_of(case, one) == mark), None) or abort(404)


@blueprint.get("/cases/<uuid:case_id>/people")
@reads("people", "read")
def people(actor: Actor, case_id: UUID) -> ResponseReturnValue:
    """List the persons of a case, and whom answers name."""
    case, known = opened(actor, case_id), given(known_people(service(), actor, case_id))
    named = given(named_people(service(), actor, case_id))
    return render_template(
        "people/people.html", case=case, persons=persons_shown(actor, case, known, service().clock().date()),
        away=[one for one in known.members.taken_away.values() if not known.members.has(one.letter)],
        named=[(one, mark_of(case, one), option_in_words(one.option), one.option in TO_ASSESS) for one in named],
        declined=declining_in_words, may_change=actor.role in INTERVIEWERS,
    )  # fmt: skip


@blueprint.get("/cases/<uuid:case_id>/relationships")
@reads("people", "relationships")
def relationships(actor: Actor, case_id: UUID) -> ResponseReturnValue:
    """Show what everybody is to everybody, and which pairs are assessed."""
    case, known = opened(actor, case_id), given(known_people(service(), actor, case_id))
    return render_template(
        "people/relationships.html", case=case, called=known.members.called, rows=matrix(known.members),
        pairs=pairs_shown(case, known.members), kind=kind_in_words, may_change=actor.role in INTERVIEWERS,
        may_open=(actor.role, actor.side) in LOOKERS, decides=actor.role in DECIDERS,
    )  # fmt: skip
