"""The order in which answers were recorded says nothing, except where a later one of the day replaces an earlier."""

import random
from collections import defaultdict
from collections.abc import Iterator
from itertools import permutations

from tests.assess.language import Thing, compiled_rulebook, given, health, police, support
from tests.assess.test_two_readings import TODAY, disturbed
from tests.properties.random_sheets import Sheet, random_sheet
from triage.assess.reading.answers import read_case
from triage.assess.worth.pieces import combined
from triage.cases.record import CaseRecord
from triage.routing.assessment import PairAssessment, assess
from triage.routing.loading import Loaded, load
from triage.settings import FLOWS

DAYS = ("2026-11-01", "2026-11-10")
SHEETS = 200

IN_THREE_DOMAINS = (
    support("DR-06", "A>B", "most", by="B"),
    support("WD-01", "A>B", money="pattern", cost="she is locked out", by="B"),
    support("DR-28", "A>B", ["accounts"], by="B"),
    police("WD-13", "A>B", immigration="pattern"),
)
"""Control in three domains: two told by B, one seen by the police; two suffice, and are of one class or of two."""


def test_elements_that_are_equally_strong_count_in_whatever_order_they_were_told() -> None:
    for answers in permutations(IN_THREE_DOMAINS):
        given(*answers).finds("CTRL_AB", 3)


def test_ways_of_counting_that_are_equally_strong_count_in_whatever_order_they_are_written() -> None:
    """Fear by a word that health heard twice, with an effect told by B; and by two effects, both told by B."""
    told = given(
        support("WD-02", "A>B", ["avoids", "hides"], by="B"),
        *(health("WD-02", "A>B", ["afraid_word"], contact=day, on=day) for day in DAYS),
    ).findings()
    number = compiled_rulebook().slots.number["FEAR_AB"]
    pieces, needs = told.context.pieces[number], compiled_rulebook().slots.all[number].finding.needs
    assert len(needs) == 2
    assert combined(pieces, needs) == combined(pieces, needs[::-1]) == (2, frozenset({"person B", "HLT"}))


def replaced_in_order(loaded: Loaded, answers: list[Thing]) -> Iterator[tuple[object, ...]]:
    """Within what each answer keeps its place, because a later one of the same day replaces an earlier (12.1 rule 9).

    Answers of one day to one question about the same: of one speaker, or of anyone where any later answer supersedes
    (immediate danger). A copy may be of any speaker.
    """
    of_anyone = {table.question.id for table in loaded.book.tables.values() if table.superseded_by}
    copied = {(one["question"], one.get("about")) for one in answers if "copy_of" in one}
    for one in answers:
        place = one["question"], one.get("about")
        anyone = one["question"] in of_anyone or place in copied
        yield (*place, one["on"], "" if anyone else one.get("by", one["source"]))


def shuffled(loaded: Loaded, answers: list[Thing], chance: random.Random) -> list[Thing]:
    groups = list(replaced_in_order(loaded, answers))
    waiting: dict[tuple[object, ...], list[Thing]] = defaultdict(list)
    for group, one in zip(groups, answers, strict=True):
        waiting[group].append(one)
    chance.shuffle(groups)
    return [waiting[group].pop(0) for group in groups]


def sheet_of_few_days(loaded: Loaded, chance: random.Random) -> Sheet:
    sheet = disturbed(random_sheet(loaded.book.rulebook, chance, chance.choice((0.03, 0.1, 0.3))), chance)
    answers = sheet["answers"]
    assert isinstance(answers, list)
    for one in answers:
        if "withdrawn" not in one:
            one["on"] = chance.choice(DAYS)
    return sheet


def assessed(loaded: Loaded, sheet: Sheet) -> PairAssessment:
    record = read_case(sheet, loaded.book.rulebook, TODAY)
    assert isinstance(record, CaseRecord), record
    return assess(record, loaded.book, loaded.decider).pairs[0]


def test_any_order_gives_the_same_strengths_classes_and_decision() -> None:
    loaded, chance = load(FLOWS), random.Random(12)
    assert isinstance(loaded, Loaded)
    moved = 0
    for _ in range(SHEETS):
        sheet = sheet_of_few_days(loaded, chance)
        answers = sheet["answers"]
        assert isinstance(answers, list)
        other = shuffled(loaded, answers, chance)
        moved += other != answers
        one, same = assessed(loaded, sheet), assessed(loaded, {**sheet, "answers": other})
        assert one.findings.strengths == same.findings.strengths, sheet
        assert list(one.findings.classes) == list(same.findings.classes), sheet
        assert one.decision == same.decision, sheet
    assert moved > SHEETS // 2
