"""Secrets that are drawn once: tokens of sessions, and codes that people copy from paper."""

import hashlib
import secrets

_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Thirty-two signs that nobody takes for another: no 0 and O, no 1 and I."""
_GROUPS, _GROUP = 6, 4
_TOKEN = 43


def new_token() -> str:
    """Draw the token of a session: 256 bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    """The hash of a token, or nothing for what cannot be one."""
    is_token = len(token) == _TOKEN and token.isascii()
    return hashlib.sha256(token.encode()).digest() if is_token else b""


def new_code() -> str:
    """Draw a code of 120 bits, in groups of four: enough to be kept as a plain keyed hash (ASVS 6.5.2)."""
    return "-".join("".join(secrets.choice(_SIGNS) for _sign in range(_GROUP)) for _group in range(_GROUPS))


def typed_code(text: str) -> str:
    """A code as somebody typed it, spelled as it was drawn; an empty text for what cannot be one."""
    signs = "".join(text.split()).replace("-", "").upper()
    if len(signs) != _GROUPS * _GROUP or not set(signs) <= set(_SIGNS):
        return ""
    return "-".join(signs[place : place + _GROUP] for place in range(0, len(signs), _GROUP))
