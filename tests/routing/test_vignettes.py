"""The vignettes: thirty cases told by practitioners, each with exactly the decision that page 11 gives."""

import pytest

from tests.routing.decisions import decided, decider, exchanged, outcome, outcome_exchanged, vignettes
from triage.routing.decide import PairDecision
from triage.routing.interpreting import Reading

CASES = {name: (facts, latched, expected) for name, facts, latched, expected in vignettes()}


def written(decision: PairDecision) -> dict[str, object]:
    return {
        "result": decision.result,
        "A": list(decision.A),
        "B": list(decision.B),
        "case": list(decision.case),
        "effective": decision.effective,
        "alerts": list(decision.alerts),
    }


def test_all_vignettes_are_there() -> None:
    assert len({name.partition("-")[0] for name in CASES}) == 30
    assert len(CASES) == 33


@pytest.mark.parametrize("name", CASES)
def test_the_decision_is_exactly_the_expected_one(name: str) -> None:
    facts, latched, expected = CASES[name]
    sorted_lists = {key: sorted(value) if isinstance(value, list) else value for key, value in expected.items()}
    assert written(decided(facts, latched)) == sorted_lists


@pytest.mark.parametrize("name", CASES)
def test_exchanging_the_persons_exchanges_the_decision(name: str) -> None:
    facts, latched, _ = CASES[name]
    assert outcome(decided(exchanged(facts), latched)) == outcome_exchanged(decided(facts, latched))


@pytest.mark.parametrize("name", CASES)
def test_the_slow_reading_agrees(name: str) -> None:
    facts, latched, _ = CASES[name]
    assert Reading(decider().instances, facts, latched).decision() == decided(facts, latched)


@pytest.mark.parametrize("name", CASES)
def test_every_reason_ends_with_its_safety_clause(name: str) -> None:
    facts, latched, _ = CASES[name]
    decision = decided(facts, latched)
    assert all(reason.clauses[-1].startswith("1.") for reason in decision.explanations)
    assert list(decision.reasons) == sorted(decision.reasons)


def test_the_reasons_name_the_findings_that_counted() -> None:
    facts, latched, _ = CASES["R30-1"]
    decision = decided(facts, latched)
    by_rule = {(reason.rule, reason.subject): reason for reason in decision.explanations}
    assert by_rule["route-12-high-risk", "A"].read == (("NFS_AB", -4),)
    assert by_rule["gate-emergency", ""].notes == ("latched",)
    assert "route-12-high-risk [7.1, 1.1]: A O-IMAC (NFS_AB was 3)" in decision.reasons
    assert by_rule["start-no-danger-in-scope", "A"].notes == ("not met",)


def test_a_review_says_what_no_result_could_rest_on() -> None:
    facts, latched, _ = CASES["R12-1"]
    result = next(one for one in decided(facts, latched).explanations if one.rule == "result-7-review")
    assert {"not core_AB", "not supported_BA", "not explained_A"} <= set(result.notes)
