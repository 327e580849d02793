"""What happened to somebody's own account, told to them from the audit: what, and when; never from where.

No address is kept: every sign-in is told, and its owner says which was not theirs. A change is news until its owner
opened the page that tells it; no number of sign-ins hides one. Source: ASVS 5.0, 6.3.5 and 6.3.7.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import takewhile
from types import MappingProxyType
from typing import Final

from triage.cases.roles import Actor
from triage.casework.service import Service
from triage.store.audit import Entry
from triage.store.audit_reading import Told, told_of_account

SHOWN_FOR: Final = timedelta(days=90)
MOST_SHOWN: Final = 30
"""Of the changes, and as many of the sign-ins: these never take the place of those."""
_SEEN: Final = ("see-own-account", "recorded")
"""In the audit: the owner opened the page that tells what happened, and there was something new."""


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


_ENTRIES: Final = frozenset({Change.SIGNED_IN, Change.REFUSED})


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that happened to an account; `at` in seconds since 1970."""

    change: Change
    at: int


def notices(service: Service, actor: Actor) -> tuple[Notice, ...]:
    """Tell what happened to the actor's own account within `SHOWN_FOR`, the latest first, `MOST_SHOWN` of each sort."""
    told = [_notice(one) for one in _lines(service, actor) if _key(one) != _SEEN]
    shown = {
        place
        for entries in (True, False)
        for place in [at for at, one in enumerate(told) if (one.change in _ENTRIES) is entries][:MOST_SHOWN]
    }
    return tuple(one for place, one in enumerate(told) if place in shown)


def see_notices(service: Service, actor: Actor) -> tuple[Notice, ...]:
    """Tell the same to the owner at their page, and write down that they saw it, where anything was new."""
    if _since_seen(_lines(service, actor)):
        with service.writing(actor) as work:
            work.audit(Entry(*_SEEN, actor.id, actor.id))
    return notices(service, actor)


def has_news(service: Service, actor: Actor) -> bool:
    """Whether anything but a sign-in happened before the last sign-in, and its owner did not open the page since."""
    new = _since_seen(_lines(service, actor))
    entered = [place for place, change in enumerate(new) if change is Change.SIGNED_IN]
    return any(change is not Change.SIGNED_IN for change in new[entered[0] :]) if entered else False


def _lines(service: Service, actor: Actor) -> list[Told]:
    """Lines of the audit about an account, the latest first, with those by which its owner saw them."""
    acts = frozenset(act for act, _result in (*_CHANGES, _SEEN))
    with service.reading(actor) as work:
        since = (work.now - SHOWN_FOR).isoformat(timespec="milliseconds")
        with work.by_rules():  # what others did with it too; of this account alone
            found = told_of_account(work, actor.id, acts, since)
    return [one for one in found if _key(one) in {*_CHANGES, _SEEN} and _is_of_owner(one, actor)]


def _since_seen(lines: list[Told]) -> list[Change]:
    """What happened since the owner last opened the page, the latest first."""
    unseen = takewhile(lambda one: _key(one) != _SEEN, lines)
    return [_CHANGES[_key(one)] for one in unseen]


def _key(one: Told) -> tuple[str, str]:
    return one.act, one.result


def _is_of_owner(one: Told, owner: Actor) -> bool:
    """Whether a line is about the account; what its owner confirmed as a second person is about another's."""
    return one.actor != owner.id or not one.act.startswith("confirm-")


def _notice(one: Told) -> Notice:
    return Notice(_CHANGES[_key(one)], int(datetime.fromisoformat(one.utc).timestamp()))
