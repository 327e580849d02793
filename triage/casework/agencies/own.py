"""What an agency sees of its own referrals: what it wrote, a coarse state, and what we ask, as published (page 3.5)."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from triage.cases.agency.lifecycle import Published, State, Step, last_publication, published
from triage.cases.agency.referral import AgencyReferral
from triage.cases.agency.spelling import read
from triage.cases.roles import Action, Actor, Role
from triage.cases.wall import Refused
from triage.casework.agencies.standing import Stood, agency_for, permitted, stand_at
from triage.casework.service import Service
from triage.casework.standing import audit_entry, noted_lately
from triage.store.agency.organisations import read_agency
from triage.store.agency.referrals import StoredEvent, StoredReferral, read_content, read_events, referrals_of
from triage.store.work import Work


@dataclass(frozen=True, slots=True)
class OwnReferral:
    """A referral as its agency sees it. `talk` holds, oldest first, what we asked and what the agency said.

    `review_due` reminds whoever stayed responsible: their own review is within a week or past.
    """

    id: UUID
    version: int
    referral: AgencyReferral
    sent: datetime | None
    state: Published
    talk: tuple[tuple[Step, str, date], ...] = ()
    review_due: bool = False


def list_own(service: Service, actor: Actor) -> tuple[OwnReferral, ...] | Refused:
    """List the referrals of an agency: a clerk's own, for a lead and for a client of the API those of all."""
    if refused := permitted(actor, Action.READ_OWN_REFERRALS):
        return refused
    with service.reading(actor) as work:
        agency_id = agency_for(work, actor)
        found = referrals_of(work, agency_id) if agency_id else ()
        lines = tuple(
            _seen(work, one, read(read_content(work, one)), _events(work, one))
            for one in found
            if actor.role is Role.AGENCY_LEAD or one.recorded_by == actor.id
        )
    _note(service, actor, None, lines)
    return lines


def read_own(service: Service, actor: Actor, referral_id: UUID | str) -> OwnReferral | Refused:
    """Read one referral of one's agency; another's does not exist."""
    with service.reading(actor) as work:
        stood = stand_at(work, actor, referral_id, Action.READ_OWN_REFERRALS)
        seen = _seen(work, stood.stored, stood.referral, stood.events) if isinstance(stood, Stood) else stood
    _note(service, actor, seen.id if isinstance(seen, OwnReferral) else None, seen)
    return seen


def agency_name(service: Service, actor: Actor) -> str:
    """Name the agency an actor writes for; empty when there is none."""
    with service.reading(actor) as work:
        agency_id = agency_for(work, actor)
        found = read_agency(work, agency_id) if agency_id else None
    return found.name if found else ""


def _events(work: Work, stored: StoredReferral) -> tuple[StoredEvent, ...]:
    with work.by_rules():  # what of it is shown is decided by `published`
        return read_events(work, stored.id)


def _seen(work: Work, stored: StoredReferral, referral: AgencyReferral, events: tuple[StoredEvent, ...]) -> OwnReferral:
    state = published((one.event for one in events), work.now)
    shown = last_publication(work.now)
    talk = tuple(
        (one.event.step, one.text, one.event.at.date())
        for one in events
        if one.event.step in {Step.REPLY, Step.HOLDER_CLOSES} or (one.event.step is Step.ASK and one.event.at < shown)
    )
    holder = referral.holder if stored.sent and state.state is not State.CLOSED else None
    due = holder is not None and holder.is_due(work.today)
    return OwnReferral(stored.id, stored.version, referral, stored.sent, state, talk, due)


def _note(service: Service, actor: Actor, referral_id: UUID | None, result: object) -> None:
    """Write once an hour that somebody of an agency read."""
    entry = audit_entry(actor, Action.READ_OWN_REFERRALS, referral_id, result)
    if not isinstance(result, Refused) and noted_lately(service, actor, entry):
        return
    with service.writing(actor) as work:
        work.audit(entry)
