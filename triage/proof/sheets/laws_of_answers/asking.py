"""The solver of the proofs from answers: CaDiCaL over a circuit of many thousand nodes, read only where asked."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from triage.flow.circuits.circuit import Circuit, Literal
from triage.proof.engines import Model
from triage.proof.second import ClauseEngine


class AskedModel(Mapping[str, bool]):
    """The inputs of one case that a solver found; each is looked up when it is asked for."""

    def __init__(self, circuit: Circuit, values: list[int]) -> None:
        self._circuit, self._values = circuit, values

    def __getitem__(self, name: str) -> bool:
        node = self._circuit.inputs[name]
        return node <= len(self._values) and self._values[node - 1] > 0

    def __iter__(self) -> Iterator[str]:
        return iter(self._circuit.inputs)

    def __len__(self) -> int:
        return len(self._circuit.inputs)


class SheetEngine(ClauseEngine):
    """The second engine, with cases that are cheap to find again and again.

    Hundreds of short questions are asked of one large set of clauses, so that whatever goes through all clauses before
    each question is left out, few restarts are made, and nothing that was learned is thrown away. An input is first
    tried as not holding: most of a sheet is empty. On the shipped flows all laws are asked in a third of the time.
    """

    OPTIONS: ClassVar[Mapping[str, int]] = {
        "inprocessing": 0, "lucky": 0, "phase": 0, "reduce": 0, "restartint": 200, "stabilize": 0,
    }  # fmt: skip

    def find(self, *assumed: Literal) -> Model | None:
        """Find a case in which all that is assumed holds, or None when there is none at all."""
        self._define(*assumed)
        self.questions += 1
        if not self._solver.solve(assumptions=list(assumed)):
            return None
        return AskedModel(self.circuit, self._solver.get_model())
