"""Combine pieces of evidence into one strength: highest, two classes, counted elements (domain 12.1, 13.28)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from triage.assess.worth.standings import Standing

Place = tuple[str, str]
"""A question and the orientation in which it was answered."""


@dataclass(slots=True)
class Piece:
    """One piece of evidence: strength 0 to 4, class of its source (empty when it makes no class), what of, from where.

    It names no answer, so that the same wording gives the same piece in every case; `standing` is how it was said,
    `alone` its strength and class when nothing else stands.
    """

    strength: int
    source: str
    kind: str
    key: str
    question: str
    standing: Standing
    alone: "Strength" = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        self.alone = self.strength, frozenset((self.source,))


Strength = tuple[int, frozenset[str]]
"""A strength and the classes that carry it; -1 when nothing stands."""

NOTHING: Strength = (-1, frozenset())
EPISODE = "episode"


NO_ELEMENTS: Sequence[Strength] = ()


def highest(pieces: Sequence[Piece]) -> Strength:
    """The highest strength; 3 when two or more different classes each give 2 or more."""
    if len(pieces) == 1:
        return pieces[0].alone
    best, strong = -1, set[str]()
    for piece in pieces:
        strength = piece.strength
        if strength > best:  # noqa: PLR1730 - asked for every element; a comparison costs half of `max`
            best = strength
        if strength >= 2:
            strong.add(piece.source)
    if best < 2:
        return best, frozenset([piece.source for piece in pieces])
    return (3 if best == 2 and len(strong) - ("" in strong) >= 2 else best), frozenset(strong)


def combined(pieces: Sequence[Piece], needs: Sequence[Mapping[str, int]]) -> Strength:
    """The strength of counted elements: each element its own, the whole the lowest among those it needs at least.

    It rests on the classes of all elements as strong as the weakest one needed of their kind, and of every way in
    which the finding is so strong: which are first, in the record or in the flows, makes no difference.
    """
    by_kind: dict[str, list[Strength]] = {
        kind: [highest(one) for one in elements.values()] for kind, elements in _elements(pieces).items()
    }
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


def _elements(pieces: Sequence[Piece]) -> Mapping[str, Mapping[str, list[Piece]]]:
    """The pieces of each element, by kind and key."""
    found: dict[str, dict[str, list[Piece]]] = {}
    for piece in pieces:
        kind, key = piece.kind, piece.key
        if kind and key:
            if kind not in found:
                found[kind] = {key: [piece]}
            elif key in (of_kind := found[kind]):
                of_kind[key].append(piece)
            else:
                of_kind[key] = [piece]
    if len(found.get(EPISODE, ())) > 1:
        found[EPISODE] = _merged(found[EPISODE])
    return found


def _merged(episodes: Mapping[str, list[Piece]]) -> dict[str, list[Piece]]:
    """Count one event once: an episode dated `2026-06` and one dated `2026-06-03` are the same."""
    merged: dict[str, list[Piece]] = {}
    for key in sorted(episodes):
        first = next((one for one in merged if key.startswith(one)), key)
        merged.setdefault(first, []).extend(episodes[key])
    return merged


def _of_need(by_kind: Mapping[str, Sequence[Strength]], need: Mapping[str, int]) -> Strength:
    """What one way of counting gives: the strength of the weakest element needed, the classes of all as strong."""
    strength, carrying = 4, list[frozenset[str]]()
    for kind, count in need.items():
        found = by_kind.get(kind, NO_ELEMENTS)
        if len(found) < count:
            return NOTHING
        weakest = sorted([one[0] for one in found], reverse=True)[count - 1]
        strength = min(strength, weakest)
        carrying += [carried for own, carried in found if own >= weakest]
    return strength, frozenset().union(*carrying)
