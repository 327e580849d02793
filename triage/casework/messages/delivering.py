"""Say what is due: take posts, send each outside of any transaction, and settle it. Any number of processes may do so.

A try that fails is made again after growing waits, eight in all within a day; then the post is parked, and whoever
administers the service sees it. Before each try it is asked again whether there is anything left to say, and whether
the address may be used: one that is also a contact point of a person in the record is not (security page 2.2 P3).
"""

import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from triage.cases.agency.lifecycle import State as ReferralState
from triage.cases.agency.lifecycle import published
from triage.cases.agency.spelling import read
from triage.cases.roles import Role
from triage.casework.contact_points import reaches_a_person
from triage.casework.messages.hooks import event_body, send_event, signed
from triage.casework.messages.kinds import Kind, is_mail, texts
from triage.casework.messages.mail import message_of, send_mail
from triage.casework.messages.outcome import Failed
from triage.casework.messages.posting import say_to_staff
from triage.casework.service import RULES, Service
from triage.store.agency.organisations import read_agency
from triage.store.agency.referrals import read_content, read_events, referrals_of
from triage.store.audit import Entry
from triage.store.outbox.mailboxes import read_address
from triage.store.outbox.posts import Delivery, Post, State, settle, take_due
from triage.store.outbox.webhooks import Webhook, find_webhook
from triage.store.work import Work

AT_ONCE: Final = 20
"""Posts taken by one lease: twenty of the slowest end well within it."""
WAITS: Final = tuple(timedelta(minutes=one) for one in (1, 5, 30, 120, 240, 420, 600))
"""After the first try that failed, the second, and so on; 23 hours and 36 minutes in all."""
JITTER: Final = 0.2
"""Each wait is shortened by up to this part of it, so that many that failed together do not come back together."""
NOT_TO_USE: Final = "address-not-to-use"


@dataclass(frozen=True, slots=True)
class Addressed:
    """A post with the address it goes to, an e-mail's or a webhook's."""

    address: str
    webhook: Webhook | None = None


def deliver_due(service: Service) -> Counter[State]:
    """Try every post that is due, once. Output: how many ended in which state; `WAITING` are tried again later."""
    ended: Counter[State] = Counter()
    while True:
        with service.writing(RULES) as work:
            work.is_no_act()
            taken = take_due(work, AT_ONCE)
        for one in taken:
            ended[_deliver(service, one)] += 1
        if len(taken) < AT_ONCE:
            return ended


def _deliver(service: Service, taken: Delivery) -> State:
    try:
        with service.reading(RULES) as work:
            addressed = _addressed(service, work, taken.post)
        done = (
            addressed if addressed is None or isinstance(addressed, Failed) else _send(service, taken.post, addressed)
        )
        return _settle(service, taken, done, void=addressed is None)
    except Exception:  # one post that breaks the program must not stop all others: it fails, and says so
        _settle(service, taken, Failed("program"), void=False)
        raise


def _addressed(service: Service, work: Work, post: Post) -> Addressed | Failed | None:
    """Where a post goes now; None when there is nothing left to say."""
    if not is_mail(post.kind):
        webhook = find_webhook(work, post.recipient)
        return Addressed(webhook.url, webhook) if webhook and webhook.confirmed else None
    address = read_address(work, post.recipient)
    if not address or (post.kind == Kind.REVIEW and not _review_waits(work, post)):
        return None
    reaches = reaches_a_person(work, address, service.settings.phone_region)
    if reaches is None:
        return Failed("cannot-tell")
    return Failed(NOT_TO_USE, for_good=True) if reaches else Addressed(address)


def _review_waits(work: Work, post: Post) -> bool:
    """Whether a referral of the agency that is still open has a holder whose review is near."""
    agency = read_agency(work, post.recipient)
    for one in referrals_of(work, agency.id) if agency else ():
        if one.sent is None:
            continue
        state = published((kept.event for kept in read_events(work, one.id)), work.now).state
        holder = read(read_content(work, one)).holder
        if holder and state is not ReferralState.CLOSED and holder.is_due(work.today):
            return True
    return False


def _send(service: Service, post: Post, addressed: Addressed) -> Failed | None:
    settings, now = service.settings, service.clock()
    if addressed.webhook is None:
        if settings.mail is None:
            return Failed("no-mail-server", for_good=True)
        text = texts()[Kind(post.kind)]
        return send_mail(settings, message_of(text, settings.mail.sender, addressed.address, post.id, now))
    body = event_body(post.kind, post.reference, post.due)
    headers = signed(post.id, body, now, addressed.webhook.seeds)
    return send_event(addressed.address, headers, body, loopback=settings.demonstration)


def _settle(service: Service, taken: Delivery, done: Addressed | Failed | None, *, void: bool) -> State:
    state = State.VOID if void else State.SENT
    next_at: datetime | None = None
    fault = done.fault if isinstance(done, Failed) else ""
    with service.writing(RULES) as work:
        if isinstance(done, Failed):
            last = done.for_good or taken.tries >= len(WAITS)
            state = State.PARKED if last else State.WAITING
            next_at = None if last else work.now + shortened(WAITS[taken.tries])
        if settle(work, taken, state, next_at=next_at, fault=fault) and state is State.PARKED:
            work.audit(Entry("park-message", fault, None, taken.post.id))
            if fault == NOT_TO_USE:
                say_to_staff(work, Kind.CONTACT, (Role.SUPPORT_ADVOCATE, Role.SAFETY_LEAD))
        work.is_no_act()  # sending what an act posted is no further act
    return state


def shortened(wait: timedelta) -> timedelta:
    """A wait less a part of it by lot."""
    return wait * (1 - JITTER * secrets.SystemRandom().random())
