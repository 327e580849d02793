"""Bring the database to the schema of this version, or back, by migrations, each within one transaction."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from triage.store.database import Database

HEAD = "head"
EMPTY = "base"


def migrate(database: Database, revision: str = HEAD) -> None:
    """Migrate up to a revision; all of it is kept, or nothing."""
    with database.writer.begin() as connection:
        command.upgrade(_configuration(connection), revision)


def migrate_back(database: Database, revision: str) -> None:
    """Migrate down to a revision. What the newer schema alone could hold is lost."""
    with database.writer.begin() as connection:
        command.downgrade(_configuration(connection), revision)


def is_current(database: Database) -> bool:
    """Whether the database has the schema of this version."""
    with database.reader.begin() as connection:
        held = MigrationContext.configure(connection).get_current_revision()
    return held == ScriptDirectory.from_config(_configuration(None)).get_current_head()


def _configuration(connection: Connection | None) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    configuration.attributes["connection"] = connection
    return configuration
