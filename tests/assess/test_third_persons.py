"""Somebody of the case who is not of the pair speaks for nobody of the pair, whatever letter is their id."""

from datetime import date
from itertools import combinations

import pytest

from tests.assess.language import codes_of, compiled_rulebook, given, problems, support, worker
from triage.assess.findings import PairFindings, findings_of
from triage.assess.reading.answers import read_case
from triage.cases.record import CaseRecord


def fear_told_by(third: str) -> PairFindings:
    """The findings of A and C when a third person says that C changed nothing out of fear, twice and alone."""
    told = {"question": "WD-02", "about": "A>C", "value": ["no_change"], "source": "SELF", "by": third, "alone": True}
    case = {
        "id": "three", "on": "2026-11-22",
        "persons": {"A": {}, third: {}, "C": {}}, "pairs": [["A", "C"], ["A", third]],
        "answers": [
            {**told, "id": "first", "on": "2026-11-01", "contact": "c1"},
            {**told, "id": "second", "on": "2026-11-08", "contact": "c2"},
        ],
    }  # fmt: skip
    book = compiled_rulebook()
    record = read_case(case, book.rulebook, date(2026, 12, 1))
    assert isinstance(record, CaseRecord), record
    return findings_of(book, record, record.pairs[0], record.on)


@pytest.mark.parametrize("third", ["B", "D"])
def test_a_third_person_rules_out_nothing_for_the_one_who_lived_it(third: str) -> None:
    findings = fear_told_by(third)
    assert findings.strengths[compiled_rulebook().slots.number["FEAR_AB"]] == -1


@pytest.mark.parametrize("third", ["B", "D"])
def test_the_words_of_a_third_person_are_not_of_the_class_of_a_party(third: str) -> None:
    assert {one.kind for one in fear_told_by(third).context.accounts} == {"SELF"}


FAMILIES = [("ABK", "b", "B"), ("ABK", "k", "K"), ("ABK", "a", "A"), ("FDM", "d", "D"), ("FDM", "m", "M")]


@pytest.mark.parametrize(("persons", "named", "whose"), FAMILIES)
def test_what_is_told_of_the_whole_case_is_of_the_person_it_names_in_every_pair(
    persons: str, named: str, whose: str
) -> None:
    """`b` is the person B, not the second of whatever pair is looked at."""
    found = {}
    for pair in combinations(persons, 2):
        strengths = suicidal_by_letter(persons, pair, named)
        found.update(dict(zip(pair, strengths, strict=True)))
    assert found == {letter: 2 if letter == whose else -1 for letter in persons}


def suicidal_by_letter(persons: str, pair: tuple[str, ...], named: str) -> list[int]:
    """How strongly the two of a pair are found suicidal, when a change of risk names one person of the case."""
    told = {"question": "RC-01", "value": [{"code": "suicidality", "who": named}], "source": "ISS", "on": "2026-11-20"}
    case = {
        "id": "three", "on": "2026-11-22", "persons": {one: {} for one in persons},
        "pairs": [list(pair), *(list(one) for one in combinations(persons, 2) if one != pair)], "answers": [told],
    }  # fmt: skip
    book = compiled_rulebook()
    record = read_case(case, book.rulebook, date(2026, 12, 1))
    assert isinstance(record, CaseRecord), record
    strengths = findings_of(book, record, record.pairs[0], record.on).strengths
    return [int(strengths[book.slots.number[f"SUIC_{letter}"]]) for letter in "AB"]


def test_a_letter_that_nobody_of_the_case_has_is_no_value() -> None:
    told = {"question": "RC-01", "value": [{"code": "suicidality", "who": "z"}], "source": "ISS", "on": "2026-11-20"}
    assert "C008" in codes_of(problems(answers=[told]))
    of_a_pair = {**told, "question": "LT-01", "about": "A>B", "value": [{"code": "divorce", "started_by": "k"}]}
    assert "C008" in codes_of(problems(answers=[of_a_pair], persons={"A": {}, "B": {}, "K": {}}))


def test_what_is_told_of_a_third_person_counts_where_they_make_no_pair() -> None:
    """A girl of the house is to be taken abroad: she is in danger now, though nobody is assessed with her."""
    third = {"persons": {"A": {}, "B": {}, "C": {}}, "pairs": [["A", "B"]]}
    told = given(support("DR-20", "C", ["travel_14d"]), **third)
    told.finds("DANGER_NOW", 2)
    given(support("DR-20", "C", ["at_risk"]), **third).finds("CHILD_RISK", 2)


def test_what_somebody_says_in_their_own_pair_is_no_account_of_another() -> None:
    """Of A both B and C speak, each in their own pair with A."""
    pairs = {"persons": {"A": {}, "B": {}, "C": {}}, "pairs": [["A", "B"], ["A", "C"]]}
    told = given(worker("LT-08", "A", 90, by="B"), worker("LT-08", "A", 5, by="C"), **pairs)
    for pair, days in enumerate((90, 5)):
        context = told.findings(pair).context
        assert context.measure("days_to_hearing", "A") == days
        assert [one.answer.number for one in context.accounts_at(("LT-08", "A"))] == [days]
