"""Every measure has the value that its table gives for "nothing there", whatever else a case holds."""

import random
from datetime import date
from functools import cache
from itertools import product

import pytest

from tests.assess.language import compiled_rulebook
from tests.properties.random_sheets import Answer, Sheet, random_sheet, row
from tests.vignettes.told import FILES, told
from triage.assess.compiled.tables import roles_of
from triage.assess.context import Context
from triage.assess.measuring.measures import DIRECTION, MEASURES, PERSON, Measured
from triage.assess.reading.answers import read_case
from triage.cases.record import CaseRecord
from triage.flow.model import Kind, Question

TODAY = date(2026, 12, 1)
SEEDS = range(6)
BOUNDED = sorted(name for name, measure in MEASURES.items() if measure.reads or measure.acts)

SELDOM = {"age_stated", "asked_freely_days", "remote_accepted"}
"""Measures that need a case of their own to be anything; such cases stand beside the findings that read them."""


def context(sheet: Sheet) -> Context:
    record = read_case(sheet, compiled_rulebook().rulebook, TODAY)
    assert isinstance(record, CaseRecord), record
    return Context(compiled_rulebook(), record, record.pairs[0], record.on, frozenset(), withdrawn=False)


@cache
def full(seed: int) -> Sheet:
    """A case in which nearly everything is answered and acted."""
    return random_sheet(compiled_rulebook().rulebook, random.Random(seed), 0.95)


def places(measure: Measured) -> tuple[str, ...]:
    return {PERSON: ("A", "B"), DIRECTION: ("AB", "BA")}.get(measure.of, ("AB",))


def read_by(measure: Measured, place: str) -> set[tuple[str, str]]:
    """The questions that a measure reads for a place, each with what an answer to it is about."""
    about = {"AB": "A>B", "BA": "B>A", "A": "A", "B": "B", "": ""}
    words = [word.partition("_") for word in measure.reads]
    return {(question, about[roles_of(place).get(role, "")]) for question, _, role in words}


def split(sheet: Sheet, measure: Measured, place: str) -> tuple[list[Answer], list[Answer]]:
    """The answers that a measure reads for a place, and all others."""
    read = read_by(measure, place)
    answers = sheet["answers"]
    assert isinstance(answers, list)
    its = [one for one in answers if (one["question"], str(one.get("about", "")).replace("A-B", "")) in read]
    return its, [one for one in answers if one not in its]


def without(sheet: Sheet, measure: Measured, place: str) -> Sheet:
    """The same case without what a measure is read from."""
    acts = sheet["acts"]
    assert isinstance(acts, list)
    others = [one for one in acts if one["act"] not in measure.acts]
    return sheet | {"answers": split(sheet, measure, place)[1], "acts": others}


def silenced(sheet: Sheet, measure: Measured, place: str, chance: random.Random) -> Sheet:
    """The same case in which what a measure reads was answered with silent codes alone, other columns filled."""
    its, others = split(sheet, measure, place)
    asked = compiled_rulebook().rulebook.questions
    said = [one | {"value": silent_value(asked[str(one["question"])], measure, chance)} for one in its]
    return sheet | {"answers": others + said}


def silent_value(question: Question, measure: Measured, chance: random.Random) -> object:
    """A value of nothing but silent codes."""
    code = chance.choice([code for code in question.options if code in measure.silent])
    if question.kind is Kind.ONE:
        return code
    made = row(question, code, chance)
    return made if question.kind is Kind.RECORD else [made]


@pytest.mark.parametrize("name", BOUNDED)
def test_a_measure_without_anything_to_read_is_what_the_table_says(name: str) -> None:
    measure = MEASURES[name]
    for seed, place in product(SEEDS, places(measure)):
        assert measure.count(context(without(full(seed), measure, place)), place) == measure.nothing


@pytest.mark.parametrize("name", [name for name in MEASURES if MEASURES[name].silent])
def test_codes_that_say_nothing_of_a_measure_leave_it_at_nothing(name: str) -> None:
    measure = MEASURES[name]
    for seed, place in product(SEEDS, places(measure)):
        sheet = silenced(full(seed), measure, place, random.Random(seed))
        assert measure.count(context(sheet), place) == measure.nothing


def test_every_silent_code_is_one_of_a_question_that_is_read() -> None:
    questions = compiled_rulebook().rulebook.questions
    for measure in MEASURES.values():
        read = [questions[word.partition("_")[0]] for word in measure.reads]
        assert measure.silent <= {code for question in read for code in question.options}


def test_a_measure_that_counts_is_never_unknown() -> None:
    counting = {name: one for name, one in MEASURES.items() if one.nothing is not None}
    empty = context(full(0) | {"answers": [], "acts": []})
    assert {one.count(empty, place) for one in counting.values() for place in places(one)} == {0}
    for c in (context(full(seed)) for seed in SEEDS):
        assert None not in {one.count(c, place) for one in counting.values() for place in places(one)}


def test_every_question_and_act_that_a_measure_reads_is_there() -> None:
    book = compiled_rulebook().rulebook
    assert {word.partition("_")[0] for one in MEASURES.values() for word in one.reads} <= set(book.questions)
    assert {act for one in MEASURES.values() for act in one.acts} <= set(book.acts)


def test_every_measure_differs_somewhere_from_nothing() -> None:
    """Or leaving out what it reads would show nothing."""
    contexts = [context(sheet) for sheet in (*map(full, SEEDS), *map(told, FILES))]
    differ = {
        name
        for name, one in MEASURES.items()
        for c in contexts
        for place in places(one)
        if one.count(c, place) != one.nothing
    }
    assert set(MEASURES) - differ == SELDOM
