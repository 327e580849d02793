"""The decision in columns says what the compiled decision says: every rule, gate, alert and law, of every case."""

import os
from collections.abc import Sequence
from random import Random

import pytest

from tests.routing.chance import MANY
from tests.routing.circuits import said
from tests.routing.decisions import decider
from tests.routing.test_laws import without
from tests.simulation.columns import cases_of_chance, said_in_columns
from tests.simulation.twisting import twisted
from triage.flow.circuits.circuit import Circuit
from triage.flow.values import UNKNOWN
from triage.routing.compiling import Layout, compile_decision
from triage.routing.instances import Instances
from triage.routing.rules import DecisionRules
from triage.simulation.columns import Case, Inputs, number_in, numbers_in, packed
from triage.simulation.sources import columns_of

NUMBER = int(os.environ.get("TRIAGE_SIMULATED_CASES", MANY))
"""100,000 were compared once for ADR 0032; the suite compares 20,000."""
SHIPPED_RESULTS = [one.gives[0] for one in decider().instances.results]
"""By their numbers in the shipped rules, as `said` reads them; twisted rules may try them in another order."""


def said_one_by_one(rules: DecisionRules, cases: Sequence[Case]) -> list[set[str]]:
    layout = Layout(Instances(rules))
    decide = compile_decision(layout, with_laws=True)
    results = [one.gives[0] for one in layout.instances.results]
    found = []
    for case in cases:
        strengths = [case.facts.get(name, UNKNOWN) for name in layout.facts]
        behind = None if case.classes is None else [case.classes.get(name) for name in layout.facts]
        number, *rest = decide(strengths, layout.gate_bits(case.latched), behind)
        found.append(set(said((SHIPPED_RESULTS.index(results[number]), *rest))))
    return found


def test_columns_agree_with_the_compiled_decision() -> None:
    rules, cases = decider().rules, cases_of_chance(17, NUMBER)
    assert said_in_columns(rules, cases) == said_one_by_one(rules, cases)


def test_columns_agree_when_findings_rest_on_source_classes() -> None:
    rules, cases = decider().rules, cases_of_chance(18, NUMBER // 4, with_classes=True)
    one_by_one = said_one_by_one(rules, cases)
    assert said_in_columns(rules, cases) == one_by_one
    without_classes = [Case(case.facts, case.latched) for case in cases]
    assert said_one_by_one(rules, without_classes) != one_by_one, "chance never made two findings rest on one class"


@pytest.mark.parametrize(
    ("group", "rule"),
    [
        ("results", "result-1-not-sufficient"),
        ("gates", "gate-high-risk"),
        ("holds", "hold-support"),
        ("steps", "route-7-harmed"),
        ("steps", "route-8-resistance-not-examined"),
        ("adaptations", "adapt-population"),
        ("effective", "start-risk-plan"),
        ("effective", "start-contract"),
    ],
)
def test_columns_agree_on_rules_from_which_one_is_taken_away(group: str, rule: str) -> None:
    shipped, cases = decider().rules, cases_of_chance(19, 1_000)
    rules = without(shipped, group, rule)
    changed = said_one_by_one(rules, cases)
    assert said_in_columns(rules, cases) == changed
    assert changed != said_one_by_one(shipped, cases)


def test_a_fact_that_a_case_does_not_tell_is_unknown() -> None:
    rules, told = (
        decider().rules,
        [Case({}, frozenset()), Case(dict.fromkeys(decider().rules.read, UNKNOWN), frozenset())],
    )
    first, second = said_in_columns(rules, told)
    assert first == second == said_one_by_one(rules, told)[0]
    assert "result W_INSUFF" in first


def test_a_fact_without_a_column_is_unknown() -> None:
    columns = columns_of([Case({}, frozenset())] * 70, ())
    known, stood = columns.at_least("CTRL_AB", 0), columns.at_least("CTRL_AB", -1)
    assert number_in(known, 70) == 0
    assert number_in(stood, 70) == 70


def test_what_stands_beyond_the_cases_is_never_counted() -> None:
    columns = columns_of([Case({}, frozenset())] * 3, ())
    everywhere = columns.at_least("CTRL_AB", -1)
    assert len(everywhere) == 1
    assert number_in(everywhere, 3) == 3
    assert numbers_in(everywhere, 3).tolist() == [0, 1, 2]


def test_decisions_over_the_same_inputs_share_what_they_say_alike() -> None:
    inputs = Inputs(Circuit())
    first = inputs.decision(decider().instances)
    nodes = len(inputs.circuit.parts)
    second = inputs.decision(decider().instances)
    assert len(inputs.circuit.parts) == nodes
    assert (first.results, first.laws) == (second.results, second.laws)


def test_a_bitmap_keeps_the_order_of_the_cases() -> None:
    columns = columns_of([Case({}, frozenset({"O-OUT"} if place in {1, 64} else ())) for place in range(65)], ())
    assert numbers_in(columns.is_latched("O-OUT"), 65).tolist() == [1, 64]
    assert packed(columns.latched["O-OUT"]).tolist() == [2, 1]


@pytest.mark.parametrize("seed", range(12))
def test_columns_agree_on_rules_twisted_by_chance(seed: int) -> None:
    rules, cases = twisted(Random(seed), decider().rules), cases_of_chance(seed, 400, with_classes=True)
    one_by_one = said_one_by_one(rules, cases)
    assert said_in_columns(rules, cases) == one_by_one
    assert one_by_one != said_one_by_one(decider().rules, cases)
