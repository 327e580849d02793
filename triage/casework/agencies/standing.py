"""How somebody stands to a referral of an agency: whose it is, and whether it exists for them at all (page 3.5)."""

from dataclasses import dataclass
from uuid import UUID

from triage.cases.agency.lifecycle import Event, Hand, Step, allows
from triage.cases.agency.referral import AgencyReferral
from triage.cases.agency.spelling import read
from triage.cases.roles import OUTSIDE, Action, Actor, Role
from triage.cases.wall import Reason, Refused, Situation, refusal
from triage.casework.limits import as_id
from triage.store.agency.clients import client_agency
from triage.store.agency.organisations import agency_of, read_agency
from triage.store.agency.referrals import (
    StoredEvent,
    StoredReferral,
    find_referral,
    lock_referral,
    read_content,
    read_events,
)
from triage.store.work import Work


@dataclass(frozen=True, slots=True)
class Stood:
    """A referral that exists for an actor, what it says, and everything that happened to it."""

    stored: StoredReferral
    referral: AgencyReferral
    events: tuple[StoredEvent, ...]

    @property
    def course(self) -> tuple[Event, ...]:
        """What happened, without its words."""
        return tuple(one.event for one in self.events)


def agency_for(work: Work, actor: Actor) -> UUID | None:
    """The agency an actor writes for, by account or as a client of the API; None for staff and closed agencies."""
    if actor.role not in OUTSIDE:
        return None
    found = agency_of(work, actor.id) or client_agency(work, actor.id)
    agency = read_agency(work, found) if found else None
    return agency.id if agency and not agency.closed else None


def permitted(actor: Actor, action: Action) -> Refused | None:
    """Say why an actor may not do this with any referral of an agency, or None."""
    return refusal(actor, action, Situation())


def stand_at(
    work: Work, actor: Actor, referral_id: object, action: Action, step: Step | None = None
) -> Stood | Refused:
    """Let an actor at a referral for an action, or say why not; one that is not theirs does not exist.

    A clerk stands at what they wrote, a lead at all of the agency, intake at what was sent. `step` is refused when it
    may not be taken now.
    """
    refused = permitted(actor, action)
    if refused:
        return refused
    known = as_id(referral_id)
    stored = find_referral(work, known) if known else None
    if stored is None or not _is_theirs(work, actor, stored):
        return Refused(Reason.NO_SUCH_REFERRAL, "1.4")
    with work.by_rules():  # the state of a referral follows from every step; an agency is shown what is published
        events = read_events(work, stored.id)
    stood = Stood(stored, read(read_content(work, stored)), events)
    hand = Hand.AGENCY if actor.role in OUTSIDE else Hand.INTAKE
    if step and not allows(step, stood.course, hand):
        return Refused(Reason.NOT_NOW, "1.4")
    return stood


def _is_theirs(work: Work, actor: Actor, stored: StoredReferral) -> bool:
    if actor.role not in OUTSIDE:
        return stored.sent is not None
    if stored.agency_id != agency_for(work, actor):
        return False
    return actor.role is Role.AGENCY_LEAD or stored.recorded_by == actor.id


def lock(work: Work, referral_id: object) -> None:
    """Let one step of a referral be taken at a time: whoever comes second sees what the first did."""
    known = as_id(referral_id)
    if known:
        with work.by_rules():  # intake may not change a referral, and changes nothing here
            lock_referral(work, known)
