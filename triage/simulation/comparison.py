"""What changes between two versions of the rules, counted: the figures that every report prints."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from triage.simulation.statements import Kind, Statement

EXAMPLES = 3
"""How many cases each figure shows: those with the fewest facts worth telling, then those that come first."""


@dataclass(frozen=True, slots=True, order=True)
class Example:
    """A person of a case (empty: the pair); `weight` is how many facts of the case are worth telling."""

    weight: int
    number: int
    person: str = ""


@dataclass(frozen=True, slots=True)
class Route:
    """The outcomes of one person's route, sorted, and whether work with the person may start."""

    outcomes: tuple[str, ...]
    starts: bool


@dataclass(frozen=True, slots=True)
class Move:
    """How many persons in pairs would move from one route to another."""

    old: Route
    new: Route
    number: int
    examples: tuple[Example, ...]

    @property
    def starts(self) -> int:
        """1: a start is gained; -1: one is lost; 0: neither."""
        return int(self.new.starts) - int(self.old.starts)


@dataclass(frozen=True, slots=True)
class ResultMove:
    """How many pairs would be given another result."""

    old: str
    new: str
    number: int
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One statement, over both persons: how often each version makes it, and how often it is gained or lost."""

    statement: Statement
    old: int
    new: int
    gained: int
    lost: int
    gained_by: tuple[Example, ...] = ()
    lost_by: tuple[Example, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Two versions of the rules over the same cases; the most frequent moves stand first.

    `changed` counts pairs of which anything at all is decided otherwise, `checked` those of which both decisions were
    also made by the compiled evaluator, which said the same. `holds` are the outcomes that either version holds with.
    """

    cases: int
    changed: int
    checked: int
    moves: tuple[Move, ...]
    results: tuple[ResultMove, ...]
    changes: Mapping[Statement, Change]
    holds: frozenset[str]

    @cached_property
    def starts(self) -> Change:
        """Starts gained and lost: what must be looked at first."""
        return self.changes[Statement(Kind.START)]

    @cached_property
    def broken(self) -> list[Change]:
        """The laws of `invariants.yml` that the new rules break in some case."""
        return [one for one in self.of(Kind.BROKEN) if one.new]

    @cached_property
    def moved(self) -> int:
        """How many persons in pairs get another route, or start where they did not, or no longer start."""
        return sum(move.number for move in self.moves)

    def of(self, kind: Kind, names: Collection[str] | None = None) -> list[Change]:
        """The changes of one kind, those that changed most first; `names` limits it to some."""
        found = [
            one
            for statement, one in self.changes.items()
            if statement.kind is kind and (names is None or statement.name in names)
        ]
        return sorted(found, key=lambda one: (-one.gained - one.lost, one.statement.name))


def fewest(examples: Iterable[Example]) -> tuple[Example, ...]:
    """The few cases worth showing."""
    return tuple(sorted(set(examples))[:EXAMPLES])
