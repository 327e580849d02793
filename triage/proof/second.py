"""The second engine: CaDiCaL through python-sat, over the clauses of the circuit; it shares no code with the first."""

from collections.abc import Mapping
from typing import ClassVar

from pysat.solvers import Cadical195

from triage.flow.circuits.circuit import TRUE, Circuit, Literal
from triage.proof.engines import Model, names_of_inputs, new_nodes


class ClauseEngine:
    """One solver for all questions about a circuit. A node is a variable of the same number."""

    OPTIONS: ClassVar[Mapping[str, int]] = {}
    """Options of CaDiCaL that are not left as they are."""

    def __init__(self, circuit: Circuit) -> None:
        self.circuit = circuit
        self._solver = Cadical195()
        self._solver.configure(self.OPTIONS)
        self._solver.add_clause([TRUE])
        self._done = {TRUE}
        self.questions = 0

    def hold(self, *literals: Literal) -> None:
        """See to it that all these hold in everything found from now on."""
        self._define(*literals)
        for one in literals:
            self._solver.add_clause([one])

    def find(self, *assumed: Literal) -> Model | None:
        """Find inputs under which all that is assumed holds, or None when there are none at all."""
        self._define(*assumed)
        self.questions += 1
        if not self._solver.solve(assumptions=list(assumed)):
            return None
        held = set(self._solver.get_model())
        return {name: node in held for node, name in names_of_inputs(self.circuit).items() if node in self._done}

    @property
    def units(self) -> int:
        """What the solver has spent so far, in propagations: the same on every machine, however busy."""
        return int(self._solver.accum_stats()["propagations"])

    def _define(self, *literals: Literal) -> None:
        for node in new_nodes(self.circuit, literals, self._done):
            parts = self.circuit.parts[node]
            for one in parts or ():
                self._solver.add_clause([-node, one])
            if parts is not None:
                self._solver.add_clause([node, *(-one for one in parts)])
