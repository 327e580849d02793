"""Where a case stands in each flow: the path answered so far, the next question, and what has fallen off the path."""

from collections.abc import Collection, Iterator

from triage.assess.compiled.compiling import Route, edge_key
from triage.assess.compiled.writing import ABOUT_ORDER
from triage.assess.context import Context
from triage.assess.paths import Walk
from triage.assess.worth.pieces import Place
from triage.cases.record import Pair
from triage.flow.model import About, Edge, Move

__all__ = ["Walk", "edge_holds", "named", "off_the_path", "open_edges", "walks_of"]


def named(about: About, orientation: str, pair: Pair) -> str:
    """Name an orientation of a pair as answers do."""
    persons = {"A": pair.a, "B": pair.b}
    if about is About.PERSON:
        return persons[orientation]
    if about is About.DIRECTED:
        return f"{persons[orientation[0]]}>{persons[orientation[1]]}"
    return pair.undirected if about is About.PAIR else ""


def walks_of(c: Context) -> list[Walk]:
    """Walk every flow of a pair, in each thing its questions are about; flows that are not open have no walk."""
    called = c.testimony.pair_names
    names = [called.undirected if about is About.PAIR else called.ids[where] for about, where in ABOUT_ORDER]
    return c.book.written.walks(c, names, skipped)


def off_the_path(c: Context) -> dict[Place, str]:
    """The answered places that are not asked any more, each with the condition that no longer holds.

    What a logbook question told (flow k) has happened and never falls off.
    """
    places = c.book.places
    fallen = {places[number].place: places[number].question.when_text for number in c.book.written.fallen(c)}
    for route in c.book.leaping:
        for number in skipped(c, route):
            if number not in c.facts:
                continue
            table = places[number]
            if table.question.flow == route.flow.id and not table.question.logbook:
                fallen.setdefault(table.place, "skipped by an edge of the flow")
    return fallen


def skipped(c: Context, route: Route) -> Collection[int]:
    """The numbers of the places of a route that a `go` edge passes over; worked out once for a context."""
    known = c.leapt.get(route)
    if known is None:
        leaps = [leap for leap in route.leaps if leap.answered in c.facts and leap.holds(c.strengths, c)]
        known = c.leapt[route] = dict.fromkeys([table.number for leap in leaps for table in leap.skipped])
    return known


def edge_holds(c: Context, edge: Edge, orientation: str) -> bool:
    """Whether the condition of an edge holds for an orientation."""
    return bool(c.book.edges[edge_key(edge), orientation](c.strengths, c))


def open_edges(c: Context) -> Iterator[tuple[Edge, str]]:
    """The interruptions and queued flows or duties that the answers call for, with what each is about."""
    for flow in c.book.rulebook.flows.values():
        for edge in flow.edges:
            about = c.book.rulebook.questions[edge.source].about
            for kind, orientation in ABOUT_ORDER:
                answered = c.recorded((edge.source, orientation))
                if kind is about and edge.move is not Move.GO and answered and edge_holds(c, edge, orientation):
                    yield edge, named(about, orientation, c.pair)
