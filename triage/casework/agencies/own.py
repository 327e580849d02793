"""What an agency sees of its own referrals: what it wrote, a coarse state, and what we ask, as published (page 3.5).

Lists come in pages, and no page opens more than it shows.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from triage.cases.agency.lifecycle import Published, State, Step, history, last_publication, published
from triage.cases.agency.problems import days_due
from triage.cases.agency.referral import AgencyReferral
from triage.cases.agency.spelling import read
from triage.cases.roles import Action, Actor, Role
from triage.cases.wall import Refused
from triage.casework.agencies.paging import PAGE, Cursor, cursor_of
from triage.casework.agencies.standing import Stood, agency_for, permitted, stand_at
from triage.casework.service import Service
from triage.casework.standing import audit_entry, noted_lately
from triage.store.agency.listing import Place, asked_of, drafts_of, reviewed_on, sent_by
from triage.store.agency.organisations import read_agency
from triage.store.agency.referrals import StoredEvent, StoredReferral, read_content, read_events
from triage.store.work import Work


@dataclass(frozen=True, slots=True)
class OwnReferral:
    """A referral as its agency sees it. `talk` holds, oldest first, what we asked and what the agency said.

    `review_due` reminds whoever stayed responsible: their own review is within a week or past. `history` gives the
    states it was shown, each with its day.
    """

    id: UUID
    version: int
    referral: AgencyReferral
    sent: datetime | None
    state: Published
    talk: tuple[tuple[Step, str, date], ...] = ()
    review_due: bool = False
    history: tuple[tuple[State, date], ...] = ()


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page of the referrals of an agency: drafts, then what was sent, the latest first; `after` leads on.

    `waiting`, on the first page alone: those about which we ask something, or whose own review is near or past.
    """

    waiting: tuple[OwnReferral, ...]
    listed: tuple[OwnReferral, ...]
    after: str


def list_own(service: Service, actor: Actor, after: str = "") -> OwnPage | Refused:
    """List a page of referrals: a clerk's own, for a lead and for a client of the API those of all."""
    if refused := permitted(actor, Action.READ_OWN_REFERRALS):
        return refused
    place = cursor_of(after)
    with service.reading(actor) as work:
        agency_id = agency_for(work, actor)
        by = None if actor.role is Role.AGENCY_LEAD else actor.id
        rows = _rows(work, agency_id, by, place) if agency_id else []
        waiting = _waiting(work, agency_id, by) if agency_id and place is None else ()
        listed = tuple(_opened(work, stored) for _cursor, stored in rows)
    _note(service, actor, None, listed)
    return OwnPage(waiting, listed, rows[-1][0].text if len(rows) == PAGE else "")


_DRAFT, _SENT = range(2)


def _rows(work: Work, agency_id: UUID, by: UUID | None, place: Cursor | None) -> list[tuple[Cursor, StoredReferral]]:
    after = Place(place.seconds, place.id) if place else None
    among_sent = after if place and place.rank == _SENT else None
    drafts = () if among_sent else drafts_of(work, agency_id, by, PAGE, after)
    sent = sent_by(work, agency_id, by, PAGE - len(drafts), among_sent)
    return [
        *((Cursor(_DRAFT, _day_begun(one), one.id), one) for one in drafts),
        *((Cursor(_SENT, int(one.sent.timestamp()) if one.sent else 0, one.id), one) for one in sent),
    ]


def _day_begun(draft: StoredReferral) -> int:
    """The seconds at which the day of a draft began: a place in a list outlives the draft that it names."""
    return int(datetime.combine(draft.begun, time(), UTC).timestamp()) if draft.begun else 0


def _waiting(work: Work, agency_id: UUID, by: UUID | None) -> tuple[OwnReferral, ...]:
    """What waits for the agency, each once, however far down; questions leave half a page to reviews."""
    with work.by_rules():  # that we asked, or closed, is a step of ours; both give what was published alone
        asked = asked_of(work, agency_id, by, PAGE)
        near = reviewed_on(work, agency_id, by, days_due(work.today), PAGE)
    known = {one.id for one in asked[: PAGE - PAGE // 2]}
    reviews = [one for one in near if one.id not in known][: max(PAGE // 2, PAGE - len(asked))]
    found = {one.id: one for one in (*asked[: PAGE - len(reviews)], *reviews)}
    seen = (_opened(work, one) for one in found.values())
    return tuple(one for one in seen if one.state.contact_us or one.review_due)


def _opened(work: Work, stored: StoredReferral) -> OwnReferral:
    return _seen(work, stored, read(read_content(work, stored)), _events(work, stored))


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
        (one.event.step, one.text, _day_shown(one))
        for one in events
        if one.event.step in {Step.REPLY, Step.HOLDER_CLOSES} or (one.event.step is Step.ASK and one.event.at < shown)
    )
    holder = referral.holder if stored.sent and state.state is not State.CLOSED else None
    due = holder is not None and holder.is_due(work.today)
    course = history((one.event for one in events), work.now)
    return OwnReferral(stored.id, stored.version, referral, stored.sent, state, talk, due, course)


def _day_shown(kept: StoredEvent) -> date:
    """The day of the agency's own word; of ours, that of the publication: not on which day somebody acted here."""
    at = kept.event.at
    return at.date() if kept.event.step is not Step.ASK else (last_publication(at) + timedelta(days=1)).date()


def _note(service: Service, actor: Actor, referral_id: UUID | None, result: object) -> None:
    """Write once an hour that somebody of an agency read."""
    entry = audit_entry(actor, Action.READ_OWN_REFERRALS, referral_id, result)
    if not isinstance(result, Refused) and noted_lately(service, actor, entry):
        return
    with service.writing(actor) as work:
        work.audit(entry)
