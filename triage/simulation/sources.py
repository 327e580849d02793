"""Where the cases of a simulation come from, and those that were recorded: fact sets, or the findings of answers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np

from triage.flow.values import Strength
from triage.simulation.columns import CHUNK, Case, Columns, Flags, padded

Key = TypeVar("Key")


class Source(Protocol):
    """Cases, numbered from 0, each as both versions of the rules see it.

    `shared`: both see the same facts, so that one column serves both. `classes` are the source classes that a finding
    may rest on alone; none when cases carry no classes. `quiet` is the strength of whatever is not worth telling.
    """

    @property
    def cases(self) -> int: ...  # noqa: D102 - said above

    @property
    def shared(self) -> bool: ...  # noqa: D102 - said above

    @property
    def classes(self) -> tuple[str, ...]: ...  # noqa: D102 - said above

    @property
    def quiet(self) -> Strength: ...  # noqa: D102 - said above

    def chunks(self) -> Iterator[tuple[Columns, Columns]]:
        """Give all cases, some at a time: for the old rules, and for the new."""

    def both(self, number: int) -> tuple[Case, Case]:
        """Give one case as the scalar decision takes it: by the old rules, and by the new."""

    def label(self, number: int) -> str:
        """How a reader finds the case again."""


@dataclass(frozen=True)
class Recorded:
    """Cases that somebody wrote down; `new` is None when both versions read the same facts."""

    labels: Sequence[str]
    old: Sequence[Case]
    new: Sequence[Case] | None
    names: tuple[str, ...]
    quiet: Strength

    @property
    def cases(self) -> int:
        """How many cases there are."""
        return len(self.old)

    @property
    def shared(self) -> bool:
        """Whether both versions see the same facts."""
        return self.new is None

    @property
    def classes(self) -> tuple[str, ...]:
        """The source classes that some finding of some case rests on."""
        both = (*self.old, *(self.new or ()))
        return tuple(sorted({one for case in both for found in (case.classes or {}).values() for one in found or ()}))

    def chunks(self) -> Iterator[tuple[Columns, Columns]]:
        """Give all cases, some at a time."""
        for first in range(0, self.cases, CHUNK):
            old = columns_of(self.old[first : first + CHUNK], self.names, first)
            new = old if self.new is None else columns_of(self.new[first : first + CHUNK], self.names, first)
            yield old, new

    def both(self, number: int) -> tuple[Case, Case]:
        """Give one case, by the old rules and by the new."""
        return self.old[number], (self.old if self.new is None else self.new)[number]

    def label(self, number: int) -> str:
        """The name that the case was given."""
        return self.labels[number]


def columns_of(cases: Sequence[Case], names: tuple[str, ...], first: int = 0) -> Columns:
    """Write some cases as columns."""
    length = padded(len(cases))
    strengths = np.zeros((len(names), length), np.int8)
    strengths[:, : len(cases)] = [case.unlisted for case in cases]
    latched: dict[str, Flags] = {}
    alone: dict[tuple[str, str], Flags] = {}
    rows = {name: row for row, name in enumerate(names)}
    for place, case in enumerate(cases):
        for name, strength in case.facts.items():
            if name in rows:
                strengths[rows[name], place] = strength
        for gate in case.latched:
            _mark(latched, gate, place, length)
        for one in _alone(case, rows):
            _mark(alone, one, place, length)
    return Columns(first, len(cases), names, strengths, latched, alone)


def _alone(case: Case, names: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """The findings that rest on a single source class, with that class."""
    for name, found in (case.classes or {}).items():
        if found is not None and len(found) == 1 and name in names:
            yield name, next(iter(found))


def _mark(flags: dict[Key, Flags], key: Key, place: int, length: int) -> None:
    flags.setdefault(key, np.zeros(length, np.bool_))[place] = True
