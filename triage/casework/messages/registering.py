"""Who is told outside: the mailbox of an agency or of a member of staff, and the webhook of a client of the API.

A webhook takes two roles: it is registered at the command line, and nothing goes there before an administrator lets it
from a page (ADR 0070). Its keys are drawn here; the receiver is given the public halves.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final
from uuid import UUID, uuid4

from triage.cases.wall import Reason, Refused
from triage.casework.messages.guard import Forbidden, read_target
from triage.casework.messages.hooks import new_seed, public_half
from triage.casework.service import RULES, Service
from triage.settings import is_mail_address
from triage.store.agency.clients import find_client
from triage.store.agency.organisations import read_agency
from triage.store.audit import Entry
from triage.store.outbox.mailboxes import replace_mailbox
from triage.store.outbox.webhooks import Webhook, close_webhook, find_webhook, insert_webhook, replace_seeds
from triage.store.staff.accounts import find_account
from triage.store.work import Work

MOST_KEYS: Final = 2
"""Two keys of a webhook sign at a time at most, so that one takes over from the other."""


@dataclass(frozen=True, slots=True)
class Registered:
    """A webhook and the public halves of the keys by which its events are signed."""

    id: UUID
    keys: tuple[str, ...]


def agency_mailbox(service: Service, agency_id: UUID, address: str) -> UUID | Refused:
    """Say where an agency is written to; an empty address takes it away."""
    with service.writing(RULES) as work:
        known = read_agency(work, agency_id)
        return _mailbox(work, known.id if known and not known.closed else None, address)


def staff_mailbox(service: Service, name: str, address: str) -> UUID | Refused:
    """Say where a member of staff, by the name they sign in with, is written to; empty takes it away."""
    with service.writing(RULES) as work:
        known = find_account(work, name)
        return _mailbox(work, known.id if known else None, address)


def register_webhook(service: Service, client_id: UUID, url: str) -> Registered | Refused:
    """Register a webhook of a client, to be confirmed on the page of messages."""
    try:
        read_target(url, loopback=service.settings.demonstration)
        wrong: tuple[str, ...] = ()
    except Forbidden:
        wrong = (
            "url: nothing is sent there. It must begin with https:// and name a public host, on port 443 or 8443.",
        )
    webhook = Webhook(uuid4(), client_id, url, (new_seed(),))
    with service.writing(RULES) as work:
        known = not wrong and find_client(work, client_id) is not None
        if known:
            insert_webhook(work, webhook)
        work.audit(Entry("register-webhook", "recorded" if known else "refused", None, webhook.id))
    return _told(webhook) if known else _not_accepted(*(wrong or ("client: there is no such open client.",)))


def add_webhook_key(service: Service, webhook_id: UUID) -> Registered | Refused:
    """Draw a second key for a webhook; both sign until the older one is retired."""
    return _turn(service, webhook_id, "add-webhook-key", lambda seeds: (*seeds, new_seed()))


def retire_webhook_key(service: Service, webhook_id: UUID) -> Registered | Refused:
    """Take the older of two keys away."""
    return _turn(service, webhook_id, "retire-webhook-key", lambda seeds: seeds[1:])


def retire_webhook(service: Service, webhook_id: UUID) -> bool:
    """Close a webhook for good."""
    with service.writing(RULES) as work:
        done = close_webhook(work, webhook_id)
        work.audit(Entry("retire-webhook", "recorded" if done else "refused", None, webhook_id))
    return done


def _turn(
    service: Service, webhook_id: UUID, act: str, turned: Callable[[tuple[str, ...]], tuple[str, ...]]
) -> Registered | Refused:
    with service.writing(RULES) as work:
        found = find_webhook(work, webhook_id)
        seeds = turned(found.seeds) if found else ()
        done = found is not None and 1 <= len(seeds) <= MOST_KEYS
        if found and done:
            found = replace(found, seeds=seeds)
            replace_seeds(work, found)
        work.audit(Entry(act, "recorded" if done else "refused", None, webhook_id))
    if found is None or not done:
        return _not_accepted("webhook: there is no such open webhook, or it does not have that many keys.")
    return _told(found)


def _mailbox(work: Work, owner_id: UUID | None, address: str) -> UUID | Refused:
    fits = owner_id is not None and (not address or is_mail_address(address))
    if owner_id is not None and fits:
        replace_mailbox(work, owner_id, address)
    work.audit(Entry("set-mailbox", "recorded" if fits else "refused", None, owner_id))
    if owner_id is None or not fits:
        return _not_accepted("owner or address: there is no such open owner, or this is no e-mail address.")
    return owner_id


def _told(webhook: Webhook) -> Registered:
    return Registered(webhook.id, tuple(map(public_half, webhook.seeds)))


def _not_accepted(*problems: str) -> Refused:
    return Refused(Reason.NOT_ACCEPTED, "6.5", problems)
