"""What is read where: no condition that decides what is asked rests on what can only be answered later."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from triage.checks.names_read import ACT, FINDING, MEASURE, QUESTION, conditions_of, names_read
from triage.checks.structure.subject import Subject, of_flow
from triage.flow.conditions import Condition, Test, tests
from triage.flow.model import Flow
from triage.flow.problems import Problem
from triage.flow.vocabulary import FUNCTIONS, split_role

KNOWN_ONLY = frozenset({"ind", "on", "value", "zero"})
"""Tests of a finding that are false while nothing is known of it; the others hold, and so ask rather than wait."""

Place = tuple[int, int]


def read_before_asked(subject: Subject) -> Iterator[Problem]:
    """S011: no condition of a flow, question or edge rests only on questions that stand later.

    Flows stand in the order of their files. An answer that is read directly must stand earlier (for an edge, at its own
    question at the latest); of a finding that must be known, one source at least must: an earlier question, an act, or
    a measure of the record. What is `poss` or `unk` needs no source: it holds while nothing is known.
    """
    sources = _Sources(subject)
    for number, flow in enumerate(subject.book.flows.values()):
        yield from _of_condition(sources, flow, flow.opens, (number, -1), flow.line, "`opens`")
        for name in flow.questions:
            question = subject.book.questions[name]
            if question.flow == flow.id:
                place = subject.places[name]
                before = (place[0], place[1] - 1)
                yield from _of_condition(sources, flow, question.when, before, question.line, f"`{name}`")
        for edge in flow.edges:
            place = (number, flow.questions.index(edge.source))
            yield from _of_condition(sources, flow, edge.when, place, edge.line, f"An edge of `{edge.source}`")


def _of_condition(
    sources: "_Sources", flow: Flow, when: Condition, until: Place, line: int, what: str
) -> Iterator[Problem]:
    for test in tests(when):
        for name, places in sources.of(test):
            if places and all(place > until for place in places):
                message = f"{what} reads `{name}`, which can only be answered later."
                yield of_flow("S011", message, flow, line)


@dataclass(frozen=True)
class _Sources:
    """Where what a test reads can come from; nothing for what does not wait for an answer."""

    subject: Subject

    def of(self, test: Test) -> Iterator[tuple[str, set[Place]]]:
        """Each thing that a test reads, with the places of all its sources."""
        kinds = FUNCTIONS[test.function].arguments
        book, places = self.subject.book, self.subject.places
        for word in test.arguments:
            if kinds[0] in {"question", "whole_question"}:
                name = split_role(word, book.questions)[0]
                yield name, {places[name]}
            elif test.function in KNOWN_ONLY:
                name = split_role(word, book.findings)[0]
                if name in book.findings:
                    yield name, self.by_finding.get(name, set())

    @cached_property
    def by_finding(self) -> dict[str, set[Place]]:
        """The places of all questions that a finding can come from; none where acts or measures can give it, too."""
        direct: dict[str, set[Place]] = {name: set() for name in self.subject.book.findings}
        reads: dict[str, set[str]] = {name: set() for name in self.subject.book.findings}
        elsewhere: set[str] = set()
        for question in self.subject.book.questions.values():
            for evidence in question.evidence:
                direct[evidence.finding].add(self.subject.places[question.id])
        for finding in self.subject.book.findings.values():
            for condition in conditions_of(finding):
                for kind, name in names_read(condition, self.subject.book):
                    if kind == QUESTION:
                        direct[finding.name].add(self.subject.places[name])
                    elif kind == FINDING:
                        reads[finding.name].add(name)
                    elif kind in {ACT, MEASURE}:
                        elsewhere.add(finding.name)
        return {name: self._gathered(name, direct, reads, elsewhere) for name in direct}

    @staticmethod
    def _gathered(
        name: str, direct: dict[str, set[Place]], reads: dict[str, set[str]], elsewhere: set[str]
    ) -> set[Place]:
        waiting, seen, found = [name], {name}, set[Place]()
        while waiting:
            one = waiting.pop()
            if one in elsewhere:
                return set()
            found |= direct[one]
            waiting += reads[one] - seen
            seen |= reads[one]
        return found
