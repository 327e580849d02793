"""`triage match`: search every case that was not searched when it came in."""

import click

from triage.casework.matching.searching import search_held_cases
from triage.cli.installation import CHECK_FAILED, opened, read_settings


@click.command()
def match() -> None:
    """Search the cases that are held because no search ran over everybody in them; exit 1 while some stay held.

    Those in which too little is known of somebody stay held until more is known, or until the panel searched by hand.
    """
    with opened(read_settings()) as service:
        searched, still = search_held_cases(service)
    click.echo(f"Searched {searched} held cases; {still} stay held.")
    if still:
        raise SystemExit(CHECK_FAILED)
