"""Formulas are decided exactly: as trying every value says; and what is too large is said to be too large (S010)."""

import itertools
import random
import time
from collections.abc import Mapping

import pytest

from triage.checks.deciding import Purse, Search, Verdict, verdict
from triage.checks.formulas import AtLeast, Formula, Literal, all_of, any_of, at_least, formula_of, negated
from triage.checks.structure.conditions import Said, judged, shadowed
from triage.checks.variables import flag, number, strength
from triage.flow import conditions
from triage.flow.conditions import parse

VARIABLES = "abcd"


def chance_formula(chance: random.Random, depth: int) -> Formula:
    if depth == 0 or chance.random() < 0.3:
        return Literal(chance.choice(VARIABLES), chance.randrange(8), 7)
    parts = [chance_formula(chance, depth - 1) for _ in range(chance.randrange(1, 5))]
    return at_least(chance.randrange(len(parts) + 2), parts)


def is_true(formula: Formula, values: Mapping[object, int]) -> bool:
    if isinstance(formula, AtLeast):
        return sum(is_true(part, values) for part in formula.parts) >= formula.number
    return bool(formula.values >> values[formula.variable] & 1)


def pigeons(number: int) -> list[Formula]:
    """So many pigeons in one hole less, each alone: impossible, and hard to see (Haken 1985)."""
    holes = range(number - 1)
    settled = [any_of(flag((pigeon, hole)) for hole in holes) for pigeon in range(number)]
    pairs = itertools.combinations(range(number), 2)
    alone = [negated(all_of((flag((a, h)), flag((b, h))))) for a, b in pairs for h in holes]
    return settled + alone


def test_random_formulas_are_decided_as_trying_every_value_decides_them() -> None:
    chance, seen = random.Random(7), set()
    for turn in range(3_000):
        formulas = [chance_formula(chance, 3) for _ in range(3)]
        formulas = [negated(one) for one in formulas] if turn % 2 else formulas
        tried = itertools.product(range(3), repeat=len(VARIABLES))
        possible = any(
            all(is_true(one, dict(zip(VARIABLES, values, strict=True))) for one in formulas) for values in tried
        )
        found = verdict(formulas)
        assert (found is Verdict.POSSIBLE, found is Verdict.IMPOSSIBLE) == (possible, not possible), turn
        seen.add(found)
    assert seen == {Verdict.POSSIBLE, Verdict.IMPOSSIBLE}


def test_one_search_asked_many_things_answers_as_fresh_ones_do() -> None:
    chance, search = random.Random(11), Search()
    for _ in range(300):
        formulas = [chance_formula(chance, 3) for _ in range(3)]
        assert search.verdict(formulas) is verdict(formulas)


def test_a_formula_and_its_opposite_are_never_true_together_and_one_always_is() -> None:
    chance = random.Random(13)
    for _ in range(300):
        formula = chance_formula(chance, 3)
        assert verdict([formula, negated(formula)]) is Verdict.IMPOSSIBLE
        assert verdict([any_of((formula, negated(formula)))]) is Verdict.POSSIBLE


def test_what_needs_trying_is_decided_and_what_is_too_large_is_said_to_be_so_in_bounded_time() -> None:
    assert verdict(pigeons(6)) is Verdict.IMPOSSIBLE
    begun = time.process_time()
    assert verdict(pigeons(12)) is Verdict.TOO_LARGE
    assert time.process_time() - begun < 10


def test_all_questions_together_cost_no_more_than_one_purse() -> None:
    purse = Purse(left=1_000)
    assert [verdict(pigeons(5), purse) for _ in range(200)].count(Verdict.TOO_LARGE) > 100
    assert verdict([flag("x")], purse) is Verdict.TOO_LARGE, "with nothing left, nothing is looked at"
    assert verdict([flag("x")]) is Verdict.POSSIBLE


def test_a_condition_that_is_too_large_to_decide_is_told_as_s010() -> None:
    said = Said("The rule", "flow.yml", 3, parse("hard"), all_of(pigeons(12)))
    assert [problem.code for problem in judged(said, Purse())] == ["S010"]
    assert [problem.code for problem in shadowed([said], Purse())] == ["S010"]


@pytest.mark.parametrize(
    ("condition", "verdicts"),
    [
        ("ind(X)", ("POSSIBLE", "POSSIBLE")),
        ("ind(X) and zero(X)", ("IMPOSSIBLE", "POSSIBLE")),
        ("poss(X) or zero(X)", ("POSSIBLE", "IMPOSSIBLE")),
        ("on(X) and unk(X)", ("POSSIBLE", "POSSIBLE")),
        ("doubt(X) and ind(X)", ("IMPOSSIBLE", "POSSIBLE")),
        ("X >= 2 or X < 2", ("POSSIBLE", "POSSIBLE")),
        ("unk(X) and not unk(X)", ("IMPOSSIBLE", "POSSIBLE")),
        ("ind(X, 3) and not on(X, 2)", ("IMPOSSIBLE", "POSSIBLE")),
    ],
)
def test_tests_of_a_strength_mean_what_they_mean_everywhere(condition: str, verdicts: tuple[str, str]) -> None:
    def spell(test: conditions.Test, wanted: bool) -> Formula:
        return strength("X", test, wanted)

    holds = formula_of(parse(condition), spell)
    assert (verdict([holds]).name, verdict([negated(holds)]).name) == verdicts


def test_numbers_are_told_apart_as_far_as_they_are_compared() -> None:
    def spell(test: conditions.Test, wanted: bool) -> Formula:
        return number("m", test, wanted, (3, 56), unknown=True)

    between, beyond, nothing = (
        formula_of(parse(text), spell)
        for text in (
            "measure(m) > 3 and measure(m) < 56",
            "measure(m) > 56 and measure(m) <= 3",
            "measure(m) <= 3 or measure(m) > 3",
        )
    )
    assert verdict([between]) is Verdict.POSSIBLE
    assert verdict([beyond]) is Verdict.IMPOSSIBLE
    assert verdict([negated(nothing)]) is Verdict.POSSIBLE, "a number that is not known is neither"
