"""The ways through the flows: every question is reached, every way ends, what is first comes first."""

from collections.abc import Iterator

import networkx as nx

from triage.checks.deciding import Verdict, verdict
from triage.checks.formulas import negated
from triage.checks.graph import EdgeKind, Node, NodeKind, ways
from triage.checks.structure.safety_file import FILE, Precedence
from triage.checks.structure.subject import Subject, of_flow
from triage.flow.conditions import Condition
from triage.flow.model import Flow, Gate, Move, Question
from triage.flow.problems import Problem

PERMITTED = 2
SPEAKING = frozenset({"source", "part", "count", "2", "3", "4"})
"""The strengths of evidence by which a finding can come to be indicated."""


def unreachable_questions(subject: Subject) -> Iterator[Problem]:
    """S001: every question can be asked: its flow opens, its condition can hold, no edge always passes over it."""
    for flow in subject.book.flows.values():
        reached = _reached(subject, flow)
        for name in flow.questions:
            question = subject.book.questions[name]
            formulas = [subject.tests.formula(one) for one in (flow.opens, question.when)]
            yield from _never_asked(subject, flow, question, verdict(formulas, subject.purse), name in reached)


def _never_asked(
    subject: Subject, flow: Flow, question: Question, found: Verdict, is_reached: bool
) -> Iterator[Problem]:
    where = f"`{question.id}` is never asked in flow `{flow.id}`"
    if found is Verdict.TOO_LARGE:
        message = f"Whether `{question.id}` is ever asked in flow `{flow.id}` is too large to decide."
        yield subject.of_question("S010", message, question)
    elif found is Verdict.IMPOSSIBLE:
        yield subject.of_question("S001", f"{where}: its condition and the flow's never hold together.", question)
    elif not is_reached:
        yield subject.of_question("S001", f"{where}: an edge always passes over it.", question)


def _reached(subject: Subject, flow: Flow) -> set[str]:
    """The questions to which some way leads."""
    graph = ways(subject.book, [flow.id])
    for edge in flow.edges:
        if edge.move is Move.GO and _always(subject, edge.when):
            source = Node(NodeKind.QUESTION, edge.source, flow.id)
            following = [to for _, to, kind in graph.out_edges(source, keys=True) if kind is EdgeKind.NEXT]
            graph.remove_edges_from([(source, to, EdgeKind.NEXT) for to in following])
    reached = nx.descendants(graph, Node(NodeKind.START, flow.id))
    return {node.id for node in reached if node.kind is NodeKind.QUESTION}


def _always(subject: Subject, when: Condition) -> bool:
    return verdict([negated(subject.tests.formula(when))], subject.purse) is Verdict.IMPOSSIBLE


def endless_ways(subject: Subject) -> Iterator[Problem]:
    """S002: a computed gate can be passed, and is come to: otherwise the flow never ends."""
    for flow in subject.book.flows.values():
        abouts = {subject.book.questions[name].about for name in flow.questions}
        for gate in flow.gates:
            if gate.about not in abouts:
                message = f"`{gate.id}` is never come to: flow `{flow.id}` asks nothing about the {gate.about}."
                yield of_flow("S002", message, flow, gate.line)
            elif not _can_be_passed(subject, gate):
                message = f"`{gate.id}` is never passed: nothing can make `{gate.finding}` indicated."
                yield of_flow("S002", message, flow, gate.line)


def _can_be_passed(subject: Subject, gate: Gate) -> bool:
    definition = subject.book.findings[gate.finding]
    evidence = (one for question in subject.book.questions.values() for one in question.evidence)
    speaking = (one for one in evidence if one.finding == gate.finding and one.strength in SPEAKING)
    rules = (rule for rule in definition.rules if rule.strength >= PERMITTED)
    return any(one.cap >= PERMITTED for one in speaking) or any(
        verdict([subject.tests.formula(rule.when)], subject.purse) is not Verdict.IMPOSSIBLE for rule in rules
    )


def loops(subject: Subject) -> Iterator[Problem]:
    """S003: no calls go round in a circle without an answer deciding it, from question to question or flow to flow."""
    graph = nx.DiGraph()
    calls = [
        (flow, edge)
        for flow in subject.book.flows.values()
        for edge in flow.edges
        if edge.move is not Move.GO and _always(subject, edge.when)
    ]
    for flow, edge in calls:
        graph.add_edge(edge.source, edge.to)
        graph.add_edge(flow.id, edge.source)
    rounds = {name for part in nx.strongly_connected_components(graph) if len(part) > 1 for name in part}
    rounds |= set(nx.nodes_with_selfloops(graph))
    for flow, edge in calls:
        if {edge.source, edge.to} <= rounds:
            message = f"`{edge.source}` always calls for `{edge.to}`, which leads back to `{edge.source}`."
            yield of_flow("S003", message, flow, edge.line)


def safety_questions(subject: Subject) -> Iterator[Problem]:
    """S016: what safety.yml puts first stands on every way to what comes after it (dominators of the ways)."""
    if not subject.safety.first:
        return
    order = list(subject.book.flows)
    graph = ways(subject.book, order)
    start = Node(NodeKind.START, order[0])
    above = nx.DiGraph(
        (dominator, node) for node, dominator in nx.immediate_dominators(graph, start).items() if node != dominator
    )
    for precedence in subject.safety.first:
        yield from _not_after(subject, precedence, above)


def danger_passed_over(subject: Subject) -> Iterator[Problem]:
    """S021: no `go` edge in the flows that are never skipped, and every call that cannot wait is there."""
    for flow_id in subject.safety.never_skipped:
        flow = subject.book.flows[flow_id]
        for edge in flow.edges:
            if edge.move is Move.GO:
                message = f"An edge of `{edge.source}` skips questions of flow `{flow.id}`, which is never skipped."
                yield of_flow("S021", message, flow, edge.line)
    calls = {
        (edge.source, edge.to)
        for flow in subject.book.flows.values()
        for edge in flow.edges
        if edge.move is Move.INTERRUPT
    }
    for call in subject.safety.interrupts:
        if (call.source, call.to) not in calls:
            message = f"Nothing interrupts at `{call.source}` for `{call.to}`, which cannot wait."
            yield Problem("S021", message, FILE, call.line)


def _not_after(subject: Subject, precedence: Precedence, above: nx.DiGraph) -> Iterator[Problem]:
    kind = NodeKind.PASSAGE if precedence.where_needed else NodeKind.QUESTION
    earliest = list(subject.book.flows)[subject.places[precedence.question][0]]
    first = Node(kind, precedence.question, earliest)
    after = nx.descendants(above, first) if first in above else set[Node]()
    for flow_id in precedence.flows or subject.book.flows:
        before = [
            name
            for name in subject.book.flows[flow_id].questions
            if name not in {precedence.question, *precedence.excepted}
            and Node(NodeKind.QUESTION, name, flow_id) not in after
        ]
        if before:
            told = ", ".join(f"`{name}`" for name in before[:4]) + (" and others" if len(before) > 4 else "")
            message = f"In flow `{flow_id}`, {told} can be asked before `{precedence.question}`, which comes first."
            yield Problem("S016", message, FILE, precedence.line)
