"""The strength alone of a finding from its pieces, in one pass: what the written functions call.

`from_pieces` and `highest` say what is right; here nothing is kept of the classes that a result rests on.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from triage.assess.interpreting import NOT_COMBINED, from_pieces
from triage.assess.worth.pieces import EPISODE, Piece

if TYPE_CHECKING:
    from triage.assess.context import Context

NONE_FOUND: Mapping[str, int] = {}


def worth(pieces: Sequence[Piece]) -> int:
    """The strength alone of a finding without counted elements (see `highest`), in one pass."""
    best, first, two = -1, "", False
    for piece in pieces:
        if piece.kind:
            continue
        strength, source = piece.strength, piece.source
        if strength > best:  # noqa: PLR1730 - asked for every piece; a comparison costs half of `max`
            best = strength
        if strength >= 2 and source and source != first:
            first, two = source, bool(first)
    return 3 if best == 2 and two else best


def worth_of_elements(c: "Context", number: int) -> int:
    """The strength alone of a finding with counted elements (see `from_pieces`), element by element in one pass."""
    pieces, needs = c.pieces[number], c.book.needs[number]
    elements, classes = dict[str, dict[str, int]](), dict[tuple[str, str], str]()
    direct = lone = -1
    for piece in pieces:
        kind, key, strength = piece.kind, piece.key, piece.strength
        if not kind:
            direct = max(direct, strength)
            continue
        if kind in NOT_COMBINED:
            continue
        if strength > lone:  # noqa: PLR1730 - as above
            lone = strength
        if not key:
            continue
        if kind not in elements:
            elements[kind] = {}
        best = elements[kind].get(key, -1)
        if strength > best:
            elements[kind][key] = strength
            if strength == 2:
                classes[kind, key] = piece.source
        elif strength == best == 2 and (source := piece.source) and source != (first := classes[kind, key]):
            classes[kind, key] = source
            elements[kind][key] = 3 if first else 2
    whole = max([least_needed(elements, need) for need in needs], default=-1)
    value = max(direct, whole if whole >= 1 else 1 if lone >= 1 else -1)
    by_classes = direct >= 0 and value == 2
    return from_pieces(pieces, needs)[0] if by_classes or EPISODE in elements else value


def least_needed(elements: Mapping[str, Mapping[str, int]], need: Mapping[str, int]) -> int:
    """What one way of counting gives: the strength of the weakest element needed; -1 when there are too few."""
    strength = 4
    for kind, count in need.items():
        found = elements.get(kind, NONE_FOUND)
        if len(found) < count:
            return -1
        strength = min(strength, sorted(found.values(), reverse=True)[count - 1])
    return strength
