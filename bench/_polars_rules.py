"""One version of the rules as polars expressions, and in columns, over the same cases: the counts must be equal.

Both read the same circuit, so that neither works out anything twice. Polars is given it one layer at a time: each layer
is one `with_columns` of expressions over the layers before, on Boolean columns, which polars keeps as bits. It is tried
over all cases at once and over the chunks that the columns use.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from operator import and_

import polars as pl

from triage.flow.circuits.circuit import FALSE, TRUE, Circuit, Literal
from triage.routing.decide import Decider
from triage.simulation.columns import Columns, Inputs, number_in
from triage.simulation.program import program
from triage.simulation.statements import statements_of


class Columnar:
    """The ways in which every statement of a decision is counted."""

    def __init__(self, decider: Decider, chunks: Sequence[Columns]) -> None:
        self.circuit, self.chunks = Circuit(), chunks
        self.inputs = Inputs(self.circuit)
        statements = statements_of(self.inputs.decision(decider.instances))
        self.literals = [one for one in statements.values() if one not in {TRUE, FALSE}]
        self.program = program(self.circuit, self.literals)
        self.layers = list(self._layers())
        self.chunked = [frame_of(columns) for columns in chunks]
        self.whole = pl.concat(self.chunked, rechunk=True)

    @property
    def ways(self) -> Mapping[str, Callable[[], list[int]]]:
        """Each way of counting, by name."""
        return {
            "columns": self.in_columns,
            "polars_whole": lambda: self.in_polars([self.whole]),
            "polars_chunks": lambda: self.in_polars(self.chunked),
        }

    def in_columns(self) -> list[int]:
        """Make bitmaps, run the program, and count."""
        numbers = [0] * len(self.literals)
        room = self.program.room(self.chunks[0].words)
        for columns in self.chunks:
            given = [self.inputs.readers[name](columns) for name in self.program.inputs]
            answers = self.program.run(given, room[:, : columns.words])
            numbers = [so_far + number_in(one, columns.cases) for so_far, one in zip(numbers, answers, strict=True)]
        return numbers

    def in_polars(self, frames: Sequence[pl.DataFrame]) -> list[int]:
        """Evaluate layer by layer, and count."""
        numbers = [0] * len(self.literals)
        counts = [self._held(one).sum().alias(str(place)) for place, one in enumerate(self.literals)]
        for frame in frames:
            held = frame
            for layer in self.layers:
                held = held.with_columns(layer)
            numbers = [so_far + one for so_far, one in zip(numbers, held.select(counts).row(0), strict=True)]
        return numbers

    def _layers(self) -> Iterator[list[pl.Expr]]:
        """The inputs first, then every node after those it reads."""
        names = {literal: name for name, literal in self.circuit.inputs.items()}
        depth: dict[int, int] = {}
        layers: dict[int, list[pl.Expr]] = {}
        for node in self.circuit.cone(self.literals):
            parts = self.circuit.parts[node]
            depth[node] = 0 if parts is None else 1 + max(depth[abs(one)] for one in parts)
            worked_out = input_of(names[node]) if parts is None else reduce(and_, map(self._held, parts))
            layers.setdefault(depth[node], []).append(worked_out.alias(f"n{node}"))
        for number in sorted(layers):
            yield layers[number]

    def _held(self, literal: Literal) -> pl.Expr:
        node = pl.col(f"n{abs(literal)}")
        return node if literal > 0 else ~node


def input_of(name: str) -> pl.Expr:
    """One input as an expression over the columns of a frame."""
    fact, compared, threshold = name.partition(">=")
    return pl.col(fact) >= pl.lit(int(threshold), pl.Int8) if compared else pl.col(name)


def frame_of(columns: Columns) -> pl.DataFrame:
    """The same cases as a frame: small integers, and flags for latched gates."""
    strengths = {name: columns.strengths[row, : columns.cases] for name, row in columns.row.items()}
    latched = {f"latched {gate}": flags[: columns.cases] for gate, flags in columns.latched.items()}
    return pl.DataFrame(strengths | latched)
