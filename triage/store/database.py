"""The two doors to the database: one for writers, one for readers, each connection checked before it serves."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, make_url

from triage.store.engines import postgresql, sqlite


@dataclass(frozen=True, slots=True)
class Database:
    """Two engines over one database: writers queue, readers cannot write at all."""

    writer: Engine
    reader: Engine

    def close(self) -> None:
        """Close every connection."""
        self.writer.dispose()
        self.reader.dispose()


def open_database(url: str) -> Database:
    """Open the database named by a URL; nothing is created or migrated here. Raises `UnsafeConnection` on first use."""
    engine = sqlite.sqlite_engine if url.startswith("sqlite") else postgresql.postgresql_engine
    return Database(engine(url, read_only=False), engine(url, read_only=True))


def database_file(url: str) -> Path | None:
    """The file that a URL names; None when it names a PostgreSQL database."""
    parts = make_url(url)
    return Path(parts.database or "") if parts.get_backend_name() == "sqlite" else None
