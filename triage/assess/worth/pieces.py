"""Combine pieces of evidence into one strength: highest, two classes, counted elements (domain 12.1, 13.28)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from triage.assess.worth.standings import Standing

Place = tuple[str, str]
"""A question and the orientation in which it was answered."""


@dataclass(slots=True)
class Piece:
    """One piece of evidence: strength 0 to 4, class of its source (empty when it makes no class), what of, from where.

    It names no answer, so that the same wording gives the same piece in every case; `standing` is how it was said.
    """

    strength: int
    source: str
    kind: str
    key: str
    question: str
    standing: Standing


Strength = tuple[int, frozenset[str]]
"""A strength and the classes that carry it; -1 when nothing stands."""

NOTHING: Strength = (-1, frozenset())


NO_ELEMENTS: Mapping[str, list[Piece]] = {}


def highest(pieces: Sequence[Piece]) -> Strength:
    """The highest strength; 3 when two or more different classes each give 2 or more."""
    if len(pieces) == 1:
        return pieces[0].strength, frozenset((pieces[0].source,))
    best = max([piece.strength for piece in pieces], default=-1)
    if best < 2:
        return best, frozenset([piece.source for piece in pieces])
    classes = frozenset([piece.source for piece in pieces if piece.strength >= 2])
    return (3 if best == 2 and len(classes - {""}) >= 2 else best), classes


def combined(pieces: Sequence[Piece], needs: Sequence[Mapping[str, int]]) -> Strength:
    """The strength of counted elements: each element its own, the whole the lowest among those it needs at least.

    It rests on the classes of all elements as strong as the weakest one needed of their kind, and of every way in
    which the finding is so strong: which are first, in the record or in the flows, makes no difference.
    """
    by_kind: dict[str, dict[str, list[Piece]]] = {}
    for piece in pieces:
        if piece.kind and piece.key:
            by_kind.setdefault(piece.kind, {}).setdefault(piece.key, []).append(piece)
    best = NOTHING
    for need in needs:
        whole = _of_need(by_kind, need)
        if whole[0] > best[0]:
            best = whole
        elif whole[0] == best[0]:
            best = (best[0], best[1] | whole[1])
    if best[0] >= 1:
        return best
    lone = [piece for piece in pieces if piece.kind and piece.strength >= 1]
    return (1, frozenset(piece.source for piece in lone)) if needs and lone else NOTHING


def _of_need(by_kind: Mapping[str, Mapping[str, list[Piece]]], need: Mapping[str, int]) -> Strength:
    """What one way of counting gives: the strength of the weakest element needed, the classes of all as strong."""
    strength, classes = 4, frozenset[str]()
    for kind, count in need.items():
        elements = by_kind.get(kind, NO_ELEMENTS)
        if len(elements) < count:
            return NOTHING
        found = [highest(one) for one in elements.values()]
        weakest = sorted([one[0] for one in found], reverse=True)[count - 1]
        strength = min(strength, weakest)
        classes = classes.union(*[carried for own, carried in found if own >= weakest])
    return strength, classes


def merged_episodes(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Count one event once: an episode dated `2026-06` and one dated `2026-06-03` are the same."""
    found = {piece.key for piece in pieces if piece.kind == "episode" and piece.key}
    if len(found) < 2:
        return pieces
    keys = sorted(found)
    same = {key: next(first for first in keys if key.startswith(first)) for key in keys}
    return [replace(piece, key=same[piece.key]) if piece.key in same else piece for piece in pieces]
