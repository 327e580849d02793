"""The strength alone of a finding from its pieces, in one pass: what the written functions call.

`from_pieces` and `highest` say what is right; here nothing is kept of the classes that a result rests on.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from triage.assess.interpreting import NOT_COMBINED, from_pieces
from triage.assess.worth.pieces import EPISODE, Piece

if TYPE_CHECKING:
    from triage.assess.context import Context

NOT_ALONE = NOT_COMBINED | {""}
"""The kinds of pieces that are no counted elements."""

NONE_FOUND: Mapping[str, int] = {}


def worth(pieces: Sequence[Piece]) -> int:
    """The strength alone of a finding without counted elements (see `highest`), in one pass."""
    return direct_worth([piece for piece in pieces if not piece.kind])


def direct_worth(pieces: Sequence[Piece]) -> int:
    """The same of pieces that all speak by themselves."""
    best, first, two = -1, "", False
    for piece in pieces:
        strength = piece.strength
        if strength > best:  # noqa: PLR1730 - asked for every piece; a comparison costs half of `max`
            best = strength
        if strength == 2 and (source := piece.source) and source != first:
            first, two = source, bool(first)
    return 3 if best == 2 and two else best


def worth_of_elements(c: "Context", number: int) -> int:
    """The strength alone of a finding with counted elements (see `from_pieces`), element by element in one pass."""
    pieces, needs = c.pieces[number], c.book.needs[number]
    elements, classes = dict[str, dict[str, int]](), dict[tuple[str, str], str]()
    direct = -1
    for piece in pieces:
        key = piece.key
        if not key:
            if not piece.kind:
                direct = max(direct, piece.strength)
            continue
        kind, strength = piece.kind, piece.strength
        of_kind = elements.get(kind)
        if of_kind is None:
            if kind in NOT_COMBINED:
                continue
            of_kind = elements[kind] = {}
        best = of_kind.get(key, -1)
        if strength > best:
            of_kind[key] = strength
            if strength == 2:
                classes[kind, key] = piece.source
        elif strength == best == 2 and (source := piece.source) and source != (first := classes[kind, key]):
            classes[kind, key] = source
            of_kind[key] = 3 if first else 2
    whole = most_of(elements, needs)
    value = max(direct, whole if whole >= 1 else 1 if any(map(_stands_alone, pieces)) else -1)
    by_classes = direct >= 0 and value == 2
    return from_pieces(pieces, needs)[0] if by_classes or EPISODE in elements else value


def _stands_alone(piece: Piece) -> bool:
    """Whether a counted element is enough for a 1."""
    return piece.strength >= 1 and piece.kind not in NOT_ALONE


def most_of(elements: Mapping[str, Mapping[str, int]], needs: Sequence[Mapping[str, int]]) -> int:
    """What the best way of counting gives."""
    most = -1
    for need in needs:
        found = least_needed(elements, need)
        if found > most:  # noqa: PLR1730 - as above
            most = found
    return most


def least_needed(elements: Mapping[str, Mapping[str, int]], need: Mapping[str, int]) -> int:
    """What one way of counting gives: the strength of the weakest element needed; -1 when there are too few."""
    strength = 4
    for kind, count in need.items():
        found = elements.get(kind, NONE_FOUND)
        if len(found) < count:
            return -1
        weakest = max(found.values()) if count == 1 else sorted(found.values())[-count]
        if weakest < strength:  # noqa: PLR1730 - as above
            strength = weakest
    return strength
