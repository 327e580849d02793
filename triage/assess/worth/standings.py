"""How an account is taken: whose words, from which class of source, how safe; the same standing in many accounts."""

from collections.abc import Collection
from dataclasses import dataclass, field

PERSON_CLASS = {"A": "person A", "B": "person B"}
"""The same person speaking to two agencies is one class."""

MOST_SHARED = 2_000
"""How many standings are shared between cases; ordinary answers have a few dozen."""

SOMEBODY_ELSE = "somebody else"
"""Whoever is neither A nor B, where it makes no difference who; no id has a space in it."""

KNOWN_SPEAKERS = frozenset({"A", "B", "", SOMEBODY_ELSE})

Marks = tuple[str, str, bool | None, bool, bool, bool, bool]
"""Source, speaker, alone; unsafe, relayed, interested, authenticated."""


def class_of(source: str, speaker: str) -> str:
    """The class of a source: the party who speaks, to whichever agency; else the source."""
    return PERSON_CLASS.get(speaker, source)


@dataclass(slots=True)
class Standing:
    """How an account is taken: whose words (letter A or B, another id, or nobody known), from which class, how safe.

    `unsafe`: obtained unsafely; `relayed`: hearsay, or a copy of it; `safe`: neither, so that it can settle something.
    """

    source: str
    speaker: str
    kind: str
    alone: bool | None = None
    unsafe: bool = False
    relayed: bool = False
    interested: bool = False
    authenticated: bool = False
    safe: bool = field(init=False)

    def __post_init__(self) -> None:
        self.safe = not self.unsafe and not self.relayed


class Standings:
    """The standings shared between cases: of known sources, in the words of A, of B, of nobody named, of somebody else.

    They hold no id, text or day of any case.
    """

    def __init__(self, sources: Collection[str]) -> None:
        self._shared: dict[Marks, Standing] = {}
        self._sources = frozenset(sources)

    def of(self, marks: Marks) -> Standing:
        """The standing with these marks; that of a person who is neither A nor B, named by an id, is made each time."""
        known = self._shared.get(marks)
        if known is None:
            source, speaker, *_ = marks
            known = Standing(source, speaker, class_of(source, speaker), *marks[2:])
            if source in self._sources and speaker in KNOWN_SPEAKERS and len(self._shared) < MOST_SHARED:
                self._shared[marks] = known
        return known
