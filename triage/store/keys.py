"""The keys outside the database: files of mode 0400 in one folder, read once, refused when anybody else can read them.

Files: `support.key` and `programme.key` wrap the data keys of either side, `audit.key` seals the audit chain,
`index.key` makes the keyed indexes, `web.key` signs the forms of the web side, `match.key` makes the tokens by which
people are recognised and seals what they are compared by. Without `match.key` the service opens, and every new case is
held until it has been searched. Source: security page 4.1 and 4.2; ADR 0011 and 0055.
"""

import base64
import binascii
import hashlib
import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

FILES = ("support", "programme", "audit", "index", "web", "match")
_MAY_BE_MISSING = frozenset({"match"})
KEY_BYTES = 32
_LEAST_DIFFERENT_BYTES = 16  # 32 random bytes hold fewer than 16 different ones about never (below 1 in 10^12)


@dataclass(frozen=True, slots=True, repr=False)
class Key:
    """One secret of 256 bits and the short public name by which stored values say which key they need."""

    secret: bytes
    kid: str


@dataclass(frozen=True, slots=True, repr=False)
class Keyring:
    """Every key of an installation."""

    support: Key
    programme: Key
    audit: Key
    index: Key
    web: Key
    match: Key | None = None

    def wrapping(self, side: str) -> Key:
        """The key that wraps the data keys of a side."""
        return self.support if side == "support" else self.programme


def kid_of(secret: bytes) -> str:
    """The public name of a key: eight hexadecimal digits of its hash."""
    return hashlib.sha256(b"cairn key id" + secret).hexdigest()[:8]


def create_keys(folder: Path) -> tuple[Path, ...]:
    """Write the key files that are missing, each readable by its owner alone; existing ones are never touched.

    Output: the files written. Raises `OSError` when the folder cannot be written.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = []
    for name in FILES:
        path = folder / f"{name}.key"
        if path.exists():
            continue
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
        with os.fdopen(descriptor, "wb") as file:
            file.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        written.append(path)
    return tuple(written)


def read_keys(folder: Path) -> Keyring | tuple[str, ...]:
    """Read the keys, or say everything that is wrong with them, one sentence each, without ever naming a secret."""
    found: dict[str, Key] = {}
    problems: list[str] = []
    for name in FILES:
        if name in _MAY_BE_MISSING and not (folder / f"{name}.key").exists():
            continue
        key = _read_key(folder / f"{name}.key")
        if isinstance(key, str):
            problems.append(key)
        else:
            found[name] = key
    if len({key.secret for key in found.values()}) < len(found):
        problems.append(f"key-repeated: two key files in {folder} hold the same key.")
    return tuple(problems) if problems else Keyring(**found)


def _read_key(path: Path) -> Key | str:
    """Read one key file, or say what is wrong with it."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        text = path.read_bytes()
    except OSError:
        return f"key-missing: {path} cannot be read; run `triage init`."
    if mode & 0o077:
        return f"key-exposed: {path} can be read by others (mode {mode:04o}); it must be 0400."
    try:
        secret = base64.b64decode(text.strip(), validate=True)
    except binascii.Error:
        secret = b""
    if len(secret) != KEY_BYTES or len(set(secret)) < _LEAST_DIFFERENT_BYTES:
        return f"key-weak: {path} does not hold 256 random bits."
    return Key(secret, kid_of(secret))
