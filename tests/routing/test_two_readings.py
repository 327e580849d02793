"""The compiled decision and the slow literal reading of the same rules say the same, over 20,000 fact sets."""

from random import Random

import pytest

from tests.routing.chance import MANY, classes, fact_sets
from tests.routing.decisions import Facts, decider
from triage.routing.explaining import EFFECTIVE
from triage.routing.interpreting import Reading

PARTS = 8


@pytest.mark.parametrize("part", range(PARTS))
def test_both_readings_agree(part: int) -> None:
    chance, one = Random(part), decider()
    for number, (facts, latched) in enumerate(fact_sets(seed=part, number=MANY // PARTS)):
        behind = classes(chance, facts) if number % 3 == 0 else None
        assert one.decide(facts, latched, behind) == Reading(one.instances, facts, latched, behind).decision()


def fired(facts: Facts, latched: frozenset[str]) -> set[tuple[str, str]]:
    """Every rule that fired, by the slow reading, with its subject."""
    reading = Reading(decider().instances, facts, latched)
    reading.decision()
    found = {(reading.result.rule.id, reading.result.person)}
    found |= {(one.rule.id, "") for one in reading.instances.gates if reading.gate_holds(one.gives[0])}
    found |= {(alert, "") for alert in reading.alerts}
    for person, step in reading.steps.items():
        found.add((step.rule.id, person))
        found |= {(one.rule.id, person) for one in reading.adapted[person]}
        found |= {(one.rule.id, person) for one in reading.collected[person] if step.rule.with_holds}
        if not reading.routes[person].isdisjoint(reading.rules.focused):
            found |= {(one.rule.id, person) for one in reading.unmet[person]} or {(EFFECTIVE, person)}
    return found


def test_every_rule_that_fired_is_a_reason_and_no_other() -> None:
    for facts, latched in fact_sets(seed=99, number=2_000):
        reasons = decider().decide(facts, latched).explanations
        assert {(reason.rule, reason.subject) for reason in reasons} == fired(facts, latched)
        assert len(reasons) == len({(reason.rule, reason.subject) for reason in reasons})


def test_the_findings_of_a_reason_are_enough_to_give_the_result() -> None:
    for facts, latched in fact_sets(seed=98, number=2_000):
        decision = decider().decide(facts, latched)
        reason = decision.explanations[0]
        if reason.gives in {("W_A",), ("W_B",), ("W_CHILD",)}:
            assert set(decision.explanations[0].read) <= set(facts.items())
            assert {"CTRL", "SEVPAT", "FORCE", "AGE_LT16"} & {name.rpartition("_")[0] for name, _ in reason.read}


def test_two_findings_of_one_and_the_same_class_support_as_one() -> None:
    facts = next(fact_sets(seed=0, number=1))[0] | _pattern()
    assert decider().decide(facts, (), None).result == "W_A"
    alone = dict.fromkeys(facts, frozenset({"ISS"}))
    assert decider().decide(facts, (), alone).result == "W_REVIEW"
    assert decider().decide(facts, (), alone | {"TPEV_AB": frozenset({"POL"})}).result == "W_A"
    assert decider().decide(facts, (), alone | {"TPEV_AB": frozenset({"ISS", "POL"})}).result == "W_A"
    assert decider().decide(facts, (), alone | {"TPEV_AB": None}).result == "W_A"


def _pattern() -> Facts:
    from tests.routing.decisions import ready

    return ready()
