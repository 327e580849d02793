"""Whether a refused request left every row of every table as it was."""

import hashlib
from collections.abc import Iterable

from sqlalchemy import Engine, event, literal_column, select

from triage.casework.service import RULES, Service
from triage.store.tables import metadata

NOTED = frozenset({"audit", "audit_head", "attempts"})
"""A refusal is written to the audit, a refused sign-in is counted too, and nothing else is written."""
TABLES = frozenset(metadata.tables) - NOTED
WRITES = {"INSERT": 2, "UPDATE": 1, "DELETE": 2}
"""Statements that write, and which of their words names the table."""
ALL_AS_IT_LIES = select(literal_column("*"))


class Unchanged:
    """Asks after each refusal whether anything was written: a hash of every row of the tables that were written to.

    Statements tell which tables these are. When the database says that it changed and no statement told of it, and at
    the end, every table is looked at.
    """

    def __init__(self, service: Service) -> None:
        self.service, self.told = service, set[str]()
        self.connection = self.service.database.reader.connect()
        self.hashes = {name: self._hash(name) for name in TABLES}
        self.version = self._version()
        event.listen(Engine, "after_cursor_execute", self._hear)

    def _hear(self, *statement: object) -> None:
        """Note the table that a statement writes to, of SQLAlchemy's arguments the third; an unknown one is all."""
        words = str(statement[2]).replace('"', " ").split()
        if words[0].upper() in WRITES:
            self.told.add(words[WRITES[words[0].upper()]])

    def _hash(self, table: str) -> bytes:
        with self.service.reading(RULES) as work:
            rows = work.connection.execute(ALL_AS_IT_LIES.select_from(metadata.tables[table])).fetchall()
        return hashlib.sha256("\n".join(sorted(repr(tuple(one)) for one in rows)).encode()).digest()

    def _version(self) -> int:
        """A number that another one takes the place of when anybody writes."""
        question = {"sqlite": "PRAGMA data_version", "postgresql": "SELECT pg_snapshot_xmax(pg_current_snapshot())"}
        version = self.connection.exec_driver_sql(question[self.connection.dialect.name]).scalar_one()
        self.connection.rollback()
        return int(version)

    def holds(self) -> bool:
        before, self.version = self.version, self._version()
        told, self.told = self.told, set()
        if before == self.version and not told:
            return True
        return self._same(told & TABLES if told else TABLES)

    def _same(self, tables: Iterable[str]) -> bool:
        now = {name: self._hash(name) for name in tables}
        same = all(self.hashes[name] == found for name, found in now.items())
        self.hashes |= now
        return same

    def close(self) -> bool:
        """Look once more at every table; whether all is as the statements told."""
        self.holds()
        event.remove(Engine, "after_cursor_execute", self._hear)
        self.connection.close()
        return self._same(TABLES)
