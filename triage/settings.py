"""Settings: what the environment says, read once and checked at start-up."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
FLOWS = ROOT / "flows"
"""The flows shipped with the program."""
LOCALES = ROOT / "locales"
"""The catalogues shipped with the program."""
MOST_PROXIES = 5
LONGEST_ADDRESS = 254
_MAIL_ADDRESS = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class PasswordProfile(StrEnum):
    """How costly a password hash is; the cheap one is for tests alone and refuses to serve."""

    STANDARD = "standard"
    CHEAP_FOR_TESTS = "cheap-for-tests"


class Transport(StrEnum):
    """How e-mail goes to the mail server: encrypted from the start, by STARTTLS, or not at all (a demonstration)."""

    TLS = "smtps"
    STARTTLS = "smtp"
    PLAIN = "plain"


class BadSetting(ValueError):
    """A setting that cannot be read; the message names it."""


@dataclass(frozen=True, slots=True)
class ProviderSettings:
    """A provider of identities by which staff may sign in (OpenID Connect): its address, and what it calls us.

    `name` is what the screens call it. The secret of the client lies in the folder of the keys.
    """

    issuer: str
    client: str
    name: str


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The mail server, the address that messages come from, and as whom to sign in there (empty: nobody).

    The password lies in the folder of the keys.
    """

    transport: Transport
    host: str
    port: int
    sender: str
    user: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the environment decides. Secrets are never here: `keys` is the folder that holds them.

    `address` is what people type in their browser, such as https://desk.example.org; `proxies` is how many proxies of
    one's own stand before the program and say in X-Forwarded-For where a request comes from. `owner_url` is the
    PostgreSQL role that owns the tables; only `triage init` uses it. `phone_region` is the country of telephone numbers
    without a country code; `country` the one whose emergency numbers the danger page shows. `service_phone` and
    `service_mail` are where complaints go: they stand on sheets that are printed for a person, and tell nothing.
    """

    database_url: str = "sqlite:///var/cairn.sqlite3"
    owner_url: str = ""
    keys: Path = Path("var/keys")
    flows: Path = FLOWS
    host: str = "127.0.0.1"
    port: int = 8000
    address: str = ""
    proxies: int = 0
    demonstration: bool = False
    password_profile: PasswordProfile = PasswordProfile.STANDARD
    phone_region: str = "GB"
    country: str = "GB"
    provider: ProviderSettings | None = None
    password_sign_in: bool = True
    mail: MailSettings | None = None
    service_phone: str = ""
    service_mail: str = ""


_YES_NO = {"": False, "0": False, "no": False, "1": True, "yes": True}


def settings_from(environment: Mapping[str, str]) -> Settings:
    """Read the settings from `TRIAGE_…` variables.

    Input: the environment. Output: the settings, defaults where nothing is said. Raises `BadSetting` for a value
    that cannot be read.
    """
    default = Settings()
    profile = environment.get("TRIAGE_PASSWORD_PROFILE", PasswordProfile.STANDARD)
    if profile not in set(PasswordProfile):
        raise BadSetting("TRIAGE_PASSWORD_PROFILE must be standard or cheap-for-tests.")
    return Settings(
        database_url=_database_url(environment.get("TRIAGE_DATABASE_URL", default.database_url)),
        owner_url=_owner_url(environment.get("TRIAGE_DATABASE_OWNER_URL", default.owner_url)),
        keys=Path(environment.get("TRIAGE_KEYS", str(default.keys))),
        flows=Path(environment.get("TRIAGE_FLOWS", str(default.flows))),
        host=environment.get("TRIAGE_HOST", default.host),
        port=_port(environment.get("TRIAGE_PORT", str(default.port))),
        address=_address(environment.get("TRIAGE_ADDRESS", default.address)),
        proxies=_proxies(environment.get("TRIAGE_PROXIES", str(default.proxies))),
        demonstration=_yes_or_no(environment, "TRIAGE_DEMONSTRATION", default.demonstration),
        password_profile=PasswordProfile(profile),
        phone_region=_country(environment, "TRIAGE_PHONE_REGION", default.phone_region),
        country=_country(environment, "TRIAGE_COUNTRY", default.country),
        provider=_provider(environment),
        password_sign_in=_yes_or_no(environment, "TRIAGE_PASSWORD_SIGN_IN", default.password_sign_in),
        mail=_mail(environment),
        service_phone=_service_phone(environment.get("TRIAGE_SERVICE_PHONE", "")),
        service_mail=_service_mail(environment.get("TRIAGE_SERVICE_MAIL", "")),
    )


def _yes_or_no(environment: Mapping[str, str], name: str, default: bool) -> bool:
    """Read a yes or no; nothing said is the default."""
    text = environment.get(name, "").lower()
    if text not in _YES_NO:
        raise BadSetting(f"{name} must be yes or no.")
    return _YES_NO[text] if text else default


def _provider(environment: Mapping[str, str]) -> ProviderSettings | None:
    """Read the provider of identities: all of it, or nothing."""
    issuer, client = environment.get("TRIAGE_OIDC_ISSUER", ""), environment.get("TRIAGE_OIDC_CLIENT", "")
    if not issuer and not client:
        return None
    try:
        parts = urlsplit(issuer)
        plain = parts.hostname and not (parts.username or parts.password or parts.query or parts.fragment)
    except ValueError:  # no host that could be one
        plain = False
    if not plain or not issuer.startswith(("http://", "https://")) or not issuer.isascii() or not issuer.isprintable():
        raise BadSetting("TRIAGE_OIDC_ISSUER must be an address such as https://login.example.org.")
    if not client or not client.isascii() or not client.isprintable():
        raise BadSetting("TRIAGE_OIDC_CLIENT must say as which client the provider knows this service.")
    return ProviderSettings(issuer, client, environment.get("TRIAGE_OIDC_NAME", "") or str(parts.hostname))


def is_mail_address(text: str) -> bool:
    """Whether a text is an e-mail address as mail servers of today take them: plain signs, one name, one host."""
    return len(text) <= LONGEST_ADDRESS and _MAIL_ADDRESS.fullmatch(text) is not None


def _mail(environment: Mapping[str, str]) -> MailSettings | None:
    """Read the mail server: all of it, or nothing."""
    server, sender = environment.get("TRIAGE_MAIL_SERVER", ""), environment.get("TRIAGE_MAIL_FROM", "")
    user = environment.get("TRIAGE_MAIL_USER", "")
    if not server and not sender and not user:
        return None
    try:
        parts = urlsplit(server)
        transport, host, port = Transport(parts.scheme), parts.hostname or "", parts.port or 0
    except ValueError:  # no such scheme, or no port that could be one
        host, port, transport = "", 0, Transport.TLS
    if not port or not host or server != f"{transport}://{host}:{port}":
        raise BadSetting(
            "TRIAGE_MAIL_SERVER must be smtps:// or smtp:// with a host and a port, such as smtps://mail.example.org:465."
        )
    if not is_mail_address(sender):
        raise BadSetting("TRIAGE_MAIL_FROM must be an e-mail address such as post@example.org.")
    if not user.isprintable():
        raise BadSetting("TRIAGE_MAIL_USER must say as whom to sign in at the mail server.")
    return MailSettings(transport, host, port, sender, user)


def _service_phone(text: str) -> str:
    """Read the number that sheets name for complaints: digits in groups, or nothing."""
    if text and not re.fullmatch(r"\+?[0-9]+(?: [0-9]+)*", text):
        raise BadSetting("TRIAGE_SERVICE_PHONE must be a number to call: digits in groups, such as 020 7946 0000.")
    return text


def _service_mail(text: str) -> str:
    """Read the address that sheets name for complaints, or nothing."""
    if text and not is_mail_address(text):
        raise BadSetting("TRIAGE_SERVICE_MAIL must be an e-mail address such as post@example.org.")
    return text


def _country(environment: Mapping[str, str], name: str, default: str) -> str:
    """Read a country: two capital letters of ISO 3166."""
    text = environment.get(name, default)
    if not (len(text) == 2 and text.isascii() and text.isalpha() and text.isupper()):
        raise BadSetting(f"{name} must be two capital letters, such as GB or FR.")
    return text


def _database_url(text: str) -> str:
    """Accept a SQLite file or a PostgreSQL database: a database in memory would lose what is recorded."""
    is_file = text.startswith("sqlite:///") and text != "sqlite:///" and ":memory:" not in text
    if not is_file and not _is_postgresql(text):
        raise BadSetting(
            "TRIAGE_DATABASE_URL must name a SQLite file, such as sqlite:///var/cairn.sqlite3, or a PostgreSQL "
            "database without a password, such as postgresql+psycopg://cairn_app@db.example.org/cairn: a password "
            "stands in a file that PGPASSFILE names."
        )
    return text


def _owner_url(text: str) -> str:
    """Accept nothing, or the PostgreSQL role that owns the tables."""
    if text and not _is_postgresql(text):
        raise BadSetting("TRIAGE_DATABASE_OWNER_URL must name the owner of a PostgreSQL database, without a password.")
    return text


def _is_postgresql(text: str) -> bool:
    """Whether a text names a PostgreSQL database and the role to enter it as, and no password: that is a secret."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme == "postgresql+psycopg" and bool(parts.username) and not parts.password and len(parts.path) > 1


def _address(text: str) -> str:
    """Read an address: a scheme, a host, perhaps a port, and nothing else."""
    try:
        parts = urlsplit(text)
        whole = f"{parts.scheme}://{parts.hostname}" + (f":{parts.port}" if parts.port else "")
    except ValueError:  # no host, or no port, that could be one
        whole = "-"
    if text and (text != whole or not text.startswith(("http://", "https://")) or not parts.hostname):
        raise BadSetting("TRIAGE_ADDRESS must be an address such as https://desk.example.org, with no path.")
    return text


def _proxies(text: str) -> int:
    """Read a small number; only ASCII digits count."""
    if not (text.isascii() and text.isdigit() and len(text) == 1 and int(text) <= MOST_PROXIES):
        raise BadSetting(f"TRIAGE_PROXIES must be a number from 0 to {MOST_PROXIES}.")
    return int(text)


def _port(text: str) -> int:
    """Read a port; only ASCII digits count."""
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and 0 < int(text) <= 65535):
        raise BadSetting("TRIAGE_PORT must be a number from 1 to 65535.")
    return int(text)
