"""`triage simulate`: replay cases under two versions of the flows, and say who would move from where to where."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import click

from triage.cli.files.simulated_cases import CasesRead, UnreadableCases, read_cases
from triage.cli.flows import loaded_or_exit
from triage.cli.places import FILE_WRITTEN, FOLDER_READ, writing
from triage.cli.telling.words import Words, language_option
from triage.flow.problems import shown
from triage.routing.loading import Loaded
from triage.simulation.agreement import Disagreement
from triage.simulation.comparing import compare
from triage.simulation.questions import Unsupported
from triage.simulation.reports.figures import figures
from triage.simulation.reports.lines import lines
from triage.simulation.reports.page import page
from triage.simulation.reports.report import Report, report
from triage.simulation.reports.spreadsheet import spreadsheet
from triage.simulation.reports.wording import Wording
from triage.simulation.synthetic import MOST_CASES, synthetic

LONG, LONG_OF_ANSWERS = 500_000, 500
"""Cases from which a progress bar is worth its line."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line asks for, beside the two directories."""

    cases: Path | None
    synthetic: int | None
    seed: int | None
    unlisted: str
    csv_file: Path | None
    html_file: Path | None
    language: str
    as_json: bool
    fail_on_start: bool


@click.command("simulate")
@click.option("--old", type=FOLDER_READ, required=True, help="The directory of the flows in use.")
@click.option("--new", type=FOLDER_READ, required=True, help="The directory of the flows to compare with them.")
@click.option("--cases", type=click.Path(dir_okay=False, path_type=Path), help="A file of fact sets or of answers.")
@click.option("--synthetic", type=click.IntRange(1, MOST_CASES), help="Make up that many cases by chance.")
@click.option("--seed", type=click.IntRange(0), help="The same seed makes up the same cases.")
@click.option(
    "--unlisted",
    type=click.Choice(["zero", "unknown"]),
    default="unknown",
    show_default=True,
    help="What a finding means that a fact set does not list: checked and not found, or not asked.",
)
@click.option("--csv", "csv_file", type=FILE_WRITTEN, help="Write every figure to this file, for a spreadsheet.")
@click.option("--html", "html_file", type=FILE_WRITTEN, help="Write a readable page to this file.")
@language_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of lines.")
@click.option(
    "--fail-on-start",
    is_flag=True,
    help="Exit with 1 when anybody would start who does not start now, or a case cannot be compared.",
)
def simulate_command(old: Path, new: Path, **options: Any) -> None:  # noqa: ANN401 - the options above, by name
    """Say what would change between two versions of the flows, over cases of a file or made up by chance."""
    asked = Asked(**options)
    if (asked.cases is None) is (asked.synthetic is None):
        raise click.UsageError("Give either --cases FILE or --synthetic N --seed S.")
    if (asked.synthetic is None) is not (asked.seed is None):
        raise click.UsageError("--synthetic needs a --seed, so that the cases can be made again; --cases takes none.")
    tell = Words(asked.language).problem
    before = loaded_or_exit(old, tell)
    after = before if new.resolve() == old.resolve() else loaded_or_exit(new, tell)
    origin, read = _cases(asked, before, after)
    try:
        with _progress(read.source.cases, Words(asked.language)) as told:
            found = compare(before.decider, after.decider, read.source, told=told)
    except (Disagreement, Unsupported) as fault:
        _give_up([fault])
    versions = ((shown(str(old)), before.decider), (shown(str(new)), after.decider))
    reported = report(versions, origin, read.source, found, read.unread)
    _tell(reported, asked, Wording(asked.language, (old, new)))
    # Of a case that one version cannot read nobody knows whether it gains a start: not known is not "no".
    sys.exit(1 if asked.fail_on_start and (found.starts.gained or read.unread) else 0)


def _cases(asked: Asked, old: Loaded, new: Loaded) -> tuple[dict[str, str], CasesRead]:
    if asked.cases is None:
        source = synthetic(old.decider.rules, new.decider.rules, asked.synthetic or 0, asked.seed or 0)
        return {"kind": "synthetic", "seed": str(asked.seed)}, CasesRead("synthetic", source)
    try:
        bar = partial(_assessing, say=Words(asked.language))
        read = read_cases(asked.cases, old, new, asked.unlisted, bar)
    except UnreadableCases as fault:
        _give_up(fault.problems)
    return {"kind": read.kind, "file": shown(str(asked.cases))}, read


def _tell(reported: Report, asked: Asked, words: Wording) -> None:
    """Write the files that were asked for, then print."""
    for path, write in ((asked.csv_file, spreadsheet), (asked.html_file, lambda one: page(one, words))):
        if path is not None:
            # A mark of its encoding, so that spreadsheets read names in other alphabets; pages say theirs inside.
            encoding = "utf-8-sig" if write is spreadsheet else "utf-8"
            with writing(path):
                path.write_text(write(reported), encoding=encoding, newline="")
    if asked.as_json:
        click.echo(json.dumps(figures(reported), ensure_ascii=False))
        return
    for line in lines(reported, words):
        click.secho(line.text, fg="red" if line.alarming else None, bold=line.alarming or None)


@contextmanager
def _progress(cases: int, say: Words) -> Iterator[Callable[[int], None]]:
    """A bar on standard error, when there is much to do and somebody looks."""
    if cases < LONG or not sys.stderr.isatty():
        yield lambda _: None
    else:
        with click.progressbar(length=cases, label=say("simulate.comparing"), file=sys.stderr) as bar:
            yield bar.update


def _assessing(items: Sequence[object], say: Words) -> Iterator[object]:
    """Go through cases of answers, with a bar when there are many."""
    if len(items) < LONG_OF_ANSWERS or not sys.stderr.isatty():
        yield from items
    else:
        with click.progressbar(items, label=say("simulate.assessing"), file=sys.stderr) as bar:
            yield from bar


def _give_up(problems: Iterable[object]) -> NoReturn:
    for problem in problems:
        click.echo(str(problem), err=True)
    sys.exit(2)
