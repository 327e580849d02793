"""`triage agency`: agencies that refer, who writes for them, and the clients of the API with their public keys."""

from pathlib import Path
from uuid import UUID

import click

from triage.cases.roles import OUTSIDE, Role, Side
from triage.cases.wall import Refused
from triage.casework.accounts.making import NewAccount
from triage.casework.agencies.clients import add_client, add_key, retire_client, retire_key
from triage.casework.agencies.organisations import add_agency, add_agency_account, list_agencies
from triage.cli.installation import CHECK_FAILED, give_up, opened, read_settings

LONGEST_KEY = 2000


@click.group()
def agency() -> None:
    """Agencies that refer: add one, its accounts, its programs and their public keys."""


@agency.command("list")
def listed() -> None:
    """List the agencies with their ids."""
    with opened(read_settings()) as service:
        for one in list_agencies(service):
            click.echo(f"{one.id} {one.name}{' (closed)' if one.closed else ''}")


@agency.command("add")
@click.argument("name")
def added(name: str) -> None:
    """Add an agency, and print its id."""
    with opened(read_settings()) as service:
        _told(add_agency(service, name))


@agency.command("account")
@click.argument("agency_id", type=click.UUID)
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice(sorted(role.value for role in OUTSIDE)),
    required=True,
    help="A clerk sees their own referrals.",
)
@click.password_option(help="The first password, at least 15 characters.")
def account(agency_id: UUID, name: str, role: str, password: str) -> None:
    """Make an account of an agency; its owner enrols a second factor at the first sign-in."""
    with opened(read_settings()) as service:
        _told(add_agency_account(service, agency_id, NewAccount(name, Role(role), Side.AGENCY, password)))


@agency.command("client")
@click.argument("agency_id", type=click.UUID)
@click.argument("name")
def client(agency_id: UUID, name: str) -> None:
    """Add a program of an agency that may call the API, and print its id."""
    with opened(read_settings()) as service:
        _told(add_client(service, agency_id, name))


@agency.command("key")
@click.argument("client_id", type=click.UUID)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def key(client_id: UUID, file: Path) -> None:
    """Add a public key, a JSON Web Key in a file, and print its key id; at most two are open at a time."""
    with file.open("rb") as opened_file:
        document = opened_file.read(LONGEST_KEY + 1).decode("utf-8", errors="replace")
    with opened(read_settings()) as service:
        _told(add_key(service, client_id, document))


@agency.command("retire-key")
@click.argument("client_id", type=click.UUID)
@click.argument("key_id")
def retired_key(client_id: UUID, key_id: str) -> None:
    """Take a key away; every token of the client ends."""
    with opened(read_settings()) as service:
        if not retire_key(service, client_id, key_id):
            give_up(["There is no such open key."], CHECK_FAILED)


@agency.command("retire-client")
@click.argument("client_id", type=click.UUID)
def retired_client(client_id: UUID) -> None:
    """Close a program for good; its tokens end."""
    with opened(read_settings()) as service:
        if not retire_client(service, client_id):
            give_up(["There is no such open client."], CHECK_FAILED)


def _told(result: UUID | str | Refused) -> None:
    """Print what was made, or say why nothing was."""
    if isinstance(result, Refused):
        give_up(result.details or (result.reason.value,), CHECK_FAILED)
    click.echo(str(result))
