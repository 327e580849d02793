"""What the written functions make of pieces, in one pass, is what the rules make of them, on pieces made by chance."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from triage.assess.compiled.worth import direct_worth, worth, worth_of_elements
from triage.assess.interpreting import from_pieces
from triage.assess.worth.pieces import Piece
from triage.assess.worth.standings import Standing

if TYPE_CHECKING:
    from triage.assess.context import Context

STANDING = Standing("POL", "", "POL")
NEEDS: Sequence[Sequence[Mapping[str, int]]] = (
    [{"episode": 2}],
    [{"episode": 3}, {"line": 1}],
    [{"line": 2}],
    [{"line": 3}, {"line": 1, "effect": 2}],
    [{"effect": 1}, {"line": 1, "episode": 1}],
    [{"count": 2}, {"line": 2}],
    [{"rule": 1}, {"effect": 2}],
)
EPISODES = ("2026", "2026-06", "2026-06-03", "2026-06-04", "2026-07", "")
CASES = 6_000


@dataclass(frozen=True)
class _Needs:
    needs: Sequence[Sequence[Mapping[str, int]]]


@dataclass(frozen=True)
class _Pieces:
    """What is read of a context: the pieces of one slot, and what it needs."""

    pieces: Sequence[Sequence[Piece]]
    book: _Needs


def piece(chance: random.Random, kinds: Sequence[str]) -> Piece:
    kind = chance.choice(kinds)
    key = chance.choice(EPISODES) if kind == "episode" else chance.choice(("a", "b", "c", "")) if kind else ""
    source = chance.choice(("", "POL", "HLT", "person B"))
    return Piece(chance.choice((0, 1, 1, 2, 2, 2, 3, 4)), source, kind, key, "Q-00", STANDING)


def test_counted_elements_are_weighed_in_one_pass_as_one_by_one() -> None:
    chance, reached = random.Random(7), Counter[int]()
    for _ in range(CASES):
        needs = chance.choice(NEEDS)
        kinds = ["count", "rule", *chance.choice((("",), ())), *sorted({kind for need in needs for kind in need})]
        pieces = [piece(chance, kinds) for _ in range(chance.randint(1, 7))]
        wanted = from_pieces(pieces, needs)[0]
        context = cast("Context", _Pieces([pieces], _Needs([needs])))
        assert worth_of_elements(context, 0) == wanted, (needs, pieces)
        reached[wanted] += 1
    assert set(reached) == {-1, 0, 1, 2, 3, 4}


def test_pieces_that_speak_by_themselves_are_weighed_in_one_pass_as_by_their_classes() -> None:
    chance, reached = random.Random(8), Counter[int]()
    for _ in range(CASES):
        pieces = [piece(chance, ["", "", "count", "rule"]) for _ in range(chance.randint(1, 5))]
        direct = [one for one in pieces if not one.kind]
        wanted = from_pieces(pieces, ())[0]
        assert worth(pieces) == wanted, pieces
        assert direct_worth(direct) == wanted, direct
        reached[wanted] += 1
    assert set(reached) == {-1, 0, 1, 2, 3, 4}
