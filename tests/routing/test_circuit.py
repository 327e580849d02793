"""The decision as a circuit says what the compiled decision says, of every rule, gate, alert and law."""

from itertools import product

from tests.routing.chance import fact_sets
from tests.routing.circuits import LAYOUT, inputs, outputs, over_free_facts, said
from tests.routing.decisions import lawful, strengths
from triage.flow.circuits.circuit import FALSE, TRUE, Circuit
from triage.flow.circuits.thresholds import THRESHOLDS, fixed, free, in_order, value_of


def test_the_circuit_agrees_with_the_compiled_decision() -> None:
    one = over_free_facts()
    named = outputs(one)
    for facts, latched in fact_sets(seed=71, number=1_000):
        values = one.circuit.values(inputs(facts, latched), tuple(named.values()))
        found = {name for name, value in zip(named, values, strict=True) if value}
        assert found == set(said(lawful()(strengths(facts), LAYOUT.gate_bits(latched), None)))


def test_at_least_counts() -> None:
    for size, number in product(range(6), range(7)):
        circuit = Circuit()
        literals = [circuit.input(str(place)) for place in range(size)]
        counted = circuit.at_least(number, literals)
        for held in product((False, True), repeat=size):
            given = {str(place): value for place, value in enumerate(held)}
            assert circuit.values(given, (counted,)) == (sum(held) >= number,)


def test_constants_and_opposites_are_folded() -> None:
    circuit = Circuit()
    one, other = circuit.input("one"), circuit.input("other")
    assert circuit.all_of((one, -one)) == FALSE
    assert circuit.any_of((one, -one)) == TRUE
    assert circuit.all_of(()) == TRUE
    assert circuit.all_of((one, TRUE)) == one
    assert circuit.all_of((one, other)) == circuit.all_of((other, one, one))
    assert circuit.choose(TRUE, one, other) == one
    assert circuit.same(one, one) == TRUE


def test_the_first_that_holds_is_one_alone() -> None:
    circuit = Circuit()
    literals = [circuit.input(name) for name in "abc"]
    first = circuit.first_that_holds(literals)
    for held in product((False, True), repeat=3):
        expected = tuple(place == held.index(True) if any(held) else False for place in range(3))
        assert circuit.values(dict(zip("abc", held, strict=True)), first) == expected


def test_a_strength_keeps_its_value() -> None:
    circuit = Circuit()
    strength = free(circuit, "X")
    ordered = in_order(circuit, strength)
    for value in range(-5, 5):
        assert value_of(lambda threshold, value=value: fixed(value).at_least(threshold) == TRUE) == value
        given = {f"X>={threshold}": value >= threshold for threshold in THRESHOLDS}
        assert circuit.values(given, (ordered,)) == (True,)
    assert circuit.values({"X>=2": True}, (ordered,)) == (False,)
