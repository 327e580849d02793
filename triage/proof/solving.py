"""The first engine: z3. Each node of the circuit is one variable, defined by the nodes that it reads."""

from collections.abc import Iterator, Mapping

import z3

from triage.flow.circuits.circuit import TRUE, Circuit, Literal
from triage.proof.engines import LONGEST, Model, Undecided, new_nodes


class Z3Engine:
    """One solver for all questions about a circuit; it answers under assumptions, and keeps what it has learned."""

    def __init__(self, circuit: Circuit) -> None:
        self.circuit = circuit
        self._solver = z3.SolverFor("QF_FD")
        self._solver.set("timeout", LONGEST * 1_000)
        self._expressions = {TRUE: z3.Bool("true")}
        self._solver.add(self._expressions[TRUE])
        self._done = {TRUE}
        self.questions = 0
        self._solver.check()
        self._before = self._spent()

    def hold(self, *literals: Literal) -> None:
        """See to it that all these hold in everything found from now on."""
        self._define(*literals)
        self._solver.add([self._of(one) for one in literals])

    def find(self, *assumed: Literal) -> Model | None:
        """Find inputs under which all that is assumed holds, or None when there are none at all. Raises Undecided."""
        self._define(*assumed)
        self.questions += 1
        answer = self._solver.check(*(self._of(one) for one in assumed))
        if answer == z3.unsat:
            return None
        if answer != z3.sat:
            raise Undecided(f"z3 gave up: {self._solver.reason_unknown()}.")
        defined = {
            name: self._expressions[node] for name, node in self.circuit.inputs.items() if node in self._expressions
        }
        return _LateModel(self._solver.model(), defined)

    @property
    def units(self) -> int:
        """What z3 has spent since this engine was made, in its own units: the same on every machine, however busy."""
        return self._spent() - self._before

    def _spent(self) -> int:
        """Its units (`rlimit`), which z3 counts for all solvers together."""
        return int(self._solver.statistics().get_key_value("rlimit count"))

    def _define(self, *literals: Literal) -> None:
        for node in new_nodes(self.circuit, literals, self._done):
            parts = self.circuit.parts[node]
            self._expressions[node] = z3.Bool(f"n{node}")
            if parts is not None:
                self._solver.add(self._expressions[node] == z3.And([self._of(one) for one in parts]))

    def _of(self, literal: Literal) -> z3.BoolRef:
        found = self._expressions.get(literal)
        if found is None:
            found = self._expressions[literal] = z3.Not(self._expressions[-literal])
        return found


class _LateModel(Mapping[str, bool]):
    """A model of which each input is read when it is asked for, since reading one is slow."""

    def __init__(self, model: z3.ModelRef, defined: Mapping[str, z3.BoolRef]) -> None:
        self._model, self._defined, self._read = model, defined, dict[str, bool]()

    def __getitem__(self, name: str) -> bool:
        if name not in self._read:
            self._read[name] = z3.is_true(self._model[self._defined[name]])
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._defined)

    def __len__(self) -> int:
        return len(self._defined)
