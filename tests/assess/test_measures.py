"""Every measure has the value that its table gives for "nothing there", whatever else a case holds."""

import random
from collections.abc import Iterator
from datetime import date

import pytest

from tests.assess.language import compiled_rulebook
from tests.properties.random_sheets import Sheet, random_sheet
from tests.vignettes.told import FILES, told
from triage.assess.context import Context
from triage.assess.findings import findings_of
from triage.assess.measuring.measures import DIRECTION, MEASURES, PERSON, Measured
from triage.assess.reading.answers import read_case
from triage.cases.record import CaseRecord

TODAY = date(2026, 12, 1)
WHERE = {PERSON: ("A", "B"), DIRECTION: ("AB", "BA")}
BOUNDED = sorted(name for name, measure in MEASURES.items() if measure.reads or measure.acts)

SELDOM = {"new_marker", "age_stated", "asked_freely_days", "remote_accepted"}
"""Measures that need a case of their own to be anything; such cases stand beside the findings that read them."""


def context(sheet: Sheet) -> Context:
    record = read_case(sheet, compiled_rulebook().rulebook, TODAY)
    assert isinstance(record, CaseRecord), record
    return findings_of(compiled_rulebook(), record, record.pairs[0], record.on).context


def full(seed: int) -> Sheet:
    """A case in which nearly everything is answered and acted."""
    return random_sheet(compiled_rulebook().rulebook, random.Random(seed), 0.95)


def without(sheet: Sheet, measure: Measured) -> Sheet:
    """The same case without what a measure is read from."""
    answers, acts = sheet["answers"], sheet["acts"]
    assert isinstance(answers, list)
    assert isinstance(acts, list)
    read = {word.partition("_")[0] for word in measure.reads}
    return sheet | {
        "answers": [one for one in answers if one["question"] not in read],
        "acts": [one for one in acts if one["act"] not in measure.acts],
    }


def counted(measure: Measured, sheet: Sheet) -> Iterator[int | None]:
    c = context(sheet)
    yield from (measure.count(c, place) for place in WHERE.get(measure.of, ("AB", "")))


@pytest.mark.parametrize("name", BOUNDED)
def test_a_measure_without_anything_to_read_is_what_the_table_says(name: str) -> None:
    measure = MEASURES[name]
    for seed in range(3):
        assert set(counted(measure, without(full(seed), measure))) == {measure.nothing}


@pytest.mark.parametrize("name", [name for name in MEASURES if MEASURES[name].nothing is not None])
def test_a_measure_that_counts_is_never_unknown(name: str) -> None:
    empty = full(0) | {"answers": [], "acts": []}
    assert set(counted(MEASURES[name], empty)) == {0}
    assert None not in {number for seed in range(3) for number in counted(MEASURES[name], full(seed))}


def test_every_question_and_act_that_a_measure_reads_is_there() -> None:
    book = compiled_rulebook().rulebook
    assert {word.partition("_")[0] for one in MEASURES.values() for word in one.reads} <= set(book.questions)
    assert {act for one in MEASURES.values() for act in one.acts} <= set(book.acts)


def test_every_measure_differs_somewhere_from_nothing() -> None:
    """Or leaving out what it reads would show nothing."""
    sheets = [full(seed) for seed in range(2)] + [told(path) for path in FILES]
    differ = {name for sheet in sheets for name, one in MEASURES.items() if set(counted(one, sheet)) - {one.nothing}}
    assert set(MEASURES) - differ == SELDOM
