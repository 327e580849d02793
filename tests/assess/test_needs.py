"""Needs, acute needs and the plan for them (12.4 D)."""

from typing import Any

import pytest

from tests.assess.language import (
    EARLIER,
    LATER,
    Thing,
    alone,
    given,
    police,
    support,
    worker,
)

# --- CN, CNACUTE, CNPLAN ----------------------------------------------------------------------------------------------

NO_NEED: dict[str, Any] = {
    "CN-02": "no",
    **{f"CN-{number}": ["no"] for number in ("03", "06", "07", "08", "09", "10", "11", "12")},
    **{f"CN-{number}": ["none"] for number in ("04", "05", "13")},
}


def needs(person: str = "A", **answers: Any) -> list[Thing]:
    """All questions on needs answered; `cn_02="lot"` changes one of them."""
    changed = {name.upper().replace("_", "-"): value for name, value in answers.items()}
    return [
        support(question, person, value, by=person) for question, value in ({"CN-01": "no"} | NO_NEED | changed).items()
    ]


def test_no_need_is_every_question_answered_without_one() -> None:
    given(*needs()).rules_out("CN_A", "CNACUTE_A").leaves_unknown("CN_B")


@pytest.mark.parametrize("question", NO_NEED)
def test_one_question_open_leaves_needs_unknown(question: str) -> None:
    given(*(one for one in needs() if one["question"] != question)).leaves_unknown("CN_A")


NO_NEED_CODES = [("CN-04", "no_problem"), ("CN-10", "assessed_able"), ("CN-11", "back_to_other")] + [
    ("CN-13", code) for code in ("takes", "stock", "other_holds", "holds_others")
]


@pytest.mark.parametrize(("question", "code"), NO_NEED_CODES)
def test_what_is_no_need_of_its_own(question: str, code: str) -> None:
    given(*needs(**{question.lower().replace("-", "_"): [code]})).rules_out("CN_A")


TWO = {
    "CN-03": ["hears_sees", "beliefs", "about_other", "no_sleep_energy", "treated"],
    "CN-04": ["cannot_stop", "daily", "harm_link", "treated"],
    "CN-05": ["regular", "injects", "treated"],
    "CN-06": ["knocked_out", "choked", "seizures", "memory", "temper"],
    "CN-07": ["noise_light", "change", "reading_people", "attention", "literal", "diagnosed", "waiting"],
    "CN-08": ["reading", "time", "money", "group", "support_worker"],
    "CN-09": ["hearing", "sight", "mobility", "pain_illness", "care_other_party", "care_someone"],
    "CN-10": ["new_confusion", "behaviour_change"],
    "CN-11": ["no_bed", "debts", "papers", "benefits"],
    "CN-12": ["past", "current", "war_exile", "treated"],
    "CN-13": ["stopped", "cannot_get"],
}
ONE = {"CN-05": ["occasional"], "CN-11": ["exclusion_order"], "CN-12": ["in_care", "rather_not"]}


def each(codes: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(question, code) for question, found in codes.items() for code in found]


@pytest.mark.parametrize(("question", "code"), each(TWO))
def test_a_need(question: str, code: str) -> None:
    given(alone("A", question, "A", [code])).finds("CN_A", 2)


@pytest.mark.parametrize(("question", "code"), each(ONE))
def test_a_possible_need(question: str, code: str) -> None:
    given(alone("A", question, "A", [code])).finds("CN_A", 1)


def test_mood_by_how_much() -> None:
    for answer, strength in {"little": 1, "lot": 2, "treated": 2}.items():
        given(alone("A", "CN-02", "A", answer)).finds("CN_A", strength)


def test_a_relapse_told_later_is_a_need() -> None:
    given(police("RC-01", "", [{"code": "relapse", "who": "a"}])).finds("CN_A", 2).leaves_unknown("CN_B")


def test_declined_at_two_dated_contacts_is_one() -> None:
    first, second = support("CN-08", "A", "DEC", on=EARLIER), support("CN-08", "A", "DEC", on=LATER)
    rest = [one for one in needs() if one["question"] != "CN-08"]
    given(*rest, first, second).finds("CN_A", 1)
    given(*rest, first).leaves_unknown("CN_A")
    given(*rest, first, first | {"contact": "c2"}).leaves_unknown("CN_A")


ACUTE = {
    "CN-03": {"commands": 3, "about_other": 2, "no_sleep_energy": 1},
    "CN-04": {"withdrawal": 2, "drunk_now": 2},
    "CN-05": {"withdrawal": 2, "intoxicated": 2},
    "CN-06": {"recent_symptoms": 2},
    "CN-09": {"urgent_health": 2},
    "CN-10": {"sudden": 2},
}


@pytest.mark.parametrize(
    ("question", "code", "strength"), [(q, c, s) for q, cs in ACUTE.items() for c, s in cs.items()]
)
def test_an_acute_need(question: str, code: str, strength: int) -> None:
    given(alone("A", question, "A", [code])).finds("CNACUTE_A", strength)


def test_a_suicide_plan_is_acute_wherever_it_was_told() -> None:
    given(alone("A", "CN-01", "A", "plan")).finds("CNACUTE_A", 2)
    given(police("DR-13", "A", ["plan_means"])).finds("CNACUTE_A", 2)


NOT_ACUTE = {
    "CN-03": ["hears_sees", "beliefs", "treated"],
    "CN-04": ["no_problem", "cannot_stop", "daily", "harm_link", "treated", "used_against"],
    "CN-05": ["occasional", "regular", "injects", "other_controls", "controls_other", "sex_for_drugs", "treated"],
    "CN-06": ["knocked_out", "choked", "seizures", "memory", "temper"],
    "CN-09": ["hearing", "sight", "mobility", "pain_illness", "care_other_party", "care_someone", "care_missing"],
    "CN-10": [
        "new_confusion",
        "behaviour_change",
        "assessed_able",
        "assessed_unable",
        "lifelong_same",
        "lifelong_never",
    ],
}


@pytest.mark.parametrize(
    ("question", "code"), [*each(NOT_ACUTE), ("CN-10", "lifelong_same"), ("CN-10", "lifelong_never")]
)
def test_what_is_not_acute_lets_acute_needs_be_ruled_out(question: str, code: str) -> None:
    given(*needs(**{question.lower().replace("-", "_"): [code]})).rules_out("CNACUTE_A")


@pytest.mark.parametrize("question", ["CN-01", "CN-03", "CN-04", "CN-05", "CN-06", "CN-09", "CN-10"])
def test_one_question_open_leaves_acute_needs_unknown(question: str) -> None:
    given(*(one for one in needs() if one["question"] != question)).leaves_unknown("CNACUTE_A")


def plan(code: str, **cells: str) -> dict[str, str]:
    full = {"what": "GP", "owner": "Lee", "by_when": "2026-12-01", "what_if_not_done": "call"}
    return {"code": code, **full, **cells}


def test_a_plan_for_each_need() -> None:
    need = alone("A", "CN-02", "A", "lot")
    given(need, worker("CN-14", "A", [plan("planned", need="mood")])).finds("CNPLAN_A", 2)
    for code in ("referred", "declined"):
        given(need, worker("CN-14", "A", [plan(code)])).finds("CNPLAN_A", 1)
    for code in ("no_service", "not_started"):
        given(need, worker("CN-14", "A", [plan(code)])).rules_out("CNPLAN_A")
    given(need).leaves_unknown("CNPLAN_A")


@pytest.mark.parametrize("cell", ["what", "owner", "by_when", "what_if_not_done"])
def test_a_plan_without_one_of_its_parts_is_none(cell: str) -> None:
    given(alone("A", "CN-02", "A", "lot"), worker("CN-14", "A", [plan("planned", **{cell: ""})])).rules_out("CNPLAN_A")


def test_one_need_without_a_plan() -> None:
    two = [alone("A", "CN-02", "A", "lot"), alone("A", "CN-08", "A", ["reading"])]
    given(*two, worker("CN-14", "A", [plan("planned")])).rules_out("CNPLAN_A")
    given(*two, worker("CN-14", "A", [plan("planned"), plan("planned")])).finds("CNPLAN_A", 2)
