"""Decide exactly whether a formula over variables with finitely many values can be true: splitting, with bounded work.

A formula is in negation normal form over two nodes: a literal (a variable has one of some values) and "at least n of
these parts are true", which holds `and`, `or` and every count. Formulas may share parts; nothing is expanded.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from triage.flow.conditions import ROLES_AB, Always, And, Condition, ForPersons, Not, Or, Test, substitute

MOST_WORK = 400_000
"""How many parts may be looked at before a question is given up as too large: about a second."""


@dataclass(frozen=True, slots=True, eq=False)
class Literal:
    """That a variable has one of some values: a bit for each, of those in `every`."""

    variable: Hashable
    values: int
    every: int


@dataclass(frozen=True, slots=True, eq=False)
class AtLeast:
    """That at least so many parts are true."""

    number: int
    parts: "tuple[Formula, ...]"


Formula = Literal | AtLeast
TRUE: Formula = AtLeast(0, ())
FALSE: Formula = AtLeast(1, ())
Spell = Callable[[Test, bool], Formula]
"""Gives the formula that a test is known to hold; or, when not wanted, that it is known not to."""


class Verdict(Enum):
    """What is known of a formula; TOO_LARGE is never read as either of the others."""

    POSSIBLE = "it can be true"
    IMPOSSIBLE = "it is never true"
    TOO_LARGE = "it is too large to decide"


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


def negated(formula: Formula, known: "dict[int, Formula] | None" = None) -> Formula:
    """That a formula is not true."""
    known = {} if known is None else known
    if id(formula) in known:
        return known[id(formula)]
    if formula is TRUE or formula is FALSE:
        opposite = FALSE if formula is TRUE else TRUE
    elif isinstance(formula, Literal):
        opposite = Literal(formula.variable, formula.every & ~formula.values, formula.every)
    else:
        parts = [negated(part, known) for part in formula.parts]
        opposite = at_least(len(parts) - formula.number + 1, parts)
    known[id(formula)] = opposite
    return opposite


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


def verdict(formulas: Iterable[Formula], most_work: int = MOST_WORK) -> Verdict:
    """Say whether all formulas can be true together."""
    search = _Search(most_work)
    waiting: list[_Position] = [({}, tuple(formulas))]
    while waiting:
        position = search.narrowed(*waiting.pop())
        if search.work > most_work:
            return Verdict.TOO_LARGE
        if position is None:
            continue
        domains, pending = position
        if not pending:
            return Verdict.POSSIBLE
        literal = search.literal_to_try(pending, domains)
        for values in (literal.every & ~literal.values, literal.values):
            left = domains.get(literal.variable, literal.every) & values
            if left:
                waiting.append(({**domains, literal.variable: left}, pending))
    return Verdict.IMPOSSIBLE


def is_possible(formulas: Iterable[Formula]) -> bool:
    """Whether formulas can be true together, as far as that could be decided; for tests and simple questions."""
    return verdict(formulas) is not Verdict.IMPOSSIBLE


_Domains = Mapping[Hashable, int]
_Position = tuple[_Domains, tuple[Formula, ...]]


class _Search:
    """The work of one decision."""

    def __init__(self, most_work: int) -> None:
        self.work, self.most_work = 0, most_work

    def narrowed(self, domains: _Domains, pending: tuple[Formula, ...]) -> _Position | None:
        """Draw every consequence that needs no trying: what is left to satisfy, or None when it cannot be."""
        narrowed = dict(domains)
        changed = True
        while changed and self.work <= self.most_work:
            changed = False
            known: dict[int, bool | None] = {}
            left: list[Formula] = []
            following = list(pending)
            while following:
                formula = following.pop()
                state = self.state(formula, narrowed, known)
                if state is False:
                    return None
                if state is True:
                    continue
                needed = self.needed(formula, narrowed, known)
                if needed is None:
                    left.append(formula)
                elif isinstance(formula, Literal):
                    narrowed[formula.variable] = narrowed.get(formula.variable, formula.every) & formula.values
                    changed = True
                    known = {}
                else:
                    following += needed
            pending = tuple(left)
        return narrowed, pending

    def state(self, formula: Formula, domains: _Domains, known: dict[int, bool | None]) -> bool | None:
        """Whether a formula is true, false, or still open."""
        self.work += 1
        if isinstance(formula, Literal):
            domain = domains.get(formula.variable, formula.every)
            return False if not domain & formula.values else True if not domain & ~formula.values else None
        if id(formula) in known:
            return known[id(formula)]
        true, still_possible = 0, len(formula.parts)
        state: bool | None = True if formula.number <= 0 else None
        for part in formula.parts:
            found = self.state(part, domains, known)
            true += found is True
            still_possible -= found is False
            if true >= formula.number or still_possible < formula.number:
                state = true >= formula.number
                break
        if not formula.parts and formula.number > 0:
            state = False
        known[id(formula)] = state
        return state

    def needed(self, formula: Formula, domains: _Domains, known: dict[int, bool | None]) -> list[Formula] | None:
        """The parts that must all be true for an open formula to be; None when there is a choice."""
        if isinstance(formula, Literal):
            return []
        states = [(part, self.state(part, domains, known)) for part in formula.parts]
        open_parts = [part for part, state in states if state is None]
        true = sum(state is True for _, state in states)
        return open_parts if true + len(open_parts) == formula.number else None

    def literal_to_try(self, pending: Sequence[Formula], domains: _Domains) -> Literal:
        """The first open literal of the open formula with the fewest parts."""
        known: dict[int, bool | None] = {}
        formula = min(pending, key=lambda one: len(one.parts) if isinstance(one, AtLeast) else 0)
        while isinstance(formula, AtLeast):
            formula = next(part for part in formula.parts if self.state(part, domains, known) is None)
        return formula
