"""The audit chain: each row is sealed with a key outside the database over the row before it.

A row says who did what to which id with what result, never any content. Source: security page 4.5; ADR 0012.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, bindparam, insert, select, update

from triage.store.tables import audit, audit_head

_GENESIS = bytes(32)
_TAKE_A_NUMBER = update(audit_head).values(seq=audit_head.c.seq + 1).returning(audit_head.c.seq, audit_head.c.mac)
_HEAD = select(audit_head.c.seq, audit_head.c.mac)
_APPEND = insert(audit)
_MOVE_HEAD = update(audit_head).values(mac=bindparam("sealed"))
_OF_ACTOR = (
    select(audit.c.utc)
    .where(audit.c.actor == bindparam("who"), audit.c.act == bindparam("did"), audit.c.result == bindparam("how"))
    .order_by(audit.c.seq.desc())
    .limit(1)
)
_LAST_ON_OBJECT = _OF_ACTOR.where(audit.c.object_id == bindparam("what"))
_LAST_ON_NOTHING = _OF_ACTOR.where(audit.c.object_id.is_(None))
"""Statements are built once: building one takes four times as long as sending it (ADR 0060)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What one audit row says."""

    act: str
    result: str
    actor: UUID | None = None
    object_id: UUID | None = None
    side: str = ""


@dataclass(frozen=True, slots=True)
class Verified:
    """The chain is whole: how many rows, and the seal of the last, to compare with one noted elsewhere."""

    rows: int
    head: str


@dataclass(frozen=True, slots=True)
class Broken:
    """The chain is broken: at which row, and how."""

    seq: int
    how: str


def append(connection: Connection, key: bytes, at: datetime, entry: Entry) -> None:
    """Add a row in the running transaction; the update of the head makes writers of the chain queue."""
    head = connection.execute(_TAKE_A_NUMBER).one()
    fields = {
        "seq": head.seq,
        "utc": at.isoformat(timespec="milliseconds"),
        "actor": entry.actor,
        "act": entry.act,
        "object_id": entry.object_id,
        "result": entry.result,
        "side": entry.side,
    }
    mac = _seal(key, head.mac, tuple(fields.values()))
    connection.execute(_APPEND, {"mac": mac, **fields})
    connection.execute(_MOVE_HEAD, {"sealed": mac})


def verify(connection: Connection, key: bytes) -> Verified | Broken:
    """Recompute the chain from its first row and compare its end with the head."""
    before, last = _GENESIS, 0
    in_parts = {"yield_per": 1000}  # not all in memory at once
    with connection.execute(select(audit).order_by(audit.c.seq), execution_options=in_parts) as rows:
        for row in rows:
            if row.seq != last + 1:
                return Broken(last + 1, "a row is missing")
            expected = _seal(key, before, (row.seq, row.utc, row.actor, row.act, row.object_id, row.result, row.side))
            if not hmac.compare_digest(expected, row.mac):
                return Broken(row.seq, "the row or one before it was altered")
            before, last = row.mac, row.seq
    head = connection.execute(_HEAD).one_or_none()
    if head is None or head.seq != last or not hmac.compare_digest(head.mac, before):
        return Broken(last + 1, "the end of the chain was cut")
    return Verified(last, before.hex())


def last_time(connection: Connection, entry: Entry) -> str:
    """The time of the latest row that says exactly this of somebody, or an empty text."""
    said = {"who": entry.actor, "did": entry.act, "how": entry.result}
    if entry.object_id is None:
        found = connection.execute(_LAST_ON_NOTHING, said).scalar_one_or_none()
    else:
        found = connection.execute(_LAST_ON_OBJECT, {**said, "what": entry.object_id}).scalar_one_or_none()
    return found or ""


def _seal(key: bytes, before: bytes, fields: tuple[object, ...]) -> bytes:
    """Seal a row over the one before; each field carries its length, so that no two rows read the same."""
    sealed = hmac.new(key, before, hashlib.sha256)
    for field in fields:
        text = ("" if field is None else str(field)).encode()
        sealed.update(len(text).to_bytes(4, "big") + text)
    return sealed.digest()
