"""What a decision says, one statement at a time: the same names for the circuit and for the compiled decision."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from triage.flow.circuits.circuit import Literal
from triage.routing.circuit import DecisionCircuit
from triage.routing.compiling import Bare
from triage.routing.decide import Decider
from triage.routing.rules import PERSONS


class Kind(StrEnum):
    """What a statement is about."""

    RESULT = "result"
    ROUTE = "route"
    START = "start"
    ADAPTED = "adapted"
    GATE = "gate"
    ALERT = "alert"
    BROKEN = "broken"


class Statement(NamedTuple):
    """One thing that a decision says: that the route of A holds an outcome, that a gate holds, that a law is broken.

    `person` is A or B for routes, starts and adaptations, else empty; `name` is empty for starts.
    """

    kind: Kind
    name: str = ""
    person: str = ""


def statements_of(decision: DecisionCircuit) -> dict[Statement, Literal]:
    """Every statement that a decision can make, as a literal of its circuit."""
    found = {Statement(Kind.RESULT, name): literal for name, literal in decision.results.items()}
    for person, route in decision.routes.items():
        found[Statement(Kind.START, person=person)] = decision.effective(person)
        found |= {Statement(Kind.ROUTE, name, person): literal for name, literal in route.outcomes.items()}
        found |= {Statement(Kind.ADAPTED, name, person): literal for name, literal in route.adaptations.items()}
    found |= {Statement(Kind.GATE, name): literal for name, literal in decision.gates.items()}
    found |= {Statement(Kind.ALERT, name): literal for name, literal in decision.alerts.items()}
    return found | {Statement(Kind.BROKEN, name): -literal for name, literal in decision.laws.items()}


class Said:
    """Reads the numbers of the compiled decision, with its laws, as statements."""

    def __init__(self, decider: Decider) -> None:
        rules, layout = decider.rules, decider.layout
        adapted = {
            person: [[Statement(Kind.ADAPTED, name, person) for name in rule.gives] for rule in rules.adaptations]
            for person in PERSONS
        }
        routes = {person: [[Statement(Kind.ROUTE, name, person)] for name in layout.outcomes] for person in PERSONS}
        laws = [one.id for one in rules.invariants if one.law is not None]
        self._results = [Statement(Kind.RESULT, one.gives[0]) for one in decider.instances.results]
        # After the result: gates; step, route, adaptations, unmet of A, then of B; alerts, raised alerts, broken laws.
        self._tables = (
            [[Statement(Kind.GATE, name)] for name in layout.gates],
            *((), routes["A"], adapted["A"], ()),
            *((), routes["B"], adapted["B"], ()),
            [[Statement(Kind.ALERT, alert.id)] for alert in layout.alerts],
            (),
            [[Statement(Kind.BROKEN, name)] for name in laws],
        )
        self._of = lru_cache(maxsize=1 << 14)(self._read)

    def __call__(self, bare: Bare) -> frozenset[Statement]:
        """Give what was decided."""
        starts = [Statement(Kind.START, person=person) for person, place in _UNMET.items() if not bare[place]]
        said = (self._of(number, bits) for number, bits in enumerate(bare[1:]) if bits)
        return frozenset((self._results[bare[0]], *starts)).union(*said)

    def _read(self, number: int, bits: int) -> frozenset[Statement]:
        table = self._tables[number]
        return frozenset(one for place, given in enumerate(table) if bits >> place & 1 for one in given)


_UNMET = {"A": 5, "B": 9}
"""Where the numbers of the compiled decision tell what keeps back a start."""


def persons_together(statements: Iterable[Statement]) -> Iterator[Statement]:
    """Give each statement once, whichever person it is about."""
    yield from dict.fromkeys(one._replace(person="") for one in statements)
