"""The `triage` command.

Holds: one module per group of sub-commands: check, decide, assess, serve and the others.
May import: casework and every room below it, and settings; never the store.
Read first: `main`, below, which lists the commands.
"""

from collections.abc import Callable, Mapping
from typing import Any

import click

from triage.cli.endings import plain_endings


def _access() -> click.Command:
    from triage.cli.access import access

    return access


def _agency() -> click.Command:
    from triage.cli.agency import agency

    return agency


def _assess() -> click.Command:
    from triage.cli.assess import assess_command

    return assess_command


def _audit() -> click.Command:
    from triage.cli.audit import audit

    return audit


def _check() -> click.Command:
    from triage.cli.check import check_command

    return check_command


def _coverage() -> click.Command:
    from triage.cli.coverage import coverage_command

    return coverage_command


def _decide() -> click.Command:
    from triage.cli.decide import decide_command

    return decide_command


def _draw() -> click.Command:
    from triage.cli.draw import draw_command

    return draw_command


def _export() -> click.Command:
    from triage.cli.interchange.exporting import export_command

    return export_command


def _import() -> click.Command:
    from triage.cli.interchange.importing import import_command

    return import_command


def _init() -> click.Command:
    from triage.cli.init import init

    return init


def _mailbox() -> click.Command:
    from triage.cli.messages.registering import mailbox

    return mailbox


def _match() -> click.Command:
    from triage.cli.match import match

    return match


def _prove() -> click.Command:
    from triage.cli.prove import prove_command

    return prove_command


def _publish() -> click.Command:
    from triage.cli.publish import publish

    return publish


def _serve() -> click.Command:
    from triage.cli.serve import serve

    return serve


def _sheet() -> click.Command:
    from triage.cli.sheet import sheet_group

    return sheet_group


def _simulate() -> click.Command:
    try:
        from triage.cli.simulate import simulate_command
    except ModuleNotFoundError as fault:
        if fault.name != "numpy":
            raise
        return _lacking("simulate", "simulation")
    return simulate_command


def _lacking(name: str, extra: str) -> click.Command:
    """A command in the place of one whose extra is not installed."""

    def refuse(**_: object) -> None:
        raise click.UsageError(f"`triage {name}` needs the extra `{extra}`: pip install 'triage[{extra}]'.")

    words = click.Argument(["words"], nargs=-1, type=click.UNPROCESSED)
    return click.Command(
        name, callback=refuse, params=[words], context_settings={"ignore_unknown_options": True},
        help=f"Not installed: needs the extra `{extra}`.",
    )  # fmt: skip


def _webhook() -> click.Command:
    from triage.cli.messages.registering import webhook

    return webhook


def _work() -> click.Command:
    from triage.cli.messages.working import work

    return work


COMMANDS: Mapping[str, Callable[[], click.Command]] = {
    "access": _access,
    "agency": _agency,
    "assess": _assess,
    "audit": _audit,
    "check": _check,
    "coverage": _coverage,
    "decide": _decide,
    "draw": _draw,
    "export": _export,
    "import": _import,
    "init": _init,
    "mailbox": _mailbox,
    "match": _match,
    "prove": _prove,
    "publish": _publish,
    "serve": _serve,
    "sheet": _sheet,
    "simulate": _simulate,
    "webhook": _webhook,
    "work": _work,
}
"""Each command is imported when it is asked for: a decision needs no database, a check no web server."""


class _LateGroup(click.Group):
    def main(self, *words: Any, **options: Any) -> Any:  # noqa: ANN401 - click's signature
        with plain_endings():  # around the words of click itself, such as those of --help
            return super().main(*words, **options)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's signature
        with plain_endings():  # and within: click ends a closed pipe with 1, which says here that a check failed
            return super().invoke(ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        find = COMMANDS.get(cmd_name)
        return find() if find else None


@click.group(cls=_LateGroup)
def main() -> None:
    """Cairn: guided assessment and referral triage."""
