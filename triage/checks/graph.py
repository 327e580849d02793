"""The flows as graphs of networkx: the way through one flow, and what every question, finding and rule reads.

Nodes are `Node(kind, id)`; each has the attributes that its function names. Edges have a `kind` (`EdgeKind`) as their
key and attribute. Only this module and its readers in this room import networkx; `routing` must never reach it.
"""

from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

import networkx as nx

from triage.checks.decision import Decision, DecisionRule
from triage.checks.names_read import MEASURE, names_read
from triage.flow.conditions import Always, Condition
from triage.flow.model import Edge, Flow, Move, Rulebook
from triage.flow.vocabulary import split_role

END = "end"


class NodeKind(StrEnum):
    """What a node stands for."""

    START = "start"
    QUESTION = "question"
    PASSAGE = "passage"
    GATE = "gate"
    END = "end"
    FLOW = "flow"
    FINDING = "finding"
    ACT = "act"
    OUTCOME = "outcome"
    RULE = "rule"


class EdgeKind(StrEnum):
    """Why one node leads to another."""

    NEXT = "next"
    PASSED = "passed"
    GO = "go"
    INTERRUPT = "interrupt"
    QUEUE = "queue"
    OTHERWISE = "otherwise"
    EVIDENCE = "evidence"
    READS = "reads"
    GIVES = "gives"


class Node(NamedTuple):
    """One node: its kind and the id under which the flows know it (`a` for the start and end of flow a).

    `flow` is set in the ways alone, where a question that several flows ask stands once in each.
    """

    kind: NodeKind
    id: str
    flow: str = ""


MOVES = {Move.GO: EdgeKind.GO, Move.INTERRUPT: EdgeKind.INTERRUPT, Move.QUEUE: EdgeKind.QUEUE}
ORDER = frozenset({EdgeKind.NEXT, EdgeKind.PASSED, EdgeKind.GO})
"""The edges along which a position moves; the others call for something and move nothing."""


def ways(book: Rulebook, flow_ids: Iterable[str]) -> nx.MultiDiGraph:
    """Give every way through flows that are walked one after the other, from the first START to the last END.

    Before each question stands its PASSAGE, from which a question with a condition may be passed over; so the graph
    stays linear in the questions. Edges: NEXT, PASSED, GO. A flow that does not always open may be passed over whole.
    """
    graph = nx.MultiDiGraph()
    order = list(flow_ids)
    for flow_id in order:
        flow = book.flows[flow_id]
        start, end = Node(NodeKind.START, flow_id), Node(NodeKind.END, flow_id)
        line = [start, *(Node(NodeKind.PASSAGE, one, flow_id) for one in flow.questions), end]
        for here, following in pairwise(line):
            _lead_on(graph, book, here, following)
        for edge in flow.edges:
            if edge.move is Move.GO:
                source = Node(NodeKind.QUESTION, edge.source, flow_id)
                to = end if edge.to == END else Node(NodeKind.PASSAGE, edge.to, flow_id)
                graph.add_edge(source, to, EdgeKind.GO, kind=EdgeKind.GO)
        if is_conditional(flow.opens):
            graph.add_edge(start, end, EdgeKind.PASSED, kind=EdgeKind.PASSED)
    for earlier, later in pairwise(order):
        following = Node(NodeKind.START, later)
        graph.add_edge(Node(NodeKind.END, earlier), following, EdgeKind.NEXT, kind=EdgeKind.NEXT)
    return graph


def rulebook_graph(book: Rulebook, decision: Decision | None = None) -> nx.MultiDiGraph:
    """Give what leads to what: the slice of an outcome or finding is what `networkx.ancestors` finds here.

    Nodes: QUESTION, FINDING, ACT, FLOW, GATE, RULE (`list`) and OUTCOME. Edges go from what is read to its reader:
    EVIDENCE from a question to a finding (`strengths`), READS to whatever a condition decides (a finding, whether a
    question is asked, whether a flow opens, a rule of the decision), GIVES from a rule, edge or gate to what follows.
    Rules and definitions of the `decision` lead to those that use them, and to what they give; without a decision the
    graph ends at the findings and the edges.
    """
    graph = nx.MultiDiGraph()
    for kind, names in (
        (NodeKind.QUESTION, book.questions), (NodeKind.FINDING, book.findings),
        (NodeKind.ACT, book.acts), (NodeKind.FLOW, book.flows),
    ):  # fmt: skip
        graph.add_nodes_from(Node(kind, name) for name in names)
    for question in book.questions.values():
        node = Node(NodeKind.QUESTION, question.id)
        graph.add_edge(Node(NodeKind.FLOW, question.flow), node, EdgeKind.NEXT, kind=EdgeKind.NEXT)
        _reads(graph, book, question.when, node)
        for evidence in question.evidence:
            finding = Node(NodeKind.FINDING, evidence.finding)
            graph.add_edge(node, finding, EdgeKind.EVIDENCE, kind=EdgeKind.EVIDENCE)
            _reads(graph, book, evidence.when, finding)
    for definition in book.findings.values():
        for condition in definition.conditions:
            _reads(graph, book, condition, Node(NodeKind.FINDING, definition.name))
    for flow in book.flows.values():
        _add_flow(graph, book, flow)
    if decision is not None:
        for rule in decision.rules:
            _add_rule(graph, book, decision, rule)
    return graph


def leading_to(graph: nx.MultiDiGraph, targets: Iterable[Node]) -> set[Node]:
    """Give every node from which an edge leads on to some target, directly or through others."""
    waiting, leading = [before for target in targets for before in graph.pred[target]], set[Node]()
    while waiting:
        node = waiting.pop()
        if node not in leading:
            leading.add(node)
            waiting += graph.pred[node]
    return leading


def is_conditional(condition: Condition) -> bool:
    """Whether something is not simply always so."""
    return condition != Always()


def target_of(book: Rulebook, flow: Flow, edge: Edge) -> Node:
    """Give the node that an edge leads to."""
    if edge.move is Move.GO and edge.to == END:
        return Node(NodeKind.END, flow.id)
    known = (
        (NodeKind.QUESTION, book.questions), (NodeKind.FLOW, book.flows), (NodeKind.ACT, book.acts),
    )  # fmt: skip
    return next((Node(kind, edge.to) for kind, names in known if edge.to in names), Node(NodeKind.OUTCOME, edge.to))


def _lead_on(graph: nx.MultiDiGraph, book: Rulebook, here: Node, following: Node) -> None:
    if here.kind is NodeKind.PASSAGE:
        question = Node(NodeKind.QUESTION, here.id, here.flow)
        graph.add_edge(here, question, EdgeKind.NEXT, kind=EdgeKind.NEXT)
        if is_conditional(book.questions[here.id].when):
            graph.add_edge(here, following, EdgeKind.PASSED, kind=EdgeKind.PASSED)
        here = question
    graph.add_edge(here, following, EdgeKind.NEXT, kind=EdgeKind.NEXT)


def _reads(graph: nx.MultiDiGraph, book: Rulebook, condition: Condition, reader: Node) -> None:
    for kind, name in names_read(condition, book):
        read = Node(NodeKind(kind), name) if kind != MEASURE else reader
        if read != reader:
            graph.add_edge(read, reader, EdgeKind.READS, kind=EdgeKind.READS)


def _add_flow(graph: nx.MultiDiGraph, book: Rulebook, flow: Flow) -> None:
    _reads(graph, book, flow.opens, Node(NodeKind.FLOW, flow.id))
    for number, edge in enumerate(flow.edges):
        source, target = Node(NodeKind.QUESTION, edge.source), target_of(book, flow, edge)
        kind = MOVES[edge.move]
        graph.add_edge(source, target, (kind, number), kind=kind, when=edge.when_text, text=edge.text)
        _reads(graph, book, edge.when, target)
    for gate in flow.gates:
        node, outcome = Node(NodeKind.GATE, gate.id), Node(NodeKind.OUTCOME, gate.otherwise)
        graph.add_edge(Node(NodeKind.FINDING, gate.finding), node, EdgeKind.READS, kind=EdgeKind.READS)
        graph.add_edge(node, outcome, EdgeKind.OTHERWISE, kind=EdgeKind.OTHERWISE)


def _add_rule(graph: nx.MultiDiGraph, book: Rulebook, decision: Decision, rule: DecisionRule) -> None:
    node = Node(NodeKind.RULE, rule.id)
    graph.add_node(node, list=rule.list)
    for word in decision.words(rule):
        finding, _ = split_role(word, book.findings)
        if finding in book.findings:
            graph.add_edge(Node(NodeKind.FINDING, finding), node, EdgeKind.READS, kind=EdgeKind.READS)
        elif word in decision.defined and decision.defined[word].id != rule.id:
            graph.add_edge(Node(NodeKind.RULE, decision.defined[word].id), node, EdgeKind.READS, kind=EdgeKind.READS)
    for given in rule.gives:
        graph.add_edge(node, Node(NodeKind.OUTCOME, given), EdgeKind.GIVES, kind=EdgeKind.GIVES)
