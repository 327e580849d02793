"""Fact sets made by chance, biased so that every rule is reached: a story, then a few facts changed at random."""

from collections.abc import Iterator
from random import Random

from tests.routing.decisions import Facts, exchanged
from triage.flow.values import Strength
from triage.routing.reading import shipped_rules

CLASSES = ("SELF", "ISS", "POL", "HLT")
STORIES: dict[str, dict[str, int]] = {
    "a pattern, ready": {},
    "high risk with a plan": {"NFS_AB": 3, "RISKPLAN": 2},
    "young": {"AGE_1617_A": 4},
    "young and harmed": {"AGE_1617_A": 4, "VELSE_A": 2, "COMPAN_A": 2, "DUALADAPT_A": 2},
    "harmed by others": {"VELSE_A": 3, "COMPAN_A": 2, "DUALADAPT_A": 2},
    "coerced by family": {"VELSE_A": 3, "HBA": 2, "COERC_A": 2, "COMPAN_A": 2, "DUALADAPT_A": 2, "RISKPLAN": 2},
    "no support yet": {"ISS_OK": 0},
    "both used force": {"FORCE_B": 3, "RES_B": 2},
    "force not examined": {"RESX_A": 0},
    "no pattern found": {"CTRL_AB": 0, "SEVPAT_AB": 0, "REVIEW_NONE": 2},
    "no pattern, review to come": {"CTRL_AB": 0, "SEVPAT_AB": 0},
    "a child uses force": {"AGE_LT16_A": 4},
    "a child controls, no core": {"AGE_LT16_A": 4, "FEAR_AB": 0, "SPACE_AB": 0},
    "a child is harmed": {"AGE_LT16_B": 4},
    "a child who hit back": {"AGE_LT16_B": 4, "FORCE_B": 2, "RES_B": 2},
    "care": {"CAPNO_A": 4, "CTRL_AB": 0, "SEVPAT_AB": 0, "FEAR_AB": 0, "SPACE_AB": 0},
    "without capacity, primary": {"CAPNO_A": 4},
    "harmed, without capacity": {"CAPNO_B": 4},
    "harmed without capacity, used force": {"CAPNO_A": 4, "FORCE_A": 2, "FORCE_B": 2, "RES_B": 2},
    "each says the other": {"CROSS": 3, "CTRL_BA": 2, "FEAR_BA": 2, "FORCE_B": 2, "RES_B": 2},
    "joint work asked for": {"JWREQ": 2, "JW_OK": 2},
    "declines": {"READY_A": 0},
    "hesitates": {"READY_A": 1},
    "family": {"RELIF": 3},
    "a special group": {"POPSPEC_A": 2},
    "needs with a plan": {"CN_A": 3, "CNPLAN_A": 2},
    "another language": {"LANGNEED_A": 3},
    "one to one": {"GRPFIT_A": 0},
}  # fmt: skip
_BASE = {
    "SUFF": 2, "CTRL_AB": 3, "FEAR_AB": 3, "SPACE_AB": 2, "ECON_AB": 3, "TPEV_AB": 2, "FORCE_A": 3, "RESX_A": 2,
    "ISS_OK": 2, "READY_A": 2, "GRPFIT_A": 2,
}  # fmt: skip
_VALUES = (-5, -4, -3, -2, -1, -1, 0, 0, 1, 1, 2, 2, 3, 4)
_ORDINAL = (-4, -3, -2, -1, 0, 1, 2, 3)
MANY = 20_000


def fact_sets(seed: int, number: int) -> Iterator[tuple[Facts, frozenset[str]]]:
    """Give fact sets with latched gates; the same seed gives the same."""
    chance, rules = Random(seed), shipped_rules()
    read, gates = rules.read, sorted(rules.latching)
    nothing = dict.fromkeys(read, Strength(0))
    for _ in range(number):
        facts = {**nothing, **{name: Strength(value) for name, value in _story(chance).items()}}
        for name in chance.sample(read, chance.choice((0, 1, 2, 3, 5, 8, 20, 120))):
            facts[name] = Strength(chance.choice(_ORDINAL if name in rules.ordinals else _VALUES))
        latched = frozenset(chance.sample(gates, chance.randint(1, 3))) if chance.random() < 0.1 else frozenset()
        yield (exchanged(facts) if chance.random() < 0.5 else facts), latched


def _story(chance: Random) -> dict[str, int]:
    """Tell one story, or two at once."""
    chosen = chance.sample(sorted(STORIES), chance.choice((1, 1, 2)))
    return _BASE | {name: value for story in chosen for name, value in STORIES[story].items()}


def classes(chance: Random, facts: Facts) -> dict[str, frozenset[str] | None]:
    """Give the source classes of each finding: none recorded, one, or several."""
    return {name: frozenset(chance.sample(CLASSES, chance.choice((0, 1, 1, 1, 2)))) or None for name in facts}
