"""Persons whose worker stood on both sides: another is chosen, or the person is left free; the tie completes.

Those who answer for a person's safety choose: the safety lead, or a member of the panel of the support side who stands
on neither side of any of these cases. The worker who is kept out is told nothing. Source: security page 3.3; ADR 0056.
"""

from dataclasses import dataclass
from uuid import UUID

from triage.cases.constellation import Stand
from triage.cases.roles import Action, Actor, Role, Side
from triage.cases.wall import LOOKERS, Reason, Refused
from triage.casework.closing import close_wall, constellation_of
from triage.casework.limits import as_id
from triage.casework.results import Recorded
from triage.casework.service import Service
from triage.casework.standing import audit_entry, note_reading, stand
from triage.store import wall
from triage.store.audit import Entry
from triage.store.cases import find_case
from triage.store.matching.subjects import MatcherDown
from triage.store.sealing import Unreadable
from triage.store.staff.accounts import Account, all_accounts
from triage.store.work import Work

WORKS_ON = {Side.PROGRAMME: Role.INTAKE_WORKER, Side.SUPPORT: Role.SUPPORT_ADVOCATE}
"""By side, the role of those who work with a person there."""


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A person of a case whose worker is kept out: which, on which side, who it was, and who could go on (id, name)."""

    case_id: UUID
    reference: str
    letter: str
    side: Side
    worker: str
    candidates: tuple[tuple[UUID, str], ...]


def vacancies(service: Service, actor: Actor) -> tuple[Vacancy, ...] | Refused:
    """List the persons who wait for another worker, in cases that this actor is free to read."""
    with service.reading(actor) as work:
        found: tuple[Vacancy, ...] | Refused
        if (actor.role, actor.side) not in LOOKERS:
            found = Refused(Reason.NO_SUCH_CASE, "1.2")
        else:
            with work.by_rules():  # who works where, and the names of staff: no word of any case
                waiting, people = wall.awaiting_another(work), {one.id: one for one in all_accounts(work)}
            free = [one for one in waiting if not isinstance(_standing(work, actor, one.case), Refused)]
            found = tuple(_vacancy(work, one, people) for one in free)
    note_reading(service, actor, Action.READ_MATCHES, None, found)
    return found


def reassign(
    service: Service, actor: Actor, case_id: UUID | str, letter: str, side: str, to: UUID | str | None
) -> Recorded | Refused:
    """Give a person to another worker, or to nobody (`None`): then whoever may can take them on.

    Output: `Recorded`; `Refused` when nobody waits there, or this worker could not go on.
    """
    with service.writing(actor) as work:
        done = _reassign(work, actor, case_id, (letter, side), to)
        work.audit(audit_entry(actor, Action.REASSIGN, as_id(case_id), done))
    return done


def _reassign(
    work: Work, actor: Actor, case_id: object, place: tuple[str, str], to: UUID | str | None
) -> Recorded | Refused:
    standing = _standing(work, actor, case_id)
    if isinstance(standing, Refused):
        return standing
    try:
        tied = constellation_of(work, standing)
    except (MatcherDown, Unreadable):
        return Refused(Reason.MATCHER_DOWN, "4.4")
    with work.by_rules():  # an allocation of somebody else is ended, and another one made
        waiting = wall.awaiting_another(work)
        mine = next((one for one in waiting if one.case == standing and (one.letter, one.side) == place), None)
        if mine is None:
            return Refused(Reason.NO_SUCH_CASE, "1.2")
        candidates = _candidates(work, mine, {one.id: one for one in all_accounts(work)})
        chosen = as_id(to) if to is not None else None
        if to is not None and chosen not in {identity for identity, _name in candidates}:
            return Refused(Reason.NOT_ACCEPTED, "1.2")
        wall.release(work, mine.case, mine.staff)
        if chosen:
            wall.allocate(work, mine.case, chosen, mine.side, mine.letter)
        still = [one for one in wall.awaiting_another(work) if one.case in tied.cases]
    close_wall(work, tied, actor.id)
    if not still:
        work.audit(Entry("tie-complete", "complete", actor.id, mine.case, actor.side.value))
    return Recorded(0, mine.case)


def _standing(work: Work, actor: Actor, case_id: object) -> UUID | Refused:
    standing = stand(work, actor, case_id, Action.REASSIGN)
    return standing if isinstance(standing, Refused) else standing.case.id


def _vacancy(work: Work, place: Stand, people: dict[UUID, Account]) -> Vacancy:
    with work.by_rules():  # the workers of a case, to name who could go on
        case, candidates = find_case(work, place.case), _candidates(work, place, people)
    reference = case.reference if case else ""
    worker = people[place.staff].name
    return Vacancy(place.case, reference, place.letter, Side(place.side), worker, candidates)


def _candidates(work: Work, place: Stand, people: dict[UUID, Account]) -> tuple[tuple[UUID, str], ...]:
    """Who could go on: of the role, in no case on another side, with no other person here, never kept out."""
    stands = {one.staff: one for one in wall.stands_in(work, (place.case,))}
    able = []
    for one in people.values():
        there = stands.get(one.id)
        is_elsewhere = there is not None and (there.side != place.side or bool(there.letter))
        kept_out = wall.excluded_letters(work, place.case, one.id) & {place.letter, wall.WHOLE_CASE}
        if not one.closed and one.role == WORKS_ON[Side(place.side)] and not is_elsewhere and not kept_out:
            able.append((one.id, one.name))
    return tuple(sorted(able, key=lambda who: who[1]))
