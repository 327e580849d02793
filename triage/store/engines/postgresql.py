"""PostgreSQL: what every connection must hold, and writers that queue as they do in one file.

The duties were written for one writer at a time (a count before an insert, a second signature that must see the
first), and the audit chain has one next row: so a writing transaction takes one advisory lock before it reads
anything, and then reads what is committed. Readers see one state and cannot write. ADR 0042.
"""

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from triage.store.engines.faults import UnsafeConnection

LOCK_MILLISECONDS = 10_000
IDLE_MILLISECONDS = 60_000
"""How long a transaction may stand still: one that a lost worker left open would hold up every writer."""
WRITERS_QUEUE = 0x43_61_69_72_6E
"""The number of the lock; the letters of Cairn."""
_BEGIN_WRITING = f"SELECT pg_advisory_xact_lock({WRITERS_QUEUE})"
_ASKED = {
    "lock_timeout": str(LOCK_MILLISECONDS),
    "idle_in_transaction_session_timeout": str(IDLE_MILLISECONDS),
    "timezone": "UTC",
    "client_encoding": "UTF8",
}
REFUSED = {"synchronous_commit": "off", "row_security": "off"}
"""What no connection may answer: a commit that a crash undoes (41 of 27,062 lost, security page 5, R4)."""


def postgresql_engine(url: str, *, read_only: bool) -> Engine:
    """Make an engine whose writers queue for one lock and whose readers see one state and cannot write."""
    engine = create_engine(url, hide_parameters=True, pool_pre_ping=True)

    def prepare(raw: Any, _record: Any) -> None:  # noqa: ANN401 — the driver's connection
        _prepare(raw, read_only=read_only)

    event.listen(engine, "connect", prepare)
    if not read_only:
        event.listen(engine, "begin", _queue)
    return engine


def require_safe(raw: Any) -> None:  # noqa: ANN401 — the driver's connection
    """Ask a connection what it holds. Raises `UnsafeConnection` for an answer that is refused."""
    for name, refused in REFUSED.items():
        if raw.execute(f"SHOW {name}").fetchone()[0] == refused:
            raise UnsafeConnection(f"database-unsafe: it answers {name}={refused}.")


def _prepare(raw: Any, *, read_only: bool) -> None:  # noqa: ANN401 — the driver's connection
    from psycopg import IsolationLevel

    raw.autocommit = True
    for name, value in _ASKED.items():
        raw.execute("SELECT set_config(%s, %s, false)", (name, value))
    require_safe(raw)
    raw.autocommit = False
    raw.isolation_level = IsolationLevel.REPEATABLE_READ if read_only else IsolationLevel.READ_COMMITTED
    raw.read_only = read_only


def _queue(connection: Connection) -> None:
    connection.exec_driver_sql(_BEGIN_WRITING)
