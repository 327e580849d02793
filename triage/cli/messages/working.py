"""`triage work`: say outside what is due, by e-mail and webhook, until it is told to end."""

import signal
import time
from threading import Event
from types import FrameType

import click

from triage.casework.agencies.marking import mark_sent_before
from triage.casework.installation import TELLING
from triage.casework.messages.configuration import mail_reasons
from triage.casework.messages.delivering import deliver_due
from triage.casework.messages.forgetting import forget_settled
from triage.casework.service import Busy
from triage.cli.installation import CHECK_FAILED, give_up, opened, read_settings

HOUR = 3600.0


@click.command()
@click.option("--once", is_flag=True, help="Try what is due now, and end.")
@click.option("--every", type=click.IntRange(1, 3600), default=10, show_default=True, help="Seconds between two looks.")
def work(once: bool, every: int) -> None:
    """Send the e-mails and webhooks that acts have posted; once an hour, forget what was settled ninety days ago.

    Once an hour also, referrals that were sent before there were marks get those by which lists are put in order.

    Any number of these processes may run. One that is ended finishes what it sends; one that is killed leaves what it
    took to the others, ten minutes later.
    """
    settings = read_settings()
    ending = Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        ending.set()

    for one in (signal.SIGTERM, signal.SIGINT):
        signal.signal(one, end)
    with opened(settings) as service:
        if reasons := tuple(mail_reasons(settings, TELLING)):
            give_up(reasons, CHECK_FAILED)
        tidied = -HOUR
        while not ending.is_set():
            try:
                ended = deliver_due(service)
                if time.monotonic() - tidied >= HOUR:
                    mark_sent_before(service)
                    forget_settled(service)
                    tidied = time.monotonic()
            except Exception as fault:  # whatever it is, what is due later must be sent: the next look comes
                if once and not isinstance(fault, Busy):
                    raise
                click.echo(type(fault).__name__, err=True)
                ended = None
            if ended:
                click.echo(", ".join(f"{state.value} {count}" for state, count in sorted(ended.items())))
            if once:
                break
            ending.wait(every)
