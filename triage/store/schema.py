"""Bring the database to the schema of this version, or back, by migrations, each within one transaction."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, make_url

from triage.store.agency.tables import APPEND_ONLY as APPEND_ONLY_OF_AGENCIES
from triage.store.attending.tables import APPEND_ONLY as APPEND_ONLY_OF_ATTENDING
from triage.store.database import Database
from triage.store.drafts.tables import drafts
from triage.store.openings.tables import APPEND_ONLY as APPEND_ONLY_OF_OPENINGS
from triage.store.outbox.tables import outbox
from triage.store.principals import RULES, say_principal
from triage.store.publishing.tables import positions
from triage.store.sheets.tables import APPEND_ONLY as APPEND_ONLY_OF_SHEETS
from triage.store.tables import APPEND_ONLY, APPEND_ONLY_IN_MATCHING, APPEND_ONLY_OF_PERSONS, metadata

HEAD = "head"
EMPTY = "base"
_ADD = "SELECT, INSERT"
_RIGHTS = {
    **dict.fromkeys((*APPEND_ONLY, *APPEND_ONLY_IN_MATCHING, *APPEND_ONLY_OF_PERSONS), _ADD),
    **dict.fromkeys((*APPEND_ONLY_OF_OPENINGS, *APPEND_ONLY_OF_AGENCIES, *APPEND_ONLY_OF_SHEETS), _ADD),
    **dict.fromkeys(APPEND_ONLY_OF_ATTENDING, _ADD),
    "audit_head": "SELECT, UPDATE",
    positions.name: "SELECT, INSERT, DELETE",
    outbox.name: "SELECT, INSERT, DELETE",
    drafts.name: "SELECT, INSERT, DELETE",
}
"""What the program's own role may do with a table on PostgreSQL, where that is less than everything."""


def migrate(database: Database, revision: str = HEAD, *, grant_to: str = "") -> None:
    """Migrate up to a revision; all of it is kept, or nothing.

    `grant_to`: on PostgreSQL, the role that the program serves as; it is given what it needs and no more.
    """
    with database.writer.begin() as connection:
        say_principal(connection, RULES)
        command.upgrade(_configuration(connection), revision)
        if grant_to:
            _grant(connection, grant_to)


def migrate_back(database: Database, revision: str) -> None:
    """Migrate down to a revision. What the newer schema alone could hold is lost."""
    with database.writer.begin() as connection:
        say_principal(connection, RULES)
        command.downgrade(_configuration(connection), revision)


def is_current(database: Database) -> bool:
    """Whether the database has the schema of this version."""
    with database.reader.begin() as connection:
        held = MigrationContext.configure(connection).get_current_revision()
    return held == _newest()


@cache
def _newest() -> str | None:
    """The last migration of this version; every one of them is read to find it."""
    return ScriptDirectory.from_config(_configuration(None)).get_current_head()


def role_of(url: str) -> str:
    """The role that a URL enters the database as."""
    return make_url(url).username or ""


def _grant(connection: Connection, role: str) -> None:
    """Let a role do what the program does: never own, never alter, never change or delete what is append-only."""
    quoted = connection.dialect.identifier_preparer.quote_identifier(role)
    connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA public TO {quoted}")
    connection.exec_driver_sql(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {quoted}")
    for table in metadata.tables:
        rights = _RIGHTS.get(table, "SELECT, INSERT, UPDATE, DELETE")
        connection.exec_driver_sql(f"GRANT {rights} ON {table} TO {quoted}")
    connection.exec_driver_sql(f"GRANT SELECT ON alembic_version TO {quoted}")


def _configuration(connection: Connection | None) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    configuration.attributes["connection"] = connection
    return configuration
