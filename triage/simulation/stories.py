"""What synthetic cases are made from: short stories about a pair, and the strengths that chance gives."""

from collections.abc import Mapping

STRENGTHS = (-5, -4, -3, -2, -1, -1, 0, 0, 1, 1, 2, 2, 3, 4)
"""The strengths that chance gives: each of them, with unknown, 0, 1 and 2 twice as often as the others."""
READINESSES = (-4, -3, -2, -1, 0, 1, 2, 3)
"""The same for a readiness, which has no 4."""

BASE: Mapping[str, int] = {
    "SUFF": 2, "CTRL_AB": 3, "FEAR_AB": 3, "SPACE_AB": 2, "ECON_AB": 3, "TPEV_AB": 2, "FORCE_A": 3, "RESX_A": 2,
    "ISS_OK": 2, "READY_A": 2, "GRPFIT_A": 2,
}  # fmt: skip
"""A controls B, everything is known, and work with A may start; all else is ruled out."""

STORIES: Mapping[str, Mapping[str, int]] = {
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
"""What each story changes. Written for one direction; cases are told in both."""
