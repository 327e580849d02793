"""`triage init`: write the missing keys, bring the database up to date, and make an account."""

import click

from triage.cases.roles import OUTSIDE, SIDES_OF, STAFF_SIDES, Role, Side
from triage.cases.wall import Refused
from triage.casework.accounts.making import NewAccount, add_account
from triage.casework.installation import create_key_files
from triage.cli.installation import CHECK_FAILED, give_up, opened, prepared, read_settings


@click.command()
@click.option("--account", metavar="NAME", help="Make an account with this name to sign in with.")
@click.option(
    "--role", type=click.Choice([role.value for role in Role if role not in OUTSIDE]), help="The role of the account."
)
@click.option(
    "--side", type=click.Choice(sorted(side.value for side in STAFF_SIDES)), help="The side of a panel member."
)
def init(account: str | None, role: str | None, side: str | None) -> None:
    """Prepare an installation; nothing that exists is overwritten.

    Keys are written to TRIAGE_KEYS and stay outside the database: without them nothing in it can be read again, so
    keep a copy apart from the backups. With --account and --role, the password is asked for, not shown.
    """
    settings = read_settings()
    for path in create_key_files(settings):
        click.echo(f"Key written: {path}")
    prepared(settings)
    click.echo(f"Database ready: {settings.database_url}")
    if not account:
        return
    if not role:
        raise click.UsageError("--account needs --role.")
    sides = SIDES_OF[Role(role)]
    if len(sides) > 1 and not side:
        raise click.UsageError(f"--role {role} needs --side.")
    password = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    new = NewAccount(account, Role(role), Side(side) if side else next(iter(sides)), password)
    with opened(settings) as service:
        done = add_account(service, new)
    if isinstance(done, Refused):
        give_up(done.details, CHECK_FAILED)
    click.echo(f"Account made: {account}")
