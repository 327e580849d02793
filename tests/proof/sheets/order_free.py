"""The reading of counted elements that the circuit proves: the same classes in whatever order the answers were told.

`triage.assess.worth.pieces.combined` takes the classes of the first elements that suffice; when several are equally
strong, which those are depends on the order of the answers. The order-free reading takes all that are as strong as the
weakest one needed. `test_order_of_answers.py` shows a case in which the two differ.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from triage.assess import context, interpreting
from triage.assess.worth.pieces import NOTHING, Piece, Strength, highest


def combined(pieces: Sequence[Piece], needs: Sequence[Mapping[str, int]]) -> Strength:
    """The strength of counted elements, with the classes of all that are as strong as the weakest one needed."""
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
            weakest = strengths[count - 1][0]
            chosen = [classes for strength, classes in strengths if strength >= weakest]
            whole = (min(whole[0], weakest), whole[1].union(*chosen))
        best = max(best, whole, key=lambda one: one[0])
    if best[0] >= 1:
        return best
    lone = [piece for piece in pieces if piece.kind and piece.strength >= 1]
    return (1, frozenset(piece.source for piece in lone)) if needs and lone else NOTHING


@contextmanager
def order_free() -> Iterator[None]:
    """Let the evaluator read counted elements so, while this lasts."""
    before = interpreting.combined, context.combined
    interpreting.combined = context.combined = combined  # type: ignore[assignment]  # the same function, of another module
    try:
        yield
    finally:
        interpreting.combined, context.combined = before  # type: ignore[assignment]  # the same function, of another module
