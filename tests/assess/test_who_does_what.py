"""Who does what to whom: the rows of 12.4 A, each strength and each zero, and what must stay unknown."""

import pytest

from tests.assess.language import (
    EARLIER,
    LATER,
    Thing,
    act,
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
    whole,
    worker,
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


# --- FEAR -------------------------------------------------------------------------------------------------------------


def test_fear_said_with_one_effect_is_the_strength_of_its_source() -> None:
    given(support("WD-02", "A>B", ["afraid_word", "avoids"])).finds("FEAR_AB", 2)


def test_fear_may_be_said_in_the_questions_on_danger() -> None:
    given(support("DR-22", "A>B", ["death_me"]), support("WD-02", "A>B", ["hides"])).finds("FEAR_AB", 2)


def test_two_effects_are_fear_without_the_word() -> None:
    given(support("WD-02", "A>B", ["avoids", "watches"])).finds("FEAR_AB", 2)


def test_the_word_alone_is_one_wherever_it_is_said() -> None:
    given(support("WD-02", "A>B", ["afraid_word"])).finds("FEAR_AB", 1)
    given(support("DR-22", "A>B", ["grave_harm"])).finds("FEAR_AB", 1)
    given(support("WD-02", "A>B", ["afraid_word"]), support("DR-22", "A>B", ["grave_harm"])).finds("FEAR_AB", 1)


def test_one_effect_alone_is_one() -> None:
    given(support("WD-02", "A>B", ["hides"])).finds("FEAR_AB", 1)


def test_anger_or_numbness_is_a_note_and_no_effect() -> None:
    given(support("WD-02", "A>B", ["afraid_word", "anger_numb"])).finds("FEAR_AB", 1)
    given(support("WD-02", "A>B", ["anger_numb"])).leaves_unknown("FEAR_AB")


@pytest.mark.parametrize("source", ["HLT", "CSC", "POL", "OBS"])
def test_effects_seen_at_two_contacts_are_a_second_class(source: str) -> None:
    given(
        support("WD-02", "A>B", ["avoids", "watches"]),
        from_source(source, "WD-02", "A>B", ["avoids", "watches"], on=EARLIER, contact="c1"),
        from_source(source, "WD-02", "A>B", ["avoids", "watches"], on=LATER, contact="c2"),
    ).finds("FEAR_AB", 3)


def test_effects_seen_at_one_contact_are_no_second_class() -> None:
    given(
        support("WD-02", "A>B", ["avoids", "watches"]), worker("WD-02", "A>B", ["avoids", "watches"], on=EARLIER)
    ).finds("FEAR_AB", 2)


def test_two_contacts_need_two_dates() -> None:
    given(
        support("WD-02", "A>B", ["avoids", "watches"]),
        worker("WD-02", "A>B", ["avoids", "watches"], contact="c1"),
        worker("WD-02", "A>B", ["avoids", "watches"], contact="c2"),
    ).finds("FEAR_AB", 2)


def test_effects_of_two_contacts_need_to_be_effects() -> None:
    """The word relayed a second time is no effect seen at a second contact."""
    given(
        support("WD-02", "A>B", ["avoids", "watches"]),
        health("WD-02", "A>B", ["avoids", "watches"], on=EARLIER),
        health("WD-02", "A>B", ["no_change"], on=LATER),
    ).finds("FEAR_AB", 2)


NO_FEAR = [support("WD-02", "A>B", ["no_change"], on=EARLIER), support("WD-02", "A>B", ["no_change"], on=LATER)]


def test_fear_is_ruled_out_by_the_person_alone_at_two_contacts() -> None:
    given(*NO_FEAR).rules_out("FEAR_AB")
    given(NO_FEAR[0], alone("B", "WD-02", "A>B", ["no_change"], on=LATER)).rules_out("FEAR_AB")


def test_once_is_not_twice() -> None:
    given(NO_FEAR[0]).leaves_unknown("FEAR_AB")
    given(NO_FEAR[0], NO_FEAR[0] | {"contact": "c2"}).leaves_unknown("FEAR_AB")
    given(NO_FEAR[0], NO_FEAR[1] | {"contact": NO_FEAR[0]["contact"]}).leaves_unknown("FEAR_AB")


@pytest.mark.parametrize("source", ["HLT", "CSC", "POL", "OBS"])
def test_nobody_else_says_that_there_is_no_fear(source: str) -> None:
    given(*(one | {"source": source} for one in NO_FEAR)).leaves_unknown("FEAR_AB")


def test_not_fear_but_something_else_at_one_contact_unsafe_does_not_settle() -> None:
    given(NO_FEAR[0], NO_FEAR[1] | {"tainted": True}).leaves_unknown("FEAR_AB")


# --- SPACE ------------------------------------------------------------------------------------------------------------


def test_space_is_two_areas_reduced_because_of_the_other() -> None:
    given(support("WD-03", "A>B", people="reduced_because", spending="stopped_because")).finds("SPACE_AB", 2)


def test_one_area_is_one() -> None:
    given(support("WD-03", "A>B", people="reduced_because", spending="reduced_other")).finds("SPACE_AB", 1)


def test_what_the_outcome_measure_shows_joins_the_area_it_names() -> None:
    given(support("WD-03", "A>B", people="reduced_because"), support("RC-06", "B", friends="less", by="B")).finds(
        "SPACE_AB", 1
    )
    given(support("WD-03", "A>B", people="reduced_because"), support("RC-06", "B", money="much_less", by="B")).finds(
        "SPACE_AB", 2
    )


@pytest.mark.parametrize("change", ["same", "more", "not_asked_me"])
def test_an_outcome_that_is_no_loss_says_nothing_of_space(change: str) -> None:
    given(support("RC-06", "B", money=change, friends=change)).leaves_unknown("SPACE_AB")


def test_space_is_ruled_out_by_every_area_unchanged_or_reduced_for_another_reason() -> None:
    rows = [*whole("WD-03", value="unchanged")[:-1], {"code": "online", "scale": "reduced_other"}]
    given(support("WD-03", "A>B", rows)).rules_out("SPACE_AB")
    given(support("WD-03", "A>B", rows[:-1])).leaves_unknown("SPACE_AB")


@pytest.mark.parametrize("source", ["HLT", "CSC", "POL", "TP", "OBS"])
def test_nobody_else_says_that_nothing_was_lost(source: str) -> None:
    given(from_source(source, "WD-03", "A>B", whole("WD-03", value="unchanged"))).leaves_unknown("SPACE_AB")


# --- INJ, PHYS --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["marks", "wound", "neck", "sexual", "lasting"])
def test_one_injury_is_the_strength_of_its_source(kind: str) -> None:
    given(support("WD-04", "A>B", [kind])).finds("INJ_AB", 2)
    given(support("WD-04", "A>B", [kind]), health("WD-04", "A>B", [kind])).finds("INJ_AB", 3)


def test_a_defensive_mark_never_counts_as_injury_or_act() -> None:
    given(health("WD-04", "A>B", ["defensive"])).leaves_unknown("INJ_AB", "PHYS_AB")


@pytest.mark.parametrize("rest", [["none"], ["pain_only"], ["defensive"]])
def test_injury_is_ruled_out_after_asking_the_person_and_the_records(rest: list[str]) -> None:
    given(support("WD-04", "A>B", rest), health("WD-04", "A>B", rest)).rules_out("INJ_AB")


def test_asking_without_the_records_or_the_records_alone_does_not_rule_injury_out() -> None:
    given(support("WD-04", "A>B", ["none"])).leaves_unknown("INJ_AB")
    given(health("WD-04", "A>B", ["none"]), police("WD-04", "A>B", ["none"])).leaves_unknown("INJ_AB")


@pytest.mark.parametrize("kind", ["pain_only", "marks", "wound", "neck", "lasting"])
def test_one_act_is_physical_violence(kind: str) -> None:
    given(support("WD-04", "A>B", [kind])).finds("PHYS_AB", 2)


@pytest.mark.parametrize("kind", ["push_grab", "hit", "object", "weapon", "neck", "vehicle_substance"])
def test_force_of_each_kind_is_a_physical_act(kind: str) -> None:
    given(support("WD-18", "A", [kind], by="B")).finds("PHYS_AB", 2).finds("FORCE_A", 2)


def test_violence_on_refusal_is_a_possible_physical_act() -> None:
    given(support("WD-21", "A>B", "violence")).finds("PHYS_AB", 1)


def test_what_was_done_before_force_was_used_is_violence_by_the_other() -> None:
    given(support("RV-01", "B>A", ["strangled"])).finds("PHYS_AB", 2).finds("NFS_AB", 2)
    given(support("RV-01", "B>A", ["sexual"])).finds("SEXV_AB", 2)


def test_a_court_that_names_physical_acts_establishes_them() -> None:
    given(court("LT-09", "A>B", [{"code": "admitted", "facts_named": ["physical", "sexual"]}])).finds(
        "PHYS_AB", 4
    ).finds("SEXV_AB", 4)


def asked_on_both_sides(codes: list[str], person: str = "A") -> list[Thing]:
    other = {"A": "B", "B": "A"}[person]
    return [
        alone(person, "WD-18", person, codes),
        support("WD-18", person, codes, by=other),
        police("WD-18", person, codes),
    ]


@pytest.mark.parametrize("codes", [["none"], ["property"], ["threat_force"], ["sexual"], ["property", "sexual"]])
def test_physical_violence_is_ruled_out_on_both_sides_and_in_the_records(codes: list[str]) -> None:
    given(*asked_on_both_sides(codes)).rules_out("PHYS_AB")


def test_one_of_the_three_missing_leaves_force_and_violence_unknown() -> None:
    for left_out in range(3):
        given(*(one for number, one in enumerate(asked_on_both_sides(["none"])) if number != left_out)).leaves_unknown(
            "PHYS_AB", "FORCE_A"
        )


def test_a_record_that_relays_a_party_is_no_search_of_the_records() -> None:
    things = asked_on_both_sides(["none"])
    given(things[0], things[1], police("WD-18", "A", ["none"], by="A")).leaves_unknown("FORCE_A", "PHYS_AB")


# --- INIT -------------------------------------------------------------------------------------------------------------


def sequence(*events: tuple[str, str], **details: str) -> Thing:
    return support("WD-05", "A-B", [{"code": code, "scale": event} for code, event in events], **details)


def test_who_began_in_two_of_three_events() -> None:
    given(sequence(("x_started", "first"), ("x_blocked", "worst"))).finds("INIT_AB", 2)
    given(sequence(("y_threatened", "first"), ("y_started", "latest"))).finds("INIT_BA", 2)


def test_one_event_is_one() -> None:
    given(sequence(("x_started", "first"))).finds("INIT_AB", 1)
    given(sequence(("x_started", "first"), ("x_blocked", "first"))).finds("INIT_AB", 1)


def test_trying_to_leave_starts_nothing() -> None:
    given(sequence(("x_tried_leave", "first"), ("y_tried_leave", "worst"))).leaves_unknown("INIT_AB", "INIT_BA")


def test_three_events_known_and_none_begun_by_one_rule_it_out_for_that_one() -> None:
    given(sequence(("x_started", "first"), ("x_blocked", "worst"), ("y_tried_leave", "latest"))).rules_out("INIT_BA")


def test_two_events_known_do_not_rule_it_out() -> None:
    given(sequence(("x_started", "first"), ("x_blocked", "worst"), ("unclear", "latest"))).leaves_unknown("INIT_BA")


def test_the_own_story_of_who_began_rules_nothing_out_for_oneself() -> None:
    given(
        said(
            "WD-05",
            "A-B",
            [{"code": "y_started", "scale": one} for one in ("first", "worst", "latest")],
            source="SELF",
            by="A",
        )
    ).leaves_unknown("INIT_AB")


# --- POSTSEP, PROXY ---------------------------------------------------------------------------------------------------


def test_two_acts_after_separation() -> None:
    given(support("WD-10", "A>B", ["contact", "handovers"])).finds("POSTSEP_AB", 2)
    given(support("WD-10", "A>B", ["contact"])).finds("POSTSEP_AB", 1)
    given(support("WD-10", "A>B", ["contact"]), support("WD-09", "A>B", maintenance="repeated")).finds("POSTSEP_AB", 2)
    given(support("LT-03", "A>B", ["message_flood"]), support("LT-05", "A>B", ["police"])).finds("POSTSEP_AB", 2)


def test_nothing_after_separation_is_ruled_out_by_the_answer_or_by_living_together() -> None:
    given(support("WD-10", "A>B", ["none"])).rules_out("POSTSEP_AB")
    given(support("DR-04", "A-B", "together")).rules_out("APART", "POSTSEP_AB", "POSTSEP_BA")


def test_the_accused_does_not_rule_out_what_came_after_separation() -> None:
    given(alone("A", "WD-10", "A>B", ["none"])).leaves_unknown("POSTSEP_AB")


def test_two_acts_through_others_or_one_serious() -> None:
    row = {"code": "relatives", "scale": "at_request"}
    given(support("WD-11", "A>B", [row])).finds("PROXY_AB", 1)
    given(support("WD-11", "A>B", [row | {"serious": "yes"}])).finds("PROXY_AB", 2)
    given(support("WD-11", "A>B", [row, {"code": "employer", "scale": "unwitting"}])).finds("PROXY_AB", 2)
    given(support("DR-12", "A>B", ["used"]), support("WD-10", "A>B", ["messages_via_child"])).finds("PROXY_AB", 2)
    given(support("LT-05", "A>B", ["police", "employer"])).finds("PROXY_AB", 2)


@pytest.mark.parametrize("whose", ["own_will_help", "unclear"])
def test_those_who_act_on_their_own_will_are_no_proxies(whose: str) -> None:
    given(support("WD-11", "A>B", relatives=whose, employer=whose)).leaves_unknown("PROXY_AB")


def test_proxies_are_ruled_out_by_none_and_not_by_the_accused() -> None:
    given(support("WD-11", "A>B", ["none"])).rules_out("PROXY_AB")
    given(alone("A", "WD-11", "A>B", ["none"])).leaves_unknown("PROXY_AB")
    given(support("WD-11", "A>B", ["none"]), support("DR-12", "A>B", ["used"])).finds("PROXY_AB", 1)


# --- TPEV, DEP, ECON --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seen", ["saw_act", "heard_act", "saw_injury", "saw_fear", "has_record"])
def test_what_a_third_party_saw_or_heard_itself_is_two_and_three_by_two_classes(seen: str) -> None:
    given(third_party("WD-14", "A>B", [seen])).finds("TPEV_AB", 2)
    given(third_party("WD-14", "A>B", [seen]), health("WD-14", "A>B", [seen])).finds("TPEV_AB", 3)


def test_an_authenticated_recording_of_a_third_party_is_four() -> None:
    given(third_party("WD-14", "A>B", ["has_record"], recording="authenticated")).finds("TPEV_AB", 4)


@pytest.mark.parametrize("codes", [["told_only"], ["interested"], ["saw_act", "interested"]])
def test_an_interested_or_relayed_third_party_is_one(codes: list[str]) -> None:
    given(third_party("WD-14", "A>B", codes)).finds("TPEV_AB", 1)


def test_who_saw_something_and_was_told_more_still_saw_something() -> None:
    given(third_party("WD-14", "A>B", ["saw_act", "told_only"])).finds("TPEV_AB", 2)


def test_a_child_afraid_of_one_speaks_in_that_direction() -> None:
    given(from_source("CSC", "WD-15", "A-B", ["afraid_a"])).finds("TPEV_AB", 2).leaves_unknown("TPEV_BA")
    given(from_source("CSC", "WD-15", "A-B", ["afraid_b"])).finds("TPEV_BA", 2).leaves_unknown("TPEV_AB")
    given(from_source("CSC", "WD-15", "A-B", ["not_heard"])).leaves_unknown("TPEV_AB", "TPEV_BA", "CHILD_RISK")


def test_nobody_knows_whose_words_they_are_and_they_may_be_a_denial() -> None:
    given(said("WD-09", "A>B", ["shared"], source="SELF")).leaves_unknown("ECON_AB")


def test_third_party_evidence_is_ruled_out_after_a_search() -> None:
    given(police("WD-14", "A>B", ["none"])).rules_out("TPEV_AB")


@pytest.mark.parametrize(
    "barrier", ["money", "housing", "papers", "care_need", "children", "threats", "watched", "family_pressure", "animals", "health_disability"]
)  # fmt: skip
def test_one_concrete_barrier_keeps_the_person_from_leaving(barrier: str) -> None:
    given(support("WD-06", "A>B", [barrier])).finds("DEP_AB", 2)


def test_other_barriers_to_leaving() -> None:
    given(support("DR-21", "A>B", ["no_phone"])).finds("DEP_AB", 2)
    given(support("WD-13", "A>B", immigration="once")).finds("DEP_AB", 2)
    given(alone("B", "CN-05", "B", ["other_controls"])).finds("DEP_AB", 2)
    given(alone("B", "CN-09", "B", ["care_other_party"])).finds("DEP_AB", 2)
    given(alone("B", "CN-13", "B", ["other_holds"])).finds("DEP_AB", 2)
    given(alone("B", "EQ-08", "B", [{"code": "threatened", "by_whom": "other"}])).finds("DEP_AB", 2)


def test_distance_alone_is_one() -> None:
    given(support("DR-21", "A>B", ["remote"])).finds("DEP_AB", 1)
    given(support("LT-05", "A>B", ["immigration"])).finds("DEP_AB", 1)


def test_not_wanting_to_leave_is_no_barrier_and_no_no() -> None:
    given(support("WD-06", "A>B", ["does_not_want"]), support("DR-21", "A>B", ["none"])).leaves_unknown("DEP_AB")


def test_barriers_are_ruled_out_by_both_questions() -> None:
    given(support("WD-06", "A>B", ["none"]), support("DR-21", "A>B", ["none"])).rules_out("DEP_AB")
    given(support("WD-06", "A>B", ["none"])).leaves_unknown("DEP_AB")
    given(support("DR-21", "A>B", ["none"])).leaves_unknown("DEP_AB")


def test_the_accused_does_not_rule_out_what_keeps_the_other() -> None:
    given(alone("A", "WD-06", "A>B", ["none"]), alone("A", "DR-21", "A>B", ["none"])).leaves_unknown("DEP_AB")


@pytest.mark.parametrize(
    "item", ["income", "allowance", "debt", "work_blocked", "unpaid_labour", "titles", "maintenance", "damage"]
)
def test_one_money_item_repeated_is_economic_abuse(item: str) -> None:
    given(support("WD-09", "A>B", **{item: "repeated"})).finds("ECON_AB", 2)
    given(support("WD-09", "A>B", **{item: "once"})).finds("ECON_AB", 1)


def test_benefits_taken_and_no_money_at_all() -> None:
    given(support("WD-13", "A>B", benefits="pattern")).finds("ECON_AB", 2)
    given(support("DR-21", "A>B", ["no_money"])).finds("ECON_AB", 1)


def test_shared_money_rules_it_out_unless_the_accused_says_so() -> None:
    given(support("WD-09", "A>B", ["shared"])).rules_out("ECON_AB")
    given(alone("A", "WD-09", "A>B", ["shared"])).leaves_unknown("ECON_AB")


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


@pytest.mark.parametrize(
    ("record", "strength"),
    [("order_conviction", 4), ("police_record", 3), ("child_record", 3), ("ex_account", 2), ("relative_account", 2), ("possibly_misidentified", 1)],
)  # fmt: skip
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
