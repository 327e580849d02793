"""The unit of work: one transaction, which refuses to be kept unless it wrote its audit line."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from triage.store import audit
from triage.store.database import Database
from triage.store.keys import Keyring


class UnauditedWork(RuntimeError):
    """Somebody wrote without an audit line: a fault of this program; nothing was kept."""


@dataclass(slots=True)
class Work:
    """A running transaction with the keys and the time it began; `lines` counts its audit rows."""

    connection: Connection
    keys: Keyring
    now: datetime
    lines: int = 0

    @property
    def today(self) -> date:
        """The day, for what is stored in the clear."""
        return self.now.date()

    def is_no_act(self) -> None:
        """Say that this transaction does nothing that anybody did: it has no audit line."""
        self.lines += 1

    def audit(self, entry: audit.Entry) -> None:
        """Write the audit line of what this transaction does."""
        audit.append(self.connection, self.keys.audit.secret, self.now, entry)
        self.lines += 1


@contextmanager
def writing(database: Database, keys: Keyring, now: datetime) -> Iterator[Work]:
    """Open a transaction that writes: kept whole at the end, or not at all. Raises `UnauditedWork`."""
    with database.writer.begin() as connection:
        work = Work(connection, keys, now)
        yield work
        if not work.lines:
            raise UnauditedWork("A transaction wrote no audit line.")


@contextmanager
def reading(database: Database, keys: Keyring, now: datetime) -> Iterator[Work]:
    """Open a transaction that reads one state of the database and cannot write."""
    with database.reader.begin() as connection:
        yield Work(connection, keys, now)
