"""Who did what with one object, read from the audit: for those whose duty it is to look, and never for its content."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, or_, select

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


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the audit about an account: what was done, with what result, when (UTC), and by whom."""

    act: str
    result: str
    utc: str
    actor: UUID | None


def told_of_account(work: Work, user_id: UUID, acts: Collection[str], since: str) -> tuple[Told, ...]:
    """Lines about an account, or of what its owner did, of these acts, since a time (UTC), the latest first."""
    mine = or_(audit.c.object_id == user_id, audit.c.actor == user_id)
    rows = work.connection.execute(
        select(audit.c.act, audit.c.result, audit.c.utc, audit.c.actor)
        .where(mine, audit.c.act.in_(tuple(acts)), audit.c.utc >= since)
        .order_by(audit.c.seq.desc())
    )
    return tuple(Told(*row) for row in rows)
