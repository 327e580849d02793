"""Set up an installation, and say every reason why it must not serve yet."""

from pathlib import Path

from triage.cases.roles import Side
from triage.casework.engine import RulesUnreadable
from triage.casework.service import Service
from triage.settings import LOOPBACK, PasswordProfile, Settings
from triage.store import audit
from triage.store.audit import Broken, Verified
from triage.store.keys import create_keys
from triage.store.staff import accounts

__all__ = ["Broken", "Verified", "create_key_files", "reasons_not_to_serve", "verify_audit"]


def create_key_files(settings: Settings) -> tuple[Path, ...]:
    """Write the key files that are missing, mode 0400. Output: those written."""
    return create_keys(settings.keys)


def reasons_not_to_serve(service: Service) -> tuple[str, ...]:
    """Every reason why this installation must not be opened to people, each with its name (security page 2.2, O1).

    Missing, weak or exposed keys and an unprepared database are found before, when the service is opened.
    """
    settings = service.settings
    reasons = [*_flow_reasons(service)]
    with service.reading() as work:
        demonstration_account = accounts.has_demonstration_account(work)
        sides = accounts.sides_with_accounts(work)
    if settings.demonstration and settings.host not in LOOPBACK:
        reasons.append("demonstration-exposed: a demonstration listens on the loopback address alone.")
    if not settings.demonstration and demonstration_account:
        reasons.append("demonstration-account: an account with a published password exists in this database.")
    if settings.password_profile is not PasswordProfile.STANDARD:
        reasons.append("password-profile: the cheap profile is for tests alone.")
    if not {Side.SUPPORT.value, Side.PROGRAMME.value} <= sides:
        reasons.append("one-sided: there must be an account on the support side and one on the programme side.")
    return tuple(reasons)


def _flow_reasons(service: Service) -> tuple[str, ...]:
    """A flow that has problems is never served (design page 3)."""
    try:
        service.load()
    except RulesUnreadable as unreadable:
        return (f"flows-unreadable: run `triage check`.\n{unreadable}",)
    return ()


def verify_audit(service: Service) -> Verified | Broken:
    """Recompute the audit chain."""
    with service.reading() as work:
        return audit.verify(work.connection, service.keys.audit.secret)
