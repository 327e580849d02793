"""Who does what to whom: proceedings, history, allegations, tainted accounts (12.4 A)."""

import pytest

from tests.assess.language import (
    act,
    alone,
    court,
    given,
    police,
    referrer,
    said,
    support,
    whole,
    worker,
)

# --- LITSIGN, LITEFF, LITAB -------------------------------------------------------------------------------------------

TWO_SIGNS = [support("LT-03", "A>B", ["adjournments"]), support("LT-04", "A>B", ["school"])]
NO_SIGN = [
    court("LT-01", "A>B", ["granted"]),
    court("LT-02", "A>B", ["only_one"]),
    court("LT-03", "A>B", ["none"]),
    court("LT-04", "A>B", ["none"]),
    court("LT-05", "A>B", ["none"]),
]


def test_signs_of_two_kinds_are_two_one_kind_is_one_and_papers_make_three() -> None:
    given(TWO_SIGNS[0]).finds("LITSIGN_A", 1)
    given(support("LT-03", "A>B", ["adjournments", "many_judges"])).finds("LITSIGN_A", 1)
    given(*TWO_SIGNS).finds("LITSIGN_A", 2)
    given(TWO_SIGNS[0], court("LT-04", "A>B", ["school"])).finds("LITSIGN_A", 3)


def test_repetition_is_a_sign_only_with_three_started_in_two_years() -> None:
    rows = [{"code": "pending", "started_by": "a", "started_on": f"2026-0{month}-01"} for month in (2, 4, 6)]
    repeated = support("LT-02", "A>B", ["same_request"])
    given(repeated, support("LT-01", "A>B", rows)).finds("LITSIGN_A", 1)
    given(repeated, support("LT-01", "A>B", rows[:2])).leaves_unknown("LITSIGN_A")
    old = [row | {"started_on": "2023-01-01"} for row in rows]
    given(repeated, support("LT-01", "A>B", old)).leaves_unknown("LITSIGN_A")


def test_well_founded_reports_are_no_sign() -> None:
    given(support("LT-05", "A>B", ["well_founded"])).leaves_unknown("LITSIGN_A")


def test_signs_are_ruled_out_by_papers_on_all_five_questions() -> None:
    given(*NO_SIGN).rules_out("LITSIGN_A", "LITAB_AB")
    for left_out in range(5):
        given(*(one for number, one in enumerate(NO_SIGN) if number != left_out)).leaves_unknown("LITSIGN_A")


def test_no_signs_by_word_of_mouth_leave_both_unknown() -> None:
    by_mouth = [one | {"source": "SELF", "by": "A", "alone": True} for one in NO_SIGN]
    given(*by_mouth).leaves_unknown("LITSIGN_A", "LITAB_AB")


def test_effects_named_by_the_support_service() -> None:
    given(support("LT-06", "A>B", ["money"])).finds("LITEFF_B", 2)
    given(support("LT-06", "A>B", ["none"])).rules_out("LITEFF_B")


def test_litigation_abuse_is_signs_effects_and_possible_control() -> None:
    effect = support("LT-06", "A>B", ["money"])
    given(*TWO_SIGNS, effect).finds("LITAB_AB", 2)
    given(*TWO_SIGNS).leaves_unknown("LITAB_AB")
    given(TWO_SIGNS[0], court("LT-04", "A>B", ["school"]), effect).finds("LITAB_AB", 3)
    given(*TWO_SIGNS, effect, support("WD-01", "A>B", whole("WD-01"))).leaves_unknown("LITAB_AB")


def test_no_proceedings_rule_litigation_abuse_out_but_not_by_the_accused() -> None:
    given(court("LT-01", "A>B", ["none"])).rules_out("LITAB_AB")
    given(alone("A", "LT-01", "A>B", ["none"])).leaves_unknown("LITAB_AB")


# --- HIST, BENEFIT, CATIM, NARR, REFLABEL, MISID ----------------------------------------------------------------------


RECORDS = {
    "order_conviction": 4,
    "police_record": 3,
    "child_record": 3,
    "ex_account": 2,
    "relative_account": 2,
    "possibly_misidentified": 1,
}


@pytest.mark.parametrize(("record", "strength"), RECORDS.items())
def test_history_by_the_kind_of_record(record: str, strength: int) -> None:
    given(police("WD-07", "A", [record])).finds("HIST_A", strength)


def test_history_told_in_flow_b_is_the_strength_of_its_source_and_some_codes_are_no_history() -> None:
    given(support("DR-18", "A", ["ex_partner"])).finds("HIST_A", 2)
    given(support("DR-18", "A", ["others", "police_staff"])).leaves_unknown("HIST_A")


def test_history_is_ruled_out_after_a_search_and_not_by_the_person() -> None:
    given(police("WD-07", "A", ["none"])).rules_out("HIST_A")
    given(police("DR-18", "A", ["never"])).rules_out("HIST_A")
    given(alone("A", "DR-18", "A", ["never"])).leaves_unknown("HIST_A")


def test_the_benefit_needs_a_concrete_description_of_the_loss() -> None:
    given(support("WD-08", "A>B", [{"code": "home", "other_loss": "she slept in the car"}])).finds("BENEFIT_A", 2)
    given(support("WD-08", "A>B", ["home"])).finds("BENEFIT_A", 1)
    given(support("WD-08", "A>B", ["no_one"])).rules_out("BENEFIT_A")
    given(alone("A", "WD-08", "A>B", ["no_one"])).leaves_unknown("BENEFIT_A")


def line(code: str, before: str, names: str = "other", **cells: str) -> dict[str, str]:
    return {"code": code, "scale": before, "names_as_harming": names, **cells}


@pytest.mark.parametrize("before", ["other_report", "separation", "hearing", "job_visa", "mirrors"])
def test_the_timing_of_an_allegation(before: str) -> None:
    given(police("WD-16", "A-B", [line("first_a", before)])).finds("CATIM_A", 2).leaves_unknown("CATIM_B")
    given(police("WD-16", "A-B", [line("later_b", before)])).finds("CATIM_B", 2).leaves_unknown("CATIM_A")


def test_the_timing_is_ruled_out_when_no_line_of_the_person_has_such_an_event() -> None:
    given(police("WD-16", "A-B", [line("first_a", "nothing"), line("later_a", "safe_person")])).rules_out("CATIM_A")
    given(police("WD-16", "A-B", [line("first_a", "nothing"), line("later_b", "hearing")])).rules_out("CATIM_A")
    given(police("WD-16", "A-B", [line("first_a", "nothing"), line("later_a", "hearing")])).finds("CATIM_A", 2)


@pytest.mark.parametrize("style", ["blames_other", "entitled", "contempt", "detailed_watch", "fear_without_effect"])
def test_the_style_of_an_account(style: str) -> None:
    given(worker("WD-17", "A", [style])).finds("NARR_A", 2)
    given(worker("WD-17", "A", ["own_part", style])).finds("NARR_A", 2)


@pytest.mark.parametrize("style", ["own_part", "over_owns", "worried_for_other", "trauma_signs", "nothing"])
def test_a_style_without_note(style: str) -> None:
    given(worker("WD-17", "A", [style])).rules_out("NARR_A")


@pytest.mark.parametrize(("label", "a", "b"), [("a", 2, 0), ("b", 0, 2), ("both", 2, 2), ("none", 0, 0)])
def test_the_label_of_the_referrer_is_copied(label: str, a: int, b: int) -> None:
    given(referrer("RI-21", "A-B", label)).finds("REFLABEL_A", a).finds("REFLABEL_B", b)


def test_misidentification_is_possible_as_soon_as_it_is_recorded() -> None:
    given(police("WD-07", "B", ["possibly_misidentified"])).finds("MISID_B", 1)
    given(support("RV-04", "B>A", "police")).finds("MISID_B", 1)
    given(support("RV-08", "B>A", ["police"])).finds("MISID_B", 1)


def test_misidentification_is_indicated_when_the_old_account_was_taken_with_the_other_present() -> None:
    given(support("RV-08", "B>A", [{"code": "police", "alone": "no"}])).finds("MISID_B", 2).finds("TAINTED_B", 2)


def test_misidentification_is_ruled_out_when_the_person_was_never_so_recorded() -> None:
    given(support("RV-08", "B>A", ["never"])).rules_out("MISID_B")


# --- CROSS ------------------------------------------------------------------------------------------------------------

BOTH_NAMED = [line("first_a", "nothing", to_whom="police"), line("first_b", "nothing", to_whom="police")]
SEARCHED = act("CROSS-SEARCH", "A-B", "none")
NOT_NAMED = [line("first_a", "nothing"), line("first_b", "nothing", "no_one")]


def test_a_counter_allegation_reported_before() -> None:
    given(police("RI-05", "A-B", "yes_agency")).finds("CROSS", 2)
    given(police("RI-05", "A-B", "yes_told_someone")).finds("CROSS", 1)


def test_each_naming_the_other_and_three_when_two_agencies_hold_it() -> None:
    given(police("WD-16", "A-B", BOTH_NAMED)).finds("CROSS", 2)
    two = [BOTH_NAMED[0], BOTH_NAMED[1] | {"to_whom": "children's services"}]
    given(police("WD-16", "A-B", two)).finds("CROSS", 3)
    given(police("WD-16", "A-B", NOT_NAMED)).leaves_unknown("CROSS")


@pytest.mark.parametrize(("result", "strength"), [("match", 2), ("match_two_agencies", 3)])
def test_the_search_across_cases(result: str, strength: int) -> None:
    given(act("CROSS-SEARCH", "A-B", result)).finds("CROSS", strength)


@pytest.mark.parametrize(
    "words", ["They are as bad as each other.", "A VOLATILE couple", "Les torts partagés sont anciens."]
)
def test_words_that_share_the_blame_leave_a_counter_allegation_possible(words: str) -> None:
    given(referrer("RI-04", "", words)).finds("CROSS", 1)


def test_facts_do_not() -> None:
    given(referrer("RI-04", "", "On 3 May A hit B in the kitchen.")).leaves_unknown("CROSS")


def test_counter_allegations_told_later() -> None:
    given(police("RC-01", "", ["counter_allegation"])).finds("CROSS", 2)
    given(police("RC-04", "A-B", "counter_allegation")).finds("CROSS", 2)


def test_no_counter_allegation_needs_the_answer_the_search_and_a_line_for_both() -> None:
    no = police("RI-05", "A-B", "no")
    lines = police("WD-16", "A-B", NOT_NAMED)
    given(no, SEARCHED, lines).rules_out("CROSS")
    given(no, lines).leaves_unknown("CROSS")
    given(no, SEARCHED).leaves_unknown("CROSS")
    given(SEARCHED, lines).leaves_unknown("CROSS")
    given(no, SEARCHED, police("WD-16", "A-B", NOT_NAMED[:1])).leaves_unknown("CROSS")


# --- TAINTED ----------------------------------------------------------------------------------------------------------


def test_an_answer_flagged_unsafe_taints() -> None:
    given(support("DR-02", "A>B", "year", tainted=True)).finds("TAINTED_B", 2).finds("TAINTED", 2)
    given(said("DR-02", "A>B", "year", source="SELF", by="B", alone=False)).finds("TAINTED_B", 2)


@pytest.mark.parametrize("code", ["not_free", "unsure"])
def test_not_free_to_talk_taints(code: str) -> None:
    given(worker("RI-17", "B", code)).finds("TAINTED_B", 2).finds("TAINTED", 2)


@pytest.mark.parametrize("code", ["other_present", "shared_device", "unsafe_interpreter"])
def test_an_account_already_on_file_may_be_tainted(code: str) -> None:
    given(worker("RI-18", "", [{"code": code, "person": "b"}])).finds("TAINTED_B", 2)
    given(worker("RI-18", "", [code])).finds("TAINTED_A", 2).finds("TAINTED_B", 2)


def test_a_retraction_taints_the_account_of_it() -> None:
    given(police("DR-23", "A>B", ["withdrawn"])).finds("TAINTED_B", 2)


def test_an_account_taken_through_an_unsafe_interpreter_is_tainted() -> None:
    given(worker("RI-11", "B", "child", tainted=True)).finds("TAINTED_B", 2)


def test_free_and_alone_rule_it_out() -> None:
    things = [worker("RI-17", "A", "free"), worker("RI-17", "B", "free"), worker("RI-18", "", ["alone"])]
    given(*things).rules_out("TAINTED_A", "TAINTED_B", "TAINTED")


def test_free_to_talk_says_nothing_of_the_accounts_already_on_file() -> None:
    given(worker("RI-17", "B", "free")).leaves_unknown("TAINTED_B")
    given(worker("RI-18", "", ["alone"])).leaves_unknown("TAINTED_B")


def test_alone_with_something_else_rules_nothing_out() -> None:
    given(worker("RI-17", "B", "free"), worker("RI-18", "", ["alone", "copied"])).leaves_unknown("TAINTED_B")
