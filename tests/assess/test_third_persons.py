"""Somebody of the case who is not of the pair speaks for nobody of the pair, whatever letter is their id."""

from datetime import date

import pytest

from tests.assess.language import compiled_rulebook
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
