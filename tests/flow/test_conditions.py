"""The grammar of conditions: what is written is read, and its two readers agree on three values."""

from collections.abc import Callable
from itertools import product
from random import Random

import pytest

from tests.flow.random_conditions import TRUTHS, random_condition
from triage.flow.conditions import (
    LONGEST,
    ROLES_AB,
    Always,
    And,
    Condition,
    ConditionError,
    ForPersons,
    Not,
    Or,
    Truth,
    holds,
    parse,
    source,
    substitute,
)
from triage.flow.conditions import (
    Test as Single,
)
from triage.flow.conditions import (
    tests as singles_of,
)
from triage.flow.writing import written

YES, NO, NOT_KNOWN = Truth.YES, Truth.NO, Truth.NOT_KNOWN
A, B, C = (Single("name", (letter,)) for letter in ("a", "b", "c"))
MANY = 5_000
seeds = pytest.mark.parametrize("seed", range(5))


def by(values: dict[Single, Truth]) -> Callable[[Single], Truth]:
    return values.__getitem__


def compiled(condition: Condition, values: dict[Single, Truth], *, wanted: bool) -> bool:
    """The compiled reader over a table of values: true when the condition is YES, or NO when not wanted."""
    order = list(values)
    text = source(condition, lambda test, asked: f"V[{order.index(test)}] is {'YES' if asked else 'NO'}", wanted)
    return bool(eval(text, {"V": list(values.values()), "YES": YES, "NO": NO}))  # noqa: S307 - spelled by the test itself


@seeds
def test_what_is_written_is_read_again(seed: int) -> None:
    chance = Random(seed)
    for _ in range(MANY // 5):
        tree = random_condition(chance, roles=True)
        assert parse(written(tree)) == tree


@seeds
def test_the_compiled_reader_agrees_with_the_reference_on_yes_and_on_no(seed: int) -> None:
    chance = Random(seed)
    for _ in range(MANY // 5):
        tree = random_condition(chance)
        values = {test: chance.choice(TRUTHS) for test in singles_of(tree)}
        meant = holds(tree, by(values))
        assert compiled(tree, values, wanted=True) is (meant is YES), written(tree)
        assert compiled(tree, values, wanted=False) is (meant is NO), written(tree)


@seeds
def test_roles_are_put_in_before_a_condition_is_read(seed: int) -> None:
    chance = Random(seed)
    for _ in range(MANY // 5):
        tree = substitute(random_condition(chance, roles=True), ROLES_AB)
        values = {test: chance.choice(TRUTHS) for test in singles_of(tree)}
        assert compiled(tree, values, wanted=True) is (holds(tree, by(values)) is YES)
        assert not any(isinstance(part, ForPersons) for part in _all_parts(tree))


def _all_parts(tree: Condition) -> list[Condition]:
    parts = tree.parts if isinstance(tree, And | Or) else (tree.part,) if isinstance(tree, Not | ForPersons) else ()
    return [tree, *(one for part in parts for one in _all_parts(part))]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (Not(And((A, B))), Or((Not(A), Not(B)))),
        (Not(Or((A, B))), And((Not(A), Not(B)))),
        (Not(Not(A)), A),
        (And((A, Or((B, C)))), Or((And((A, B)), And((A, C))))),
        (Or((A, And((B, C)))), And((Or((A, B)), Or((A, C))))),
        (And((A, B)), And((B, A))),
        (And((A, Always())), A),
        (Or((A, Always(value=False))), A),
        (And((A, Always(value=False))), Always(value=False)),
        (Or((A, Always())), Always()),
    ],
    ids=written,
)
def test_the_laws_of_kleene_hold(left: Condition, right: Condition) -> None:
    for values in product(TRUTHS, repeat=3):
        answer = by(dict(zip((A, B, C), values, strict=True)))
        assert holds(left, answer) is holds(right, answer)


def test_an_unknown_test_is_read_neither_as_yes_nor_as_no() -> None:
    answer = by({A: NOT_KNOWN})
    assert holds(Or((A, Not(A))), answer) is NOT_KNOWN
    assert holds(And((A, Not(A))), answer) is NOT_KNOWN
    assert not compiled(A, {A: NOT_KNOWN}, wanted=True)
    assert not compiled(A, {A: NOT_KNOWN}, wanted=False)


def test_knowing_more_never_takes_back_what_was_decided() -> None:
    chance = Random(7)
    for _ in range(1_000):
        tree = random_condition(chance)
        values = {test: chance.choice(TRUTHS) for test in singles_of(tree)}
        before = holds(tree, by(values))
        more = {test: chance.choice((YES, NO)) if one is NOT_KNOWN else one for test, one in values.items()}
        assert before is NOT_KNOWN or holds(tree, by(more)) is before


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("always", Always()),
        ("never", Always(value=False)),
        ("a and b or c", Or((And((A, B)), C))),
        ("a and (b or c)", And((A, Or((B, C))))),
        ("not a and b", And((Not(A), B))),
        ("ind(CTRL_xy, 3)", Single("ind", ("CTRL_xy", "3"))),
        ("READY_x >= 2", Single("value", ("READY_x",), "", ">=", ("2",))),
        ("answer(WD-01) in {a, b}", Single("answer", ("WD-01",), "", "in", ("a", "b"))),
        ("count(both_ways: Q1, Q2) >= 2", Single("count", ("Q1", "Q2"), "both_ways", ">=", ("2",))),
        ("every(6-8 weeks)", Single("every", ("6-8 weeks",))),
        ("some x: a or b", ForPersons(every=False, part=Or((A, B)))),
        ("each xy: a", ForPersons(every=True, part=A)),
    ],
)
def test_a_condition_is_read_as_it_stands(text: str, tree: Condition) -> None:
    assert parse(text) == tree


@pytest.mark.parametrize(
    ("text", "position", "expected"),
    [
        ("", 0, "a word"),
        ("a and", 5, "a word"),
        ("a b", 2, "the end"),
        ("(a or b", 7, "`)`"),
        ("ind(", 4, "a word"),
        ("ind()", 4, "a word"),
        ("answer(Q) in a", 13, "`{`"),
        ("answer(Q) in {a", 15, "`}`"),
        ("answer(Q) =", 11, "a word"),
        ("a & b", 2, "no meaning"),
        ("some z: a", 5, "`x`"),
        ("not", 3, "a word"),
        ("and a", 0, "a word"),
        ("é", 0, "no meaning"),
        ("a\0", 1, "no meaning"),
    ],
)
def test_a_fault_is_told_with_its_place(text: str, position: int, expected: str) -> None:
    with pytest.raises(ConditionError) as fault:
        parse(text)
    assert fault.value.position == position
    assert expected in str(fault.value)


@pytest.mark.parametrize("text", ["(" * 5_000, "not " * 1_200, "some x: " * 600, "(" * 40 + "a" + ")" * 40])
def test_a_condition_nested_beyond_understanding_is_refused(text: str) -> None:
    with pytest.raises(ConditionError, match="deeply"):
        parse(text)


def test_a_condition_longer_than_a_page_is_refused() -> None:
    with pytest.raises(ConditionError, match="at most"):
        parse(" or ".join(["a"] * LONGEST))


def test_a_condition_with_roles_is_neither_asked_nor_compiled() -> None:
    for reader in (lambda: holds(parse("some x: a"), by({A: YES})), lambda: source(parse("some x: a"), lambda *_: "1")):
        with pytest.raises(TypeError, match="roles"):
            reader()
