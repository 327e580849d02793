"""A result must not depend on the order in which answers were told; today the classes of counted elements do."""

from itertools import permutations

import pytest

from tests.proof.sheets.agreement import TODAY
from tests.proof.sheets.order_free import order_free
from triage.assess.reading.answers import read_case
from triage.cases.record import CaseRecord
from triage.routing.loading import Loaded, load
from triage.routing.pairs import settled_findings
from triage.settings import FLOWS

BY_B = {"about": "A>B", "source": "ISS", "by": "B", "on": "2026-11-01"}
COST = "she is locked out"
ANSWERS = (
    BY_B | {"id": "a1", "question": "DR-06", "value": "most"},
    BY_B
    | {"id": "a2", "question": "WD-01"}
    | {"value": [{"code": "money", "scale": "pattern", "what_happens_if_refused": COST}]},
    BY_B | {"id": "a3", "question": "DR-28", "value": ["accounts"]},
    {"about": "A>B", "source": "POL", "on": "2026-11-01", "id": "a4", "question": "WD-13"}
    | {"value": [{"code": "immigration", "scale": "pattern"}]},
)
"""Control in three domains: two told by B, one seen by the police; two suffice, and are of one class or of two."""


def strengths_in_every_order() -> set[int]:
    loaded = load(FLOWS)
    assert isinstance(loaded, Loaded)
    found = set()
    for answers in permutations(ANSWERS):
        case = {"on": "2026-11-22", "persons": {"A": {}, "B": {}}, "pairs": [["A", "B"]], "answers": list(answers)}
        record = read_case(case, loaded.book.rulebook, TODAY)
        assert isinstance(record, CaseRecord), record
        findings, _ = settled_findings(record, record.pairs[0], loaded.book, record.on)
        found.add(findings.strengths[loaded.book.slots.number["CTRL_AB"]])
    return found


@pytest.mark.xfail(reason="pieces.combined takes the classes of the first elements that suffice", strict=True)
def test_the_order_of_the_answers_does_not_matter() -> None:
    assert len(strengths_in_every_order()) == 1


def test_the_order_does_not_matter_in_the_reading_that_is_proved() -> None:
    with order_free():
        assert strengths_in_every_order() == {3}
