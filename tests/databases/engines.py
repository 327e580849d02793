"""Which database an installation of the tests lies in: a file in its folder, or a database of the tests' own server.

The folder says so itself (`database.json`), so that a program started over it in another process finds the same one.
"""

import atexit
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Pool, create_engine, event
from sqlalchemy.engine import Connection

from tests.databases.server import OWNER, PROGRAM, SUPERUSER, TEMPLATE, Server
from triage.casework.service import prepare_database
from triage.settings import Settings
from triage.store.database import database_file
from triage.store.engines.sqlite import sqlite_engine

SQLITE, POSTGRESQL = "sqlite", "postgresql"
ENGINES = tuple(os.environ.get("DATABASES", f"{SQLITE} {POSTGRESQL}").split())
"""The databases that this run tries, in order."""
_SAYS = "database.json"


class Databases:
    """The databases that tests made on a server; None where installations lie in SQLite files."""

    def __init__(self) -> None:
        self.server: Server | None = None
        self.in_use = SQLITE
        self.made: list[str] = []
        self._numbers = count()
        self._opened: list[Any] = []
        event.listen(Pool, "connect", lambda raw, _record: self._opened.append(raw))

    def serve(self, server: Server) -> None:
        """Make the template from which every database is copied, with the schema of this version."""
        self.server = server
        prepare_database(Settings(server.url(PROGRAM, TEMPLATE), server.url(OWNER, TEMPLATE)))

    def make(self, template: str = TEMPLATE) -> str:
        """Copy the template, or another database to which nobody is connected."""
        assert self.server
        name = f"cairn_{next(self._numbers)}"
        self.server.run(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {template} STRATEGY file_copy")
        self.made.append(name)
        return name

    @contextmanager
    def kept_to_the_end(self) -> Iterator[None]:
        """What is made meanwhile belongs to no test: it goes with the server."""
        before = len(self.made)
        yield
        del self.made[before:]

    def drop_all_but(self, kept: int) -> None:
        """Drop the databases made after the first `kept`, and close what tests left open to them."""
        gone = self.made[kept:]
        for raw in [one for one in self._opened if _database_of(one) in gone]:
            raw.close()
        self._opened = [one for one in self._opened if not getattr(one, "closed", True)]
        del self.made[kept:]
        for name in gone:
            assert self.server
            self.server.run(f"DROP DATABASE {name} WITH (FORCE)")


DATABASES = Databases()


def database_settings(folder: Path, like: Path | None = None) -> dict[str, str]:
    """The settings that name the database of an installation; on a server it is made when it is first asked for.

    `like`: the folder of another installation on a server, whose database is copied.
    """
    says = folder / _SAYS
    if says.exists():
        return dict(json.loads(says.read_text()))
    if DATABASES.in_use == SQLITE:
        return {"database_url": f"sqlite:///{folder}/cairn.sqlite3"}
    assert DATABASES.server
    name = DATABASES.make(name_on_server(like)) if like else DATABASES.make()
    said = {"database_url": DATABASES.server.url(PROGRAM, name), "owner_url": DATABASES.server.url(OWNER, name)}
    says.write_text(json.dumps(said))
    return said


def name_on_server(folder: Path) -> str:
    """The name of the database of an installation, which lies on a server."""
    return database_settings(folder)["database_url"].partition("@/")[2].partition("?")[0]


@cache
def _migrated_file() -> Path:
    """A SQLite file with the schema of this version, made once in each process of the tests."""
    folder = Path(tempfile.mkdtemp(prefix="cairn-schema-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = folder / "cairn.sqlite3"
    prepare_database(Settings(f"sqlite:///{path}"))
    return path


def prepare_copy(settings: Settings) -> None:
    """Give an installation its database: on a server it was copied when it was made, in a file it is copied here.

    Migrating every installation of the tests took 80 ms each; tests/store/test_migrations.py tries the migrations.
    """
    file = database_file(settings.database_url)
    if file is not None and not file.exists():
        file.touch(mode=0o600)
        shutil.copyfile(_migrated_file(), file)


@contextmanager
def at_the_database(folder: Path) -> Iterator[Connection]:
    """A transaction of somebody who can do everything at the database itself, past the program and its role."""
    said = database_settings(folder)
    url = said["database_url"].replace(f"//{PROGRAM}@", f"//{SUPERUSER}@")
    engine = create_engine(url) if "owner_url" in said else sqlite_engine(url, read_only=False)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def bytes_kept(folder: Path) -> bytes:
    """Everything that stands in the files of the database."""
    said = database_settings(folder)
    if "owner_url" not in said:
        return b"".join(path.read_bytes() for path in sorted(folder.glob("cairn.sqlite3*")))
    assert DATABASES.server
    DATABASES.server.run("CHECKPOINT")
    asked = "SELECT oid FROM pg_database WHERE datname = current_database()"
    ((oid,),) = DATABASES.server.run(asked, name_on_server(folder))
    files = (DATABASES.server.folder / "data/base" / str(oid)).iterdir()
    return b"".join(path.read_bytes() for path in sorted(files) if path.is_file())


def drop_refusal(connection: Connection, table: str, verb: str) -> None:
    """Take away what refuses a change of an append-only table, as whoever owns the database could."""
    on = f" ON {table}" if connection.dialect.name == POSTGRESQL else ""
    connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_refuses_{verb}{on}")


def _database_of(raw: Any) -> str:
    """The database of a connection of the PostgreSQL driver, or an empty text."""
    return "" if getattr(raw, "closed", True) else raw.info.dbname
