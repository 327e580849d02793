"""Read the rules of findings one by one, as they are written: the reading that the compiled one is compared with."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from triage.assess.worth.pieces import NOTHING, Piece, combined, highest

if TYPE_CHECKING:
    from triage.assess.compiled.compiling import Program
    from triage.assess.context import Context

NOT_COMBINED = frozenset({"rule", "count"})
UNKNOWN_MARKERS_ALLOWED = 7


def evaluate(c: "Context", before: "Context | None") -> None:
    """Fill the strengths of a context, finding by finding (domain 12); `before`: what stood before a withdrawal."""
    strengths = c.strengths
    for program in c.book.programs:
        number = program.slot.number
        strengths[number] = strength_of(c, program)
        if before is not None and strengths[number] <= 0:
            strengths[number] = taken_back(c, before, number)
        for name in c.book.merged_after.get(number, ()):
            values = [strengths[one] for one in c.book.slots.merged[name]]
            strengths[c.book.slots.number[name]] = most_protective(values)
    for program in c.book.falling:
        number = program.slot.number
        if program.falls_when is not None and strengths[number] >= 2 and program.falls_when(strengths, c):
            strengths[number] = 1


def strength_of(c: "Context", program: "Program") -> int:
    """The strength of one slot from its pieces, its rules and what rules it out; -1 when nothing is known."""
    number, definition = program.slot.number, program.slot.finding
    if definition.count:
        return counted(c, number)
    value = from_pieces(c.pieces[number], definition.needs)[0]
    for strength, holds, rests_on in program.rules:
        if strength > value and holds(c.strengths, c):
            value, c.resting[number] = strength, rests_on
    if value >= 1 and (value > 1 or not settled(c, number)):
        return value
    return ruled_out(c, number)


def taken_back(c: "Context", before: "Context", number: int) -> int:
    """The strength of a finding that nothing supports now: withdrawn when something stood before (domain 11.0, 12.1).

    A "not found" recorded before the withdrawal is no new value: it stood beside the evidence when that counted.
    A strength of 1 that a lead withdraws is settled by what else is on file (correction 15, rule 10).
    """
    value, stood = c.strengths[number], before.strengths[number]
    if stood < 1 or value < 0:
        return -1 - stood if stood >= 1 else value
    gone = [
        account.answer.withdrawn.on
        for _, account in before.told_of(number).pieces.get(number, ())
        if account.answer.withdrawn is not None and account.answer.withdrawn.on <= c.on
    ]
    recorded = max((account.answer.on for account in c.told_of(number).zeros.get(number, ())), default=None)
    withdrawn = stood >= 2 and bool(gone) and (recorded is None or recorded <= max(gone))
    return -1 - stood if withdrawn else value


def from_pieces(pieces: Sequence[Piece], needs: Sequence[Mapping[str, int]]) -> tuple[int, frozenset[str]]:
    """The strength that pieces give, direct ones and counted elements together, and the classes that carry it."""
    direct, elements = list[Piece](), list[Piece]()
    for piece in pieces:
        if not piece.kind:
            direct.append(piece)
        elif piece.kind not in NOT_COMBINED:
            elements.append(piece)
    whole = combined(elements, needs) if needs and elements else NOTHING
    if not direct:
        return whole
    alone = highest(direct)
    if whole[0] < 0:
        return alone
    value = max(alone[0], whole[0])
    classes = frozenset().union(*(found for strength, found in (alone, whole) if strength >= min(value, 2)))
    return (3 if value == 2 and len(classes - {""}) >= 2 else value), classes


def counted(c: "Context", number: int) -> int:
    """MARKERS: how many questions hold a counted code; unknown while 8 or more of them are unknown (correction 22)."""
    if len(c.book.counted[number] - c.facts) > UNKNOWN_MARKERS_ALLOWED:
        return -1
    return len({piece.question for piece in c.pieces[number] if piece.kind == "count"})


def ruled_out(c: "Context", number: int) -> int:
    """0 when the finding is ruled out, -1 when nothing is known."""
    program = c.book.programs_by_slot[number]
    if program.unknown_when is not None and program.unknown_when(c.strengths, c):
        return -1
    zero = program.zero(c.strengths, c) if program.zero is not None else c.anything_ruled_out(number)
    return 0 if zero or program.slot.finding.otherwise_zero else -1


def settled(c: "Context", number: int) -> bool:
    """A 1 no longer stands when, on a later date, a competent source was asked and answered "not found" (rule 10)."""
    strengths = [piece.strength for piece in c.pieces[number] if piece.strength >= 1 and piece.kind not in NOT_COMBINED]
    if not strengths or max(strengths) > 1:
        return False
    answers, evidence = c.record.answers, c.evidence_of(number)
    speaking = [at for piece, at in evidence if piece and piece.strength >= 1 and piece.kind not in NOT_COMBINED]
    last = max([answers[at].on for at in speaking])
    if not any(answers[at].on > last for piece, at in evidence if piece is None):
        return False
    if any(holds(c.strengths, c) for _, holds, _ in c.book.programs_by_slot[number].rules):
        return False
    c.after = last
    try:
        return ruled_out(c, number) == 0
    finally:
        c.after = None


def most_protective(values: Sequence[int]) -> int:
    """One value over persons or directions: highest known of 2 or more, else withdrawn, 1, unknown, 0 (12.2)."""
    known = max((value for value in values if value >= 2), default=None)
    if known is not None:
        return known
    taken = [value for value in values if value <= -3]
    if taken:
        return min(taken)
    order: Mapping[int, int] = {1: 0, -2: 1, -1: 2, 0: 3}
    return min(values, key=lambda value: order.get(value, 2))
