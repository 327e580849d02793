"""The faults that naive readings of the rules have (domain 05, section 5.1), each by its number: none may come back."""

import pytest

from tests.routing.decisions import decided, ready
from triage.flow.values import UNKNOWN, Strength, withdrawn

START_CONDITIONS = ["READY_A", "CN_A", "GRPFIT_A", "LANGNEED_A", "RELIF"]


def test_the_pair_that_is_changed_below_may_start() -> None:
    decision = decided(ready())
    assert (decision.result, decision.A, decision.B) == ("W_A", ("O-BC-GRP",), ("O-VS",))
    assert decision.effective == {"A": True, "B": False}


@pytest.mark.parametrize("danger", [2, 4, "unknown", "was 3"])
def test_01_danger_without_any_marker_starts_nothing(danger: object) -> None:
    decision = decided(ready(DANGER_NOW=danger, RISKPLAN=2))
    assert not decision.effective["A"]
    assert ("O-EMERG" in decision.case) == (danger != "unknown")
    assert ("O-MARAC" in decision.case) == (danger != "unknown")


@pytest.mark.parametrize("name", START_CONDITIONS)
@pytest.mark.parametrize("value", ["unknown", "was 2"])
def test_02_an_unknown_condition_of_a_start_is_never_read_as_ready(name: str, value: str) -> None:
    decision = decided(ready(**{name: value, "CNPLAN_A": 2}))
    assert decision.A == ("O-MORE",)
    assert not decision.effective["A"]


def test_02_not_saying_who_one_is_closes_no_door() -> None:
    decision = decided(ready(POPSPEC_A="unknown"))
    assert decision.A == ("O-BC-121",)
    assert decision.effective["A"]


def test_03_unknown_force_is_not_enough_and_possible_force_blocks_like_force() -> None:
    assert decided(ready(FORCE_A="unknown")).result == "W_INSUFF"
    for force in (1, 2, 4):
        decision = decided(ready(FORCE_A=force, RESX_A=0))
        assert (decision.A, decision.stopped["A"]) == (("O-MORE",), 8)
        assert "AL-RES" in decision.alerts


@pytest.mark.parametrize(
    "name", ["NFS_AB", "SEXV_BA", "SUIC_B", "HBA", "SEP", "RISK_ESC", "VELSE_A", "AGE_1617_A", "OUTSCOPE"]
)
def test_04_a_hint_stops_a_start_as_unknown_does(name: str) -> None:
    assert not decided(ready(**{name: 1})).effective["A"]
    assert not decided(ready(**{name: "unknown"})).effective["A"]


@pytest.mark.parametrize("name", ["NFS_AB", "SEXV_BA", "SUIC_B", "HBA", "RISK_JUDG", "DANGER_NOW"])
def test_04_a_reasoned_decision_passes_over_no_hint(name: str) -> None:
    assert not decided(ready(**{name: 1, "RISK_REASONED": 2})).effective["A"]
    assert not decided(ready(**{name: "was 1", "RISK_REASONED": 2})).effective["A"]


def test_05_contrary_evidence_that_is_taken_back_still_counts() -> None:
    facts = ready(ECON_BA=3, HIST_B=3)
    assert decided(facts).result == "W_REVIEW"
    assert decided(facts | {"ECON_BA": withdrawn(3), "HIST_B": withdrawn(4)}).result == "W_REVIEW"


def test_06_a_marker_taken_back_and_a_gate_that_fired_stay() -> None:
    assert "O-MARAC" in decided(ready(NFS_AB="was 3")).case
    assert "O-MARAC" in decided(ready(NFS_AB="unknown"), frozenset({"O-MARAC"})).case
    assert decided(ready(), frozenset({"O-MARAC"})).A == ("O-IMAC",)


def test_07_a_child_who_hits_back_is_no_programme_case_and_the_parent_no_victim() -> None:
    child = {"AGE_LT16_B": 4, "FORCE_B": 3, "INJ_BA": 3}
    for resistance in (2, "unknown", "was 2"):
        assert decided(ready(**child, RES_B=resistance)).B[0] in {"O-VS", "O-VS-RES"}
    controlled = decided(ready(**child, ECON_AB=0, TPEV_AB=0, RES_B=0))
    assert controlled.result == "W_REVIEW"
    assert controlled.B == ("O-VS",)


def test_08_the_person_without_capacity_is_the_care_case_only_without_a_pattern_either_way() -> None:
    harmed = {"CAPNO_B": 4, "FORCE_B": 2, "RES_B": 2}
    assert decided(ready(**harmed)).result == "W_A"
    none = dict.fromkeys(("CTRL_AB", "SEVPAT_AB", "FEAR_AB", "SPACE_AB"), 0)
    assert decided(ready(**harmed, **none)).result == "W_CARE"
    assert decided(ready(**harmed, **(none | {"FEAR_AB": 1}))).result == "W_REVIEW"


@pytest.mark.parametrize(
    ("name", "hold"),
    [
        ("CNACUTE_A", "O-CN-FIRST"),
        ("CN_A", "O-CN-PLAN"),
        ("CASECLOSE", "O-CASE-HOLD"),
        ("OTHERS_OPEN", "O-ISS-HOLD"),
        ("LITREC_A", "O-LIT-HOLD"),
        ("INTERP_BAD", "O-COMM-HOLD"),
    ],
)
@pytest.mark.parametrize("value", ["unknown", "was 2", 1, 2])
def test_09_unknown_holds_a_start_as_possible_does(name: str, hold: str, value: object) -> None:
    decision = decided(ready(**{name: value}))
    assert list(decision.A) == [hold]


def test_10_a_fluent_counter_claim_alone_turns_nothing_round() -> None:
    claim = {"CROSS": 3, "CTRL_BA": 2, "FEAR_BA": 2}
    assert decided(ready(**claim)).result == "W_A"
    assert decided(ready(**claim, CTRL_AB=2, FEAR_AB=2)).result == "W_REVIEW"


def test_11_the_blow_of_someone_resisting_is_no_contrary_evidence() -> None:
    blow = {"FORCE_B": 4, "WEAP_BA": 4, "INJ_BA": 4, "INIT_BA": 3, "TPEV_BA": 3}
    assert decided(ready(**blow, RES_B=2)).result == "W_A"
    assert decided(ready(**blow, RES_B="was 2", ISOL_B=2)).result == "W_REVIEW"


def test_12_unknown_risk_refers_nobody_and_starts_nothing() -> None:
    decision = decided(ready(NFS_AB="unknown", DANGER_NOW="unknown", RISK_JUDG="unknown"))
    assert decision.case == ()
    assert decision.A == ("O-MORE",)


def test_13_whoever_is_harmed_too_stays_under_safety_management() -> None:
    decision = decided(ready(VELSE_A=3, NFS_AB=3))
    assert decision.A == ("O-DUAL-OTH",)
    assert "O-IMAC" in decision.adaptations["A"]
    assert not decision.effective["A"]


@pytest.mark.parametrize(
    "change",
    [
        {"REFUSED_A": 1},
        {"REFUSED_A": "unknown"},
        {"OUTSCOPE": 2},
        {"DANGER_NOW": 2, "RISKPLAN": 2},
        {"NFS_AB": 3},
        {"CASECLOSE": 2},
        {"ISS_OK": 1},
        {"VELSE_A": 2, "COMPAN_A": 2},
        {"VELSE_A": 2, "DUALADAPT_A": 2},
        {"STALK_BA": "unknown"},
    ],
)
def test_14_a_route_is_shown_but_nothing_starts(change: dict[str, object]) -> None:
    assert not decided(ready(**change)).effective["A"]


@pytest.mark.parametrize("name", ["LITREC_A", "FEAR_AB", "DANGER_NOW"])
def test_15_what_was_never_asked_is_not_zero(name: str) -> None:
    facts = ready()
    del facts[name]
    assert not decided(facts).effective["A"]


def test_15_labels_and_who_spoke_first_never_enter_the_result() -> None:
    told = {name: Strength(4) for name in ("CATIM_A", "CATIM_B", "REFLABEL_A", "REFLABEL_B", "NARR_A", "NARR_B")}
    before, after = decided(ready()), decided(ready() | told)
    assert (before.result, before.A, before.B, before.effective) == (after.result, after.A, after.B, after.effective)


def test_42_an_acute_need_stands_for_a_need_without_plan() -> None:
    assert decided(ready(CN_A=2, NFS_AB=3)).A == ("O-CN-PLAN", "O-IMAC")
    assert decided(ready(CN_A=2, CNACUTE_A=2, NFS_AB=3)).A == ("O-CN-FIRST", "O-IMAC")


def test_42_whoever_had_support_keeps_an_outcome_that_carries_it() -> None:
    facts = ready()
    for name in facts:
        changed = decided(facts | {name: UNKNOWN})
        assert set(changed.B) & {"O-VS", "O-VS-RES", "O-MORE", "O-REVIEW", "O-EARLY"}
