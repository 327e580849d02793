"""`triage audit verify`: recompute the chain of the audit and compare its end."""

import click

from triage.casework.installation import Broken, verify_audit
from triage.cli.installation import CHECK_FAILED, give_up, opened, read_settings


@click.group()
def audit() -> None:
    """Look after the audit."""


@audit.command()
def verify() -> None:
    """Recompute every seal of the audit; exit 1 at the first row that was altered, removed or reordered.

    The head that is printed can be noted elsewhere: the same number of rows must always give the same head.
    """
    with opened(read_settings()) as service:
        found = verify_audit(service)
    if isinstance(found, Broken):
        give_up([f"The audit is broken at row {found.seq}: {found.how}."], CHECK_FAILED)
    click.echo(f"The audit is whole: {found.rows} rows, head {found.head}")
