"""The compiled reading of a case and the literal one agree: on evidence, strengths, classes, what falls off, walks."""

import random
from dataclasses import replace
from datetime import date

import pytest

from tests.assess.language import compiled_rulebook
from tests.assess.literal import everything, literal_context, literal_fallen, literal_walks
from tests.properties.random_sheets import Sheet, random_sheet
from triage.assess.compiled.compiling import CompiledRulebook
from triage.assess.findings import findings_of
from triage.assess.reading.answers import read_case
from triage.assess.sayings import Said, sayings_of
from triage.assess.walk import off_the_path, walks_of
from triage.assess.worth.pieces import Piece
from triage.assess.worth.standings import KNOWN_SPEAKERS
from triage.cases.record import CaseRecord
from triage.cases.voices import COSTS_NOTHING, SOME_TEXT, UNREAD_TEXT
from triage.routing.pairs import settled_findings

TODAY = date(2026, 12, 1)
PARTS = range(8)
SHEETS = 320  # in each part: 2,560 in all
SHARES = (0.02, 0.02, 0.03, 0.06, 0.15)
"""What share of all questions a sheet answers; mostly few, so that many sheets are read in the time."""


def disturbed(sheet: Sheet, chance: random.Random) -> Sheet:
    """A sheet with copies, recordings, words of somebody else and answers taken back among its answers."""
    answers = sheet["answers"]
    assert isinstance(answers, list)
    number = {answer["id"]: place for place, answer in enumerate(answers)}
    for answer in chance.sample(answers, k=len(answers) // 6):
        match chance.randrange(5):
            case 0:
                answer["copy_of"] = chance.choice(answers[: number[answer["id"]]] or [{"id": "log"}])["id"]
            case 1:
                answer["recording"] = chance.choice(("authenticated", "plain"))
            case 2:
                answer["by"] = "the neighbour"
            case 3:
                answer["withdrawn"] = {"on": sheet["on"], "reason": "taken back"}
            case _:
                answer["value"] = chance.choice(("NK", "DEC", "NSA"))
    return sheet


def record_of(book: CompiledRulebook, chance: random.Random) -> CaseRecord:
    sheet = random_sheet(book.rulebook, chance, chance.choice(SHARES))
    record = read_case(disturbed(sheet, chance), book.rulebook, TODAY)
    assert isinstance(record, CaseRecord), record
    return record


@pytest.mark.parametrize("part", PARTS)
def test_both_readings_agree_on_random_sheets(part: int) -> None:
    book, chance = compiled_rulebook(), random.Random(31 * part)
    fell = found = 0
    for _ in range(SHEETS):
        record = record_of(book, chance)
        literal = literal_context(book, record, record.pairs[0], frozenset())
        quick = findings_of(book, record, record.pairs[0], record.on).context
        slow = everything(literal, literal_fallen(literal), literal_walks(literal))
        assert everything(quick, off_the_path(quick), walks_of(quick)) == slow, record
        fell += bool(slow["fallen"])
        found += max(quick.strengths) >= 2
    assert fell >= SHEETS // 10, "the sheets must make answers fall off, or nothing is compared"
    assert found >= SHEETS // 2, "the sheets must make findings, or nothing is compared"


def unworded(record: CaseRecord) -> CaseRecord:
    """The record as the store gives it: nobody looked at the columns of its rows."""
    answers = (replace(one, rows=tuple(replace(row, words=()) for row in one.rows)) for one in record.answers)
    return replace(record, answers=tuple(answers))


def test_columns_that_nobody_looked_at_say_the_same() -> None:
    book, chance = compiled_rulebook(), random.Random(8)
    filled = 0
    for _ in range(60):
        record = record_of(book, chance)
        read, kept = (findings_of(book, one, one.pairs[0], one.on) for one in (record, unworded(record)))
        assert kept.strengths == read.strengths, record
        assert list(kept.classes) == list(read.classes), record
        filled += sum(bool(row.cells) for answer in record.answers for row in answer.rows)
    assert filled, "some rows must have columns, or nothing is compared"


def test_what_is_remembered_between_cases_says_nothing_about_them() -> None:
    """Ids, days, texts and columns never reach what a standing remembers; and it has a limit."""
    book, chance = compiled_rulebook(), random.Random(5)
    for _ in range(40):
        record = record_of(book, chance)
        settled_findings(record, record.pairs[0], book, record.on)
    words = {code for one in book.rulebook.questions.values() for code in one.options}
    classes = {*book.rulebook.sources, "person A", "person B", ""}
    remembered = [(wording, said) for voiced in sayings_of(book).remembered for wording, said in voiced.items()]
    assert remembered
    for wording, said in remembered:
        question = book.rulebook.questions[wording.question]
        columns = {
            column.code: {*column.values, SOME_TEXT, COSTS_NOTHING, UNREAD_TEXT, "", None, ()}
            for column in question.columns
        }
        assert wording.source in book.rulebook.sources
        assert wording.follow_up in {*question.follow_up, ""}
        for code, scale, cells in wording.rows:
            assert code in question.options
            assert scale in {*question.scale, ""}
            assert all(held in columns[column] for column, held in cells)
        assert said.standing.speaker in KNOWN_SPEAKERS
        assert said.codes <= words
        pieces = [piece for one in (said, said.alone) if one for piece in pieces_of(one)]
        assert {piece.source for piece in pieces} <= classes
        assert {piece.key for piece in pieces} <= known_keys(book)
        assert {piece.standing.speaker for piece in pieces} <= KNOWN_SPEAKERS


def pieces_of(said: Said) -> list[Piece]:
    """Every piece that is remembered of a wording."""
    return [piece for _, piece in said.pieces] + [piece for *_, both in said.seen for piece in both if piece]


def known_keys(book: CompiledRulebook) -> set[str]:
    """Every name that an element can have in words of the flows."""
    questions = book.rulebook.questions.values()
    elements = [one.element for question in questions for one in question.evidence if one.element is not None]
    names = {name for element in elements for name in (element.key, *element.keys.values())}
    return {"", *names, *(code for question in questions for code in (*question.options, *question.scale))}
