"""The circuit of an answer sheet and the evaluator give the same: every strength, class, gate, route and alert."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.proof.sheets.agreement import Agreement, Compared
from tests.proof.sheets.stories import sheets, told_cases
from triage.assess.worth.accounts import COMPETENCE
from triage.proof.sheets.shape.accounts import JUDGES
from triage.proof.sheets.shape.bounds import Bounds
from triage.routing.loading import Loaded, load
from triage.settings import FLOWS

BOUNDS = Bounds(accounts=2, days=4, rows=2, labels=4)
ROOMY = Bounds(accounts=5, days=20, rows=3, labels=6)
PARTS, MANY = range(2), 900  # the bench compares 100,000


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    found = load(FLOWS)
    assert isinstance(found, Loaded), found
    return found


@pytest.fixture(scope="module")
def agreement(loaded: Loaded) -> Agreement:
    return Agreement(loaded, BOUNDS)


def gates(loaded: Loaded, seed: int) -> Iterator[frozenset[str]]:
    """Gates that fired earlier: mostly none."""
    chance, known = random.Random(seed), sorted(loaded.decider.rules.latching)
    while True:
        yield frozenset(chance.sample(known, chance.randint(1, 3))) if chance.random() < 0.1 else frozenset()


def shown(found: Compared) -> list[object]:
    return [(kind, name, value) for _, kind, name, value in found.differences[:10]]


@pytest.mark.parametrize("part", PARTS)
def test_the_circuit_says_of_every_sheet_what_the_evaluator_says(
    loaded: Loaded, agreement: Agreement, part: int
) -> None:
    made = sheets(loaded.book.rulebook, BOUNDS, 20261122 + part, MANY)
    found = agreement.compare(made, gates(loaded, part))
    assert not found.differences, shown(found)
    assert found.compared >= 0.95 * MANY, found.beyond
    assert {"W_A", "W_INSUFF"} <= set(found.results), found.results


def test_told_cases_agree_when_a_sheet_is_made_large_enough_for_them(loaded: Loaded) -> None:
    found = Agreement(loaded, ROOMY).compare(told_cases())
    assert not found.differences, shown(found)
    assert found.compared == len(told_cases()) >= 26, found.beyond


def test_the_judges_of_the_circuit_are_those_of_the_evaluator() -> None:
    assert set(JUDGES) == set(COMPETENCE)


def test_a_difference_would_be_seen(loaded: Loaded, agreement: Agreement, tmp_path: Path) -> None:
    """Change one strength of one piece of evidence for the evaluator alone: the comparison must say so."""
    for path in FLOWS.glob("*.yml"):
        text = path.read_text(encoding="utf-8")
        old = "{finding: WEAP_xy, strength: 1, options: [licence_or_access]}"
        (tmp_path / path.name).write_text(text.replace(old, old.replace("1", "2", 1)), encoding="utf-8")
    changed = load(tmp_path)
    assert isinstance(changed, Loaded), changed
    assert changed.book.rulebook != loaded.book.rulebook
    mixed = Agreement(loaded, BOUNDS)
    mixed.loaded = changed
    found = mixed.compare(sheets(loaded.book.rulebook, BOUNDS, 3, 300))
    assert {kind.split()[1][:4] for _, kind, _, _ in found.differences if kind.startswith("strength")} == {"WEAP"}
