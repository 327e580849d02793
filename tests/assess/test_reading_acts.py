"""Reading the acts of a case file: known names, values and places, signed by the right side."""

from datetime import date
from typing import Any

import pytest

from tests.assess.language import (
    ON,
    codes_of,
    problems,
)
from triage.assess.reading.acts import all_in_force, in_force
from triage.cases.record import Act
from triage.flow.model import About, ActDefinition

# --- acts -------------------------------------------------------------------------------------------------------------

STATUS = {"act": "ISS-STATUS", "about": "B", "value": "active", "on": "2026-11-01", "by": ["ISS: Ines"]}
SIGN = {"act": "W-SIGN", "about": "A-B", "value": "W_A", "on": "2026-11-01", "by": ["support: Ines", "panel: Lee"]}
TERMS = {"STAYS": 0, "FIVE-DAYS": 5}
"""Two acts, by the days that they last; 0 is until another."""


def acted(written: dict[str, Any], **changed: Any) -> list[str]:
    return codes_of(problems(acts=[written | changed]))


def test_good_acts_have_no_problem() -> None:
    assert acted(STATUS) == acted(SIGN) == []


@pytest.mark.parametrize("side", ["programme", "PS", "duty", "panel"])
def test_the_wrong_side_signs_no_support_status(side: str) -> None:
    assert acted(STATUS, by=[f"{side}: Sam"]) == ["C009"]
    assert acted(STATUS, by=[{"name": "Sam", "side": side}]) == ["C009"]
    assert acted(STATUS, by=["Sam"], side=side) == ["C009"]


@pytest.mark.parametrize(
    ("act", "about", "value", "side"),
    [
        ("RESX-SIGN", "B", "signed", "programme"),
        ("LITINDEP-SIGN", "A", "signed", "support"),
        ("RISKPLAN-ADOPT", None, "adopted", "programme"),
        ("REMIT", "A-B", "in_remit", "programme"),
        ("CROSS-SEARCH", "A-B", "none", "programme"),
        ("REVIEW-CONCLUDED", "A-B", "no_pattern", "programme"),
    ],
)
def test_each_act_is_of_its_side(act: str, about: str | None, value: str, side: str) -> None:
    assert acted({"act": act, "about": about, "value": value, "on": ON, "by": [f"{side}: Sam"]}) == ["C009"]


def test_a_result_is_signed_by_two_people_one_for_the_one_who_may_be_harmed() -> None:
    assert acted(SIGN, by=["support: Ines"]) == ["C009"]
    assert acted(SIGN, by=["support: Ines", "support: Ines"]) == ["C009"]
    assert acted(SIGN, by=["panel: Ines", "panel: Lee"]) == ["C009"]
    assert acted(SIGN, by=["programme: Ines", "support: Lee"]) == ["C009"]
    assert set(acted(SIGN, by=[])) == {"C009"}
    assert set(acted(SIGN, by=None)) == {"C009"}


def test_a_person_of_the_case_signs_nothing_about_it() -> None:
    assert acted(STATUS, by=["A"]) == ["C009"]
    assert "C009" in acted(SIGN, by=["support: A", "panel: Lee"])


def test_an_act_has_a_known_name_value_place_and_day() -> None:
    assert acted(STATUS, act="ISS-STATU") == ["C003"]
    assert acted(STATUS, value="actve") == ["C008"]
    assert acted(STATUS, value=None) == ["C008"]
    assert acted(STATUS, value=["active", "paused"]) == ["C008"]
    assert acted(STATUS, about="C") == ["C006"]
    assert acted(STATUS, about="A-B") == ["C006"]
    assert acted(STATUS, on="2027-01-01") == ["C005"]
    assert acted(STATUS, on=None) == ["C005"]


def test_an_act_without_signatures_or_of_no_shape_is_told() -> None:
    for act in (5, "W-SIGN", None, [], {}):
        assert problems(acts=[act])


# --- which act is in force --------------------------------------------------------------------------------------------


def test_one_act_and_all_acts_are_in_force_by_the_same_rule() -> None:
    definitions = {name: ActDefinition(name, About.PAIR, (), "panel", 1, days, ()) for name, days in TERMS.items()}
    acts = tuple(
        Act(f"{name} {place} {day} {turn}", name, place, (), date(2026, 11, day), ())
        for name in TERMS
        for place in ("A-B", "A-C")
        for day in (20, 9, 15, 1)
        for turn in (1, 2)
        if place == "A-B" or day < 15
    )
    days = {1: (1, 1, 1, 1), 14: (9, 9, 9, 9), 15: (15, 9, 15, 0), 19: (15, 9, 15, 0), 30: (20, 9, 0, 0)}
    for day, expected in days.items():
        on = date(2026, 11, day)
        found = all_in_force((((one.act, one.about), one) for one in acts), on, definitions)
        keys = [(name, place) for name in TERMS for place in ("A-B", "A-C")]
        assert tuple(found[key].on.day if key in found else 0 for key in keys) == expected
        assert all(one.id.endswith("2") for one in found.values()), "of one day the last written counts"
        assert [in_force(acts, *key, on, definitions[key[0]]) for key in keys] == [found.get(key) for key in keys]
