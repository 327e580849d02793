"""SQLite: one file, pragmas that every connection must hold, and writers that queue.

A deferred BEGIN under several writers fails with lock errors that no timeout repairs (24,295 in 4 seconds, security
page 0.4); BEGIN IMMEDIATE queues them. WAL with synchronous=FULL is what survives a power cut (page 0.3).
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from triage.store.engines.faults import Busy, UnsafeConnection
from triage.store.engines.queueing import Place

BUSY_MILLISECONDS = 10_000
PRAGMAS: dict[str, Any] = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
    "busy_timeout": BUSY_MILLISECONDS,
}
"""What every connection must answer; synchronous 2 is FULL."""


def sqlite_engine(url: str, *, read_only: bool) -> Engine:
    """Make an engine whose writers begin IMMEDIATE and whose readers cannot write; no driver begins anything."""
    engine = create_engine(url, hide_parameters=True)
    event.listen(engine, "connect", _preparing(read_only=read_only))
    begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    def begin_as_said(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    if not read_only and engine.url.database:
        _queue(engine, engine.url.database)
    event.listen(engine, "begin", begin_as_said)
    return engine


def _queue(engine: Engine, database: str) -> None:
    """Let writers wait in the order in which they came, and let the next one in when a connection is given back.

    Whoever waits longer than SQLite itself would is told `Busy`.
    """

    def wait(connection: Connection) -> None:
        if "place" not in connection.info:
            connection.info["place"] = Place(database)
        if not connection.info["place"].wait(PRAGMAS["busy_timeout"] / 1000):
            raise Busy("the queue of those who write")

    def leave(_raw: Any, record: Any) -> None:  # noqa: ANN401 — the driver's connection, and SQLAlchemy's record of it
        if "place" in record.info:
            record.info["place"].leave()

    event.listen(engine, "begin", wait)
    event.listen(engine, "checkin", leave)


def require_pragmas(raw: Any) -> None:  # noqa: ANN401 — the driver's connection
    """Ask a connection what it holds. Raises `UnsafeConnection` when one answer differs (security page 5, R3)."""
    for name, wanted in PRAGMAS.items():
        held = raw.execute(f"PRAGMA {name}").fetchone()
        if held is None or held[0] != wanted:
            raise UnsafeConnection(f"database-unsafe: it answers {name}={held and held[0]}, not {wanted}.")


def _preparing(*, read_only: bool) -> Callable[[Any, Any], None]:
    def prepare(raw: Any, _record: Any) -> None:  # noqa: ANN401 — the driver's connection
        raw.isolation_level = None
        for name, value in PRAGMAS.items():
            raw.execute(f"PRAGMA {name}={value}")
        require_pragmas(raw)
        if read_only:
            raw.execute("PRAGMA query_only=1")

    return prepare
