"""What must hold on every answer sheet, random or spoiled from a complete one (domain 05; promises 1 and 2)."""

import copy
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.properties.random_sheets import Sheet, random_sheet, value
from triage.assess.reading.answers import read_case
from triage.cases.record import CaseRecord
from triage.cli.files.documents import read_file
from triage.flow.values import withdrawn
from triage.routing.assessment import PairAssessment, assess
from triage.routing.compiling import compile_decision
from triage.routing.loading import Loaded, load
from triage.settings import FLOWS

TODAY = date(2026, 12, 1)
RANDOM_SHEETS = 100
SPOILED_SHEETS = 150
TRIES = 12
PARTS = range(4)  # 4 x 250 sheets, so that workers share them
VIGNETTES = sorted((FLOWS / "vignettes").glob("R*.yml"))


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    found = load(FLOWS)
    assert isinstance(found, Loaded), found
    return found


def assessed(loaded: Loaded, sheet: object) -> tuple[CaseRecord, tuple[PairAssessment, ...]]:
    record = read_case(sheet, loaded.book.rulebook, TODAY)
    assert isinstance(record, CaseRecord), [str(problem) for problem in record][:5]
    return record, assess(record, loaded.book, loaded.decider).pairs


def spoiled(sheet: Sheet, loaded: Loaded, chance: random.Random) -> Sheet:
    """A complete sheet with some answers left out, not known, changed, unsafe, or told by somebody else."""
    made = copy.deepcopy(sheet)
    answers = made["answers"]
    assert isinstance(answers, list)
    for answer in chance.sample(answers, k=min(len(answers), chance.choice((1, 2, 5, 15)))):
        question = loaded.book.rulebook.questions[answer["question"]]
        match chance.randrange(5):
            case 0:
                answers.remove(answer)
            case 1:
                answer["value"] = chance.choice(("NK", "DEC", "NSA"))
            case 2:
                answer["value"] = value(question, chance)
            case 3:
                answer["tainted"] = True
            case _:
                answer["source"] = chance.choice(question.sources)
    return made


def sheets(loaded: Loaded, part: int) -> Iterator[Sheet]:
    chance = random.Random(20261122 + part)
    for _ in range(RANDOM_SHEETS):
        yield random_sheet(loaded.book.rulebook, chance, chance.choice((0.2, 0.6, 0.95)))
    complete = [read_file(str(path)) for path in VIGNETTES]
    for number in range(SPOILED_SHEETS):
        base = complete[number % len(complete)]
        assert isinstance(base, dict)
        yield spoiled(base, loaded, chance)


@pytest.mark.parametrize("part", PARTS)
def test_every_law_holds_on_every_answer_sheet(loaded: Loaded, part: int) -> None:
    results: set[str] = set()
    started = 0
    layout = loaded.decider.layout
    decide_with_laws = compile_decision(layout, with_laws=True)
    laws = [one.id for one in loaded.decider.rules.invariants if one.law is not None]
    for sheet in sheets(loaded, part):
        for one in assessed(loaded, sheet)[1]:
            strengths = [one.facts.get(name, -1) for name in layout.facts]
            classes = [_classes(one, loaded).get(name) for name in layout.facts]
            bits = decide_with_laws(strengths, layout.gate_bits(one.latched), classes)[-1]
            assert not bits, ([law for place, law in enumerate(laws) if bits >> place & 1], sheet["id"], one.decision)
            results.add(one.decision.result)
            started += any(one.decision.effective.values())
    assert results >= {"W_A", "W_INSUFF", "W_REVIEW"}, results
    assert started >= 10, "the sheets must reach starts, or the laws say nothing"


def _classes(one: PairAssessment, loaded: Loaded) -> dict[str, frozenset[str]]:
    return {name: one.findings.classes[number] for name, number in loaded.book.slots.number.items()}


def _withdrawn(sheet: Sheet, chance: random.Random) -> Sheet:
    made = copy.deepcopy(sheet)
    answers = made["answers"]
    assert isinstance(answers, list)
    answer = chance.choice(answers)
    answer["withdrawn"] = {"on": str(made["on"]), "reason": "taken back"}
    return made


@pytest.mark.parametrize("path", VIGNETTES, ids=lambda path: path.stem)
def test_withdrawing_an_answer_never_starts_anything_nor_removes_a_gate(loaded: Loaded, path: Path) -> None:
    chance = random.Random(path.stem)
    sheet = read_file(str(path))
    assert isinstance(sheet, dict)
    _, before = assessed(loaded, sheet)
    for _ in range(TRIES):
        taken_back = _withdrawn(sheet, chance)
        _, after = assessed(loaded, taken_back)
        for old, new in zip(before, after, strict=True):
            assert set(old.decision.case) <= set(new.decision.case), taken_back
            for person in "AB":
                assert old.decision.effective[person] or not new.decision.effective[person], taken_back


@pytest.mark.parametrize("path", VIGNETTES, ids=lambda path: path.stem)
def test_an_answer_that_becomes_not_known_never_starts_anything(loaded: Loaded, path: Path) -> None:
    chance = random.Random(path.stem)
    sheet = read_file(str(path))
    assert isinstance(sheet, dict)
    _, before = assessed(loaded, sheet)
    for _ in range(TRIES):
        made = copy.deepcopy(sheet)
        asked = chance.choice(made["answers"])
        for answer in made["answers"]:
            if answer["question"] == asked["question"] and answer.get("about") == asked.get("about"):
                answer["value"] = "NK"
        _, after = assessed(loaded, made)
        for old, new in zip(before, after, strict=True):
            for person in "AB":
                assert old.decision.effective[person] or not new.decision.effective[person], (path.stem, asked)


def test_a_random_fact_made_unknown_never_starts_anything_nor_removes_a_gate(loaded: Loaded) -> None:
    chance = random.Random(7)
    complete = [read_file(str(path)) for path in VIGNETTES]
    tried = 0
    for number in range(200):
        base = complete[number % len(complete)]
        assert isinstance(base, dict)
        _, pairs = assessed(loaded, spoiled(base, loaded, chance))
        for one in pairs:
            known = [name for name, strength in one.facts.items() if strength >= 0 and name != "SUFF"]
            name = chance.choice(known)
            fewer = {**one.facts, name: withdrawn(one.facts[name])}
            after = loaded.decider.decide(fewer, set(one.latched) | set(one.decision.case), _classes(one, loaded))
            assert set(one.decision.case) - {"O-JOINT-GATE"} <= set(after.case), name
            for person in "AB":
                assert one.decision.effective[person] or not after.effective[person], name
            tried += 1
    assert tried >= 200
