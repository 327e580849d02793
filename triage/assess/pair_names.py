"""How the answers of a case name one pair: its persons, its directions, itself; worked out once for two letters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from triage.cases.record import Pair

NOT_OF_THE_PAIR = {"A": "another A", "B": "another B"}
"""How a person of the case is called who is not of the pair, and whose id is a letter of the pair."""

MOST_PAIRS = 1_024
"""How many are kept. The letters of a case are drawn by chance and say nothing of anybody."""


@dataclass(frozen=True, slots=True)
class PairNames:
    """The names of one pair.

    `letters` are A and B by the ids of the persons, `persons` the ids by letter; `names` how rules call a speaker, by
    id; `speakers` the same where nobody named is one, too. `own` gives by `about` the orientation, and that it is of
    this pair; `abouts` the same the other way round. `ids` is what each orientation is called.
    """

    undirected: str
    letters: Mapping[str, str]
    persons: Mapping[str, str]
    names: Mapping[str, str]
    speakers: Mapping[str, str]
    own: Mapping[str, tuple[str, bool]]
    abouts: Mapping[str, Sequence[str]]
    ids: Mapping[str, str]


@lru_cache(maxsize=MOST_PAIRS)
def names_of(pair: Pair) -> PairNames:
    """Give the names of a pair."""
    a, b, undirected = pair.a, pair.b, pair.undirected
    letters, ids = {a: "A", b: "B"}, {"": "", "A": a, "B": b, "AB": f"{a}>{b}", "BA": f"{b}>{a}"}
    return PairNames(
        undirected=undirected,
        letters=letters,
        persons={"A": a, "B": b},
        names=NOT_OF_THE_PAIR | letters,
        speakers={"": ""} | letters,
        own={about: (where, True) for where, about in ids.items()} | {undirected: ("", True)},
        abouts={where: (about,) for where, about in ids.items()} | {"": ("", undirected)},
        ids=ids,
    )
