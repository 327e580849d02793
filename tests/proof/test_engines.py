"""Both solvers say of a circuit what trying every input says of it, also while it grows."""

from itertools import product
from random import Random

import pytest
import z3

from triage.flow.circuits.circuit import FALSE, TRUE, Circuit, Literal
from triage.proof.engines import MakeEngine, Undecided
from triage.proof.proving import second_engine, z3_engine

ENGINES = pytest.mark.parametrize("make_engine", [z3_engine(), second_engine()], ids=["z3", "CaDiCaL"])


def some_circuit(chance: Random, inputs: int, size: int) -> tuple[Circuit, list[Literal]]:
    circuit = Circuit()
    literals = [circuit.input(str(number)) for number in range(inputs)]
    for _ in range(size):
        chosen = [literal * chance.choice((1, -1)) for literal in chance.sample(literals, chance.randint(2, 4))]
        literals.append(chance.choice((circuit.all_of, circuit.any_of))(chosen))
    return circuit, literals


def cases(inputs: int) -> list[dict[str, bool]]:
    return [dict(zip(map(str, range(inputs)), held, strict=True)) for held in product((False, True), repeat=inputs)]


@ENGINES
def test_an_engine_finds_what_there_is_and_nothing_else(make_engine: MakeEngine) -> None:
    chance = Random(11)
    for _ in range(40):
        circuit, literals = some_circuit(chance, inputs=5, size=14)
        engine, held = make_engine(circuit), [chance.choice(literals) * chance.choice((1, -1))]
        engine.hold(held[0])
        for _ in range(6):
            assumed = [literal * chance.choice((1, -1)) for literal in chance.sample(literals, 2)]
            wanted = any(all(circuit.values(case, [*held, *assumed])) for case in cases(5))
            found = engine.find(*assumed)
            assert (found is not None) is wanted
            assert found is None or all(circuit.values(found, [*held, *assumed]))


@ENGINES
def test_a_circuit_may_grow_between_two_questions(make_engine: MakeEngine) -> None:
    circuit = Circuit()
    engine, one = make_engine(circuit), circuit.input("one")
    assert engine.find(one) == {"one": True}
    engine.hold(circuit.any_of((-one, circuit.input("other"))))
    assert engine.find(one) == {"one": True, "other": True}
    assert engine.find(one, -circuit.input("other")) is None
    assert engine.find() is not None


def test_a_solver_that_gives_up_proves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = z3_engine()(Circuit())
    monkeypatch.setattr("z3.Solver.check", lambda *_: z3.unknown)
    with pytest.raises(Undecided, match="z3 gave up"):
        engine.find(TRUE)


@ENGINES
def test_constants_are_what_they_are(make_engine: MakeEngine) -> None:
    engine = make_engine(Circuit())
    assert engine.find(TRUE) == {}
    assert engine.find(FALSE) is None
