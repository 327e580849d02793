"""Referrals of agencies as they are kept: a draft that is saved anew, frozen once sent; and what happened to each."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, insert, select, update

from triage.cases.agency.lifecycle import Event, Hand, Step
from triage.cases.agency.referral import AgencyReferral
from triage.cases.agency.spelling import read
from triage.store.agency.marks import keyed, marks_of
from triage.store.agency.tables import agency_events, agency_posts, agency_referrals
from triage.store.data_keys import AGENCY, PROGRAMME, create_data_keys, draw_data_keys, keep_data_keys, read_data_keys
from triage.store.sealing import Place, seal, unseal
from triage.store.work import Work


@dataclass(frozen=True, slots=True)
class StoredReferral:
    """The clear part of a referral: whose, who wrote it, the version of the draft, when it was sent, and begun.

    `is_marked`: it was sent and has the marks by which lists put it in order.
    """

    id: UUID
    agency_id: UUID
    recorded_by: UUID
    version: int
    sent: datetime | None = None
    begun: date | None = None
    is_marked: bool = False


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """A step as it was kept; `text` is a question or a reply, `case_id` the case that a `pair` was taken into."""

    event: Event
    by: UUID
    text: str = ""
    case_id: UUID | None = None
    pair: str = ""


def insert_referral(work: Work, stored: StoredReferral, external: str, content: dict[str, Any]) -> None:
    """Keep a new draft, with keys of its own. Raises `IntegrityError` when the agency used its number before."""
    work.connection.execute(
        insert(agency_referrals).values(
            id=stored.id,
            agency_id=stored.agency_id,
            recorded_by=stored.recorded_by,
            added_on=work.today,
            version=stored.version,
            sent=None,
            external_index=_external(work, stored, external),
            content=b"",
        )
    )  # the row first: who may open a key is decided by it
    keys = create_data_keys(work, stored.id, (AGENCY, PROGRAMME))
    sealed = seal(keys.by_side[AGENCY], _place(stored), content)
    work.connection.execute(update(agency_referrals).where(agency_referrals.c.id == stored.id).values(content=sealed))


@dataclass(frozen=True, slots=True)
class Arriving:
    """A whole referral that arrives among others: its clear part, the agency's own number, what it says."""

    stored: StoredReferral
    external: str
    content: dict[str, Any]


def insert_sent(work: Work, arriving: Sequence[Arriving]) -> None:
    """Keep many referrals as sent, each with keys of its own, in three statements.

    The same rows as `insert_referral`, `mark_sent` and the event of sending make. Raises `IntegrityError` when the
    agency used one of the numbers before.
    """
    at = int(work.now.timestamp())
    clear = {"step": Step.SEND.value, "hand": Hand.AGENCY.value, "at": at}
    said = {"code": "", "text": "", "pair": "", "case": ""}
    referrals, keys, events = [], [], []
    for one in arriving:
        stored = one.stored
        drawn, rows = draw_data_keys(work, stored.id, (AGENCY, PROGRAMME))
        key = drawn.by_side[AGENCY]
        keys += rows
        referrals.append(
            {
                "id": stored.id,
                "agency_id": stored.agency_id,
                "recorded_by": stored.recorded_by,
                "added_on": work.today,
                "version": stored.version,
                "sent": at,
                "external_index": _external(work, stored, one.external),
                "content": seal(key, _place(stored), one.content),
                **marks_of(work, stored.id, stored.agency_id, read(one.content)),
            }
        )
        place = _event_place(stored.id, 1, stored.recorded_by, clear)
        event = {"referral_id": stored.id, "sequence": 1, "recorded_by": stored.recorded_by, **clear}
        events.append({**event, "content": seal(key, place, said)})
    work.connection.execute(insert(agency_referrals), referrals)  # first: who may open a key is decided by them
    keep_data_keys(work, keys)
    work.connection.execute(insert(agency_events), events)


def update_draft(work: Work, stored: StoredReferral, external: str, content: dict[str, Any]) -> bool:
    """Save a draft anew if it is still the version that was seen and was not sent; say whether it was."""
    key = read_data_keys(work, stored.id, (AGENCY,)).by_side[AGENCY]
    done = work.connection.execute(
        update(agency_referrals)
        .where(
            agency_referrals.c.id == stored.id,
            agency_referrals.c.version == stored.version,
            agency_referrals.c.sent.is_(None),
        )
        .values(
            version=stored.version + 1,
            external_index=_external(work, stored, external),
            content=seal(key, _place(stored), content),
        )
    )
    return done.rowcount == 1


def mark_sent(work: Work, stored: StoredReferral, referral: AgencyReferral) -> bool:
    """Freeze a draft that says this; False when it was sent before."""
    done = work.connection.execute(
        update(agency_referrals)
        .where(agency_referrals.c.id == stored.id, agency_referrals.c.sent.is_(None))
        .values(sent=int(work.now.timestamp()), **marks_of(work, stored.id, stored.agency_id, referral))
    )
    return done.rowcount == 1


def unmarked_referrals(work: Work, most: int, after: UUID | None = None) -> tuple[StoredReferral, ...]:
    """What was sent before there were marks, by id after an id."""
    chosen = select(*CLEAR_COLUMNS).where(agency_referrals.c.sent.is_not(None), ~_MARKED)
    if after:
        chosen = chosen.where(agency_referrals.c.id > after)
    return tuple(map(stored_from, work.connection.execute(chosen.order_by(agency_referrals.c.id).limit(most))))


def write_marks(work: Work, stored: StoredReferral, referral: AgencyReferral) -> None:
    """Give a referral that was sent, and says this, the marks by which lists put it in order."""
    chosen = update(agency_referrals).where(agency_referrals.c.id == stored.id, agency_referrals.c.sent.is_not(None))
    work.connection.execute(chosen.values(**marks_of(work, stored.id, stored.agency_id, referral)))


def lock_referral(work: Work, referral_id: UUID) -> None:
    """Hold the row of a referral until the transaction ends; nothing in it changes."""
    held = update(agency_referrals).where(agency_referrals.c.id == referral_id)
    work.connection.execute(held.values(version=agency_referrals.c.version))


def find_referral(work: Work, referral_id: UUID) -> StoredReferral | None:
    """The clear part of a referral, or None."""
    row = work.connection.execute(select(*CLEAR_COLUMNS).where(agency_referrals.c.id == referral_id)).one_or_none()
    return stored_from(row) if row else None


def find_by_external(work: Work, agency_id: UUID, external: str) -> StoredReferral | None:
    """The referral to which an agency gave this number of its own, or None."""
    index = keyed(work, f"external|{agency_id}|{external}")
    row = work.connection.execute(
        select(*CLEAR_COLUMNS).where(agency_referrals.c.external_index == index)
    ).one_or_none()
    return stored_from(row) if row else None


def read_content(work: Work, stored: StoredReferral) -> dict[str, Any]:
    """What the agency wrote. Raises `Unreadable`."""
    key = read_data_keys(work, stored.id, (AGENCY,)).by_side[AGENCY]
    row = select(agency_referrals.c.content).where(agency_referrals.c.id == stored.id)
    return unseal(key, _place(stored), work.connection.execute(row).scalar_one())


def insert_event(work: Work, referral_id: UUID, hand: Hand, kept: StoredEvent) -> None:
    """Keep what happened, next in the order of the referral; what the agency did under its own key."""
    counted = select(func.coalesce(func.max(agency_events.c.sequence), 0)).where(
        agency_events.c.referral_id == referral_id
    )
    with work.by_rules():  # an agency does not see every event, and yet the next number follows them all
        sequence = work.connection.execute(counted).scalar_one() + 1
    side = AGENCY if hand is Hand.AGENCY else PROGRAMME
    content = {"code": kept.event.code, "text": kept.text, "pair": kept.pair}
    content["case"] = str(kept.case_id) if kept.case_id else ""
    clear = {"step": kept.event.step.value, "hand": hand.value, "at": int(kept.event.at.timestamp())}
    key = read_data_keys(work, referral_id, (side,)).by_side[side]
    work.connection.execute(
        insert(agency_events).values(
            referral_id=referral_id,
            sequence=sequence,
            recorded_by=kept.by,
            content=seal(key, _event_place(referral_id, sequence, kept.by, clear), content),
            **clear,
        )
    )


def read_events(work: Work, referral_id: UUID) -> tuple[StoredEvent, ...]:
    """Everything that happened to a referral, in order, for those who may open all of it. Raises `Unreadable`."""
    keys = read_data_keys(work, referral_id, (AGENCY, PROGRAMME))
    rows = work.connection.execute(
        select(agency_events).where(agency_events.c.referral_id == referral_id).order_by(agency_events.c.sequence)
    )
    found = []
    for row in rows:
        clear = {"step": row.step, "hand": row.hand, "at": row.at}
        place = _event_place(referral_id, row.sequence, row.recorded_by, clear)
        content = unseal(keys.by_side[AGENCY if row.hand == Hand.AGENCY else PROGRAMME], place, row.content)
        event = Event(Step(row.step), datetime.fromtimestamp(row.at, UTC), content["code"])
        case_id = UUID(content["case"]) if content["case"] else None
        found.append(StoredEvent(event, row.recorded_by, content["text"], case_id, content["pair"]))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class EarlierSending:
    """The referral that an idempotency key gave, and whether it was given for the same content."""

    referral_id: UUID
    same_content: bool


def find_sending(work: Work, agency_id: UUID, key: str, content: str) -> EarlierSending | None:
    """What this key of an agency already gave, or None."""
    row = work.connection.execute(
        select(agency_posts).where(
            agency_posts.c.agency_id == agency_id, agency_posts.c.key_hash == keyed(work, f"key|{key}")
        )
    ).one_or_none()
    if row is None:
        return None
    return EarlierSending(row.result_id, hmac.compare_digest(row.digest, keyed(work, f"content|{content}")))


def keep_sending(work: Work, agency_id: UUID, key: str, content: str, referral_id: UUID) -> None:
    """Keep what a key gave, in the transaction of the effect. Raises `IntegrityError` when it gave something."""
    work.connection.execute(
        insert(agency_posts).values(
            agency_id=agency_id,
            key_hash=keyed(work, f"key|{key}"),
            digest=keyed(work, f"content|{content}"),
            result_id=referral_id,
            recorded_on=work.today,
        )
    )


_MARKED = and_(agency_referrals.c.danger_mark.is_not(None), agency_referrals.c.review_index.is_not(None))
CLEAR_COLUMNS = (
    agency_referrals.c.id,
    agency_referrals.c.agency_id,
    agency_referrals.c.recorded_by,
    agency_referrals.c.version,
    agency_referrals.c.sent,
    agency_referrals.c.added_on,
    _MARKED.label("is_marked"),
)


def stored_from(row: Any) -> StoredReferral:  # noqa: ANN401 — a row of the clear columns
    """The clear part of a referral, of a row of `CLEAR_COLUMNS`."""
    sent = None if row.sent is None else datetime.fromtimestamp(row.sent, UTC)
    return StoredReferral(row.id, row.agency_id, row.recorded_by, row.version, sent, row.added_on, bool(row.is_marked))


def _external(work: Work, stored: StoredReferral, external: str) -> bytes:
    """The index of an agency's own number; without one, of the referral's id, which nobody else has."""
    return keyed(work, f"external|{stored.agency_id}|{external}" if external else f"no external|{stored.id}")


def _place(stored: StoredReferral) -> Place:
    return Place("agency_referrals", "content", str(stored.id), stored.id, f"{stored.agency_id}|{stored.recorded_by}")


def _event_place(referral_id: UUID, sequence: int, by: UUID, clear: dict[str, Any]) -> Place:
    context = "|".join(map(str, (by, *clear.values())))
    return Place("agency_events", "content", str(sequence), referral_id, context)
