"""The two doors to the database: one for writers, one for readers, each connection checked before it serves.

A deferred BEGIN under several writers fails with lock errors that no timeout repairs (24,295 in 4 seconds, security
page 0.4); BEGIN IMMEDIATE queues them. WAL with synchronous=FULL is what survives a power cut (page 0.3).
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

BUSY_MILLISECONDS = 10_000
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
    "busy_timeout": BUSY_MILLISECONDS,
}
"""What every connection must answer; synchronous 2 is FULL."""


class UnsafeConnection(RuntimeError):
    """A connection that does not hold what was asked of it; it serves nothing."""


@dataclass(frozen=True, slots=True)
class Database:
    """Two engines over one file: writers begin IMMEDIATE, readers cannot write at all."""

    writer: Engine
    reader: Engine

    def close(self) -> None:
        """Close every connection."""
        self.writer.dispose()
        self.reader.dispose()


def open_database(url: str) -> Database:
    """Open the database named by a URL; nothing is created or migrated here. Raises `UnsafeConnection` on first use."""
    return Database(_engine(url, "BEGIN IMMEDIATE", read_only=False), _engine(url, "BEGIN", read_only=True))


def database_file(url: str) -> Path:
    """The file that a URL names."""
    return Path(make_url(url).database or "")


def _engine(url: str, begin: str, *, read_only: bool) -> Engine:
    """Make an engine whose transactions begin as said: the driver's own transaction handling is switched off."""
    engine = create_engine(url, hide_parameters=True)
    event.listen(engine, "connect", _preparing(read_only=read_only))

    def begin_as_said(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "begin", begin_as_said)
    return engine


def _preparing(*, read_only: bool) -> Callable[[Any, Any], None]:
    def prepare(raw: Any, _record: Any) -> None:  # noqa: ANN401 — the driver's connection
        raw.isolation_level = None
        for name, value in PRAGMAS.items():
            raw.execute(f"PRAGMA {name}={value}")
        require_pragmas(raw)
        if read_only:
            raw.execute("PRAGMA query_only=1")

    return prepare


def require_pragmas(raw: Any) -> None:  # noqa: ANN401 — the driver's connection
    """Ask a connection what it holds. Raises `UnsafeConnection` when one answer differs (security page 5, R3)."""
    for name, wanted in PRAGMAS.items():
        held = raw.execute(f"PRAGMA {name}").fetchone()
        if held is None or held[0] != wanted:
            raise UnsafeConnection(f"The database answers {name}={held and held[0]}, not {wanted}.")
