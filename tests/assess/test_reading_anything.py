"""Reading files of any shape and size: mutated cases never break the reader, and what it reads is assessed."""

import copy
import json
import random
from time import process_time
from typing import Any

import pytest

from tests.assess.language import (
    ON,
    TODAY,
    alone,
    codes_of,
    compiled_rulebook,
    given,
    police,
    problems,
    rulebook,
    said,
    signed,
    support,
    taken_back,
    worker,
)
from tests.assess.test_reading_acts import SIGN, STATUS
from triage.assess.findings import findings_of
from triage.assess.reading.answers import read_case
from triage.assess.walk import off_the_path, walks_of
from triage.cases.record import CaseRecord

GOOD = {"id": "1", "question": "DR-02", "about": "A>B", "value": "year", "source": "ISS", "on": "2026-11-01"}


# --- sizes and shapes of the file -------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [None, 5, "text", [], [[]], True, 2.5, b"bytes"])
def test_what_is_no_case_is_told(data: object) -> None:
    assert codes_of(read_case(data, rulebook(), TODAY))[0] == "C001"  # type: ignore[arg-type]  # a tuple of problems


@pytest.mark.parametrize("key", ["answers", "acts"])
@pytest.mark.parametrize("value", [5, "x", {"a": 1}, True])
def test_lists_are_lists(key: str, value: object) -> None:
    assert problems(**{key: value})


@pytest.mark.parametrize("one", [None, 5, "DR-02", [], [GOOD]])
def test_an_answer_is_a_mapping(one: object) -> None:
    assert codes_of(problems(answers=[one])) == ["C001"]


def test_there_is_a_most_to_answers() -> None:
    assert codes_of(problems(answers=[GOOD] * 20_001)) == ["C001"]


def test_the_most_answers_are_read_in_good_time() -> None:
    answers = [GOOD | {"id": str(number)} for number in range(20_000)]
    began = process_time()
    assert problems(answers=answers) == []
    assert process_time() - began < 10


def test_latched_gates_are_a_list() -> None:
    assert problems(latched="O-MARAC")
    assert problems(latched=5)
    assert problems(latched=["O-MARAC"]) == []


def test_a_case_of_one_answer_for_each_question_and_code_is_read() -> None:
    about = {"case": "", "person": "A", "pair": "A-B", "directed": "A>B"}
    things = []
    for question in rulebook().questions.values():
        for code in question.options:
            value: Any = code if question.kind == "one" else [code]
            value = {"code": code} if question.kind == "record" else value
            extra = {"follow_up": "symptoms"} if question.id == "DR-01" and code != "never" else {}
            things.append(said(question.id, about[question.about], value, source=question.sources[0], **extra))
    assert len(given(*things).record.answers) == len(things)


# --- fuzz -------------------------------------------------------------------------------------------------------------

STRANGE: list[Any] = [
    *(None, True, False, 0, -1, 1, 10**30, 10**5000, -(10**400), 1.5, float("inf"), float("nan"), b"x"),
    *("", " ", "\0", "\ud800", "é" * 300, "A>B", "A-B", "B>A", "A", "C", "NK", "DEC", "NSA", "none", "year", "ISS"),
    *("2026-11-01", "2026-13-99", "9999-99-99", "0000-00-00"),
    *([], {}, [[]], [{}], [None], (), (1, 2), ["year"] * 300, {None: None}, {1: 2}, {"on": [], "reason": {}}),
    *({"code": code} for code in (None, True, [], {}, ["year", 3])),
    *({"scale": {}}, {"code": "year", "scale": []}, {"a": {"b": {"c": []}}}),
]


def places(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path]
    if isinstance(node, dict):
        for key, value in node.items():
            found += places(value, (*path, key))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            found += places(value, (*path, number))
    return found


def mutated(case: Any, chance: random.Random) -> Any:
    case = copy.deepcopy(case)
    for _ in range(chance.randint(1, 4)):
        path = chance.choice(places(case))
        if not path:
            continue
        node = case
        for step in path[:-1]:
            node = node[step]
        kind = chance.randrange(4)
        if kind == 0 and isinstance(node, dict):
            node[chance.choice(["x", 3, None, "on", "by", "id"])] = node.pop(path[-1])
        elif kind == 1:
            del node[path[-1]]
        else:
            node[path[-1]] = copy.deepcopy(chance.choice(STRANGE))
    return case


def whole_case() -> dict[str, Any]:
    things = [
        support("WD-01", "A>B", money="pattern", cost="he shouts"), alone("B", "WD-02", "A>B", ["avoids"]),
        police("RI-09", "", {"code": "stays_open", "agency": "CSC"}), worker("LT-08", "A", 12),
        said("RI-04", "", "A hit B.", source="REF"), taken_back(support("DR-02", "A>B", "year")),
        support("DR-01", "A>B", "year", follow_up="symptoms"), alone("A", "EQ-01", "A", {"code": ["gender_man"]}),
    ]  # fmt: skip
    return {
        "id": "case", "on": ON, "persons": {"A": {"birth": "1990-01-01"}, "B": {}}, "pairs": [["A", "B"]],
        "answers": [{"id": str(number), **one} for number, one in enumerate(things)],
        "acts": [STATUS, SIGN, signed()], "latched": ["O-MARAC"],
    }  # fmt: skip


def test_the_case_that_is_mutated_is_good() -> None:
    assert isinstance(read_case(whole_case(), rulebook(), TODAY), CaseRecord)


@pytest.mark.parametrize("seed", range(8))
def test_no_mutation_of_a_case_breaks_the_reader(seed: int) -> None:
    chance, case, refused = random.Random(seed), whole_case(), 0
    for number in range(400):
        broken = mutated(case, chance)
        try:
            read = read_case(broken, rulebook(), TODAY)
            assert isinstance(read, CaseRecord) or read
            refused += isinstance(read, tuple)
            [str(problem) for problem in (read if isinstance(read, tuple) else ())]
        except Exception as fault:
            raise AssertionError(f"seed {seed}, number {number}: {json.dumps(broken, default=repr)[:2000]}") from fault
    assert refused > 100


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_read_is_assessed(seed: int) -> None:
    """What passes the reader never breaks the findings."""
    chance, case = random.Random(1000 + seed), whole_case()
    for _ in range(300):
        read = read_case(mutated(case, chance), rulebook(), TODAY)
        if isinstance(read, CaseRecord):
            for pair in read.pairs:
                found = findings_of(compiled_rulebook(), read, pair, read.on)
                list(walks_of(found.context))
                off_the_path(found.context)
