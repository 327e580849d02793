"""Connections hold what was asked of them; the database itself refuses to change what was recorded."""

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.casework.small_service import TODAY, House, Staffed, act, words
from tests.databases.engines import at_the_database
from triage.cases.model import NewSignature
from triage.cases.roles import Side
from triage.casework.assessments import record_answer, withdraw_answer
from triage.casework.decisions import record_own_view, sign
from triage.casework.proposing import propose_act
from triage.casework.second_names import decline_act
from triage.casework.service import RULES
from triage.store import wall
from triage.store.database import Database, open_database
from triage.store.engines.faults import UnsafeConnection
from triage.store.engines.sqlite import PRAGMAS, require_pragmas
from triage.store.tables import APPEND_ONLY, metadata
from triage.store.work import UnauditedWork


@pytest.fixture
def database(tmp_path: Path) -> Database:
    opened = open_database(f"sqlite:///{tmp_path}/empty.sqlite3")
    yield opened
    opened.close()


def test_every_connection_of_both_doors_holds_the_pragmas(database: Database) -> None:
    for engine in (database.writer, database.reader):
        connections = [engine.raw_connection() for _time in range(3)]
        for connection in connections:
            cursor = connection.cursor()
            assert {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS} == PRAGMAS
            connection.close()


@pytest.mark.parametrize(
    "change", ["synchronous=1", "foreign_keys=0", "secure_delete=0", "busy_timeout=5", "journal_mode=DELETE"]
)
def test_a_connection_that_holds_less_is_refused(tmp_path: Path, change: str) -> None:
    raw = sqlite3.connect(tmp_path / "raw.sqlite3")
    for name, value in PRAGMAS.items():
        raw.execute(f"PRAGMA {name}={value}")
    require_pragmas(raw)
    raw.execute(f"PRAGMA {change}")
    with pytest.raises(UnsafeConnection):
        require_pragmas(raw)
    raw.close()


def test_a_database_that_cannot_keep_a_journal_of_its_writes_is_refused() -> None:
    memory = open_database("sqlite:///:memory:")
    with pytest.raises(UnsafeConnection), memory.writer.connect():
        pass
    memory.close()


def test_the_readers_door_cannot_write(house: House) -> None:
    with pytest.raises(DBAPIError, match=r"readonly|read-only"), house.service.reading(RULES) as work:
        work.connection.exec_driver_sql("UPDATE audit_head SET seq = 0")


def test_writing_without_an_audit_line_keeps_nothing(house: House) -> None:
    with pytest.raises(UnauditedWork), house.service.writing(RULES) as work:
        work.connection.exec_driver_sql("UPDATE audit_head SET seq = 99")
    with house.service.reading(RULES) as work:
        assert work.connection.exec_driver_sql("SELECT seq FROM audit_head").scalar_one() == 0


@pytest.fixture
def full(house: House, staffed: Staffed) -> House:
    """An installation in which every append-only table has a row."""
    first = record_answer(house.service, staffed.worker, staffed.id, 0, words("something"))
    withdraw_answer(house.service, staffed.worker, staffed.id, 1, first.id, "A slip.")
    signature = NewSignature("A-B", "W_A", "Little.", "Much.", TODAY + timedelta(days=1))
    for member in (house.panel("Pia", Side.SUPPORT), house.panel("Pol", Side.INDEPENDENT)):
        record_own_view(house.service, member, staffed.id, "A-B", "W_A", "Grounds.")
        sign(house.service, member, staffed.id, 2, signature)
    joint = act("JOINT-SIGN", "signed", "A-B")
    proposed = propose_act(house.service, member, staffed.id, 3, joint)
    decline_act(house.service, member, staffed.id, proposed.id, "Too early.")
    return house


@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("verb", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_the_file_refuses_to_change_or_delete(full: House, table: str, verb: str) -> None:
    column = metadata.tables[table].columns.keys()[0]
    with full.service.reading(RULES) as work:
        assert work.connection.execute(select(metadata.tables[table])).first() is not None
    with pytest.raises(IntegrityError, match="append-only"), at_the_database(full.folder) as connection:
        connection.exec_driver_sql(verb.format(table, column, column))


def test_the_database_refuses_a_worker_on_both_sides(house: House, staffed: Staffed) -> None:
    with pytest.raises(IntegrityError), house.service.writing(RULES) as work:
        wall.enter(work, staffed.id, staffed.worker.id, "support")
    with pytest.raises(IntegrityError, match=r"(?i)foreign key"), at_the_database(house.folder) as connection:
        connection.exec_driver_sql("UPDATE allocations SET side = 'panel' WHERE side = 'support' AND letter = 'A'")
