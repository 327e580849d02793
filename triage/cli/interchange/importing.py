"""`triage import`: send a file of referrals in the name of an agency; or look it through and say what is wrong."""

import json
import sys
from pathlib import Path

import click

from triage.cases.agency.problems import SENTENCES
from triage.casework.agencies.importing import (
    SENDING,
    Imported,
    Mode,
    Sender,
    import_file,
    sender_at_command_line,
)
from triage.casework.service import Busy, Service
from triage.cli.installation import BAD_USAGE, CHECK_FAILED, give_up, opened, read_settings
from triage.flow.problems import nearest
from triage.interchange.faults import Fault
from triage.interchange.opening import LARGEST_FILE


@click.command("import")
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@click.option("--agency", required=True, help="The name of the agency whose referrals these are.")
@click.option("--dry-run", is_flag=True, help="Look it through and store nothing.")
@click.option("--valid-rows-only", is_flag=True, help="Send the referrals that are in order, whatever the others are.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--language", type=click.Choice(["en", "fr"]), default="en", show_default=True, help="Of what is wrong.")
def import_command(
    file: Path, agency: str, language: str, *, dry_run: bool, valid_rows_only: bool, as_json: bool
) -> None:
    """Send a file of referrals (CSV, XLSX, JSON, ZIP of ODK): all of it, or nothing when something in it is wrong.

    Sending a file again sends only what was not sent. Exit 0: all was sent, or may be; 1: something is wrong with
    the file, and it was said; 2: it cannot be read at all.
    """
    mode = Mode.DRY_RUN if dry_run else Mode.VALID if valid_rows_only else Mode.ALL
    content = _content(file)
    with opened(read_settings()) as service:
        result = _import(service, agency, content, mode, shows_progress=not as_json)
    if as_json:
        click.echo(json.dumps(_written(result, mode, language), ensure_ascii=False))
    else:
        for fault in result.faults:
            click.echo(_in_words(fault, language), err=True)
        click.echo(_summary(result, mode))
    if result.faults:
        raise SystemExit(CHECK_FAILED if result.rows else BAD_USAGE)


def _content(file: Path) -> bytes:
    """Read a file, a little beyond the size that is taken at most, so that one of any size is told."""
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST_FILE + 1)
    except OSError as fault:
        give_up([f"{file}: {fault.strerror or 'cannot be read'}."], BAD_USAGE)


def _import(service: Service, agency: str, content: bytes, mode: Mode, *, shows_progress: bool) -> Imported:
    sender = sender_at_command_line(service, agency)
    if not isinstance(sender, Sender):
        names = {one.name for one in sender}
        near = nearest(agency, names)
        give_up([f"There is no agency of that name.{f' Did you mean `{near}`?' if near else ''}"], BAD_USAGE)
    try:
        with click.progressbar(
            length=1, label="Sending", file=sys.stderr, hidden=not shows_progress or not sys.stderr.isatty()
        ) as bar:

            def progress(done: int, of_all: int) -> bool:
                bar.length = of_all
                bar.update(done - bar.pos)
                return True

            return import_file(service, sender, content, mode, progress)
    except Busy:
        give_up(
            ["The database was busy. Some may have been sent; run the same again to send the others."], CHECK_FAILED
        )


def _in_words(fault: Fault, language: str) -> str:
    """Say a fault; what keeps a referral from being sent is said in English here, and in either language on pages."""
    return fault.in_words(language, SENTENCES.get(fault.code.removeprefix(SENDING), ""))


def _summary(result: Imported, mode: Mode) -> str:
    if mode is Mode.DRY_RUN:
        return f"{result.ready} referrals may be sent, {result.again} of them were sent before. Nothing was stored."
    return f"{result.sent} referrals sent, {result.again} sent before, {len(result.faults)} things wrong."


def _written(result: Imported, mode: Mode, language: str) -> dict[str, object]:
    faults = [
        {"sheet": one.sheet, "row": one.row, "column": one.column, "code": one.code, "text": _in_words(one, language)}
        for one in result.faults
    ]
    counts = {"rows": result.rows, "ready": result.ready, "again": result.again, "sent": result.sent}
    return {"mode": mode.value, **counts, "faults": faults}
