"""`triage access`: print who may open which page and send which form, as Markdown."""

import click

from triage.casework.access.matrix import access_matrix
from triage.casework.access.page import page_of


@click.command()
def access() -> None:
    """Print the access matrix: resources, actions by GET and POST, and the roles that each lets in."""
    click.echo(page_of(access_matrix()), nl=False)
