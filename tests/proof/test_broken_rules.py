"""Rules that break an invariant: both solvers say so, and the example is a smallest case that the decision confirms."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.proof.rule_sets import broken_rule_sets, decider_of, rewritten, verdicts
from tests.proof.test_shipped_rules import shipped
from triage.cli.decide import read_items, written_items
from triage.flow.conditions import Always
from triage.flow.values import UNKNOWN
from triage.proof.examples import Example
from triage.proof.proofs import COUNTEREXAMPLE, Proof
from triage.proof.proving import prove, second_engine, z3_engine
from triage.proof.replaying import law_is_broken, relation_is_broken
from triage.proof.space import FactSet, exchanged
from triage.routing.loading import Loaded
from triage.routing.rules import DecisionRules

NAMES = sorted(broken_rule_sets())


def proof_of(rules: DecisionRules, law: str, second: bool = False) -> Proof:
    loaded = Loaded(shipped().book, decider_of(rules))
    return next(prove(loaded, only={law}, make_engine=second_engine() if second else z3_engine()))


def example_of(rules: DecisionRules, law: str, second: bool = False) -> Example:
    found = proof_of(rules, law, second)
    assert found.status == COUNTEREXAMPLE
    assert found.example is not None
    return found.example


def is_broken(rules: DecisionRules, law: str, cases: tuple[FactSet, ...]) -> bool:
    """Whether cases break a law by the literal reading of the rules, which knows no circuit."""
    instances = decider_of(rules).instances
    invariant, _, relation = law.partition(" ")
    if relation:
        found = next(one for one in rules.relations if one.id == relation)
        return relation_is_broken(instances, found, *cases)
    return law_is_broken(instances, next(one for one in rules.invariants if one.id == invariant), cases[0])


def without_fact(case: FactSet, fact: str) -> FactSet:
    return replace(case, strengths={name: value for name, value in case.strengths.items() if name != fact})


def test_there_are_more_than_twenty_broken_rule_sets() -> None:
    assert len(NAMES) > 35


@pytest.mark.parametrize("name", NAMES)
def test_both_engines_find_the_same_broken(name: str) -> None:
    rules, law = broken_rule_sets()[name]
    found = verdicts(rules, second_engine())
    assert law in {which.partition(" ")[0] for which, broken in found.items() if broken}
    assert found == verdicts(rules, z3_engine())


@pytest.mark.parametrize("name", NAMES)
def test_an_example_breaks_the_law_and_no_fact_can_be_left_out(name: str) -> None:
    rules, law = broken_rule_sets()[name]
    example = example_of(rules, law, second=True)
    assert is_broken(rules, example.law, example.cases)
    is_exchanged = example.law.endswith(" exchanged")
    for fact in {fact for case in example.cases[: 1 if is_exchanged else 2] for fact in case.strengths}:
        turned = exchanged(fact) if is_exchanged else fact
        fewer = tuple(map(without_fact, example.cases, (fact, turned)))
        assert not is_broken(rules, example.law, fewer), f"{fact} can be left out"


@pytest.mark.parametrize("name", NAMES[::5])
def test_both_engines_shrink_to_the_same_example(name: str) -> None:
    rules, law = broken_rule_sets()[name]
    assert example_of(rules, law) == example_of(rules, law, second=True)


def test_the_example_of_one_wrong_law_is_exactly_what_it_forbids() -> None:
    """A law that forbids the emergency gate: danger alone breaks it, and nothing else has to be known."""
    rules = shipped().decider.rules
    wrong = tuple(replace(one, law=Always(False) if one.id == "INV-07" else one.law) for one in rules.invariants)
    example = example_of(replace(rules, invariants=wrong), "INV-07")
    assert example.cases == (FactSet({}),)
    danger = rewritten("gates", "gate-emergency", "never")
    assert dict(example_of(danger, "INV-11").cases[0].strengths) == {"DANGER_NOW": 2}


def test_an_example_is_read_by_decide_and_gives_the_same_decision(tmp_path: Path) -> None:
    rules, law = broken_rule_sets()["INV-01 without route-8-resistance-not-examined"]
    example, decider = example_of(rules, law), decider_of(rules)
    path = tmp_path / "example.json"
    path.write_text(json.dumps(example.items()), encoding="utf-8")
    items, problems = read_items([path], rules)
    assert problems == []
    (decided,) = written_items(items, decider, {})
    (case,) = example.cases
    expected = decider.written(decider.decide(case.strengths, case.latched, case.classes), items[0].pairs[0].persons)
    assert decided == {"id": "INV-01", "pairs": [expected]}


def test_an_example_of_a_change_is_two_items_that_differ_in_what_changed() -> None:
    rules, law = broken_rule_sets()["INV-42 with another hold-case"]
    example = example_of(rules, law)
    first, then = example.cases
    names = {*first.strengths, *then.strengths}
    changed = {one for one in names if first.strengths.get(one, UNKNOWN) != then.strengths.get(one, UNKNOWN)}
    assert changed == {"CASECLOSE"}
    assert [item["id"] for item in example.items()] == ["INV-42 withdrawn, before", "INV-42 withdrawn, after"]


def test_source_classes_stand_in_an_example_only_where_they_matter() -> None:
    """A law that only findings of one class can break: counted apart they are two, together one."""
    rules = shipped().decider.rules
    law = "not ind(CTRL_AB) or not (count(ind: supporting_AB) >= 2) or supported_AB"
    spelled = rewritten("definitions", "harm", law)
    said = spelled.definitions[-1].when
    wrong = tuple(replace(one, law=said) if one.id == "INV-07" else one for one in rules.invariants)
    example = example_of(replace(rules, invariants=wrong), "INV-07")
    (pair,) = example.items()[0]["pairs"]  # type: ignore[misc]  # an item is read as plain data
    assert len(set(map(tuple, pair["classes"].values()))) == 1
    assert len(pair["classes"]) == 2
    assert all(not case.classes for case in example_of(*broken_rule_sets()["INV-14 without hold-case"]).cases)


def test_the_classes_of_an_example_are_exchanged_with_the_persons() -> None:
    first, then = example_of(*broken_rule_sets()["INV-41 with another supported_xy"]).cases
    assert first.classes
    assert {exchanged(fact): classes for fact, classes in first.classes.items()} == then.classes


def test_an_alert_that_does_not_interrupt_for_a_plan_breaks_its_law() -> None:
    rules = shipped().decider.rules
    quiet = tuple(replace(one, raised=Always(False)) if one.id == "AL-SUIC" else one for one in rules.alerts)
    (case,) = example_of(replace(rules, alerts=quiet), "INV-35").cases
    assert list(case.strengths) in (["SUICPLAN_A"], ["SUICPLAN_B"])
