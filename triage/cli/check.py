"""`triage check`: every problem of the flows at once, texts in both languages included."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from triage.checks.wording import forbidden_words, missing_texts
from triage.flow.problems import Problem
from triage.routing.loading import Loaded, load
from triage.settings import FLOWS, LOCALES


@click.command("check")
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path), default=FLOWS)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array of problems.")
def check_command(directory: Path, *, as_json: bool) -> None:
    """Check a directory of flows; without one, the flows shipped with the program."""
    if not directory.is_dir():
        click.echo(f"{directory}: there is no such directory.", err=True)
        sys.exit(2)
    problems = problems_of(directory)
    if as_json:
        click.echo(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False))
    else:
        for problem in problems:
            click.echo(str(problem))
        click.echo(f"{len(problems)} problems")
    sys.exit(1 if problems else 0)


def problems_of(directory: Path) -> tuple[Problem, ...]:
    """Every problem of a directory: of structure first; when the structure is sound, of the texts beside it."""
    loaded = load(directory)
    if not isinstance(loaded, Loaded):
        return loaded
    locales = LOCALES if directory.resolve() == FLOWS.resolve() else directory / "locales"
    if not locales.is_dir():
        return ()
    rulebook = loaded.book.rulebook
    return (*missing_texts(rulebook, locales), *forbidden_words(rulebook, locales))
