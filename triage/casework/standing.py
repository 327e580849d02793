"""How somebody stands to a case before a duty begins: allowed or refused, at which desk, on which version."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from triage.cases.compartments import PANEL_DESK, desk_of, desks_read_by, wall_side
from triage.cases.members import Members, Reader, Statement, referral_statements, seen_by
from triage.cases.roles import Action, Actor, Side
from triage.cases.wall import Reason, Refused, Situation, refusal
from triage.casework.closing import close_wall, constellation_of
from triage.casework.limits import as_id
from triage.casework.service import Service
from triage.store import wall
from triage.store.audit import Entry, last_time
from triage.store.cases import StoredCase, read_persons, read_versions
from triage.store.data_keys import PROGRAMME, SUPPORT, DataKeys, read_data_keys
from triage.store.matching.subjects import MatcherDown
from triage.store.members.statements import read_statements
from triage.store.sealing import Unreadable
from triage.store.work import Work

EVERYTHING = Reader(PANEL_DESK, sees_all=True)
READING_NOTED_FOR = timedelta(hours=1)
"""A reading is written to the audit once an hour for each reader and case, not at every page."""


@dataclass(frozen=True, slots=True)
class Standing:
    """An actor allowed into a case.

    `version` is the sum over the desks this actor reads, so that nobody can tell from it that something was written
    where they cannot read. `unsaved`: they typed something in the case that they did not record.
    """

    actor: Actor
    case: StoredCase
    own_person: str
    desk: str
    versions: dict[str, int]
    version: int
    keys: DataKeys
    unsaved: bool = False


def stand(
    work: Work,
    actor: Actor,
    case_id: object,
    action: Action,
    situate: Callable[[str], Situation] = lambda _own_person: Situation(),
) -> Standing | Refused:
    """Let an actor into a case for one action, or say why not; a case one may not see does not exist (page 3.7).

    Inputs: the id as it came; `situate` makes the situation from the actor's own person.
    """
    known_id = as_id(case_id)
    stood = wall.stood_in(work, known_id, actor.id) if known_id else None
    own_person, side = (stood.letter, stood.side) if stood else ("", "")
    crossed = bool(side) and side != wall_side(actor)
    refused = refusal(actor, action, replace(situate(own_person), own_person=own_person, crossed=crossed))
    if stood and stood.kept_out:
        return _kept_out(refused, has_stood=bool(side))
    if refused:
        return refused
    if not stood:
        return Refused(Reason.NO_SUCH_CASE, "1.2")
    case = stood.case
    with work.by_rules():  # of every desk: a second name rests on the whole case
        versions = read_versions(work, case.id)
    version = sum(versions.get(desk, 0) for desk in desks_read_by(actor, own_person))
    keys = read_data_keys(work, case.id, sides_opened_for(actor))
    return Standing(actor, case, own_person, desk_of(actor, own_person), versions, version, keys, stood.unsaved)


def _kept_out(refused: Refused | None, *, has_stood: bool) -> Refused:
    """Refuse who is kept out of a case: in words that say no reason, and only where they knew the case (ADR 0056)."""
    if refused and refused.reason is Reason.NOT_YOUR_ROLE:
        return refused
    return Refused(Reason.ON_HOLD if has_stood else Reason.NO_SUCH_CASE, "1.2")


def sides_opened_for(actor: Actor) -> tuple[str, ...]:
    """Which data keys a reading needs: a programme worker's never opens the support side's."""
    return (PROGRAMME,) if wall_side(actor) == Side.PROGRAMME else (SUPPORT, PROGRAMME)


def audit_entry(actor: Actor, action: Action, object_id: UUID | None, result: object) -> Entry:
    """The audit line of what an actor did: `recorded`, `conflict`, or `refused` with the reason's name."""
    said = f"refused {result.reason.name.lower()}" if isinstance(result, Refused) else type(result).__name__.lower()
    return Entry(action.value, said, actor.id, object_id, actor.side.value)


def note_reading(service: Service, actor: Actor, action: Action, case_id: object, result: object) -> None:
    """Write that somebody read, or was refused; a first reading of a case also enters the wall (page 3.3)."""
    if not isinstance(result, Refused) and noted_lately(
        service, actor, audit_entry(actor, action, as_id(case_id), result)
    ):
        return
    note_first_reading(service, actor, action, case_id, result)


def is_noted(work: Work, actor: Actor, action: Action, case_id: object, result: object) -> bool:
    """Whether this reading need not be written to the audit; asked in the transaction that reads."""
    return not isinstance(result, Refused) and _is_lately(work, audit_entry(actor, action, as_id(case_id), result))


def note_first_reading(service: Service, actor: Actor, action: Action, case_id: object, result: object) -> None:
    """Write what `is_noted` has not found."""
    known_id, refused = as_id(case_id), isinstance(result, Refused)
    entry = audit_entry(actor, action, known_id, result)
    with service.writing(actor) as work:
        if known_id and not refused and not wall.side_in_case(work, known_id, actor.id):
            _enter(work, known_id, actor)
        work.audit(entry)


def _enter(work: Work, case_id: UUID, actor: Actor) -> None:
    """Enter the wall of a case, and of every case that it is tied to."""
    wall.enter(work, case_id, actor.id, wall_side(actor))
    with suppress(MatcherDown, Unreadable):  # nobody can tell now; the next act in one of these cases closes the wall
        close_wall(work, constellation_of(work, case_id), actor.id)


def noted_lately(service: Service, actor: Actor, entry: Entry) -> bool:
    """Whether the audit has said exactly this of this actor within the last hour."""
    with service.reading(actor) as work:
        return _is_lately(work, entry)


def _is_lately(work: Work, entry: Entry) -> bool:
    noted = last_time(work.connection, entry)
    return bool(noted) and work.now - datetime.fromisoformat(noted) < READING_NOTED_FOR


def statements_of(work: Work, keys: DataKeys, case: StoredCase) -> tuple[Statement, ...]:
    """Every statement that these keys open and the running principal may see, the opening of the case first."""
    opening = referral_statements(read_persons(work, keys, case), case.opened_desk)
    return (*opening, *read_statements(work, keys, case.id, across=SUPPORT in keys.by_side))


def members_of(work: Work, standing: Standing) -> Members:
    """The persons and pairs that this actor may know."""
    reader = Reader(standing.desk, standing.own_person, sees_all=standing.desk == PANEL_DESK)
    with work.by_rules():  # of other desks too: what the panel opened, and what was said where one's person was added
        stated = statements_of(work, standing.keys, standing.case)
    return seen_by(reader, stated)


def knows_every_pair(work: Work, standing: Standing) -> bool:
    """Whether no pair of the case is hidden from this actor."""
    with work.by_rules():  # only whether there are others comes back
        stated = statements_of(work, standing.keys, standing.case)
    return set(seen_by(EVERYTHING, stated).pairs) == set(members_of(work, standing).pairs)


def whole_members(work: Work, keys: DataKeys, case: StoredCase) -> Members:
    """The persons and pairs of every desk, for the rules."""
    return seen_by(EVERYTHING, statements_of(work, keys, case))
