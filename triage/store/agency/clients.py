"""Clients of the API: programs of agencies, their public keys, the assertions they used, their tokens and calls."""

import hashlib
import hmac
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update

from triage.store.agency.once import written_first
from triage.store.agency.tables import agencies, api_assertions, api_calls, api_clients, api_keys, api_tokens
from triage.store.data_keys import INSTALLATION
from triage.store.sealing import Place, seal, unseal
from triage.store.staff.accounts import staff_key
from triage.store.work import Work


@dataclass(frozen=True, slots=True)
class Client:
    """A client that may call: whose, what it is called, its public keys (JWK) by thumbprint."""

    id: UUID
    agency_id: UUID
    name: str
    keys: dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom a token belongs to, and what for."""

    client_id: UUID
    agency_id: UUID
    scope: str


def insert_client(work: Work, client_id: UUID, agency_id: UUID, name: str) -> None:
    """Keep a client without a key."""
    content = seal(staff_key(work), _client_place(client_id), {"name": name})
    work.connection.execute(
        insert(api_clients).values(id=client_id, agency_id=agency_id, added_on=work.today, content=content)
    )


def insert_key(work: Work, client_id: UUID, thumbprint: bytes, key: dict[str, Any]) -> None:
    """Keep a public key of a client. Raises `IntegrityError` when the client has or had it."""
    content = seal(staff_key(work), _key_place(client_id, thumbprint), key)
    work.connection.execute(
        insert(api_keys).values(client_id=client_id, thumbprint=thumbprint, added_on=work.today, content=content)
    )


def close_key(work: Work, client_id: UUID, thumbprint: bytes) -> bool:
    """Close a key, with every token of its client; False when it is not open."""
    done = work.connection.execute(
        update(api_keys)
        .where(api_keys.c.client_id == client_id, api_keys.c.thumbprint == thumbprint, api_keys.c.closed_on.is_(None))
        .values(closed_on=work.today)
    )
    work.connection.execute(delete(api_tokens).where(api_tokens.c.client_id == client_id))
    return done.rowcount == 1


def close_client(work: Work, client_id: UUID) -> bool:
    """Close a client for good, with its tokens; False when it is not open."""
    done = work.connection.execute(
        update(api_clients)
        .where(api_clients.c.id == client_id, api_clients.c.closed_on.is_(None))
        .values(closed_on=work.today)
    )
    work.connection.execute(delete(api_tokens).where(api_tokens.c.client_id == client_id))
    return done.rowcount == 1


def find_client(work: Work, client_id: UUID) -> Client | None:
    """An open client of an open agency with its open keys, or None."""
    row = work.connection.execute(
        select(api_clients)
        .join(agencies, agencies.c.id == api_clients.c.agency_id)
        .where(api_clients.c.id == client_id, api_clients.c.closed_on.is_(None), agencies.c.closed_on.is_(None))
    ).one_or_none()
    if row is None:
        return None
    rows = work.connection.execute(
        select(api_keys).where(api_keys.c.client_id == client_id, api_keys.c.closed_on.is_(None))
    )
    opened = staff_key(work)
    keys = {one.thumbprint.hex(): unseal(opened, _key_place(client_id, one.thumbprint), one.content) for one in rows}
    name = unseal(opened, _client_place(client_id), row.content)["name"]
    return Client(client_id, row.agency_id, name, keys)


def client_agency(work: Work, client_id: UUID) -> UUID | None:
    """The agency of an open client, or None."""
    return work.connection.execute(
        select(api_clients.c.agency_id).where(api_clients.c.id == client_id, api_clients.c.closed_on.is_(None))
    ).scalar_one_or_none()


def use_assertion(work: Work, client_id: UUID, identity: str, expires: int) -> bool:
    """Use an assertion up: a unique row, so of many at once exactly one is the first. Say whether this one was.

    Rows are kept until `expires`, which lies beyond the moment at which the assertion itself would be refused.
    """
    work.connection.execute(delete(api_assertions).where(api_assertions.c.expires < int(work.now.timestamp())))
    index = _keyed(work, f"assertion|{client_id}|{identity}")
    row = insert(api_assertions).values(assertion_index=index, expires=expires)
    return written_first(work, lambda: work.connection.execute(row))


def insert_token(work: Work, token_hash: bytes, client_id: UUID, scope: str, expires: int) -> None:
    """Keep the hash of a token."""
    work.connection.execute(delete(api_tokens).where(api_tokens.c.expires < int(work.now.timestamp())))
    work.connection.execute(
        insert(api_tokens).values(token_hash=token_hash, client_id=client_id, scope=scope, expires=expires)
    )


def find_bearer(work: Work, token_hash: bytes) -> Bearer | None:
    """Whom a token belongs to, or None when it is unknown or over, or its client or agency closed."""
    row = work.connection.execute(
        select(api_tokens.c.client_id, api_clients.c.agency_id, api_tokens.c.scope)
        .join(api_clients, api_clients.c.id == api_tokens.c.client_id)
        .join(agencies, agencies.c.id == api_clients.c.agency_id)
        .where(
            api_tokens.c.token_hash == token_hash,
            api_tokens.c.expires > int(work.now.timestamp()),
            api_clients.c.closed_on.is_(None),
            agencies.c.closed_on.is_(None),
        )
    ).one_or_none()
    return Bearer(*row) if row else None


def note_call(work: Work, agency_id: UUID, window: int) -> tuple[int, int]:
    """Count a call of an agency. Output: its calls within the last `window` seconds and within this one, with it."""
    now = int(work.now.timestamp())
    work.connection.execute(delete(api_calls).where(api_calls.c.agency_id == agency_id, api_calls.c.at <= now - window))
    here = (api_calls.c.agency_id == agency_id, api_calls.c.at == now)
    done = work.connection.execute(update(api_calls).where(*here).values(calls=api_calls.c.calls + 1))
    if not done.rowcount:
        work.connection.execute(insert(api_calls).values(agency_id=agency_id, at=now, calls=1))
    counted = select(func.sum(api_calls.c.calls)).where(api_calls.c.agency_id == agency_id)
    this_second = select(api_calls.c.calls).where(*here)
    return int(work.connection.execute(counted).scalar_one()), work.connection.execute(this_second).scalar_one()


def _keyed(work: Work, text: str) -> bytes:
    return hmac.new(work.keys.index.secret, text.encode(), hashlib.sha256).digest()


def _client_place(client_id: UUID) -> Place:
    return Place("api_clients", "content", str(client_id), INSTALLATION)


def _key_place(client_id: UUID, thumbprint: bytes) -> Place:
    return Place("api_keys", "content", f"{client_id}|{thumbprint.hex()}", INSTALLATION)
