"""A whole import taken back: each of its referrals is withdrawn, none is deleted, and intake sees that it was.

It can be taken back until the next publication of states, whatever anybody here did meanwhile: were it refused as soon
as one of them had been taken on, trying would tell an agency that it was (page 3.5). What was taken into a case stays
there; whoever took it sees that the agency withdrew it. Source: ADR 0053.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from triage.cases.agency.lifecycle import Answered, Event, Hand, Step, allows, last_publication
from triage.cases.roles import Action, Actor
from triage.cases.wall import Reason, Refused
from triage.casework.agencies.importing import AT_ONCE, in_turn
from triage.casework.agencies.standing import agency_for, lock, permitted
from triage.casework.limits import as_id
from triage.casework.results import Recorded
from triage.casework.service import Service
from triage.casework.standing import audit_entry
from triage.store.agency.imports import StoredImport, find_import, imports_of, lines_of, mark_withdrawn
from triage.store.agency.referrals import StoredEvent, insert_event, read_events
from triage.store.work import Work


@dataclass(frozen=True, slots=True)
class SentFile:
    """One import as its agency sees it."""

    id: UUID
    at: datetime
    count: int
    withdrawn: bool
    may_be_withdrawn: bool


def list_imports(service: Service, actor: Actor) -> tuple[SentFile, ...] | Refused:
    """List the imports of one's agency, the latest first."""
    if refused := permitted(actor, Action.IMPORT_REFERRALS):
        return refused
    with service.reading(actor) as work:
        agency_id = agency_for(work, actor)
        found = imports_of(work, agency_id) if agency_id else ()
        return tuple(
            SentFile(one.id, one.at, one.count, one.withdrawn is not None, _is_open(one, work.now)) for one in found
        )


def withdraw_import(service: Service, actor: Actor, import_id: UUID | str) -> Recorded | Refused:
    """Withdraw every referral of an import; a second time changes nothing and gives the same."""
    known = as_id(import_id)
    with service.writing(actor) as work:
        stood = _stand(work, actor, known)
        result = stood if isinstance(stood, Refused) else Recorded(0, stood.id)
        if isinstance(stood, StoredImport):
            mark_withdrawn(work, stood.id)
        work.audit(audit_entry(actor, Action.WITHDRAW_IMPORT, known, result))
        lines = lines_of(work, stood.id) if isinstance(stood, StoredImport) else ()
    for some in in_turn(lines, AT_ONCE):
        with service.writing(actor) as work:
            work.is_no_act()  # it was written down as one act above
            for referral_id in some:
                _withdraw(work, actor, referral_id)
    return result


def _stand(work: Work, actor: Actor, import_id: UUID | None) -> StoredImport | Refused:
    if refused := permitted(actor, Action.WITHDRAW_IMPORT):
        return refused
    found = find_import(work, import_id) if import_id else None
    if found is None or found.agency_id != agency_for(work, actor):
        return Refused(Reason.NO_SUCH_REFERRAL, "1.4")
    if found.withdrawn is None and not _is_open(found, work.now):
        return Refused(Reason.NOT_NOW, "1.4")
    return found


def _is_open(found: StoredImport, now: datetime) -> bool:
    """Whether no state was published since the file was sent."""
    return found.withdrawn is None and last_publication(now) <= found.at


def _withdraw(work: Work, actor: Actor, referral_id: UUID) -> None:
    lock(work, referral_id)
    with work.by_rules():  # what intake did meanwhile must not show
        events = tuple(one.event for one in read_events(work, referral_id))
    if allows(Step.WITHDRAW, events, Hand.AGENCY):
        said = StoredEvent(Event(Step.WITHDRAW, work.now, Answered.WITHDRAWN), actor.id)
        insert_event(work, referral_id, Hand.AGENCY, said)
