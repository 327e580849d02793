"""The steps written from a circuit say of each case what the circuit says, in as little room as the values need."""

from random import Random

import numpy as np

from tests.routing.circuits import outputs, over_free_facts
from triage.flow.circuits.circuit import FALSE, TRUE, Circuit, Literal
from triage.simulation.columns import held_at, packed
from triage.simulation.program import program

CASES = 64


def circuit_of_chance(chance: Random) -> tuple[Circuit, list[Literal]]:
    """A circuit of some inputs and nodes read either way up, and outputs among which some stand twice."""
    circuit = Circuit()
    known = [circuit.input(f"input {number}") for number in range(chance.randint(1, 8))]
    for _ in range(chance.randint(0, 40)):
        chosen = [one * chance.choice((1, -1)) for one in chance.choices(known, k=chance.randint(1, 4))]
        known.append(chance.choice((circuit.all_of, circuit.any_of))(chosen))
    return circuit, [one * chance.choice((1, -1)) for one in chance.choices([*known, TRUE, FALSE], k=12)]


def test_a_program_says_what_its_circuit_says() -> None:
    chance = Random(3)
    for _ in range(300):
        circuit, asked = circuit_of_chance(chance)
        rows = {name: [chance.random() < 0.5 for _ in range(CASES)] for name in circuit.inputs}
        straight = program(circuit, asked)
        room = straight.room(1)
        room[:] = chance.getrandbits(64)  # what the chunk before left there
        answers = straight.run([packed(np.array(rows[name])) for name in straight.inputs], room)
        held = [held_at(answer, np.arange(CASES)).astype(bool).tolist() for answer in answers]
        for place in range(CASES):
            given = {name: row[place] for name, row in rows.items()}
            assert tuple(row[place] for row in held) == circuit.values(given, asked)


def test_inputs_are_left_as_they_were() -> None:
    circuit = Circuit()
    one, other = circuit.input("one"), circuit.input("other")
    straight = program(circuit, [circuit.all_of((one, -other)), -one, one])
    given = [np.array([5], np.uint64), np.array([3], np.uint64)]
    assert [answer.tolist() for answer in straight.run(given, straight.room(1))] == [[4], [2**64 - 6], [5]]
    assert [row.tolist() for row in given] == [[5], [3]]


def test_rows_are_used_again_once_nobody_reads_them() -> None:
    circuit = Circuit()
    chain = circuit.input("0")
    for number in range(1, 200):
        joined = circuit.all_of if number % 2 else circuit.any_of
        chain = joined((chain, circuit.input(str(number))))
    assert program(circuit, [chain]).rows <= 3


def test_the_shipped_decision_needs_little_room() -> None:
    decision = over_free_facts()
    straight = program(decision.circuit, list(outputs(decision).values()))
    assert straight.rows < 350, "each row is 8 KB in a chunk of 65,536 cases"
    assert len(straight.steps) < 3_000


def test_what_no_output_reads_is_not_worked_out() -> None:
    circuit = Circuit()
    one, other = circuit.input("one"), circuit.input("other")
    circuit.all_of((one, other))
    straight = program(circuit, [one])
    assert (straight.inputs, straight.steps) == (("one",), ())
