"""State and history, settling a 1, withdrawal, merged readings, pairs, acts with expiry (12.1 to 12.3)."""

from typing import Any

import pytest

from tests.assess.language import (
    BEFORE,
    EARLIER,
    LATER,
    LATEST,
    Thing,
    act,
    alone,
    court,
    from_source,
    given,
    health,
    police,
    referrer,
    signed,
    support,
    taken_back,
    whole,
    worker,
)

# --- state: the latest answer of each speaker, the highest of these (rule 9) ------------------------------------------

HOLDER = {"agency": "CSC", "named_worker": "Lee", "contact": "01…", "next_review_on": "2026-12-20"}
CHANGED: list[tuple[str, str, Any, Any, str, int]] = [
    ("RI-09", "", {"code": "closing"}, {"code": "stays_open", **HOLDER}, "CASECLOSE", 0),
    ("RI-11", "B", "relative_friend", "professional", "INTERP_BAD_B", 0),
    ("RI-10", "B", ["other_language"], ["no_need"], "LANGNEED_B", 0),
    ("DR-24", "", "uneasy", "not_now", "RISK_JUDG", 0),
    ("DR-24", "", "very_worried", "uneasy", "RISK_JUDG", 1),
    ("RD-06", "A>B", "refuses_all", "agrees_all", "REFUSED_A", 0),
    ("RD-07", "A", ["r_language"], ["workable"], "GRPFIT_A", 2),
    ("RD-11", "A-B", "safe_to_start", "not_now", "STARTOK", 0),
    ("DU-06", "A", "named_accepted", "conflict", "COMPAN_A", 0),
    ("RI-19", "A-B", ["couple"], ["none"], "JWREQ", 0),
    ("JW-05", "A-B", ["family"], ["none"], "PRESSURE", 0),
    ("JW-04", "A-B", "free_no", "afraid", "KEY4", 0),
    ("JW-03", "A-B", "suitable", "not_suitable", "KEY3", 0),
]


@pytest.mark.parametrize(("question", "about", "first", "then", "name", "strength"), CHANGED)
def test_a_state_that_changed_is_what_it_is_now(
    question: str, about: str, first: Any, then: Any, name: str, strength: int
) -> None:
    sources = {"RI-09": "REF", "RI-11": "REF", "DR-24": "OBS", "RD-06": "OBS", "RD-07": "OBS", "JW-03": "OBS"}
    source = sources.get(question, "ISS")
    before, after = (from_source(source, question, about, value) for value in (first, then))
    given(before | {"on": EARLIER}, after | {"on": LATER}).finds(name, strength)
    given(after | {"on": LATER}, before | {"on": EARLIER}).finds(name, strength)


def test_one_speaker_does_not_take_back_what_another_said() -> None:
    given(worker("DR-24", "", "uneasy", by="Sam", on=EARLIER), worker("DR-24", "", "not_now", by="Lee")).finds(
        "RISK_JUDG", 1
    )


def test_a_state_that_its_speaker_no_longer_knows_is_unknown() -> None:
    calm = worker("DR-24", "", "not_now", on=EARLIER)
    given(calm, worker("DR-24", "", "NK", on=LATER)).finds("RISK_JUDG", "unknown")
    given(worker("DR-24", "", "NK", on=EARLIER), worker("DR-24", "", "not_now", on=LATER)).finds("RISK_JUDG", 0)
    agreed = worker("RD-06", "A>B", "agrees_all", on=EARLIER)
    given(agreed, worker("RD-06", "A>B", "DEC", on=LATER)).finds("REFUSED_A", "unknown")
    interpreter = worker("RI-11", "A", "child", on=EARLIER)
    given(interpreter, worker("RI-11", "A", "NK", on=LATER)).finds("INTERP_BAD_A", "unknown")


def test_what_was_no_danger_does_not_outlast_a_later_not_known() -> None:
    calm = [support("RI-01", "", "neither", on=EARLIER), support("DR-26", "", ["none"], on=EARLIER)]
    given(*calm).finds("DANGER_NOW", 0)
    given(*calm, support("DR-26", "", "NK", on=LATER)).finds("DANGER_NOW", "unknown")


def test_proceedings_that_ended_are_over_when_the_same_source_says_so() -> None:
    now = [{"code": "now", "scale": "children"}]
    given(court("RI-13", "A", now, on=EARLIER), court("RI-13", "A", ["ended_longer"], on=LATER)).rules_out("LITREC_A")
    given(court("RI-13", "A", now, on=EARLIER), support("RI-13", "A", ["ended_longer"], on=LATER)).finds("LITREC_A", 2)


def test_needs_and_readiness_are_states() -> None:
    given(alone("A", "CN-02", "A", "lot", on=EARLIER), alone("A", "CN-02", "A", "little", on=LATER)).finds("CN_A", 1)
    early = [
        worker(one, "A>B", value, on=EARLIER)
        for one, value in (("RD-02", "r1"), ("RD-03", "e1"), ("RD-05", "for_self"))
    ]
    given(*early, worker("RD-02", "A>B", "r3", on=LATER)).finds("READY_A", 2)


# --- history: the highest ever ----------------------------------------------------------------------------------------


HAPPENED = [
    ("DR-02", "year", "never", "THKILL_AB"),
    ("DR-03", "past", "never", "WEAP_AB"),
    ("DR-11", "year", "kept", "BREACH_AB"),
    ("DR-09", "pregnant", "no", "PREG_B"),
]


@pytest.mark.parametrize(("question", "first", "then", "name"), HAPPENED)
def test_what_happened_once_has_happened(question: str, first: str, then: str, name: str) -> None:
    about = "B" if question == "DR-09" else "A>B"
    given(support(question, about, first, on=EARLIER, by="B"), support(question, about, then, on=LATER, by="B")).finds(
        name, 2
    )


def test_a_separation_that_was_planned_stays_in_history() -> None:
    given(support("DR-04", "A-B", "thinking", on=EARLIER), support("DR-04", "A-B", "together", on=LATER)).finds(
        "SEP", 2
    )


# --- DANGER_NOW -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", ["ISS", "POL", "OBS"])
def test_danger_ends_by_a_later_answer_of_those_who_may_say_so(source: str) -> None:
    before = [referrer("RI-01", "", "neither", on=EARLIER), police("DR-26", "", ["attack_now"], on=EARLIER)]
    given(*before, from_source(source, "DR-26", "", ["none"], on=LATER)).rules_out("DANGER_NOW")


@pytest.mark.parametrize("source", ["REF", "SELF", "HLT", "CSC"])
def test_danger_does_not_end_by_anyone_else(source: str) -> None:
    before = [referrer("RI-01", "", "neither", on=EARLIER), police("DR-26", "", ["attack_now"], on=EARLIER)]
    given(*before, from_source(source, "DR-26", "", ["none"], on=LATER)).finds("DANGER_NOW", 2)


def test_danger_of_the_first_question_ends_by_the_support_service_only() -> None:
    before = [referrer("RI-01", "", "danger_now", on=EARLIER), support("DR-26", "", ["none"], on=LATER)]
    given(*before).finds("DANGER_NOW", 2)
    given(*before, referrer("RI-01", "", "neither", on=LATER)).finds("DANGER_NOW", 2)
    given(*before, support("RI-01", "", "neither", on=LATER)).rules_out("DANGER_NOW")


def test_danger_that_comes_after_the_all_clear_is_danger() -> None:
    calm = [support("RI-01", "", "neither", on=EARLIER), support("DR-26", "", ["none"], on=EARLIER)]
    given(*calm, referrer("DR-26", "", ["attack_now"], on=LATER)).finds("DANGER_NOW", 2)


def test_an_all_clear_obtained_unsafely_ends_nothing() -> None:
    before = [support("RI-01", "", "neither", on=EARLIER), police("DR-26", "", ["attack_now"], on=EARLIER)]
    given(*before, support("DR-26", "", ["none"], on=LATER, tainted=True)).finds("DANGER_NOW", 2)


# --- settling a 1 (rule 10) -------------------------------------------------------------------------------------------

ONES: list[tuple[Thing, Thing, str]] = [
    (referrer("DR-02", "A>B", "year", on=EARLIER), support("DR-02", "A>B", "never", on=LATER), "THKILL_AB"),
    (support("DR-03", "A>B", "licence_or_access", on=EARLIER), support("DR-03", "A>B", "never", on=LATER), "WEAP_AB"),
    (support("DR-22", "A>B", ["taken"], on=EARLIER), alone("B", "DR-19", "A>B", ["none"], on=LATER), "FM_B"),
    (support("WD-06", "A>B", ["family_pressure"], on=EARLIER), alone("B", "DR-19", "A>B", ["none"], on=LATER), "HBA_B"),
    (support("DR-09", "B", "possible", on=EARLIER), alone("B", "DR-09", "B", "no", on=LATER), "PREG_B"),
    (referrer("DR-11", "A>B", "year", on=EARLIER), police("DR-11", "A>B", "no_order", on=LATER), "BREACH_AB"),
]


@pytest.mark.parametrize(("one", "none", "name"), ONES)
def test_a_rumour_is_settled_when_a_competent_source_was_asked_later(one: Thing, none: Thing, name: str) -> None:
    given(one).finds(name, 1)
    given(one, none).rules_out(name)


@pytest.mark.parametrize(("one", "none", "name"), ONES)
def test_a_no_that_came_before_or_the_same_day_settles_nothing(one: Thing, none: Thing, name: str) -> None:
    given(one | {"on": LATER}, none | {"on": EARLIER}).finds(name, 1)
    given(one | {"on": LATER}, none | {"on": LATER}).finds(name, 1)


def test_a_source_that_is_not_competent_settles_nothing() -> None:
    given(referrer("DR-02", "A>B", "year", on=EARLIER), police("DR-02", "A>B", "never", on=LATER)).finds("THKILL_AB", 1)
    given(referrer("DR-02", "A>B", "year", on=EARLIER), alone("A", "DR-02", "A>B", "never", on=LATER)).finds(
        "THKILL_AB", 1
    )


def test_only_a_one_is_settled() -> None:
    given(police("DR-02", "A>B", "year", on=EARLIER), support("DR-02", "A>B", "never", on=LATER)).finds("THKILL_AB", 2)


def test_two_contacts_that_settle_dread_must_both_be_later() -> None:
    rumour = support("DR-22", "A>B", ["third_party_dread"], on=BEFORE)
    none = [support("DR-22", "A>B", ["no_fear"], on=day) for day in (EARLIER, LATER, LATEST)]
    given(rumour, *none[1:]).rules_out("BDREAD_AB")
    given(rumour, *none[:2]).finds("BDREAD_AB", 1)


def test_what_needs_two_questions_is_settled_when_the_later_one_asked_about_the_matter() -> None:
    """A rumour of one control: every domain must be asked again, later."""
    rumour = referrer("WD-01", "A>B", money="pattern", on=BEFORE)
    given(rumour, support("WD-01", "A>B", whole("WD-01"), on=LATER)).rules_out("CTRL_AB")
    given(rumour, support("WD-01", "A>B", whole("WD-01"), on=EARLIER)).finds("CTRL_AB", 1)


def test_the_lead_who_verified_a_one_takes_it_back_and_what_else_is_on_file_decides() -> None:
    rumour = taken_back(referrer("DR-02", "A>B", "year"), on=LATER, reason="verified by the lead")
    given(rumour, support("DR-02", "A>B", "never")).rules_out("THKILL_AB")
    given(rumour).finds("THKILL_AB", "was 1")


# --- merged readings (12.2) -------------------------------------------------------------------------------------------

NONE_B, NONE_A = alone("B", "DR-19", "A>B", ["none"]), alone("A", "DR-19", "B>A", ["none"])


def test_the_most_protective_value_over_both_persons() -> None:
    given(support("DR-19", "A>B", ["shame"]), NONE_A).finds("HBA", 2)
    given(support("DR-19", "A>B", ["shame"])).finds("HBA", 2)
    given(taken_back(support("DR-19", "A>B", ["shame"])), NONE_A).finds("HBA", "was 2")
    given(taken_back(support("DR-19", "A>B", ["shame"])), support("DR-19", "B>A", ["marriage_done"], by="A")).finds(
        "HBA", "was 2"
    )
    given(support("WD-06", "A>B", ["family_pressure"])).finds("HBA", 1)
    given(support("WD-06", "A>B", ["family_pressure"]), NONE_A).finds("HBA", 1)
    given(taken_back(support("WD-06", "A>B", ["family_pressure"]))).finds("HBA", "was 1")
    given(NONE_B).leaves_unknown("HBA")
    given(NONE_A, NONE_B).rules_out("HBA")


def test_a_withdrawn_four_counts_before_a_one_and_a_known_two_before_it() -> None:
    gone = taken_back(police("DR-25", "A>B", [{"code": "uk_dash", "total_or_grade": "20"}]))
    given(gone).finds("RISK_VOL", "was 2")
    given(gone, police("DR-25", "B>A", [{"code": "uk_dash", "total_or_grade": "20"}])).finds("RISK_VOL", 2)


def test_a_question_without_direction_speaks_about_both_persons() -> None:
    given(police("DR-26", "", ["travel"])).finds("FM_A", 2).finds("FM_B", 2)
    given(police("DR-26", "", [{"code": "travel", "who": "a"}])).finds("FM_A", 2).leaves_unknown("FM_B")
    given(worker("RI-18", "", [{"code": "other_present", "person": "both"}])).finds("TAINTED_A", 2).finds(
        "TAINTED_B", 2
    )


# --- several pairs ----------------------------------------------------------------------------------------------------

THREE: dict[str, Any] = {"persons": {"A": {}, "B": {}, "C": {}}, "pairs": [["A", "B"], ["A", "C"]]}


def test_findings_of_one_pair_never_count_in_another() -> None:
    things = [
        support("DR-02", "A>B", "year"),
        support("WD-02", "A>B", ["avoids", "hides"]),
        support("DR-04", "A-B", "planning"),
    ]
    given(*things, **THREE).finds("THKILL_AB", 2).finds("SEP", 2)
    for name in ("THKILL_AB", "FEAR_AB", "SEP"):
        given(*things, **THREE).finds(name, "unknown", pair=1)


def test_a_finding_of_a_person_is_the_same_in_every_pair_of_that_person() -> None:
    things = [health("CN-01", "A", "plan"), alone("A", "DR-19", "C>A", ["shame"])]
    given(*things, **THREE).finds("SUIC_A", 4).finds("SUIC_A", 4, pair=1)
    given(*things, **THREE).finds("HBA_A", 2).finds("HBA_A", 2, pair=1)
    given(*things, **THREE).leaves_unknown("HBA_B")


def test_force_belongs_to_the_person_in_the_pair_and_the_support_status_to_the_person() -> None:
    given(act("ISS-STATUS", "A", "active"), **THREE).finds("ISS_OK_A", 2).finds("ISS_OK_A", 2, pair=1)
    given(act("ISS-STATUS", "B", "active"), **THREE).finds("ISS_OK_A", "unknown", pair=1)
    given(police("WD-05", "A-B", [{"code": "unclear", "scale": "worst", "force_by_a": "force"}]), **THREE).finds(
        "FORCE_A", "unknown", pair=1
    )


def test_the_case_is_one() -> None:
    given(police("DR-26", "", ["attack_now"]), **THREE).finds("DANGER_NOW", 2).finds("DANGER_NOW", 2, pair=1)


def test_the_second_person_of_a_pair_is_its_b_whatever_the_letter() -> None:
    things = [support("DR-02", "A>C", "year"), alone("C", "DR-02", "A>C", "month")]
    given(*things, **THREE).finds("THKILL_AB", 2, pair=1).leaves_unknown("THKILL_AB")


# --- acts with expiry (12.3) ------------------------------------------------------------------------------------------


def test_a_result_is_in_force_for_twelve_weeks() -> None:
    asked = support("RD-11", "A-B", "with_plan")
    status = act("ISS-STATUS", "B", "active")
    given(status, asked, signed("W_A", on="2026-08-30")).finds("ISS_OK_B", 1)
    given(status, asked, signed("W_A", on="2026-08-29")).finds("ISS_OK_B", 2)


def test_an_act_of_a_later_day_is_not_in_force_yet() -> None:
    given(act("ISS-STATUS", "B", "active", on=LATEST)).seen_on("2026-11-15").leaves_unknown("ISS_OK_B")


def test_the_later_act_replaces_the_earlier() -> None:
    search = [act("CROSS-SEARCH", "A-B", "match", on=EARLIER), act("CROSS-SEARCH", "A-B", "none", on=LATER)]
    given(*search).leaves_unknown("CROSS")
    given(*reversed(search)).leaves_unknown("CROSS")


def test_acts_without_a_term_stay() -> None:
    given(act("ISS-STATUS", "B", "declined_informed", on="2024-01-01")).finds("ISS_OK_B", 2)
    given(act("REVIEW-CONCLUDED", "A-B", "no_pattern", on="2024-01-01")).finds("REVIEW_NONE", 2)


def test_an_answer_replaces_no_act() -> None:
    given(worker("LT-11", "A", "signed_suitable")).leaves_unknown("LITINDEP_A")
