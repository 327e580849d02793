"""Field encryption: AES-256-GCM, a data key per case and side, each value bound to the place where it stands.

A stored value is `v1.` + eight characters of key id + `.` + 12 bytes of nonce + ciphertext and tag. The place (table,
column, row, case, compartment or desk, format) is authenticated: a value moved elsewhere does not open. Lengths are
rounded up to 64 bytes, so that they do not tell a long answer from a refusal. Source: security page 4.1; ADR 0011.
"""

import json
import secrets
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from triage.store.keys import KEY_BYTES, Key, kid_of

FORMAT = "v1"
NONCE_BYTES = 12
_BLOCK = 64
_HEADER = len(FORMAT) + 1 + 8 + 1
_SHORTEST = _HEADER + NONCE_BYTES + 16


class Unreadable(ValueError):
    """A stored value that does not open: unknown format or key, altered, or moved from another place."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands. `context` is the compartment or desk, so that changing those in the file fails too."""

    table: str
    column: str
    row: str
    case: UUID
    context: str = ""

    @property
    def bound(self) -> bytes:
        """The bytes authenticated with the value."""
        return "|".join((self.table, self.column, self.row, str(self.case), self.context, FORMAT)).encode()


def new_data_key() -> Key:
    """Draw a data key."""
    secret = secrets.token_bytes(KEY_BYTES)
    return Key(secret, kid_of(secret))


def seal_bytes(key: Key, place: Place, plain: bytes) -> bytes:
    """Encrypt bytes for one place."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return f"{FORMAT}.{key.kid}.".encode() + nonce + AESGCM(key.secret).encrypt(nonce, plain, place.bound)


def open_bytes(key: Key, place: Place, sealed: bytes) -> bytes:
    """Decrypt what was sealed for this place with this key. Raises `Unreadable` for anything else."""
    if len(sealed) < _SHORTEST or sealed[:_HEADER] != f"{FORMAT}.{key.kid}.".encode():
        raise Unreadable(f"A value of {place.table}.{place.column} has an unknown format or key.")
    nonce, rest = sealed[_HEADER : _HEADER + NONCE_BYTES], sealed[_HEADER + NONCE_BYTES :]
    try:
        return AESGCM(key.secret).decrypt(nonce, rest, place.bound)
    except InvalidTag:
        raise Unreadable(f"A value of {place.table}.{place.column} was altered or moved.") from None


def seal(key: Key, place: Place, content: dict[str, Any]) -> bytes:
    """Encrypt the fields of a row as JSON, padded to a multiple of 64 bytes."""
    plain = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return seal_bytes(key, place, plain + b" " * (-len(plain) % _BLOCK))


def unseal(key: Key, place: Place, sealed: bytes) -> dict[str, Any]:
    """Decrypt the fields of a row. Raises `Unreadable`."""
    content: dict[str, Any] = json.loads(open_bytes(key, place, sealed))
    return content
