"""Accounts as they are kept; names are sealed, and found by a keyed index."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, select, update

from triage.store.data_keys import INSTALLATION, PROGRAMME, create_data_keys, read_data_keys
from triage.store.keys import Key
from triage.store.sealing import Place, seal, unseal
from triage.store.tables import users
from triage.store.work import Work


@dataclass(frozen=True, slots=True)
class Account:
    """An account as kept; `password_hash` is Argon2id; a closed one stays, since its acts do."""

    id: UUID
    name: str
    role: str
    side: str
    demonstration: bool
    password_hash: str
    closed: bool = False


def insert_account(work: Work, account: Account) -> None:
    """Keep an account. Raises `IntegrityError` when the name is taken."""
    work.connection.execute(
        insert(users).values(
            id=account.id,
            name_index=keyed(work, "name", account.name.casefold()),
            role=account.role,
            side=account.side,
            demonstration=account.demonstration,
            created_on=work.today,
            password_hash=account.password_hash,
            content=seal(staff_key(work), _place(account.id), {"name": account.name}),
        )
    )


def find_account(work: Work, name: str) -> Account | None:
    """The open account of a name, or None."""
    found = find_any_account(work, name)
    return found if found and not found.closed else None


def find_any_account(work: Work, name: str) -> Account | None:
    """The account of a name, closed ones too: a name is never given twice."""
    row = work.connection.execute(
        select(users).where(users.c.name_index == keyed(work, "name", name.casefold()))
    ).one_or_none()
    return account_of(work, row) if row else None


def read_account(work: Work, user_id: UUID) -> Account | None:
    """The account of an id, or None."""
    row = work.connection.execute(select(users).where(users.c.id == user_id)).one_or_none()
    return account_of(work, row) if row else None


def all_accounts(work: Work) -> tuple[Account, ...]:
    """Every account, closed ones too, by the name to sign in with."""
    found = (account_of(work, row) for row in work.connection.execute(select(users)))
    return tuple(sorted(found, key=lambda one: one.name.casefold()))


def replace_password_hash(work: Work, user_id: UUID, password_hash: str) -> None:
    """Keep another hash."""
    work.connection.execute(update(users).where(users.c.id == user_id).values(password_hash=password_hash))


def replace_standing(work: Work, user_id: UUID, role: str, side: str) -> None:
    """Keep another role and side. What the wall remembers of the earlier ones stays."""
    work.connection.execute(update(users).where(users.c.id == user_id).values(role=role, side=side))


def close_account(work: Work, user_id: UUID) -> None:
    """Close an account for good."""
    work.connection.execute(update(users).where(users.c.id == user_id).values(closed_on=work.today))


def has_demonstration_account(work: Work) -> bool:
    """Whether an account with a published password exists."""
    found = work.connection.execute(select(users.c.id).where(users.c.demonstration).limit(1)).first()
    return found is not None


def keyed(work: Work, purpose: str, text: str) -> bytes:
    """The keyed index of a text for one purpose."""
    return hmac.new(work.keys.index.secret, f"{purpose}|{text}".encode(), hashlib.sha256).digest()


def staff_key(work: Work) -> Key:
    """The data key of what belongs to staff and to no case; drawn when it is first needed."""
    keys = read_data_keys(work, INSTALLATION, (PROGRAMME,))
    if not keys.by_side:
        keys = create_data_keys(work, INSTALLATION)
    return keys.for_desk(PROGRAMME)


def account_of(work: Work, row: Row[Any]) -> Account:
    """The account of a row of `users`."""
    return account_in(row, staff_key(work))


def account_in(row: Row[Any], key: Key) -> Account:
    """The account of a row of `users`, opened with the key of what belongs to staff."""
    name = unseal(key, _place(row.id), row.content)["name"]
    return Account(row.id, name, row.role, row.side, row.demonstration, row.password_hash, row.closed_on is not None)


def _place(user_id: UUID) -> Place:
    return Place("users", "content", str(user_id), INSTALLATION)
