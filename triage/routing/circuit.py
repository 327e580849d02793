"""The whole decision of one pair as a Boolean circuit over the thresholds of its facts (domain page 11).

The third reading of the rules, beside the compiled and the literal one; `proof` asks a solver about it, and
`simulation` runs it over columns of cases.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from triage.flow.circuits.circuit import FALSE, TRUE, Circuit, Literal
from triage.flow.circuits.thresholds import Thresholds, compared_count, comparison, condition_literal, fixed, predicate
from triage.flow.conditions import ROLES_AB, Condition, Test, substitute
from triage.flow.values import UNKNOWN
from triage.routing.instances import Instance, Instances
from triage.routing.rules import PERSONS
from triage.routing.vocabulary import PREDICATES


@dataclass(frozen=True, slots=True)
class Facts:
    """What a decision is made from, as literals.

    `strengths` by fact name (a name that is missing is unknown), `latched` by gate (missing: not latched), and
    `one_class`: for the findings counted, that all of them rest on one and the same source class (11.1 step 3).
    """

    strengths: Mapping[str, Thresholds]
    latched: Mapping[str, Literal]
    one_class: Callable[[Sequence[tuple[str, Literal]]], Literal] = lambda _: FALSE


@dataclass(frozen=True, slots=True)
class RouteLiterals:
    """One person's route: which step gave it, the outcomes it holds, adaptations, conditions of a start not met."""

    steps: tuple[Literal, ...]
    outcomes: Mapping[str, Literal]
    adaptations: Mapping[str, Literal]
    unmet: tuple[Literal, ...]


class DecisionCircuit:
    """The decision over some facts; every attribute is filled once built, in the order of page 11.

    `results` and `result_rules`, `gates`, `collected` (that some hold stands) and `routes` by person, `alerts`,
    `raised`, and `laws` by invariant id.
    """

    def __init__(self, circuit: Circuit, instances: Instances, facts: Facts) -> None:
        self.circuit, self.instances, self.facts, self.rules = circuit, instances, facts, instances.rules
        self.definitions: dict[str, Literal] = {}
        for name, condition in instances.definitions:
            self.definitions[name] = self.literal(condition)
        self.result_rules = circuit.first_that_holds([self.literal(one.when) for one in instances.results])
        self.results = self._by_name(zip(instances.results, self.result_rules, strict=True))
        self.gates: dict[str, Literal] = {}
        self._gather_gates()
        self.routes: dict[str, RouteLiterals] = {}
        self.collected: dict[str, Literal] = {}
        for person in PERSONS:
            self.routes[person] = self._route(person)
        self.alerts: dict[str, Literal] = {}
        self.raised: dict[str, Literal] = {}
        self._gather_alerts()
        self.laws = {one.id: self.of_pair(one.law) for one in self.rules.invariants if one.law is not None}

    def literal(self, condition: Condition, wanted: bool = True) -> Literal:
        """The literal that a condition, with persons in place of roles, is known to hold (or known not to)."""
        return condition_literal(self.circuit, condition, self._test, wanted)

    def of_pair(self, condition: Condition) -> Literal:
        """The literal of a condition that is said of the pair."""
        return self.literal(substitute(condition, ROLES_AB))

    def _strength(self, name: str) -> Thresholds:
        return self.facts.strengths.get(name) or fixed(UNKNOWN)

    def _test(self, test: Test, wanted: bool) -> Literal:
        if test.function == "value":
            return comparison(self.circuit, test, wanted, self._strength(test.arguments[0]))
        found = self._held(test)
        return found if wanted else -found

    def _held(self, test: Test) -> Literal:
        if test.function in PREDICATES:
            level = int(test.arguments[1]) if len(test.arguments) > 1 else 2
            return predicate(self.circuit, test.function, level, self._strength(test.arguments[0]))
        return _HELD[test.function](self, test)

    def counted(self, test: Test) -> list[tuple[str, Literal]]:
        """Each finding that a count may count, with the literal that it counts."""
        names = [name for word in test.arguments for name in self.rules.lists.get(word, (word,))]
        inner, _, level = test.inner.partition(" ")
        return [(name, predicate(self.circuit, inner, int(level or 2), self._strength(name))) for name in names]

    def count(self, test: Test) -> Literal:
        """The comparison of a count."""
        return compared_count(self.circuit, test, (literal for _, literal in self.counted(test)))

    def distinct(self, test: Test) -> Literal:
        """The comparison of a count in which all that rest on one and the same class are one."""
        counted = self.counted(test)
        literals = [literal for _, literal in counted]
        some = self.circuit.any_of(literals)
        together = self.circuit.all_of((some, self.facts.one_class(counted)))
        as_one = compared_count(self.circuit, test, (TRUE,))
        return self.circuit.choose(together, as_one, compared_count(self.circuit, test, literals))

    def _gather_gates(self) -> None:
        for name in self.rules.gate_names:
            latched = self.facts.latched.get(name, FALSE) if name in self.rules.latching else FALSE
            self.gates[name] = latched
        for one in self.instances.gates:
            fires = self.literal(one.when)
            for name in one.gives:
                self.gates[name] = self.circuit.any_of((self.gates[name], fires))

    def _route(self, person: str) -> RouteLiterals:
        circuit, instances = self.circuit, self.instances
        holds = [(one, self.literal(one.when)) for one in instances.holds[person]]
        self.collected[person] = circuit.any_of(literal for _, literal in holds)
        group = instances.steps[person]
        steps = circuit.first_that_holds([self.literal(one.when) for one in group])
        with_holds = circuit.any_of(literal for one, literal in zip(group, steps, strict=True) if one.rule.with_holds)
        given = list(zip(group, steps, strict=True))
        given += [(one, circuit.all_of((with_holds, literal))) for one, literal in holds]
        outcomes = self._by_name(given)
        self.routes[person] = RouteLiterals(steps, outcomes, {}, ())
        return RouteLiterals(
            steps=steps,
            outcomes=outcomes,
            adaptations=self._by_name((one, self.literal(one.when)) for one in instances.adaptations[person]),
            unmet=tuple(-self.literal(one.when) for one in instances.effective[person]),
        )

    def _gather_alerts(self) -> None:
        for alert in self.rules.alerts:
            if alert.when is not None:
                self.alerts[alert.id] = self.of_pair(alert.when)
                self.raised[alert.id] = self.circuit.all_of((self.alerts[alert.id], self.of_pair(alert.raised)))

    def _by_name(self, given: Iterable[tuple[Instance, Literal]]) -> dict[str, Literal]:
        reasons: dict[str, list[Literal]] = {}
        for one, literal in given:
            for name in one.gives:
                reasons.setdefault(name, []).append(literal)
        return {name: self.circuit.any_of(literals) for name, literals in reasons.items()}

    def routed(self, person: str, outcomes: Iterable[str]) -> Literal:
        """That the route of a person holds one of some outcomes."""
        held = self.routes[person].outcomes
        return self.circuit.any_of(held[name] for name in outcomes if name in held)

    def adapted(self, person: str, outcomes: Iterable[str]) -> Literal:
        """That a person has one of some adaptations."""
        held = self.routes[person].adaptations
        return self.circuit.any_of(held[name] for name in outcomes if name in held)

    def effective(self, person: str) -> Literal:
        """That everything a start needs is met (11.5)."""
        return -self.circuit.any_of(self.routes[person].unmet)

    def stopped(self, person: str, step: int) -> Literal:
        """That one step of 11.4 gave the route of a person."""
        rules = self.rules.steps
        return self.circuit.any_of(
            literal for rule, literal in zip(rules, self.routes[person].steps, strict=True) if rule.step == step
        )


_HELD: Mapping[str, Callable[[DecisionCircuit, Test], Literal]] = {
    "name": lambda one, test: one.definitions[test.arguments[0]],
    "count": DecisionCircuit.count,
    "distinct": DecisionCircuit.distinct,
    "latched": lambda one, test: one.facts.latched.get(test.arguments[0], FALSE),
    "gate": lambda one, test: one.gates[test.arguments[0]],
    "result": lambda one, test: one.results[test.arguments[0]],
    "collected": lambda one, test: one.collected[test.arguments[0]],
    "routed": lambda one, test: one.routed(test.arguments[0], test.arguments[1:]),
    "focused": lambda one, test: one.routed(test.arguments[0], one.rules.focused),
    "held": lambda one, test: one.routed(test.arguments[0], one.rules.holding),
    "supported": lambda one, test: one.routed(test.arguments[0], one.rules.supporting),
    "stopped": lambda one, test: one.stopped(test.arguments[0], int(test.arguments[1])),
    "adapted": lambda one, test: one.adapted(test.arguments[0], test.arguments[1:]),
    "effective": lambda one, test: one.effective(test.arguments[0]),
    "alert": lambda one, test: one.alerts.get(test.arguments[0], FALSE),
    "raised": lambda one, test: one.raised.get(test.arguments[0], FALSE),
}
"""How each test that is not about one finding becomes a literal."""
