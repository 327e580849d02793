"""Set up an installation, and say every reason why it must not serve yet."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from triage.cases.roles import Role, Side
from triage.casework.engine import RulesUnreadable
from triage.casework.messages.configuration import mail_reasons
from triage.casework.provider.configuration import provider_reasons
from triage.casework.service import RULES, Service
from triage.casework.sheets.library import sheet_problems
from triage.settings import LOOPBACK, PasswordProfile, Settings
from triage.store import audit
from triage.store.audit import Broken, Verified
from triage.store.database import database_file
from triage.store.engines.examining import server_reasons
from triage.store.keys import create_keys
from triage.store.staff import accounts

__all__ = ["Broken", "Verified", "create_key_files", "reasons_not_to_serve", "verify_audit"]

TELLING = frozenset({"abuse", "violen", "perpetrat", "victim", "survivor", "domestic", "auteur", "agress", "maltrait"})
"""Parts of words that a host name must not hold: it stands in histories and on shared screens (security page 3.7)."""
_OFF = frozenset({"", "0", "false", "no"})
_DEVELOPMENT = {
    "FLASK_DEBUG": _OFF, "FLASK_RUN_FROM_CLI": _OFF, "WERKZEUG_RUN_MAIN": _OFF, "PYTHONINSPECT": frozenset({""}),
    "PYTHONOPTIMIZE": _OFF, "SQLALCHEMY_ECHO": _OFF, "FLASK_ENV": frozenset({"", "production"}),
}  # fmt: skip
"""Switches of the environment that open a debugger or write data to a log, and the values at which they do nothing."""


def create_key_files(settings: Settings) -> tuple[Path, ...]:
    """Write the key files that are missing, mode 0400. Output: those written."""
    return create_keys(settings.keys)


def reasons_not_to_serve(service: Service, environment: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Every reason why this installation must not be opened to people, each with its name (security page 2.2, O1).

    Inputs: the opened service, and the environment, whose switches for development are refused. Missing, weak or
    exposed keys and an unprepared database are found before, when the service is opened.
    """
    return (
        *_flow_reasons(service),
        *_sheet_reasons(service.settings.flows),
        *_setting_reasons(service.settings),
        *provider_reasons(service.settings),
        *mail_reasons(service.settings, TELLING),
        *_account_reasons(service),
        *_file_reasons(service),
        *server_reasons(service.database.reader),
        *_environment_reasons(environment or {}),
    )


def _setting_reasons(settings: Settings) -> Iterator[str]:
    """What must not be configured so."""
    on_loopback, host = settings.host in LOOPBACK, urlsplit(settings.address).hostname or ""
    if settings.demonstration and not on_loopback:
        yield "demonstration-exposed: a demonstration listens on the loopback address alone."
    if settings.demonstration and host and host not in LOOPBACK:
        yield "demonstration-published: a demonstration has no public address; take TRIAGE_ADDRESS away."
    if settings.password_profile is not PasswordProfile.STANDARD:
        yield "password-profile: the cheap profile is for tests alone."
    if settings.demonstration:
        return
    if not on_loopback and not settings.address:
        yield "address-missing: say in TRIAGE_ADDRESS which address people type."
    if settings.address.startswith("http:") and host not in LOOPBACK:
        yield "address-insecure: TRIAGE_ADDRESS must begin with https://."
    if any(word in host.replace("-", "") for word in TELLING):
        yield "address-tells: the host name in TRIAGE_ADDRESS must say nothing about what the service is for."
    if settings.address.startswith("https:") and not settings.proxies:
        yield "proxy-unsaid: https is spoken by a proxy; say in TRIAGE_PROXIES how many stand before the program."


def _account_reasons(service: Service) -> Iterator[str]:
    """Which accounts must exist, and which must not."""
    with service.reading() as work:
        open_ones = [one for one in accounts.all_accounts(work) if not one.closed]
        demonstration_account = accounts.has_demonstration_account(work)
    sides, roles = {one.side for one in open_ones}, {one.role for one in open_ones}
    if not service.settings.demonstration and demonstration_account:
        yield "demonstration-account: an account with a published password exists in this database."
    if not {Side.SUPPORT.value, Side.PROGRAMME.value} <= sides:
        yield "one-sided: there must be an account on the support side and one on the programme side."
    if Role.ADMINISTRATOR.value not in roles:
        yield "no-administrator: make one with `triage init --account NAME --role administrator`."


def _file_reasons(service: Service) -> Iterator[str]:
    """Which files others can read, and keys that a copy of the database would take along."""
    file = database_file(service.settings.database_url)
    if file and file.stat().st_mode & 0o077:
        yield f"database-exposed: {file.resolve()} can be read by others; it must be 0600."
    if file and service.settings.keys.resolve() == file.resolve().parent:
        yield "keys-beside-database: keep TRIAGE_KEYS in a folder of its own, or a copy takes both."
    if service.settings.keys.resolve().stat().st_mode & 0o077:
        yield "key-folder-exposed: the folder TRIAGE_KEYS can be read by others; it must be 0700."


def _environment_reasons(environment: Mapping[str, str]) -> Iterator[str]:
    """Switches that are for development alone."""
    for name, kept in _DEVELOPMENT.items():
        if environment.get(name, "").lower() not in kept:
            yield f"development-switch: {name} must not be set where people are served."


def _flow_reasons(service: Service) -> tuple[str, ...]:
    """A flow that has problems is never served (design page 3)."""
    try:
        service.load()
    except RulesUnreadable as unreadable:
        return (f"flows-unreadable: run `triage check`.\n{unreadable}",)
    return ()


def _sheet_reasons(flows: Path) -> Iterator[str]:
    """Sheets that cannot be read are given to nobody: not even the pages that offer them would open."""
    if problems := sheet_problems(flows):
        told = "\n".join(map(str, problems))
        yield f"sheets-unreadable: run `triage check`.\n{told}"


def verify_audit(service: Service) -> Verified | Broken:
    """Recompute the audit chain."""
    with service.reading(RULES) as work:
        return audit.verify(work.connection, service.keys.audit.secret)
