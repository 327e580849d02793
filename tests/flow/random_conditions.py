"""Random condition trees, as `parse` would give them, and random values of their tests."""

from random import Random

from triage.flow.conditions import OPERATORS, Always, And, Condition, ForPersons, Not, Or, Test, Truth
from triage.flow.vocabulary import FUNCTIONS

WORDS = ("CTRL_xy", "FORCE_x", "WD-01", "RI-13_x", "W_A", "a", "6-8", "no_cost", "x", "9")
TRUTHS = tuple(Truth)


def random_condition(chance: Random, depth: int = 3, roles: bool = False) -> Condition:
    """A tree of at most that depth; `some` and `each` only where they are wanted."""
    if depth == 0 or chance.random() < 0.2:
        return random_test(chance)
    kind = chance.randrange(5 if roles else 4)
    if kind == 0:
        return Not(random_condition(chance, depth - 1, roles))
    if kind == 4:
        return ForPersons(chance.random() < 0.5, random_condition(chance, depth - 1, roles))
    parts = tuple(random_condition(chance, depth - 1, roles) for _ in range(chance.randint(2, 4)))
    return And(parts) if kind == 1 else Or(parts)


def random_test(chance: Random) -> Condition:
    """One test of any form, or `always` or `never`."""
    form = chance.randrange(8)
    if form == 0:
        return Always(chance.random() < 0.5)
    if form == 1:
        return Test("name", (chance.choice(WORDS),))
    operator, values = _comparison(chance)
    if form == 2:
        return Test("value", (chance.choice(WORDS),), "", operator or "=", values or ("2",))
    arguments = tuple(_words(chance) for _ in range(chance.randint(1, 3)))
    inner = "both_ways" if chance.random() < 0.2 else ""
    return Test(chance.choice(tuple(FUNCTIONS)), arguments, inner, operator, values)


def _words(chance: Random) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(chance.choice((1, 1, 1, 2))))


def _comparison(chance: Random) -> tuple[str, tuple[str, ...]]:
    operator = chance.choice(("", "", "in", *OPERATORS))
    count = chance.randint(1, 3) if operator == "in" else 1
    return operator, tuple(chance.choice(WORDS) for _ in range(count)) if operator else ()
