"""Posts that wait to be said outside: written with the act they tell of, taken by one process at a time, settled.

The id of a post is made from what it says, so that the same thing to the same recipient at the same time is said once.
A process takes posts by a lease: on PostgreSQL those who take lock rows and pass over each other's, on SQLite writers
come one after the other. A lease that ran out is anybody's: a post may be said twice, and is never lost.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID, uuid5

from sqlalchemy import Row, Table, case, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from triage.store.outbox.tables import deliveries, outbox
from triage.store.work import Work

LEASE_SECONDS: Final = 600
_NAMESPACE: Final = UUID("6c1f0c0e-3f0b-4f54-9d3a-0b1f6c0a70aa")
_LATEST: Final = 200
_FORGOTTEN_AT_ONCE: Final = 500


class State(StrEnum):
    """How far a post has come: `VOID` when nothing was left to say, `DROPPED` when somebody gave it up."""

    WAITING = "waiting"
    SENT = "sent"
    PARKED = "parked"
    VOID = "void"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Post:
    """What is to be said, to whom (the id of a mailbox's owner or of a webhook), about what, and from when on (UTC)."""

    kind: str
    recipient: UUID
    reference: UUID
    due: datetime

    @property
    def id(self) -> UUID:
        """The same for the same post."""
        said = (self.kind, self.recipient, self.reference, int(self.due.timestamp()))
        return uuid5(_NAMESPACE, "|".join(map(str, said)))


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far a post has come; `leased` is the end of the lease by which a process holds it, in seconds."""

    post: Post
    state: State
    tries: int
    next_at: datetime
    leased: int
    fault: str


def insert_posts(work: Work, posts: Iterable[Post]) -> None:
    """Keep posts that wait; one that is kept already waits once more if it was settled, or is being sent.

    An act reads the clock before it queues to write: what it says may have been sent meanwhile, before it was true.
    """
    at = int(work.now.timestamp())
    unique = {one.id: one for one in posts}
    if not unique:
        return
    rows = [
        {
            "id": identity,
            "kind": one.kind,
            "recipient": one.recipient,
            "reference": one.reference,
            "due": int(one.due.timestamp()),
            "at": at,
        }
        for identity, one in unique.items()
    ]
    waiting = {"state": State.WAITING.value, "tries": 0, "leased": 0, "fault": ""}
    settled = or_(deliveries.c.state != State.WAITING.value, deliveries.c.leased > 0)
    again = update(deliveries).where(deliveries.c.post_id.in_(list(unique)), settled)
    work.connection.execute(
        again.values(**waiting, next_at=case((deliveries.c.next_at < at, at), else_=deliveries.c.next_at))
    )
    _insert_new(work, outbox, rows)
    _insert_new(work, deliveries, [{"post_id": row["id"], "next_at": row["due"], **waiting} for row in rows])


def take_due(work: Work, most: int, *, last: str = "") -> tuple[Delivery, ...]:
    """Take posts that are due for this process alone, until the lease ends. Their order is that of no act.

    Posts of the kind `last` are taken when no other is due.
    """
    now = int(work.now.timestamp())
    free = (deliveries.c.state == State.WAITING.value, deliveries.c.next_at <= now, deliveries.c.leased <= now)
    order = (case((outbox.c.kind == last, 1), else_=0), deliveries.c.next_at, outbox.c.id)
    chosen = _JOINED.where(*free).order_by(*order).limit(most)
    rows = work.connection.execute(chosen.with_for_update(skip_locked=True, of=deliveries)).all()
    lease = now + LEASE_SECONDS
    if rows:
        held = update(deliveries).where(deliveries.c.post_id.in_([row.id for row in rows]))
        work.connection.execute(held.values(leased=lease))
    return tuple(_delivery(row, lease) for row in rows)


def settle(work: Work, taken: Delivery, state: State, *, next_at: datetime | None = None, fault: str = "") -> bool:
    """Say how a taken post ended, and let it go. False when its lease ran out and another process has it."""
    values = {"state": state.value, "tries": taken.tries + 1, "leased": 0, "fault": fault}
    if next_at:
        values["next_at"] = int(next_at.timestamp())
    mine = (deliveries.c.post_id == taken.post.id, deliveries.c.leased == taken.leased)
    waiting = deliveries.c.state == State.WAITING.value
    return work.connection.execute(update(deliveries).where(*mine, waiting).values(values)).rowcount == 1


def decide_parked(work: Work, post_id: UUID, state: State) -> bool:
    """Let a parked post wait again, from now on and as if never tried, or drop it; False when it is not parked."""
    parked = (deliveries.c.post_id == post_id, deliveries.c.state == State.PARKED.value)
    values: dict[str, Any] = {"state": state.value, "leased": 0}
    if state is State.WAITING:
        values |= {"tries": 0, "next_at": int(work.now.timestamp())}
    return work.connection.execute(update(deliveries).where(*parked).values(values)).rowcount == 1


def delete_settled(work: Work, before: datetime) -> int:
    """Delete posts that were due before a time and are sent, void or given up; how many. What waits or is parked stays.

    At most a few hundred at once: no other writer waits long.
    """
    settled = deliveries.c.state.in_([State.SENT.value, State.VOID.value, State.DROPPED.value])
    old = select(deliveries.c.post_id).where(settled, deliveries.c.next_at < int(before.timestamp()))
    chosen = list(work.connection.execute(old.limit(_FORGOTTEN_AT_ONCE)).scalars())
    if chosen:
        work.connection.execute(delete(deliveries).where(deliveries.c.post_id.in_(chosen)))
        work.connection.execute(delete(outbox).where(outbox.c.id.in_(chosen)))
    return len(chosen)


def posts_in(work: Work, state: State, *, without: str = "") -> tuple[Delivery, ...]:
    """The first of the posts in a state that are not of a kind, the longest waiting first."""
    chosen = _JOINED.where(deliveries.c.state == state.value, outbox.c.kind != without).order_by(
        deliveries.c.next_at, outbox.c.id
    )
    return tuple(_delivery(row, row.leased) for row in work.connection.execute(chosen.limit(_LATEST)))


def count_by_state(work: Work, *, without: str = "") -> dict[State, int]:
    """How many posts that are not of a kind are in each state."""
    joined = deliveries.join(outbox, outbox.c.id == deliveries.c.post_id)
    counted = select(deliveries.c.state, func.count()).select_from(joined).where(outbox.c.kind != without)
    counted = counted.group_by(deliveries.c.state)
    found = {State(row[0]): int(row[1]) for row in work.connection.execute(counted)}
    return {state: found.get(state, 0) for state in State}


_JOINED = select(
    outbox.c.id, outbox.c.kind, outbox.c.recipient, outbox.c.reference, outbox.c.due,
    deliveries.c.state, deliveries.c.tries, deliveries.c.next_at, deliveries.c.leased, deliveries.c.fault,
).join(deliveries, deliveries.c.post_id == outbox.c.id)  # fmt: skip


def _insert_new(work: Work, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert the rows that are not there."""
    dialect = postgresql if work.connection.dialect.name == "postgresql" else sqlite
    work.connection.execute(dialect.insert(table).on_conflict_do_nothing(), rows)


def _delivery(row: Row[*tuple[Any, ...]], leased: int) -> Delivery:
    due, next_at = datetime.fromtimestamp(row.due, UTC), datetime.fromtimestamp(row.next_at, UTC)
    post = Post(row.kind, row.recipient, row.reference, due)
    return Delivery(post, State(row.state), row.tries, next_at, leased, row.fault)
