"""How often somebody looked for people lately: asking often is how an index is emptied one question at a time."""

from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, func, insert, select

from triage.store.tables import lookups
from triage.store.work import Work

WITHIN = timedelta(hours=1)


def note_lookup(work: Work, user_id: UUID) -> int:
    """Note that somebody looks for people now, and say how often they did within the hour, this time included."""
    now = int(work.now.timestamp())
    work.connection.execute(delete(lookups).where(lookups.c.at < now - int(WITHIN.total_seconds())))
    work.connection.execute(insert(lookups).values(id=uuid4(), user_id=user_id, at=now))
    counted = select(func.count()).select_from(lookups).where(lookups.c.user_id == user_id)
    number: int = work.connection.execute(counted).scalar_one()
    return number
