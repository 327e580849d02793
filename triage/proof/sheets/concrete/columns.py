"""Run a circuit over many cases at once: one whole number for each node, one bit of it for each case."""

from collections.abc import Iterable, Mapping, Sequence

from triage.flow.circuits.circuit import TRUE, Circuit, Literal


class Columns:
    """Works out some outputs of a circuit for as many cases as the given columns hold."""

    def __init__(self, circuit: Circuit, outputs: Iterable[Literal]) -> None:
        self.outputs = tuple(outputs)
        named = {literal: name for name, literal in circuit.inputs.items()}
        self._inputs: list[tuple[int, str]] = []
        self._nodes: list[tuple[int, tuple[Literal, ...]]] = []
        for node in circuit.cone(self.outputs):
            parts = circuit.parts[node]
            if parts is None:
                self._inputs.append((node, named[node]))
            else:
                self._nodes.append((node, parts))
        self._size = len(circuit.parts)

    def run(self, given: Mapping[str, int], cases: int) -> list[int]:
        """The outputs as columns; `given` holds the column of each input, and one that is missing never holds."""
        every = (1 << cases) - 1
        held = [0] * self._size
        held[TRUE] = every
        for node, name in self._inputs:
            held[node] = given.get(name, 0)
        for node, parts in self._nodes:
            column = every
            for one in parts:
                column &= held[one] if one > 0 else ~held[-one]
            held[node] = column
        return [held[one] if one > 0 else every & ~held[-one] for one in self.outputs]


def columns_of(cases: Sequence[Iterable[str]]) -> dict[str, int]:
    """Turn cases, each given as the inputs that hold, into one column for each input."""
    found: dict[str, int] = {}
    for place, names in enumerate(cases):
        bit = 1 << place
        for name in names:
            found[name] = found.get(name, 0) | bit
    return found
