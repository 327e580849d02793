"""Combine pieces of evidence into one strength: highest, two classes, counted elements (domain 12.1, 13.28)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from triage.assess.accounts import Account

Place = tuple[str, str]
"""A question and the orientation in which it was answered."""


class Piece(NamedTuple):
    """One piece of evidence: strength 0 to 4, class of its source (empty when it makes no class), whose, what of."""

    strength: int
    source: str
    account: Account
    kind: str
    key: str


Strength = tuple[int, frozenset[str]]
"""A strength and the classes that carry it; -1 when nothing stands."""

NOTHING: Strength = (-1, frozenset())


def highest(pieces: Iterable[Piece]) -> Strength:
    """The highest strength; 3 when two or more different classes each give 2 or more."""
    best = -1
    carried: set[str] = set()
    any_class: set[str] = set()
    for piece in pieces:
        best = max(best, piece.strength)
        (carried if piece.strength >= 2 else any_class).add(piece.source)
    classes = frozenset(carried if best >= 2 else any_class)
    return (3 if best == 2 and len(classes - {""}) >= 2 else best), classes


def combined(pieces: Sequence[Piece], needs: Sequence[Mapping[str, int]]) -> Strength:
    """The strength of counted elements: each element its own, the whole the lowest among those it needs at least."""
    by_kind: dict[str, dict[str, list[Piece]]] = defaultdict(lambda: defaultdict(list))
    for piece in pieces:
        if piece.kind:
            by_kind[piece.kind][piece.key].append(piece)
    best = NOTHING
    for need in needs:
        whole: Strength = (4, frozenset())
        for kind, count in need.items():
            strengths = sorted((highest(found) for key, found in by_kind[kind].items() if key), key=lambda one: -one[0])
            if len(strengths) < count:
                whole = NOTHING
                break
            chosen = strengths[:count]
            whole = (min(whole[0], chosen[-1][0]), whole[1].union(*(classes for _, classes in chosen)))
        best = max(best, whole, key=lambda one: one[0])
    if best[0] >= 1:
        return best
    lone = [piece for piece in pieces if piece.kind and piece.strength >= 1]
    return (1, frozenset(piece.source for piece in lone)) if needs and lone else NOTHING


def merged_episodes(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """Count one event once: an episode dated `2026-06` and one dated `2026-06-03` are the same."""
    keys = sorted({piece.key for piece in pieces if piece.kind == "episode" and piece.key})
    if len(keys) < 2:
        return pieces
    same = {key: next(first for first in keys if key.startswith(first)) for key in keys}
    return [piece._replace(key=same[piece.key]) if piece.key in same else piece for piece in pieces]
