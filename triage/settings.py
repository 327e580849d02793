"""Settings: what the environment says, read once and checked at start-up."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FLOWS = ROOT / "flows"
"""The flows shipped with the program."""
LOCALES = ROOT / "locales"
"""The catalogues shipped with the program."""

FLOWS = Path(__file__).resolve().parents[1] / "flows"
"""The flows shipped with the program."""
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class PasswordProfile(StrEnum):
    """How costly a password hash is; the cheap one is for tests alone and refuses to serve."""

    STANDARD = "standard"
    CHEAP_FOR_TESTS = "cheap-for-tests"


class BadSetting(ValueError):
    """A setting that cannot be read; the message names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the environment decides. Secrets are never here: `keys` is the folder that holds them."""

    database_url: str = "sqlite:///var/cairn.sqlite3"
    keys: Path = Path("var/keys")
    flows: Path = FLOWS
    host: str = "127.0.0.1"
    port: int = 8000
    demonstration: bool = False
    password_profile: PasswordProfile = PasswordProfile.STANDARD


_YES_NO = {"": False, "0": False, "no": False, "1": True, "yes": True}


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Read the settings from `TRIAGE_…` variables.

    Input: the environment. Output: the settings, defaults where nothing is said. Raises `BadSetting` for a value
    that cannot be read.
    """
    default = Settings()
    demonstration = environment.get("TRIAGE_DEMONSTRATION", "").lower()
    if demonstration not in _YES_NO:
        raise BadSetting("TRIAGE_DEMONSTRATION must be yes or no.")
    profile = environment.get("TRIAGE_PASSWORD_PROFILE", PasswordProfile.STANDARD)
    if profile not in set(PasswordProfile):
        raise BadSetting("TRIAGE_PASSWORD_PROFILE must be standard or cheap-for-tests.")
    return Settings(
        database_url=_database_url(environment.get("TRIAGE_DATABASE_URL", default.database_url)),
        keys=Path(environment.get("TRIAGE_KEYS", str(default.keys))),
        flows=Path(environment.get("TRIAGE_FLOWS", str(default.flows))),
        host=environment.get("TRIAGE_HOST", default.host),
        port=_port(environment.get("TRIAGE_PORT", str(default.port))),
        demonstration=_YES_NO[demonstration],
        password_profile=PasswordProfile(profile),
    )


def _database_url(text: str) -> str:
    """Accept a SQLite file: PostgreSQL is not served yet, and a database in memory would lose what is recorded."""
    if not text.startswith("sqlite:///") or text == "sqlite:///" or ":memory:" in text:
        raise BadSetting("TRIAGE_DATABASE_URL must name a SQLite file, such as sqlite:///var/cairn.sqlite3.")
    return text


def _port(text: str) -> int:
    """Read a port; only ASCII digits count."""
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and 0 < int(text) <= 65535):
        raise BadSetting("TRIAGE_PORT must be a number from 1 to 65535.")
    return int(text)
