"""Facts that depend on whom the result concerns: told in the middle, they decide like facts told beforehand."""

import random
from pathlib import Path

import pytest

from tests.proof.broken_flows import changed_flows
from triage.flow.values import UNKNOWN, Strength
from triage.routing.compiling import FACTS_OF_CONCERN
from triage.routing.decide import Decider
from triage.routing.loading import Loaded, load

FACT_SETS = 4_000
READING_THEM = {
    "a result": (
        "determination.yml", "when: w_xy and not ind(AGE_LT16_x)", "when: w_xy and not ind(AGE_LT16_x) and ind(ISS_OK)"
    ),
    "a definition of results": (
        "determination.yml", 'contested: "poss(CROSS) or', 'contested: "poss(CROSS) or poss(OTHERS_OPEN) or'
    ),
    "a definition of both": ("determination.yml", "when: not ind(SUFF)", "when: not ind(SUFF) or RISK_OPEN"),
    "a list": ("determination.yml", "core_findings_xy: [CTRL_xy,", "core_findings_xy: [OTHERS_OPEN, CTRL_xy,"),
}  # fmt: skip
"""Rules under which the result itself reads one of them: it is found again once they are told."""


def decider_of(folder: Path, changed: str | None) -> Decider:
    loaded = load(changed_flows(folder, *([READING_THEM[changed]] if changed else [])))
    assert isinstance(loaded, Loaded), loaded
    return loaded.decider


def fact_set(decider: Decider, chance: random.Random) -> list[Strength]:
    """Mostly a sufficient assessment in which one direction stands, so that every result is reached."""
    strengths = [Strength(chance.choice((0, 0, 0, 2, 3, chance.choice((-1, 1, 4, -3))))) for _ in decider.layout.facts]
    strengths[decider.layout.facts.index("SUFF")] = Strength(chance.choice((2, 2, 2, -1)))
    return strengths


@pytest.mark.parametrize("changed", [None, *READING_THEM])
def test_told_in_the_middle_they_decide_as_told_beforehand(changed: str | None, tmp_path: Path) -> None:
    decider, chance, results = decider_of(tmp_path, changed), random.Random(11), set[str]()
    places = [decider.layout.facts.index(name) for name in FACTS_OF_CONCERN]
    for _ in range(FACT_SETS):
        beforehand = fact_set(decider, chance)
        told = [beforehand[place] for place in places]
        in_the_middle = [UNKNOWN if place in places else one for place, one in enumerate(beforehand)]
        decision = decider.decide_in_order(in_the_middle, (), None, lambda _, told=told: told)
        assert decision == decider.decide_in_order(beforehand, (), None)
        assert in_the_middle == beforehand, "the reasons read other facts than the decision"
        results.add(decision.result)
    assert len(results) > 2


def test_they_are_asked_for_by_the_result_that_is_found_without_them(tmp_path: Path) -> None:
    decider, chance, asked = decider_of(tmp_path, "a result"), random.Random(3), list[str]()
    for _ in range(FACT_SETS // 10):
        strengths = fact_set(decider, chance)
        for name in FACTS_OF_CONCERN:
            strengths[decider.layout.facts.index(name)] = UNKNOWN
        alone = decider.decide_in_order([*strengths], (), None).result

        def concerning(result: str) -> list[Strength]:
            asked.append(result)
            return [UNKNOWN, UNKNOWN, UNKNOWN]

        decider.decide_in_order(strengths, (), None, concerning)
        assert asked[-1] == alone
    assert len(set(asked)) > 1
