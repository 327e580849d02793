"""Who does what to whom: the rows of 12.4 A, each strength and each zero, and what must stay unknown."""

import pytest

from tests.assess.language import (
    Thing,
    alone,
    court,
    from_source,
    given,
    police,
    referrer,
    support,
    whole,
)

# --- CTRL -------------------------------------------------------------------------------------------------------------

CONTROL = support("WD-01", "A>B", money="pattern", movement="repeated", cost="he shouts")


def test_control_is_two_domains_repeated_and_a_refusal_that_costs() -> None:
    given(CONTROL).finds("CTRL_AB", 2).leaves_unknown("CTRL_BA")


def test_control_admitted_with_its_cost_is_established() -> None:
    given(alone("A", "WD-01", "A>B", money="pattern", movement="repeated", cost="I shout")).finds("CTRL_AB", 4)


def test_one_domain_is_one_even_when_a_refusal_costs() -> None:
    given(support("WD-01", "A>B", money="pattern", cost="he shouts")).finds("CTRL_AB", 1)


def test_control_without_a_known_cost_of_refusal_is_one() -> None:
    given(support("WD-01", "A>B", money="pattern", movement="pattern")).finds("CTRL_AB", 1)


@pytest.mark.parametrize("cost", ["nothing", "Nothing.", "aucune conséquence", "N/A"])
def test_words_that_say_a_refusal_costs_nothing_are_no_cost(cost: str) -> None:
    given(support("WD-01", "A>B", money="pattern", movement="pattern", cost=cost)).finds("CTRL_AB", 1)


@pytest.mark.parametrize("cost", ["punish", "violence"])
def test_the_consequence_of_refusal_may_stand_in_wd_21(cost: str) -> None:
    given(support("WD-01", "A>B", money="pattern", movement="pattern"), support("WD-21", "A>B", cost)).finds(
        "CTRL_AB", 2
    )


@pytest.mark.parametrize("answer", ["nothing", "sulks"])
def test_sulking_or_nothing_leaves_control_at_one(answer: str) -> None:
    given(support("WD-01", "A>B", money="pattern", movement="pattern"), support("WD-21", "A>B", answer)).finds(
        "CTRL_AB", 1
    )


def test_a_cost_alone_is_at_most_one() -> None:
    given(support("WD-21", "A>B", "punish")).finds("CTRL_AB", 1)


def test_rows_whose_purpose_is_safety_never_count() -> None:
    given(
        support("WD-01", "A>B", money="pattern", movement="pattern", cost="he is stopped", purpose="safety")
    ).leaves_unknown("CTRL_AB")


def test_a_purpose_that_is_unclear_counts() -> None:
    given(support("WD-01", "A>B", money="pattern", movement="pattern", cost="shouts", purpose="unclear")).finds(
        "CTRL_AB", 2
    )


def test_domains_that_happened_once_are_not_repeated() -> None:
    given(support("WD-01", "A>B", money="once", movement="once", devices="once", cost="he shouts")).finds("CTRL_AB", 1)


@pytest.mark.parametrize("answer", ["most", "most_punished", "ended"])
def test_decisions_taken_by_one_alone_give_two(answer: str) -> None:
    given(support("DR-06", "A>B", answer)).finds("CTRL_AB", 2)


def test_decisions_taken_by_one_give_two_at_most_even_when_admitted() -> None:
    given(alone("A", "DR-06", "A>B", "most_punished")).finds("CTRL_AB", 2)


def test_some_decisions_give_one_and_a_referrers_word_gives_one() -> None:
    given(support("DR-06", "A>B", "some")).finds("CTRL_AB", 1)
    given(referrer("DR-06", "A>B", "most_punished")).finds("CTRL_AB", 1)


def test_decisions_told_by_the_same_person_are_no_second_class() -> None:
    given(CONTROL, alone("B", "DR-06", "A>B", "most_punished")).finds("CTRL_AB", 2)


def test_decisions_told_by_another_class_are_a_second_one() -> None:
    given(CONTROL, police("DR-06", "A>B", "most")).finds("CTRL_AB", 3)


def test_most_punished_is_a_cost_of_refusal() -> None:
    given(support("WD-01", "A>B", money="pattern", movement="pattern"), police("DR-06", "A>B", "most_punished")).finds(
        "CTRL_AB", 3
    )


def test_money_levers_and_devices_join_the_domain_they_name() -> None:
    given(support("WD-09", "A>B", income="pattern", debt="repeated"), support("WD-21", "A>B", "punish")).finds(
        "CTRL_AB", 1
    )
    given(support("WD-09", "A>B", income="pattern", work_blocked="repeated"), support("WD-21", "A>B", "punish")).finds(
        "CTRL_AB", 2
    )
    given(
        support("DR-28", "A>B", ["tracking"]), support("WD-13", "A>B", immigration="repeated"),
        support("WD-21", "A>B", "punish"),
    ).finds("CTRL_AB", 2)  # fmt: skip


def test_reproductive_and_coerced_sex_are_a_domain() -> None:
    given(support("WD-12", "A>B", ["reproductive"]), support("WD-01", "A>B", money="pattern", cost="he hits")).finds(
        "CTRL_AB", 2
    )


def test_needs_used_against_the_person_are_control_by_the_other() -> None:
    given(alone("B", "CN-13", "B", ["other_holds"]), support("WD-01", "A>B", money="pattern", cost="he hits")).finds(
        "CTRL_AB", 2
    ).leaves_unknown("CTRL_BA")


def test_holding_the_others_medication_is_control_by_the_one_asked_and_an_admission() -> None:
    given(
        alone("A", "CN-13", "A", ["holds_others"]), alone("A", "WD-01", "A>B", money="pattern", cost="I shout")
    ).finds("CTRL_AB", 4)


@pytest.mark.parametrize(
    ("question", "code"), [("CN-04", "used_against"), ("CN-09", "care_missing"), ("EQ-08", "threatened")]
)
def test_what_somebody_else_did_is_no_control_by_the_other_of_the_pair(question: str, code: str) -> None:
    other = alone("B", question, "B", [{"code": code, "by_whom": "someone_else"}])
    given(other).leaves_unknown("CTRL_AB")


@pytest.mark.parametrize(
    ("question", "code"), [("CN-04", "used_against"), ("CN-09", "care_missing"), ("EQ-08", "threatened")]
)
def test_who_did_it_not_being_known_it_stays_possible(question: str, code: str) -> None:
    given(alone("B", question, "B", [code])).finds("CTRL_AB", 1)


def test_a_court_that_names_control_establishes_it_in_the_direction_found() -> None:
    given(court("LT-09", "A>B", [{"code": "found_harm", "facts_named": ["control"]}])).finds("CTRL_AB", 4)
    given(court("LT-09", "A>B", [{"code": "found_b_harm", "facts_named": ["control"]}])).finds("CTRL_BA", 4)
    given(court("LT-09", "A>B", [{"code": "found_harm", "facts_named": ["physical"]}])).leaves_unknown("CTRL_AB")


def test_control_is_ruled_out_by_every_domain_none_from_the_person_who_would_live_it() -> None:
    given(support("WD-01", "A>B", whole("WD-01"))).rules_out("CTRL_AB").leaves_unknown("CTRL_BA")


def test_a_domain_not_asked_about_leaves_control_unknown() -> None:
    given(support("WD-01", "A>B", whole("WD-01")[:-1])).leaves_unknown("CTRL_AB")


def test_never_deciding_alone_rules_nothing_out_without_the_domains() -> None:
    given(support("DR-06", "A>B", "never")).leaves_unknown("CTRL_AB")


@pytest.mark.parametrize("source", ["REF", "POL", "CRT", "CSC", "HLT", "TP", "OBS"])
def test_no_other_source_rules_control_out(source: str) -> None:
    given(from_source(source, "WD-01", "A>B", whole("WD-01"))).leaves_unknown("CTRL_AB")


def test_control_is_not_ruled_out_while_one_domain_stands() -> None:
    given(support("WD-01", "A>B", whole("WD-01")), police("WD-01", "A>B", money="pattern")).finds("CTRL_AB", 1)


def test_domains_none_told_by_two_sources_together_make_every_domain() -> None:
    rows = whole("WD-01")
    given(support("WD-01", "A>B", rows[:6]), alone("B", "WD-01", "A>B", rows[6:])).rules_out("CTRL_AB")


# --- SEVPAT -----------------------------------------------------------------------------------------------------------


def episode(kind: str, day: str, **details: str) -> Thing:
    row = {"code": kind, "date_or_period": day, **({"scale": details.pop("care")} if "care" in details else {})}
    return support("WD-04", "A>B", [row], **details)


def test_a_severe_pattern_is_two_dated_episodes() -> None:
    given(episode("wound", "2026-03-01"), episode("neck", "2026-05-01")).finds("SEVPAT_AB", 2)


@pytest.mark.parametrize("kind", ["wound", "neck", "sexual", "lasting"])
def test_one_severe_episode_is_one(kind: str) -> None:
    given(episode(kind, "2026-03-01")).finds("SEVPAT_AB", 1)


def test_marks_count_only_with_hospital_care() -> None:
    given(episode("marks", "2026-03-01", care="hospital"), episode("wound", "2026-05-01")).finds("SEVPAT_AB", 2)
    given(episode("marks", "2026-03-01", care="gp"), episode("wound", "2026-05-01")).finds("SEVPAT_AB", 1)


@pytest.mark.parametrize("kind", ["pain_only", "defensive"])
def test_pain_and_defensive_marks_are_no_episode(kind: str) -> None:
    given(episode(kind, "2026-03-01"), episode("wound", "2026-05-01")).finds("SEVPAT_AB", 1)


def test_one_event_told_twice_counts_once() -> None:
    given(episode("wound", "2026-03-01"), episode("lasting", "2026-03-01")).finds("SEVPAT_AB", 1)
    given(episode("wound", "2026-03"), episode("wound", "2026-03-04")).finds("SEVPAT_AB", 1)


def test_an_episode_without_a_date_is_no_dated_episode() -> None:
    given(support("WD-04", "A>B", ["wound"]), episode("wound", "2026-03-01")).finds("SEVPAT_AB", 1)


def test_the_neck_and_sexual_violence_asked_in_flow_b_are_episodes() -> None:
    given(support("DR-01", "A>B", "past"), support("DR-07", "A>B", "year")).finds("SEVPAT_AB", 2)


def test_the_neck_told_in_flow_b_and_c_is_one_event() -> None:
    given(support("DR-01", "A>B", "year"), episode("neck", "2026-03-01")).finds("SEVPAT_AB", 1)


def test_forced_sex_is_an_episode() -> None:
    given(support("WD-12", "A>B", ["forced"]), episode("wound", "2026-03-01")).finds("SEVPAT_AB", 2)


def test_comparable_harm_the_other_way_that_resistance_does_not_explain_leaves_it_at_one() -> None:
    there = [episode("wound", "2026-03-01"), episode("wound", "2026-05-01")]
    back = [one | {"about": "B>A"} for one in there]
    given(*there, *back).finds("SEVPAT_AB", 1).finds("SEVPAT_BA", 1)


def test_resistance_explains_the_harm_the_other_way() -> None:
    there = [episode("wound", "2026-03-01"), episode("wound", "2026-05-01")]
    back = [one | {"about": "B>A"} for one in there]
    resisting = [
        support("WD-18", "B", ["hit"], by="B"),
        support("RV-01", "B>A", ["hit_held"]),
        support("RV-02", "B>A", ["get_away"]),
    ]
    given(*there, *back, *resisting).finds("RES_B", 2).finds("SEVPAT_AB", 2).finds("SEVPAT_BA", 1)


def test_less_than_two_episodes_the_other_way_is_not_comparable() -> None:
    given(
        episode("wound", "2026-03-01"),
        episode("wound", "2026-05-01"),
        episode("wound", "2026-06-01") | {"about": "B>A"},
    ).finds("SEVPAT_AB", 2)


NO_EPISODE = [
    support("WD-04", "A>B", ["none"]),
    support("DR-01", "A>B", "never"),
    support("DR-07", "A>B", "never"),
]


@pytest.mark.parametrize("rest", [["none"], ["pain_only"], ["defensive"], ["pain_only", "defensive"]])
def test_a_severe_pattern_is_ruled_out_by_three_questions_answered(rest: list[str]) -> None:
    given(support("WD-04", "A>B", rest), *NO_EPISODE[1:]).rules_out("SEVPAT_AB")


def test_marks_without_hospital_are_no_episode_and_let_it_be_ruled_out() -> None:
    given(support("WD-04", "A>B", marks="gp"), *NO_EPISODE[1:]).rules_out("SEVPAT_AB")


def test_a_severe_pattern_is_not_ruled_out_while_one_question_is_open() -> None:
    for left_out in range(3):
        given(*(one for number, one in enumerate(NO_EPISODE) if number != left_out)).leaves_unknown("SEVPAT_AB")


def test_records_alone_do_not_rule_a_severe_pattern_out() -> None:
    given(*(one | {"source": "HLT"} for one in NO_EPISODE)).leaves_unknown("SEVPAT_AB")
