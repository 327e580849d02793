"""Danger: the rows of 12.4 C for each direction and person, each strength, each zero, and what must stay unknown."""

from typing import Any

import pytest

from tests.assess.language import (
    EARLIER,
    LATER,
    Thing,
    alone,
    court,
    from_source,
    given,
    health,
    police,
    referrer,
    said,
    support,
    third_party,
    worker,
)

WHEN = ["past", "year", "month", "fortnight"]

# --- the markers that are the strength of their source ----------------------------------------------------------------

FREQUENCY = {"DR-01": "NFS", "DR-02": "THKILL", "DR-03": "WEAP", "DR-05": "STALK", "DR-07": "SEXV"}


@pytest.mark.parametrize(("question", "name"), FREQUENCY.items())
@pytest.mark.parametrize("when", WHEN)
def test_a_marker_at_any_date_is_the_strength_of_its_source(question: str, name: str, when: str) -> None:
    extra = {"follow_up": "symptoms_none"} if question == "DR-01" else {}
    given(support(question, "A>B", when, **extra)).finds(f"{name}_AB", 2).leaves_unknown(f"{name}_BA")
    given(alone("A", question, "A>B", when, **extra)).finds(f"{name}_AB", 4)


@pytest.mark.parametrize(("question", "name"), FREQUENCY.items())
def test_a_marker_is_ruled_out_by_the_person_who_would_live_it(question: str, name: str) -> None:
    given(support(question, "A>B", "never")).rules_out(f"{name}_AB").leaves_unknown(f"{name}_BA")
    given(alone("B", question, "A>B", "never")).rules_out(f"{name}_AB")
    given(alone("A", question, "A>B", "never")).leaves_unknown(f"{name}_AB")
    given(police(question, "A>B", "never")).leaves_unknown(f"{name}_AB")


def test_strangulation_is_also_told_elsewhere() -> None:
    given(health("WD-04", "A>B", ["neck"])).finds("NFS_AB", 2)
    given(support("WD-18", "A", ["neck"], by="B")).finds("NFS_AB", 2)
    given(support("RV-01", "B>A", ["strangled"])).finds("NFS_AB", 2)
    given(alone("B", "CN-06", "B", [{"code": "choked", "by_whom": "other"}])).finds("NFS_AB", 2)
    given(alone("B", "CN-06", "B", [{"code": "choked", "by_whom": "accident"}])).leaves_unknown("NFS_AB")
    given(alone("B", "CN-06", "B", ["choked"])).finds("NFS_AB", 1)
    given(police("DR-26", "", [{"code": "neck_symptoms", "who": "b"}])).finds("NFS_AB", 2).leaves_unknown("NFS_BA")
    given(police("DR-26", "", ["neck_symptoms"])).finds("NFS_AB", 2).finds("NFS_BA", 2)


def test_stalking_is_also_told_elsewhere() -> None:
    given(support("DR-28", "A>B", ["tracking"])).finds("STALK_AB", 2)
    given(support("WD-10", "A>B", ["follow"])).finds("STALK_AB", 2)
    given(support("DR-28", "A>B", ["accounts", "cameras"])).leaves_unknown("STALK_AB")


def test_no_device_abuse_rules_nothing_out() -> None:
    given(support("DR-28", "A>B", ["none"])).leaves_unknown("STALK_AB", "SEXV_AB", "CTRL_AB")


@pytest.mark.parametrize("code", ["gives_in", "forced", "images", "reproductive"])
def test_sexual_violence_is_also_told_elsewhere(code: str) -> None:
    given(support("WD-12", "A>B", [code])).finds("SEXV_AB", 2)
    given(support("DR-28", "A>B", ["images"])).finds("SEXV_AB", 2)
    given(support("WD-04", "A>B", ["sexual"])).finds("SEXV_AB", 2)
    given(support("WD-18", "A", ["sexual"], by="B")).finds("SEXV_AB", 2)


def test_sulking_is_a_cost_of_refusal_and_no_sexual_violence() -> None:
    given(support("WD-12", "A>B", ["sulks"])).leaves_unknown("SEXV_AB")


@pytest.mark.parametrize("code", ["free", "not_applicable"])
def test_sexual_violence_is_ruled_out_by_the_person_alone(code: str) -> None:
    given(support("WD-12", "A>B", [code])).rules_out("SEXV_AB")
    given(health("WD-12", "A>B", [code])).leaves_unknown("SEXV_AB")


def test_a_weapon_within_reach_is_one_and_a_weapon_used_is_the_strength_of_its_source() -> None:
    given(support("DR-03", "A>B", "licence_or_access")).finds("WEAP_AB", 1)
    given(support("WD-18", "A", ["weapon"], by="B")).finds("WEAP_AB", 2)


@pytest.mark.parametrize("when", WHEN)
def test_a_breach_is_known_from_police_courts_or_the_support_service(when: str) -> None:
    for source in ("POL", "CRT", "ISS"):
        given(from_source(source, "DR-11", "A>B", when)).finds("BREACH_AB", 2)
    given(referrer("DR-11", "A>B", when)).finds("BREACH_AB", 1)


@pytest.mark.parametrize("answer", ["no_order", "kept"])
def test_no_order_or_an_order_kept_rules_a_breach_out_but_not_by_a_referrer(answer: str) -> None:
    for source in ("POL", "CRT", "ISS"):
        given(from_source(source, "DR-11", "A>B", answer)).rules_out("BREACH_AB")
    given(referrer("DR-11", "A>B", answer)).leaves_unknown("BREACH_AB")


# --- BDREAD -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dread", ["death_me", "grave_harm", "child_harm", "other_harm"])
def test_what_the_person_dreads_is_never_discounted(dread: str) -> None:
    given(support("DR-22", "A>B", [dread])).finds("BDREAD_AB", 2)


def test_dread_relayed_by_another_is_one() -> None:
    given(support("DR-22", "A>B", ["third_party_dread"])).finds("BDREAD_AB", 1)


def test_the_other_says_what_the_person_dreads_and_it_is_no_account_of_theirs() -> None:
    """DR-22: SELF counts only from y, alone (13.1)."""
    given(alone("A", "DR-22", "A>B", ["death_me"])).finds("BDREAD_AB", 1)
    given(said("DR-22", "A>B", ["death_me"], source="SELF", by="B", alone=False)).finds("BDREAD_AB", 1)


NO_DREAD = [support("DR-22", "A>B", ["no_fear"], on=EARLIER), support("DR-22", "A>B", ["no_fear"], on=LATER)]


@pytest.mark.parametrize("answer", [["no_fear"], ["other_fear"], ["taken"], ["other_fear", "taken"]])
def test_no_dread_is_ruled_out_at_two_contacts(answer: list[str]) -> None:
    given(NO_DREAD[0], support("DR-22", "A>B", answer, on=LATER)).rules_out("BDREAD_AB")
    given(support("DR-22", "A>B", answer, on=LATER)).leaves_unknown("BDREAD_AB")


def test_dread_of_one_person_can_be_ruled_out_on_a_safe_line_too() -> None:
    own = [alone("A", "DR-22", "B>A", ["no_fear"], on=day) for day in (EARLIER, LATER)]
    given(*own).rules_out("BDREAD_BA").leaves_unknown("BDREAD_AB")


def test_another_code_that_counts_keeps_dread_known() -> None:
    given(*NO_DREAD, support("DR-22", "A>B", ["other_fear", "third_party_dread"])).finds("BDREAD_AB", 1)


# --- MARKERS ----------------------------------------------------------------------------------------------------------

MARKERS: dict[str, tuple[Any, Any]] = {
    **dict.fromkeys(("DR-01", "DR-02", "DR-03", "DR-05", "DR-07", "DR-10", "DR-15"), ("year", "never")),
    "DR-06": ("some", "never"),
    "DR-08": (["more_often"], ["no_change"]),
    "DR-11": ("year", "kept"),
    "DR-12": (["used"], ["never"]),
    "DR-19": (["shame"], ["none"]),
    "DR-21": (["no_phone"], ["none"]),
    "DR-22": (["death_me"], ["no_fear"]),
    "DR-23": (["calm"], ["no"]),
}
OF_THE_ONE_WHO_ACTS: dict[str, tuple[Any, Any]] = {
    "DR-13": (["talk"], ["never"]),
    "DR-16": (["job"], ["none"]),
    "DR-17": ("year", "never"),
    "DR-18": (["others"], ["never"]),
}
OF_THE_ONE_EXPOSED: dict[str, tuple[Any, Any]] = {
    "DR-09": ("pregnant", "no"),
    "DR-14": (["thoughts"], ["never"]),
    "DR-20": (["at_risk"], ["none"]),
}


def markers(present: int, answered: int = 23) -> list[Thing]:
    """The first `answered` markers of direction A to B, the first `present` of them found."""
    asked = [
        *((question, "A>B", values) for question, values in MARKERS.items()),
        *((question, "A", values) for question, values in OF_THE_ONE_WHO_ACTS.items()),
        *((question, "B", values) for question, values in OF_THE_ONE_EXPOSED.items()),
        ("DR-04", "A-B", ("planning", "together")),
    ]
    assert len(asked) == 23
    return [
        support(question, about, values[0] if number < present else values[1])
        for number, (question, about, values) in enumerate(asked[:answered])
    ]


@pytest.mark.parametrize("present", [0, 1, 9, 10, 23])
def test_markers_are_counted_one_per_question(present: int) -> None:
    given(*markers(present)).finds("MARKERS_AB", present)


def test_markers_are_known_while_no_more_than_seven_are_unknown() -> None:
    given(*markers(3, answered=16)).finds("MARKERS_AB", 3)
    given(*markers(3, answered=15)).leaves_unknown("MARKERS_AB")


def test_a_non_answer_leaves_a_marker_unknown() -> None:
    things = [*markers(3, answered=15), support("DR-20", "B", "NSA")]
    given(*things).leaves_unknown("MARKERS_AB")


def test_several_codes_of_one_question_are_one_marker() -> None:
    more = support("DR-16", "A", ["home", "health"])
    given(*markers(23), more, support("DR-16", "A", ["job"])).finds("MARKERS_AB", 23)


def test_what_is_older_than_twelve_months_is_no_marker() -> None:
    given(*markers(0), support("DR-10", "A>B", "past", on=LATER)).finds("MARKERS_AB", 0)


def test_what_endangers_the_one_exposed_counts_against_the_other_and_never_against_them() -> None:
    things = markers(23)
    assert given(*things).strength("MARKERS_BA") == "unknown"
    turned = {"A>B": "B>A", "A": "B", "B": "A", "A-B": "A-B"}
    back = [one | {"about": turned[one["about"]], "value": one["value"]} for one in markers(0)]
    exposed = [support(question, "B", values[0]) for question, values in OF_THE_ONE_EXPOSED.items()]
    given(*back, *exposed).finds("MARKERS_BA", 0)


def test_a_question_about_both_directions_counts_in_both() -> None:
    things = [*markers(0), support("DR-04", "A-B", "discovered", on=LATER)]
    given(*things).finds("MARKERS_AB", 1)


# --- SEP, APART -------------------------------------------------------------------------------------------------------

SEPARATION = {
    "together": (0, 0),
    "thinking": (2, 0),
    "planning": (2, 0),
    "discovered": (2, 0),
    "left_recent": (2, 2),
    "left_long": (0, 2),
    "on_off": (2, 2),
}


@pytest.mark.parametrize(("answer", "found"), SEPARATION.items())
def test_separation_by_the_answer(answer: str, found: tuple[int, int]) -> None:
    given(support("DR-04", "A-B", answer)).finds("SEP", found[0]).finds("APART", found[1])


def test_a_separation_told_later() -> None:
    given(support("RC-01", "", ["separation"])).finds("SEP", 2)


def test_those_who_were_never_a_couple_are_not_separating_and_live_apart_by_where_they_live() -> None:
    never = support("DR-04", "A-B", "never_couple")
    given(never).rules_out("SEP").leaves_unknown("APART")
    together = referrer("RI-03", "A-B", [{"code": "siblings", "living_together_now": "yes"}])
    given(never, together).rules_out("SEP", "APART")
    apart = referrer("RI-03", "A-B", [{"code": "siblings", "living_together_now": "no"}])
    given(never, apart).finds("APART", 2)


def test_never_a_couple_but_someone_plans_to_leave() -> None:
    given(support("DR-04", "A-B", "never_couple"), police("DR-04", "A-B", "planning")).finds("SEP", 2)


def test_apart_by_the_tie_or_a_separation_date() -> None:
    given(referrer("RI-03", "A-B", ["ex_partner"])).finds("APART", 2)
    given(referrer("RI-03", "A-B", [{"code": "partner", "separated_since": "2026-01"}])).finds("APART", 2)
    given(referrer("RI-03", "A-B", [{"code": "partner", "living_together_now": "yes"}])).rules_out("APART")
    given(referrer("RI-03", "A-B", ["partner"])).leaves_unknown("APART")


# --- PREG, HBA, FM, FGM, MULTI, SUIC ----------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", ["pregnant", "recent_birth", "loss"])
def test_pregnancy(answer: str) -> None:
    given(support("DR-09", "B", answer)).finds("PREG_B", 2).finds("PREG", 2).leaves_unknown("PREG_A")
    given(support("DR-09", "B", "possible")).finds("PREG_B", 1)
    given(police("RC-01", "", [{"code": "pregnancy", "who": "b"}])).finds("PREG_B", 2).leaves_unknown("PREG_A")
    given(referrer("RI-12", "", ["expected"])).finds("PREG", 2)


def test_pregnancy_is_ruled_out_by_the_person_alone() -> None:
    given(alone("B", "DR-09", "B", "no")).rules_out("PREG_B")
    given(health("DR-09", "B", "no")).rules_out("PREG_B")
    given(support("DR-09", "B", "no", by="B")).rules_out("PREG_B")
    given(said("DR-09", "B", "no", source="SELF", by="B")).leaves_unknown("PREG_B")
    given(from_source("CSC", "DR-09", "B", "no")).leaves_unknown("PREG_B")


def test_honour_based_abuse_of_the_one_who_lives_it() -> None:
    given(support("DR-19", "A>B", ["shame"])).finds("HBA_B", 2).finds("HBA", 2).leaves_unknown("HBA_A")


@pytest.mark.parametrize(
    "sign",
    [
        support("DR-19", "A>B", ["marriage_done"]),
        support("DR-19", "A>B", ["several_people"]),
        support("WD-06", "A>B", ["family_pressure"]),
        support("WD-13", "A>B", faith="once"),
    ],
    ids=["marriage_done", "several_people", "family_pressure", "faith"],
)
def test_a_weak_sign_of_honour_based_abuse_is_one(sign: Thing) -> None:
    given(sign).finds("HBA_B", 1).finds("HBA", 1)


def test_forced_marriage_by_a_marker_and_by_travel_that_is_near() -> None:
    for marker in ("marriage_pressure", "marriage_done", "travel"):
        given(support("DR-19", "A>B", [marker])).finds("FM_B", 2)
    given(support("DR-19", "A>B", ["travel_14d"])).finds("FM_B", 3).finds("DANGER_NOW", 2)
    given(support("DR-22", "A>B", ["taken"])).finds("FM_B", 1)
    given(police("DR-26", "", [{"code": "travel", "who": "b"}])).finds("FM_B", 2).leaves_unknown("FM_A")
    given(police("DR-26", "", ["travel"])).finds("FM_A", 2).finds("FM_B", 2)


def test_honour_and_forced_marriage_are_ruled_out_by_the_person_alone() -> None:
    none = alone("B", "DR-19", "A>B", ["none"])
    given(none).rules_out("HBA_B", "FM_B").leaves_unknown("HBA_A", "HBA", "FM")
    given(none, alone("A", "DR-19", "B>A", ["none"])).rules_out("HBA", "FM")
    for source in ("CSC", "OBS", "POL"):
        given(from_source(source, "DR-19", "A>B", ["none"])).leaves_unknown("HBA_B", "FM_B")
    given(none | {"tainted": True}).leaves_unknown("HBA_B", "FM_B")
    given(alone("A", "DR-19", "A>B", ["none"])).leaves_unknown("HBA_B", "FM_B")


def test_cutting() -> None:
    for marker in ("at_risk", "already_sisters"):
        given(support("DR-20", "B", [marker])).finds("FGM_B", 2)
    for marker in ("minor_cut", "travel_14d"):
        given(support("DR-20", "B", [marker])).finds("FGM_B", 3)
    given(support("DR-20", "B", ["travel_14d"])).finds("DANGER_NOW", 2)


def test_cutting_is_ruled_out_also_when_it_happened_and_nobody_else_is_exposed() -> None:
    given(alone("B", "DR-20", "B", ["none"])).rules_out("FGM_B")
    given(alone("B", "DR-20", "B", ["already"])).rules_out("FGM_B")
    given(alone("B", "DR-20", "B", ["already", "at_risk"])).finds("FGM_B", 2)
    given(from_source("CSC", "DR-20", "B", ["none"])).leaves_unknown("FGM_B")


def test_several_people_who_harm() -> None:
    given(support("DR-19", "A>B", ["several_people"])).finds("MULTI_B", 2).finds("MULTI", 2)
    given(support("WD-11", "A>B", relatives="own_will_harm")).finds("MULTI_B", 2)
    given(referrer("WD-11", "A>B", relatives="at_request")).leaves_unknown("MULTI_B")


def test_several_people_are_ruled_out_by_both_questions_in_both_directions() -> None:
    none = [support("DR-19", "A>B", ["none"]), support("WD-11", "A>B", friends_community="own_will_help")]
    back = [support("DR-19", "B>A", ["none"], by="A"), support("WD-11", "B>A", ["none"], by="A")]
    given(*none).rules_out("MULTI_B").leaves_unknown("MULTI")
    given(*none, *back).rules_out("MULTI")
    given(none[0]).leaves_unknown("MULTI_B")
    given(none[1]).leaves_unknown("MULTI_B")


SUICIDE = {
    "DR-13": {"talk": 2, "attempt_past": 2, "attempt_recent": 3, "threat_if_left": 3, "affairs_in_order": 3}
    | {"plan_means": 4},
    "DR-14": {"thoughts": 2, "self_harm": 2, "pushed": 3, "attempt": 3, "plan_means": 4},
    "CN-01": {"not_wake": 2, "thoughts": 2, "today": 3, "plan": 4, "intent_means": 4},
}
SUICIDE_CASES = [(question, code, strength) for question, codes in SUICIDE.items() for code, strength in codes.items()]


@pytest.mark.parametrize(("question", "code", "strength"), SUICIDE_CASES)
def test_suicidality_by_the_answer(question: str, code: str, strength: int) -> None:
    value = code if question == "CN-01" else [code]
    given(health(question, "A", value)).finds("SUIC_A", strength).leaves_unknown("SUIC_B")
    if code in {"plan_means", "plan", "intent_means"}:
        given(health(question, "A", value)).finds("SUICPLAN_A", 2)


def test_suicidality_told_later() -> None:
    given(police("RC-01", "", [{"code": "suicidality", "who": "a"}])).finds("SUIC_A", 2).leaves_unknown("SUIC_B")
    given(police("RC-01", "", ["suicidality"])).finds("SUIC_A", 2).finds("SUIC_B", 2)


@pytest.mark.parametrize(("question", "value"), [("DR-13", ["never"]), ("DR-14", ["never"]), ("CN-01", "no")])
def test_suicidality_is_ruled_out_by_the_person_alone_or_health(question: str, value: object) -> None:
    given(alone("A", question, "A", value)).rules_out("SUIC_A", "SUICPLAN_A")
    given(health(question, "A", value)).rules_out("SUIC_A", "SUICPLAN_A")
    given(said(question, "A", value, source="SELF")).leaves_unknown("SUIC_A", "SUICPLAN_A")


@pytest.mark.parametrize("source", ["REF", "OBS"])
def test_nobody_else_rules_suicidality_out(source: str) -> None:
    given(from_source(source, "CN-01", "A", "no")).leaves_unknown("SUIC_A", "SUICPLAN_A")


@pytest.mark.parametrize("source", ["POL", "CRT", "REF", "CSC", "TP", "OBS"])
def test_nor_in_the_questions_on_danger(source: str) -> None:
    given(from_source(source, "DR-13", "A", ["never"])).leaves_unknown("SUIC_A", "SUICPLAN_A")


def test_a_plan_is_ruled_out_when_it_was_asked_about_though_thoughts_stand() -> None:
    given(alone("A", "CN-01", "A", "thoughts")).finds("SUIC_A", 2).rules_out("SUICPLAN_A")


def test_what_third_parties_and_courts_say_is_heard() -> None:
    given(third_party("DR-13", "A", ["talk"])).finds("SUIC_A", 2)
    given(court("DR-13", "A", ["talk"])).finds("SUIC_A", 2)
    given(worker("DR-13", "A", ["talk"], hearsay=True)).finds("SUIC_A", 1)
