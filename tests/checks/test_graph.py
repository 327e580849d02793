"""The flows as graphs: what leads on, what leads to an outcome, and what networkx can be asked of them."""

import networkx as nx
import pytest

from triage.checks.decision import Decision
from triage.checks.graph import ORDER, Node, NodeKind, rulebook_graph, ways
from triage.flow.model import Rulebook
from triage.routing.checking.judging import decision_of
from triage.routing.loading import Loaded, load
from triage.settings import FLOWS


@pytest.fixture(scope="module")
def shipped() -> Loaded:
    loaded = load(FLOWS)
    assert isinstance(loaded, Loaded)
    return loaded


@pytest.fixture(scope="module")
def book(shipped: Loaded) -> Rulebook:
    return shipped.book.rulebook


@pytest.fixture(scope="module")
def decision(shipped: Loaded) -> Decision:
    return decision_of(shipped.decider.rules)


def test_the_ways_only_lead_forward_and_all_of_them_end(book: Rulebook) -> None:
    graph = ways(book, book.flows)
    start, end = Node(NodeKind.START, next(iter(book.flows))), Node(NodeKind.END, list(book.flows)[-1])
    assert nx.is_directed_acyclic_graph(graph)
    assert nx.ancestors(graph, end) | {end} == set(graph) == nx.descendants(graph, start) | {start}
    assert {kind for *_, kind in graph.edges(data="kind")} == ORDER


def test_a_question_with_a_condition_may_be_passed_over_and_one_without_may_not(book: Rulebook) -> None:
    graph = ways(book, ["a"])
    start = Node(NodeKind.START, "a")

    def can_be_passed(question: str) -> bool:
        without = nx.subgraph_view(graph, filter_node=lambda node: node != Node(NodeKind.QUESTION, question, "a"))
        return nx.has_path(without, start, Node(NodeKind.END, "a"))

    assert can_be_passed("RI-11")
    assert not can_be_passed("RI-01")


def test_the_slice_of_an_outcome_holds_the_questions_that_can_lead_to_it(book: Rulebook, decision: Decision) -> None:
    graph = rulebook_graph(book, decision)
    leading = {node.id for node in nx.ancestors(graph, Node(NodeKind.OUTCOME, "O-JOINT-GATE"))}
    assert {"JW-01", "KEY1", "JW_OK", "JWREQ", "gate-joint-permitted", "RISK_HIGH", "JOINT-SIGN"} <= leading
    assert leading.isdisjoint({"EQ-04", "REMOTEOK", "gate-adult"})


def test_every_question_leads_to_some_outcome_or_is_declared_to_be_kept(book: Rulebook, decision: Decision) -> None:
    graph = rulebook_graph(book, decision)
    outcomes = [node for node in graph if node.kind in {NodeKind.OUTCOME, NodeKind.RULE}]
    leading = set().union(*(nx.ancestors(graph, node) for node in outcomes))
    silent = {name for name in book.questions if Node(NodeKind.QUESTION, name) not in leading}
    unread = {finding.name for finding in book.findings.values() if finding.read_by}
    for name in silent:
        question = book.questions[name]
        assert question.on_file or question.effects or {one.finding for one in question.evidence} <= unread, name
