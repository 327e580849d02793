"""Where agencies and staff are written to: one sealed address each, by the id of its owner."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import delete, insert, select

from triage.store.agency.tables import agencies
from triage.store.data_keys import INSTALLATION
from triage.store.outbox.tables import mailboxes
from triage.store.sealing import Place, seal, unseal
from triage.store.staff.accounts import staff_key
from triage.store.tables import users
from triage.store.work import Work


def replace_mailbox(work: Work, owner_id: UUID, address: str) -> None:
    """Keep the address of an owner in place of an earlier one; an empty address takes it away."""
    work.connection.execute(delete(mailboxes).where(mailboxes.c.owner_id == owner_id))
    if address:
        content = seal(staff_key(work), _place(owner_id), {"address": address})
        work.connection.execute(insert(mailboxes).values(owner_id=owner_id, added_on=work.today, content=content))


def read_address(work: Work, owner_id: UUID) -> str:
    """The address of an owner who is open, or an empty text."""
    if not _open(work, owner_id):
        return ""
    chosen = select(mailboxes.c.content).where(mailboxes.c.owner_id == owner_id)
    content = work.connection.execute(chosen).scalar_one_or_none()
    return str(unseal(staff_key(work), _place(owner_id), content)["address"]) if content else ""


def has_mailbox(work: Work, owner_id: UUID) -> bool:
    """Whether an owner who is open has an address."""
    found = work.connection.execute(select(mailboxes.c.owner_id).where(mailboxes.c.owner_id == owner_id)).first()
    return found is not None and _open(work, owner_id)


def staff_with_mailbox(work: Work, roles: Collection[str]) -> tuple[UUID, ...]:
    """The open accounts of these roles that have an address."""
    chosen = (
        select(users.c.id)
        .join(mailboxes, mailboxes.c.owner_id == users.c.id)
        .where(users.c.role.in_(sorted(roles)), users.c.closed_on.is_(None))
        .order_by(users.c.id)
    )
    return tuple(work.connection.execute(chosen).scalars())


def _open(work: Work, owner_id: UUID) -> bool:
    owners = (select(table.c.id).where(table.c.id == owner_id, table.c.closed_on.is_(None)) for table in _OWNERS)
    return any(work.connection.execute(one).first() for one in owners)


_OWNERS = (users, agencies)


def _place(owner_id: UUID) -> Place:
    return Place("mailboxes", "content", str(owner_id), INSTALLATION)
