"""Agencies and the accounts that write for them; names are sealed."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Row, insert, select

from triage.store.agency.tables import agencies, agency_members
from triage.store.data_keys import INSTALLATION
from triage.store.sealing import Place, seal, unseal
from triage.store.staff.accounts import Account, account_of, staff_key
from triage.store.tables import users
from triage.store.work import Work


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency that may send referrals; a closed one sends nothing more."""

    id: UUID
    name: str
    closed: bool = False


def insert_agency(work: Work, agency: Agency) -> None:
    """Keep an agency."""
    content = seal(staff_key(work), _place(agency.id), {"name": agency.name})
    work.connection.execute(insert(agencies).values(id=agency.id, added_on=work.today, content=content))


def insert_member(work: Work, user_id: UUID, agency_id: UUID) -> None:
    """Let an account write for an agency. Raises `IntegrityError` when it writes for one already."""
    work.connection.execute(insert(agency_members).values(user_id=user_id, agency_id=agency_id))


def read_agency(work: Work, agency_id: UUID) -> Agency | None:
    """The agency of an id, or None."""
    row = work.connection.execute(select(agencies).where(agencies.c.id == agency_id)).one_or_none()
    return _agency(work, row) if row else None


def all_agencies(work: Work) -> tuple[Agency, ...]:
    """Every agency, by name."""
    found = (_agency(work, row) for row in work.connection.execute(select(agencies)))
    return tuple(sorted(found, key=lambda one: one.name.casefold()))


def agency_of(work: Work, user_id: UUID) -> UUID | None:
    """The agency that an account writes for, or None."""
    return work.connection.execute(
        select(agency_members.c.agency_id).where(agency_members.c.user_id == user_id)
    ).scalar_one_or_none()


def members_of(work: Work, agency_id: UUID) -> tuple[Account, ...]:
    """The accounts that write for an agency, closed ones too, by name."""
    chosen = (
        select(users).join(agency_members, agency_members.c.user_id == users.c.id)
        .where(agency_members.c.agency_id == agency_id)
    )  # fmt: skip
    found = (account_of(work, row) for row in work.connection.execute(chosen))
    return tuple(sorted(found, key=lambda one: one.name.casefold()))


def _agency(work: Work, row: Row[tuple[object, ...]]) -> Agency:
    name = unseal(staff_key(work), _place(row.id), row.content)["name"]
    return Agency(row.id, name, row.closed_on is not None)


def _place(agency_id: UUID) -> Place:
    return Place("agencies", "content", str(agency_id), INSTALLATION)
