"""The words of the flows in one language: looked up by stable id, with the letters of the persons put in place."""

from collections.abc import Mapping
from copy import copy
from functools import lru_cache
from pathlib import Path

import polib

from triage.cases.record import Pair
from triage.flow.letters import exchanged
from triage.web.shared.letters import others_of

DOMAIN = "flows"


class Words:
    """The texts of the flows in one language; a missing text falls back to English, then to its own id."""

    def __init__(self, language: str, texts: Mapping[str, str], fallback: Mapping[str, str]) -> None:
        self.language = language
        self.texts = texts
        self.fallback = fallback
        self.pairs: tuple[Pair, ...] = ()

    def among(self, pairs: tuple[Pair, ...]) -> "Words":
        """Give the same words for a case, whose pairs as its reader sees them say who the other one of a person is."""
        bound = copy(self)
        bound.pairs = pairs
        return bound

    def __call__(self, text_id: str, about: str = "") -> str:
        """Give the text of that id; for a direction or a person, with A and B standing for the right people."""
        text = self.texts.get(text_id) or self.fallback.get(text_id) or self._of_a_person(text_id) or text_id
        return self.exchange(text, about) if about else text

    def _of_a_person(self, text_id: str) -> str:
        """Give the text of the letter of a person (`DR-26.column.who.k`): that of A, with the letter in its place."""
        stem, _, letter = text_id.rpartition(".")
        like = f"{stem}.a"
        if len(letter) != 1 or letter == "a" or not self.has(like):
            return ""
        return exchanged(self(like), letter.upper(), self.language)

    def has(self, text_id: str) -> bool:
        """Say whether a text of that id exists."""
        return bool(self.texts.get(text_id) or self.fallback.get(text_id))

    def exchange(self, text: str, about: str, other: str = "") -> str:
        """Put the persons of `about` (`B>A`, `C`) in place of the letters A and B of the text."""
        return exchanged(text, about, self.language, other or others_of(about, self.pairs))


def _texts(directory: Path, language: str) -> Mapping[str, str]:
    """Read one catalogue: the compiled one when it is there and not older, else the PO file itself."""
    folder = directory / language / "LC_MESSAGES"
    compiled, written = folder / f"{DOMAIN}.mo", folder / f"{DOMAIN}.po"
    if compiled.exists() and (not written.exists() or compiled.stat().st_mtime >= written.stat().st_mtime):
        return {entry.msgid: entry.msgstr for entry in polib.mofile(str(compiled))}
    if not written.exists():
        return {}
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(written)) if not entry.obsolete}


@lru_cache(maxsize=16)
def words_of(directory: Path, language: str) -> Words:
    """Give the words of one language, read once."""
    english = _texts(directory, "en")
    return Words(language, english if language == "en" else _texts(directory, language), english)
