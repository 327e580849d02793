"""The questions an agency answers, and a draft of each vignette: its answers to flow (a) as a referral has them."""

from functools import cache
from pathlib import Path

import yaml

from triage.assess.reading.values import value_or_problem
from triage.cases.agency.referral import LETTERS, AgencyReferral, ReferredAnswer, ReferredPerson
from triage.cases.matching.identity import Address, Identity
from triage.cases.record import Pair
from triage.flow.model import Question, Rulebook
from triage.flow.problems import Problem
from triage.interchange.values import canonical
from triage.interchange.writing import in_order
from triage.routing.loading import Loaded, load

ROOT = Path(__file__).resolve().parents[2]
VIGNETTES = tuple(sorted((ROOT / "flows" / "vignettes").glob("R*.yml")))


@cache
def rulebook() -> Rulebook:
    loaded = load(ROOT / "flows")
    assert isinstance(loaded, Loaded)
    return loaded.book.rulebook


@cache
def questions() -> dict[str, Question]:
    every = rulebook().questions.values()
    return {one.id: one for one in every if one.flow == "a" and "REF" in one.sources and one.about != "directed"}


@cache
def draft_of(path: Path) -> AgencyReferral:
    """The people and answers of flow (a) of a vignette; whoever said it there, an agency says it here."""
    case = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    letters = dict(zip(sorted(case["persons"]), LETTERS, strict=False)) | {"": ""}
    persons = tuple(
        _person(number, letters[name], case["persons"][name]) for number, name in enumerate(sorted(case["persons"]))
    )
    pairs = tuple(Pair(*(letters[one] for one in pair)) for pair in case["pairs"])
    said = {}
    for one in case["answers"]:
        question = questions().get(one["question"])
        if question and one["value"] not in (None, ""):
            about = "-".join(letters[letter] for letter in (one.get("about", "") or "").split("-"))
            said[one["question"], about] = _without_reserved(question, one["value"])
    order = list(questions())
    answers = tuple(
        ReferredAnswer(name, about, canonical(questions()[name], said[name, about]))
        for name, about in sorted(said, key=lambda key: (order.index(key[0]), key[1]))
    )
    draft = AgencyReferral(persons, pairs, answers, f"N-{case['id']}", "They would like a group.")
    return in_order(draft, questions())


def _person(number, letter, of):
    known = Identity(
        given=f"Ämïn{letter}",
        family="O'Neill; no" if number else "Ben-Alì",
        phones=("+44 7700 900111", "0100"),
        addresses=(Address('1 "High" St,\nFlat 2', "AB1 2CD"), Address("=2 Low St", "")) if number == 0 else (),
        birth_year=None if of.get("birth") else 1980,
    )
    birth = of.get("birth")
    return ReferredPerson(letter, f"@{letter} of {number}", birth if hasattr(birth, "year") else None, known)


def _without_reserved(question, value):
    reserved = {column.code for column in question.columns if column.support_only}
    if isinstance(value, list):
        value = [_without_reserved(question, one) for one in value]
    elif isinstance(value, dict):
        value = {key: cell for key, cell in value.items() if key not in reserved}
    assert not isinstance(value_or_problem(question, value), Problem) or isinstance(value, dict), value
    return value
