"""From the pieces of evidence of one pair to the strength of every finding (domain 12, as corrected by 13)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from triage.assess.compiling import CompiledRulebook, Program
from triage.assess.context import Context
from triage.assess.pieces import NOTHING, Piece, Strength, combined, highest, merged_episodes
from triage.cases.record import CaseRecord, Pair
from triage.flow.values import last_strength

NOT_COMBINED = frozenset({"rule", "count"})
UNKNOWN_MARKERS_ALLOWED = 7


@dataclass(frozen=True, slots=True)
class PairFindings:
    """The findings of one pair on one day; strengths are numbered by the slots of the rulebook."""

    pair: Pair
    strengths: tuple[int, ...]
    classes: tuple[frozenset[str], ...]
    context: Context


def findings_of(
    book: CompiledRulebook, record: CaseRecord, pair: Pair, on: date, dropped: frozenset[str] = frozenset()
) -> PairFindings:
    """Compute every finding of a pair from the answers and acts up to the day `on`, without the answers set aside.

    A finding that the remaining evidence leaves unknown, and that stood before something was withdrawn, is withdrawn
    from its last strength (domain 12.1, rule 7).
    """
    before: Context | None = None
    if any(answer.withdrawn is not None and answer.withdrawn.on <= on for answer in record.answers):
        before = Context(book, record, pair, on, dropped, withdrawn=True)
        _evaluate(before, None)
    context = Context(book, record, pair, on, dropped, withdrawn=False)
    strengths = _evaluate(context, before)
    return PairFindings(pair, tuple(strengths), tuple(context.classes_of), context)


def _evaluate(c: Context, before: Context | None) -> list[int]:
    strengths = c.strengths
    for program in c.book.programs:
        number = program.slot.number
        value, classes = _strength(c, program)
        if before is not None and value <= 0 and _taken_back(c, before, number, value):
            value = -1 - before.strengths[number]
        strengths[number], c.classes_of[number] = value, classes
        for name in c.book.merged_after.get(number, ()):
            _merge(c, name, c.book.slots.merged[name])
    for program in c.book.falling:
        number = program.slot.number
        if program.falls_when is not None and strengths[number] >= 2 and program.falls_when(strengths, c):
            strengths[number] = 1
    return strengths


def _taken_back(c: Context, before: Context, number: int, value: int) -> bool:
    """Whether a finding stood before something was withdrawn, and no value was recorded since (domain 11.0, 12.1).

    A "not found" recorded before the withdrawal is no new value: it stood beside the evidence when that counted.
    A strength of 1 that a lead withdraws is settled by what else is on file (correction 15, rule 10).
    """
    if before.strengths[number] < 1 or value < 0:
        return before.strengths[number] >= 1
    gone = [
        piece.account.answer.withdrawn.on
        for piece in before.pieces[number]
        if piece.account.answer.withdrawn is not None and piece.account.answer.withdrawn.on <= c.on
    ]
    recorded = max((account.answer.on for _, account in c.zeros[number]), default=None)
    return before.strengths[number] >= 2 and bool(gone) and (recorded is None or recorded <= max(gone))


def _strength(c: Context, program: Program) -> Strength:
    number, definition = program.slot.number, program.slot.finding
    pieces = c.pieces[number]
    if program.silent and not pieces and not c.zeros[number]:
        return NOTHING
    if definition.count:
        return _count(c, program), frozenset()
    value, classes = _from_pieces(pieces, program) if pieces else NOTHING
    for strength, holds, rests_on in program.rules:
        if strength > value and holds(c.strengths, c):
            value, classes = strength, frozenset().union(*(_resting(c, slot) for slot in rests_on))
    if value >= 1 and (value > 1 or not _settled(c, program)):
        return value, classes
    return _ruled_out(c, program), frozenset()


def _resting(c: Context, slot: int) -> frozenset[str]:
    return c.classes_of[slot] or frozenset(piece.source for piece in c.pieces[slot] if piece.strength >= 2)


def _from_pieces(pieces: list[Piece], program: Program) -> Strength:
    if len(pieces) == 1 and not pieces[0].kind:
        return pieces[0].strength, frozenset((pieces[0].source,))
    direct = [piece for piece in pieces if not piece.kind]
    counted = [piece for piece in pieces if piece.kind and piece.kind not in NOT_COMBINED]
    whole = combined(merged_episodes(counted), program.slot.finding.needs) if counted else NOTHING
    if not direct:
        return whole
    alone = highest(direct)
    value = max(alone[0], whole[0])
    classes = frozenset().union(*(found for strength, found in (alone, whole) if strength >= min(value, 2)))
    return (3 if value == 2 and len(classes - {""}) >= 2 else value), classes


def _count(c: Context, program: Program) -> int:
    """MARKERS: how many questions hold a counted code; unknown while 8 or more of them are unknown (correction 22)."""
    number = program.slot.number
    if sum(place not in c.by_place for place in c.book.counted[number]) > UNKNOWN_MARKERS_ALLOWED:
        return -1
    return len({piece.account.question.id for piece in c.pieces[number] if piece.kind == "count"})


def _ruled_out(c: Context, program: Program) -> int:
    if program.unknown_when is not None and program.unknown_when(c.strengths, c):
        return -1
    zero = program.zero(c.strengths, c) if program.zero is not None else c.anything_ruled_out(program.slot.number)
    return 0 if zero or program.slot.finding.otherwise_zero else -1


def _settled(c: Context, program: Program) -> bool:
    """A 1 no longer stands when, on a later date, a competent source was asked and answered "not found" (rule 10)."""
    pieces = [
        piece for piece in c.pieces[program.slot.number] if piece.strength >= 1 and piece.kind not in NOT_COMBINED
    ]
    if not pieces or any(piece.strength > 1 for piece in pieces):
        return False
    if any(holds(c.strengths, c) for _, holds, _ in program.rules):
        return False
    c.after = max(piece.account.answer.on for piece in pieces)
    try:
        return _ruled_out(c, program) == 0 and _asked_later(c, program)
    finally:
        c.after = None


def _asked_later(c: Context, program: Program) -> bool:
    after = c.after
    return any(after is not None and account.answer.on > after for _, account in c.zeros[program.slot.number])


def _merge(c: Context, name: str, numbers: tuple[int, ...]) -> None:
    merged = c.book.slots.number[name]
    c.strengths[merged] = most_protective([c.strengths[number] for number in numbers])
    c.classes_of[merged] = frozenset().union(*(c.classes_of[number] for number in numbers))


def most_protective(values: list[int]) -> int:
    """One value over persons or directions: highest known of 2 or more, else withdrawn, 1, unknown, 0 (12.2)."""
    known = max((value for value in values if value >= 2), default=None)
    if known is not None:
        return known
    taken_back = [value for value in values if value <= -3]
    if taken_back:
        return min(taken_back)
    order: Mapping[int, int] = {1: 0, -2: 1, -1: 2, 0: 3}
    return min(values, key=lambda value: order.get(value, 2))


def because(findings: PairFindings, number: int) -> tuple[str, ...]:
    """The ids of the answers that a strength rests on: those that speak for it, or those that ruled it out."""
    c = findings.context
    if number >= len(c.pieces):
        return tuple(sorted({one for slot in _components(c, number) for one in because(findings, slot)}))
    strength = findings.strengths[number]
    if last_strength(strength) >= 1:  # type: ignore[arg-type]  # an encoded strength, kept as a bare int in the tuple
        accounts = [piece.account for piece in c.pieces[number] if piece.strength >= 1]
    else:
        accounts = [account for _, account in c.zeros[number]] if strength == 0 else []
        accounts += [piece.account for piece in c.pieces[number] if piece.kind == "rule"]
    return tuple(dict.fromkeys(account.answer.id for account in accounts))


def _components(c: Context, number: int) -> tuple[int, ...]:
    return next(numbers for name, numbers in c.book.slots.merged.items() if c.book.slots.number[name] == number)
