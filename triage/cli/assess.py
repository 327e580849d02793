"""`triage assess`: from the answers of one case to walks, findings and the decision of each pair."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from triage.assess.findings import because
from triage.assess.reading.answers import read_case
from triage.cases.record import CaseRecord
from triage.cli.files.documents import Unreadable, read_file
from triage.cli.flows import flows_option, loaded_or_exit
from triage.flow.model import Scope
from triage.flow.values import Strength, in_words
from triage.routing.assessment import Assessment, PairAssessment, assess
from triage.routing.loading import Loaded


@click.command("assess")
@click.argument("file", type=click.Path(dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object (the fixed format).")
@flows_option
def assess_command(file: str, flows: Path, *, as_json: bool) -> None:
    """Assess the answers of one case."""
    loaded = loaded_or_exit(flows)
    try:
        data = read_file(file)
    except Unreadable as fault:
        click.echo(str(fault), err=True)
        sys.exit(2)
    read = read_case(data, loaded.book.rulebook, datetime.now(UTC).astimezone().date(), file)
    if not isinstance(read, CaseRecord):
        for problem in read:
            click.echo(str(problem), err=True)
        sys.exit(2)
    result = written(assess(read, loaded.book, loaded.decider), loaded)
    click.echo(json.dumps(result, ensure_ascii=False, indent=None if as_json else 2))


def written(assessment: Assessment, loaded: Loaded) -> dict[str, object]:
    """Write an assessment in the fixed format of design section 4."""
    walks: dict[str, list[dict[str, object]]] = {}
    for walk in assessment.walks:
        walks.setdefault(walk.flow, []).append(
            {"about": walk.about or None, "path": list(walk.path), "next": walk.next}
        )
    several = len(assessment.pairs) > 1
    findings: dict[str, object] = {}
    for one in assessment.pairs:
        findings |= _findings(one, loaded, several=several)
    return {
        "id": assessment.record.id,
        "walks": walks,
        "set_aside": sorted(assessment.set_aside),
        "findings": findings,
        "missing": list(assessment.missing),
        "pairs": [loaded.decider.written(one.decision, {"A": one.pair.a, "B": one.pair.b}) for one in assessment.pairs],
    }


def _findings(one: PairAssessment, loaded: Loaded, *, several: bool) -> dict[str, object]:
    """The findings of a pair by their names, the letters of the pair replaced by the persons of the file.

    In a case of several pairs, a finding that may differ from pair to pair carries its pair: `SUFF[F-D]`.
    """
    persons = {"A": one.pair.a, "B": one.pair.b}
    strengths = dict(enumerate(one.findings.strengths))
    written_findings: dict[str, object] = {}
    for name, number in loaded.book.slots.number.items():
        slot = loaded.book.slots.all[number] if number < len(loaded.book.slots.all) else None
        definition = slot.finding if slot else loaded.book.rulebook.findings[name]
        suffix = "".join(persons[letter] for letter in slot.suffix) if slot else ""
        label = f"{definition.name}_{suffix}" if suffix else definition.name
        if several and (slot is None or definition.scope in {Scope.PAIR, Scope.PERSON_IN_PAIR}):
            label += f"[{one.pair.undirected}]"
        written_findings[label] = {
            "strength": in_words(Strength(strengths[number])) if strengths[number] <= 4 else strengths[number],
            "because": list(because(one.findings, number)),
            "clauses": list(definition.clauses),
        }
    for name in ("ISS_OK", "OTHERS_OPEN"):
        label = f"{name}[{one.pair.undirected}]" if several else name
        clauses = list(loaded.book.rulebook.findings[name].clauses)
        strength = in_words(one.facts[name])
        written_findings[label] = {"strength": strength, "because": [], "clauses": clauses}
    return written_findings
