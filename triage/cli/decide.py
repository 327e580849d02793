"""`triage decide`: from strengths of findings to results, routes, gates and alerts (design 4, domain 11)."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from triage.cli.files.fact_files import MOST_PAIRS, Found, read_list, too_many
from triage.cli.files.fact_sets import FactSet, Item, ItemReader
from triage.cli.flows import flows_option
from triage.flow.problems import Problem
from triage.flow.values import RULED_OUT, Strength
from triage.routing.decide import Decider
from triage.routing.reading import UnreadableRules, shipped_rules
from triage.routing.rules import DecisionRules


@click.command("decide")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array, one object per item.")
@click.option(
    "--unlisted",
    type=click.Choice(["zero", "unknown"]),
    default="unknown",
    show_default=True,
    help="What a finding means that a file does not list: checked and not found, or not asked.",
)
@flows_option
def decide_command(files: Sequence[Path], unlisted: str, flows: Path, *, as_json: bool) -> None:
    """Decide the pairs of files of fact sets, in YAML or JSON."""
    try:
        rules = shipped_rules(flows)
    except UnreadableRules as fault:
        _give_up(fault.problems)
    items, problems = read_items(files, rules)
    if problems:
        _give_up(problems)
    base = dict.fromkeys(rules.facts, RULED_OUT) if unlisted == "zero" else {}
    decided = written_items(items, Decider(rules), base)
    click.echo(json.dumps(decided) if as_json else in_lines(decided).encode(errors="backslashreplace"))


def read_items(files: Sequence[Path], rules: DecisionRules) -> tuple[list[Item], list[Problem]]:
    """Read all files; the problems of all of them come together."""
    items, problems = list[Item](), list[Problem]()
    for path in files:
        found = Found(str(path))
        raw = read_list(path, found)
        if too_many(raw):
            found.add("D001", f"The file grows to {MOST_PAIRS} pairs or more.")
        else:
            items += ItemReader(rules, found).items(raw)
        problems += found.problems
    return items, problems


def written_items(items: Sequence[Item], decider: Decider, base: dict[str, Strength]) -> list[dict[str, object]]:
    """Decide every item and write it in the fixed format."""
    return [{"id": item.id, "pairs": [_written_pair(pair, decider, base) for pair in item.pairs]} for item in items]


def _written_pair(pair: FactSet, decider: Decider, base: dict[str, Strength]) -> dict[str, object]:
    return decider.written(decider.decide({**base, **pair.facts}, pair.latched), pair.persons)


def in_lines(decided: Sequence[dict[str, object]]) -> str:
    """Write decisions for people: result and routes, then gates, alerts and reasons."""
    return "\n".join(line for item in decided for line in _lines(item))


def _lines(item: dict[str, object]) -> list[str]:
    lines = [f"{item['id']}"]
    pairs = item["pairs"]
    for pair in pairs if isinstance(pairs, list) else ():
        persons, effective, adapted = pair["persons"], pair["effective"], pair["adaptations"]
        lines.append(f"  A = {persons['A']}, B = {persons['B']}: {pair['result']}")
        for one in ("A", "B"):
            start = "may start" if effective[one] else "nothing starts"
            beside = f"; adapted: {', '.join(adapted[one])}" if adapted[one] else ""
            lines.append(f"    {one}       {', '.join(pair[one])} ({start}{beside})")
        lines += [
            f"    gates   {', '.join(pair['case']) or 'none'}",
            f"    alerts  {', '.join(pair['alerts']) or 'none'}",
        ]
        lines += [f"    because {reason}" for reason in pair["reasons"]]
    return lines


def _give_up(problems: Sequence[Problem]) -> None:
    for problem in problems:
        click.echo(str(problem), err=True)
    sys.exit(2)
