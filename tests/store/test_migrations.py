"""Migrations go up and down with data, on both databases; one that fails leaves everything as it was."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, MetaData, select
from sqlalchemy.exc import DBAPIError

from tests.casework.small_service import House, Staffed, words
from tests.databases.engines import POSTGRESQL, at_the_database
from triage.casework.assessments import record_answer
from triage.store.database import Database, open_database
from triage.store.schema import EMPTY, HEAD, is_current, migrate, migrate_back, role_of
from triage.store.tables import metadata

ON_POSTGRESQL = """
SELECT relname || ' ' || relrowsecurity || relforcerowsecurity FROM pg_class WHERE relnamespace = 'public'::regnamespace
UNION SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable FROM information_schema.columns
WHERE table_schema = 'public'
UNION SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
UNION SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
UNION SELECT tablename || policyname || cmd || coalesce(qual, '') || coalesce(with_check, '') FROM pg_policies
UNION SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
"""
IN_A_FILE = "SELECT name || ' ' || sql FROM sqlite_master WHERE sql IS NOT NULL"


@contextmanager
def owned(house: House) -> Iterator[Database]:
    """The database as the role that migrates it enters it."""
    opened = open_database(house.service.settings.owner_url or house.service.settings.database_url)
    yield opened
    opened.close()


def schema_of(house: House) -> list[str]:
    """Everything the database is made of: tables, constraints, indexes, triggers, policies, functions."""
    with at_the_database(house.folder) as connection:
        question = ON_POSTGRESQL if connection.dialect.name == POSTGRESQL else IN_A_FILE
        return sorted(connection.exec_driver_sql(question).scalars())


def rows_of(connection: Connection, columns: Mapping[str, Collection[str]] | None = None) -> dict[str, list[str]]:
    """Every row of every table that is there now, or what it says in these columns of these tables."""
    held = MetaData()
    held.reflect(connection)
    return {
        table.name: sorted(repr([(one, row[one]) for one in (columns or {}).get(table.name, row)]) for row in rows)
        for table in held.sorted_tables
        for rows in (connection.execute(select(table)).mappings().all(),)
    }


def columns_of(connection: Connection) -> dict[str, list[str]]:
    held = MetaData()
    held.reflect(connection)
    return {table.name: [column.name for column in table.columns] for table in held.sorted_tables}


@pytest.fixture
def full(house: House, staffed: Staffed) -> House:
    record_answer(house.service, staffed.worker, staffed.id, 0, words("something"))
    house.service.database.close()
    return house


def test_migrations_make_the_tables_of_the_code(house: House) -> None:
    assert is_current(house.service.database)
    with at_the_database(house.folder) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_migrations_go_up_twice_down_with_data_and_up_again(full: House) -> None:
    before = schema_of(full)
    with owned(full) as database:
        migrate(database, HEAD)
        assert schema_of(full) == before
        migrate_back(database, EMPTY)
        assert not is_current(database)
        assert len(schema_of(full)) < 6, "alembic_version, its column and its key alone"
        migrate(database)
        assert schema_of(full) == before


@pytest.mark.parametrize("revision", ["0008", "0006", "0004", "0003", "0002", "0001"])
def test_what_an_older_schema_can_hold_survives_the_way_down_and_up(full: House, revision: str) -> None:
    with at_the_database(full.folder) as connection:
        before = rows_of(connection)
    with owned(full) as database:
        migrate_back(database, revision)
        with at_the_database(full.folder) as connection:
            down, columns = rows_of(connection), columns_of(connection)
        migrate(database)
    with at_the_database(full.folder) as connection:
        after, kept = rows_of(connection), rows_of(connection, columns)
    assert {"answers", "wall", "audit", "cases", "data_keys"} <= set(down)
    for table in set(down) - {"alembic_version", "users"}:
        assert down[table] == kept[table], table
    assert len(down["users"]) == len(before["users"])
    assert after == before | {table: [] for table in set(before) - set(down)}


def test_a_migration_that_fails_in_the_middle_leaves_the_database_as_it_was(full: House) -> None:
    with owned(full) as database:
        migrate_back(database, EMPTY)
        with at_the_database(full.folder) as connection:
            connection.exec_driver_sql("CREATE TABLE withdrawals (id INTEGER)")
        before = schema_of(full)
        with pytest.raises(DBAPIError, match="withdrawals"):
            migrate(database)
    assert schema_of(full) == before


def test_the_role_that_serves_is_given_what_it_needs_after_each_migration(full: House) -> None:
    settings = full.service.settings
    with owned(full) as database:
        migrate_back(database, EMPTY)
        migrate(database, grant_to=role_of(settings.database_url) if settings.owner_url else "")
    assert full.intake("Ines again").name == "Ines again"
