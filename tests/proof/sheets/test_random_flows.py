"""The circuit agrees with the evaluator on rulebooks made by chance, not only on the shipped one."""

import random
from pathlib import Path

import pytest

from tests.proof.sheets.agreement import Agreement
from tests.proof.sheets.random_flows import sheet_of, write_rulebook
from tests.proof.sheets.stories import within
from triage.assess.compiled.compiling import circles, compile_rulebook
from triage.flow.model import Rulebook
from triage.flow.reading import read_rulebook
from triage.proof.sheets.shape.bounds import Bounds
from triage.routing.loading import WORDS, Loaded, load
from triage.settings import FLOWS

BOUNDS = Bounds(accounts=3, days=3, rows=3, labels=2)
PARTS, BOOKS, SHEETS = range(4), 50, 50


@pytest.fixture(scope="module")
def shipped() -> Loaded:
    found = load(FLOWS)
    assert isinstance(found, Loaded), found
    return found


@pytest.mark.parametrize("part", PARTS)
def test_random_rulebooks_are_read_alike(tmp_path: Path, shipped: Loaded, part: int) -> None:
    reached: set[int] = set()
    compared = 0
    for number in range(BOOKS):
        chance = random.Random(part * 1_000 + number)
        write_rulebook(tmp_path, chance)
        book = read_rulebook(tmp_path, WORDS)
        assert isinstance(book, Rulebook), [str(one) for one in book][:5]
        assert not circles(book)
        agreement = Agreement(Loaded(compile_rulebook(book), shipped.decider), BOUNDS, decided=False)
        found = agreement.compare([within(sheet_of(book, chance, 3), BOUNDS, chance) for _ in range(SHEETS)])
        shown = [(kind, name, value) for _, kind, name, value in found.differences[:6]]
        assert not found.differences, (part, number, shown, found.differences[0][0])
        compared += found.compared
        reached |= {strength for strengths in found.reached.values() for strength in strengths}
    assert reached >= {-1, 0, 1, 2, 3, 4}
    assert compared >= 0.9 * BOOKS * SHEETS, compared
