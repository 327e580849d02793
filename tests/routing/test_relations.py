"""Laws that compare two fact sets: exchanging the persons (INV-41), taking answers back, adding a danger (INV-42)."""

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.routing.chance import MANY, fact_sets
from tests.routing.decisions import (
    decided,
    decider,
    exchanged,
    outcome,
    outcome_exchanged,
    ready,
    strengths,
)
from triage.flow import conditions
from triage.flow.values import Strength, withdrawn
from triage.routing.compiling import Bare

IDENTITY = {"POPSPEC", "BYFOR", "LANGNEED", "RELIF"}
LAYOUT = decider().layout
RULES = decider().rules
FOCUSED, HOLDS, SUPPORT = (LAYOUT.outcome_bits(names) for names in (RULES.focused, RULES.holding, RULES.supporting))
VICTIM_SURVIVOR = LAYOUT.outcome_bits({"O-VS", "O-VS-RES"})
FIRST, PLAN = LAYOUT.outcome_bits({"O-CN-FIRST"}), LAYOUT.outcome_bits({"O-CN-PLAN"})
PERMITTED, REFUSED = (1 << LAYOUT.gates.index(name) for name in ("O-JOINT-GATE", "O-JOINT-NO"))
PERSONS = ((2, "W_A"), (6, "W_B"))


def starts_enabled(before: Bare, after: Bare) -> bool:
    return any(before[place + 3] != 0 and after[place + 3] == 0 for place, _ in PERSONS)


def holds_lost(before: Bare, after: Bare) -> int:
    """The holds that are gone although a perpetrator-focused outcome remains; O-CN-FIRST stands for O-CN-PLAN."""
    lost = 0
    for place, _ in PERSONS:
        route, later = before[place + 1], after[place + 1]
        gone = route & HOLDS & ~later
        gone &= ~PLAN if later & FIRST else gone
        lost |= gone if later & FOCUSED else 0
    return lost


def gates_lost(before: Bare, after: Bare) -> int:
    return before[1] & ~after[1] & ~PERMITTED


def support_lost(before: Bare, after: Bare) -> bool:
    """Whether someone not primary, whose outcome carried support, is left without one."""
    return any(
        _result(before) != primary and before[place + 1] & SUPPORT and not after[place + 1] & SUPPORT
        for place, primary in PERSONS
    )


def _result(bare: Bare) -> str:
    return decider().instances.results[bare[0]].gives[0]


def changes(seed: int, number: int, to: str) -> Iterator[tuple[str, Strength, list[Strength], Bare, Bare]]:
    """Take back, or forget, each known finding of each fact set: name, strength, all strengths, before and after."""
    decide = decider().bare
    for facts, latched in fact_sets(seed, number):
        values, gates = strengths(facts), LAYOUT.gate_bits(latched)
        before = decide(values, gates, None)
        for place, name in enumerate(LAYOUT.facts):
            known = values[place]
            if known >= 0:
                values[place] = withdrawn(known) if to == "withdrawn" else Strength(-1)
                yield name, known, values, before, decide(values, gates, None)
                values[place] = known


def test_exchanging_the_persons_exchanges_the_decision_exactly() -> None:
    for facts, latched in fact_sets(seed=41, number=MANY // 4):
        assert outcome(decided(exchanged(facts), latched)) == outcome_exchanged(decided(facts, latched))


@pytest.mark.parametrize("seed", [42, 43])
def test_taking_an_answer_back_never_starts_work_nor_drops_a_gate_a_hold_or_support(seed: int) -> None:
    found = Counter[str]()
    for name, _, _, before, after in changes(seed, 3_000, "withdrawn"):
        found[f"{name}: a start"] += starts_enabled(before, after)
        found[f"{name}: a gate"] += bool(gates_lost(before, after))
        found[f"{name}: a hold"] += bool(holds_lost(before, after))
        found[f"{name}: support"] += support_lost(before, after)
    assert +found == Counter()


def test_forgetting_an_answer_starts_work_only_where_a_last_strength_would_have_counted() -> None:
    """The residual of never-known values (domain 05, faults 5 and 6), exactly; a real record withdraws, never forgets.

    Contrary evidence at 3 or more counts no more; and a reasoned decision passes over a marker never known.
    """
    supporting = {*RULES.lists["supporting_AB"], *RULES.lists["supporting_BA"]}
    reasoned = LAYOUT.facts.index("RISK_REASONED")
    for name, known, values, before, after in changes(44, 3_000, "never known"):
        if starts_enabled(before, after):
            assert (name in supporting and known >= 3) or (name in decider().markers and values[reasoned] >= 2)
        assert not holds_lost(before, after)


def test_a_forgotten_contrary_finding_would_turn_a_review_into_a_start() -> None:
    facts = ready(ECON_BA=3, LITAB_BA=3)
    assert decided(facts).result == "W_REVIEW"
    assert decided(facts | {"ECON_BA": withdrawn(3)}).result == "W_REVIEW"
    assert decided(facts | {"ECON_BA": Strength(-1)}).effective["A"]


def test_adding_a_marker_never_drops_a_gate_a_hold_or_the_support_of_a_victim_survivor() -> None:
    """But for one: a refusal of joint work that never latched may turn into the permission, as risk is settled."""
    decide, found = decider().bare, Counter[str]()
    for facts, latched in fact_sets(seed=45, number=MANY // 5):
        values, gates = strengths(facts), LAYOUT.gate_bits(latched)
        before = decide(values, gates, None)
        for name in decider().markers:
            place = LAYOUT.facts.index(name)
            kept = values[place]
            for higher in {1, 2, 4} - set(range(kept + 1)) if kept >= -1 else ():
                values[place] = Strength(higher)
                after = decide(values, gates, None)
                lost = gates_lost(before, after)
                found["a gate"] += bool(lost and not (lost == REFUSED and after[1] & PERMITTED))
                found["a hold"] += bool(holds_lost(before, after))
                found["support"] += any(
                    bool(before[one + 1] & VICTIM_SURVIVOR) and not after[one + 1] & SUPPORT for one, _ in PERSONS
                )
            values[place] = kept
    assert +found == Counter()


def test_a_refusal_of_joint_work_that_fired_stays() -> None:
    facts = ready(JWREQ=2, JW_OK=2, SEXV_AB="unknown")
    assert "O-JOINT-NO" in decided(facts).case
    assert "O-JOINT-GATE" in decided(facts | {"SEXV_AB": Strength(2)}).case
    assert "O-JOINT-NO" in decided(facts | {"SEXV_AB": Strength(2)}, frozenset({"O-JOINT-NO"})).case


def test_who_a_person_is_is_read_by_no_rule_of_the_result() -> None:
    """INV-40: sexuality, origin, language or tie add safeguards to a route; no result and no gate reads them."""
    read = [one.when for group in (RULES.definitions, RULES.results, RULES.gates, RULES.holds) for one in group]
    words = {word for one in read for test in conditions.tests(one) for word in test.arguments}
    words |= {word for members in RULES.lists.values() for word in members}
    assert not {word for word in words if word.partition("_")[0] in IDENTITY}
