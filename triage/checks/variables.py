"""The variables that tests speak of: flags, strengths, numbers and choices, each with finitely many values."""

import operator
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from triage.checks.formulas import Formula, Literal
from triage.flow.conditions import Test
from triage.flow.values import Strength, doubtful, indicated, not_known, possible, standing

Value = TypeVar("Value")
STRENGTHS = (0, 1, 2, 3, 4, -1, -2, -3, -4, -5)
"""Every encoded strength: known, unknown, withdrawn."""

COMPARED: Mapping[str, Callable[[int, int], bool]] = {
    "=": operator.eq, "!=": operator.ne, ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt,
}  # fmt: skip
PREDICATES: Mapping[str, Callable[[Strength, int], bool]] = {
    "ind": indicated,
    "on": standing,
    "poss": lambda strength, _: possible(strength),
    "unk": lambda strength, _: not_known(strength),
    "doubt": lambda strength, _: doubtful(strength),
    "zero": lambda strength, _: strength == 0,
    "hinted": lambda strength, _: strength == 1 or strength < -1,
}
"""What each predicate says of a strength and a level."""


def flag(name: Hashable, wanted: bool = True) -> Formula:
    """A variable that is true or false."""
    return Literal(name, 2 if wanted else 1, 3)


def choice(name: Hashable, options: Sequence[object], chosen: Callable[[object], bool]) -> Formula:
    """A variable with one of some values, of which some are chosen."""
    return Literal(name, _mask(options, chosen), _all(options))


def strength(name: Hashable, test: Test, wanted: bool, most: int = 4) -> Formula:
    """A predicate of the strength of a finding, or a comparison, which is neither while the strength is unknown."""
    values = [Strength(value) for value in (*range(5, most + 1), *STRENGTHS)]
    if test.function == "value":
        return Literal(name, _mask(values, lambda one: one >= 0 and _compares(one, test) is wanted), _all(values))
    level = int(test.arguments[1]) if len(test.arguments) > 1 else 2
    holds = PREDICATES[test.function]
    return Literal(name, _mask(values, lambda one: holds(one, level) is wanted), _all(values))


def number(name: Hashable, test: Test, wanted: bool, compared: Iterable[int], unknown: bool) -> Formula:
    """A comparison of a number; `compared` are all numbers it is compared with anywhere, `unknown` that it may be."""
    values = _told_apart(compared, unknown)
    return Literal(name, _mask(values, lambda one: _compares(one, test) is wanted), _every_number(values, unknown))


def number_among(name: Hashable, numbers: Iterable[int | None], compared: Iterable[int], unknown: bool) -> Formula:
    """That a number is one of some, of which None stands for not known."""
    values, given = _told_apart(compared, unknown), set(numbers)
    standing_for = {max((one for one in values if one <= n), default=min(values)) for n in given if n is not None}
    not_there = 1 << len(values) if unknown and None in given else 0
    return Literal(name, not_there | _mask(values, lambda one: one in standing_for), _every_number(values, unknown))


def among(name: Hashable, strengths: Iterable[int], most: int = 4) -> Formula:
    """That the strength of a finding is one of some."""
    values, chosen = [*range(5, most + 1), *STRENGTHS], set(strengths)
    return Literal(name, _mask(values, lambda one: one in chosen), _all(values))


def _told_apart(compared: Iterable[int], unknown: bool) -> list[int]:
    """Numbers of which one stands for each that the comparisons tell apart; what is always known is never negative."""
    points = sorted({one for value in compared for one in (value - 1, value, value + 1)})
    return [point for point in points if unknown or point >= 0]


def _every_number(values: Sequence[int], unknown: bool) -> int:
    return _all(values) | (1 << len(values) if unknown else 0)


def _compares(value: int, test: Test) -> bool:
    if test.operator == "in":
        return str(value) in test.values
    return COMPARED[test.operator](value, int(test.values[0]))


def _mask(values: Sequence[Value], chosen: Callable[[Value], bool]) -> int:
    return sum(1 << position for position, value in enumerate(values) if chosen(value))


def _all(values: Sequence[object]) -> int:
    return (1 << len(values)) - 1
