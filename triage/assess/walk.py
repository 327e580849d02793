"""Where a case stands in each flow: the path answered so far, the next question, and what has fallen off the path."""

from collections.abc import Iterator
from dataclasses import dataclass

from triage.assess.compiling import ABOUT_ORDER, Route
from triage.assess.context import Context
from triage.assess.pieces import Place
from triage.cases.record import Pair
from triage.flow.model import About, Edge, Move


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
    for route in c.book.routes:
        if c.book.edges[route.flow.id, route.orientation](c.strengths, c):
            yield _walk(c, route)


def off_the_path(c: Context) -> dict[Place, str]:
    """The answered places that are not asked any more, each with the condition that no longer holds.

    What a logbook question told (flow k) has happened and never falls off.
    """
    questions = c.book.rulebook.questions
    fallen = {
        place: questions[place[0]].when_text
        for place in c.book.conditional
        if place in c.by_place and not c.asked(place)
    }
    for route in c.book.routes:
        for place in _skipped(c, route) if route.leaps else ():
            own = questions[place[0]].flow == route.flow.id and not questions[place[0]].logbook
            if own and place in c.by_place:
                fallen.setdefault(place, "skipped by an edge of the flow")
    return fallen


def _walk(c: Context, route: Route) -> Walk:
    skipped = set(_skipped(c, route)) if route.leaps else ()
    path: list[str] = []
    following: str | None = None
    answered, silent, strengths = c.by_place, c.non_answers, c.strengths
    for place, when in route.asked:
        if (when is not None and not when(strengths, c)) or place in skipped:
            continue
        if place in answered or place in silent:
            path.append(place[0])
        elif following is None:
            following = place[0]
    for gate in route.flow.gates:
        if gate.about is route.about:
            passed = c.strengths[c.book.slots.number[gate.finding]] >= 2
            path += [gate.id] if passed else []
            following = following if passed or following is not None else gate.id
    return Walk(route.flow.id, named(route.about, route.orientation, c.pair), tuple(path), following)


def _skipped(c: Context, route: Route) -> Iterator[Place]:
    """The places that a `go` edge passes over."""
    order = [place[0] for place in route.places]
    for edge in route.flow.edges:
        if edge.move is not Move.GO or edge.source not in order or not c.valued((edge.source, route.orientation)):
            continue
        if edge_holds(c, edge, route.orientation):
            start = order.index(edge.source) + 1
            end = order.index(edge.to) if edge.to in order else len(order)
            yield from route.places[start:end]


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
                answered = c.recorded((edge.source, orientation))
                if kind is about and edge.move is not Move.GO and answered and edge_holds(c, edge, orientation):
                    yield edge, named(about, orientation, c.pair)
