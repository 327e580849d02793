"""`triage mailbox` and `triage webhook`: who is told outside, and where."""

from uuid import UUID

import click

from triage.cases.wall import Refused
from triage.casework.messages.registering import (
    Registered,
    add_webhook_key,
    agency_mailbox,
    register_webhook,
    retire_webhook,
    retire_webhook_key,
    staff_mailbox,
)
from triage.cli.installation import CHECK_FAILED, give_up, opened, read_settings


@click.group()
def mailbox() -> None:
    """Say where an agency or a member of staff is written to; an empty address takes it away."""


@mailbox.command("agency")
@click.argument("agency_id", type=click.UUID)
@click.argument("address")
def of_agency(agency_id: UUID, address: str) -> None:
    """Say where an agency is written to: a mailbox of a team, not of one person."""
    with opened(read_settings()) as service:
        _told(agency_mailbox(service, agency_id, address))


@mailbox.command("staff")
@click.argument("name")
@click.argument("address")
def of_staff(name: str, address: str) -> None:
    """Say where somebody who works here is written to, by the name they sign in with."""
    with opened(read_settings()) as service:
        _told(staff_mailbox(service, name, address))


@click.group()
def webhook() -> None:
    """Tell a program of an agency that something changed; its public keys are printed, to be sent to the agency."""


@webhook.command("add")
@click.argument("client_id", type=click.UUID)
@click.argument("url")
def added(client_id: UUID, url: str) -> None:
    """Register a webhook of a client. Nothing goes there before somebody confirms it on the page of messages."""
    with opened(read_settings()) as service:
        _told(register_webhook(service, client_id, url))


@webhook.command("key")
@click.argument("webhook_id", type=click.UUID)
def keyed(webhook_id: UUID) -> None:
    """Draw a second key; both sign until the older one is retired."""
    with opened(read_settings()) as service:
        _told(add_webhook_key(service, webhook_id))


@webhook.command("retire-key")
@click.argument("webhook_id", type=click.UUID)
def retired_key(webhook_id: UUID) -> None:
    """Take the older of two keys away."""
    with opened(read_settings()) as service:
        _told(retire_webhook_key(service, webhook_id))


@webhook.command("retire")
@click.argument("webhook_id", type=click.UUID)
def retired(webhook_id: UUID) -> None:
    """Close a webhook for good."""
    with opened(read_settings()) as service:
        if not retire_webhook(service, webhook_id):
            give_up(["There is no such open webhook."], CHECK_FAILED)


def _told(result: UUID | Registered | Refused) -> None:
    """Print what was made, or say why nothing was."""
    if isinstance(result, Refused):
        give_up(result.details or (result.reason.value,), CHECK_FAILED)
    if isinstance(result, Registered):
        click.echo("\n".join((str(result.id), *result.keys)))
    else:
        click.echo(str(result))
