"""Strengths in a circuit: one literal for each threshold, so that every predicate of the rules is one or two of them.

The encoded strength (values.py) runs from -5 (`was 4`) to 4; the literal at t says that it is t or more. Source of
the predicates: domain pages 00.2 and 11.0.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from triage.flow.circuits.circuit import FALSE, TRUE, Circuit, Literal
from triage.flow.conditions import Always, And, Condition, Not, Or, Test

LOWEST, HIGHEST = -5, 4
THRESHOLDS = range(LOWEST + 1, HIGHEST + 1)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """One strength: the literal at t (from -4 to 4) says that the encoded strength is t or more."""

    literals: Mapping[int, Literal]

    def at_least(self, threshold: int) -> Literal:
        """That the encoded strength is `threshold` or more."""
        if threshold <= LOWEST:
            return TRUE
        return FALSE if threshold > HIGHEST else self.literals[threshold]


def free(circuit: Circuit, name: str) -> Thresholds:
    """A strength of which nothing is known: one input for each threshold, named `CTRL_AB>=2`."""
    return Thresholds({threshold: circuit.input(f"{name}>={threshold}") for threshold in THRESHOLDS})


def in_order(circuit: Circuit, strength: Thresholds) -> Literal:
    """That the inputs of a free strength are those of some strength: each threshold holds where a higher one does."""
    pairs = ((strength.at_least(one + 1), strength.at_least(one)) for one in THRESHOLDS if one < HIGHEST)
    return circuit.all_of(circuit.any_of((-higher, lower)) for higher, lower in pairs)


def fixed(value: int) -> Thresholds:
    """A strength that is known beforehand, encoded."""
    return Thresholds({threshold: TRUE if value >= threshold else FALSE for threshold in THRESHOLDS})


def value_of(held: Callable[[int], bool]) -> int:
    """The encoded strength, given which thresholds hold."""
    return LOWEST + sum(held(threshold) for threshold in THRESHOLDS)


def is_exactly(circuit: Circuit, strength: Thresholds, value: int) -> Literal:
    """That the encoded strength is just that value."""
    return circuit.all_of((strength.at_least(value), -strength.at_least(value + 1)))


def predicate(circuit: Circuit, name: str, level: int, strength: Thresholds) -> Literal:
    """That `ind`, `poss`, `on`, `unk`, `doubt`, `zero` or `hinted` holds of a strength."""
    known, at_one = strength.at_least(0), is_exactly(circuit, strength, 1)
    table: Mapping[str, Callable[[], Literal]] = {
        "ind": lambda: strength.at_least(level),
        "poss": lambda: -is_exactly(circuit, strength, 0),
        "on": lambda: circuit.any_of((strength.at_least(level), -strength.at_least(-level))),
        "unk": lambda: -known,
        "doubt": lambda: circuit.any_of((-known, at_one)),
        "zero": lambda: is_exactly(circuit, strength, 0),
        "hinted": lambda: circuit.any_of((-strength.at_least(-1), at_one)),
    }
    return table[name]()


def comparison(circuit: Circuit, test: Test, wanted: bool, strength: Thresholds) -> Literal:
    """That a strength is known and compares so (or, not wanted, known and does not)."""
    numbers = [int(word) for word in test.values]
    table: Mapping[str, Callable[[], Literal]] = {
        ">=": lambda: strength.at_least(numbers[0]),
        ">": lambda: strength.at_least(numbers[0] + 1),
        "<": lambda: -strength.at_least(numbers[0]),
        "<=": lambda: -strength.at_least(numbers[0] + 1),
        "=": lambda: is_exactly(circuit, strength, numbers[0]),
        "!=": lambda: -is_exactly(circuit, strength, numbers[0]),
        "in": lambda: circuit.any_of(is_exactly(circuit, strength, number) for number in numbers),
    }
    holds = table[test.operator]()
    return circuit.all_of((strength.at_least(0), holds if wanted else -holds))


def compared_count(circuit: Circuit, test: Test, literals: Iterable[Literal]) -> Literal:
    """That the number of literals that hold compares so."""
    counted, number = tuple(literals), int(test.values[0])
    table: Mapping[str, Callable[[], Literal]] = {
        ">=": lambda: circuit.at_least(number, counted),
        ">": lambda: circuit.at_least(number + 1, counted),
        "<": lambda: -circuit.at_least(number, counted),
        "<=": lambda: -circuit.at_least(number + 1, counted),
        "=": lambda: circuit.all_of((circuit.at_least(number, counted), -circuit.at_least(number + 1, counted))),
        "!=": lambda: -circuit.all_of((circuit.at_least(number, counted), -circuit.at_least(number + 1, counted))),
    }
    return table[test.operator]()


Spell = Callable[[Test, bool], Literal]
"""The literal of one test: that it is known to hold, or (not wanted) that it is known not to."""


def condition_literal(circuit: Circuit, condition: Condition, spell: Spell, wanted: bool = True) -> Literal:
    """The literal that a condition is YES (or, not wanted, NO), as `conditions.source` writes it in Python."""
    match condition:
        case Always(value):
            return TRUE if value is wanted else FALSE
        case Test():
            return spell(condition, wanted)
        case Not(part):
            return condition_literal(circuit, part, spell, not wanted)
        case And(parts) | Or(parts):
            literals = (condition_literal(circuit, part, spell, wanted) for part in parts)
            combine = circuit.all_of if isinstance(condition, And) is wanted else circuit.any_of
            return combine(literals)
    raise TypeError("roles are substituted before a condition becomes a circuit")
