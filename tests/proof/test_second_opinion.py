"""z3 says of the laws over answers what CaDiCaL says: proved, from the clauses of the same circuit.

z3's core reads the circuit as DIMACS; each law is then one question. What it does not decide within some units of work,
the same on every machine, is unknown, never the opposite. Of the laws of every finding that are slow for it, every
fifth finding is asked.
"""

from collections.abc import Iterable, Mapping

import pytest
import z3

from triage.flow.circuits.circuit import TRUE, Circuit, Literal
from triage.flow.conditions import parse
from triage.proof.engines import new_nodes
from triage.proof.sheets.laws_of_answers.asking import SheetEngine
from triage.proof.sheets.laws_of_answers.laws import AnswerProver
from triage.routing.loading import Loaded, load
from triage.settings import FLOWS

UNITS = 80_000_000
"""What z3 may spend on one question: some 10 s of one core, however loaded the machine is."""
SLOW = ("EVI-UNSAFE", "EVI-ONE-CLASS")
EVERY = 5


def dimacs(circuit: Circuit, held: Iterable[Literal], asked: Iterable[Literal]) -> str:
    """The clauses that define all nodes behind some literals, with those that are held to."""
    held = tuple(held)
    clauses = [f"{TRUE} 0", *(f"{literal} 0" for literal in held)]
    for node in new_nodes(circuit, (*held, *asked), {TRUE}):
        parts = circuit.parts[node]
        if parts is not None:
            clauses += [f"-{node} {one} 0" for one in parts]
            clauses.append(" ".join(map(str, (node, *(-one for one in parts), 0))))
    return f"p cnf {len(circuit.parts)} {len(clauses)}\n" + "\n".join(clauses) + "\n"


class Opinion:
    """z3 over one circuit, with everything defined that is asked."""

    def __init__(self, prover: AnswerProver, asked: Iterable[Literal]) -> None:
        asked = tuple(asked)
        sheets = prover.prover.model
        self.solver = z3.SolverFor("QF_FD")
        self.solver.from_string(dimacs(sheets.circuit, (sheets.settled, *sheets.sheet.constraints), asked))
        self.solver.set("rlimit", UNITS)

    def broken(self, law: Literal) -> z3.CheckSatResult:
        """Whether any sheet breaks a law. The variables of a DIMACS file are named by numbers."""
        if law == TRUE:
            return z3.unsat
        context = self.solver.ctx
        name = z3.Z3_mk_int_symbol(context.ref(), abs(law))
        node = z3.BoolRef(z3.Z3_mk_const(context.ref(), name, z3.BoolSort(context).ast), context)
        return self.solver.check(z3.Not(node) if law > 0 else node)


@pytest.fixture(scope="module")
def prover() -> AnswerProver:
    loaded = load(FLOWS)
    assert isinstance(loaded, Loaded)
    return AnswerProver(FLOWS, loaded, SheetEngine)


@pytest.fixture(scope="module")
def laws(prover: AnswerProver) -> Mapping[str, Mapping[str, Literal]]:
    return {law.id: prover.literals(law) for law in prover.answer_laws}


@pytest.fixture(scope="module")
def start(prover: AnswerProver) -> Literal:
    return prover.prover.words.literal(parse("each x: not effective(x)"))


@pytest.fixture(scope="module")
def opinion(prover: AnswerProver, laws: Mapping[str, Mapping[str, Literal]], start: Literal) -> Opinion:
    return Opinion(prover, [start, *(literal for values in laws.values() for literal in values.values())])


def test_both_engines_prove_every_law_but_those_of_many_findings(
    opinion: Opinion, laws: Mapping[str, Mapping[str, Literal]]
) -> None:
    asked = {f"{name} {value}": it for name, values in laws.items() if name not in SLOW for value, it in values.items()}
    assert len(asked) > 150
    found = {name: opinion.broken(literal) for name, literal in asked.items()}
    assert {name: one for name, one in found.items() if one != z3.unsat} == {}


@pytest.mark.parametrize("name", SLOW)
def test_both_engines_agree_on_the_slow_laws_wherever_z3_decides(
    opinion: Opinion, laws: Mapping[str, Mapping[str, Literal]], name: str
) -> None:
    chosen = list(laws[name].items())[::EVERY]
    found = {value: opinion.broken(literal) for value, literal in chosen}
    assert z3.sat not in found.values()
    undecided = [value for value, one in found.items() if one != z3.unsat]
    print(f"{name}: {len(chosen) - len(undecided)} of {len(chosen)} decided; not: {', '.join(undecided) or 'none'}")
    assert len(undecided) <= len(chosen) // 5


def test_the_second_opinion_finds_a_start_when_nothing_forbids_it(opinion: Opinion, start: Literal) -> None:
    opinion.solver.set("rlimit", 6 * UNITS)
    assert opinion.broken(start) == z3.sat
