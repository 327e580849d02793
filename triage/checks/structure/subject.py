"""What is checked: the rulebook, the decision as plain rules, and what the flows declare about safety."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from triage.checks.deciding import Purse
from triage.checks.decision import Decision
from triage.checks.flow_tests import FlowTests, flow_tests
from triage.checks.names_read import MEASURE, read_of
from triage.checks.structure.safety_file import Safety
from triage.flow.model import Flow, Question, Rulebook
from triage.flow.problems import Problem, shown

FINDINGS, ACTS = "findings.yml", "acts.yml"


@dataclass(frozen=True)
class Subject:
    """One directory of flows, read without a problem.

    `silent_measures` are what each is when nobody answered anything; the `purse` pays for all that is to be decided.
    """

    book: Rulebook
    decision: Decision
    safety: Safety
    silent_measures: Mapping[str, frozenset[int | None]] = field(default_factory=dict)
    purse: Purse = field(default_factory=Purse)

    @cached_property
    def tests(self) -> FlowTests:
        """The variables of every condition of the flows and findings."""
        return flow_tests(self.book, self.book.conditions)

    @cached_property
    def places(self) -> dict[str, tuple[int, int]]:
        """Where each question comes first in the order of the flows: number of the flow, number within it."""
        found: dict[str, tuple[int, int]] = {}
        for number, flow in enumerate(self.book.flows.values()):
            for position, question in enumerate(flow.questions):
                found.setdefault(question, (number, position))
        return found

    def of_question(self, code: str, message: str, question: Question, near: str = "") -> Problem:
        """A problem of a question, at its line."""
        return Problem(code, shown(message), self.book.flows[question.flow].file, question.line, near)


def of_flow(code: str, message: str, flow: Flow, line: int, near: str = "") -> Problem:
    """A problem of an edge or gate of a flow, or of the flow."""
    return Problem(code, shown(message), flow.file, line, near)


def measures_read(book: Rulebook) -> frozenset[str]:
    """The measures that some condition names."""
    return frozenset(name for one in book.conditions for name in read_of(MEASURE, one, book))
