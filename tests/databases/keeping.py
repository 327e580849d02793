"""The database of an installation, kept as it stands at a moment and put back as often as a test likes."""

import shutil
from pathlib import Path

from tests.databases.engines import DATABASES, POSTGRESQL, database_settings, name_on_server
from tests.databases.server import OWNER

FILE, KEPT = "cairn.sqlite3", "kept.sqlite3"


def keep(folder: Path) -> None:
    """Keep the database of an installation, to which nobody may be connected."""
    name = _on_a_server(folder)
    if name is None:
        shutil.copy(folder / FILE, folder / KEPT)
    else:
        _copy(name, f"{name}_kept")
        DATABASES.made.append(f"{name}_kept")


def put_back(folder: Path) -> None:
    """Put the database back as it was kept, to which nobody may be connected."""
    name = _on_a_server(folder)
    if name is None:
        for leftover in folder.glob(f"{FILE}-*"):
            leftover.unlink()
        shutil.copy(folder / KEPT, folder / FILE)
        return
    assert DATABASES.server
    DATABASES.server.run(f"DROP DATABASE {name} WITH (FORCE)")
    _copy(f"{name}_kept", name)


def _on_a_server(folder: Path) -> str | None:
    """The name of the database; None where it lies in a file."""
    url = database_settings(folder)["database_url"]
    return name_on_server(folder) if url.startswith(POSTGRESQL) else None


def _copy(name: str, copy: str) -> None:
    assert DATABASES.server
    DATABASES.server.run(f"CREATE DATABASE {copy} OWNER {OWNER} TEMPLATE {name} STRATEGY file_copy")
