"""`triage check`: every problem of the flows at once, texts in both languages included."""

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path

import click

from triage.checks.structure.all_kinds import Kind, checked
from triage.checks.structure.safety_file import Safety, read_safety
from triage.checks.structure.subject import Subject, measures_read
from triage.checks.wording import forbidden_words, missing_texts
from triage.cli.places import FOLDER_READ
from triage.cli.telling.words import Words, language_option
from triage.flow.problems import Problem
from triage.proof.sheets.laws_of_answers.reading_laws import AnswerLaw, read_answer_laws
from triage.routing.checking.judging import decision_of, rule_problems
from triage.routing.checking.silence import measures_in_silence
from triage.routing.loading import Loaded, load
from triage.routing.rules import DecisionRules
from triage.settings import FLOWS, LOCALES
from triage.sheets.checking import has_sheets, sheet_problems

READING, WORDING, SHEETS = "reading", "texts", "sheets"


@click.command("check")
@click.argument("directory", type=FOLDER_READ, default=FLOWS)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array of problems.")
@language_option
def check_command(directory: Path, language: str, *, as_json: bool) -> None:
    """Check a directory of flows; without one, the flows shipped with the program."""
    say, kinds = Words(language), kinds_of(directory)
    problems = [problem for kind in kinds for problem in kind.problems]
    if as_json:
        click.echo(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False))
    else:
        for problem in problems:
            click.echo(say.problem(problem))
        for kind in kinds:
            click.echo(say("check.kind", name=say(f"kind.{kind.name}"), counted=say.counted(len(kind.problems))))
        click.echo(say.counted(len(problems)))
    if len(kinds) > 1 and WORDING not in {kind.name for kind in kinds}:
        click.echo(say("check.no_texts", folder=_locales(directory)), err=True)
    sys.exit(1 if problems else 0)


def kinds_of(directory: Path) -> tuple[Kind, ...]:
    """Every kind of check that could be made, each with its problems; what cannot be read is looked at no further."""
    loaded = load(directory)
    if not isinstance(loaded, Loaded):
        return (Kind(READING, loaded),)
    rulebook = loaded.book.rulebook
    safety = read_safety(directory, rulebook)
    if not isinstance(safety, Safety):
        return (Kind(READING, safety),)
    rules = loaded.decider.rules
    laws = read_answer_laws(directory, rulebook, rules)
    unreadable = tuple(one for one in laws if isinstance(one, Problem))
    if unreadable:
        return (Kind(READING, unreadable),)
    measured = measures_in_silence(loaded.book, measures_read(rulebook))
    subject = Subject(rulebook, decision_of(rules), safety, measured)
    kinds = checked(subject, rule_problems(rules))
    of_laws = {f"answer_law.{one.id}": f"law {one.id}" for one in laws if isinstance(one, AnswerLaw)}
    texts = _of_texts(directory, subject, of_laws)
    return (Kind(READING, ()), *kinds, *texts, *_of_sheets(directory, rules))


def _of_texts(directory: Path, subject: Subject, of_laws: Mapping[str, str]) -> Iterator[Kind]:
    locales = _locales(directory)
    if locales.is_dir():
        missing = missing_texts(subject.book, locales, of_decision={**subject.decision.texts, **of_laws})
        yield Kind(WORDING, (*missing, *forbidden_words(subject.book, locales)))


def _of_sheets(directory: Path, rules: DecisionRules) -> Iterator[Kind]:
    """The information sheets and their translations, where a directory has sheets."""
    locales = _locales(directory)
    if has_sheets(directory) and locales.is_dir():
        yield Kind(SHEETS, sheet_problems(directory, locales, rules.outcomes))


def _locales(directory: Path) -> Path:
    """Where the texts of these flows stand: beside the program for those shipped with it, else in their own folder."""
    return LOCALES if directory.resolve() == FLOWS.resolve() else directory / "locales"
