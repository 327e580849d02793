"""What happened to somebody's own account, told to them from the audit: what, and when; never from where.

No address is kept: every sign-in is told, and its owner says which was not theirs. Source: ASVS 5.0, 6.3.5 and 6.3.7.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from triage.cases.roles import Actor
from triage.casework.service import Service
from triage.store.audit_reading import Told, told_of_account

SHOWN_FOR: Final = timedelta(days=90)
MOST_SHOWN: Final = 30


class Change(StrEnum):
    """What happened to an account."""

    PASSWORD = "password"  # noqa: S105 - the name of what was changed
    AUTHENTICATOR = "authenticator"
    PASSKEY_ADDED = "passkey-added"
    PASSKEY_REMOVED = "passkey-removed"
    CODES_RENEWED = "codes-renewed"
    CODE_USED = "code-used"
    INVITATION = "invitation"
    RESET = "reset"
    STANDING = "standing"
    LINKED = "linked"
    UNLINKED = "unlinked"
    SIGNED_IN = "signed-in"
    REFUSED = "refused"


_CHANGES: Final[Mapping[tuple[str, str], Change]] = MappingProxyType(
    {
        ("change-password", "recorded"): Change.PASSWORD,
        ("enrol-factor", "recorded"): Change.AUTHENTICATOR,
        ("add-passkey", "recorded"): Change.PASSKEY_ADDED,
        ("remove-passkey", "recorded"): Change.PASSKEY_REMOVED,
        ("renew-recovery-codes", "recorded"): Change.CODES_RENEWED,
        ("second-factor", "recorded recovery code"): Change.CODE_USED,
        ("accept-invitation", "recorded"): Change.INVITATION,
        ("confirm-reset-factors", "recorded"): Change.RESET,
        ("confirm-change-standing", "recorded"): Change.STANDING,
        ("link-provider", "recorded"): Change.LINKED,
        ("unlink-provider", "recorded"): Change.UNLINKED,
        ("sign-in", "recorded"): Change.SIGNED_IN,
        ("sign-in", "recorded factor"): Change.SIGNED_IN,
        ("sign-in", "recorded enrol"): Change.SIGNED_IN,
        ("provider-sign-in", "recorded factor"): Change.SIGNED_IN,
        ("sign-in", "refused"): Change.REFUSED,
        ("second-factor", "refused"): Change.REFUSED,
    }
)
"""By act and result of the audit, what its owner is told. A line that is not listed is none of these."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that happened to an account; `at` in seconds since 1970."""

    change: Change
    at: int


def notices(service: Service, actor: Actor) -> tuple[Notice, ...]:
    """Tell what happened to the actor's own account within `SHOWN_FOR`, the latest first, at most `MOST_SHOWN`."""
    with service.reading(actor) as work:
        since = (work.now - SHOWN_FOR).isoformat(timespec="milliseconds")
        with work.by_rules():  # what others did with it too; of this account alone
            found = told_of_account(work, actor.id, frozenset(act for act, _result in _CHANGES), since)
    told = (one for one in found if (one.act, one.result) in _CHANGES and _is_of_owner(one, actor))
    return tuple(_notice(one) for one in told)[:MOST_SHOWN]


def has_news(service: Service, actor: Actor) -> bool:
    """Whether anything but a sign-in happened between the last two sign-ins."""
    told = notices(service, actor)
    entered = [place for place, one in enumerate(told) if one.change is Change.SIGNED_IN]
    if not entered:
        return False
    between = told[entered[0] + 1 : entered[1] if len(entered) > 1 else None]
    return bool(between)


def _is_of_owner(one: Told, owner: Actor) -> bool:
    """Whether a line is about the account; what its owner confirmed as a second person is about another's."""
    return one.actor != owner.id or not one.act.startswith("confirm-")


def _notice(one: Told) -> Notice:
    return Notice(_CHANGES[one.act, one.result], int(datetime.fromisoformat(one.utc).timestamp()))
