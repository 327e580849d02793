"""What can go wrong between this program and its database, in words that both databases share."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

_FILE_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_BUSY_SNAPSHOT, sqlite3.SQLITE_LOCKED})
_SERVER_BUSY = frozenset({"25P03", "40001", "40P01", "53300", "55P03", "57P01", "57P02", "57P03"})
"""Stood still, serialization, deadlock, too many connections, lock not available, shut down, crashed, starts up."""


class Unusable(RuntimeError):
    """The database cannot be used; the message says why, and nothing of what it holds."""


class UnsafeConnection(Unusable):
    """A connection that does not hold what was asked of it; it serves nothing."""


class Busy(RuntimeError):
    """Others wrote too long, or the database went away. Nothing was kept, unless it went away during the last word."""


def is_busy(fault: DBAPIError) -> bool:
    """Whether a fault says that others wrote too long, or that the database is away: it may be tried again."""
    said = fault.orig
    if isinstance(said, sqlite3.OperationalError):
        return said.sqlite_errorcode in _FILE_BUSY
    state = getattr(said, "sqlstate", "none of PostgreSQL")
    return fault.connection_invalidated or state is None or state in _SERVER_BUSY


@contextmanager
def in_words() -> Iterator[None]:
    """While the database is set up or opened: say a fault of the driver as `Unusable`, with its name."""
    try:
        yield
    except DBAPIError as fault:
        name = "database-unreachable" if is_busy(fault) else "database-refuses"
        raise Unusable(f"{name}: {str(fault.orig).strip()}") from None
