"""Walks: the path answered, the next question, what falls off the path and comes back; and what is missing."""

import pytest

from tests.assess.language import (
    EARLIER,
    LATER,
    Given,
    Thing,
    act,
    alone,
    court,
    given,
    police,
    referrer,
    rulebook,
    said,
    signed,
    support,
    whole,
    worker,
)
from triage.assess.missing import missing_of


def path(case: Given, flow: str, about: str = "") -> tuple[str, ...]:
    walk = case.walk(flow, about)
    assert walk is not None, f"flow {flow} is not open about {about!r}"
    return walk.path


def next_question(case: Given, flow: str, about: str = "") -> str | None:
    walk = case.walk(flow, about)
    assert walk is not None, f"flow {flow} is not open about {about!r}"
    return walk.next


# --- path and next ----------------------------------------------------------------------------------------------------


def test_a_walk_begins_with_the_question_of_danger() -> None:
    assert next_question(given(), "a") == "RI-01"
    assert next_question(given(), "b") == "DR-26"
    assert next_question(given(), "b", "A>B") == "DR-01"
    assert next_question(given(), "c", "B>A") == "WD-01"


def test_being_free_to_talk_is_asked_straight_after_the_question_of_danger() -> None:
    questions = rulebook().flows["a"].questions
    assert questions.index("RI-17") == questions.index("RI-01") + 1
    assert next_question(given(), "a", "A") == "RI-17"


def test_the_path_holds_what_was_answered_in_the_order_of_the_flow() -> None:
    case = given(support("DR-05", "A>B", "never"), support("DR-01", "A>B", "never"))
    assert path(case, "b", "A>B") == ("DR-01", "DR-05")
    assert next_question(case, "b", "A>B") == "DR-02"


@pytest.mark.parametrize("code", ["NK", "DEC", "NSA"])
def test_a_non_answer_moves_the_walk_on(code: str) -> None:
    case = given(support("DR-01", "A>B", code))
    assert path(case, "b", "A>B") == ("DR-01",)
    assert next_question(case, "b", "A>B") == "DR-02"


def test_each_direction_and_person_has_a_walk_of_its_own() -> None:
    case = given(support("DR-01", "A>B", "never"))
    assert path(case, "b", "B>A") == ()
    assert {one.about for one in case.walks() if one.flow == "b"} == {"", "A", "B", "A-B", "A>B", "B>A"}


def test_a_question_whose_condition_does_not_hold_is_not_asked() -> None:
    needed = given(referrer("RI-10", "B", ["other_language"]))
    assert "RI-11" in rulebook().flows["a"].questions
    before = [support(question, "B", "NK") for question in ("RI-17", "RI-06", "RI-08")]
    before += [referrer("RI-07", "B", "NK")]
    assert next_question(needed.also(*before), "a", "B") == "RI-11"
    none = given(referrer("RI-10", "B", ["no_need"]), *before)
    assert next_question(none, "a", "B") != "RI-11"


def test_after_separation_and_childrens_voice_are_asked_only_when_they_apply() -> None:
    together = given(support("DR-04", "A-B", "together"), referrer("RI-12", "", ["no_children"]))
    rest = [
        said(question, "A>B", "NK", source=rulebook().questions[question].sources[0])
        for question in rulebook().flows["c"].questions
        if question.startswith("WD") and question != "WD-10" and rulebook().questions[question].about == "directed"
    ]
    assert next_question(together.also(*rest), "c", "A>B") != "WD-10"
    assert next_question(given(*rest), "c", "A>B") == "WD-10"


def test_capacity_and_proceedings_are_asked_before_the_gate() -> None:
    questions = rulebook().flows["c"].questions
    for borrowed in ("CN-10", "LT-01", "LT-02", "LT-03", "LT-04", "LT-05", "LT-06", "LT-09", "LT-10"):
        assert questions.index(borrowed) < questions.index("WD-19")
    assert path(given(police("WD-01", "A>B", money="pattern"), support("CN-10", "A", ["no"])), "c", "A") == ("CN-10",)


def test_the_same_answer_counts_in_both_flows() -> None:
    case = given(support("CN-10", "A", ["no"]))
    assert path(case, "c", "A") == ("CN-10",)
    assert path(case, "f", "A") == ("CN-10",)


# --- flows that are not open ------------------------------------------------------------------------------------------


def no_force(person: str) -> list[Thing]:
    other = {"A": "B", "B": "A"}[person]
    return [
        alone(person, "WD-18", person, ["none"]),
        alone(other, "WD-18", person, ["none"]),
        police("WD-18", person, ["none"]),
    ]


def test_flow_d_is_open_while_force_cannot_be_excluded() -> None:
    assert given().walk("d", "A>B") is not None
    assert next_question(given(*no_force("A")), "d", "A>B") is None
    assert next_question(given(*no_force("A")), "d", "B>A") == "RV-01"
    assert given(*no_force("A"), *no_force("B")).walk("d", "A>B") is None


def test_flows_e_and_i_open_by_a_signed_result() -> None:
    for flow in ("e", "i"):
        assert not [one for one in given().walks() if one.flow == flow]
        assert [one for one in given(signed("W_A")).walks() if one.flow == flow]
    assert next_question(given(signed("W_A")), "i", "A>B") == "RD-01"
    assert next_question(given(signed("W_A")), "i", "B>A") is None
    assert next_question(given(signed("W_B")), "i", "A-B") == "RD-11"


def test_flow_g_opens_by_possible_proceedings_and_closes_when_they_are_ruled_out() -> None:
    assert next_question(given(), "g", "A>B") == "LT-01"
    none = [court("RI-13", "A", ["none"]), court("RI-13", "B", ["none"])]
    assert given(*none).walk("g", "A>B") is None


def test_flow_j_opens_by_a_request() -> None:
    assert given().walk("j", "A-B") is None
    assert next_question(given(referrer("RI-19", "A-B", ["couple"])), "j", "A-B") == "JW-01"


# --- what falls off the path ------------------------------------------------------------------------------------------

TOGETHER = support("DR-04", "A-B", "together")


def test_an_answer_that_is_not_asked_any_more_falls_off_the_path() -> None:
    case = given(support("WD-10", "A>B", ["contact", "follow"]))
    assert case.set_aside() == {}
    fallen = case.also(TOGETHER).set_aside()
    assert list(fallen) == [("WD-10", "AB")]
    assert fallen["WD-10", "AB"]


def test_what_is_set_aside_is_never_used() -> None:
    case = given(support("WD-10", "A>B", ["contact", "follow"], id="after"), TOGETHER)
    found = case.findings(dropped=frozenset({"after"}))
    number = found.context.book.slots.number
    assert found.strengths[number["STALK_AB"]] == -1
    assert found.strengths[number["POSTSEP_AB"]] == 0
    case.finds("STALK_AB", 2)


def test_it_comes_back_when_the_condition_holds_again() -> None:
    case = given(support("WD-10", "A>B", ["contact"]), TOGETHER, support("DR-04", "A-B", "left_recent", on=LATER))
    assert case.set_aside() == {}
    case.finds("APART", 2)


def test_answers_of_flow_d_fall_off_when_force_is_ruled_out() -> None:
    told = support("RV-01", "A>B", ["nothing"])
    assert given(told).set_aside() == {}
    assert list(given(told, *no_force("A")).set_aside()) == [("RV-01", "AB")]


def test_answers_after_the_signature_fall_off_when_it_has_run_out() -> None:
    told = worker("RD-02", "A>B", "r2")
    assert given(told, signed("W_A")).set_aside() == {}
    assert list(given(told, signed("W_A", on="2026-08-01")).set_aside()) == [("RD-02", "AB")]


def test_what_the_logbook_told_never_falls_off() -> None:
    things = [
        police("RC-01", "", ["incident"]),
        worker("RC-07", "A", "own_choice"),
        support("RC-06", "B", money="less"),
    ]
    assert given(*things).set_aside() == {}


def test_a_borrowed_question_falls_off_once_with_its_own_flow() -> None:
    told = court("LT-04", "A>B", ["school"])
    none = [court("RI-13", "A", ["none"]), court("RI-13", "B", ["none"])]
    assert list(given(told, *none).set_aside()) == [("LT-04", "AB")]


def test_proceedings_told_of_anybody_keep_the_questions_on_them_asked() -> None:
    told = court("LT-04", "A>B", ["school"])
    other_kind = court("RI-13", "B", [{"code": "now", "scale": "complaint"}])
    case = given(told, court("RI-13", "A", ["none"]), other_kind)
    assert case.rules_out("LITREC_A", "LITREC_B").set_aside() == {}


# --- the gate and what is missing -------------------------------------------------------------------------------------


def test_the_gate_stands_at_the_end_of_flow_c() -> None:
    everything = [
        said(question, "A-B", "NK", source=rulebook().questions[question].sources[0])
        for question in rulebook().flows["c"].questions
        if rulebook().questions[question].about == "pair"
    ]
    assert next_question(given(*everything), "c", "A-B") == "WD-20"


def test_what_is_missing_is_named_cell_by_cell() -> None:
    found = set(missing_of(given().findings()))
    assert {"WD-01 A>B", "WD-01 B>A", "WD-05 A-B", "CN-10 A", "CTRL A>B", "FORCE B"} <= found
    assert "RV-01 A>B" in found
    less = set(missing_of(given(support("WD-01", "A>B", whole("WD-01")), support("CN-10", "A", ["no"])).findings()))
    assert {"WD-01 A>B", "CN-10 A", "CTRL A>B"}.isdisjoint(less)


def test_a_question_declined_twice_is_not_missing() -> None:
    refused = [support("RV-01", "A>B", "DEC", on=day) for day in (EARLIER, LATER)]
    assert "RV-01 A>B" not in set(missing_of(given(*refused).findings()))
    assert "RV-01 A>B" in set(missing_of(given(refused[0]).findings()))


def test_an_act_is_no_answer_on_a_path() -> None:
    assert path(given(act("ISS-STATUS", "B", "active")), "b", "A>B") == ()
