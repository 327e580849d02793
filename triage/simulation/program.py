"""Turn a circuit into a list of steps over bitmaps, once: one run answers every output for a chunk of cases.

A bitmap is a row of 64-bit words; bit n of the row is case n. Steps stand in the order of the circuit, a value whose
last reader has passed gives its room to the next, and a node whose parts are all read upside down is kept upside down
itself (`not a and not b` is worked out as `a or b`), so that inversions are few.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import reduce

import numpy as np
import numpy.typing as npt

from triage.flow.circuits.circuit import TRUE, Circuit, Literal

Bitmap = npt.NDArray[np.uint64]
Room = npt.NDArray[np.uint64]
Step = tuple[Callable[[Bitmap, Bitmap, Bitmap], object], int, int, int]
"""What is done with the first two places; where the third is, the answer is written."""

_ALL = np.array(2**64 - 1, np.uint64)
_ALWAYS = 0
"""The place of the constant that always holds; the inputs follow, then the rows of the room."""


@dataclass(frozen=True, slots=True)
class Program:
    """Some outputs of a circuit, ready to be run.

    `inputs` are the names of the bitmaps that `run` takes, in that order; `outputs` the places of what it gives; `rows`
    the number of bitmaps that it needs room for.
    """

    inputs: tuple[str, ...]
    steps: tuple[Step, ...]
    outputs: tuple[int, ...]
    rows: int

    def room(self, words: int) -> Room:
        """Room to work in, for bitmaps of that many words; it can be used again and again."""
        return np.zeros((self.rows, words), np.uint64)

    def run(self, given: Sequence[Bitmap], room: Room) -> list[Bitmap]:
        """Work out every output. They stand in `room`, so the next run overwrites them."""
        places: list[Bitmap] = [_ALL, *given, *room]
        for operation, one, other, answer in self.steps:
            operation(places[one], places[other], places[answer])
        return [places[place] for place in self.outputs]


def program(circuit: Circuit, outputs: Sequence[Literal]) -> Program:
    """Write the program that works out some outputs of a circuit."""
    return _Writer(circuit, tuple(outputs)).written()


@dataclass
class _Writer:
    circuit: Circuit
    outputs: tuple[Literal, ...]
    steps: list[Step] = field(default_factory=list)
    place: dict[int, int] = field(default_factory=lambda: {TRUE: _ALWAYS})
    upright: dict[int, bool] = field(default_factory=lambda: {TRUE: True})
    readers: Counter[int] = field(default_factory=Counter)
    free: list[int] = field(default_factory=list)
    places: int = 1

    def written(self) -> Program:
        parts, order = self.circuit.parts, list(self.circuit.cone(self.outputs))
        for node in order:
            self.readers.update(abs(one) for one in parts[node] or ())
        self.readers.update(abs(one) for one in self.outputs)
        names = {literal: name for name, literal in self.circuit.inputs.items()}
        inputs = [node for node in order if node in names]
        for node in inputs:
            self.place[node], self.upright[node] = self.new_place(), True
        for node in order:
            if node not in names:
                self.node(node, parts[node] or ())
        answers = {one: self.answer(one) for one in dict.fromkeys(self.outputs)}
        return Program(
            inputs=tuple(names[node] for node in inputs),
            steps=tuple(self.steps),
            outputs=tuple(answers[one] for one in self.outputs),
            rows=self.places - 1 - len(inputs),
        )

    def node(self, node: int, parts: Sequence[Literal]) -> None:
        """Write the steps of one node, and give back the rows that nobody reads after it."""
        as_kept = [self.place[abs(one)] for one in parts if self.upright[abs(one)] is (one > 0)]
        opposite = [self.place[abs(one)] for one in parts if self.upright[abs(one)] is not (one > 0)]
        row = self.new_place()
        if opposite:
            last = self.combined(np.bitwise_or, opposite, row)
            as_kept = [self.step(np.bitwise_xor, last, _ALWAYS, row), *as_kept] if as_kept else []
        if as_kept:
            self.combined(np.bitwise_and, as_kept, row)
        self.place[node], self.upright[node] = row, bool(as_kept)
        for one in parts:
            self.readers[abs(one)] -= 1
            if not self.readers[abs(one)] and self.circuit.parts[abs(one)] is not None:
                self.free.append(self.place[abs(one)])

    def answer(self, literal: Literal) -> int:
        """Give an output the right way up, in a row of the right length."""
        place = self.place[abs(literal)]
        if abs(literal) == TRUE:
            return self.step(np.bitwise_and if literal == TRUE else np.bitwise_xor, place, place, self.new_place())
        if self.upright[abs(literal)] is (literal > 0):
            return place
        return self.step(np.bitwise_xor, place, _ALWAYS, self.new_place())

    def combined(self, operation: Callable[..., object], places: Sequence[int], row: int) -> int:
        """Combine places into a row; a single place is itself."""
        return reduce(lambda one, other: self.step(operation, one, other, row), places)

    def step(self, operation: Callable[..., object], one: int, other: int, answer: int) -> int:
        self.steps.append((operation, one, other, answer))
        return answer

    def new_place(self) -> int:
        if self.free:
            return self.free.pop()
        self.places += 1
        return self.places - 1
