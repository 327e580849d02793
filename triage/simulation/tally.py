"""Count, chunk by chunk, what the answers say has changed, keeping the simplest cases as examples."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from triage.flow.circuits.circuit import FALSE, Literal
from triage.flow.values import Strength
from triage.routing.rules import PERSONS
from triage.simulation.columns import Columns, held_at, number_in, numbers_in
from triage.simulation.comparison import EXAMPLES, Change, Comparison, Example, Move, ResultMove, Route, fewest
from triage.simulation.program import Bitmap
from triage.simulation.questions import Questions
from triage.simulation.statements import Kind, Statement, persons_together

Answers = Mapping[Literal, Bitmap]
Places = npt.NDArray[np.intp]
Weights = npt.NDArray[np.uint16]
_RouteBits = bytes
"""A route under the old rules and under the new, one bit for each statement of `Questions.routes`."""


@dataclass
class Tally:
    """The figures so far."""

    questions: Questions
    quiet: Strength
    cases: int = 0
    _held: Counter[Literal] = field(default_factory=Counter)
    _moves: Counter[tuple[str, _RouteBits]] = field(default_factory=Counter)
    _of_literals: dict[tuple[Literal, str], tuple[Example, ...]] = field(default_factory=lambda: defaultdict(tuple))
    _of_moves: dict[tuple[str, _RouteBits], tuple[Example, ...]] = field(default_factory=lambda: defaultdict(tuple))

    def add(self, answers: Answers, columns: Columns) -> None:
        """Count one chunk."""
        self.cases += columns.cases
        for literal, bitmap in answers.items():
            if literal != FALSE:
                self._held[literal] += number_in(bitmap, columns.cases)
        changed = answers[self.questions.changed]
        if not number_in(changed, columns.cases):
            return
        weights = self._weights(columns)
        for literal, person in self._exemplified():
            places = numbers_in(answers[literal], columns.cases)
            few = _simplest(places, weights)
            found = (Example(int(weights[place]), columns.first + int(place), person) for place in few)
            self._of_literals[literal, person] = fewest((*self._of_literals[literal, person], *found))
        for person, literal in self.questions.moved.items():
            self._add_moves(person, numbers_in(answers[literal], columns.cases), answers, columns.first, weights)

    def _weights(self, columns: Columns) -> Weights:
        """How many facts of each case are worth telling."""
        weights = np.zeros(columns.strengths.shape[1], np.uint16)
        for row in columns.strengths:
            weights += row != self.quiet
        for flags in columns.latched.values():
            weights += flags
        return weights

    def _exemplified(self) -> Iterator[tuple[Literal, str]]:
        """The literals that want examples, each with the person it is about."""
        for statement, one in self.questions.differences.items():
            yield from ((literal, statement.person) for literal in (one.gained, one.lost) if literal != FALSE)
        yield from ((literal, "") for literal in self.questions.results.values() if literal != FALSE)

    def _add_moves(self, person: str, places: Places, answers: Answers, first: int, weights: Weights) -> None:
        if not len(places):
            return
        old, new = self.questions.routes[person]
        literals = [*(self.questions.old[one] for one in old), *(self.questions.new[one] for one in new)]
        bits = np.packbits([held_at(answers[literal], places) for literal in literals], axis=0, bitorder="little").T
        rows = np.ascontiguousarray(bits).view(f"V{bits.shape[1]}").ravel()
        kept, group, numbers = np.unique(rows, return_inverse=True, return_counts=True)
        order = np.lexsort((places, weights[places], group))
        ends = np.cumsum(numbers)
        for key, number, end in zip(kept, numbers.tolist(), ends.tolist(), strict=True):
            move = (person, key.tobytes())
            self._moves[move] += number
            few = places[order[end - number : end][:EXAMPLES]]
            found = (Example(int(weights[place]), first + int(place), person) for place in few)
            self._of_moves[move] = fewest((*self._of_moves[move], *found))

    def comparison(self, checked: int, holds: frozenset[str]) -> Comparison:
        """Give the figures."""
        return Comparison(
            cases=self.cases,
            changed=self._held[self.questions.changed],
            checked=checked,
            moves=tuple(self._all_moves()),
            results=tuple(sorted(self._all_results(), key=lambda one: (-one.number, one.old, one.new))),
            changes={one: self._change(one) for one in persons_together(self.questions.differences)},
            holds=holds,
        )

    def _all_results(self) -> Iterator[ResultMove]:
        for (old, new), literal in self.questions.results.items():
            if self._held[literal]:
                yield ResultMove(old, new, self._held[literal], self._of_literals[literal, ""])

    def _all_moves(self) -> list[Move]:
        """The moves of A and of B counted together: the letters of a pair carry no meaning."""
        numbers, examples = Counter[tuple[Route, Route]](), defaultdict[tuple[Route, Route], list[Example]](list)
        for (person, key), number in self._moves.items():
            both = self._read(person, key)
            numbers[both] += number
            examples[both] += self._of_moves[person, key]
        moves = [Move(*both, number, fewest(examples[both])) for both, number in numbers.items()]
        return sorted(moves, key=lambda one: (-one.number, one.old.outcomes, one.new.outcomes, one.old.starts))

    def _read(self, person: str, key: _RouteBits) -> tuple[Route, Route]:
        old, new = self.questions.routes[person]
        bits = int.from_bytes(key, "little")
        return _route(old, bits), _route(new, bits >> len(old))

    def _change(self, together: Statement) -> Change:
        told = [
            one
            for one in (together, *(together._replace(person=p) for p in PERSONS))
            if one in self.questions.differences
        ]
        each = [(one.person, self.questions.differences[one]) for one in told]
        return Change(
            statement=together,
            old=sum(self._held[one.old] for _, one in each),
            new=sum(self._held[one.new] for _, one in each),
            gained=sum(self._held[one.gained] for _, one in each),
            lost=sum(self._held[one.lost] for _, one in each),
            gained_by=fewest(found for person, one in each for found in self._of_literals[one.gained, person]),
            lost_by=fewest(found for person, one in each for found in self._of_literals[one.lost, person]),
        )


def _simplest(places: Places, weights: Weights) -> Places:
    """The few places of the least weight, those that come first among equals."""
    if len(places) > EXAMPLES:
        least = np.partition(weights[places], EXAMPLES - 1)[EXAMPLES - 1]
        places = places[weights[places] <= least]
    return places[np.lexsort((places, weights[places]))][:EXAMPLES]


def _route(statements: tuple[Statement, ...], bits: int) -> Route:
    held = [one for place, one in enumerate(statements) if bits >> place & 1]
    outcomes = sorted(one.name for one in held if one.kind is Kind.ROUTE)
    return Route(tuple(outcomes), any(one.kind is Kind.START for one in held))
