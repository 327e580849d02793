"""How an account is taken: whose words, from which class of source, how safe; the same standing in many accounts."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from triage.assess.speaking import Spoken

PERSON_CLASS = {"A": "person A", "B": "person B"}
"""The same person speaking to two agencies is one class."""

MOST_SHARED = 200
"""How many standings are shared between cases; ordinary answers have a few dozen."""

KNOWN_SPEAKERS = frozenset({"A", "B", ""})
SOMEBODY_ELSE = "somebody else"

Marks = tuple[str, str, bool | None, bool, bool, bool, bool]
"""Source, speaker, alone; unsafe, relayed, interested, authenticated."""


def class_of(source: str, speaker: str) -> str:
    """The class of a source: the party who speaks, to whichever agency; else the source."""
    return PERSON_CLASS.get(speaker, source)


@dataclass(slots=True)
class Standing:
    """How an account is taken: whose words (letter A or B, another id, or nobody known), from which class, how safe.

    `unsafe`: obtained unsafely; `relayed`: hearsay, or a copy of it; `safe`: neither, so that it can settle something.
    `spoken` keeps what such words say, by the number of a table, then by codes; it holds nothing of any case.
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
    spoken: "dict[int, dict[object, Spoken | None]]" = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        self.safe = not self.unsafe and not self.relayed


class Standings:
    """The standings shared between cases: of known sources, in the words of A, of B, of nobody named, of somebody else.

    They hold no id, text or day of any case: only how the codes of a question are read in such words.
    """

    def __init__(self, sources: Collection[str]) -> None:
        self.plain: dict[tuple[str, str, bool | None], Standing] = {}
        self._shared: dict[Marks, Standing] = {}
        for source in sources:
            for speaker in ("A", "B", ""):
                for alone in (None, True, False):
                    marks = (source, speaker, alone, alone is False, False, False, False)
                    self.plain[marks[:3]] = self._shared[marks] = _standing(marks)
        self._most = len(self._shared) + MOST_SHARED
        self._sources = frozenset(sources)

    def of(self, marks: Marks) -> Standing:
        """The standing with these marks; what the words of one person who is neither A nor B say, those of any do."""
        speaker = marks[1]
        if speaker in KNOWN_SPEAKERS:
            return self._known(marks)
        standing = _standing(marks)
        standing.spoken = self._known((marks[0], SOMEBODY_ELSE, *marks[2:])).spoken
        return standing

    def _known(self, marks: Marks) -> Standing:
        known = self._shared.get(marks)
        if known is None:
            known = _standing(marks)
            if marks[0] in self._sources and len(self._shared) < self._most:
                self._shared[marks] = known
        return known


def _standing(marks: Marks) -> Standing:
    source, speaker, *_ = marks
    return Standing(source, speaker, class_of(source, speaker), *marks[2:])
