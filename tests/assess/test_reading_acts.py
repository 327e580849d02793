"""Reading the acts of a case file: known names, values and places, signed by the right side."""

from typing import Any

import pytest

from tests.assess.language import (
    ON,
    codes_of,
    problems,
)

# --- acts -------------------------------------------------------------------------------------------------------------

STATUS = {"act": "ISS-STATUS", "about": "B", "value": "active", "on": "2026-11-01", "by": ["ISS: Ines"]}
SIGN = {"act": "W-SIGN", "about": "A-B", "value": "W_A", "on": "2026-11-01", "by": ["support: Ines", "panel: Lee"]}


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
