"""Who did what with one object, read from the audit: for those whose duty it is to look, and never for its content."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from triage.store.tables import audit
from triage.store.work import Work


@dataclass(frozen=True, slots=True)
class Looked:
    """What one member of staff did with one object: how often, first and last (UTC), and with what result."""

    actor: UUID
    act: str
    result: str
    times: int
    first: str
    last: str


def looks_at(work: Work, object_id: UUID) -> tuple[Looked, ...]:
    """Everything that anybody did with an object or tried to, the latest first."""
    columns = (audit.c.actor, audit.c.act, audit.c.result)
    latest = func.max(audit.c.seq)
    rows = work.connection.execute(
        select(*columns, func.count(), func.min(audit.c.utc), func.max(audit.c.utc))
        .where(audit.c.object_id == object_id, audit.c.actor.is_not(None))
        .group_by(*columns)
        .order_by(latest.desc())
    )
    return tuple(Looked(*row) for row in rows)
