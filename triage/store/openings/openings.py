"""How an opening of a card is kept, closed and looked at: rows written once, under the key of the side that opened."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, select

from triage.store.data_keys import PROGRAMME, SUPPORT, read_data_keys
from triage.store.openings.tables import card_events, card_openings
from triage.store.sealing import Place, seal, unseal
from triage.store.work import Work


class Step(StrEnum):
    """What happens to an opening after it."""

    CLOSED = "closed"
    REVIEWED = "reviewed"


@dataclass(frozen=True, slots=True)
class StoredOpening:
    """Who opened the card of which person, on which side, when (UTC), and why: the kind of danger, and in words."""

    id: UUID
    case_id: UUID
    user_id: UUID
    side: str
    letter: str
    at: datetime
    danger: str
    words: str


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """That an opening was closed or looked at: by whom, when (UTC), and what was said of it."""

    by: UUID
    at: datetime
    content: dict[str, Any]


def insert_opening(work: Work, stored: StoredOpening) -> None:
    """Keep an opening."""
    content = {"danger": stored.danger, "words": stored.words}
    work.connection.execute(
        insert(card_openings).values(
            id=stored.id,
            case_id=stored.case_id,
            user_id=stored.user_id,
            side=stored.side,
            letter=stored.letter,
            at=int(stored.at.timestamp()),
            content=_sealed(work, stored, _place_of(stored), content),
        )
    )


def all_openings(work: Work) -> tuple[StoredOpening, ...]:
    """Every opening, the latest first. Raises `Unreadable`."""
    rows = work.connection.execute(select(card_openings).order_by(card_openings.c.at.desc(), card_openings.c.id))
    return tuple(_opening(work, row) for row in rows)


def find_opening(work: Work, identity: UUID) -> StoredOpening | None:
    """One opening, or None. Raises `Unreadable`."""
    row = work.connection.execute(select(card_openings).where(card_openings.c.id == identity)).one_or_none()
    return _opening(work, row) if row else None


def insert_event(work: Work, opening: StoredOpening, step: Step, by: UUID, content: dict[str, Any]) -> None:
    """Keep that an opening was closed or looked at. Raises `IntegrityError` when it was already."""
    sealed = _sealed(work, opening, _place_of_event(opening, step, by), content)
    work.connection.execute(
        insert(card_events).values(
            opening_id=opening.id, step=step.value, recorded_by=by, at=int(work.now.timestamp()), content=sealed
        )
    )


def event_of(work: Work, opening: StoredOpening, step: Step) -> StoredEvent | None:
    """What was said when an opening was closed or looked at, or None. Raises `Unreadable`."""
    mine = (card_events.c.opening_id == opening.id) & (card_events.c.step == step.value)
    row = work.connection.execute(select(card_events).where(mine)).one_or_none()
    if row is None:
        return None
    keys = read_data_keys(work, opening.case_id, (_key_of(opening.side),))
    content = unseal(keys.for_desk(opening.side), _place_of_event(opening, step, row.recorded_by), row.content)
    return StoredEvent(row.recorded_by, datetime.fromtimestamp(row.at, UTC), content)


def _opening(work: Work, row: Row[Any]) -> StoredOpening:
    at = datetime.fromtimestamp(row.at, UTC)
    bare = StoredOpening(row.id, row.case_id, row.user_id, row.side, row.letter, at, "", "")
    keys = read_data_keys(work, row.case_id, (_key_of(row.side),))
    content = unseal(keys.for_desk(row.side), _place_of(bare), row.content)
    return StoredOpening(row.id, row.case_id, row.user_id, row.side, row.letter, at, **content)


def _sealed(work: Work, opening: StoredOpening, place: Place, content: dict[str, Any]) -> bytes:
    keys = read_data_keys(work, opening.case_id, (_key_of(opening.side),))
    return seal(keys.for_desk(opening.side), place, content)


def _key_of(side: str) -> str:
    return SUPPORT if side == SUPPORT else PROGRAMME


def _place_of(one: StoredOpening) -> Place:
    clear = "|".join(map(str, (one.user_id, one.side, one.letter, int(one.at.timestamp()))))
    return Place("card_openings", "content", str(one.id), one.case_id, clear)


def _place_of_event(one: StoredOpening, step: Step, by: UUID) -> Place:
    return Place("card_events", "content", str(one.id), one.case_id, f"{step}|{by}")
