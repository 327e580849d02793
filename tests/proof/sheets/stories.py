"""Answer sheets by chance, within the bounds of a symbolic sheet: told cases with noise, and any answers at all."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta

from tests.properties.random_sheets import ON, Answer, Sheet, answer, random_sheet, row, value
from triage.cli.files.documents import read_file
from triage.flow.model import Kind, Rulebook
from triage.proof.sheets.shape.bounds import Bounds
from triage.settings import FLOWS

ABOUT = {"case": (None,), "person": ("A", "B"), "pair": ("A-B",), "directed": ("A>B", "B>A")}


def told_cases() -> list[Sheet]:
    """The vignettes of one pair, without copies and without what was taken back."""
    read = [read_file(str(path)) for path in sorted((FLOWS / "vignettes").glob("R*.yml"))]
    return [one for one in read if isinstance(one, dict) and len(one["pairs"]) == 1 and not _beyond(one)]


def _beyond(case: Sheet) -> bool:
    answers = case["answers"]
    assert isinstance(answers, list)
    return any("withdrawn" in one or "copy_of" in one for one in answers)


def sheets(rulebook: Rulebook, bounds: Bounds, seed: int, number: int) -> Iterator[Sheet]:
    """Give sheets within bounds; the same seed gives the same."""
    chance, told = random.Random(seed), told_cases()
    for _ in range(number):
        made = _noisy(chance.choice(told), rulebook, chance) if chance.random() < 0.2 else _any(rulebook, chance)
        yield within(made, bounds, chance)


def _any(rulebook: Rulebook, chance: random.Random) -> Sheet:
    return random_sheet(rulebook, chance, chance.choice((0.01, 0.03, 0.03, 0.08, 0.08, 0.3)))


def _noisy(case: Sheet, rulebook: Rulebook, chance: random.Random) -> Sheet:
    answers, acts = case["answers"], case["acts"]
    assert isinstance(answers, list)
    assert isinstance(acts, list)
    kept = chance.choice((1.0, 0.97, 0.5))
    answers = [dict(one) for one in answers if chance.random() < kept]
    for one in chance.sample(answers, k=min(len(answers), chance.choice((0, 1, 5, 30)))):
        _disturb(one, answers, rulebook, chance)
    for number in range(chance.choice((0, 3, 20))):
        question = chance.choice(tuple(rulebook.questions.values()))
        answers.append(
            {**answer(question, chance.choice(ABOUT[question.about]), number, chance), "id": f"new {number}"}
        )
    return {**case, "answers": answers, "acts": [one for one in acts if chance.random() < 0.95]}


def _disturb(one: Answer, answers: list[Answer], rulebook: Rulebook, chance: random.Random) -> None:
    question = rulebook.questions[str(one["question"])]
    match chance.randrange(8):
        case 0:
            answers.remove(one)
        case 1:
            one["value"] = chance.choice(("NK", "DEC", "NSA"))
        case 2:
            one["value"] = value(question, chance)
        case 3:
            one[chance.choice(("tainted", "interested", "hearsay"))] = True
        case 4:
            one["source"] = chance.choice(question.sources)
        case 5:
            one["by"] = chance.choice(("A", "B", "someone", "someone else"))
        case 6:
            one["recording"] = "authenticated"
        case _ if question.kind is Kind.TABLE and isinstance(one["value"], list):
            one["value"] = [*one["value"], row(question, chance.choice(question.options), chance)]
            codes = {str(each.get("code")) for each in one["value"] if isinstance(each, dict)}
            if len(codes) > 1 and codes & set(question.exclusive):
                one["value"] = "NK"


def within(made: Sheet, bounds: Bounds, chance: random.Random) -> Sheet:
    """The same sheet with its dates brought to few days, and the records of a place beyond the bounds left out."""
    answers = made["answers"]
    assert isinstance(answers, list)
    days = sorted({str(one["on"]) for one in answers})
    kept = sorted(chance.sample(days, min(len(days), bounds.days))) or [(ON - timedelta(days=1)).isoformat()]
    times: Counter[tuple[object, object]] = Counter()
    chosen = []
    for one in answers:
        place = (one["question"], one.get("about"))
        times[place] += 1
        if times[place] <= bounds.accounts:
            chosen.append({**one, "on": _nearest(str(one["on"]), kept)})
    return {**made, "answers": chosen}


def _nearest(day: str, kept: Sequence[str]) -> str:
    return max((one for one in kept if one <= day), default=kept[0])
