"""Webhooks as they are kept: of which client, where to, and the seeds of the keys by which its events are signed."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, select, update

from triage.store.agency.tables import agencies, api_clients
from triage.store.data_keys import INSTALLATION
from triage.store.outbox.tables import webhooks
from triage.store.sealing import Place, seal, unseal
from triage.store.staff.accounts import staff_key
from triage.store.work import Work


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where events for a client go; `seeds` are private keys in base64, the older first."""

    id: UUID
    client_id: UUID
    url: str
    seeds: tuple[str, ...]
    confirmed: bool = False


def insert_webhook(work: Work, webhook: Webhook) -> None:
    """Keep a webhook, to which nothing goes before somebody confirmed it."""
    work.connection.execute(
        insert(webhooks).values(
            id=webhook.id, client_id=webhook.client_id, added_on=work.today, content=_sealed(work, webhook)
        )
    )


def replace_seeds(work: Work, webhook: Webhook) -> None:
    """Keep a webhook with other keys."""
    mine = update(webhooks).where(webhooks.c.id == webhook.id)
    work.connection.execute(mine.values(content=_sealed(work, webhook)))


def confirm_webhook(work: Work, webhook_id: UUID) -> bool:
    """Let events go to a webhook; False when it is not open or was confirmed before."""
    waits = (webhooks.c.id == webhook_id, webhooks.c.confirmed_on.is_(None), webhooks.c.closed_on.is_(None))
    return work.connection.execute(update(webhooks).where(*waits).values(confirmed_on=work.today)).rowcount == 1


def close_webhook(work: Work, webhook_id: UUID) -> bool:
    """Close a webhook for good; False when it is not open."""
    mine = (webhooks.c.id == webhook_id, webhooks.c.closed_on.is_(None))
    return work.connection.execute(update(webhooks).where(*mine).values(closed_on=work.today)).rowcount == 1


def find_webhook(work: Work, webhook_id: UUID) -> Webhook | None:
    """An open webhook of an open client of an open agency, or None."""
    row = work.connection.execute(_OPEN.where(webhooks.c.id == webhook_id)).one_or_none()
    return _webhook(work, row) if row else None


def open_webhooks(work: Work) -> tuple[Webhook, ...]:
    """Every open webhook."""
    return tuple(_webhook(work, row) for row in work.connection.execute(_OPEN.order_by(webhooks.c.id)))


def webhooks_of(work: Work, agency_id: UUID) -> tuple[UUID, ...]:
    """The webhooks to which events of an agency's referrals go."""
    chosen = _OPEN.with_only_columns(webhooks.c.id).where(
        api_clients.c.agency_id == agency_id, webhooks.c.confirmed_on.is_not(None)
    )
    return tuple(work.connection.execute(chosen.order_by(webhooks.c.id)).scalars())


_OPEN = (
    select(webhooks)
    .join(api_clients, api_clients.c.id == webhooks.c.client_id)
    .join(agencies, agencies.c.id == api_clients.c.agency_id)
    .where(webhooks.c.closed_on.is_(None), api_clients.c.closed_on.is_(None), agencies.c.closed_on.is_(None))
)


def _webhook(work: Work, row: Row[Any]) -> Webhook:
    content = unseal(staff_key(work), _place(row.id, row.client_id), row.content)
    return Webhook(row.id, row.client_id, content["url"], tuple(content["seeds"]), row.confirmed_on is not None)


def _sealed(work: Work, webhook: Webhook) -> bytes:
    place = _place(webhook.id, webhook.client_id)
    return seal(staff_key(work), place, {"url": webhook.url, "seeds": list(webhook.seeds)})


def _place(webhook_id: UUID, client_id: UUID) -> Place:
    return Place("webhooks", "content", str(webhook_id), INSTALLATION, str(client_id))
