"""All ways in which the facts of a pair may turn out, and what the rules say over all of them at once.

A fact is one variable. Its values are the strengths it may have, those that no rule tells apart taken together; where
the rules count sources (11.1 step 3), also the class it would rest on: one of those on file, one new, or several.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from triage.flow.circuits.circuit import Circuit, Literal
from triage.flow.circuits.thresholds import free
from triage.flow.conditions import tests
from triage.flow.values import UNKNOWN, Strength
from triage.routing.circuit import DecisionCircuit
from triage.routing.circuit import Facts as CircuitFacts
from triage.routing.decide import Classes, Decider
from triage.routing.reachable.diagram import FALSE, TRUE, Diagram, Node
from triage.routing.reachable.possible import SEVERAL, MayBecome

NEW_SOURCE = "*"
"""A class that nothing on file rests on alone. One is enough: two new ones count as `SEVERAL` does."""


@dataclass(frozen=True)
class Known:
    """What is on file about a pair: strengths by fact, the classes they rest on, the gates in force."""

    facts: Mapping[str, Strength]
    latched: frozenset[str] = frozenset()
    classes: Classes = field(default_factory=dict)

    def strength(self, fact: str) -> Strength:
        """The strength of a fact; what is missing is unknown."""
        return self.facts.get(fact, UNKNOWN)

    def source(self, fact: str) -> str:
        """The one class that a fact rests on, or SEVERAL."""
        behind = self.classes.get(fact) or frozenset()
        return next(iter(behind)) if len(behind) == 1 else SEVERAL

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The classes that some fact rests on alone, and the new one."""
        return (*sorted({self.source(fact) for fact in self.classes} - {SEVERAL}), NEW_SOURCE)


@lru_cache(maxsize=16)
def counted_facts(decider: Decider) -> tuple[str, ...]:
    """The facts of which the rules count the sources."""
    lists = decider.rules.lists
    words = (
        word
        for _, condition in decider.instances.definitions
        for test in tests(condition)
        if test.function == "distinct"
        for word in test.arguments
    )
    return tuple(dict.fromkeys(name for word in words for name in lists.get(word, (word,))))


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a fact: the strengths that no rule tells apart, the present or the lowest first, and the source."""

    strengths: tuple[Strength, ...]
    source: str = SEVERAL


@dataclass(frozen=True, slots=True)
class Fact:
    """One variable of a space; the first of its values is the present one."""

    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Input:
    """What an input of the circuit says: that a fact is at a threshold or more, that it rests on one class alone."""

    fact: str
    threshold: int = 0
    source: str = SEVERAL

    def holds(self, strength: Strength, source: str) -> bool:
        """Whether it holds of a fact of that strength and source."""
        return source == self.source if self.source else strength >= self.threshold


@dataclass(frozen=True)
class Decision:
    """The decision of some rules over free facts, and what each input of the circuit says; a gate has no fact."""

    circuit: DecisionCircuit
    inputs: Mapping[int, Input]
    gates: Mapping[int, str]


@lru_cache(maxsize=16)
def decision_over(decider: Decider, sources: tuple[str, ...]) -> Decision:
    """Build the decision over free facts, gates, and the classes of source each fact may rest on alone."""
    circuit, inputs, gates = Circuit(), dict[int, Input](), dict[int, str]()
    strengths = {}
    for name in decider.layout.facts:
        strengths[name] = free(circuit, name)
        inputs |= {node: Input(name, threshold) for threshold, node in strengths[name].literals.items()}
    latched = {gate: circuit.input(f"latched {gate}") for gate in sorted(decider.rules.latching)}
    gates |= {node: gate for gate, node in latched.items()}

    def alone(name: str, source: str) -> Literal:
        node = circuit.input(f"{name} alone {source}")
        inputs[node] = Input(name, source=source)
        return node

    def one_class(counted: Sequence[tuple[str, Literal]]) -> Literal:
        return circuit.any_of(
            circuit.all_of(circuit.any_of((-counts, alone(name, source))) for name, counts in counted)
            for source in sources
        )

    one = DecisionCircuit(circuit, decider.instances, CircuitFacts(strengths, latched, one_class))
    return Decision(one, inputs, gates)


class Space:
    """Some statements of a decision over everything that may become of its facts.

    `facts` in the order in which the diagram asks them, the first value of each the present one; `nodes` by the names
    of the statements.
    """

    def __init__(
        self, decision: Decision, known: Known, may_become: MayBecome, statements: Mapping[str, Literal]
    ) -> None:
        self._decision, self._circuit, self._known = decision, decision.circuit.circuit, known
        self.diagram = Diagram()
        tested: dict[str, list[int]] = {name: [] for name in self._order(tuple(statements.values()))}
        for node in self._circuit.cone(statements.values()):
            if node in decision.inputs:
                tested[decision.inputs[node].fact].append(node)
        self.facts = tuple(self._fact(name, nodes, may_become) for name, nodes in tested.items())
        self.nodes = self._read(statements)

    @cached_property
    def present(self) -> tuple[int, ...]:
        """The present value of every fact."""
        return (0,) * len(self.facts)

    def _order(self, statements: Sequence[Literal]) -> list[str]:
        """Facts of the result last, in the order in which its rules come to them; before them all others, backwards.

        Of the orders tried this one keeps diagrams small: 2,100 nodes for the result of a pair of which nothing is
        known, where another order needs a hundred times as many.
        """
        of_result = frozenset(self._met(tuple(self._decision.circuit.results.values())))
        met = self._met(statements)
        return [one for one in reversed(met) if one not in of_result] + [one for one in met if one in of_result]

    def _met(self, statements: Sequence[Literal]) -> list[str]:
        parts, inputs = self._circuit.parts, self._decision.inputs
        met: dict[str, None] = {}
        seen: set[int] = set()
        waiting = [abs(one) for one in reversed(statements)]
        while waiting:
            node = waiting.pop()
            if node not in seen:
                seen.add(node)
                if node in inputs:
                    met.setdefault(inputs[node].fact)
                waiting += [abs(one) for one in reversed(parts[node] or ())]
        return list(met)

    def _fact(self, name: str, nodes: Sequence[int], may_become: MayBecome) -> Fact:
        """Take together the values of a fact that no input tells apart."""
        inputs = [self._decision.inputs[node] for node in nodes]
        together: dict[tuple[bool, ...], tuple[dict[Strength, None], str]] = {}
        present = self._known.strength(name), self._known.source(name)
        for strength, source in may_become(name, present, self._known.sources):
            told = tuple(one.holds(strength, source) for one in inputs)
            strengths, _ = together.setdefault(told, ({}, source))
            strengths.setdefault(strength)
        return Fact(name, tuple(Value(tuple(strengths), source) for strengths, source in together.values()))

    def _read(self, statements: Mapping[str, Literal]) -> dict[str, Node]:
        place = {fact.name: number for number, fact in enumerate(self.facts)}
        found: dict[int, Node] = {TRUE: TRUE}
        for node in self._circuit.cone(statements.values()):
            parts, one = self._circuit.parts[node], self._decision.inputs.get(node)
            if one is not None:
                values = self.facts[place[one.fact]].values
                holds = (one.holds(value.strengths[0], value.source) for value in values)
                found[node] = self.diagram.test(place[one.fact], holds)
            elif node in self._decision.gates:
                found[node] = TRUE if self._decision.gates[node] in self._known.latched else FALSE
            else:
                found[node] = self.diagram.all_of(_signed(found, part) for part in parts or ())
        return {name: _signed(found, literal) for name, literal in statements.items()}


def _signed(found: Mapping[int, Node], literal: Literal) -> Node:
    node = found[abs(literal)]
    return node if literal > 0 else -node
