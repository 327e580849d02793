"""How a referral goes on: states, steps, who takes them, and what its agency is shown, when.

An agency is shown a coarse state, and of each day's events only those before the last publication: the hour at which
somebody acted tells nothing. Being considered follows from being received, whatever anybody did. Source: security page
3.5; domain 0.5; ADR 0051.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

PUBLISHED_AT: Final = time(4, 0, tzinfo=UTC)
"""The one moment of a day at which what happened before it becomes visible to agencies."""


class State(StrEnum):
    """Where a referral stands."""

    DRAFT = "draft"
    SENT = "sent"
    RECEIVED = "received"
    CONSIDERED = "being-considered"
    ANSWERED = "answered"
    CLOSED = "closed"


class Step(StrEnum):
    """What happens to a referral."""

    SEND = "send"
    RECEIVE = "receive"
    CONSIDER = "consider"
    TAKE = "take"
    DECLINE = "decline"
    ASK = "ask"
    REPLY = "reply"
    HOLDER_CLOSES = "holder-closes"
    WITHDRAW = "withdraw"
    TRANSFER = "transfer"
    CLOSE = "close"


class Hand(StrEnum):
    """Whose step it is."""

    AGENCY = "agency"
    INTAKE = "intake"
    SERVICE = "service"


class Answered(StrEnum):
    """What an agency is told in the end: neutral codes, each of which its own referral alone could explain.

    Six codes bound what one referral can leak at log2(6) = 2.6 bits. Nothing is ever said of the people, of another
    case, or of who decided.
    """

    WITH_US = "with-us"
    OUTSIDE_AREA = "outside-area"
    OUTSIDE_REMIT = "outside-remit"
    NOT_ENOUGH = "not-enough"
    WITHDRAWN = "withdrawn"
    PASSED_ON = "passed-on"


DECLINING: Final = frozenset(Answered) - {Answered.WITH_US, Answered.PASSED_ON}
"""The coded reasons of a decline; none of them is about the other party."""


@dataclass(frozen=True, slots=True)
class Move:
    """One permitted step: from which states, to which (the same state when it is None), by whom."""

    after: frozenset[State]
    to: State | None
    by: Hand


_OPEN = frozenset({State.SENT, State.RECEIVED, State.CONSIDERED})
_TOLD = frozenset({State.ANSWERED})
MOVES: Final[Mapping[Step, Move]] = MappingProxyType(
    {
        Step.SEND: Move(frozenset({State.DRAFT}), State.SENT, Hand.AGENCY),
        Step.RECEIVE: Move(frozenset({State.SENT}), State.RECEIVED, Hand.SERVICE),
        Step.CONSIDER: Move(frozenset({State.RECEIVED}), State.CONSIDERED, Hand.INTAKE),
        Step.TAKE: Move(_OPEN | _TOLD, State.ANSWERED, Hand.INTAKE),
        Step.DECLINE: Move(_OPEN, State.ANSWERED, Hand.INTAKE),
        Step.ASK: Move(_OPEN | _TOLD, None, Hand.INTAKE),
        Step.REPLY: Move(_OPEN | _TOLD, None, Hand.AGENCY),
        Step.HOLDER_CLOSES: Move(_OPEN | _TOLD, None, Hand.AGENCY),
        Step.WITHDRAW: Move(_OPEN | _TOLD, State.ANSWERED, Hand.AGENCY),
        Step.TRANSFER: Move(_OPEN | _TOLD, State.ANSWERED, Hand.INTAKE),
        Step.CLOSE: Move(_TOLD, State.CLOSED, Hand.INTAKE),
    }
)
"""Every step there is; a step that is not listed, or from another state, is refused."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a referral, in order; `code` is the answer that was given, if one was."""

    step: Step
    at: datetime
    code: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """What an agency is shown: a coarse state, a neutral code once there is one, and whether we ask something."""

    state: State
    code: str = ""
    contact_us: bool = False


def allows(step: Step, happened: Iterable[Event], by: Hand) -> bool:
    """Say whether a step may be taken after what happened, by this hand.

    What was declined, withdrawn or sent on is neither taken nor sent on; what waits for a reply is not asked again,
    nobody replies unasked; about what was withdrawn nothing more is asked.
    """
    events, move = tuple(happened), MOVES[step]
    if state_after(events) not in move.after or by is not move.by:
        return False
    if step is Step.ASK and is_withdrawn(events):
        return False
    if step in {Step.TAKE, Step.TRANSFER}:
        return all(one.step not in {Step.DECLINE, Step.WITHDRAW, Step.TRANSFER} for one in events)
    if step is Step.WITHDRAW:
        return all(one.step is not Step.WITHDRAW for one in events)
    if step in {Step.ASK, Step.REPLY}:
        return waits_for_reply(events) is (step is Step.REPLY)
    return True


def waits_for_reply(events: Iterable[Event]) -> bool:
    """Say whether we asked something that the agency has not answered."""
    talk = [one.step for one in events if one.step in {Step.ASK, Step.REPLY}]
    return bool(talk) and talk[-1] is Step.ASK


def is_withdrawn(events: Iterable[Event]) -> bool:
    """Say whether the agency took a referral back, or asked us not to go on with it."""
    return any(one.code == Answered.WITHDRAWN for one in events)


def state_after(events: Iterable[Event]) -> State:
    """Give the state that events lead to; each must have been allowed when it happened."""
    state = State.DRAFT
    for event in events:
        state = MOVES[event.step].to or state
    return state


def last_publication(now: datetime) -> datetime:
    """Give the last moment of publication at or before now."""
    today = datetime.combine(now.astimezone(UTC).date(), PUBLISHED_AT)
    return today if now >= today else today - timedelta(days=1)


def published(events: Iterable[Event], now: datetime) -> Published:
    """Give what the agency of a referral is shown.

    What the agency did itself it sees at once; what happened here only after the next publication. Between the two
    the states follow the calendar alone: received when sent, being considered from the next publication on.
    """
    happened = tuple(events)
    shown = last_publication(now)
    own = tuple(one for one in happened if MOVES[one.step].by is Hand.AGENCY)
    if not own:
        return Published(State.DRAFT)
    sent = next(one for one in own if one.step is Step.SEND)
    seen = tuple(one for one in happened if one in own or one.at < shown)
    waits, state = waits_for_reply(seen), state_after(seen)
    code = next((one.code for one in reversed(seen) if one.code), "")
    if state in {State.ANSWERED, State.CLOSED}:
        return Published(state, code, waits)
    return Published(State.CONSIDERED if sent.at < shown else State.RECEIVED, "", waits)


def history(events: Iterable[Event], now: datetime) -> tuple[tuple[State, date], ...]:
    """Give the states that the agency of a referral was shown, each with the day from which on, oldest first.

    The days are those of its own acts and of publications: the day on which somebody acted here is not among them.
    """
    happened = tuple(events)
    sent = next((one.at for one in happened if one.step is Step.SEND), None)
    if sent is None:
        return ()
    moments = [sent, *(last_publication(at) + timedelta(days=1) for at in (sent, *(one.at for one in happened)))]
    moments += [one.at for one in happened if MOVES[one.step].by is Hand.AGENCY]
    shown: list[tuple[State, date]] = [(State.SENT, sent.date())]
    for at in sorted({one for one in moments if sent <= one <= now}):
        state = published((one for one in happened if one.at <= at), at).state
        if state is not shown[-1][0]:
            shown.append((state, at.date()))
    return tuple(shown)
