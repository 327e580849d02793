"""`triage publish`: make the batch of the day, after which the programme side is told anew where work may start."""

import click

from triage.casework.publishing.batches import publish_batch
from triage.casework.telling.drafts import forget_drafts
from triage.cli.installation import opened, read_settings


@click.command()
def publish() -> None:
    """Publish for the programme side where work may start; for cron, once a day, soon after 04:00 UTC.

    A second run on the same day publishes only what the first did not reach, and changes nothing of what is shown.
    What somebody typed and did not record is forgotten here too, once it is older than a day.
    """
    with opened(read_settings()) as service:
        published = publish_batch(service)
        forget_drafts(service)
    click.echo(f"Cases published: {published}.")
