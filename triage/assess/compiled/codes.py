"""Which codes of a question any condition asks for: only these are facts of a case, as nobody looks at the others.

A condition that asked for a code that is missing here could not be compiled: its spelling looks the number up.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from triage.assess.measuring.measures import MEASURES
from triage.flow.conditions import Condition, tests
from triage.flow.model import Rulebook
from triage.flow.vocabulary import split_role


def codes_read(rulebook: Rulebook) -> Mapping[str, frozenset[str]]:
    """By question, the codes that a condition, or what a measure is read from, asks for by name."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for condition in _conditions(rulebook):
        for test in tests(condition):
            if test.function == "answer":
                found[split_role(test.arguments[0], rulebook.questions)[0]].update(test.values)
    for measured in MEASURES.values():
        for word in measured.reads if measured.silent else ():
            question = word.partition("_")[0]
            if question in rulebook.questions:
                found[question].update(set(rulebook.questions[question].options) - measured.silent)
    return {question: frozenset(codes) for question, codes in found.items()}


def _conditions(rulebook: Rulebook) -> Iterator[Condition]:
    """Every condition of flows, edges, questions, evidence and findings."""
    for flow in rulebook.flows.values():
        yield flow.opens
        yield from (edge.when for edge in flow.edges)
    for question in rulebook.questions.values():
        yield question.when
        yield from (evidence.when for evidence in question.evidence)
    for finding in rulebook.findings.values():
        yield from (rule.when for rule in finding.rules)
        yield from (finding.zero, finding.unknown_when, finding.falls_to_1_when)
