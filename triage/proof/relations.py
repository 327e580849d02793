"""Two cases at once: what a change of facts can never do, however many facts change at the same time (INV-40 to 43).

The second case is made from the first inside one circuit, so that what does not change is built once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from triage.flow.circuits.circuit import FALSE, Literal
from triage.flow.circuits.thresholds import THRESHOLDS, Thresholds, fixed, free, in_order
from triage.flow.conditions import ROLES_AB, substitute, with_roles
from triage.flow.values import UNKNOWN
from triage.proof.engines import Model
from triage.proof.space import FactSet, FactSpace, exchanged
from triage.routing.circuit import DecisionCircuit
from triage.routing.instances import ROLES_OF
from triage.routing.laws import Never, Relation, Residual
from triage.routing.rules import PERSONS


@dataclass(frozen=True, slots=True)
class Pair:
    """A decision, the decision after a change, and which facts changed (a literal by fact)."""

    before: DecisionCircuit
    after: DecisionCircuit
    strengths: Mapping[str, Thresholds]
    changed: Mapping[str, Literal]


class RelationProof:
    """One relation over a fact space: `broken` is the literal that it does not hold."""

    def __init__(self, space: FactSpace, before: DecisionCircuit, relation: Relation) -> None:
        self.space, self.circuit, self.relation = space, space.circuit, relation
        self.pair = self._exchanged(before) if relation.change == "exchanged" else self._changed(before)
        self.broken = self.circuit.any_of(self._ways())

    def cases(self, model: Model) -> tuple[FactSet, FactSet]:
        """The two cases that a solver found."""
        first = self.space.fact_set(model)
        values = {name: self.space.value(strength, model) for name, strength in self.pair.strengths.items()}
        strengths = {name: value for name, value in values.items() if value != UNKNOWN}
        if self.relation.change == "exchanged":
            classes = {exchanged(name): one for name, one in first.classes.items()}
            return first, FactSet(strengths, first.latched, classes)
        return first, FactSet(strengths, first.latched, first.classes)

    def _exchanged(self, before: DecisionCircuit) -> Pair:
        strengths = {name: self.space.strengths[exchanged(name)] for name in self.space.strengths}
        return Pair(before, self.space.exchanged_decision(), strengths, {})

    def _changed(self, before: DecisionCircuit) -> Pair:
        names = set(in_persons(self.relation.facts, before)) or set(self.space.strengths)
        strengths, changed = dict(self.space.strengths), {}
        for name, strength in self.space.strengths.items():
            if name in names:
                possible, then = _CHANGES[self.relation.change](self, name, strength)
                changed[name] = literal = self.circuit.all_of((self.circuit.input(f"{name} changes"), possible))
                strengths[name] = Thresholds(
                    {
                        level: self.circuit.choose(literal, then.at_least(level), strength.at_least(level))
                        for level in THRESHOLDS
                    }
                )
        return Pair(before, self.space.decision(strengths), strengths, changed)

    def withdrawn(self, _: str, strength: Thresholds) -> tuple[Literal, Thresholds]:
        """A known value v becomes `was v`: at t (below 0) or more exactly when v is -1 - t or less."""
        then = {level: -strength.at_least(-level) if level < 0 else FALSE for level in THRESHOLDS}
        return strength.at_least(0), Thresholds(then)

    def forgotten(self, _: str, strength: Thresholds) -> tuple[Literal, Thresholds]:
        """A known value becomes never known."""
        return strength.at_least(0), fixed(UNKNOWN)

    def added(self, name: str, strength: Thresholds) -> tuple[Literal, Thresholds]:
        """It is found at 1 or more, and no lower than it is, or than it was before it was taken back."""
        possible, then = self.anything(name, strength)
        rising = [self.circuit.any_of((-strength.at_least(one), then.at_least(one))) for one in THRESHOLDS]
        rising += [self.circuit.any_of((strength.at_least(-one), then.at_least(one))) for one in THRESHOLDS if one > 0]
        return self.circuit.all_of([possible, then.at_least(1), *rising]), then

    def anything(self, name: str, _: Thresholds) -> tuple[Literal, Thresholds]:
        """Any value becomes any other."""
        then = free(self.circuit, f"{name} then")
        return in_order(self.circuit, then), then

    def _ways(self) -> Iterator[Literal]:
        """Every way in which the relation can be broken."""
        before, after = self.pair.before, self.pair.after
        if self.relation.change == "exchanged":
            yield from self._differences()
        if "results" in self.relation.same:
            yield from (-self.circuit.same(before.results[name], after.results[name]) for name in before.results)
        if "gates" in self.relation.same:
            yield from (-self.circuit.same(before.gates[name], after.gates[name]) for name in before.gates)
        if "gates" in self.relation.keeps:
            yield from self._gates_lost(self.relation.stand_ins or {})
        if "holds" in self.relation.keeps:
            yield from self._holds_lost(self.relation.stand_ins or {})
        for never in self.relation.never:
            yield from self._never(never)

    def _gates_lost(self, stand_ins: Mapping[str, str]) -> Iterator[Literal]:
        for name in sorted(self.space.rules.latching):
            gone = -self.pair.after.gates[name]
            instead = self.pair.after.gates.get(stand_ins.get(name, ""), FALSE)
            yield self.circuit.all_of((self.pair.before.gates[name], gone, -instead))

    def _holds_lost(self, stand_ins: Mapping[str, str]) -> Iterator[Literal]:
        for person in PERSONS:
            remains = self.pair.after.routed(person, self.space.rules.focused)
            for name in sorted(self.space.rules.holding):
                kept = self.pair.after.routed(person, {name, stand_ins.get(name, name)})
                yield self.circuit.all_of((self.pair.before.routed(person, (name,)), remains, -kept))

    def _never(self, never: Never) -> Iterator[Literal]:
        for roles in ROLES_OF.values():
            before = self.pair.before.literal(substitute(never.before, roles))
            after = self.pair.after.literal(substitute(never.after, roles))
            excused = [self._excused(one, roles) for one in never.but]
            yield self.circuit.all_of((before, after, *(-one for one in excused)))

    def _excused(self, residual: Residual, roles: Mapping[str, str]) -> Literal:
        names = in_persons(residual.changed, self.pair.before, roles)
        stood = (
            self.circuit.all_of((self.pair.changed[name], self.space.strengths[name].at_least(residual.level)))
            for name in names
            if name in self.pair.changed
        )
        when = self.pair.before.literal(substitute(residual.when, roles))
        return self.circuit.all_of((self.circuit.any_of(stood), when))

    def _differences(self) -> Iterator[Literal]:
        """Everything decided, beside the same of the other person in the other case."""
        one, other, same = self.pair.before, self.pair.after, self.circuit.same
        yield from (-same(one.results[name], other.results[exchanged(name)]) for name in one.results)
        named: list[tuple[Mapping[str, Literal], Mapping[str, Literal]]]
        named = [(one.gates, other.gates), (one.alerts, other.alerts), (one.raised, other.raised)]
        for person in PERSONS:
            route, mirrored = one.routes[person], other.routes[exchanged(person)]
            named += [(route.outcomes, mirrored.outcomes), (route.adaptations, mirrored.adaptations)]
            for given, again in ((route.steps, mirrored.steps), (route.unmet, mirrored.unmet)):
                yield from (-same(*both) for both in zip(given, again, strict=True))
        for held, held_again in named:
            yield from (-same(held[name], held_again[name]) for name in held)


Change = Callable[[RelationProof, str, Thresholds], tuple[Literal, Thresholds]]
_CHANGES: Mapping[str, Change] = {
    "withdrawn": RelationProof.withdrawn,
    "forgotten": RelationProof.forgotten,
    "added": RelationProof.added,
    "any": RelationProof.anything,
}
"""When a fact may change so, and what it then is."""


def in_persons(words: Iterable[str], decision: DecisionCircuit, roles: Mapping[str, str] = ROLES_AB) -> Iterator[str]:
    """The facts that words or lists in roles stand for, with persons in their place."""
    for word in words:
        name = with_roles(word, roles)
        yield from decision.rules.lists.get(name, (name,))
