"""Put persons in place of roles: every rule once for each person it is read for, shared by all readers of the rules."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from triage.flow.conditions import ROLES_AB, ROLES_BA, Condition, substitute, with_roles
from triage.routing.rules import DecisionRules, Rule

ROLES_OF: Mapping[str, Mapping[str, str]] = {"A": ROLES_AB, "B": ROLES_BA}
"""The person read as x, and the roles that follow."""


@dataclass(frozen=True, slots=True)
class Instance:
    """One rule read for one person (empty: for the pair), with persons in place of roles."""

    rule: Rule
    person: str
    when: Condition
    gives: tuple[str, ...]


@dataclass(frozen=True)
class Instances:
    """All rules of a decision with persons in place of roles, in the order in which they are tried."""

    rules: DecisionRules

    @cached_property
    def definitions(self) -> tuple[tuple[str, Condition], ...]:
        """Each definition by name; a directed one twice."""
        found: dict[str, Condition] = {}
        for definition in self.rules.definitions:
            for roles in (ROLES_AB, ROLES_BA):
                found.setdefault(with_roles(definition.id, roles), substitute(definition.when, roles))
        return tuple(found.items())

    @cached_property
    def results(self) -> tuple[Instance, ...]:
        """The results; `W_x` is tried for A, then for B (both cannot hold)."""
        found = []
        for rule in self.rules.results:
            persons = ("A", "B") if with_roles(rule.gives[0], ROLES_AB) != rule.gives[0] else ("",)
            found += [_instance(rule, person) for person in persons]
        return tuple(found)

    @cached_property
    def gates(self) -> tuple[Instance, ...]:
        """The gates."""
        return tuple(_instance(rule, "") for rule in self.rules.gates)

    @cached_property
    def holds(self) -> Mapping[str, tuple[Instance, ...]]:
        """The holds by person."""
        return by_person(self.rules.holds)

    @cached_property
    def steps(self) -> Mapping[str, tuple[Instance, ...]]:
        """The steps of the route by person."""
        return by_person(self.rules.steps)

    @cached_property
    def adaptations(self) -> Mapping[str, tuple[Instance, ...]]:
        """The adaptations by person."""
        return by_person(self.rules.adaptations)

    @cached_property
    def effective(self) -> Mapping[str, tuple[Instance, ...]]:
        """What must all be true for a start, by person."""
        return by_person(self.rules.effective)


def by_person(rules: Iterable[Rule]) -> dict[str, tuple[Instance, ...]]:
    """Read each rule for A and for B."""
    written = tuple(rules)
    return {person: tuple(_instance(rule, person) for rule in written) for person in ROLES_OF}


def _instance(rule: Rule, person: str) -> Instance:
    roles = ROLES_OF[person or "A"]
    return Instance(rule, person, substitute(rule.when, roles), tuple(with_roles(word, roles) for word in rule.gives))
