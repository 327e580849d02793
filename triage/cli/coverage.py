"""`triage coverage`: which questions, options, edges and rules of the flows no vignette visits."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from triage.assess.reading.answers import read_case
from triage.cases.record import CaseRecord
from triage.checks.coverage_marks import Coverage
from triage.cli.files.documents import Unreadable, read_file
from triage.cli.flows import flows_option, loaded_or_exit
from triage.cli.places import FILE_WRITTEN, FOLDER_READ, writing
from triage.cli.telling.words import Words, language_option
from triage.routing.loading import Loaded
from triage.settings import FLOWS
from triage.simulation.coverage import as_data, everything, unvisited, visited

LATEST = date(9999, 1, 1)
"""A vignette says on which day it is read; none is in the future."""


@click.command("coverage")
@click.option(
    "--vignettes",
    type=FOLDER_READ,
    default=FLOWS / "vignettes",
    show_default="the vignettes shipped with the program",
    help="The directory of the cases, one file each.",
)
@click.option(
    "--sheets",
    type=FILE_WRITTEN,
    help="Find the shortest answer sheet for everything not visited; write one to a line (extra `proof`).",
)
@click.option("--summary", is_flag=True, help="Print only how much of each kind is visited.")
@click.option("--json", "as_json", is_flag=True, help="Print what is visited and what is not as one JSON object.")
@click.option("--write", type=FILE_WRITTEN, help="Write what is visited, for the drawings.")
@flows_option
@language_option
def coverage_command(
    vignettes: Path,
    flows: Path,
    write: Path | None,
    sheets: Path | None,
    language: str,
    *,
    as_json: bool,
    summary: bool,
) -> None:
    """Tell what no vignette visits."""
    say = Words(language)
    loaded = loaded_or_exit(flows, say.problem)
    cases = list(read_cases(vignettes, loaded))
    if not cases:
        click.echo(say("coverage.no_vignettes", folder=vignettes), err=True)
        sys.exit(2)
    seen = visited(cases, loaded)
    left = unvisited(everything(loaded), seen)
    if write is not None:
        _write(write, written(seen))
    if sheets is not None:
        write_sheets(sheets, left, loaded)
    if as_json:
        click.echo(json.dumps({"visited": as_data(seen), "unvisited": as_data(left)}, ensure_ascii=False))
        return
    for line in counts(everything(loaded), left, say):
        click.echo(line)
    for line in () if summary else absent(left, say):
        click.echo(line)


def write_sheets(path: Path, left: Coverage, loaded: Loaded) -> None:
    """Write the shortest sheet of everything left, one JSON object to a line; what no sheet visits has none."""
    try:
        from triage.proof.reaching import Reacher
        from triage.proof.sheets.laws_of_answers.asking import SheetEngine
    except ImportError:
        click.echo("The solver is not installed: `pip install 'triage[proof]'`.", err=True)
        sys.exit(2)
    lines = []
    for found in Reacher(loaded, SheetEngine).shortest(left):
        sheet = found.sheet if found.sheet is not None and does_visit(found.visits, found.sheet, loaded) else None
        lines.append(json.dumps({"visits": found.visits, "sheet": sheet}, ensure_ascii=False) + "\n")
    _write(path, "".join(lines))


def _write(path: Path, text: str) -> None:
    with writing(path):
        path.write_text(text, encoding="utf-8")


def does_visit(what: str, sheet: object, loaded: Loaded) -> bool:
    """Whether an answer sheet visits what it is said to: `options WD-01 money`, `edges c.edge.1`, and so on."""
    record = read_case(sheet, loaded.book.rulebook, LATEST)
    if not isinstance(record, CaseRecord):
        return False
    kind, name, *code = what.split(" ")
    seen: list[str | list[str]] = as_data(visited((record,), loaded))[kind]
    return ([name, *code] if code else name) in seen


def read_cases(directory: Path, loaded: Loaded) -> Iterator[CaseRecord]:
    """Every case of a directory, with its twin when it has one; a file that cannot be read ends the command with 2."""
    for path in sorted(directory.glob("R*.yml")):
        try:
            case = read_file(str(path))
        except Unreadable as fault:
            click.echo(str(fault), err=True)
            sys.exit(2)
        for told in (case, twin_of(case)):
            record = read_case(told, loaded.book.rulebook, LATEST, path.name)
            if not isinstance(record, CaseRecord):
                for problem in record:
                    click.echo(str(problem), err=True)
                sys.exit(2)
            yield record


def twin_of(case: object) -> object:
    """The same case with what its twin withholds left out; a case without a twin is its own."""
    if not isinstance(case, dict) or not isinstance(case.get("twin"), dict):
        return case
    withheld = set(case["twin"].get("withhold") or ())
    kept = {
        name: [one for one in case.get(name) or () if one.get("id") not in withheld] for name in ("answers", "acts")
    }
    return case | kept


def written(coverage: Coverage) -> str:
    """What is visited as JSON, one entry to a line, so that a change of the vignettes reads well."""
    return json.dumps(as_data(coverage), ensure_ascii=False, indent=1) + "\n"


def counts(all_there_is: Coverage, left: Coverage, say: Words) -> Iterator[str]:
    """How much is visited of each kind."""
    missing = as_data(left)
    for kind, names in as_data(all_there_is).items():
        visits = len(names) - len(missing[kind])
        yield say("coverage.visited", kind=say(f"coverage.{kind}"), number=visits, all=len(names))


def absent(left: Coverage, say: Words) -> Iterator[str]:
    """What is not visited, one to a line."""
    for kind, names in as_data(left).items():
        for one in names:
            name = " ".join(one) if isinstance(one, list) else one
            yield say("coverage.left", kind=say(f"coverage.{kind}"), name=name)
