"""Read the decision rules of `flows/`: all of them, checked; or every problem at once with its file and line."""

from functools import lru_cache
from pathlib import Path

from triage.flow.conditions import Condition
from triage.flow.documents import Block, Problems, read_document
from triage.flow.problems import Problem
from triage.routing.readers.catalogue import (
    check_what_rules_give,
    read_alerts,
    read_clauses,
    read_outcomes,
)
from triage.routing.readers.facts import facts_read, read_facts
from triage.routing.readers.laws import read_invariants, read_relations
from triage.routing.readers.rules import gate_names, read_definitions, read_gates, read_lists, read_ordered
from triage.routing.rules import DecisionRules
from triage.routing.vocabulary import Names, Stage
from triage.settings import FLOWS

FILES = (
    "findings.yml", "standard.yml", "outcomes.yml", "determination.yml", "routing.yml", "alerts.yml", "invariants.yml",
)  # fmt: skip
_ORDERED = {
    "holds": Stage.HOLD,
    "steps": Stage.STEP,
    "adaptations": Stage.ADAPTATION,
    "effective": Stage.EFFECTIVE,
}


class UnreadableRules(ValueError):
    """The rules have problems; `problems` lists all of them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@lru_cache(maxsize=4)
def shipped_rules(directory: Path = FLOWS) -> DecisionRules:
    """Give the rules of a folder, read once. Raises UnreadableRules with every problem."""
    rules = read_rules(directory)
    if not isinstance(rules, DecisionRules):
        raise UnreadableRules(rules)
    return rules


def read_rules(directory: Path) -> DecisionRules | tuple[Problem, ...]:
    """Read and check the decision rules of a folder: the rules, or all that is wrong with them."""
    problems = Problems()
    read = {name: read_document(directory / name, problems) for name in FILES}
    documents = {name: document for name, document in read.items() if document is not None}
    rules = _assemble(documents) if len(documents) == len(FILES) else None
    found = tuple(sorted(problems.found, key=lambda one: (one.file, one.line, one.code)))
    return rules if rules is not None and not found else found


def _assemble(documents: dict[str, Block]) -> DecisionRules:
    determination, routing = documents["determination.yml"], documents["routing.yml"]
    facts = read_facts(documents["findings.yml"], determination)
    names = Names(findings=facts.in_roles, gates=gate_names(routing))
    names.clauses = clauses = read_clauses(documents["standard.yml"])
    names.outcomes = outcomes = read_outcomes(documents["outcomes.yml"], names)
    lists = read_lists(determination, names)
    definitions = tuple(read_definitions(determination, names))
    results = read_ordered(determination, "results", Stage.RESULT, names)
    gates = read_gates(routing, names)
    groups = {key: read_ordered(routing, key, stage, names) for key, stage in _ORDERED.items()}
    names.steps = {str(rule.step) for rule in groups["steps"]}
    alerts = read_alerts(documents["alerts.yml"], names)
    focused = frozenset(name for name, outcome in outcomes.items() if outcome.perpetrator_focused)
    invariants = read_invariants(documents["invariants.yml"], names, focused)
    relations = read_relations(documents["invariants.yml"], names, invariants)
    given = {"gates": gates, "holds": groups["holds"], "steps": groups["steps"], "adaptations": groups["adaptations"]}
    check_what_rules_give(routing, given, outcomes)
    for document in (determination, routing):
        document.finish()
    conditions: list[Condition | None] = [rule.when for group in (results, gates, *groups.values()) for rule in group]
    conditions += [definition.when for definition in definitions]
    conditions += [condition for alert in alerts for condition in (alert.when, alert.raised)]
    conditions += [invariant.law for invariant in invariants]
    conditions += [one for relation in relations for never in relation.never for one in (never.before, never.after)]
    read = facts_read((one for one in conditions if one is not None), lists, facts.names)
    return DecisionRules(
        facts=facts.names, ordinals=facts.ordinals, counts=facts.counts, computed=facts.computed, read=read,
        lists=lists, definitions=definitions, results=results, gates=gates, **groups, alerts=alerts,
        outcomes=outcomes, clauses=clauses, invariants=invariants, relations=relations,
    )  # fmt: skip
