"""What an assessment costs, counted in calls, which no other program on the machine changes (time: bench/assess.py).

Measured is what a server does: the wordings of the case were met before, the record was not.
"""

import json
import sys
from collections import Counter
from types import FrameType

import pytest
from _replicated import answered, replicated

from tests.assess.language import FLOWS, TODAY
from triage.assess.compiled.compiling import compile_rulebook
from triage.assess.reading.answers import read_case
from triage.cases.record import CaseRecord
from triage.cli.files.documents import read_file
from triage.routing.assessment import Assessment, assess
from triage.routing.loading import Loaded, load

MOST_FUNCTIONS, MOST_BUILT_IN = 350, 690
"""Calls of functions, and of what is built in, for all of R14.

Measured 330 and 640; 426 and 698 before 0084, 540 and 777 before 0082, 1,104 and 1,155 before 0073.
"""


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    found = load(FLOWS)
    assert isinstance(found, Loaded), found
    return found


def record_of(loaded: Loaded, copies: int) -> CaseRecord:
    """R14, read anew, answered in every copy of the flows."""
    case = read_file(str(FLOWS / "vignettes" / "R14.yml"))
    assert isinstance(case, dict)
    text = json.dumps(answered(case, copies), default=str)
    record = read_case(json.loads(text), loaded.book.rulebook, TODAY)
    assert isinstance(record, CaseRecord), record
    assert len(record.answers) == 202 * copies
    return record


def calls_of(loaded: Loaded, copies: int = 1) -> Counter[str]:
    """How often an assessment calls a function (`call`) and what is built in (`c_call`)."""
    assess(record_of(loaded, copies), loaded.book, loaded.decider)
    record, counted, made = record_of(loaded, copies), Counter[str](), list[Assessment]()

    def count(_frame: FrameType, event: str, _told: object) -> None:
        counted[event] += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        made.append(assess(record, loaded.book, loaded.decider))
    finally:
        sys.setprofile(before)
    assert made[0].pairs[0].decision.result == "W_A"
    return counted


def test_a_full_case_takes_few_calls(loaded: Loaded) -> None:
    counted = calls_of(loaded)
    assert counted["call"] <= MOST_FUNCTIONS
    assert counted["c_call"] <= MOST_BUILT_IN


def test_twice_the_questions_and_answers_take_twice_the_calls(loaded: Loaded) -> None:
    twice = Loaded(compile_rulebook(replicated(loaded.book.rulebook, 2)), loaded.decider)
    once, doubled = calls_of(loaded).total(), calls_of(twice, 2).total()
    assert once < doubled <= 2 * once
