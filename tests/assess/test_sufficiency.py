"""WD-20, computed: when the answers of a pair are sufficient (12.5, 13.13). Each condition is taken away once."""

import pytest

from tests.assess.language import (
    EARLIER,
    LATER,
    Thing,
    alone,
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

BOTH = ("A>B", "B>A")
SPEAKER = {"A>B": "B", "B>A": "A"}


def about_life(question: str, value: object) -> list[Thing]:
    """The question answered in both directions, each by the person who would live it."""
    return [
        support(question, "A>B", value, by="B"),
        alone("A", question, "B>A", value),
    ]


def no_force(person: str) -> list[Thing]:
    other = {"A": "B", "B": "A"}[person]
    return [
        said("WD-18", person, ["none"], source="SELF", by=person, alone=True),
        said("WD-18", person, ["none"], source="SELF", by=other, alone=True),
        police("WD-18", person, ["none"]),
    ]


SEQUENCE = support("WD-05", "A-B", [{"code": "unclear", "scale": "worst"}], by="B")
CORE = {"WD-01": whole("WD-01"), "WD-02": ["no_change"], "WD-03": whole("WD-03", value="unchanged")}
FOUR = {"WD-04": ["none"], "WD-06": ["none"], "WD-08": ["no_one"], "WD-11": ["none"]}
CAPACITY = [health("CN-10", "A", ["no"]), health("CN-10", "B", ["no"])]


def enough() -> list[Thing]:
    return [
        *(one for question, value in (CORE | FOUR).items() for one in about_life(question, value)),
        SEQUENCE,
        *CAPACITY,
        *no_force("A"),
        *no_force("B"),
    ]


def without(question: str, about: str = "", source: str = "") -> list[Thing]:
    return [
        one
        for one in enough()
        if not (one["question"] == question and about in {"", one.get("about")} and source in {"", one["source"]})
    ]


def test_all_conditions_together_are_enough() -> None:
    given(*enough()).finds("SUFF", 2)


def test_nothing_at_all_is_not_enough_and_never_unknown() -> None:
    given().rules_out("SUFF")


@pytest.mark.parametrize("question", ["WD-01", "WD-02", "WD-03"])
@pytest.mark.parametrize("about", BOTH)
def test_both_directions_of_control_fear_and_space(question: str, about: str) -> None:
    given(*without(question, about)).rules_out("SUFF")


def test_the_sequence_once_for_the_pair() -> None:
    given(*without("WD-05")).rules_out("SUFF")


@pytest.mark.parametrize("code", ["NK", "DEC", "NSA"])
def test_a_non_answer_answers_nothing(code: str) -> None:
    for question in ("WD-01", "WD-02", "WD-03"):
        given(*without(question, "A>B"), support(question, "A>B", code)).rules_out("SUFF")
    given(*without("WD-05"), support("WD-05", "A-B", code)).rules_out("SUFF")
    given(*without("CN-10", "A"), health("CN-10", "A", code)).rules_out("SUFF")


@pytest.mark.parametrize("question", FOUR)
@pytest.mark.parametrize("about", BOTH)
def test_at_least_four_of_seven_in_both_directions(question: str, about: str) -> None:
    given(*without(question, about)).rules_out("SUFF")


def test_other_questions_of_the_seven_will_do() -> None:
    rest = [*without("WD-04"), *about_life("WD-10", ["none"])]
    given(*rest).finds("SUFF", 2)
    history = [police("WD-07", "A", ["none"]), police("WD-07", "B", ["none"])]
    given(*without("WD-04"), *history).finds("SUFF", 2)
    given(*without("WD-04"), history[0]).rules_out("SUFF")
    given(*without("WD-04"), third_party("WD-14", "A>B", ["none"]), third_party("WD-14", "B>A", ["none"])).finds(
        "SUFF", 2
    )


def test_what_comes_after_separation_does_not_apply_to_those_who_live_together() -> None:
    given(*without("WD-04"), support("DR-04", "A-B", "together")).rules_out("APART").finds("SUFF", 2)
    given(*without("WD-04"), support("DR-04", "A-B", "on_off")).rules_out("SUFF")


@pytest.mark.parametrize("person", ["A", "B"])
def test_capacity_of_both_persons(person: str) -> None:
    given(*without("CN-10", person)).rules_out("SUFF")


def test_one_class_is_not_enough() -> None:
    """Everything told by the support service for B alone: one person, one class."""
    things = [one | {"source": "ISS", "by": "B"} for one in enough() if one["question"] not in {"CN-10", "WD-18"}]
    force = [one for one in enough() if one["question"] == "WD-18" and one["source"] == "SELF" and one["by"] == "B"]
    given(*things, *CAPACITY, *force, *flow_d("A"), *flow_d("B")).rules_out("SUFF")


def test_the_same_two_classes_count_when_one_is_the_support_service() -> None:
    things = [one for one in enough() if one["question"] != "WD-18"]
    given(*things, *flow_d("A"), *flow_d("B")).finds("SUFF", 2)


def flow_d(person: str, **changed: object) -> list[Thing]:
    about = {"A": "A>B", "B": "B>A"}[person]
    answers: dict[str, object] = {
        "RV-01": ["nothing"], "RV-02": ["pay_back"], "RV-03": "unsure", "RV-04": "other", "RV-05": "about_same",
    }  # fmt: skip
    answers |= {name.upper().replace("_", "-"): value for name, value in changed.items()}
    told = [alone(person, question, about, value) for question, value in answers.items()]
    return [*told, worker("RV-09", about, "unclear"), worker("RV-10", about, "no_fact")]


def by_records(things: list[Thing]) -> list[Thing]:
    """B will not speak to the support service: police tell of B instead."""
    return [
        one | {"source": "POL", "by": "officer"} if one["source"] == "ISS" and one["question"] != "WD-08" else one
        for one in things
    ]


def no_support() -> list[Thing]:
    things = by_records(enough())
    return [one | {"source": "POL", "by": "officer"} if one["source"] == "ISS" else one for one in things]


def test_records_anchor_a_pair_where_the_possible_victim_will_not_speak() -> None:
    assert not [one for one in no_support() if one["source"] == "ISS"]
    given(*no_support()).finds("SUFF", 2)


@pytest.mark.parametrize("source", ["REF", "TP", "OBS"])
def test_others_are_no_anchor(source: str) -> None:
    own_word = {"WD-02", "WD-03", "WD-04"}
    of_police = [one for one in no_support() if one["source"] == "POL"]
    rest = [one for one in no_support() if one["source"] != "POL"]
    told = [one | {"source": source} for one in of_police if one["question"] not in own_word | {"WD-18"}]
    own = [one | {"source": "SELF", "by": "B", "alone": True} for one in of_police if one["question"] in own_word]
    given(*rest, *told, *own, *flow_d("A"), *flow_d("B")).rules_out("SUFF")


@pytest.mark.parametrize("name", ["CTRL", "SEVPAT", "FEAR", "SPACE"])
def test_no_core_finding_rests_on_an_unsafe_account_alone(name: str) -> None:
    unsafe = {
        "CTRL": support("WD-01", "A>B", money="pattern", tainted=True),
        "SEVPAT": support("DR-01", "A>B", "year", tainted=True),
        "FEAR": support("WD-02", "A>B", ["hides"], tainted=True),
        "SPACE": support("WD-03", "A>B", people="stopped_because", tainted=True),
    }[name]
    given(*enough(), unsafe).finds(f"{name}_AB", 1).rules_out("SUFF")
    given(*enough(), unsafe, unsafe | {"tainted": False}).finds("SUFF", 2)


def test_an_unsafe_account_is_no_anchor() -> None:
    things = [one for one in enough() if one["question"] != "WD-18"]
    unsafe = [one | {"tainted": True} if one["source"] == "ISS" else one for one in things]
    given(*unsafe, *flow_d("A"), *flow_d("B")).rules_out("SUFF")


# --- flow d for everyone whose force is possible ----------------------------------------------------------------------


@pytest.mark.parametrize("person", ["A", "B"])
def test_flow_d_of_each_person_whose_force_is_possible(person: str) -> None:
    things = [one for one in enough() if (one["question"], one.get("about")) != ("WD-18", person)]
    given(*things).rules_out("SUFF")
    given(*things, *flow_d(person)).finds("SUFF", 2)


@pytest.mark.parametrize("question", ["RV-01", "RV-02", "RV-03", "RV-04", "RV-05", "RV-09", "RV-10"])
def test_flow_d_with_one_question_open_is_not_completed(question: str) -> None:
    things = [one for one in enough() if (one["question"], one.get("about")) != ("WD-18", "B")]
    given(*things, *(one for one in flow_d("B") if one["question"] != question)).rules_out("SUFF")


def test_declined_on_two_dates_completes_the_questions_to_the_person() -> None:
    things = [one for one in enough() if (one["question"], one.get("about")) != ("WD-18", "B")]
    ending = flow_d("B")[-2:]
    once = [alone("B", f"RV-0{number}", "B>A", "DEC", on=EARLIER) for number in range(1, 6)]
    again = [one | {"on": LATER} for one in once]
    given(*things, *ending, *once).rules_out("SUFF")
    given(*things, *ending, *once, *again).finds("SUFF", 2)


def test_the_exclusion_of_resistance_is_no_part_of_it() -> None:
    things = [one for one in enough() if (one["question"], one.get("about")) != ("WD-18", "B")]
    given(*things, *flow_d("B")).leaves_unknown("RESX_B").finds("SUFF", 2)


def test_a_referrers_word_completes_nothing_by_itself() -> None:
    not_asked = {"WD-02", "WD-03", "WD-04"}
    given(*(one | {"source": "REF"} for one in enough() if one["question"] not in not_asked)).rules_out("SUFF")
    given(referrer("WD-01", "A>B", whole("WD-01"))).rules_out("SUFF")
