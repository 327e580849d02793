"""The decision as this room sees it: rules with plain conditions, and the names that go with them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from triage.flow.conditions import ROLES_AB, ROLES_BA, Condition, tests, with_roles

DEFINITIONS, ALERTS, LAWS = "definitions", "alerts", "invariants"
_SWAPPED = {"xy": "yx", "yx": "xy", "x": "y", "y": "x"}


@dataclass(frozen=True, slots=True)
class DecisionRule:
    """One rule, definition, alert or law: its list, id and condition, what it gives, and where it stands."""

    list: str
    id: str
    when: Condition
    gives: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    file: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class KeptClause:
    """One clause of the standard: where the program keeps it, and where that is said."""

    kept_by: tuple[str, ...]
    line: int = 0


@dataclass(frozen=True)
class Decision:
    """All rules, in the order of the files; the named lists of findings, outcomes, and clauses with what cites them.

    `lists` are by their name with persons in place of roles; `cited` are the clauses that outcomes cite; `texts` are
    the ids of all texts that it needs, each with what needs it.
    """

    rules: tuple[DecisionRule, ...] = ()
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    outcomes: frozenset[str] = frozenset()
    clauses: Mapping[str, KeptClause] = field(default_factory=dict)
    cited: frozenset[str] = frozenset()
    texts: Mapping[str, str] = field(default_factory=dict)

    def words(self, rule: DecisionRule) -> Iterator[str]:
        """Every name in the brackets of a rule, as it stands there, and the members of its lists."""
        for test in tests(rule.when):
            for word in test.arguments:
                yield word
                for name in (with_roles(word, ROLES_BA), with_roles(word, ROLES_AB)):
                    yield from self.lists.get(name, ())

    def read_by(self, rule: DecisionRule) -> Iterator[DecisionRule]:
        """The definitions that a rule uses, directly or through others, and the rule itself."""
        waiting, seen = [rule], set[str]()
        while waiting:
            one = waiting.pop()
            if f"{one.list} {one.id}" in seen:
                continue
            seen.add(f"{one.list} {one.id}")
            yield one
            waiting += [self.defined[word] for word in self.words(one) if word in self.defined]

    @cached_property
    def defined(self) -> Mapping[str, DecisionRule]:
        """The definition of each name, seen from either person."""
        return {name: one for one in self.rules if one.list == DEFINITIONS for name in both_ways(one.id)}


def both_ways(name: str) -> tuple[str, str]:
    """A name with a role, and the same seen from the other person."""
    return name, with_roles(name, _SWAPPED)
