"""Who does what to whom: injuries, acts, who began, after separation, barriers, money (12.4 A)."""

import pytest

from tests.assess.language import (
    Thing,
    alone,
    court,
    from_source,
    given,
    health,
    police,
    said,
    support,
    third_party,
)

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


BARRIERS = "money housing papers care_need children threats watched family_pressure animals health_disability"


@pytest.mark.parametrize("barrier", BARRIERS.split())
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
