"""Where a case stands in each flow: the path answered so far, the next question, and what has fallen off the path."""

from collections.abc import Iterator
from dataclasses import dataclass

from triage.assess.context import Context
from triage.assess.pieces import Place
from triage.cases.record import Pair
from triage.flow.model import About, Edge, Flow, Move

ABOUT_ORDER: tuple[tuple[About, str], ...] = (
    (About.CASE, ""),
    (About.PERSON, "A"),
    (About.PERSON, "B"),
    (About.PAIR, ""),
    (About.DIRECTED, "AB"),
    (About.DIRECTED, "BA"),
)


@dataclass(frozen=True, slots=True)
class Walk:
    """One walk: flow, what it is about (`A>B`, `A-B`, `A` or empty), the path in order, the next question or none."""

    flow: str
    about: str
    path: tuple[str, ...]
    next: str | None


def named(about: About, orientation: str, pair: Pair) -> str:
    """Name an orientation of a pair as answers do."""
    persons = {"A": pair.a, "B": pair.b}
    if about is About.PERSON:
        return persons[orientation]
    if about is About.DIRECTED:
        return f"{persons[orientation[0]]}>{persons[orientation[1]]}"
    return pair.undirected if about is About.PAIR else ""


def walks_of(c: Context) -> Iterator[Walk]:
    """Walk every flow of a pair, in each thing its questions are about; flows that are not open have no walk."""
    for flow in c.book.rulebook.flows.values():
        for about, orientation in ABOUT_ORDER:
            places = _places(c, flow, about, orientation)
            if places and _opens(c, flow, orientation):
                yield _walk(c, flow, about, orientation, places)


def off_the_path(c: Context) -> dict[Place, str]:
    """The answered places that are not asked any more, each with the condition that no longer holds.

    What a logbook question told (flow k) has happened and never falls off.
    """
    fallen: dict[Place, str] = {}
    for flow in c.book.rulebook.flows.values():
        for about, orientation in ABOUT_ORDER:
            skipped = set(_skipped(c, flow, _places(c, flow, about, orientation), orientation))
            for place in _places(c, flow, about, orientation):
                question = c.book.rulebook.questions[place[0]]
                if question.logbook or question.flow != flow.id or place not in c.by_place:
                    continue
                if not c.asked(place):
                    fallen[place] = question.when_text
                elif place in skipped:
                    fallen[place] = "skipped by an edge of the flow"
    return fallen


def _opens(c: Context, flow: Flow, orientation: str) -> bool:
    return bool(c.book.edges[flow.id, orientation](c.strengths, c))


def _places(c: Context, flow: Flow, about: About, orientation: str) -> list[Place]:
    questions = c.book.rulebook.questions
    return [(question, orientation) for question in flow.questions if questions[question].about is about]


def _walk(c: Context, flow: Flow, about: About, orientation: str, places: list[Place]) -> Walk:
    skipped = set(_skipped(c, flow, places, orientation))
    path: list[str] = []
    following: str | None = None
    for place in places:
        if place in skipped or not c.asked(place):
            continue
        if place in c.codes or place in c.valued:
            path.append(place[0])
        elif following is None:
            following = place[0]
    for gate in flow.gates:
        if gate.about is about:
            passed = c.strengths[c.book.slots.number[gate.finding]] >= 2
            path += [gate.id] if passed else []
            following = following if passed or following is not None else gate.id
    return Walk(flow.id, named(about, orientation, c.pair), tuple(path), following)


def _skipped(c: Context, flow: Flow, places: list[Place], orientation: str) -> Iterator[Place]:
    """The places that a `go` edge passes over."""
    order = [place[0] for place in places]
    for edge in flow.edges:
        if edge.move is not Move.GO or edge.source not in order or (edge.source, orientation) not in c.valued:
            continue
        if edge_holds(c, edge, orientation):
            start = order.index(edge.source) + 1
            end = order.index(edge.to) if edge.to in order else len(order)
            yield from places[start:end]


def edge_holds(c: Context, edge: Edge, orientation: str) -> bool:
    """Whether the condition of an edge holds for an orientation."""
    key = (f"{edge.source} {edge.move} {edge.to} {edge.when_text}", orientation)
    return bool(c.book.edges[key](c.strengths, c))


def open_edges(c: Context) -> Iterator[tuple[Edge, str]]:
    """The interruptions and queued flows or duties that the answers call for, with what each is about."""
    for flow in c.book.rulebook.flows.values():
        for edge in flow.edges:
            about = c.book.rulebook.questions[edge.source].about
            for kind, orientation in ABOUT_ORDER:
                answered = (edge.source, orientation) in c.codes or (edge.source, orientation) in c.valued
                if kind is about and edge.move is not Move.GO and answered and edge_holds(c, edge, orientation):
                    yield edge, named(about, orientation, c.pair)
