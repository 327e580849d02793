"""Draw one flow: its questions in order, what leads away from them under which condition, and where that leads."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from triage.checks.coverage_marks import Coverage, edge_key
from triage.checks.pictures.model import Link, LinkKind, Node, NodeKind, Outline, Picture
from triage.checks.pictures.order import beneath
from triage.checks.pictures.texts import capital, shortened
from triage.checks.pictures.things import (
    clauses_outline,
    condition_outline,
    finding_title,
    mark_of,
    question_node,
    thing_node,
)
from triage.checks.pictures.words import Speaker
from triage.flow.conditions import Always, Test
from triage.flow.model import Edge, Flow, Gate, Move

END = "end"
LONGEST_LABEL = 190
_KINDS = {Move.GO: LinkKind.GO, Move.INTERRUPT: LinkKind.INTERRUPT, Move.QUEUE: LinkKind.QUEUE}


def flow_picture(letter: str, speaker: Speaker, coverage: Coverage | None = None) -> Picture:
    """Draw a flow; raises KeyError when there is no such flow."""
    book, texts = speaker.book, speaker.texts
    flow = book.flows[letter]
    questions = [question_node(book.questions[name], speaker, coverage, letter) for name in flow.questions]
    gates = [_gate(gate, speaker) for gate in flow.gates]
    spine = (_start(flow, speaker), *questions, *gates, Node(END, NodeKind.END, texts.phrase("flow.end")))
    on_spine = {node.id for node in spine}
    targets = dict.fromkeys([edge.to for edge in flow.edges] + [gate.otherwise for gate in flow.gates])
    below = {word: thing_node(word, book, speaker) for word in targets if word not in on_spine}
    leaving = tuple(edge_link(flow, edge, speaker, below, coverage) for edge in flow.edges)
    refused = tuple(_otherwise(gate, speaker, below) for gate in flow.gates)
    links = (*_along(spine, speaker), *leaving, *refused)
    return Picture(
        id=f"flow {letter}",
        title=texts.phrase("flow.title", letter=letter, title=texts(f"flow.{letter}.title")),
        description=texts.phrase("flow.describe"),
        nodes=(*spine, *beneath(below.values(), spine, links)),
        links=links,
        language=texts.language,
    )


def _start(flow: Flow, speaker: Speaker) -> Node:
    texts = speaker.texts
    return Node(
        id="start",
        kind=NodeKind.START,
        title=texts.phrase("flow.start"),
        text=shortened(texts.phrase("flow.opens", when=speaker.briefly().sentence(flow.opens)), LONGEST_LABEL),
        note=texts.phrase(f"about.{flow.about}"),
        details=(*opened_when(flow, speaker), clauses_outline(flow.clauses, texts)),
    )


def opened_when(flow: Flow, speaker: Speaker) -> tuple[Outline, ...]:
    """Say when a flow opens; nothing when it always does."""
    if isinstance(flow.opens, Always):
        return ()
    return (Outline(speaker.texts.phrase("flow.opens", when="").strip(), (speaker.outline(flow.opens),)),)


def _gate(gate: Gate, speaker: Speaker) -> Node:
    texts = speaker.texts
    passed = texts.phrase("gate.passed", when=speaker.sentence(Test("ind", (gate.finding,))))
    return Node(
        id=gate.id,
        kind=NodeKind.GATE,
        title=f"{gate.id} · {finding_title(gate.finding, texts)}",
        text=passed,
        note=texts.phrase("flow.computed"),
        href=f"findings/{gate.finding.lower().replace('_', '-')}",
    )


def _otherwise(gate: Gate, speaker: Speaker, below: dict[str, Node]) -> Link:
    texts = speaker.texts
    failed = speaker.test(Test("ind", (gate.finding,)), wanted=False)
    said = texts.phrase("gate.otherwise", when=failed)
    lead = texts.phrase("lead.queue", target=below[gate.otherwise].title)
    return Link(gate.id, below[gate.otherwise].id, LinkKind.QUEUE, lead, said, Outline(said))


def _along(spine: tuple[Node, ...], speaker: Speaker) -> Iterator[Link]:
    """Lead from each node to the next; above a question with a condition stands the condition."""
    texts, book = speaker.texts, speaker.book
    for here, following in pairwise(spine):
        question = book.questions.get(following.id)
        link = Link(here.id, following.id, LinkKind.NEXT)
        if question and not isinstance(question.when, Always):
            before = book.questions.get(here.id)
            if before and before.when == question.when and before.about == question.about:
                label = texts.phrase("asked.same")
            else:
                label = texts.phrase("asked.if", when=speaker.briefly().sentence(question.when))
            link = replace(link, label=shortened(label, LONGEST_LABEL), outline=speaker.outline(question.when))
        yield link


def edge_link(flow: Flow, edge: Edge, speaker: Speaker, below: dict[str, Node], coverage: Coverage | None) -> Link:
    """Draw an edge of a flow: what it does, its sentence, its condition; `below` has the nodes outside the column."""
    texts, kind = speaker.texts, _KINDS[edge.move]
    target = below.get(edge.to)
    name = texts.phrase("flow.end") if edge.to == END else target.title if target else edge.to
    label = texts(edge.text) if edge.text else ""
    under: tuple[Outline, ...] = ()
    if not isinstance(edge.when, Always):
        said = texts.phrase("if", when=speaker.briefly().sentence(edge.when))
        label, under = f"{label} {capital(said)}.", (condition_outline(edge.when, speaker),)
    seen = None if coverage is None else mark_of(texts, seen=edge_key(flow, edge) in coverage.edges)
    whole = Outline(texts(edge.text) if edge.text else "", under)
    lead = texts.phrase(f"lead.{kind}", target=name)
    return Link(
        edge.source, target.id if target else edge.to, kind, lead, shortened(label.strip(), LONGEST_LABEL), whole, seen
    )
