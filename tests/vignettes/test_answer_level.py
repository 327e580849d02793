"""The thirty vignettes from their answers: the decision, a twin that lacks one fact, and both persons exchanged."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.routing.decisions import vignettes
from tests.vignettes.told import (
    FILES,
    NAMES_THE_SIDES,
    as_far_as,
    assessed,
    decided,
    decision_told,
    exchanged,
    exchanged_decision,
    expected,
    rulebook,
    swapped,
    told,
    with_one_fact_withheld,
)
from triage.cli.assess import assess_command
from triage.flow.model import About

every_vignette = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def test_every_vignette_is_told_answer_by_answer() -> None:
    assert [path.stem for path in FILES] == [f"R{number:02}" for number in range(1, 31)]


@every_vignette
def test_the_answers_lead_to_the_expected_decision(path: Path) -> None:
    wanted = expected(told(path)["expect"])
    assert as_far_as(wanted, decision_told(path)) == wanted


@every_vignette
def test_the_expectation_is_that_of_the_findings_level(path: Path) -> None:
    fixture = [expect for name, _, _, expect in vignettes() if name.startswith(f"{path.stem}-")]
    wanted = expected(told(path)["expect"])
    assert wanted == as_far_as(wanted, expected(fixture))


@every_vignette
def test_one_fact_withheld_is_insufficient_or_holds_back(path: Path) -> None:
    case = told(path)
    wanted = expected(case["twin"]["expect"])
    assert as_far_as(wanted, decided(with_one_fact_withheld(case))) == wanted


@every_vignette
def test_a_twin_starts_no_work(path: Path) -> None:
    twin = told(path)["twin"]
    assert twin["why"]
    for pair in twin["expect"]:
        assert pair["effective"] == {"A": False, "B": False}


@every_vignette
def test_a_twin_withholds_what_the_vignette_told(path: Path) -> None:
    case = told(path)
    names = [one["id"] for one in [*case["answers"], *case["acts"]]]
    assert len(names) == len(set(names))
    assert case["twin"]["withhold"]
    assert set(case["twin"]["withhold"]) <= set(names)


@every_vignette
def test_exchanging_the_persons_exchanges_the_decision(path: Path) -> None:
    found = decided(exchanged(told(path)))
    assert found == [exchanged_decision(pair) for pair in decision_told(path)]


@every_vignette
def test_exchanging_the_persons_exchanges_the_twin(path: Path) -> None:
    twin = with_one_fact_withheld(told(path))
    found = decided(exchanged(with_one_fact_withheld(told(path))))
    assert found == [exchanged_decision(pair) for pair in decided(twin)]


@every_vignette
def test_exchanging_twice_gives_the_same_case(path: Path) -> None:
    assert exchanged(exchanged(told(path))) == told(path)


@every_vignette
def test_the_order_of_answers_and_acts_never_matters(path: Path) -> None:
    case = told(path)
    case["answers"].reverse()
    case["acts"].reverse()
    assert decided(case) == list(decision_told(path))


@every_vignette
def test_the_same_words_twice_are_worth_no_more(path: Path) -> None:
    case = told(path)
    case["answers"] += [{**answer, "id": f"{answer['id']}-again"} for answer in case["answers"]]
    assert decided(case) == list(decision_told(path))


@every_vignette
def test_every_answer_of_a_vignette_is_used(path: Path) -> None:
    assert assessed(told(path))["set_aside"] == []


@every_vignette
def test_a_vignette_is_told_before_its_day_and_in_its_year(path: Path) -> None:
    case = told(path)
    days = [one["on"] for one in [*case["answers"], *case["acts"]]]
    assert date(2026, 1, 1) <= min(days)
    assert max(days) <= case["on"]


@every_vignette
def test_whoever_used_force_and_is_not_primary_is_asked_what_happened(path: Path) -> None:
    case = told(path)
    asked = {answer["about"] for answer in case["answers"] if answer["question"] == "RV-01"}
    for (a, b), pair in zip(case["pairs"], decision_told(path), strict=True):
        for x, y, route in ((a, b, pair["A"]), (b, a, pair["B"])):
            assert "O-VS-RES" not in route or f"{x}>{y}" in asked


def test_every_code_that_names_a_side_is_exchanged() -> None:
    questions = [one for one in rulebook().questions.values() if one.about is not About.DIRECTED]
    codes = {one.id: [*one.options, *(column.code for column in one.columns)] for one in questions}
    values = {one.id: [value for column in one.columns for value in column.values] for one in questions}
    marked = {name for name, found in codes.items() if any(swapped(code) != code for code in found)}
    marked |= {name for name, found in values.items() if {"a", "b"} & set(found)}
    speaks_of_the_other = {"DU-02"}  # `worse_for_b`: b is the other of the person asked, whoever that is
    assert marked == NAMES_THE_SIDES | speaks_of_the_other


def test_the_command_prints_what_the_functions_give() -> None:
    path = next(path for path in FILES if path.stem == "R14")
    printed = CliRunner().invoke(assess_command, [str(path), "--json"])
    assert printed.exit_code == 0, printed.output
    assert json.loads(printed.stdout)["pairs"] == assessed(told(path))["pairs"]


def test_the_straightforward_case_needs_no_reasoned_decision() -> None:
    path = next(path for path in FILES if path.stem == "R14")
    assert "RISK-REASONED" not in {act["act"] for act in told(path)["acts"]}
    (pair,) = decision_told(path)
    assert pair["A"] == ["O-BC-GRP"]
    assert pair["effective"]["A"] is True
