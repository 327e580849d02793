"""What intake sees of what agencies sent: the list in pages, danger first, and one referral with all that happened.

Once a referral was answered, its content is for whoever took it; others see that it was (need to know, page 3.2). Of
one that was withdrawn nobody of intake reads what it said any more: that it came, when, and whether danger was told.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from triage.cases.agency.gaps import Open, gaps_of
from triage.cases.agency.lifecycle import Hand, State, Step, allows, is_withdrawn, state_after, waits_for_reply
from triage.cases.agency.referral import DANGER_NOW, DANGER_QUESTION, AgencyReferral, Holder
from triage.cases.agency.spelling import read
from triage.cases.agency.transfer import Transfer, spelled_out
from triage.cases.roles import Action, Actor
from triage.cases.wall import Refused
from triage.casework.agencies.marking import mark_opened
from triage.casework.agencies.paging import PAGE, Cursor, cursor_of
from triage.casework.agencies.placing import joinable
from triage.casework.agencies.standing import Stood, permitted, stand_at
from triage.casework.service import Service
from triage.casework.standing import audit_entry, noted_lately
from triage.store.agency.listing import Place, Waiting, answered_referrals, referrals_with, waiting_referrals
from triage.store.agency.organisations import all_agencies
from triage.store.agency.referrals import StoredEvent, StoredReferral, read_content, read_events
from triage.store.work import Work

_DANGER, _STIRS, _WAITING, _ANSWERED = range(4)
"""The order of the list."""


@dataclass(frozen=True, slots=True)
class IncomingLine:
    """One line of the list: who sent it, when, who holds the risk until when, danger, what is missing, what waits.

    `called` are the people, by letter, for whoever may read the referral. `holder_closes` when the agency said so
    after it sent; `review_due` when the holder's own review is near or past; `replied` while nobody here did anything
    since the agency replied.
    """

    id: UUID
    agency: str
    sent: datetime
    state: State
    danger: str
    people: int
    holder: Holder | None
    waits_for_reply: bool
    holder_closes: bool
    review_due: bool
    withdrawn: bool = False
    called: tuple[tuple[str, str], ...] = ()
    missing: tuple[Open, ...] = ()
    replied: bool = False


@dataclass(frozen=True, slots=True)
class IncomingPage:
    """A page of the list; `after` leads on, empty at the end; how many wait in all, how many of them tell danger."""

    lines: tuple[IncomingLine, ...]
    after: str
    waiting: int
    in_danger: int


@dataclass(frozen=True, slots=True)
class Incoming:
    """One referral as intake sees it; `taken` gives, by pair, the case it went into, to whoever answered it.

    `joins` gives, by further pair, the cases of earlier ones in which one of its people is, which it may join.
    """

    line: IncomingLine
    referral: AgencyReferral
    talk: tuple[tuple[Step, str, date], ...]
    taken: dict[str, UUID]
    is_open: bool
    may_be_sent_on: bool = False
    sent_on: Transfer | None = None
    joins: Mapping[str, tuple[UUID, ...]] = field(default_factory=dict)


def list_incoming(service: Service, actor: Actor, after: str = "") -> IncomingPage | Refused:
    """List a page of what agencies sent, after a place in the list.

    Danger first, then where a holder closes, the agency has replied, or it withdrew what somebody here had begun on,
    answered or not, then the longest waiting; then what was answered, the latest first. At most `PAGE` referrals are
    decrypted, however many wait.
    """
    if refused := permitted(actor, Action.READ_INCOMING):
        return refused
    place = cursor_of(after)
    with service.reading(actor) as work:
        names = {one.id: one.name for one in all_agencies(work)}
        found = waiting_referrals(work)
        waiting = _in_order(work, found)
        rows = [one for one in waiting if place is None or one[0].order > place.order][:PAGE]
        rows += _answered(work, [one.stored.id for one in found if one.has_word], place, PAGE - len(rows))
        lines = tuple(_listed(work, actor, stored, names) for _cursor, stored in rows)
        page = IncomingPage(
            lines,
            rows[-1][0].text if len(rows) == PAGE else "",
            len(waiting),
            sum(cursor.rank == _DANGER for cursor, _stored in waiting),
        )
    _note(service, actor, None, lines)
    return page


def count_waiting(service: Service, actor: Actor) -> tuple[int, int]:
    """How many referrals wait, and in how many of them danger may be told; nothing is decrypted. Zeroes for others."""
    if permitted(actor, Action.READ_INCOMING):
        return 0, 0
    with service.reading(actor) as work:
        told = [one.in_danger and not one.is_answered for one in waiting_referrals(work)]
    return len(told), sum(told)


def _in_order(work: Work, waiting: Iterable[Waiting]) -> list[tuple[Cursor, StoredReferral]]:
    """Everything that waits, in its order, which follows from marks and steps alone."""
    closing = referrals_with(work, Step.HOLDER_CLOSES)
    found = []
    for one in waiting:
        stirs = one.has_last_word or one.stored.id in closing
        rank = _DANGER if one.in_danger and not one.is_answered else _STIRS if stirs else _WAITING
        found.append((_cursor(rank, one.stored), one.stored))
    return sorted(found, key=lambda one: one[0].order)


def _answered(
    work: Work, waiting: Iterable[UUID], place: Cursor | None, most: int
) -> list[tuple[Cursor, StoredReferral]]:
    after = Place(place.seconds, place.id) if place and place.rank == _ANSWERED else None
    return [(_cursor(_ANSWERED, one), one) for one in answered_referrals(work, waiting, most, after)]


def _cursor(rank: int, stored: StoredReferral) -> Cursor:
    return Cursor(rank, int(stored.sent.timestamp()) if stored.sent else 0, stored.id)


def _listed(work: Work, actor: Actor, stored: StoredReferral, names: Mapping[UUID, str]) -> IncomingLine:
    stood = Stood(stored, read(read_content(work, stored)), read_events(work, stored.id))
    line = _line(stood, names.get(stored.agency_id, ""), work.today)
    if not reads_content(actor, stood):
        return line
    called = tuple((one.letter, one.called) for one in stood.referral.persons)
    return replace(line, called=called, missing=gaps_of(stood.referral))


def read_incoming(service: Service, actor: Actor, referral_id: UUID | str) -> Incoming | Refused:
    """Read one referral that was sent; whoever did not take it sees of an answered one its line alone."""
    with service.reading(actor) as work:
        stood = stand_at(work, actor, referral_id, Action.READ_INCOMING)
        names = {one.id: one.name for one in all_agencies(work)}
        today = work.today
    if isinstance(stood, Refused):
        _note(service, actor, None, stood)
        return stood
    if not stood.stored.is_marked:
        mark_opened(service, stood.stored)
    line = _line(stood, names.get(stood.stored.agency_id, ""), today)
    own, taken = reads_content(actor, stood), taken_into(stood.events) if answers_for(actor, stood) else {}
    further = [one for one in stood.referral.pairs if taken and one.undirected not in taken]
    _note(service, actor, line.id, line)
    return Incoming(
        line=line,
        referral=stood.referral if own else AgencyReferral(),
        talk=tuple((one.event.step, one.text, one.event.at.date()) for one in _talk(stood.events) if own),
        taken=taken,
        is_open=line.state not in {State.ANSWERED, State.CLOSED},
        may_be_sent_on=own and allows(Step.TRANSFER, stood.course, Hand.INTAKE) and not _danger_waits(stood),
        sent_on=transfer_of(stood.events) if own else None,
        joins={one.undirected: cases for one in further if own and (cases := joinable(stood.events, one))},
    )


def _talk(events: tuple[StoredEvent, ...]) -> Iterator[StoredEvent]:
    return (one for one in events if one.text and one.event.step not in {Step.TRANSFER, Step.TAKE})


def _danger_waits(stood: Stood) -> bool:
    return stood.referral.danger == DANGER_NOW and not taken_into(stood.events)


def transfer_of(events: tuple[StoredEvent, ...]) -> Transfer | None:
    """Give what was recorded of a referral that was sent on, or None."""
    return next((spelled_out(one.text) for one in events if one.event.step is Step.TRANSFER), None)


def reads_content(actor: Actor, stood: Stood) -> bool:
    """Say whether somebody of intake reads what a referral says: who answers for it, unless it was withdrawn."""
    return answers_for(actor, stood) and not is_withdrawn(stood.course)


def answers_for(actor: Actor, stood: Stood) -> bool:
    """Say whether a referral is somebody's of intake: everybody's until it is answered, then of who answered it."""
    answered = [one for one in stood.events if one.event.step in {Step.TAKE, Step.DECLINE, Step.TRANSFER}]
    return not answered or any(one.by == actor.id for one in answered)


def taken_into(events: tuple[StoredEvent, ...]) -> dict[str, UUID]:
    """Give, by pair, the case that a referral went into."""
    return {one.pair: one.case_id for one in events if one.case_id}


def _line(stood: Stood, agency: str, today: date) -> IncomingLine:
    course = stood.course
    referral = _danger_alone(stood.referral) if is_withdrawn(course) else stood.referral
    sent = next(one.at for one in course if one.step is Step.SEND)
    return IncomingLine(
        id=stood.stored.id,
        agency=agency,
        sent=sent,
        state=state_after(course),
        danger=referral.danger,
        people=len(referral.persons),
        holder=referral.holder,
        waits_for_reply=waits_for_reply(course),
        holder_closes=any(one.step is Step.HOLDER_CLOSES for one in course),
        review_due=referral.holder is not None and referral.holder.is_due(today),
        withdrawn=is_withdrawn(course),
        replied=course[-1].step is Step.REPLY,
    )


def _danger_alone(referral: AgencyReferral) -> AgencyReferral:
    """Keep of a withdrawn referral the code that tells of danger: withdrawing it must not hide that."""
    return AgencyReferral(answers=tuple(one for one in referral.answers if one.question == DANGER_QUESTION))


def _note(service: Service, actor: Actor, referral_id: UUID | None, result: object) -> None:
    """Write once an hour that somebody of intake read."""
    entry = audit_entry(actor, Action.READ_INCOMING, referral_id, result)
    if not isinstance(result, Refused) and noted_lately(service, actor, entry):
        return
    with service.writing(actor) as work:
        work.audit(entry)
