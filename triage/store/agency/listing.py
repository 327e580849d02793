"""Referrals in lists, a page at a time: which, in which order, is told by what stands in the clear and by marks.

Nothing is decrypted to put them in order. Whether danger was told is a keyed mark of each row, which tells a reader of
the database nothing: two of them are never equal. A row that was sent before there were marks counts as danger until
the rules give it one. The day of a holder's review is a keyed index of agency and day. Source: ADR 0081.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from triage.cases.agency.lifecycle import Step, last_publication
from triage.store.agency.marks import is_danger, review_index
from triage.store.agency.referrals import CLEAR_COLUMNS, StoredReferral, stored_from
from triage.store.agency.tables import agency_events, agency_referrals
from triage.store.work import Work


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a list after which it goes on: when it was sent (a draft: its day began), in seconds; its id."""

    sent: int
    id: UUID


@dataclass(frozen=True, slots=True)
class Waiting:
    """A referral that waits for intake.

    `in_danger` as far as its mark says, and so where there is none; `is_answered` here, by intake; `has_word`: the
    agency said something after it sent; `has_last_word`: and nobody did anything since. That an agency withdrew is such
    a word when somebody here had asked, taken, declined or sent on before.
    """

    stored: StoredReferral
    in_danger: bool
    is_answered: bool
    has_last_word: bool
    has_word: bool


def waiting_referrals(work: Work) -> tuple[Waiting, ...]:
    """Every referral that waits for intake: not answered yet, or answered and the last word is the agency's.

    What an agency withdrew before anybody here did anything waits only if it told of danger, until it is closed.
    """
    steps = _steps_of_those_with_a_word(work)
    chosen = _CLEAR.add_columns(agency_referrals.c.danger_mark).where(
        agency_referrals.c.sent.is_not(None), or_(~_ANSWERED, agency_referrals.c.id.in_(_WITH_A_WORD))
    )
    found = []
    for row in work.connection.execute(chosen):
        one = _standing(stored_from(row), steps.get(row.id, ()), in_danger=is_danger(work, row.id, row.danger_mark))
        if one:
            found.append(one)
    return tuple(found)


def answered_referrals(
    work: Work, waiting: Iterable[UUID], most: int, after: Place | None = None
) -> tuple[StoredReferral, ...]:
    """Those that were taken, declined, withdrawn or sent on, and do not wait again; the latest sent first."""
    chosen = [agency_referrals.c.sent.is_not(None), _ANSWERED, agency_referrals.c.id.not_in(list(waiting))]
    return _latest_first(work, chosen, most, after)


def sent_by(
    work: Work, agency_id: UUID, by: UUID | None, most: int, after: Place | None = None
) -> tuple[StoredReferral, ...]:
    """Those that an agency sent, or one of its people (`by`), the latest first, after a place."""
    return _latest_first(work, [*_of(agency_id, by), agency_referrals.c.sent.is_not(None)], most, after)


def drafts_of(
    work: Work, agency_id: UUID, by: UUID | None, most: int, after: Place | None = None
) -> tuple[StoredReferral, ...]:
    """The drafts of an agency, or of one of its people, the latest begun first, after a place, be it gone meanwhile."""
    chosen = _CLEAR.where(*_of(agency_id, by), agency_referrals.c.sent.is_(None))
    if after:
        begun = datetime.fromtimestamp(min(after.sent, _LAST_DAY), UTC).date()
        same_day = and_(agency_referrals.c.added_on == begun, agency_referrals.c.id > after.id)
        chosen = chosen.where(or_(agency_referrals.c.added_on < begun, same_day))
    order = (agency_referrals.c.added_on.desc(), agency_referrals.c.id)
    return tuple(map(stored_from, work.connection.execute(chosen.order_by(*order).limit(most))))


def reviewed_on(
    work: Work, agency_id: UUID, by: UUID | None, days: Iterable[date], most: int
) -> tuple[StoredReferral, ...]:
    """Those whose holder said that they look again on one of these days; last those of which no mark says when.

    What its agency was told is closed is not among them: nobody is reminded of it.
    """
    marks = [review_index(work, agency_id, day.isoformat()) for day in days]
    unknown = agency_referrals.c.review_index.is_(None)
    near = or_(agency_referrals.c.review_index.in_(marks), unknown)
    chosen = [*_of(agency_id, by), agency_referrals.c.sent.is_not(None), near, ~_taken(Step.CLOSE, _shown_before(work))]
    return _latest_first(work, chosen, most, None, unknown)


def review_days(work: Work, agency_id: UUID, days: Iterable[date]) -> frozenset[date]:
    """Those of these days on which a holder of an agency said that they look again."""
    by_mark = {review_index(work, agency_id, day.isoformat()): day for day in days}
    chosen = select(agency_referrals.c.review_index).where(
        agency_referrals.c.agency_id == agency_id, agency_referrals.c.review_index.in_(list(by_mark))
    )
    return frozenset(by_mark[mark] for mark in work.connection.execute(chosen.distinct()).scalars())


def asked_of(work: Work, agency_id: UUID, by: UUID | None, most: int) -> tuple[StoredReferral, ...]:
    """Those about which a question of ours was shown to the agency, and it has not replied since."""
    replied = (
        select(_LATER.c.referral_id)
        .where(
            _LATER.c.referral_id == agency_events.c.referral_id,
            _LATER.c.step == Step.REPLY.value,
            _LATER.c.sequence > agency_events.c.sequence,
        )
        .exists()
    )
    return _latest_first(work, [*_of(agency_id, by), _taken(Step.ASK, _shown_before(work), ~replied)], most, None)


def referrals_with(work: Work, step: Step) -> frozenset[UUID]:
    """The ids of the referrals in which a step was taken."""
    rows = work.connection.execute(select(agency_events.c.referral_id).where(agency_events.c.step == step.value))
    return frozenset(rows.scalars())


_CLEAR = select(*CLEAR_COLUMNS)
_LAST_DAY: Final = int(datetime.max.replace(tzinfo=UTC).timestamp()) - 1
_ANSWERED_HERE = frozenset({Step.TAKE, Step.DECLINE, Step.TRANSFER})
_DONE_HERE = _ANSWERED_HERE | {Step.ASK}
_WORDS = frozenset({Step.REPLY, Step.HOLDER_CLOSES, Step.WITHDRAW})
_WITH_A_WORD = select(agency_events.c.referral_id).where(agency_events.c.step.in_(sorted(_WORDS)))
_LATER = agency_events.alias("later")
_ANSWERED = (
    select(agency_events.c.referral_id)
    .where(
        agency_events.c.referral_id == agency_referrals.c.id,
        agency_events.c.step.in_(sorted(_ANSWERED_HERE | {Step.WITHDRAW})),
    )
    .exists()
)


def _standing(stored: StoredReferral, taken: Sequence[Step], *, in_danger: bool) -> Waiting | None:
    """Say how a referral waits, given every step of one in which the agency had a word; None when it does not."""
    answered = not _ANSWERED_HERE.isdisjoint(taken)
    last = taken[-1] if taken else None
    has_last_word = last in _WORDS and (last is not Step.WITHDRAW or not _DONE_HERE.isdisjoint(taken))
    is_over = answered or (Step.WITHDRAW in taken and (not in_danger or Step.CLOSE in taken))
    return Waiting(stored, in_danger, answered, has_last_word, bool(taken)) if has_last_word or not is_over else None


def _shown_before(work: Work) -> int:
    """The moment in seconds: an agency is shown what happened here before it."""
    return int(last_publication(work.now).timestamp())


def _taken(step: Step, before: int, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a step was taken in a referral before a moment in seconds, of which also this holds."""
    chosen = select(agency_events.c.referral_id).where(
        agency_events.c.referral_id == agency_referrals.c.id,
        agency_events.c.step == step.value,
        agency_events.c.at < before,
        *conditions,
    )
    return chosen.correlate(agency_referrals).exists()


def _steps_of_those_with_a_word(work: Work) -> dict[UUID, list[Step]]:
    """Every step of the referrals in which the agency said something after it sent, in order."""
    chosen = select(agency_events.c.referral_id, agency_events.c.step).where(
        agency_events.c.referral_id.in_(_WITH_A_WORD)
    )
    found: dict[UUID, list[Step]] = {}
    for row in work.connection.execute(chosen.order_by(agency_events.c.referral_id, agency_events.c.sequence)):
        found.setdefault(row.referral_id, []).append(Step(row.step))
    return found


def _of(agency_id: UUID, by: UUID | None) -> tuple[ColumnElement[bool], ...]:
    own = (agency_referrals.c.agency_id == agency_id,)
    return (*own, agency_referrals.c.recorded_by == by) if by else own


def _latest_first(
    work: Work,
    conditions: Iterable[ColumnElement[bool]],
    most: int,
    after: Place | None,
    *first: ColumnElement[bool],
) -> tuple[StoredReferral, ...]:
    chosen = _CLEAR.where(*conditions)
    if after:
        same_second = and_(agency_referrals.c.sent == after.sent, agency_referrals.c.id > after.id)
        chosen = chosen.where(or_(agency_referrals.c.sent < after.sent, same_second))
    order = (*first, agency_referrals.c.sent.desc(), agency_referrals.c.id)
    return tuple(map(stored_from, work.connection.execute(chosen.order_by(*order).limit(most))))
