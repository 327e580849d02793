"""Which questions, options, edges and rules some cases visit, and which none of them does."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from triage.assess.compiled.compiling import ABOUT_ORDER
from triage.assess.context import Context
from triage.assess.walk import edge_holds
from triage.cases.record import NON_ANSWERS, CaseRecord
from triage.checks.coverage_marks import Coverage, edge_key
from triage.flow.model import Edge, Rulebook
from triage.routing.assessment import Assessment, assess
from triage.routing.loading import Loaded


def everything(loaded: Loaded) -> Coverage:
    """All that can be visited; NK, DEC and NSA are left out, since every question takes them."""
    rulebook, rules = loaded.book.rulebook, loaded.decider.rules
    groups = (rules.results, rules.gates, rules.holds, rules.steps, rules.adaptations, rules.effective)
    named = {rule.id for group in groups for rule in group}
    return Coverage(
        frozenset(one for one in rulebook.questions if not rulebook.questions[one].computed),
        frozenset((one.id, code) for one in rulebook.questions.values() for code in one.options),
        frozenset(edge_key(flow, edge) for flow in rulebook.flows.values() for edge in flow.edges),
        frozenset(named | {alert.id for alert in rules.alerts if alert.when is not None}),
    )


def visited(records: Iterable[CaseRecord], loaded: Loaded) -> Coverage:
    """What at least one of the cases visits; an answer that is set aside visits nothing.

    A condition of a start is visited when, not met, it keeps someone from starting.
    """
    questions: set[str] = set()
    options: set[tuple[str, str]] = set()
    edges: set[str] = set()
    rules: set[str] = set()
    for record in records:
        assessment = assess(record, loaded.book, loaded.decider)
        for answer in record.answers:
            if answer.id not in assessment.set_aside:
                questions.add(answer.question)
                options.update((answer.question, code) for code in answer.codes or (answer.non_answer,) if code)
        edges.update(_edges(assessment, loaded.book.rulebook))
        rules.update(_rules(assessment))
    return Coverage(frozenset(questions), frozenset(options), frozenset(edges), frozenset(rules))


def unvisited(all_there_is: Coverage, seen: Coverage) -> Coverage:
    """What none of the cases visits."""
    return Coverage(
        all_there_is.questions - seen.questions,
        frozenset(one for one in all_there_is.options - seen.options if one[1] not in NON_ANSWERS),
        all_there_is.edges - seen.edges,
        all_there_is.rules - seen.rules,
    )


def _edges(assessment: Assessment, rulebook: Rulebook) -> Iterator[str]:
    for pair in assessment.pairs:
        for flow in rulebook.flows.values():
            for edge in flow.edges:
                if _taken(pair.findings.context, edge, rulebook):
                    yield edge_key(flow, edge)


def _taken(c: Context, edge: Edge, rulebook: Rulebook) -> bool:
    about = rulebook.questions[edge.source].about
    return any(
        kind is about and c.recorded((edge.source, orientation)) and edge_holds(c, edge, orientation)
        for kind, orientation in ABOUT_ORDER
    )


def _rules(assessment: Assessment) -> Iterator[str]:
    for pair in assessment.pairs:
        yield from (reason.rule for reason in pair.decision.explanations)


def as_data(coverage: Coverage) -> dict[str, list[Any]]:
    """The coverage as sorted lists, for JSON."""
    return {
        "questions": sorted(coverage.questions),
        "options": sorted(map(list, coverage.options)),
        "edges": sorted(coverage.edges),
        "rules": sorted(coverage.rules),
    }


def from_data(data: Mapping[str, Iterable[Any]]) -> Coverage:
    """What `as_data` wrote, read back."""
    return Coverage(
        frozenset(data["questions"]),
        frozenset((question, code) for question, code in data["options"]),
        frozenset(data["edges"]),
        frozenset(data["rules"]),
    )
