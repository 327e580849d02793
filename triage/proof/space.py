"""Every fact set of a pair at once: free strengths, free gates in force, free source classes, and what binds them.

The circuit of a decision over this space says what is decided in every case there can be. Answers reach a decision
through nothing else, so that what holds here holds for every answer sheet.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, permutations

from triage.flow.circuits.circuit import Circuit, Literal
from triage.flow.circuits.thresholds import THRESHOLDS, Thresholds, free, in_order, value_of
from triage.flow.conditions import ROLES_AB, Condition, substitute, tests, with_roles
from triage.flow.values import UNKNOWN, Strength
from triage.proof.engines import Model
from triage.routing.circuit import DecisionCircuit, Facts
from triage.routing.instances import Instance, Instances
from triage.routing.rules import PERSONS

HIGHEST_ORDINAL = 3


@dataclass(frozen=True, slots=True)
class FactSet:
    """One case of a pair: strengths by fact name (missing: unknown), gates in force, and source classes.

    `classes` says of some findings which single class of sources each rests on; the others count each as its own.
    """

    strengths: Mapping[str, Strength]
    latched: frozenset[str] = frozenset()
    classes: Mapping[str, frozenset[str]] = field(default_factory=dict)


class FactSpace:
    """The free facts of one set of rules.

    `strengths` by fact and `latched` by gate; `pairs`: that two findings rest on one class of sources alone,
    and on the same; `holds`: the literals that hold of every case there can be.
    """

    def __init__(self, instances: Instances, circuit: Circuit | None = None) -> None:
        self.instances, self.rules, self.circuit = instances, instances.rules, circuit or Circuit()
        self.strengths = {name: free(self.circuit, name) for name in self.rules.read}
        self.latched = {gate: self.circuit.input(f"latched {gate}") for gate in sorted(self.rules.latching)}
        self.pairs = {
            pair: self.circuit.input(f"{pair[0]} and {pair[1]} rest on one class")
            for group in grouped(names_counted_apart(instances))
            for pair in combinations(sorted(group), 2)
        }
        self.holds = tuple(self._bounds())

    def decision(
        self, strengths: Mapping[str, Thresholds] | None = None, latched: Mapping[str, Literal] | None = None
    ) -> DecisionCircuit:
        """The decision over this space, or over strengths and gates made from those of this space."""
        gates = self.latched if latched is None else latched
        return DecisionCircuit(self.circuit, self.instances, Facts(strengths or self.strengths, gates, self.one_class))

    def exchanged_decision(self) -> DecisionCircuit:
        """The decision when all that is said of A is said of B, and the other way round."""
        strengths = {name: self.strengths[exchanged(name)] for name in self.strengths}

        def one_class(counted: Sequence[tuple[str, Literal]]) -> Literal:
            return self.one_class([(exchanged(name), literal) for name, literal in counted])

        return DecisionCircuit(self.circuit, self.instances, Facts(strengths, self.latched, one_class))

    def one_class(self, counted: Sequence[tuple[str, Literal]]) -> Literal:
        """That all findings that count rest on one and the same class of sources (11.1 step 3)."""
        return self.circuit.all_of(
            self.circuit.any_of((-one, -other, self.together(name, another)))
            for (name, one), (another, other) in combinations(counted, 2)
        )

    def together(self, one: str, other: str) -> Literal:
        """That two findings rest each on one class, and on the same."""
        return self.pairs[min(one, other), max(one, other)]

    @property
    def apart(self) -> Literal:
        """That no two findings rest on one class: what a fact set without classes means."""
        return self.circuit.all_of(-one for one in self.pairs.values())

    def fact_set(self, model: Model) -> FactSet:
        """The case that a solver found; an input that it did not need does not hold."""
        strengths = {name: self.value(strength, model) for name, strength in self.strengths.items()}
        return FactSet(
            {name: value for name, value in strengths.items() if value != UNKNOWN},
            frozenset(gate for gate in self.latched if model.get(f"latched {gate}", False)),
            self._classes(model),
        )

    def value(self, strength: Thresholds, model: Model) -> Strength:
        """The encoded strength that some thresholds have in a case."""
        literals = [strength.at_least(threshold) for threshold in THRESHOLDS]
        held = dict(zip(THRESHOLDS, self.circuit.values(model, literals), strict=True))
        return Strength(value_of(lambda threshold: held[threshold]))

    def inputs(self, facts: FactSet) -> dict[str, bool]:
        """The inputs that stand for one case."""
        given = {
            f"{name}>={threshold}": facts.strengths.get(name, UNKNOWN) >= threshold
            for name in self.strengths
            for threshold in THRESHOLDS
        }
        given |= {f"latched {gate}": gate in facts.latched for gate in self.latched}
        classes = facts.classes
        return given | {
            f"{one} and {other} rest on one class": one in classes and classes[one] == classes.get(other)
            for one, other in self.pairs
        }

    def _classes(self, model: Model) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for one, other in self.pairs:
            if model.get(f"{one} and {other} rest on one class", False):
                shared = found.get(one) or found.get(other) or frozenset({f"class {len(found) + 1}"})
                found[one] = found[other] = shared
        return found

    def _bounds(self) -> Iterator[Literal]:
        for name, strength in self.strengths.items():
            yield in_order(self.circuit, strength)
            if name in self.rules.ordinals:
                yield -strength.at_least(HIGHEST_ORDINAL + 1)
                yield strength.at_least(-1 - HIGHEST_ORDINAL)
        for group in grouped(names_counted_apart(self.instances)):
            for one, other, another in permutations(sorted(group), 3):
                if one < another:
                    first, second = self.together(one, other), self.together(other, another)
                    yield self.circuit.any_of((-first, -second, self.together(one, another)))


def exchanged(name: str) -> str:
    """Exchange the persons in a name: `CTRL_AB` becomes `CTRL_BA`, `W_A` becomes `W_B`."""
    return with_roles(name, {"AB": "BA", "BA": "AB", "A": "B", "B": "A"})


def names_counted_apart(instances: Instances) -> Iterator[frozenset[str]]:
    """The findings of each count in which those of one class are one."""
    for condition in _conditions(instances):
        for test in tests(condition):
            if test.function == "distinct":
                words = (instances.rules.lists.get(word, (word,)) for word in test.arguments)
                yield frozenset(name for group in words for name in group)


def grouped(sets: Iterable[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """Join sets that share a member, until none do."""
    groups: list[frozenset[str]] = []
    for one in sets:
        joined = one.union(*(group for group in groups if group & one))
        groups = [group for group in groups if not group & one] + [joined]
    return tuple(groups)


def _conditions(instances: Instances) -> Iterator[Condition]:
    rules = instances.rules
    yield from (condition for _, condition in instances.definitions)
    groups = (instances.holds, instances.steps, instances.adaptations, instances.effective)
    read: list[Iterable[Instance]] = [instances.results, instances.gates]
    read += [group[person] for group in groups for person in PERSONS]
    yield from (one.when for group in read for one in group)
    said = [condition for alert in rules.alerts for condition in (alert.when, alert.raised)]
    said += [one.law for one in rules.invariants]
    yield from (substitute(one, ROLES_AB) for one in said if one is not None)
