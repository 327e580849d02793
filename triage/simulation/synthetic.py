"""Synthetic cases by chance, written straight as columns; the same seed gives the same cases.

Each case tells one story (or two, one time in three), from one side or the other, over a pair of which all else is
ruled out. Then some facts are changed at random: 0, 1, 2, 3, 5, 8, 20 or all of them, each one time in eight, to a
strength of stories.py. One case in ten has gates in force from earlier. Only raw words of the generator are used, which
stay the same from one version of numpy to the next.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product

import numpy as np
import numpy.typing as npt

from triage.flow.values import RULED_OUT, Strength
from triage.routing.rules import DecisionRules
from triage.simulation.columns import CHUNK, Case, Columns, Flags, Strengths, padded
from triage.simulation.stories import BASE, READINESSES, STORIES, STRENGTHS

CHANGES = (0, 1, 2, 3, 5, 8, 20, 0)
"""How many facts are changed at random; the last of the eight stands for all of them."""
MOST_CASES = 100_000_000

_EXCHANGED = {"A": "B", "B": "A", "AB": "BA", "BA": "AB"}
_LATCHED_OF_256 = 26
_EACH_GATE_OF_256 = 64
_TWO_STORIES_OF_256 = 85


@dataclass(frozen=True)
class Synthetic:
    """Some synthetic cases over the facts that either version of the rules reads."""

    cases: int
    seed: int
    names: tuple[str, ...]
    ordinals: frozenset[str]
    gates: tuple[str, ...]
    shared: bool = True
    classes: tuple[str, ...] = ()
    quiet: Strength = RULED_OUT

    def chunks(self) -> Iterator[tuple[Columns, Columns]]:
        """Give all cases, some at a time."""
        for first in range(0, self.cases, CHUNK):
            columns = self.chunk(first // CHUNK)
            yield columns, columns

    def both(self, number: int) -> tuple[Case, Case]:
        """Give one case; both versions see the same."""
        case = _chunk(self, number // CHUNK).case(number)
        return case, case

    def label(self, number: int) -> str:
        """The number of the case, counted from 1."""
        return str(number + 1)

    def chunk(self, number: int) -> Columns:
        """Write one chunk: the same whatever else is asked for."""
        chance = _Chance(self.seed, number)
        strengths = np.zeros((len(self.names), CHUNK), np.int8)
        self._tell(chance, strengths)
        self._change(chance, strengths)
        some = chance.octets() < _LATCHED_OF_256
        latched: dict[str, Flags] = {gate: some & (chance.octets() < _EACH_GATE_OF_256) for gate in self.gates}
        cases = min(CHUNK, self.cases - number * CHUNK)
        length = padded(cases)
        cut = {gate: flags[:length] for gate, flags in latched.items()}
        return Columns(number * CHUNK, cases, self.names, strengths[:, :length], cut, {})

    def _tell(self, chance: "_Chance", strengths: Strengths) -> None:
        """Write the stories: one look-up for each fact that any of them mentions."""
        side, second = chance.octets() & 1, chance.octets() < _TWO_STORIES_OF_256
        first, other = chance.below(len(STORIES)), chance.below(len(STORIES)) + 1
        told = (side.astype(np.intp) * len(STORIES) + first) * (len(STORIES) + 1) + other * second
        for row, table in self._told.items():
            np.take(table, told, out=strengths[row], mode="clip")

    @cached_property
    def _told(self) -> Mapping[int, Strengths]:
        """For each fact that is told of, its strength by side, story and second story (0: none)."""
        stories = list(STORIES.values())
        pairs = [{**BASE, **first, **second} for first, second in product(stories, ({}, *stories))]
        sides = [*pairs, *({exchanged(name): value for name, value in one.items()} for one in pairs)]
        named = {name for one in sides for name in one}
        return {
            row: np.array([one.get(name, 0) for one in sides], np.int8)
            for row, name in enumerate(self.names)
            if name in named
        }

    def _change(self, chance: "_Chance", strengths: Strengths) -> None:
        """Change some facts at random."""
        drawn = chance.octets() & 7
        of_case = np.repeat(np.arange(CHUNK), np.array(CHANGES)[drawn])
        of_fact = chance.below(len(self.names), len(of_case))
        strengths[of_fact, of_case] = self._values[self._kinds[of_fact], chance.octets(len(of_case))]
        everything = np.flatnonzero(drawn == len(CHANGES) - 1)
        for row, kind in enumerate(self._kinds):
            strengths[row, everything] = self._values[kind][chance.octets(len(everything))]

    @cached_property
    def _kinds(self) -> npt.NDArray[np.intp]:
        return np.array([int(name in self.ordinals) for name in self.names], np.intp)

    @cached_property
    def _values(self) -> Strengths:
        """The strength that each octet of chance stands for, by kind of fact."""
        return np.array([_spread(STRENGTHS), _spread(READINESSES)], np.int8)


def synthetic(old: DecisionRules, new: DecisionRules, cases: int, seed: int) -> Synthetic:
    """Make up cases over all facts that either version reads, and all gates that either latches."""
    names = tuple(sorted({*old.read, *new.read}))
    return Synthetic(cases, seed, names, old.ordinals | new.ordinals, tuple(sorted(old.latching | new.latching)))


@lru_cache(maxsize=1)
def _chunk(source: Synthetic, number: int) -> Columns:
    """The chunk asked for last, kept: single cases are mostly asked for in order."""
    return source.chunk(number)


def _spread(values: Sequence[int]) -> list[int]:
    """Give 256 values, each as often as the others as far as 256 can be shared out."""
    return [values[octet * len(values) >> 8] for octet in range(256)]


def exchanged(name: str) -> str:
    """Exchange the persons in the name of a fact: `CTRL_AB` becomes `CTRL_BA`."""
    stem, mark, suffix = name.rpartition("_")
    return f"{stem}_{_EXCHANGED[suffix]}" if mark and suffix in _EXCHANGED else name


class _Chance:
    """The chance of one chunk, drawn in a fixed order."""

    def __init__(self, seed: int, chunk: int) -> None:
        self._bits = np.random.PCG64(np.random.SeedSequence([seed, chunk]))

    def octets(self, number: int = CHUNK) -> npt.NDArray[np.uint8]:
        """Numbers from 0 to 255."""
        return self._words(number, 1).view(np.uint8)[:number]

    def below(self, end: int, number: int = CHUNK) -> npt.NDArray[np.intp]:
        """Numbers from 0 to `end` - 1, for an end far below 65,536."""
        drawn = self._words(number, 2).view(np.uint16)[:number]
        return (drawn.astype(np.intp) * end) >> 16

    def _words(self, number: int, size: int) -> npt.NDArray[np.uint64]:
        drawn: npt.NDArray[np.uint64] = self._bits.random_raw(max(1, -(-number * size // 8)))
        return drawn
