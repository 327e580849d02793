"""The position of each person as it was published last, sealed with the programme side's key of the case."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select

from triage.store.data_keys import PROGRAMME, DataKeys
from triage.store.publishing.tables import positions
from triage.store.sealing import Place, seal, unseal
from triage.store.work import Work


def replace_positions(work: Work, keys: DataKeys, day: date, told: dict[str, dict[str, Any]]) -> None:
    """Keep what is published of a case on a day, by letter, in the place of what was published before."""
    work.connection.execute(delete(positions).where(positions.c.case_id == keys.scope))
    rows = [
        {
            "case_id": keys.scope,
            "letter": letter,
            "published_on": day,
            "content": seal(keys.for_desk(PROGRAMME), _place(keys.scope, letter, day), content),
        }
        for letter, content in told.items()
    ]
    if rows:
        work.connection.execute(insert(positions), rows)


def read_position(work: Work, keys: DataKeys, letter: str, day: date) -> dict[str, Any] | None:
    """What was published on a day of one person, or None. Raises `Unreadable`."""
    mine = (positions.c.case_id == keys.scope, positions.c.letter == letter, positions.c.published_on == day)
    sealed = work.connection.execute(select(positions.c.content).where(*mine)).scalar_one_or_none()
    return unseal(keys.for_desk(PROGRAMME), _place(keys.scope, letter, day), sealed) if sealed else None


def is_published(work: Work, case_id: UUID, day: date) -> bool:
    """Whether a case was published on a day."""
    mine = (positions.c.case_id == case_id, positions.c.published_on == day)
    return work.connection.execute(select(positions.c.letter).where(*mine).limit(1)).first() is not None


def published_cases(work: Work, day: date) -> frozenset[UUID]:
    """The cases that were published on a day."""
    found = select(positions.c.case_id).where(positions.c.published_on == day)
    return frozenset(work.connection.execute(found).scalars())


def _place(case_id: UUID, letter: str, day: date) -> Place:
    return Place("positions", "content", letter, case_id, day.isoformat())
