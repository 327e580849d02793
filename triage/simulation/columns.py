"""Cases side by side, one column for each fact, and the bitmaps of the inputs of a decision over them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from triage.flow.circuits.circuit import Circuit, Literal
from triage.flow.circuits.thresholds import Thresholds, free
from triage.flow.values import UNKNOWN, Strength
from triage.routing.circuit import DecisionCircuit, Facts
from triage.routing.instances import Instances
from triage.simulation.program import Bitmap

CHUNK = 1 << 16
"""How many cases are worked on at once: small enough for the cache of a processor, large enough to be quick."""
WORD = 64

Strengths = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]
Classes = Mapping[str, frozenset[str] | None]


@dataclass(frozen=True, slots=True)
class Case:
    """One case as the scalar decision takes it; a fact that `facts` does not tell has the strength `unlisted`.

    Without `classes` every finding counts as its own source.
    """

    facts: Mapping[str, Strength]
    latched: frozenset[str]
    classes: Classes | None = None
    unlisted: Strength = UNKNOWN

    def strength(self, name: str) -> Strength:
        """The strength of one fact."""
        return self.facts.get(name, self.unlisted)


@dataclass(frozen=True)
class Columns:
    """Some cases side by side, the first of them number `first`.

    `strengths` has a row for each name of `names`, encoded (values.py), -128 to 127; `latched` and `alone` are True
    where a gate is latched, or a finding rests on one source class alone. Rows are `padded(cases)` long; what stands
    beyond the cases means nothing. A fact without a row is unknown.
    """

    first: int
    cases: int
    names: tuple[str, ...]
    strengths: Strengths
    latched: Mapping[str, Flags]
    alone: Mapping[tuple[str, str], Flags]

    @cached_property
    def row(self) -> Mapping[str, int]:
        """The row of each fact."""
        return {name: number for number, name in enumerate(self.names)}

    @property
    def words(self) -> int:
        """How many words a bitmap of these cases has."""
        return padded(self.cases) // WORD

    def at_least(self, name: str, threshold: int) -> Bitmap:
        """The cases in which a strength is `threshold` or more."""
        row = self.row.get(name)
        if row is None:
            return np.full(self.words, 2**64 - 1 if threshold <= UNKNOWN else 0, np.uint64)
        return packed(self.strengths[row] >= threshold)

    def is_latched(self, gate: str) -> Bitmap:
        """The cases in which a gate fired earlier."""
        return self._flags(self.latched.get(gate))

    def rests_on(self, name: str, source_class: str) -> Bitmap:
        """The cases in which a finding rests on that source class alone."""
        return self._flags(self.alone.get((name, source_class)))

    def _flags(self, flags: Flags | None) -> Bitmap:
        return np.zeros(self.words, np.uint64) if flags is None else packed(flags)

    def case(self, number: int) -> Case:
        """One case again, by its number, as the scalar decision takes it; source classes are not in columns."""
        place = number - self.first
        facts = {name: Strength(int(self.strengths[row, place])) for name, row in self.row.items()}
        return Case(facts, frozenset(gate for gate, flags in self.latched.items() if flags[place]))


def padded(cases: int) -> int:
    """The length of a row for that many cases: whole words."""
    return -(-cases // WORD) * WORD


def packed(flags: Flags) -> Bitmap:
    """A row of flags as a bitmap."""
    return np.packbits(flags, bitorder="little").view(np.uint64)


def numbers_in(bitmap: Bitmap, cases: int) -> npt.NDArray[np.intp]:
    """The places of the cases that a bitmap holds."""
    return np.flatnonzero(np.unpackbits(bitmap.view(np.uint8), count=cases, bitorder="little"))


def held_at(bitmap: Bitmap, places: npt.NDArray[np.intp]) -> npt.NDArray[np.uint8]:
    """Whether a bitmap holds the cases at some places: 1 or 0 for each."""
    octets = bitmap.view(np.uint8)
    held: npt.NDArray[np.uint8] = (octets[places >> 3] >> (places & 7).astype(np.uint8)) & np.uint8(1)
    return held


def number_in(bitmap: Bitmap, cases: int) -> int:
    """How many cases a bitmap holds; what stands beyond them is not counted."""
    whole, rest = divmod(cases, WORD)
    number = int(np.bitwise_count(bitmap[:whole]).sum())
    return number + (int(bitmap[whole]) & (1 << rest) - 1).bit_count() if rest else number


Reader = Callable[[Columns], Bitmap]


class Inputs:
    """The inputs of decisions over columns: which bitmap each stands for.

    Decisions that share one `Inputs` read the same cases, so that what both say alike is worked out once.
    """

    def __init__(self, circuit: Circuit, prefix: str = "", classes: Sequence[str] = ()) -> None:
        self.circuit, self.prefix, self.classes = circuit, prefix, tuple(classes)
        self.readers: dict[str, Reader] = {}

    def decision(self, instances: Instances) -> DecisionCircuit:
        """The decision of some rules over these inputs."""
        rules = instances.rules
        strengths = {name: self._strength(name) for name in rules.read}
        latched = {gate: self._input(f"latched {gate}", _latched(gate)) for gate in sorted(rules.latching)}
        return DecisionCircuit(self.circuit, instances, Facts(strengths, latched, self._one_class))

    def _strength(self, name: str) -> Thresholds:
        thresholds = free(self.circuit, self.prefix + name)
        for threshold in thresholds.literals:
            self._input(f"{name}>={threshold}", _threshold(name, threshold))
        return thresholds

    def _one_class(self, counted: Sequence[tuple[str, Literal]]) -> Literal:
        """That all findings counted rest on one and the same class: for some class, each that counts rests on it."""
        circuit = self.circuit
        return circuit.any_of(
            circuit.all_of(
                circuit.any_of((-counts, self._input(f"{name} rests on {one}", _resting(name, one))))
                for name, counts in counted
            )
            for one in self.classes
        )

    def _input(self, name: str, reader: Reader) -> Literal:
        self.readers[self.prefix + name] = reader
        return self.circuit.input(self.prefix + name)


def _threshold(name: str, threshold: int) -> Reader:
    return lambda columns: columns.at_least(name, threshold)


def _latched(gate: str) -> Reader:
    return lambda columns: columns.is_latched(gate)


def _resting(name: str, source_class: str) -> Reader:
    return lambda columns: columns.rests_on(name, source_class)
