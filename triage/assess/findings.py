"""From the pieces of evidence of one pair to the strength of every finding (domain 12, as corrected by 13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import overload

from triage.assess.compiled.compiling import CompiledRulebook
from triage.assess.context import Context
from triage.assess.interpreting import from_pieces
from triage.cases.record import CaseRecord, Pair
from triage.flow.values import Strength, last_strength


class Classes(Sequence[frozenset[str]]):
    """The classes of source that each finding rests on, by number, worked out when asked."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._known: dict[int, frozenset[str]] = {}

    def __len__(self) -> int:
        return self._context.book.slots.size

    @overload
    def __getitem__(self, number: int) -> frozenset[str]: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[frozenset[str]]: ...
    def __getitem__(self, number: int | slice) -> frozenset[str] | Sequence[frozenset[str]]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        if not 0 <= number < len(self):
            raise IndexError(number)
        return self.of(number)

    def of(self, number: int) -> frozenset[str]:
        """The classes that the finding of one number rests on."""
        if number not in self._known:
            self._known[number] = self._classes(number)
        return self._known[number]

    def _classes(self, number: int) -> frozenset[str]:
        c = self._context
        if number in c.book.components:
            return frozenset().union(*(self[one] for one in c.book.components[number]))
        definition = c.book.slots.all[number].finding
        if c.strengths[number] < 1 or definition.count:
            return frozenset()
        if number in c.resting:
            return frozenset().union(*(self._resting(slot, before) for slot, before in c.resting[number]))
        return from_pieces(c.pieces[number], definition.needs)[1]

    def _resting(self, slot: int, before: bool) -> frozenset[str]:
        """The classes that a rule takes over from another slot: its own, else those of its pieces at 2 or more."""
        own = self[slot] if before else frozenset()
        return own or frozenset(one.source for one in self._context.pieces[slot] if one.strength >= 2)


@dataclass(frozen=True, slots=True)
class PairFindings:
    """The findings of one pair on one day; strengths and classes are numbered by the slots of the rulebook."""

    pair: Pair
    strengths: tuple[int, ...]
    classes: Classes
    context: Context


def findings_of(
    book: CompiledRulebook, record: CaseRecord, pair: Pair, on: date, dropped: frozenset[str] = frozenset()
) -> PairFindings:
    """Compute every finding of a pair from the answers and acts up to the day `on`, without the answers set aside.

    A finding that the remaining evidence leaves unknown, and that stood before something was withdrawn, is withdrawn
    from its last strength (domain 12.1, rule 7).
    """
    context = Context(book, record, pair, on, dropped, withdrawn=False)
    if record.transcript.first_withdrawal <= on and context.taken_back:
        before = Context(book, record, pair, on, dropped, withdrawn=True)
        book.written.evaluate(before, None)
        book.written.evaluate_after_withdrawal(context, before)
    else:
        book.written.evaluate(context, None)
    return PairFindings(pair, tuple(context.strengths), Classes(context), context)


def because(findings: PairFindings, number: int) -> tuple[str, ...]:
    """The ids of the answers that a strength rests on: those that speak for it, or those that ruled it out."""
    c = findings.context
    components = c.book.components.get(number)
    if components is not None:
        return tuple(sorted({one for slot in components for one in because(findings, slot)}))
    strength, evidence = findings.strengths[number], c.behind.get(number, ())
    if not evidence:
        return ()
    if last_strength(Strength(strength)) >= 1:
        answers = [at for piece, at in evidence if piece is not None and piece.strength >= 1]
    else:
        answers = [at for piece, at in evidence if piece is None and strength == 0]
        answers += [at for piece, at in evidence if piece is not None and piece.kind == "rule"]
    return tuple([c.record.answers[at].id for at in dict.fromkeys(answers)])
