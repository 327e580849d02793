"""What those who run the service see and do about messages: what is parked or waits, and webhooks to be confirmed.

They see kinds, times and faults; a message has no content, and of which referral it is stays hidden. To which agency an
e-mail goes is hidden too: whoever sets addresses would read from one that fails which of them is in the record. What
asks the support side to look at a contact point is neither listed nor counted, for the same reason (ADR 0081).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from triage.cases.roles import Actor
from triage.cases.wall import Reason, Refused
from triage.casework.access.matrix import access_matrix
from triage.casework.messages.kinds import TO_AGENCIES, Kind
from triage.casework.results import Recorded
from triage.casework.service import RULES, Service
from triage.store.agency.clients import find_client
from triage.store.agency.organisations import all_agencies
from triage.store.audit import Entry
from triage.store.outbox.posts import Delivery, State, count_by_state, decide_parked, posts_in
from triage.store.outbox.webhooks import Webhook, confirm_webhook, open_webhooks
from triage.store.staff.accounts import all_accounts
from triage.store.work import Work


@dataclass(frozen=True, slots=True)
class Message:
    """A post as those who run the service see it: what kind, to whom (no agency), when next, how often tried, why."""

    id: UUID
    kind: Kind
    recipient: str
    next_at: datetime
    tries: int
    fault: str


@dataclass(frozen=True, slots=True)
class Hook:
    """A webhook: of which agency and program, where to, and whether events go there."""

    id: UUID
    agency: str
    client: str
    url: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Messages:
    """How many messages are in each state, the parked and the waiting ones, and the webhooks."""

    counts: Mapping[State, int]
    parked: tuple[Message, ...]
    waiting: tuple[Message, ...]
    hooks: tuple[Hook, ...]
    sends_mail: bool


def messages_of(service: Service, actor: Actor) -> Messages | Refused:
    """List what is parked, what waits, and the webhooks."""
    if refused := _refusal(actor, "get", "list"):
        return refused
    with service.reading(RULES) as work:
        hooks = tuple(_hook(work, one) for one in open_webhooks(work))
        names = _names(work) | {one.id: f"{one.agency}, {one.client}" for one in hooks}
        seen = Messages(
            count_by_state(work, without=Kind.CONTACT),
            tuple(_message(one, names) for one in posts_in(work, State.PARKED, without=Kind.CONTACT)),
            tuple(_message(one, names) for one in posts_in(work, State.WAITING, without=Kind.CONTACT)),
            hooks,
            service.settings.mail is not None,
        )
    with service.writing(actor) as work:
        work.audit(Entry("list-messages", "recorded", actor.id, None, actor.side.value))
    return seen


def decide(service: Service, actor: Actor, post_id: UUID, *, again: bool) -> Recorded | Refused:
    """Let a parked message be tried again, eight times from now on, or give it up."""
    if refused := _refusal(actor, "post", "decide"):
        return refused
    state = State.WAITING if again else State.DROPPED
    with service.writing(RULES) as work:
        done = decide_parked(work, post_id, state)
        act = "retry-message" if again else "drop-message"
        work.audit(Entry(act, "recorded" if done else "refused", actor.id, post_id, actor.side.value))
    return Recorded(0, post_id) if done else Refused(Reason.NOT_NOW)


def confirm(service: Service, actor: Actor, webhook_id: UUID) -> Recorded | Refused:
    """Let events go to a webhook that was registered at the command line: the second of two roles says so."""
    if refused := _refusal(actor, "post", "confirm"):
        return refused
    with service.writing(RULES) as work:
        done = confirm_webhook(work, webhook_id)
        said = "recorded" if done else "refused"
        work.audit(Entry("confirm-webhook", said, actor.id, webhook_id, actor.side.value))
    return Recorded(0, webhook_id) if done else Refused(Reason.NOT_NOW)


def _names(work: Work) -> dict[UUID, str]:
    """What each owner of a mailbox is called."""
    return {one.id: one.name for one in all_agencies(work)} | {one.id: one.name for one in all_accounts(work)}


def _hook(work: Work, webhook: Webhook) -> Hook:
    client = find_client(work, webhook.client_id)
    names = {one.id: one.name for one in all_agencies(work)}
    agency, name = (names[client.agency_id], client.name) if client else ("", "")
    return Hook(webhook.id, agency, name, webhook.url, webhook.confirmed)


def _message(one: Delivery, names: Mapping[UUID, str]) -> Message:
    post = one.post
    recipient = "" if post.kind in TO_AGENCIES else names.get(post.recipient, "")
    return Message(post.id, Kind(post.kind), recipient, one.next_at, one.tries, one.fault)


def _refusal(actor: Actor, method: str, action: str) -> Refused | None:
    """Ask the matrix once more: a duty is refused even where a page forgot its guard."""
    allowed = access_matrix().allows(actor.role, method, "message", action)
    return None if allowed else Refused(Reason.NOT_YOUR_ROLE, "6.5")
