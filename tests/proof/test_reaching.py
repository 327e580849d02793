"""The shortest answer sheet that visits something is found by a solver, is small, and visits it when it is assessed."""

from typing import Any

import pytest

from tests.vignettes.told import shipped
from triage.checks.coverage_marks import Coverage
from triage.cli.coverage import does_visit
from triage.proof.reaching import Reacher
from triage.proof.sheets.laws_of_answers.asking import SheetEngine

LEFT = Coverage(
    questions=frozenset({"RC-01"}),
    options=frozenset({("WD-01", "money"), ("LT-09", "admitted"), ("JW-01", "court")}),
    edges=frozenset({"c.edge.1", "k.edge.1"}),
    rules=frozenset({"gate-emergency", "AL-NFS", "result-1-not-sufficient", "result-2-core-not-known"}),
)
MOST_ANSWERS = {"rules result-2-core-not-known": 40}
"""Everything else is visited with two answers at most."""


@pytest.fixture(scope="module")
def found() -> dict[str, dict[str, Any]]:
    return {one.visits: dict(one.sheet or {}) for one in Reacher(shipped(), SheetEngine).shortest(LEFT)}


def test_every_sheet_visits_what_it_is_for(found: dict[str, dict[str, Any]]) -> None:
    assert len(found) == 10
    assert [what for what, sheet in found.items() if not does_visit(what, sheet, shipped())] == []


def test_sheets_are_small(found: dict[str, dict[str, Any]]) -> None:
    sizes = {what: len(sheet["answers"]) for what, sheet in found.items()}
    assert {what: size for what, size in sizes.items() if size > MOST_ANSWERS.get(what, 2)} == {}
    assert sizes["rules result-1-not-sufficient"] == 0


def test_what_nothing_reaches_has_no_sheet() -> None:
    nowhere = Coverage(rules=frozenset({"no-such-rule"}))
    assert [one.sheet for one in Reacher(shipped(), SheetEngine).shortest(nowhere)] == [None]
