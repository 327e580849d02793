"""Which outcomes, holds included, the route of each person can still hold, and whether work with them can start."""

from collections.abc import Iterator
from dataclasses import dataclass

from triage.flow.circuits.circuit import Literal
from triage.routing.decide import Decider
from triage.routing.reachable.diagram import FALSE, TRUE
from triage.routing.reachable.possible import MayBecome
from triage.routing.reachable.space import Decision, Known, Space, decision_over
from triage.routing.rules import PERSONS


@dataclass(frozen=True, slots=True)
class Prospect:
    """What one person's route can still become.

    `outcomes` are those it can hold; `may_start` that it can become effective, `may_not` that it can fail to.
    """

    person: str
    outcomes: tuple[str, ...]
    may_start: bool
    may_not: bool


def prospects(decider: Decider, known: Known, may_become: MayBecome) -> tuple[Prospect, ...]:
    """What the routes of both can still become; gates in force stay so (11.3), so `known.latched` holds them all."""
    decision = decision_over(decider, known.sources)
    space = Space(decision, known, may_become, dict(_statements(decision)))
    return tuple(_prospect(space, person) for person in PERSONS)


def _statements(decision: Decision) -> Iterator[tuple[str, Literal]]:
    for person in PERSONS:
        yield f"{person} starts", decision.circuit.effective(person)
        for outcome, literal in decision.circuit.routes[person].outcomes.items():
            yield f"{person} {outcome}", literal


def _prospect(space: Space, person: str) -> Prospect:
    of_person = {name.removeprefix(f"{person} "): node for name, node in space.nodes.items() if name[0] == person}
    start = of_person.pop("starts")
    outcomes = sorted(name for name, node in of_person.items() if node != FALSE)
    return Prospect(person, tuple(outcomes), may_start=start != FALSE, may_not=start != TRUE)
