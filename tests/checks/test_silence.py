"""One answer after another met by NK, DEC or NSA in whole cases: no finding becomes 0 unless another answer says so."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.vignettes.told import FILES, shipped, told
from triage.assess.findings import PairFindings, findings_of
from triage.assess.reading.answers import read_case
from triage.cases.record import NON_ANSWERS, CaseRecord
from triage.checks.structure.safety_file import Safety, read_safety
from triage.settings import FLOWS


def silenced(record: CaseRecord, question: str, silence: str) -> CaseRecord:
    """The same case with every answer to one question met by silence."""
    answers = (
        replace(one, rows=(), text="", number=None, day=None, follow_up="", non_answer=silence)
        if one.question == question
        else one
        for one in record.answers
    )
    return replace(record, answers=tuple(answers))


def newly_zero(before: PairFindings, after: PairFindings) -> Iterator[tuple[str, int]]:
    for slot in before.context.book.slots.all:
        if after.strengths[slot.number] == 0 and before.strengths[slot.number] != 0:
            yield slot.finding.name, slot.number


@pytest.fixture(scope="module")
def by_default() -> frozenset[str]:
    safety = read_safety(FLOWS, shipped().book.rulebook)
    assert isinstance(safety, Safety)
    return frozenset(safety.zero_by_default)


@pytest.mark.parametrize("path", FILES[::3], ids=lambda path: path.stem)
def test_silence_in_place_of_an_answer_rules_nothing_out_by_itself(path: Path, by_default: frozenset[str]) -> None:
    book = shipped().book
    case = told(path)
    record = read_case(case, book.rulebook, date.fromisoformat(str(case["on"])), path.name)
    assert isinstance(record, CaseRecord)
    told_otherwise = set(by_default) | {n for n, one in book.rulebook.findings.items() if one.count}
    unfounded = []
    for question in sorted({one.question for one in record.answers}):
        for silence in sorted(NON_ANSWERS):
            changed = silenced(record, question, silence)
            for pair in record.pairs:
                before = findings_of(book, record, pair, record.on)
                after = findings_of(book, changed, pair, record.on)
                unfounded += [
                    (question, silence, name)
                    for name, number in newly_zero(before, after)
                    if name not in told_otherwise and not after.context.told_of(number).zeros.get(number)
                ]
    assert unfounded == [], "nobody says so, and it is 0"
