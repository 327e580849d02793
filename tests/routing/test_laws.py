"""Every law of `invariants.yml` holds over 20,000 fact sets that reach every rule; and each law can be broken."""

from collections import Counter
from dataclasses import replace

import pytest

from tests.routing.broken_rules import TAKEN_AWAY, without
from tests.routing.chance import MANY, fact_sets
from tests.routing.decisions import decider, lawful, laws, strengths
from triage.flow.conditions import Always
from triage.routing.compiling import Layout, compile_decision
from triage.routing.instances import Instances
from triage.routing.rules import DecisionRules


def broken_laws(rules: DecisionRules, number: int) -> Counter[str]:
    """Which laws some rules break, and how often, over fact sets made by chance."""
    layout = Layout(Instances(rules))
    decide, names, broken = compile_decision(layout, with_laws=True), layout.facts, Counter[str]()
    for facts, latched in fact_sets(seed=5, number=number):
        bits = decide([facts[name] for name in names], layout.gate_bits(latched), None)[-1]
        broken.update(law.id for place, law in enumerate(laws()) if bits >> place & 1)
    return broken


def test_no_law_is_broken() -> None:
    assert broken_laws(decider().rules, MANY) == Counter()


def test_chance_reaches_every_rule_outcome_gate_and_alert() -> None:
    one, reached = decider(), Counter[str]()
    for facts, latched in fact_sets(seed=5, number=MANY):
        bare = lawful()(strengths(facts), one.layout.gate_bits(latched), None)
        reached[one.instances.results[bare[0]].rule.id] += 1
        for step, outcomes, adapted, unmet in (bare[2:6], bare[6:10]):
            reached[one.rules.steps[step].id] += 1
            reached[f"{one.rules.steps[step].id}, effective"] += not unmet
            reached.update(name for place, name in enumerate(one.layout.outcomes) if outcomes >> place & 1)
            reached.update(rule.id for place, rule in enumerate(one.rules.adaptations) if adapted >> place & 1)
        reached.update(gate for place, gate in enumerate(one.layout.gates) if bare[1] >> place & 1)
        reached.update(alert.id for place, alert in enumerate(one.layout.alerts) if bare[10] >> place & 1)
    rules = one.rules
    wanted = {rule.id for group in (rules.results, rules.steps, rules.adaptations) for rule in group}
    wanted |= {name for group in (rules.gates, rules.holds, rules.steps) for rule in group for name in rule.gives}
    wanted |= {alert.id for alert in one.layout.alerts}
    wanted |= {f"{rule.id}, effective" for rule in rules.steps if rules.focused & set(rule.gives)}
    rarely = {name: reached[name] for name in wanted if reached[name] < 50}
    assert rarely == {}


@pytest.mark.parametrize(("group", "rule", "law"), TAKEN_AWAY)
def test_a_rule_taken_away_breaks_its_law(group: str, rule: str, law: str) -> None:
    assert broken_laws(without(decider().rules, group, rule), 4_000)[law] > 0


def test_a_route_into_a_programme_without_a_result_breaks_its_law() -> None:
    rules = decider().rules
    steps = tuple(replace(one, gives=("O-PREP",)) if one.step == 5 else one for one in rules.steps)
    broken = broken_laws(replace(rules, steps=steps), 1_000)
    assert broken["INV-02"] > 0
    assert broken["INV-04"] > 0


def test_contrary_evidence_left_aside_makes_both_primary_and_breaks_its_law() -> None:
    rules = decider().rules
    kept = tuple(one if one.id != "contra_xy" else replace(one, when=Always(False)) for one in rules.definitions)
    assert broken_laws(replace(rules, definitions=kept), MANY)["INV-03"] > 0


def test_every_invariant_is_there_once_with_its_clauses() -> None:
    invariants = decider().rules.invariants
    assert [one.id for one in invariants] == [f"INV-{number:02}" for number in range(1, 45)]
    assert all(one.law is not None for one in invariants if one.kind == "law")
    assert all(one.room for one in invariants if one.kind == "tested")
