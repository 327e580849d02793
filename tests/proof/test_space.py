"""The circuit over every fact set, with source classes, says of single cases what the literal reading says."""

from itertools import permutations
from random import Random

from tests.routing.chance import classes, fact_sets
from tests.routing.circuits import outputs
from tests.routing.decisions import decider
from triage.flow.values import UNKNOWN, Strength
from triage.proof.proving import z3_engine
from triage.proof.replaying import reading_of
from triage.proof.space import FactSet, FactSpace, exchanged, grouped
from triage.routing.circuit import DecisionCircuit
from triage.routing.instances import Instances


def some_cases(seed: int, number: int) -> list[FactSet]:
    chance = Random(seed)
    return [
        FactSet(facts, latched, {name: one for name, one in classes(chance, facts).items() if one and len(one) == 1})
        for facts, latched in fact_sets(seed, number)
    ]


def said(one: DecisionCircuit, inputs: dict[str, bool]) -> set[str]:
    named = outputs(one)
    values = one.circuit.values(inputs, tuple(named.values()))
    return {name for name, value in zip(named, values, strict=True) if value}


def read(instances: Instances, case: FactSet) -> set[str]:
    decision = reading_of(instances, case).decision()
    found = {f"result {decision.result}"}
    for person, route in decision.routes.items():
        found |= {f"{person} {name}" for name in route.outcomes}
    return found


def outcomes_alone(names: set[str]) -> set[str]:
    return {name for name in names if name.startswith(("result", "A O-", "B O-"))}


def test_source_classes_count_in_the_circuit_as_they_do_in_the_reading() -> None:
    instances = decider().instances
    space = FactSpace(instances)
    decision, held, matter = space.decision(), 0, 0
    for case in some_cases(seed=3, number=150):
        inputs = space.inputs(case)
        assert outcomes_alone(said(decision, inputs)) == read(instances, case)
        held += all(space.circuit.values(inputs, space.holds))
        matter += read(instances, case) != read(instances, FactSet(case.strengths, case.latched))
    assert held == 150
    assert matter > 2


def test_the_exchanged_decision_is_that_of_the_exchanged_case() -> None:
    instances = decider().instances
    space = FactSpace(instances)
    decision = space.exchanged_decision()
    for case in some_cases(seed=4, number=50):
        again = FactSet(
            {exchanged(name): value for name, value in case.strengths.items()},
            case.latched,
            {exchanged(name): one for name, one in case.classes.items()},
        )
        assert outcomes_alone(said(decision, space.inputs(case))) == read(instances, again)


def test_a_case_found_is_a_case_there_can_be() -> None:
    space = FactSpace(decider().instances)
    engine = z3_engine()(space.circuit)
    for bound in space.holds:
        engine.hold(bound)
    model = engine.find(-space.apart)
    assert model is not None
    case = space.fact_set(model)
    assert case.classes
    again = space.inputs(case)
    assert all(again[name] is value for name, value in model.items() if name in again)


def test_resting_on_one_class_passes_on() -> None:
    space = FactSpace(decider().instances)
    engine = z3_engine()(space.circuit)
    for bound in space.holds:
        engine.hold(bound)
    for one, other, another in permutations(("DEP_AB", "ECON_AB", "HIST_A"), 3):
        first, second, third = space.together(one, other), space.together(other, another), space.together(one, another)
        assert engine.find(first, second, -third) is None
        assert engine.find(first, -second, -third) is not None


def test_an_ordinal_has_no_value_above_three() -> None:
    space = FactSpace(decider().instances)
    engine = z3_engine()(space.circuit)
    for bound in space.holds:
        engine.hold(bound)
    ready = space.strengths["READY_A"]
    assert engine.find(ready.at_least(4)) is None
    assert engine.find(-ready.at_least(-4)) is None
    assert engine.find(ready.at_least(3)) is not None


def test_a_case_without_a_value_is_unknown() -> None:
    space = FactSpace(decider().instances)
    inputs = space.inputs(FactSet({"SUFF": Strength(2)}))
    assert space.value(space.strengths["SUFF"], inputs) == 2
    assert space.value(space.strengths["HBA"], inputs) == UNKNOWN


def test_sets_that_share_a_member_are_one() -> None:
    sets = [frozenset("ab"), frozenset("cd"), frozenset("bc"), frozenset("e")]
    assert set(grouped(sets)) == {frozenset("abcd"), frozenset("e")}
