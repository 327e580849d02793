"""Sessions as they are kept: by the hash of their token, with how far the sign-in has come."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, delete, insert, select, update

from triage.store.data_keys import INSTALLATION, PROGRAMME, unwrapped
from triage.store.staff.accounts import Account, account_in, account_of
from triage.store.tables import data_keys, sessions, users
from triage.store.work import Work

_COLUMNS = [sessions.c[name].label(f"session_{name}") for name in ("id", "stage", "started", "seen", "proved")]
_WITH_OWNER = select(users, *_COLUMNS).join(sessions, sessions.c.user_id == users.c.id)
_OF_STAFF = and_(data_keys.c.scope == INSTALLATION, data_keys.c.side == PROGRAMME)
_OPEN = (
    _WITH_OWNER.add_columns(data_keys.c.kid, data_keys.c.wrapped)
    .join(data_keys, _OF_STAFF)
    .where(sessions.c.token_hash == bindparam("token"), users.c.closed_on.is_(None))
)
"""With the key of the names of staff, without which there is no account."""


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session to be kept; times are in seconds; `proved` is when a second factor was last given, or 0."""

    token_hash: bytes
    id: UUID
    user_id: UUID
    stage: str
    started: int
    proved: int = 0


@dataclass(frozen=True, slots=True)
class Session:
    """A session as kept: whose, how far the sign-in has come, when it began, was last used and last proved."""

    id: UUID
    account: Account
    stage: str
    started: int
    seen: int
    proved: int


def insert_session(work: Work, new: NewSession) -> None:
    """Keep a session by the hash of its token."""
    now = int(work.now.timestamp())
    work.connection.execute(
        insert(sessions).values(
            token_hash=new.token_hash, id=new.id, user_id=new.user_id, stage=new.stage,
            started=new.started, seen=now, proved=new.proved,
        )
    )  # fmt: skip


def find_session(work: Work, token_hash: bytes) -> Session | None:
    """The session of a token's hash, or None; an account that is closed has none."""
    row = work.connection.execute(_OPEN, {"token": token_hash}).one_or_none()
    if row is None:
        return None
    key = unwrapped(work, INSTALLATION, PROGRAMME, row.kid, row.wrapped)
    return _session(row, account_in(row, key))


def sessions_of(work: Work, user_id: UUID) -> tuple[Session, ...]:
    """The sessions of somebody, the latest used first."""
    rows = work.connection.execute(_WITH_OWNER.where(users.c.id == user_id).order_by(sessions.c.seen.desc()))
    return tuple(_session(row, account_of(work, row)) for row in rows)


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


def delete_session_of(work: Work, user_id: UUID, session_id: UUID) -> bool:
    """End one session of somebody; False when it is not theirs, or over."""
    ended = work.connection.execute(delete(sessions).where(sessions.c.user_id == user_id, sessions.c.id == session_id))
    return ended.rowcount == 1


def delete_sessions_of(work: Work, user_id: UUID, *, but: UUID | None = None) -> None:
    """End every session of somebody, or all but one."""
    chosen = sessions.c.user_id == user_id
    work.connection.execute(delete(sessions).where(chosen if but is None else chosen & (sessions.c.id != but)))


def delete_sessions_begun_before(work: Work, time: int) -> None:
    """Forget sessions that are over."""
    work.connection.execute(delete(sessions).where(sessions.c.started < time))


def _session(row: Row[Any], account: Account) -> Session:
    return Session(
        row.session_id, account, row.session_stage, row.session_started, row.session_seen, row.session_proved
    )  # fmt: skip
