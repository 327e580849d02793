"""Force and resistance: the rows of 12.4 B, each strength, each zero, and what must stay unknown."""

from typing import Any

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
    police,
    referrer,
    said,
    signed,
    support,
    whole,
    worker,
)

B_HIT = support("WD-18", "B", ["hit"], by="B")
NO_FORCE_B = [
    alone("B", "WD-18", "B", ["none"]),
    alone("A", "WD-18", "B", ["none"]),
    police("WD-18", "B", ["none"]),
]
NO_CONTROL = support("WD-01", "A>B", whole("WD-01"))
NO_EPISODE = [support("WD-04", "A>B", ["none"]), support("DR-01", "A>B", "never"), support("DR-07", "A>B", "never")]
NO_FEAR = [support("WD-02", "A>B", ["no_change"], on=EARLIER), support("WD-02", "A>B", ["no_change"], on=LATER)]
NO_LOSS = support("WD-03", "A>B", whole("WD-03", value="unchanged"))
NO_CORE = [NO_CONTROL, *NO_EPISODE, *NO_FEAR, NO_LOSS]


def flow_d(**answers: object) -> list[Thing]:
    """Flow d of B, answered; `rv_03="changed"` changes one answer."""
    usual: dict[str, object] = {
        "rv_01": ["nothing"], "rv_02": ["pay_back"], "rv_03": "unsure", "rv_04": "other", "rv_05": "about_same",
        "rv_09": "unclear", "rv_10": "no_fact",
    }  # fmt: skip
    names = {**usual, **answers}
    return [
        said(name.upper().replace("_", "-"), "B>A", value, source="OBS" if name in {"rv_09", "rv_10"} else "ISS")
        for name, value in names.items()
    ]


# --- FORCE ------------------------------------------------------------------------------------------------------------

KINDS = ["push_grab", "hit", "object", "weapon", "neck", "sexual", "vehicle_substance"]


@pytest.mark.parametrize("kind", KINDS)
def test_force_is_the_strength_of_its_source(kind: str) -> None:
    given(police("WD-18", "B", [kind])).finds("FORCE_B", 2)
    given(police("WD-18", "B", [kind]), alone("A", "WD-18", "B", [kind])).finds("FORCE_B", 3)
    given(referrer("WD-18", "B", [kind])).finds("FORCE_B", 1)


def test_the_own_admission_of_force_is_four() -> None:
    given(alone("B", "WD-18", "B", ["hit"])).finds("FORCE_B", 4)


def test_an_admission_relayed_by_the_support_service_is_the_persons_own_word() -> None:
    given(B_HIT).finds("FORCE_B", 4)


@pytest.mark.parametrize("kind", ["property", "threat_force"])
def test_breaking_things_or_threatening_is_one(kind: str) -> None:
    given(alone("B", "WD-18", "B", [kind])).finds("FORCE_B", 1)


WRITTEN = {"force": 2, "threat_or_property": 1, "none": "unknown", "unclear": "unknown"}


@pytest.mark.parametrize(("written", "strength"), WRITTEN.items())
def test_force_in_an_event_is_read_from_its_codes(written: str, strength: int | str) -> None:
    row = {"code": "unclear", "scale": "worst", "force_by_b": written}
    given(police("WD-05", "A-B", [row])).finds("FORCE_B", strength).leaves_unknown("FORCE_A")


def test_force_is_ruled_out_on_both_sides_and_in_the_records() -> None:
    given(*NO_FORCE_B).rules_out("FORCE_B", "RES_B", "FCTRL_B", "ISOL_B").leaves_unknown("FORCE_A")


@pytest.mark.parametrize("left_out", [0, 1, 2])
def test_two_of_the_three_do_not_rule_force_out(left_out: int) -> None:
    given(*(one for number, one in enumerate(NO_FORCE_B) if number != left_out)).leaves_unknown("FORCE_B", "FCTRL_B")


def test_the_records_are_those_of_police_health_children_services_or_courts() -> None:
    for source in ("HLT", "CSC", "CRT"):
        given(*NO_FORCE_B[:2], from_source(source, "WD-18", "B", ["none"])).rules_out("FORCE_B")
    for source in ("REF", "TP", "OBS"):
        given(*NO_FORCE_B[:2], from_source(source, "WD-18", "B", ["none"])).leaves_unknown("FORCE_B")


def test_force_told_elsewhere_stands_against_none() -> None:
    row = {"code": "unclear", "scale": "worst", "force_by_b": "force"}
    given(*NO_FORCE_B, police("WD-05", "A-B", [row])).finds("FORCE_B", 2)


# --- RES --------------------------------------------------------------------------------------------------------------

RESISTED = [support("RV-01", "B>A", ["hit_held"]), support("RV-02", "B>A", ["get_away"])]


def test_resistance_is_force_a_possible_core_of_the_other_and_two_signs() -> None:
    given(B_HIT, *RESISTED).finds("RES_B", 2)


def test_what_the_worker_sees_of_the_whole_pattern_is_a_second_class() -> None:
    given(B_HIT, *RESISTED, worker("RV-09", "B>A", "other_controlled")).finds("RES_B", 3)


def test_the_same_person_speaking_twice_is_no_second_class() -> None:
    given(B_HIT, *RESISTED, alone("B", "RV-01", "B>A", ["hit_held"]), alone("B", "RV-02", "B>A", ["stop"])).finds(
        "RES_B", 2
    )


def test_one_sign_is_not_two() -> None:
    given(B_HIT, RESISTED[0]).leaves_unknown("RES_B")


def test_one_of_the_signs_must_be_what_came_before_or_what_it_was_for() -> None:
    later = [support("RV-03", "B>A", "no"), support("RV-04", "B>A", "worse"), support("RV-05", "B>A", "once")]
    given(B_HIT, *later).leaves_unknown("RES_B")
    given(B_HIT, *later, RESISTED[1]).finds("RES_B", 2)


SECOND_SIGNS = {
    "RV-03": ["no", "a_moment"],
    "RV-04": ["worse", "nothing_changed", "i_gave_in"],
    "RV-05": ["once", "rare", "much_less"],
    "RV-06": ["yes_stronger", "yes_trapped"],
}
NEUTRAL = {
    "RV-02": [["pay_back"]],
    "RV-03": ["says_afraid", "unsure"],
    "RV-04": ["it_stopped", "police", "other"],
    "RV-05": ["about_same", "more"],
    "RV-06": ["no_object", "at_hand", "other_reason"],
    "RV-07": ["no", "defence_only", "yes", "past"],
}


def each(answers: dict[str, Any]) -> list[tuple[str, Any]]:
    return [(question, answer) for question, given_answers in answers.items() for answer in given_answers]


@pytest.mark.parametrize(("question", "answer"), each(SECOND_SIGNS))
def test_each_of_these_is_a_second_sign(question: str, answer: str) -> None:
    given(B_HIT, RESISTED[0], support(question, "B>A", answer)).finds("RES_B", 2)


@pytest.mark.parametrize(("question", "answer"), each(NEUTRAL))
def test_what_is_neutral_is_no_second_sign(question: str, answer: object) -> None:
    given(B_HIT, RESISTED[0], support(question, "B>A", answer)).leaves_unknown("RES_B")


def test_without_force_that_is_indicated_there_is_nothing_to_explain() -> None:
    given(*RESISTED).leaves_unknown("RES_B")
    given(alone("B", "WD-18", "B", ["property"]), *RESISTED).leaves_unknown("RES_B")


def test_no_resistance_against_someone_whose_core_is_ruled_out() -> None:
    given(B_HIT, *RESISTED, NO_CONTROL, *NO_EPISODE).leaves_unknown("RES_B")
    given(B_HIT, *RESISTED, *NO_FEAR, NO_LOSS).leaves_unknown("RES_B")
    given(B_HIT, *RESISTED, NO_CONTROL, *NO_FEAR).finds("RES_B", 2)


def test_a_corroborated_sign_of_control_excludes_it() -> None:
    given(B_HIT, *RESISTED, support("RV-04", "B>A", "they_obeyed")).leaves_unknown("RES_B")
    given(B_HIT, *RESISTED, worker("RV-10", "B>A", "several")).leaves_unknown("RES_B")


def test_an_uncorroborated_sign_of_control_does_not() -> None:
    given(B_HIT, *RESISTED, worker("RV-09", "B>A", "this_controlled")).finds("RES_B", 2)
    given(B_HIT, *RESISTED, worker("RV-10", "B>A", "one_fact")).finds("RES_B", 2)


def test_cannot_say_keeps_it_unknown() -> None:
    given(B_HIT, *RESISTED, worker("RV-10", "B>A", "cannot_say")).leaves_unknown("RES_B")


@pytest.mark.parametrize("answer", ["possible", "yes"])
def test_flow_e_keeps_it_unknown(answer: str) -> None:
    given(B_HIT, *RESISTED, signed("W_B"), worker("DU-08", "B", answer)).leaves_unknown("RES_B")


# --- RESX -------------------------------------------------------------------------------------------------------------

SIGNED_B = act("RESX-SIGN", "B", "signed", on=LATER)
RECORD = police("WD-18", "B", ["hit"])


def test_resistance_is_ruled_out_by_the_act_after_flow_d_with_a_sign_of_control_and_two_classes() -> None:
    given(RECORD, *flow_d(rv_04="they_obeyed"), SIGNED_B).finds("RESX_B", 3).rules_out("RES_B")


def test_two_classes_give_two_and_three_give_three() -> None:
    things = flow_d(rv_02=["obey"])
    only_person_and_worker = [*things, SIGNED_B]
    given(*only_person_and_worker).finds("RESX_B", 2)
    given(*only_person_and_worker, RECORD).finds("RESX_B", 3)


def test_one_class_is_not_enough() -> None:
    things = [one for one in flow_d(rv_02=["obey"]) if one["source"] == "ISS"]
    given(*things, SIGNED_B).leaves_unknown("RESX_B")


def test_without_the_act_it_is_never_inferred() -> None:
    given(RECORD, *flow_d(rv_04="they_obeyed")).leaves_unknown("RESX_B")
    given(*NO_FORCE_B).leaves_unknown("RESX_B")


def test_the_act_without_its_conditions_says_nothing() -> None:
    given(RECORD, SIGNED_B).leaves_unknown("RESX_B")
    given(RECORD, *flow_d(), SIGNED_B).leaves_unknown("RESX_B")


@pytest.mark.parametrize("question", ["RV-01", "RV-02", "RV-03", "RV-04", "RV-05"])
def test_a_question_of_flow_d_left_open_keeps_it_unknown(question: str) -> None:
    things = [one for one in flow_d(rv_09="this_controlled") if one["question"] != question]
    given(RECORD, *things, SIGNED_B).leaves_unknown("RESX_B")


def test_all_four_core_findings_ruled_out_stand_for_a_sign_of_control() -> None:
    given(RECORD, *flow_d(), *NO_CORE, SIGNED_B).finds("RESX_B", 3)
    given(RECORD, *flow_d(), *NO_CORE[:-1], SIGNED_B).leaves_unknown("RESX_B")


def declined(question: str) -> list[Thing]:
    return [support(question, "B>A", "DEC", on=EARLIER), support(question, "B>A", "DEC", on=LATER)]


def test_declined_twice_it_may_be_signed_when_the_core_is_ruled_out_from_two_classes() -> None:
    refused = [one for number in range(1, 6) for one in declined(f"RV-0{number}")]
    ending = [worker("RV-09", "B>A", "unclear"), worker("RV-10", "B>A", "no_fact")]
    act_later = SIGNED_B | {"on": LATEST}
    given(RECORD, *refused, *ending, *NO_CORE, act_later).leaves_unknown("RESX_B")
    second = [one | {"source": "HLT"} for one in NO_EPISODE]
    given(RECORD, *refused, *ending, *NO_CORE, *second, act_later).finds("RESX_B", 2)
    given(RECORD, *refused, ending[0], *NO_CORE, *second, act_later).leaves_unknown("RESX_B")
    given(RECORD, *refused[1:], *ending, *NO_CORE, *second, act_later).leaves_unknown("RESX_B")


def test_the_act_lasts_until_flow_d_reopens() -> None:
    things = [RECORD, *flow_d(rv_04="they_obeyed"), SIGNED_B]
    given(*things, worker("RV-10", "B>A", "cannot_say", on=LATEST)).leaves_unknown("RESX_B", "RES_B")
    given(*things, signed("W_B"), worker("DU-08", "B", "possible", on=LATEST)).leaves_unknown("RESX_B", "RES_B")
    again = act("RESX-SIGN", "B", "signed", on="2026-11-21")
    given(*things, worker("RV-10", "B>A", "cannot_say", on=LATEST), again).finds("RESX_B", 3)


# --- FCTRL ------------------------------------------------------------------------------------------------------------

CONTROL_BY_B = support("WD-01", "B>A", money="pattern", movement="repeated", cost="shouts", by="A")


def test_force_to_control_is_two_signs_one_corroborated_and_control() -> None:
    given(B_HIT, CONTROL_BY_B, *flow_d(rv_02=["obey"], rv_04="they_obeyed")).finds("FCTRL_B", 2)


def test_two_codes_of_one_question_are_two_signs() -> None:
    given(B_HIT, CONTROL_BY_B, *flow_d(rv_02=["obey", "stay"])).finds("FCTRL_B", 2)


def test_several_facts_are_a_corroborated_sign() -> None:
    given(B_HIT, CONTROL_BY_B, *flow_d(rv_09="this_controlled", rv_10="several")).finds("FCTRL_B", 2)


def test_signs_noted_by_the_worker_alone_are_not_corroborated() -> None:
    open_yet = flow_d(rv_09="this_controlled", rv_10="one_fact")
    given(B_HIT, CONTROL_BY_B, *open_yet).rules_out("FCTRL_B")


def test_it_stays_unknown_while_the_facts_cannot_be_told() -> None:
    given(B_HIT, CONTROL_BY_B, *flow_d(rv_09="this_controlled", rv_10="cannot_say")).rules_out("FCTRL_B")
    things = [one for one in flow_d(rv_02=["obey", "stay"]) if one["question"] != "RV-10"]
    given(B_HIT, *things).leaves_unknown("FCTRL_B")


def test_admitted_signs_without_control_stay_unknown_until_control_is_ruled_out() -> None:
    things = [B_HIT, *flow_d(rv_02=["obey"], rv_04="they_obeyed")]
    given(*things).leaves_unknown("FCTRL_B")
    no_control = support("WD-01", "B>A", whole("WD-01"), by="A")
    given(*things, no_control).rules_out("FCTRL_B")


def test_fewer_than_two_signs_after_flow_d_rule_it_out() -> None:
    given(B_HIT, *flow_d()).rules_out("FCTRL_B")
    given(B_HIT, *flow_d(rv_09="this_controlled")).rules_out("FCTRL_B")


def test_declined_twice_counts_as_flow_d_answered() -> None:
    refused = [one for number in range(1, 6) for one in declined(f"RV-0{number}")]
    given(B_HIT, *refused, *flow_d()[-2:]).rules_out("FCTRL_B")
    given(B_HIT, *refused[1:], *flow_d()[-2:]).leaves_unknown("FCTRL_B")


def test_flow_d_not_answered_leaves_it_unknown() -> None:
    given(B_HIT).leaves_unknown("FCTRL_B")


# --- ISOL -------------------------------------------------------------------------------------------------------------

ONCE = [support("RV-05", "B>A", "once"), support("RV-03", "B>A", "no"), support("WD-04", "B>A", ["pain_only"], by="A")]


def test_a_single_act_is_once_without_effect_and_without_injury() -> None:
    given(B_HIT, *ONCE).finds("ISOL_B", 2)


@pytest.mark.parametrize("kind", ["marks", "wound", "neck", "sexual", "lasting"])
def test_an_injury_of_note_is_no_single_small_act(kind: str) -> None:
    given(B_HIT, *ONCE[:2], support("WD-04", "B>A", [kind], by="A")).leaves_unknown("ISOL_B")


def test_injuries_not_asked_about_leave_it_unknown() -> None:
    given(B_HIT, *ONCE[:2]).leaves_unknown("ISOL_B")


@pytest.mark.parametrize("often", ["rare", "much_less", "about_same", "more", "only_me"])
def test_more_than_once_rules_it_out(often: str) -> None:
    given(B_HIT, support("RV-05", "B>A", often), *ONCE[1:]).rules_out("ISOL_B")
