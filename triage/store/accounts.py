"""Accounts, sessions and failed attempts as they are kept; names are sealed, and found by a keyed index."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, insert, select, update

from triage.store.data_keys import INSTALLATION, PROGRAMME, create_data_keys, read_data_keys
from triage.store.sealing import Place, seal, unseal
from triage.store.tables import attempts, sessions, users
from triage.store.work import Work


@dataclass(frozen=True, slots=True)
class Account:
    """An account as kept; `password_hash` is Argon2id."""

    id: UUID
    name: str
    role: str
    side: str
    demonstration: bool
    password_hash: str


@dataclass(frozen=True, slots=True)
class Session:
    """A session: whose, when it began, when it was last used (seconds)."""

    account: Account
    started: int
    seen: int


@dataclass(frozen=True, slots=True)
class Failures:
    """How often an account was tried lately, when last, and how often a source tried any account."""

    of_account: int
    last: int
    of_source: int


def insert_account(work: Work, account: Account) -> None:
    """Keep an account. Raises `IntegrityError` when the name is taken."""
    keys = read_data_keys(work, INSTALLATION, (PROGRAMME,))
    if not keys.by_side:
        keys = create_data_keys(work, INSTALLATION)
    content = seal(keys.for_desk(PROGRAMME), _place(account.id), {"name": account.name})
    work.connection.execute(
        insert(users).values(
            id=account.id,
            name_index=keyed(work, "name", account.name.casefold()),
            role=account.role,
            side=account.side,
            demonstration=account.demonstration,
            created_on=work.today,
            password_hash=account.password_hash,
            content=content,
        )
    )


def find_account(work: Work, name: str) -> Account | None:
    """The account of a name, or None."""
    row = work.connection.execute(
        select(users).where(users.c.name_index == keyed(work, "name", name.casefold()))
    ).one_or_none()
    return _account(work, row) if row else None


def all_accounts(work: Work) -> tuple[Account, ...]:
    """Every account, by the name to sign in with."""
    return tuple(
        sorted((_account(work, row) for row in work.connection.execute(select(users))), key=lambda one: one.name)
    )


def replace_password_hash(work: Work, user_id: UUID, password_hash: str) -> None:
    """Keep a hash made with today's cost."""
    work.connection.execute(update(users).where(users.c.id == user_id).values(password_hash=password_hash))


def sides_with_accounts(work: Work) -> frozenset[str]:
    """The sides that have somebody to work on them."""
    return frozenset(work.connection.execute(select(users.c.side).distinct()).scalars())


def has_demonstration_account(work: Work) -> bool:
    """Whether an account with a published password exists."""
    found = work.connection.execute(select(users.c.id).where(users.c.demonstration).limit(1)).first()
    return found is not None


def insert_session(work: Work, token_hash: bytes, user_id: UUID, now: int) -> None:
    """Keep a session by the hash of its token."""
    work.connection.execute(insert(sessions).values(token_hash=token_hash, user_id=user_id, started=now, seen=now))


def delete_sessions_begun_before(work: Work, time: int) -> None:
    """Forget sessions that are over."""
    work.connection.execute(delete(sessions).where(sessions.c.started < time))


def find_session(work: Work, token_hash: bytes) -> Session | None:
    """The session of a token's hash, or None."""
    row = work.connection.execute(
        select(users, sessions.c.started, sessions.c.seen)
        .join(sessions, sessions.c.user_id == users.c.id)
        .where(sessions.c.token_hash == token_hash)
    ).one_or_none()
    return Session(_account(work, row), row.started, row.seen) if row else None


def touch_session(work: Work, token_hash: bytes, now: int) -> None:
    """Note that a session was used."""
    work.connection.execute(update(sessions).where(sessions.c.token_hash == token_hash).values(seen=now))


def delete_session(work: Work, token_hash: bytes) -> UUID | None:
    """End a session; say whose it was."""
    owner = work.connection.execute(
        select(sessions.c.user_id).where(sessions.c.token_hash == token_hash)
    ).scalar_one_or_none()
    work.connection.execute(delete(sessions).where(sessions.c.token_hash == token_hash))
    return owner


def count_failures(work: Work, name: str, source: str, *, since: int, source_since: int) -> Failures:
    """Count the failed attempts on an account, and from a source, since the times given."""
    of_account = work.connection.execute(
        select(func.count(), func.max(attempts.c.at)).where(
            attempts.c.account_index == keyed(work, "attempt", name.casefold()), attempts.c.at > since
        )
    ).one()
    of_source = work.connection.execute(
        select(func.count()).where(
            attempts.c.source_index == keyed(work, "source", source), attempts.c.at > source_since
        )
    ).scalar_one()
    return Failures(of_account[0], of_account[1] or 0, of_source)


def insert_attempt(work: Work, attempt_id: UUID, name: str, source: str, now: int) -> None:
    """Count an attempt before it is known whether it succeeds, so that many at once are all counted."""
    work.connection.execute(
        insert(attempts).values(
            id=attempt_id,
            account_index=keyed(work, "attempt", name.casefold()),
            source_index=keyed(work, "source", source),
            at=now,
        )
    )


def forget_attempts(work: Work, attempt_id: UUID, name: str, *, before: int) -> None:
    """After a success: forget this attempt and the failures of this account, and whatever is too old to count."""
    index = keyed(work, "attempt", name.casefold())
    work.connection.execute(
        delete(attempts).where(
            (attempts.c.id == attempt_id) | (attempts.c.account_index == index) | (attempts.c.at < before)
        )
    )


def keyed(work: Work, purpose: str, text: str) -> bytes:
    """The keyed index of a text for one purpose."""
    return hmac.new(work.keys.index.secret, f"{purpose}|{text}".encode(), hashlib.sha256).digest()


def _account(work: Work, row: Row[Any]) -> Account:
    keys = read_data_keys(work, INSTALLATION, (PROGRAMME,))
    name = unseal(keys.for_desk(PROGRAMME), _place(row.id), row.content)["name"]
    return Account(row.id, name, row.role, row.side, row.demonstration, row.password_hash)


def _place(user_id: UUID) -> Place:
    return Place("users", "content", str(user_id), INSTALLATION)
