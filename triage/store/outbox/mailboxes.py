"""Where agencies and staff are written to: one sealed address each, by the id of its owner, and one that is proposed.

An address is used once it was confirmed. Another one that somebody proposes meanwhile takes its place when it is.
"""

import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Row, delete, insert, select, update

from triage.store.agency.tables import agencies
from triage.store.data_keys import INSTALLATION
from triage.store.outbox.tables import mailboxes
from triage.store.sealing import Place, seal, unseal
from triage.store.staff.accounts import staff_key
from triage.store.tables import users
from triage.store.work import Work

ALLOWED_FOR: Final = timedelta(days=90)
"""How long the word of the safety lead holds: somebody else in the record may have the same address by then."""


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where an owner is written to, empty while no address is in use; what is proposed instead, and by whom.

    `allowed_on`: the day on which the safety lead said that the address in use may be used though it is also a contact
    point of a person in the record.
    """

    owner_id: UUID
    address: str = ""
    confirmed_on: date | None = None
    allowed_on: date | None = None
    proposed: str = ""
    proposed_by: UUID | None = None

    def is_allowed(self, today: date) -> bool:
        """Whether the safety lead let the address be used, and not so long ago that it must be asked again."""
        return self.allowed_on is not None and today - self.allowed_on <= ALLOWED_FOR


def replace_mailbox(work: Work, owner_id: UUID, address: str) -> None:
    """Use an address from now on, in place of any other; an empty one takes everything away."""
    work.connection.execute(delete(mailboxes).where(mailboxes.c.owner_id == owner_id))
    if address:
        _insert(work, Mailbox(owner_id, address, work.today))


def propose_address(work: Work, owner_id: UUID, address: str, by: UUID) -> None:
    """Keep an address that somebody must confirm; the one in use is used until then."""
    kept = find_mailbox(work, owner_id) or Mailbox(owner_id)
    work.connection.execute(delete(mailboxes).where(mailboxes.c.owner_id == owner_id))
    _insert(work, Mailbox(owner_id, kept.address, kept.confirmed_on, kept.allowed_on, address, by))


def mark_of_use(work: Work, kept: Mailbox) -> str:
    """What a form holds in place of the address in use: 64 hexadecimal digits, others when it is another one."""
    said = f"mailbox|{kept.owner_id}|{kept.confirmed_on}|{kept.address}"
    return hmac.digest(work.keys.index.secret, said.encode(), "sha256").hex()


def allow_address(work: Work, owner_id: UUID, mark: str) -> bool:
    """Let the address in use be used though a person in the record has it; False when its mark is another by now."""
    used = (mailboxes.c.owner_id == owner_id, mailboxes.c.confirmed_on.is_not(None))
    held = update(mailboxes).where(*used).values(confirmed_on=mailboxes.c.confirmed_on)  # nobody changes it meanwhile
    kept = find_mailbox(work, owner_id) if work.connection.execute(held).rowcount else None
    if kept is None or not hmac.compare_digest(mark_of_use(work, kept).encode(), mark.encode()):
        return False
    work.connection.execute(update(mailboxes).where(*used).values(allowed_on=work.today))
    return True


def find_mailbox(work: Work, owner_id: UUID) -> Mailbox | None:
    """The mailbox of an owner who is open, or None."""
    chosen = select(mailboxes).where(mailboxes.c.owner_id == owner_id)
    row = work.connection.execute(chosen).one_or_none() if _open(work, owner_id) else None
    return _mailbox(work, row) if row else None


def mailboxes_in_use(work: Work, owners: Collection[UUID]) -> tuple[Mailbox, ...]:
    """The mailboxes of these owners that have a confirmed address."""
    chosen = select(mailboxes).where(mailboxes.c.owner_id.in_(list(owners)), mailboxes.c.confirmed_on.is_not(None))
    return tuple(_mailbox(work, row) for row in work.connection.execute(chosen.order_by(mailboxes.c.owner_id)))


def has_mailbox(work: Work, owner_id: UUID) -> bool:
    """Whether an owner who is open has an address in use."""
    used = select(mailboxes.c.owner_id).where(mailboxes.c.owner_id == owner_id, mailboxes.c.confirmed_on.is_not(None))
    return work.connection.execute(used).first() is not None and _open(work, owner_id)


def staff_with_mailbox(work: Work, roles: Collection[str]) -> tuple[UUID, ...]:
    """The open accounts of these roles that have an address in use."""
    chosen = (
        select(users.c.id)
        .join(mailboxes, mailboxes.c.owner_id == users.c.id)
        .where(users.c.role.in_(sorted(roles)), users.c.closed_on.is_(None), mailboxes.c.confirmed_on.is_not(None))
        .order_by(users.c.id)
    )
    return tuple(work.connection.execute(chosen).scalars())


def _insert(work: Work, kept: Mailbox) -> None:
    by = str(kept.proposed_by) if kept.proposed_by else ""
    said = {"address": kept.address, "proposed": kept.proposed, "by": by}
    content = seal(staff_key(work), _place(kept.owner_id), said)
    days = {"added_on": work.today, "confirmed_on": kept.confirmed_on, "allowed_on": kept.allowed_on}
    work.connection.execute(insert(mailboxes).values(owner_id=kept.owner_id, **days, content=content))


def _mailbox(work: Work, row: Row[tuple[object, ...]]) -> Mailbox:
    said = unseal(staff_key(work), _place(row.owner_id), row.content)
    by = UUID(said["by"]) if said.get("by") else None
    return Mailbox(row.owner_id, said["address"], row.confirmed_on, row.allowed_on, said.get("proposed", ""), by)


def _open(work: Work, owner_id: UUID) -> bool:
    owners = (select(table.c.id).where(table.c.id == owner_id, table.c.closed_on.is_(None)) for table in _OWNERS)
    return any(work.connection.execute(one).first() for one in owners)


_OWNERS = (users, agencies)


def _place(owner_id: UUID) -> Place:
    return Place("mailboxes", "content", str(owner_id), INSTALLATION)
