"""The 28 corrections of page 13, one test each (the files beside this one test them more closely)."""

import pytest

from tests.assess.language import (
    EARLIER,
    LATER,
    LATEST,
    Given,
    act,
    alone,
    court,
    given,
    health,
    police,
    referrer,
    rulebook,
    signed,
    support,
    whole,
    worker,
)


def asked_next(case: Given, flow: str, about: str) -> str | None:
    walk = case.walk(flow, about)
    return walk.next if walk else None


def test_1_dread_of_the_person_whom_no_service_sees_can_be_ruled_out() -> None:
    own = [alone("A", "DR-22", "B>A", ["no_fear"], on=EARLIER), alone("A", "DR-22", "B>A", ["taken"], on=LATER)]
    given(*own).rules_out("BDREAD_BA")
    given(own[0]).leaves_unknown("BDREAD_BA")


def test_2_the_holder_of_a_self_referral_is_told_by_the_agency_or_the_duty_manager() -> None:
    holder = {"agency": "CSC", "named_worker": "Lee", "contact": "01", "next_review_on": "2026-12-20"}
    nobody = referrer("RI-09", "", {"code": "no_statutory_holder"}, on=EARLIER)
    given(nobody, worker("RI-09", "", {"code": "stays_open", **holder}, on=LATER)).rules_out("CASECLOSE")
    given(alone("A", "RI-02", "", "self_concern"), alone("A", "RI-07", "A", "knows_agrees"))


def test_3_a_child_of_somebody_else_has_a_status_of_its_own() -> None:
    nobody = support("RI-16", "A", ["none"])
    child = {"code": "lives_with_a", "child_of_pair": "no"}
    given(nobody, support("RI-12", "", [child])).finds("OTHERS_OPEN_A", 2)
    given(nobody, support("RI-12", "", [child | {"iss_offer_status": "declined_informed"}])).rules_out("OTHERS_OPEN_A")
    given(nobody | {"source": "POL"}, support("RI-12", "", ["no_children"])).leaves_unknown("OTHERS_OPEN_A")


def test_4_nobody_needs_an_interpreter_for_a_shared_language() -> None:
    given(referrer("RI-10", "A", ["no_need"]), referrer("RI-10", "B", ["large_print"])).rules_out("INTERP_BAD")


def test_5_a_safe_start_is_asked_whoever_is_primary() -> None:
    assert asked_next(given(signed("W_A")), "i", "A-B") == "RD-11"
    assert asked_next(given(signed("W_B")), "i", "A-B") == "RD-11"
    given(signed("W_B"), support("RD-11", "A-B", "safe_to_start"), act("ISS-STATUS", "A", "active")).finds(
        "ISS_OK_A", 2
    )


def test_6_by_says_who_spoke() -> None:
    told = {"question": "DR-02", "about": "A>B", "value": "year", "source": "SELF", "on": EARLIER, "alone": True}
    given(told | {"by": "A"}).finds("THKILL_AB", 4)
    given(told | {"by": "B"}).finds("THKILL_AB", 2)
    given(told | {"by": "A", "value": "never"}).leaves_unknown("THKILL_AB")
    given(told | {"by": "B", "value": "never"}).rules_out("THKILL_AB")


def test_7_no_counter_allegation_can_be_recorded() -> None:
    lines = [{"code": f"first_{one}", "scale": "nothing", "names_as_harming": "third"} for one in "ab"]
    no = [police("RI-05", "A-B", "no"), police("WD-16", "A-B", lines)]
    given(*no, act("CROSS-SEARCH", "A-B", "none")).rules_out("CROSS")
    given(*no, act("CROSS-SEARCH", "A-B", "match")).finds("CROSS", 2)


def test_8_frequent_answers_settle_injury_violence_and_the_severe_pattern() -> None:
    marks = ["pain_only", "defensive"]
    given(support("WD-04", "A>B", marks), health("WD-04", "A>B", marks)).rules_out("INJ_AB")
    given(
        support("WD-04", "A>B", ["defensive"]), support("DR-01", "A>B", "never"), support("DR-07", "A>B", "never")
    ).rules_out("SEVPAT_AB")
    sexual = [
        alone("A", "WD-18", "A", ["sexual"]),
        alone("B", "WD-18", "A", ["sexual"]),
        police("WD-18", "A", ["sexual"]),
    ]
    given(*sexual).rules_out("PHYS_AB").finds("FORCE_A", 4)


@pytest.mark.parametrize(("written", "strength"), [("none", "unknown"), ("threat_or_property", 1), ("force", 2)])
def test_9_no_force_written_is_no_force(written: str, strength: int | str) -> None:
    row = {"code": "unclear", "scale": "first", "force_by_a": written}
    given(police("WD-05", "A-B", [row])).finds("FORCE_A", strength)


def test_10_findings_of_a_person_are_of_the_person_meant() -> None:
    given(support("DR-19", "A>B", ["shame"])).finds("HBA_B", 2).leaves_unknown("HBA_A")
    given(police("RC-01", "", [{"code": "pregnancy", "who": "a"}])).finds("PREG_A", 2).leaves_unknown("PREG_B")
    given(police("RC-01", "", [{"code": "sudden_calm", "by_whom": "b"}])).finds("RISK_ESC_BA", 2).leaves_unknown(
        "RISK_ESC_AB"
    )
    given(police("RC-01", "", ["sudden_calm"])).finds("RISK_ESC_BA", 2).finds("RISK_ESC_AB", 2)
    given(worker("RI-18", "", [{"code": "other_present", "person": "a"}])).finds("TAINTED_A", 2).leaves_unknown(
        "TAINTED_B"
    )


def flow_d(*control: tuple[str, object]) -> list[dict[str, object]]:
    answers = {"RV-01": ["nothing"], "RV-02": ["pay_back"], "RV-03": "unsure", "RV-04": "other", "RV-05": "more"}
    told = [alone("A", question, "A>B", value) for question, value in (answers | dict(control)).items()]
    return [*told, worker("RV-09", "A>B", "unclear"), worker("RV-10", "A>B", "one_fact")]


def test_11_an_honest_answer_in_flow_d_does_not_hang() -> None:
    """`obey` and `they_obeyed`, admitted: with control it is force to control; with none, ruled out."""
    force = alone("A", "WD-18", "A", ["hit"])
    honest = [force, *flow_d(("RV-02", ["obey"]), ("RV-04", "they_obeyed"))]
    control = support("WD-01", "A>B", money="pattern", movement="pattern", cost="he shouts")
    given(*honest, control).finds("FCTRL_A", 2)
    given(*honest, support("WD-01", "A>B", whole("WD-01"))).rules_out("FCTRL_A")
    by_worker = [force, *flow_d(), worker("RV-09", "A>B", "this_controlled")]
    given(*by_worker).rules_out("FCTRL_A")


def test_12_symptoms_after_strangulation_have_a_place() -> None:
    given(support("DR-01", "A>B", "past", follow_up="symptoms")).finds("DANGER_NOW", 2)


def test_13_flow_d_may_be_declined_on_two_dates() -> None:
    force = alone("B", "WD-18", "B", ["hit"])
    ending = [worker("RV-09", "B>A", "unclear"), worker("RV-10", "B>A", "no_fact")]
    refused = [support(f"RV-0{number}", "B>A", "DEC", on=day) for number in range(1, 6) for day in (EARLIER, LATER)]
    given(force, *ending, *refused).rules_out("FCTRL_B")
    given(force, *ending, *refused[::2]).leaves_unknown("FCTRL_B")


def test_14_acts_have_their_values() -> None:
    acts = rulebook().acts
    assert set(acts["ISS-STATUS"].values) >= {"active", "declined_informed", "none_identified_searched", "ended"}
    assert set(acts["W-SIGN"].values) == {"W_A", "W_B", "W_CHILD", "W_CARE", "W_REVIEW"}
    given(act("ISS-STATUS", "B", "none_identified_searched")).finds("ISS_OK_B", 2)
    given(act("REVIEW-CONCLUDED", "A-B", "no_pattern")).finds("REVIEW_NONE", 2)


def test_15_a_state_falls_and_a_rumour_is_settled() -> None:
    given(worker("DR-24", "", "uneasy", on=EARLIER), worker("DR-24", "", "not_now", on=LATER)).rules_out("RISK_JUDG")
    given(referrer("DR-02", "A>B", "year", on=EARLIER), support("DR-02", "A>B", "never", on=LATER)).rules_out(
        "THKILL_AB"
    )
    given(alone("B", "DR-20", "B", ["already"])).rules_out("FGM_B")
    given(support("WD-12", "A>B", ["sulks"])).leaves_unknown("SEXV_AB")


def test_16_each_person_has_an_age_of_their_own() -> None:
    row = {"code": "siblings", "age_a_latest": "15", "age_b_latest": "30"}
    given(referrer("RI-03", "A-B", [row])).finds("AGE_LT16_A", 2).rules_out("AGE_LT16_B", "AGE_1617_B")


def test_17_proceedings_about_something_else_are_none_about_children() -> None:
    row = [{"code": "now", "scale": "money_housing"}]
    given(support("RI-13", "A", row)).rules_out("LITREC_A")
    given(support("RI-13", "A", [*row, {"code": "planned", "scale": "children"}])).finds("LITREC_A", 2)


def test_18_needs_that_are_not_acute_do_not_hold_for_ever() -> None:
    answers = {"CN-01": "no", "CN-03": ["no"], "CN-06": ["no"]}
    answers |= {
        "CN-04": ["used_against"],
        "CN-05": ["other_controls"],
        "CN-09": ["care_missing"],
        "CN-10": ["lifelong_same"],
    }
    told = [support(question, "B", value, by="B") for question, value in answers.items()]
    given(*told).rules_out("CNACUTE_B", "CAPNO_B")


def test_19_rather_not_is_possible_and_bars_nothing_for_ever() -> None:
    given(alone("A", "CN-12", "A", ["rather_not"])).finds("CN_A", 1)
    refused = [alone("A", "CN-02", "A", "DEC", on=day) for day in (EARLIER, LATER)]
    given(*refused).finds("CN_A", 1)


def test_20_a_case_that_improves_can_start() -> None:
    given(support("DR-08", "A>B", ["less"]), support("DR-23", "A>B", ["no"])).rules_out("RISK_ESC_AB")


def test_21_those_who_were_never_a_couple_are_not_separating() -> None:
    never = support("DR-04", "A-B", "never_couple")
    given(never, referrer("RI-03", "A-B", [{"code": "other", "living_together_now": "yes"}])).rules_out("SEP", "APART")
    given(referrer("RI-03", "A-B", ["carer"])).rules_out("RELIF").finds("OUTSCOPE", 1)
    given(referrer("RI-03", "A-B", ["other"]), act("REMIT", "A-B", "in_remit")).rules_out("OUTSCOPE")


def test_22_a_person_in_danger_is_no_danger_to_the_other() -> None:
    exposed = [
        support("DR-09", "B", "pregnant"),
        support("DR-14", "B", ["attempt"]),
        support("DR-20", "B", ["at_risk"]),
    ]
    counted = given(*exposed).findings()
    number = counted.context.book.slots.number
    assert {piece.question for piece in counted.context.pieces[number["MARKERS_AB"]]} == {
        "DR-09",
        "DR-14",
        "DR-20",
    }
    assert not counted.context.pieces[number["MARKERS_BA"]]


def test_23_proceedings_are_asked_before_the_decision_that_reads_them() -> None:
    questions = rulebook().flows["c"].questions
    assert {"LT-01", "LT-02", "LT-03", "LT-04", "LT-05", "LT-06", "LT-09", "LT-10"} <= set(questions)


def test_24_a_referrer_rules_none_of_these_out() -> None:
    things = [
        referrer("DR-01", "A>B", "never"), referrer("DR-02", "A>B", "never"), referrer("DR-03", "A>B", "never"),
        referrer("DR-05", "A>B", "never"), referrer("DR-11", "A>B", "no_order"), referrer("DR-13", "A", ["never"]),
        referrer("WD-01", "A>B", whole("WD-01")), referrer("RI-13", "A", ["none"]), referrer("DU-01", "A", ["no"]),
        referrer("CN-01", "A", "no"),
    ]  # fmt: skip
    names = ["NFS_AB", "THKILL_AB", "WEAP_AB", "STALK_AB", "BREACH_AB", "SUIC_A", "CTRL_AB", "LITREC_A", "VELSE_A"]
    given(*things).leaves_unknown(*names, "SUICPLAN_A")


def test_25_a_no_counts_only_under_its_conditions() -> None:
    given(worker("CN-01", "A", "no")).leaves_unknown("SUIC_A")
    given(court("DR-07", "A>B", "never")).leaves_unknown("SEXV_AB")
    given(police("DR-19", "A>B", ["none"])).leaves_unknown("HBA_B", "FM_B")
    given(support("WD-06", "A>B", ["none"])).leaves_unknown("DEP_AB")
    given(alone("A", "RI-20", "A", "none")).leaves_unknown("CRIM_A")
    given(alone("A", "DU-02", "A", ["nothing"])).leaves_unknown("COERC_A")


def test_26_what_the_table_rules_out_is_ruled_out_without_an_entry() -> None:
    rows = [{"code": "x_started", "scale": event} for event in ("first", "worst", "latest")]
    given(police("WD-05", "A-B", rows)).rules_out("INIT_BA")
    given(support("DR-04", "A-B", "together")).rules_out("POSTSEP_AB")
    given(referrer("RI-01", "", "neither")).rules_out("CONTACT_UNSAFE_A")
    given(worker("LT-08", "A", 90)).rules_out("LITTIME_A")


def test_27_the_questions_on_proceedings_are_asked_of_both_and_of_every_row() -> None:
    none = [court("RI-13", "A", ["none"]), court("RI-13", "B", ["none"])]
    assert given(*none).walk("g", "A>B") is None
    assert asked_next(given(*none, police("RI-13", "A", "NK") | {"source": "REF"}), "g", "A>B") is None
    other = [court("RI-13", "A", ["none"]), court("RI-13", "B", [{"code": "now", "scale": "complaint"}])]
    assert asked_next(given(*other), "g", "A>B") == "LT-01"
    assert rulebook().questions["RC-06"].when_text == "every(6-8 weeks) and ind(ISS_OK_x)"


def test_28_each_counted_element_has_its_own_strength() -> None:
    first = alone("A", "WD-01", "A>B", money="pattern")
    second = support("WD-01", "A>B", movement="pattern", cost="he shouts", on=LATEST)
    given(first, second).finds("CTRL_AB", 2)
    given(first, alone("A", "WD-01", "A>B", movement="pattern", cost="I shout")).finds("CTRL_AB", 4)
