"""Referrals in lists, a page at a time: which, in which order, is told by what stands in the clear and by marks.

Nothing is decrypted to put them in order. Whether danger was told is a keyed mark of each row, which tells a reader of
the database nothing: two of them are never equal. A row that was sent before there were marks counts as danger until
it is opened. The day of a holder's review is a keyed index of agency and day. Source: ADR 0081.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select

from triage.cases.agency.lifecycle import Step
from triage.store.agency.marks import is_danger, review_index
from triage.store.agency.referrals import CLEAR_COLUMNS, StoredReferral, stored_from
from triage.store.agency.tables import agency_events, agency_referrals
from triage.store.work import Work


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a list after which it goes on: the seconds at which a referral was sent (0: a draft), and its id."""

    sent: int
    id: UUID


@dataclass(frozen=True, slots=True)
class Waiting:
    """A referral that waits for intake.

    Whether danger is told, as far as its mark says, and so where there is none; whether it was answered; whether the
    last word is the agency's, which replied or whose holder closes.
    """

    stored: StoredReferral
    in_danger: bool
    is_answered: bool
    has_last_word: bool


def waiting_referrals(work: Work) -> tuple[Waiting, ...]:
    """Every referral that waits for intake: not answered yet, or answered and the last word is the agency's."""
    steps = _steps_of_those_with_a_word(work)
    chosen = _CLEAR.add_columns(agency_referrals.c.danger_mark).where(
        agency_referrals.c.sent.is_not(None), or_(~_ANSWERED, agency_referrals.c.id.in_(_WITH_A_WORD))
    )
    found = []
    for row in work.connection.execute(chosen):
        taken = steps.get(row.id, [])
        answered, has_last_word = not _ANSWERING.isdisjoint(taken), bool(taken) and taken[-1] in _WORDS
        if has_last_word or not answered:
            in_danger = is_danger(work, row.id, row.danger_mark)
            found.append(Waiting(stored_from(row), in_danger, answered, has_last_word))
    return tuple(found)


def answered_referrals(work: Work, most: int, after: Place | None = None) -> tuple[StoredReferral, ...]:
    """Those that were taken, declined, withdrawn or sent on, and wait no more; the latest sent first, after a place."""
    return _latest_first(work, [agency_referrals.c.sent.is_not(None), _ANSWERED, ~_LAST_WORD], most, after)


def sent_by(
    work: Work, agency_id: UUID, by: UUID | None, most: int, after: Place | None = None
) -> tuple[StoredReferral, ...]:
    """Those that an agency sent, or one of its people (`by`), the latest first, after a place."""
    return _latest_first(work, [*_of(agency_id, by), agency_referrals.c.sent.is_not(None)], most, after)


def drafts_of(
    work: Work, agency_id: UUID, by: UUID | None, most: int, after: Place | None = None
) -> tuple[StoredReferral, ...]:
    """The drafts of an agency, or of one of its people, the latest begun first, after a place."""
    chosen = _CLEAR.where(*_of(agency_id, by), agency_referrals.c.sent.is_(None))
    if after:
        begun = select(agency_referrals.c.added_on).where(agency_referrals.c.id == after.id).scalar_subquery()
        same_day = and_(agency_referrals.c.added_on == begun, agency_referrals.c.id > after.id)
        chosen = chosen.where(or_(agency_referrals.c.added_on < begun, same_day))
    order = (agency_referrals.c.added_on.desc(), agency_referrals.c.id)
    return tuple(map(stored_from, work.connection.execute(chosen.order_by(*order).limit(most))))


def reviewed_on(
    work: Work, agency_id: UUID, by: UUID | None, days: Iterable[date], most: int
) -> tuple[StoredReferral, ...]:
    """Those whose holder said that they look again on one of these days, and those of which no mark says it."""
    marks = [review_index(work, agency_id, day.isoformat()) for day in days]
    near = or_(agency_referrals.c.review_index.in_(marks), agency_referrals.c.review_index.is_(None))
    return _latest_first(work, [*_of(agency_id, by), agency_referrals.c.sent.is_not(None), near], most, None)


def review_days(work: Work, agency_id: UUID, days: Iterable[date]) -> frozenset[date]:
    """Those of these days on which a holder of an agency said that they look again."""
    by_mark = {review_index(work, agency_id, day.isoformat()): day for day in days}
    chosen = select(agency_referrals.c.review_index).where(
        agency_referrals.c.agency_id == agency_id, agency_referrals.c.review_index.in_(list(by_mark))
    )
    return frozenset(by_mark[mark] for mark in work.connection.execute(chosen.distinct()).scalars())


def asked_of(work: Work, agency_id: UUID, by: UUID | None, most: int) -> tuple[StoredReferral, ...]:
    """Those about which we asked last, and the agency has not replied."""
    talk = (
        select(agency_events.c.referral_id, agency_events.c.step)
        .join(agency_referrals, agency_referrals.c.id == agency_events.c.referral_id)
        .where(*_of(agency_id, by), agency_events.c.step.in_([Step.ASK.value, Step.REPLY.value]))
        .order_by(agency_events.c.referral_id, agency_events.c.sequence)
    )
    last = {row.referral_id: row.step for row in work.connection.execute(talk)}
    waits = [referral for referral, step in last.items() if step == Step.ASK][:most]
    return _latest_first(work, [agency_referrals.c.id.in_(waits)], most, None)


def referrals_with(work: Work, step: Step) -> frozenset[UUID]:
    """The ids of the referrals in which a step was taken."""
    rows = work.connection.execute(select(agency_events.c.referral_id).where(agency_events.c.step == step.value))
    return frozenset(rows.scalars())


_CLEAR = select(*CLEAR_COLUMNS)
_ANSWERING = frozenset(one.value for one in (Step.TAKE, Step.DECLINE, Step.WITHDRAW, Step.TRANSFER))
_WORDS = frozenset(one.value for one in (Step.REPLY, Step.HOLDER_CLOSES))
_WITH_A_WORD = select(agency_events.c.referral_id).where(agency_events.c.step.in_(sorted(_WORDS)))
_ANSWERED = (
    select(agency_events.c.referral_id)
    .where(
        agency_events.c.referral_id == agency_referrals.c.id,
        agency_events.c.step.in_(sorted(_ANSWERING)),
    )
    .exists()
)


_LATER = agency_events.alias("later")
_LAST_WORD = (
    select(agency_events.c.referral_id)
    .where(
        agency_events.c.referral_id == agency_referrals.c.id,
        agency_events.c.step.in_(sorted(_WORDS)),
        agency_events.c.sequence
        == select(func.max(_LATER.c.sequence))
        .where(_LATER.c.referral_id == agency_referrals.c.id)
        .correlate(agency_referrals)
        .scalar_subquery(),
    )
    .correlate(agency_referrals)
    .exists()
)


def _steps_of_those_with_a_word(work: Work) -> dict[UUID, list[str]]:
    """Every step of the referrals in which the agency said something after it sent, in order."""
    chosen = select(agency_events.c.referral_id, agency_events.c.step).where(
        agency_events.c.referral_id.in_(_WITH_A_WORD)
    )
    found: dict[UUID, list[str]] = {}
    for row in work.connection.execute(chosen.order_by(agency_events.c.referral_id, agency_events.c.sequence)):
        found.setdefault(row.referral_id, []).append(row.step)
    return found


def _of(agency_id: UUID, by: UUID | None) -> tuple[ColumnElement[bool], ...]:
    own = (agency_referrals.c.agency_id == agency_id,)
    return (*own, agency_referrals.c.recorded_by == by) if by else own


def _latest_first(
    work: Work, conditions: Iterable[ColumnElement[bool]], most: int, after: Place | None
) -> tuple[StoredReferral, ...]:
    chosen = _CLEAR.where(*conditions)
    if after:
        same_second = and_(agency_referrals.c.sent == after.sent, agency_referrals.c.id > after.id)
        chosen = chosen.where(or_(agency_referrals.c.sent < after.sent, same_second))
    order = (agency_referrals.c.sent.desc(), agency_referrals.c.id)
    return tuple(map(stored_from, work.connection.execute(chosen.order_by(*order).limit(most))))
