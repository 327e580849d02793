"""What is read where: no condition that decides what is asked rests on what can only be answered later."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush

from triage.checks.names_read import FINDING, QUESTION, names_read
from triage.checks.structure.subject import Subject, of_flow
from triage.flow.conditions import Condition, Test, tests
from triage.flow.model import Flow
from triage.flow.problems import Problem
from triage.flow.vocabulary import FUNCTIONS, split_role

KNOWN_ONLY = frozenset({"ind", "on", "value", "zero"})
"""Tests of a finding that are false while nothing is known of it; the others hold, and so ask rather than wait."""

Place = tuple[int, int]
AT_ANY_TIME: Place = (-1, -1)
"""Where acts and measures of the record stand: they need no question of the flows before them."""


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
        for name, place in sources.of(test):
            if place is not None and place > until:
                message = f"{what} reads `{name}`, which can only be answered later."
                yield of_flow("S011", message, flow, line)


@dataclass(frozen=True)
class _Sources:
    """Where what a test reads can first come from; nothing for what does not wait for an answer."""

    subject: Subject

    def of(self, test: Test) -> Iterator[tuple[str, Place | None]]:
        """Each thing that a test reads, with the first place that can give it."""
        kinds = FUNCTIONS[test.function].arguments
        book, places = self.subject.book, self.subject.places
        for word in test.arguments:
            if kinds[0] in {"question", "whole_question"}:
                name = split_role(word, book.questions)[0]
                yield name, places[name]
            elif test.function in KNOWN_ONLY:
                name = split_role(word, book.findings)[0]
                if name in book.findings:
                    yield name, self.earliest.get(name)

    @cached_property
    def earliest(self) -> dict[str, Place]:
        """The first place that each finding can come from, directly or through findings that its rules read."""
        book, places = self.subject.book, self.subject.places
        readers: defaultdict[str, list[str]] = defaultdict(list)
        first: list[tuple[Place, str]] = []
        for question in book.questions.values():
            first += [(places[question.id], evidence.finding) for evidence in question.evidence]
        for finding in book.findings.values():
            for condition in finding.conditions:
                for kind, name in names_read(condition, book):
                    if kind == FINDING:
                        readers[name].append(finding.name)
                    else:
                        first.append((places[name] if kind == QUESTION else AT_ANY_TIME, finding.name))
        earliest: dict[str, Place] = {}
        heapify(first)
        while first:
            place, name = heappop(first)
            if name not in earliest:
                earliest[name] = place
                for reader in readers[name]:
                    heappush(first, (place, reader))
        return earliest
