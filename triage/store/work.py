"""The unit of work: one transaction in somebody's name, which refuses to be kept unless it wrote its audit line."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from triage.store import audit
from triage.store.database import Database
from triage.store.engines.faults import Busy, is_busy
from triage.store.keys import Keyring
from triage.store.principals import DOOR, RULES, Principal, acting_as, say_principal


class UnauditedWork(RuntimeError):
    """Somebody wrote without an audit line: a fault of this program; nothing was kept."""


@dataclass(slots=True)
class Work:
    """A running transaction with the keys, the time it began and in whose name; `lines` counts its audit rows."""

    connection: Connection
    keys: Keyring
    now: datetime
    principal: Principal = DOOR
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
    def by_rules(self) -> Iterator[None]:
        """Let the program see the whole of every case, to derive what may pass the wall; nothing else is done here."""
        before, self.principal = self.principal, RULES
        try:
            with acting_as(self.connection, RULES, before):
                yield
        finally:
            self.principal = before


@contextmanager
def writing(database: Database, keys: Keyring, now: datetime, principal: Principal = DOOR) -> Iterator[Work]:
    """Open a transaction that writes: kept whole at the end, or not at all. Raises `UnauditedWork` and `Busy`."""
    with _transaction(database.writer, principal) as connection:
        work = Work(connection, keys, now, principal)
        yield work
        if not work.lines:
            raise UnauditedWork("A transaction wrote no audit line.")


@contextmanager
def reading(database: Database, keys: Keyring, now: datetime, principal: Principal = DOOR) -> Iterator[Work]:
    """Open a transaction that reads one state of the database and cannot write. Raises `Busy`."""
    with _transaction(database.reader, principal) as connection:
        yield Work(connection, keys, now, principal)


@contextmanager
def _transaction(engine: Engine, principal: Principal) -> Iterator[Connection]:
    try:
        with engine.begin() as connection:
            say_principal(connection, principal)
            yield connection
    except DBAPIError as fault:
        if is_busy(fault):
            raise Busy(type(fault.orig).__name__) from None
        raise
