"""What was posted before: the same key gives the first result again, and nothing is written twice."""

import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, insert, select

from triage.store.tables import posts
from triage.store.work import Work

_POST = select(posts).where(posts.c.user_id == bindparam("who"), posts.c.key_hash == bindparam("key"))
_KEEP = insert(posts)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The first result of a key, and whether it was given for the same content."""

    version: int
    result_id: UUID
    same_content: bool


def find_post(work: Work, user_id: UUID, key: str, content: str) -> Earlier | None:
    """The result this person's key already gave, or None."""
    row = work.connection.execute(_POST, {"who": user_id, "key": _keyed(work, "key", key)}).one_or_none()
    if row is None:
        return None
    same = hmac.compare_digest(row.digest, _keyed(work, "content", content))
    return Earlier(row.version, row.result_id, same)


def keep_post(work: Work, user_id: UUID, key: str, content: str, *, version: int, result_id: UUID) -> None:
    """Keep the result of a key, in the transaction that wrote it."""
    work.connection.execute(
        _KEEP,
        {
            "user_id": user_id,
            "key_hash": _keyed(work, "key", key),
            "digest": _keyed(work, "content", content),
            "version": version,
            "result_id": result_id,
            "recorded_on": work.today,
        },
    )


def _keyed(work: Work, purpose: str, text: str) -> bytes:
    """A keyed hash: answers are so short that a plain one could be found by trying."""
    return hmac.new(work.keys.index.secret, f"post {purpose}|{text}".encode(), hashlib.sha256).digest()
