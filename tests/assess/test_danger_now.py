"""Danger of the case, risk, children, adults at risk, contact: the rest of the rows of 12.4 C."""

import pytest

from tests.assess.language import (
    EARLIER,
    LATER,
    LATEST,
    Thing,
    act,
    alone,
    from_source,
    given,
    health,
    police,
    referrer,
    said,
    signed,
    support,
    worker,
)
from tests.assess.test_danger import markers

# --- DANGER_NOW -------------------------------------------------------------------------------------------------------

CALM = [referrer("RI-01", "", "neither"), support("DR-26", "", ["none"])]


def test_danger_now_by_the_first_question_or_the_second() -> None:
    given(referrer("RI-01", "", "danger_now")).finds("DANGER_NOW", 2)


@pytest.mark.parametrize(
    "code", ["attack_now", "threat_72h", "neck_symptoms", "child_missing", "adult_missing", "travel", "release"]
)
def test_every_answer_but_none_of_the_second_question_is_danger_now(code: str) -> None:
    given(police("DR-26", "", [code])).finds("DANGER_NOW", 2)


def test_symptoms_after_strangulation_are_danger_now_at_any_date() -> None:
    given(support("DR-01", "A>B", "past", follow_up="symptoms")).finds("DANGER_NOW", 2)
    given(support("DR-01", "A>B", "fortnight", follow_up="symptoms_none")).leaves_unknown("DANGER_NOW")


@pytest.mark.parametrize(
    "beside",
    [
        support("DR-04", "A-B", "planning"),
        support("DR-06", "A>B", "most"),
        support("DR-06", "B>A", "most", by="A"),
        support("DR-02", "A>B", "past"),
        support("DR-02", "B>A", "past", by="A"),
    ],
)
def test_a_suicide_plan_beside_separation_control_or_threats_is_danger_now(beside: Thing) -> None:
    given(*CALM, health("CN-01", "A", "plan"), beside).finds("DANGER_NOW", 2)


def test_a_suicide_plan_alone_is_not() -> None:
    given(*CALM, health("CN-01", "A", "plan")).rules_out("DANGER_NOW")


def test_a_withdrawn_ground_beside_a_plan_still_counts() -> None:
    threat = support("DR-02", "A>B", "year", withdrawn={"on": LATER, "reason": "said in error"})
    given(*CALM, health("CN-01", "A", "plan"), threat).finds("THKILL_AB", "was 2").finds("DANGER_NOW", 2)


def test_no_danger_needs_both_questions() -> None:
    given(*CALM).rules_out("DANGER_NOW")
    given(CALM[0]).leaves_unknown("DANGER_NOW")
    given(CALM[1]).leaves_unknown("DANGER_NOW")


def test_a_dangerous_contact_is_neither_danger_now_nor_none() -> None:
    given(referrer("RI-01", "", "contact_dangerous"), CALM[1]).leaves_unknown("DANGER_NOW")


# --- RISK_JUDG, RISK_VOL, RISK_ESC ------------------------------------------------------------------------------------


def test_the_judgement_of_one_worker() -> None:
    given(worker("DR-24", "", "very_worried"), support("DR-24", "", "not_now")).finds("RISK_JUDG", 2)
    given(worker("DR-24", "", "uneasy"), support("DR-24", "", "not_now")).finds("RISK_JUDG", 1)
    given(worker("DR-24", "", "not_now"), support("DR-24", "", "not_now")).rules_out("RISK_JUDG")


def tool(code: str, result: str = "", direction: str = "", about: str = "A>B") -> Thing:
    cells = {"total_or_grade": result, "direction": direction}
    return police("DR-25", about, [{"code": code, **{key: value for key, value in cells.items() if value}}])


@pytest.mark.parametrize(
    ("code", "result"),
    [
        *(("uk_dash", result) for result in ("14", "17 ticks", "high")),
        *(("fr_grid", result) for result in ("12", "5, 2 rouges")),
        *(("police_grade", result) for result in ("high", "Élevé")),
        ("rated_tool", "very high"),
    ],
)
def test_a_result_at_its_threshold(code: str, result: str) -> None:
    given(tool(code, result)).finds("RISK_VOL_AB", 2).finds("RISK_VOL", 2)


@pytest.mark.parametrize(
    ("code", "result"), [("uk_dash", "13"), ("fr_grid", "11"), ("police_grade", "medium"), ("other", "5"), ("none", "")]
)
def test_a_result_below_its_threshold_with_few_markers_rules_it_out(code: str, result: str) -> None:
    given(*markers(9), tool(code, result)).rules_out("RISK_VOL_AB").leaves_unknown("RISK_VOL")


def test_a_result_with_the_markers_unknown_rules_nothing_out() -> None:
    given(tool("uk_dash", "3")).leaves_unknown("RISK_VOL_AB")
    given(*markers(1, answered=15), tool("uk_dash", "3")).leaves_unknown("RISK_VOL_AB")


def test_the_markers_without_an_answer_on_tools_rule_nothing_out() -> None:
    given(*markers(3)).leaves_unknown("RISK_VOL_AB")


def test_ten_markers_are_enough() -> None:
    given(*markers(10)).finds("RISK_VOL_AB", 2)


@pytest.mark.parametrize("result", ["", "see report"])
def test_a_result_that_cannot_be_read_rules_nothing_out(result: str) -> None:
    given(*markers(0), tool("uk_dash", result)).leaves_unknown("RISK_VOL_AB")


def test_a_result_may_be_about_the_other_direction() -> None:
    given(tool("uk_dash", "18", direction="yx")).finds("RISK_VOL_BA", 2).leaves_unknown("RISK_VOL_AB")


@pytest.mark.parametrize("change", ["more_often", "more_severe", "new_forms", "more_afraid"])
def test_it_is_getting_worse(change: str) -> None:
    given(support("DR-08", "A>B", [change])).finds("RISK_ESC_AB", 2).finds("RISK_ESC", 2)


@pytest.mark.parametrize("sign", ["calm", "silence", "unreachable", "withdrawn"])
def test_a_sudden_change_is_a_ground_too(sign: str) -> None:
    given(police("DR-23", "A>B", [sign])).finds("RISK_ESC_AB", 2)
    given(police("RC-01", "", [{"code": "sudden_calm", "by_whom": "a"}])).finds("RISK_ESC_AB", 2).leaves_unknown(
        "RISK_ESC_BA"
    )


def incidents(*days: str, source: str = "POL") -> list[Thing]:
    return [from_source(source, "WD-04", "A>B", [{"code": "marks", "date_or_period": day}]) for day in days]


STEADY = [support("DR-08", "A>B", ["no_change"]), support("DR-23", "A>B", ["no"])]


def test_three_events_reported_to_police_in_twelve_months() -> None:
    given(*STEADY, *incidents("2026-01-05", "2026-03-05", "2026-08-05")).finds("RISK_ESC_AB", 2)
    given(*STEADY, *incidents("2026-01-05", "2026-03-05")).rules_out("RISK_ESC_AB")
    given(*STEADY, *incidents("2026-01-05", "2026-03-05", "2025-08-05")).rules_out("RISK_ESC_AB")
    given(*STEADY, *incidents("2026-01-05", "2026-03-05", "2026-08-05", source="HLT")).rules_out("RISK_ESC_AB")
    reported = police("RC-01", "", [{"code": "incident", "on_date": "2026-08-05", "by_whom": "a"}])
    given(*STEADY, *incidents("2026-01-05", "2026-03-05"), reported).finds("RISK_ESC_AB", 2)


def test_a_new_kind_of_marker_since_the_last_review() -> None:
    before = [support("DR-10", "A>B", "year", on=EARLIER), signed("W_A", on="2026-10-25"), *STEADY]
    given(*before, support("DR-15", "A>B", "month", on=LATER)).finds("RISK_ESC_AB", 2)
    given(*before, support("DR-10", "A>B", "month", on=LATER)).rules_out("RISK_ESC_AB")


@pytest.mark.parametrize("less", [["no_change"], ["less"]])
def test_no_change_or_only_less_rules_it_out_with_the_other_question(less: list[str]) -> None:
    given(support("DR-08", "A>B", less), STEADY[1]).rules_out("RISK_ESC_AB")
    given(support("DR-08", "A>B", less)).leaves_unknown("RISK_ESC_AB")
    given(STEADY[1]).leaves_unknown("RISK_ESC_AB")


def test_less_counts_only_from_the_person_alone_or_the_support_service() -> None:
    given(police("DR-08", "A>B", ["less"]), STEADY[1]).leaves_unknown("RISK_ESC_AB")
    given(alone("B", "DR-08", "A>B", ["less"]), STEADY[1]).rules_out("RISK_ESC_AB")
    given(said("DR-08", "A>B", ["less"], source="SELF", by="B"), STEADY[1]).leaves_unknown("RISK_ESC_AB")


def test_less_never_lowers_what_is_known() -> None:
    given(support("DR-08", "A>B", ["less", "more_severe"]), STEADY[1]).finds("RISK_ESC_AB", 2)
    given(
        support("DR-08", "A>B", ["more_often"], on=EARLIER), support("DR-08", "A>B", ["less"], on=LATER), STEADY[1]
    ).finds("RISK_ESC_AB", 2)


def test_the_accused_does_not_rule_escalation_out() -> None:
    given(alone("A", "DR-08", "A>B", ["no_change"]), alone("A", "DR-23", "A>B", ["no"])).leaves_unknown("RISK_ESC_AB")


# --- RISKPLAN, RISK_REASONED ------------------------------------------------------------------------------------------


def test_a_plan_lasts_28_days() -> None:
    given().rules_out("RISKPLAN", "RISK_REASONED")
    given(act("RISKPLAN-ADOPT", "", "adopted", on="2026-10-25")).finds("RISKPLAN", 2)
    given(act("RISKPLAN-ADOPT", "", "adopted", on="2026-10-24")).rules_out("RISKPLAN")
    given(act("RISK-REASONED", "", ["BDREAD_BA"], on="2026-10-25")).finds("RISK_REASONED", 2)
    given(act("RISK-REASONED", "", ["BDREAD_BA"], on="2026-10-24")).rules_out("RISK_REASONED")


# --- children and adults at risk --------------------------------------------------------------------------------------

LISTED = ["lives_with_both", "lives_with_a", "lives_with_b", "visits", "in_care", "expected"]


@pytest.mark.parametrize("where", LISTED)
def test_a_child_is_listed_and_possibly_at_risk_at_once(where: str) -> None:
    given(referrer("RI-12", "", [where])).finds("CHILD_LISTED", 2).finds("CHILD_RISK", 1)


def test_no_children_checked() -> None:
    given(referrer("RI-12", "", ["no_children"])).rules_out("CHILD_LISTED", "CHILD_RISK")


CONCERNS = {
    "threat": support("DR-02", "A>B", "year"),
    "control": support("DR-06", "A>B", "most"),
    "physical": support("WD-04", "A>B", ["marks"]),
    "sexual": support("DR-07", "A>B", "past"),
}


@pytest.mark.parametrize("concern", CONCERNS.values(), ids=CONCERNS)
@pytest.mark.parametrize("where", LISTED)
def test_a_listed_child_beside_violence_is_at_risk_unless_in_care(concern: Thing, where: str) -> None:
    strength = 1 if where == "in_care" else 2
    given(referrer("RI-12", "", [where]), concern).finds("CHILD_RISK", strength)


@pytest.mark.parametrize(
    ("code", "strength"), [("threatened", 2), ("used", 2), ("present", 2), ("hurt", 3), ("taken", 3)]
)
def test_children_used_threatened_hurt_or_taken(code: str, strength: int) -> None:
    given(support("DR-12", "A>B", [code])).finds("CHILD_RISK", strength)


@pytest.mark.parametrize(
    ("concern", "strength"),
    [
        (support("DR-20", "B", ["minor_cut"]), 3),
        (support("DR-20", "B", ["at_risk"]), 2),
        (support("DR-22", "A>B", ["child_harm"]), 2),
        (police("DR-26", "", ["child_missing"]), 3),
        (support("WD-10", "A>B", ["children_kept"]), 2),
        (support("WD-15", "A-B", ["afraid_a"]), 2),
        (support("WD-15", "A-B", ["protects"]), 2),
        (support("WD-15", "A-B", ["loyalty"]), 1),
        (support("WD-15", "A-B", ["repeats"]), 1),
        (support("RV-01", "B>A", ["child_hurt"]), 2),
        (health("DU-04", "A", ["hurt"]), 3),
        (health("DU-04", "A", ["saw"]), 2),
    ],
)
def test_other_concerns_for_a_child(concern: Thing, strength: int) -> None:
    given(concern).finds("CHILD_RISK", strength)


def test_someone_under_18_harmed_by_others_is_a_child_at_risk_and_so_is_someone_whose_age_is_not_known() -> None:
    for question, value in (("DU-01", ["exploiter"]), ("DU-05", "near"), ("DU-05", "same_home")):
        thing = alone("A", question, "A", value)
        given(thing, persons={"A": {"birth": "2012-01-01"}, "B": {}}).finds("CHILD_RISK", 3)
        given(thing, persons={"A": {"birth": "1990-01-01"}, "B": {}}).leaves_unknown("CHILD_RISK")
        given(thing).finds("CHILD_RISK", 3)


def seen_by_childrens_services(**more: str) -> Thing:
    row = {"code": "lives_with_b", "known_to_children_services": "yes", "seen_alone_on": "2026-10-30"}
    return from_source("CSC", "RI-12", "", [row | more])


def test_every_child_seen_by_childrens_services_without_concern() -> None:
    given(seen_by_childrens_services()).rules_out("CHILD_RISK").finds("CHILD_LISTED", 2)
    given(seen_by_childrens_services(seen_alone_on="")).finds("CHILD_RISK", 1)
    given(seen_by_childrens_services() | {"source": "REF"}).finds("CHILD_RISK", 1)
    given(seen_by_childrens_services(), support("DR-12", "A>B", ["hurt"])).finds("CHILD_RISK", 3)


def test_a_child_that_was_seen_does_not_answer_for_one_that_was_not() -> None:
    given(seen_by_childrens_services(), referrer("RI-12", "", ["lives_with_b", "lives_with_a"])).finds("CHILD_RISK", 1)


def test_never_in_the_questions_on_danger_rules_child_risk_out_only_without_children() -> None:
    never = support("DR-12", "A>B", ["never"])
    given(never).leaves_unknown("CHILD_RISK")
    given(never, referrer("RI-12", "", ["no_children"])).rules_out("CHILD_RISK")


@pytest.mark.parametrize("code", ["harm", "neglect", "exploited", "self_neglect"])
def test_an_adult_at_risk(code: str) -> None:
    given(health("DR-27", "B", [code])).finds("ADULT_RISK_B", 2).finds("ADULT_RISK", 2)


def test_other_concerns_for_an_adult() -> None:
    given(support("DR-21", "A>B", ["carer_harms"])).finds("ADULT_RISK_B", 2)
    given(police("DR-26", "", [{"code": "adult_missing", "who": "b"}])).finds("ADULT_RISK_B", 2)
    given(alone("B", "CN-09", "B", ["care_missing"])).finds("ADULT_RISK_B", 2)
    given(alone("B", "CN-09", "B", ["care_other_party"])).finds("ADULT_RISK_B", 1)
    given(alone("B", "CN-05", "B", ["sex_for_drugs"])).finds("ADULT_RISK_B", 1)
    given(referrer("RI-16", "B", ["vulnerable_adult"])).finds("ADULT_RISK_B", 1)


def test_an_adult_at_risk_is_ruled_out_for_each() -> None:
    given(health("DR-27", "B", ["none"])).rules_out("ADULT_RISK_B").leaves_unknown("ADULT_RISK")
    given(health("DR-27", "B", ["none"]), health("DR-27", "A", ["none"])).rules_out("ADULT_RISK")


# --- CONTACT_UNSAFE ---------------------------------------------------------------------------------------------------


def test_contact_that_may_endanger() -> None:
    given(referrer("RI-01", "", "contact_dangerous")).finds("CONTACT_UNSAFE_A", 2).finds("CONTACT_UNSAFE_B", 2)
    for answer in ("mandated_unaware", "does_not_know"):
        given(referrer("RI-07", "A", answer)).finds("CONTACT_UNSAFE_A", 2)
    given(support("RI-08", "B", "unsafe_now")).finds("CONTACT_UNSAFE_B", 2)
    for answer in ("not_free", "unsure"):
        given(worker("RI-17", "B", answer)).finds("CONTACT_UNSAFE_B", 2)


def test_contact_is_safe_by_the_first_question_or_being_free_with_nothing_against_it() -> None:
    given(referrer("RI-01", "", "neither")).rules_out("CONTACT_UNSAFE_A", "CONTACT_UNSAFE_B")
    given(worker("RI-17", "B", "free")).rules_out("CONTACT_UNSAFE_B").leaves_unknown("CONTACT_UNSAFE_A")
    given(referrer("RI-01", "", "neither"), referrer("RI-07", "A", "does_not_know")).finds("CONTACT_UNSAFE_A", 2)
    given(worker("RI-17", "B", "free"), support("RI-08", "B", "unsafe_now")).finds("CONTACT_UNSAFE_B", 2)


def test_danger_now_is_no_word_of_safe_contact() -> None:
    given(referrer("RI-01", "", "danger_now"), on=LATEST).leaves_unknown("CONTACT_UNSAFE_A")
