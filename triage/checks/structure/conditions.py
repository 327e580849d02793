"""Conditions that say nothing: never or always so; rules and edges that others leave nothing to do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from triage.checks.deciding import Purse, Search, Verdict, verdict
from triage.checks.formulas import Formula, negated
from triage.checks.structure.subject import FINDINGS, Subject
from triage.flow.conditions import Always, And, Condition, Or
from triage.flow.model import Edge, FindingDefinition, Flow, Move, Question
from triage.flow.problems import Problem, shown
from triage.flow.writing import written

LONGEST = 120
"""How much of a condition is repeated in the message about it."""

LONGEST_LIST = 500
"""With more rules above it, whether a rule can be the first to hold is not looked for; the longest shipped has 33."""


@dataclass(frozen=True, slots=True)
class Said:
    """One condition to be judged: what it is of, where it stands, its formula, and what holds wherever it is asked.

    `question` is the one whose piece of evidence it belongs to, if any.
    """

    what: str
    file: str
    line: int
    when: Condition
    holds: Formula
    context: tuple[Formula, ...] = ()
    question: Question | None = None

    def problem(self, code: str, message: str) -> Problem:
        """A problem at this place."""
        return Problem(code, shown(message), self.file, self.line)


def conditions_that_say_nothing(subject: Subject) -> Iterator[Problem]:
    """S006, S007, S010: every condition of the flows and findings can hold, and can fail to, where it is asked."""
    for said in _all_said(subject):
        yield from judged(said, subject.purse)
        if isinstance(said.when, And | Or):
            yield from _dead_alternatives(subject, said)


def judged(said: Said, purse: Purse) -> Iterator[Problem]:
    """S006, S007, S010: a condition never or always holds, or is too large; a plain `always` or `never` is meant."""
    if isinstance(said.when, Always):
        return
    can_hold = verdict((said.holds, *said.context), purse)
    can_fail = verdict((negated(said.holds), *said.context), purse)
    if can_hold is Verdict.IMPOSSIBLE:
        yield said.problem("S006", f"{said.what} never holds: `{_short(said.when)}`.")
    elif can_fail is Verdict.IMPOSSIBLE:
        yield said.problem("S007", f"{said.what} always holds: `{_short(said.when)}`.")
    elif Verdict.TOO_LARGE in {can_hold, can_fail}:
        yield said.problem("S010", f"{said.what} is too large to decide: `{_short(said.when)}`.")


def _all_said(subject: Subject) -> Iterator[Said]:
    book, tests = subject.book, subject.tests
    for flow in book.flows.values():
        yield Said(f"`opens` of flow `{flow.id}`", flow.file, flow.line, flow.opens, tests.formula(flow.opens))
        for edge in flow.edges:
            yield _of_edge(subject, flow, edge)
    for question in book.questions.values():
        file = book.flows[question.flow].file
        what = f"The condition of `{question.id}`"
        if verdict([tests.formula(question.when)], subject.purse) is not Verdict.IMPOSSIBLE:
            yield Said(what, file, question.line, question.when, tests.formula(question.when))
        for evidence in question.evidence:
            what = f"The condition of evidence of `{question.id}` for `{evidence.finding}`"
            options = tests.chosen(evidence, question)
            holds = tests.formula(evidence.when, about=question)
            yield Said(what, file, question.line, evidence.when, holds, (options,), question)
    for finding in book.findings.values():
        yield from _of_finding(subject, finding)


def _of_edge(subject: Subject, flow: Flow, edge: Edge) -> Said:
    asked = subject.tests.formula(subject.book.questions[edge.source].when)
    what = f"The condition of an edge of `{edge.source}` to `{edge.to}`"
    return Said(what, flow.file, edge.line, edge.when, subject.tests.formula(edge.when), (asked,))


def _of_finding(subject: Subject, finding: FindingDefinition) -> Iterator[Said]:
    conditions = [(f"The rule of `{finding.name}` for {rule.strength}", rule.when) for rule in finding.rules]
    keyed = {"zero": finding.zero, "unknown_when": finding.unknown_when, "falls_to_1_when": finding.falls_to_1_when}
    conditions += [(f"`{key}` of `{finding.name}`", when) for key, when in keyed.items()]
    for what, when in conditions:
        yield Said(what, FINDINGS, finding.line, when, subject.tests.formula(when))


def _dead_alternatives(subject: Subject, said: Said) -> Iterator[Problem]:
    """S006: an alternative that can never hold beside what must hold with it."""
    for alternative, beside in _alternatives(said.when, ()):
        formulas = [subject.tests.formula(one, about=said.question) for one in (alternative, *beside)]
        found = verdict([*formulas, *said.context], subject.purse)
        if found is Verdict.TOO_LARGE:
            yield said.problem("S010", f"Whether all alternatives of {_within(said.what)} hold is too large to decide.")
            return
        if found is Verdict.IMPOSSIBLE:
            yield said.problem("S006", f"In {_within(said.what)}, the alternative `{_short(alternative)}` never holds.")


def _alternatives(when: Condition, beside: tuple[Condition, ...]) -> Iterator[tuple[Condition, tuple[Condition, ...]]]:
    if isinstance(when, And):
        for number, part in enumerate(when.parts):
            yield from _alternatives(part, (*beside, *when.parts[:number], *when.parts[number + 1 :]))
    elif isinstance(when, Or):
        for part in when.parts:
            yield part, beside
            yield from _alternatives(part, beside)


def shadowed_rules(subject: Subject) -> Iterator[Problem]:
    """S006, S008, S009: every edge and every rule of a finding can hold, and is left something to do by the others."""
    for flow in subject.book.flows.values():
        for _, group in groupby(sorted(flow.edges, key=_same_call), key=_same_call):
            edges = sorted(group, key=lambda one: one.line)
            yield from shadowed([_of_edge(subject, flow, edge) for edge in edges], subject.purse)
        yield from _two_ways_at_once(subject, flow)
    for finding in subject.book.findings.values():
        rules = sorted(finding.rules, key=lambda one: -one.strength)
        what = f"The rule of `{finding.name}` for"
        said = [
            Said(f"{what} {one.strength}", FINDINGS, finding.line, one.when, subject.tests.formula(one.when))
            for one in rules
        ]
        yield from shadowed(said, subject.purse)


def _same_call(edge: Edge) -> tuple[str, str, str]:
    return edge.source, edge.move, edge.to


def _two_ways_at_once(subject: Subject, flow: Flow) -> Iterator[Problem]:
    """S009: two `go` edges of one question never lead to two places under one condition."""
    for source in dict.fromkeys(edge.source for edge in flow.edges if edge.move is Move.GO):
        edges = [edge for edge in flow.edges if edge.move is Move.GO and edge.source == source]
        seen: dict[str, Edge] = {}
        for edge in edges:
            earlier = seen.setdefault(same_words(edge.when), edge)
            if earlier.to != edge.to:
                message = f"Two edges lead from `{source}` to `{earlier.to}` and `{edge.to}` under one condition."
                yield _of_edge(subject, flow, edge).problem("S009", message)


def shadowed(ordered: Sequence[Said], purse: Purse) -> Iterator[Problem]:
    """S006, S008, S009, S010: each of an ordered list can be the first that holds."""
    seen: dict[str, Said] = {}
    search, above = Search(purse), list[Formula]()
    for said in ordered:
        earlier = seen.setdefault(same_words(said.when), said)
        found = search.verdict((said.holds, *said.context, *above)) if len(above) < LONGEST_LIST else Verdict.TOO_LARGE
        above.append(negated(said.holds))
        if earlier is not said:
            yield said.problem("S009", f"{said.what} has the condition of another above it: `{_short(said.when)}`.")
        elif found is Verdict.TOO_LARGE:
            yield said.problem(
                "S010", f"Whether {_within(said.what)} is ever the first to hold is too large to decide."
            )
        elif found is Verdict.IMPOSSIBLE and verdict((said.holds, *said.context), purse) is Verdict.IMPOSSIBLE:
            yield said.problem("S006", f"{said.what} never holds: `{_short(said.when)}`.")
        elif found is Verdict.IMPOSSIBLE:
            yield said.problem("S008", f"{said.what} never counts: whenever it holds, one above it does.")


def same_words(when: Condition) -> str:
    """A condition in words that do not depend on the order of its parts."""
    if isinstance(when, And | Or):
        return f"{type(when).__name__}({sorted({same_words(part) for part in when.parts})})"
    return written(when)


def _within(what: str) -> str:
    """What a condition is of, within a sentence."""
    return what[0].lower() + what[1:]


def _short(when: Condition) -> str:
    text = written(when)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
