"""Say what is due: take posts, send each outside of any transaction, and settle it. Any number of processes may do so.

A try that fails is made again after growing waits, eight in all within a day; then the post is parked, and whoever
administers the service sees it. Before each try it is asked again whether there is anything left to say, and whether
the address of an agency may be used: one that is also a contact point of a person in the record is not (security page
2.2 P3). Who is in the record must not be read from that: an e-mail that fails, fails with one fault whatever the cause,
a collision is tried like a server that does not answer, and the support side alone is told. E-mails to staff have fixed
texts without content and always go: nobody stops them by giving an address of the service as their own.
"""

import logging
import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from triage.cases.agency.lifecycle import State as ReferralState
from triage.cases.agency.lifecycle import published
from triage.cases.agency.problems import days_due
from triage.cases.agency.spelling import read
from triage.cases.roles import Role
from triage.casework.contact_points import reaches_a_person
from triage.casework.messages.hooks import event_body, send_event, signed
from triage.casework.messages.kinds import TO_AGENCIES, Kind, is_mail, texts
from triage.casework.messages.mail import message_of, send_mail
from triage.casework.messages.outcome import Failed
from triage.casework.messages.posting import say_to_staff
from triage.casework.service import RULES, Busy, Service
from triage.store.agency.listing import reviewed_on
from triage.store.agency.referrals import read_content, read_events
from triage.store.audit import Entry
from triage.store.outbox.mailboxes import find_mailbox
from triage.store.outbox.posts import Delivery, Post, State, settle, take_due
from triage.store.outbox.webhooks import Webhook, find_webhook
from triage.store.work import Work

AT_ONCE: Final = 20
"""Posts taken by one lease: twenty of the slowest end well within it."""
WAITS: Final = tuple(timedelta(minutes=one) for one in (1, 5, 30, 120, 240, 420, 600))
"""After the first try that failed, the second, and so on; 23 hours and 36 minutes in all."""
JITTER: Final = 0.2
"""Each wait is shortened by up to this part of it, so that many that failed together do not come back together."""
MOST_REVIEWS: Final = 500
"""Referrals that are opened to see whether a review still waits, the latest sent first."""
SETTLES: Final = 3
"""Times that an end is written down while others write; what stays unsaid is tried again when the lease ends."""
NOT_DELIVERED: Final = "not-delivered"
_LOG: Final = logging.getLogger("triage.messages")


@dataclass(frozen=True, slots=True)
class Addressed:
    """A post with the address it goes to, an e-mail's or a webhook's."""

    address: str
    webhook: Webhook | None = None


def deliver_due(service: Service) -> Counter[State]:
    """Try every post that is due, once, e-mails first. Output: how many ended in which state.

    `WAITING` are tried again later. A webhook that failed is not called again by this round: its posts fail alike.
    """
    ended: Counter[State] = Counter()
    failed: dict[UUID, Failed] = {}
    while True:
        with service.writing(RULES) as work:
            work.is_no_act()
            taken = take_due(work, AT_ONCE, last=Kind.UPDATED)
        for one in taken:
            done = failed.get(one.post.recipient) or _tried(service, one.post)
            if isinstance(done, Failed) and not is_mail(one.post.kind):
                failed[one.post.recipient] = done
            ended[_settled(service, one, done)] += 1
        if len(taken) < AT_ONCE:
            return ended


def _tried(service: Service, post: Post) -> Failed | State:
    """Try one post. A fault of the program is one of this post: it stops no other, and its type alone is logged."""
    try:
        with service.reading(RULES) as work:
            addressed = _addressed(service, work, post)
        if isinstance(addressed, Failed):
            return addressed
        return State.VOID if addressed is None else _send(service, post, addressed) or State.SENT
    except Exception as fault:  # noqa: BLE001 - whatever it is, the others must be sent
        _LOG.error("a post could not be tried: %s", type(fault).__name__)
        return Failed("program")


def _addressed(service: Service, work: Work, post: Post) -> Addressed | Failed | None:
    """Where a post goes now; None when there is nothing left to say."""
    if not is_mail(post.kind):
        webhook = find_webhook(work, post.recipient)
        return Addressed(webhook.url, webhook) if webhook and webhook.confirmed else None
    mailbox = find_mailbox(work, post.recipient)
    address = mailbox.address if mailbox else ""
    if not mailbox or not address or (post.kind == Kind.REVIEW and not _review_waits(work, post)):
        return None
    if service.settings.mail is None:
        return Failed("no-mail-server", for_good=True)
    if post.kind not in TO_AGENCIES or mailbox.is_allowed(work.today):
        return Addressed(address)
    reaches = reaches_a_person(work, address, service.settings.phone_region)
    if reaches is None:
        _LOG.warning("nobody can tell whether an address may be used: look whether match.key is there")
    return Addressed(address) if reaches is False else Failed(NOT_DELIVERED, collides=bool(reaches))


def _review_waits(work: Work, post: Post) -> bool:
    """Whether a referral of the agency that is not closed has a holder whose review is near or past."""
    for one in reviewed_on(work, post.recipient, None, days_due(work.today), MOST_REVIEWS):
        state = published((kept.event for kept in read_events(work, one.id)), work.now).state
        holder = read(read_content(work, one)).holder
        if holder and state is not ReferralState.CLOSED and holder.is_due(work.today):
            return True
    return False


def _send(service: Service, post: Post, addressed: Addressed) -> Failed | None:
    settings, now = service.settings, service.clock()
    if addressed.webhook is None:
        sender = settings.mail.sender if settings.mail else ""
        failed = send_mail(settings, message_of(texts()[Kind(post.kind)], sender, addressed.address, post.id, now))
        if failed:
            _LOG.warning("an e-mail was not taken: %s", failed.fault)
        return Failed(NOT_DELIVERED, failed.for_good) if failed else None
    body = event_body(post.kind, post.reference, post.due)
    headers = signed(post.id, body, now, addressed.webhook.seeds)
    return send_event(addressed.address, headers, body, loopback=settings.demonstration)


def _settled(service: Service, taken: Delivery, done: Failed | State) -> State:
    """Write down how a post ended; what cannot be written stays with its lease, and is tried again after it."""
    for _time in range(SETTLES):
        try:
            return _settle(service, taken, done)
        except Busy:
            continue
        except Exception as fault:  # noqa: BLE001 - as above
            _LOG.error("how a post ended could not be kept: %s", type(fault).__name__)
            break
    return State.WAITING


def _settle(service: Service, taken: Delivery, done: Failed | State) -> State:
    with service.writing(RULES) as work:
        work.is_no_act()  # sending what an act posted is no further act
        if isinstance(done, State):
            settle(work, taken, done)
            return done
        # what asks the support side to look never ends in the sight of others
        last = taken.post.kind != Kind.CONTACT and (done.for_good or taken.tries >= len(WAITS))
        state = State.PARKED if last else State.WAITING
        next_at = None if last else work.now + shortened(WAITS[min(taken.tries, len(WAITS) - 1)])
        if settle(work, taken, state, next_at=next_at, fault=done.fault):
            if last:
                work.audit(Entry("park-message", done.fault, None, taken.post.id))
            if done.collides and not taken.tries:
                say_to_staff(work, Kind.CONTACT, (Role.SUPPORT_ADVOCATE, Role.SAFETY_LEAD))
    return state


def shortened(wait: timedelta) -> timedelta:
    """A wait less a part of it by lot."""
    return wait * (1 - JITTER * secrets.SystemRandom().random())
