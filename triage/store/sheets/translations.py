"""Every step of every translation, in order: sealed, so that a word changed in the file does not open."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, func, insert, select

from triage.store.data_keys import INSTALLATION
from triage.store.keys import Key
from triage.store.sealing import Place, seal, unseal
from triage.store.sheets.tables import translation_steps
from triage.store.staff.accounts import staff_key
from triage.store.work import Work

_LAST = select(translation_steps.c.id).order_by(translation_steps.c.sequence.desc()).limit(1)
_ALL = select(translation_steps).order_by(translation_steps.c.sequence)


@dataclass(frozen=True, slots=True)
class TranslationStep:
    """What one step says: the language and text, what was done, by which initials, and the words it is about."""

    language: str
    text: str
    step: str
    initials: str
    source: str
    translation: str
    said: str


@dataclass(frozen=True, slots=True)
class StoredStep:
    """A step, who took it, and when (UTC)."""

    id: UUID
    by: UUID
    at: datetime
    step: TranslationStep


def last_step(work: Work) -> UUID | None:
    """The id of the latest step; None when nobody took one. Rows are only added, so it stands for all before it."""
    found: UUID | None = work.connection.execute(_LAST).scalar_one_or_none()
    return found


def insert_steps(work: Work, by: UUID, steps: tuple[TranslationStep, ...]) -> tuple[UUID, ...]:
    """Keep steps of one person, in this order. Writers queue, so that no two take one number."""
    last = work.connection.execute(select(func.max(translation_steps.c.sequence))).scalar_one_or_none() or 0
    key, at = staff_key(work), int(work.now.timestamp())
    identities, rows = tuple(uuid4() for _ in steps), []
    for number, (identity, step) in enumerate(zip(identities, steps, strict=True), last + 1):
        content = seal(key, _place(identity, number, by, at), asdict(step))
        rows.append({"id": identity, "sequence": number, "recorded_by": by, "at": at, "content": content})
    if rows:
        work.connection.execute(insert(translation_steps), rows)
    return identities


def read_steps(work: Work) -> tuple[StoredStep, ...]:
    """Every step, in order. Raises `Unreadable`."""
    rows = work.connection.execute(_ALL).all()
    if not rows:
        return ()
    key = staff_key(work)
    return tuple(
        StoredStep(row.id, row.recorded_by, datetime.fromtimestamp(row.at, UTC), _step(key, row)) for row in rows
    )


def _step(key: Key, row: Row[Any]) -> TranslationStep:
    place = _place(row.id, row.sequence, row.recorded_by, row.at)
    return TranslationStep(**unseal(key, place, row.content))


def _place(identity: UUID, sequence: int, by: UUID, at: int) -> Place:
    return Place("translation_steps", "content", str(identity), INSTALLATION, f"{sequence}|{by}|{at}")
