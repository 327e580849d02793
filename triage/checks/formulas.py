"""Formulas over variables with finitely many values, in negation normal form, and how conditions become one.

A literal says that a variable has one of some values; "at least n of these parts are true" holds `and`, `or` and every
count. Formulas may share parts, and are never expanded.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from triage.flow.conditions import ROLES_AB, Always, And, Condition, ForPersons, Not, Or, Test, substitute


@dataclass(frozen=True, slots=True, eq=False)
class Literal:
    """That a variable has one of some values: a bit for each, of those in `every`."""

    variable: Hashable
    values: int
    every: int
    opposite: "list[Formula]" = field(default_factory=list, repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class AtLeast:
    """That at least so many parts are true."""

    number: int
    parts: "tuple[Formula, ...]"
    opposite: "list[Formula]" = field(default_factory=list, repr=False)


Formula = Literal | AtLeast
TRUE: Formula = AtLeast(0, ())
FALSE: Formula = AtLeast(1, (), [TRUE])
TRUE.opposite.append(FALSE)
Spell = Callable[[Test, bool], Formula]
"""Gives the formula that a test is known to hold; or, when not wanted, that it is known not to."""


def all_of(parts: Iterable[Formula]) -> Formula:
    """That all parts are true."""
    known = [part for part in parts if part is not TRUE]
    if FALSE in known:
        return FALSE
    return known[0] if len(known) == 1 else AtLeast(len(known), tuple(known)) if known else TRUE


def any_of(parts: Iterable[Formula]) -> Formula:
    """That some part is true."""
    known = [part for part in parts if part is not FALSE]
    if TRUE in known:
        return TRUE
    return known[0] if len(known) == 1 else AtLeast(1, tuple(known)) if known else FALSE


def at_least(number: int, parts: Sequence[Formula]) -> Formula:
    """That at least so many parts are true."""
    if number <= 0:
        return TRUE
    return FALSE if number > len(parts) else AtLeast(number, tuple(parts))


def negated(formula: Formula) -> Formula:
    """That a formula is not true; each formula has one opposite, made once."""
    if formula.opposite:
        return formula.opposite[0]
    if isinstance(formula, Literal):
        contrary: Formula = Literal(formula.variable, formula.every & ~formula.values, formula.every)
    else:
        contrary = at_least(len(formula.parts) - formula.number + 1, [negated(part) for part in formula.parts])
    formula.opposite.append(contrary)
    if contrary is not TRUE and contrary is not FALSE:
        contrary.opposite.append(formula)
    return contrary


def formula_of(condition: Condition, spell: Spell, wanted: bool = True) -> Formula:
    """Give the formula that a condition is known to hold, or known not to when not `wanted`; A is x where roles are."""
    match condition:
        case Always(value):
            return TRUE if value is wanted else FALSE
        case Test():
            return spell(condition, wanted)
        case Not(part):
            return formula_of(part, spell, not wanted)
        case And(parts) | Or(parts):
            formulas = [formula_of(part, spell, wanted) for part in parts]
            return all_of(formulas) if isinstance(condition, And) is wanted else any_of(formulas)
        case ForPersons():
            return formula_of(substitute(condition, ROLES_AB), spell, wanted)
