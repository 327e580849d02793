"""What acts say outside: each duty calls one of these in its own transaction; act and post stand or fall together.

To agencies, what happened here is due at the next publication and only when what they are shown changes there: neither
the hour of an act nor the number of acts can be read from a message. To staff, and to an agency about its own act,
messages are gathered for five minutes. Source: security page 3.5; ADR 0051 and 0070.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

from triage.cases.agency.lifecycle import PUBLISHED_AT, Event, State, last_publication, published
from triage.cases.agency.problems import LATEST_REVIEW
from triage.cases.agency.referral import REVIEW_NEAR, Holder
from triage.cases.roles import Role
from triage.casework.messages.kinds import Kind
from triage.store.agency.listing import review_days
from triage.store.outbox.mailboxes import has_mailbox, staff_with_mailbox
from triage.store.outbox.posts import Post, insert_posts
from triage.store.outbox.webhooks import webhooks_of
from triage.store.work import Work

GATHERED: Final = 300
"""Seconds for which messages to staff, and receipts, are gathered into one."""


def next_publication(now: datetime) -> datetime:
    """The next moment at which agencies are shown what happened here."""
    return last_publication(now) + timedelta(days=1)


def say_arrived(work: Work, agency_id: UUID, sent: Sequence[tuple[UUID, Holder | None]]) -> None:
    """Say that referrals arrived: to the agency that they did, to intake that something waits.

    `sent` holds the id of each and who stays responsible; a reminder is posted for the day on which their review is
    near. Webhooks are told at the next publication, at which a referral is being considered.
    """
    with work.by_rules():
        shown = next_publication(work.now)
        posts = [
            Post(Kind.UPDATED, webhook, referral, shown)
            for webhook in webhooks_of(work, agency_id)
            for referral, _holder in sent
        ]
        if has_mailbox(work, agency_id):
            posts.append(Post(Kind.RECEIVED, agency_id, agency_id, _gathered(work.now)))
            posts += [Post(Kind.REVIEW, agency_id, agency_id, due) for due in _reminders(sent, shown)]
        insert_posts(work, (*posts, *_to_staff(work, Kind.INCOMING, {Role.INTAKE_WORKER})))


def say_reviews(work: Work, agency_id: UUID) -> None:
    """Remind an agency that has an address from now on of the reviews of what it sent before it had one."""
    shown = next_publication(work.now)
    days = (work.today + timedelta(days=one) for one in range(1, LATEST_REVIEW.days + 1))
    near = {max(shown, datetime.combine(day - REVIEW_NEAR, PUBLISHED_AT)) for day in review_days(work, agency_id, days)}
    insert_posts(work, [Post(Kind.REVIEW, agency_id, agency_id, due) for due in near])


def say_step(work: Work, agency_id: UUID, referral_id: UUID, before: Iterable[Event], step: Event) -> None:
    """Say to an agency that a step was taken here, if what it is shown at the next publication changes by it."""
    shown = next_publication(work.now)
    happened = tuple(before)
    without, with_it = published(happened, shown), published((*happened, step), shown)
    if without == with_it:
        return
    kinds = []
    if with_it.contact_us and not without.contact_us:
        kinds.append(Kind.QUESTION)
    if with_it.state is State.ANSWERED and without.state is not State.ANSWERED:
        kinds.append(Kind.ANSWERED)
    with work.by_rules():
        posts = [Post(Kind.UPDATED, webhook, referral_id, shown) for webhook in webhooks_of(work, agency_id)]
        if has_mailbox(work, agency_id):
            posts += [Post(kind, agency_id, agency_id, shown) for kind in kinds]
        insert_posts(work, posts)


def say_to_staff(work: Work, kind: Kind, roles: Iterable[Role]) -> None:
    """Say to everybody in these roles who has a mailbox that something waits."""
    with work.by_rules():
        insert_posts(work, _to_staff(work, kind, roles))


def say_account_changed(work: Work, user_id: UUID) -> None:
    """Say to the owner of an account that something about it changed."""
    with work.by_rules():
        if has_mailbox(work, user_id):
            insert_posts(work, [Post(Kind.ACCOUNT, user_id, user_id, _gathered(work.now))])


def _to_staff(work: Work, kind: Kind, roles: Iterable[Role]) -> Iterator[Post]:
    due = _gathered(work.now)
    return (Post(kind, one, one, due) for one in staff_with_mailbox(work, [role.value for role in roles]))


def _reminders(sent: Iterable[tuple[UUID, Holder | None]], earliest: datetime) -> Iterator[datetime]:
    """The publications at which reviews become near; a day that cannot be read reminds at the next one."""
    for _referral, holder in sent:
        if holder is None:
            continue
        try:
            near = date.fromisoformat(holder.review_on) - REVIEW_NEAR
            yield max(earliest, datetime.combine(near, PUBLISHED_AT))
        except (ValueError, OverflowError):
            yield earliest


def _gathered(now: datetime) -> datetime:
    """The end of the five minutes that run now."""
    return datetime.fromtimestamp((int(now.timestamp()) // GATHERED + 1) * GATHERED, UTC)
