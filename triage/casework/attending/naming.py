"""Name who interprets for one's person or co-facilitates, and list whom one's own desk named.

Whoever is named stands in the wall at the namer's desk, in the same transaction and for ever. Who stands elsewhere in
the case, or in one that is tied to it, is refused in the words of every hold. Source: INV-07; security page 2.2 (N1)
and 3.3; ADR 0066.
"""

import json
from dataclasses import asdict, dataclass
from uuid import UUID, uuid4

from triage.cases.attending import Attendant, NewAttendant, would_cross
from triage.cases.constellation import Stand
from triage.cases.roles import Action, Actor
from triage.cases.wall import Reason, Refused, Situation
from triage.casework.closing import Constellation, close_wall, constellation_of
from triage.casework.limits import CODE, date_problem, name_problem, text_problem
from triage.casework.posting import Post, Write, carry_out
from triage.casework.results import Conflict, Recorded
from triage.casework.service import Service
from triage.casework.standing import Standing, note_reading, stand
from triage.store import wall
from triage.store.attending.attendants import insert_attendant, read_attendants
from triage.store.attending.stands import Known, enter_attendant, stands_of
from triage.store.items import Item
from triage.store.matching.lookups import note_lookup
from triage.store.matching.subjects import MatcherDown
from triage.store.members.statements import letters_of
from triage.store.sealing import Unreadable
from triage.store.staff.accounts import find_account
from triage.store.work import Work

MOST_TRIES = 20
"""How often somebody may name others within an hour, counted with every other way of looking for people."""
_ON_HOLD = Refused(Reason.ON_HOLD, "1.2")
_OUTSIDE = UUID(int=0)
"""Whose stands these are when there is no account; they are compared with those of nobody else."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Who is to stand where: the constellation around the case, and where they stand in it now."""

    known: Known
    tied: Constellation
    stands: tuple[Stand, ...]


def name_attendant(
    service: Service, actor: Actor, case_id: UUID | str, version: int, new: NewAttendant, key: str = ""
) -> Recorded | Refused | Conflict:
    """Name an interpreter or co-facilitator of the actor's own person. Output as for an answer.

    A name that is no open account of the actor's side is refused in the same words as somebody who stands elsewhere.
    """
    problems = _problems(service, new)
    if problems:
        return Refused(Reason.NOT_ACCEPTED, "1.2", problems)

    def duty(work: Work, standing: Standing) -> Write | Refused:
        if note_lookup(work, actor.id) > MOST_TRIES:
            return Refused(Reason.TOO_OFTEN, "1.2")
        try:
            with work.by_rules():  # where somebody stands, at every desk; only whether they may be named comes back
                place = _place(work, standing, new)
        except (MatcherDown, Unreadable):
            return Refused(Reason.MATCHER_DOWN, "1.2")
        return (lambda item: _write(work, standing, item, new, place)) if place else _ON_HOLD

    content = json.dumps(asdict(new), default=str, sort_keys=True)
    post = Post(actor, Action.NAME_ATTENDANT, case_id, version, key, content, uuid4())
    return carry_out(service, post, lambda _own_person: Situation(), duty)


def attendants_of(service: Service, actor: Actor, case_id: UUID | str) -> tuple[Attendant, ...] | Refused:
    """List whom the actor's own desk named, in order; nobody else's list exists for them."""
    found: tuple[Attendant, ...] | Refused
    with service.reading(actor) as work:
        standing = stand(work, actor, case_id, Action.READ_ATTENDANTS)
        if isinstance(standing, Refused):
            found = standing
        else:
            found = read_attendants(work, standing.keys, standing.case.id, standing.desk)
    note_reading(service, actor, Action.READ_ATTENDANTS, case_id, found)
    return found


def _place(work: Work, standing: Standing, new: NewAttendant) -> _Place | None:
    """Where somebody may be named to stand, or None. Raises `MatcherDown`, `Unreadable`."""
    case_id, actor = standing.case.id, standing.actor
    known, staff = Known(name=new.name, number=new.number), _OUTSIDE
    tied = constellation_of(work, case_id)
    stands: tuple[Stand, ...] = ()
    if new.account:
        account = find_account(work, new.account.strip())
        if account is None or account.side != actor.side:
            return None
        if wall.excluded_letters(work, case_id, account.id) & {standing.own_person, wall.WHOLE_CASE}:
            return None
        known, staff = Known(account.id), account.id
        stands = tuple(one for one in wall.stands_in(work, tied.cases) if one.staff == staff)
    stands += stands_of(work, tied.cases, known, staff)
    wanted = Stand(case_id, staff, actor.side.value, standing.own_person)
    return None if would_cross(tied.cases, tied.same, stands, wanted) else _Place(known, tied, stands)


def _write(work: Work, standing: Standing, item: Item, new: NewAttendant, place: _Place) -> None:
    insert_attendant(work, standing.keys, item, new)
    case_id, account = standing.case.id, place.known.account
    with work.by_rules():  # rows of the wall of somebody else
        enter_attendant(work, case_id, place.known, standing.desk)
        if account is None:
            return
        if not wall.side_in_case(work, case_id, account):
            wall.enter(work, case_id, account, standing.actor.side.value)
        for other in sorted(letters_of(work, case_id) - {standing.own_person}):
            wall.exclude(work, case_id, account, other)
        close_wall(work, place.tied, standing.actor.id)


def _problems(service: Service, new: NewAttendant) -> tuple[str, ...]:
    problems = date_problem("since", new.since, service.clock().date())
    if bool(new.account.strip()) == bool(new.name.strip()):
        return (*problems, "name: give the name of an account, or of somebody from outside.")
    problems += name_problem("name", new.account or new.name)
    problems += text_problem("number", new.number, CODE)
    if new.account and new.number:
        problems += ("number: an account has none.",)
    return problems
