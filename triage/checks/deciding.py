"""Decide exactly whether formulas can be true together: a search that learns from its dead ends, with bounded work.

A node of a formula is true only because something needs it: the wanted formulas, a conjunction, or a choice among the
parts of a disjunction. The search ends when every disjunction that is needed has a true part, and no variable is left
without a value. What led to a dead end is kept as a clause (conflict-driven learning; Marques-Silva and Sakallah 1996).
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from triage.checks.formulas import AtLeast, Formula, Literal

MOST_WORK = 400_000
"""How many consequences may be drawn before a question is given up as too large: about a second."""

ALL_WORK = 16_000_000
"""The same for all questions of one folder together: less than a minute. The shipped flows need a hundredth."""

Clause = tuple[int, ...]
"""Signed nodes, one of which must be so: `n` that node n is true, `-n` that nothing needs it to be."""


class Verdict(Enum):
    """What is known of a formula; TOO_LARGE is never read as either of the others."""

    POSSIBLE = "it can be true"
    IMPOSSIBLE = "it is never true"
    TOO_LARGE = "it is too large to decide"


@dataclass(slots=True)
class Purse:
    """The work that is left for all questions together; when it is empty, everything is too large."""

    left: int = ALL_WORK


def verdict(formulas: Iterable[Formula], purse: Purse | None = None) -> Verdict:
    """Say whether all formulas can be true together."""
    return Search(purse).verdict(formulas)


class _Nodes:
    """The nodes of formulas, numbered from 1: conjunctions, disjunctions, and leaves with a variable and its values."""

    def __init__(self) -> None:
        self.kept: list[Formula] = []
        self.numbers: dict[int, int] = {}
        self.parts: list[tuple[int, ...]] = [()]
        self.is_choice: list[bool] = [False]
        self.leaves: dict[int, tuple[Hashable, int, int]] = {}
        self.leaf_of: dict[tuple[Hashable, int], int] = {}
        self.above: list[list[int]] = [[]]
        self.of_variable: dict[Hashable, list[int]] = {}

    def number(self, formula: Formula) -> int:
        """The number of a formula, its parts first."""
        waiting = [formula]
        while waiting:
            one = waiting[-1]
            if id(one) in self.numbers:
                waiting.pop()
                continue
            missing = [part for part in one.parts if id(part) not in self.numbers] if isinstance(one, AtLeast) else []
            if missing:
                waiting += missing
                continue
            self.kept.append(one)
            self.numbers[id(one)] = self._leaf(one) if isinstance(one, Literal) else self._counted(one)
            waiting.pop()
        return self.numbers[id(formula)]

    def _leaf(self, literal: Literal) -> int:
        key = (literal.variable, literal.values)
        if key not in self.leaf_of:
            number = self._add((), is_choice=not literal.values)
            self.leaf_of[key] = number
            if literal.values:
                self.leaves[number] = (literal.variable, literal.values, literal.every)
                self.of_variable.setdefault(literal.variable, []).append(number)
        return self.leaf_of[key]

    def _counted(self, formula: AtLeast) -> int:
        parts = [self.numbers[id(part)] for part in formula.parts]
        if formula.number in {1, len(parts)} or formula.number <= 0 or formula.number > len(parts):
            wanted = formula.number if 0 < formula.number <= len(parts) else 0
            is_choice = formula.number > len(parts) or (wanted == 1 and len(parts) > 1)
            return self._add(tuple(parts) if wanted else (), is_choice=is_choice)
        held = [self._add((), is_choice=False)] + [self._add((), is_choice=True)] * formula.number
        for part in parts:
            for count in range(formula.number, 0, -1):
                with_it = self._add((held[count - 1], part), is_choice=False)
                held[count] = self._add((held[count], with_it), is_choice=True)
        return held[formula.number]

    def _add(self, parts: tuple[int, ...], *, is_choice: bool) -> int:
        number = len(self.parts)
        self.parts.append(tuple(dict.fromkeys(parts)))
        self.is_choice.append(is_choice)
        self.above.append([])
        for part in self.parts[number]:
            self.above[part].append(number)
        return number


class Search:
    """One growing set of formulas, of which several may be asked for one after the other; what is learned is kept."""

    def __init__(self, purse: Purse | None = None) -> None:
        self.nodes, self.purse = _Nodes(), purse or Purse()
        self.learned: list[Clause] = []
        self.learned_with: dict[int, list[Clause]] = {}
        self.liked: dict[int, float] = {}
        self._liking = 1.0

    def keep(self, clause: Clause) -> None:
        """Keep a clause that holds whatever is wanted; what was of no use for long is liked less and less."""
        self.learned.append(clause)
        for one in clause:
            self.learned_with.setdefault(one, []).append(clause)
        self._liking *= 1.05

    def like(self, number: int) -> None:
        """Prefer a node that had a part in a dead end: it decides much."""
        self.liked[number] = self.liked.get(number, 0.0) + self._liking

    def verdict(self, formulas: Iterable[Formula]) -> Verdict:
        """Say whether all formulas can be true together."""
        if self.purse.left <= 0:
            return Verdict.TOO_LARGE
        wanted = [self.nodes.number(one) for one in formulas]
        state = _State(self)
        found = self._searched(state, wanted, min(MOST_WORK, self.purse.left))
        self.purse.left -= state.work + len(wanted)
        return found

    def _searched(self, state: "_State", wanted: Sequence[int], most_work: int) -> Verdict:
        dead_ends = 0
        while state.work <= most_work:
            conflict = state.propagated()
            if conflict is not None:
                if state.level == 0:
                    return Verdict.IMPOSSIBLE
                dead_ends += 1
                state.learn(conflict)
                if dead_ends % RESTART == 0:
                    state.undo_to(0)
                continue
            following = state.next_choice(wanted)
            if following is None:
                return Verdict.POSSIBLE
            if following == 0:
                return Verdict.IMPOSSIBLE
            state.try_out(following)
        return Verdict.TOO_LARGE


RESTART = 120
"""After so many dead ends the search begins anew, with what it has learned."""


class _State:
    """What is assumed and follows at one moment of a search."""

    def __init__(self, search: Search) -> None:
        nodes = search.nodes
        self.search, self.nodes, self.work, self.level = search, nodes, 0, 0
        size = len(nodes.parts)
        self.value = [0] * size
        self.levels = [0] * size
        self.reasons: list[Clause | None] = [None] * size
        self.true_parts, self.false_parts = [0] * size, [0] * size
        self.trail: list[int] = []
        self.starts: list[int] = []
        self.head = 0
        self.domains: dict[Hashable, int] = {}
        self.narrowed_by: dict[Hashable, list[tuple[int, int]]] = {}
        self.conflict: Clause | None = None
        for clause in search.learned:
            if len(clause) == 1:
                self.so(clause[0], clause)
        for number in range(1, size):
            if nodes.is_choice[number] and not nodes.parts[number]:
                self.so(-number, (-number,))

    def so(self, signed: int, reason: Clause | None) -> None:
        """Note that a node is true, or not needed; a contradiction is the conflict."""
        number, sign = abs(signed), 1 if signed > 0 else -1
        if self.value[number]:
            if self.value[number] != sign and self.conflict is None:
                self.conflict = reason
            return
        self.work += 1
        self.value[number], self.levels[number], self.reasons[number] = sign, self.level, reason
        self.trail.append(signed)
        counts = self.true_parts if sign > 0 else self.false_parts
        for above in self.nodes.above[number]:
            counts[above] += 1
        leaf = self.nodes.leaves.get(number)
        if leaf and sign > 0:
            variable, values, every = leaf
            before = self.domains.get(variable, every)
            self.narrowed_by.setdefault(variable, []).append((number, before))
            self.domains[variable] = before & values

    def undo_to(self, level: int) -> None:
        """Take back everything above a level."""
        if level >= self.level:
            return
        start = self.starts[level]
        for signed in reversed(self.trail[start:]):
            number = abs(signed)
            counts = self.true_parts if signed > 0 else self.false_parts
            for above in self.nodes.above[number]:
                counts[above] -= 1
            leaf = self.nodes.leaves.get(number)
            if leaf and signed > 0:
                _, self.domains[leaf[0]] = self.narrowed_by[leaf[0]].pop()
            self.value[number], self.reasons[number] = 0, None
        del self.trail[start:], self.starts[level:]
        self.level, self.head, self.conflict = level, min(self.head, start), None

    def try_out(self, signed: int) -> None:
        """Assume something on a new level."""
        self.starts.append(len(self.trail))
        self.level += 1
        self.so(signed, None)

    def propagated(self) -> Clause | None:
        """Draw every consequence; a clause of which nothing can be so any more is a dead end."""
        while self.conflict is None and self.head < len(self.trail):
            signed = self.trail[self.head]
            self.head += 1
            if signed > 0:
                self._true(signed)
            else:
                self._not_needed(-signed)
            if self.conflict is None:
                self._learned(-signed)
        found, self.conflict = self.conflict, None
        return found

    def _true(self, number: int) -> None:
        if number in self.nodes.leaves:
            self._narrowed(self.nodes.leaves[number][0])
        elif self.nodes.is_choice[number]:
            self._choice(number)
        else:
            for part in self.nodes.parts[number]:
                self.so(part, (part, -number))

    def _narrowed(self, variable: Hashable) -> None:
        because = tuple(-number for number, _ in self.narrowed_by[variable])
        domain = self.domains[variable]
        if not domain:
            self.conflict = because
            return
        for leaf in self.nodes.of_variable[variable]:
            if not self.value[leaf] and not self.nodes.leaves[leaf][1] & domain:
                self.so(-leaf, (-leaf, *because))

    def _choice(self, number: int) -> None:
        """A disjunction: with no part left it is not true; with one left and it true, that part is."""
        parts = self.nodes.parts[number]
        left = len(parts) - self.false_parts[number]
        if left == 0:
            self.so(-number, (-number, *parts))
        elif left == 1 and self.value[number] > 0:
            last = next(part for part in parts if self.value[part] >= 0)
            self.so(last, (last, -number, *(part for part in parts if part != last)))

    def _not_needed(self, number: int) -> None:
        for above in self.nodes.above[number]:
            if self.nodes.is_choice[above]:
                self._choice(above)
            else:
                self.so(-above, (-above, number))

    def _learned(self, contrary: int) -> None:
        """What learned clauses say now that one of their members can not be so."""
        for clause in self.search.learned_with.get(contrary, ()):
            self.work += 1
            states = [self._is(one) for one in clause]
            if 1 in states:
                continue
            if 0 not in states:
                self.conflict = clause
                return
            if states.count(0) == 1:
                self.so(clause[states.index(0)], clause)

    def _is(self, signed: int) -> int:
        """1 when it is so, -1 when its contrary is, 0 while it is open."""
        value = self.value[abs(signed)]
        return value if signed > 0 else -value

    def learn(self, conflict: Clause) -> None:
        """Find the one assumption or consequence of the last level that led to a dead end; go back, and exclude it."""
        self.undo_to(max(self.levels[abs(one)] for one in conflict))
        seen, learned, open_members, position, clause = set[int](), list[int](), 0, len(self.trail) - 1, conflict
        while True:
            for one in clause:
                number = abs(one)
                if number in seen or self.levels[number] == 0:
                    continue
                seen.add(number)
                self.search.like(number)
                if self.levels[number] == self.level:
                    open_members += 1
                else:
                    learned.append(one)
            while abs(self.trail[position]) not in seen:
                position -= 1
            signed = self.trail[position]
            position -= 1
            open_members -= 1
            if open_members == 0:
                break
            clause = self.reasons[abs(signed)] or ()
        found = (-signed, *learned)
        self.search.keep(found)
        self.undo_to(max((self.levels[abs(one)] for one in learned), default=0))
        self.so(-signed, found)

    def next_choice(self, wanted: Sequence[int]) -> int | None:
        """What to assume next: something wanted, or a part of a disjunction; 0 when it cannot be, None when all is."""
        for number in wanted:
            if self.value[number] < 0:
                return 0
            if self.value[number] == 0:
                return number
        choices = [one for one in self.trail if one > 0 and self.nodes.is_choice[one] and not self.true_parts[one]]
        if not choices:
            return None
        chosen = min(choices, key=lambda one: len(self.nodes.parts[one]) - self.false_parts[one])
        left = [part for part in self.nodes.parts[chosen] if self.value[part] == 0]
        return max(left, key=lambda part: self.search.liked.get(part, 0.0))
