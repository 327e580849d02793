"""Imports of an agency: which referrals arrived in one file, when, and whether the file was withdrawn."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, insert, select, update

from triage.store.agency.tables import agency_import_lines, agency_imports
from triage.store.work import Work


@dataclass(frozen=True, slots=True)
class StoredImport:
    """One file that was sent: whose, by whom, when, how many referrals were new in it, when it was withdrawn."""

    id: UUID
    agency_id: UUID
    recorded_by: UUID
    at: datetime
    count: int = 0
    withdrawn: datetime | None = None


def insert_import(work: Work, import_id: UUID, agency_id: UUID, by: UUID) -> None:
    """Keep that a file begins to be sent."""
    at = int(work.now.timestamp())
    work.connection.execute(insert(agency_imports).values(id=import_id, agency_id=agency_id, recorded_by=by, at=at))


def insert_lines(work: Work, import_id: UUID, referral_ids: Iterable[UUID]) -> None:
    """Keep that referrals arrived in a file."""
    rows = [{"referral_id": one, "import_id": import_id} for one in referral_ids]
    work.connection.execute(insert(agency_import_lines), rows)


def find_import(work: Work, import_id: UUID) -> StoredImport | None:
    """One import, or None."""
    row = work.connection.execute(_COUNTED.where(agency_imports.c.id == import_id)).one_or_none()
    return _stored(row) if row else None


def imports_of(work: Work, agency_id: UUID) -> tuple[StoredImport, ...]:
    """Every import of an agency, the latest first."""
    chosen = _COUNTED.where(agency_imports.c.agency_id == agency_id).order_by(agency_imports.c.at.desc())
    return tuple(_stored(row) for row in work.connection.execute(chosen))


def lines_of(work: Work, import_id: UUID) -> tuple[UUID, ...]:
    """The referrals of an import."""
    chosen = select(agency_import_lines.c.referral_id).where(agency_import_lines.c.import_id == import_id)
    return tuple(work.connection.execute(chosen.order_by(agency_import_lines.c.referral_id)).scalars())


def mark_withdrawn(work: Work, import_id: UUID) -> bool:
    """Note that an import was withdrawn; False when it was before."""
    done = work.connection.execute(
        update(agency_imports)
        .where(agency_imports.c.id == import_id, agency_imports.c.withdrawn.is_(None))
        .values(withdrawn=int(work.now.timestamp()))
    )
    return done.rowcount == 1


_COUNTED: Select[Any] = select(
    agency_imports,
    select(func.count())
    .select_from(agency_import_lines)
    .where(agency_import_lines.c.import_id == agency_imports.c.id)
    .scalar_subquery()
    .label("lines"),
)


def _stored(row: Row[*tuple[Any, ...]]) -> StoredImport:
    withdrawn = None if row.withdrawn is None else datetime.fromtimestamp(row.withdrawn, UTC)
    at = datetime.fromtimestamp(row.at, UTC)
    return StoredImport(row.id, row.agency_id, row.recorded_by, at, row.lines, withdrawn)
