"""The words of the flows in one language: looked up by stable id, with the letters of the persons put in place."""

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import polib

DOMAIN = "flows"

# "A" opens many sentences as an article in English and as a verb in French. At the start of a sentence it is the name
# of a person only before one of these words; elsewhere a capital A standing alone is always the name.
_AFTER_A_NAME = {
    "en": "accepts and blocked gets had harms is keeps made moved must or secures says starts stays stops takes told "
    "towards tried works",
    "fr": "a avait doit donne empêche en est et garde met n'a obtient ou prend s'est se subit travaille vers",
}
_LETTER = re.compile(r"(?<![\w'’-])([A-H])(?![\w'’-])|(?<![\w-])([A-H])(?=['’]s\b)|(?<=[dlnDLN]['’])([A-H])(?![\w'’-])")
_SENTENCE_START = re.compile(r"(?:^|[.?!:]\s+|[«(\"]\s*)$")


class Words:
    """The texts of the flows in one language; a missing text falls back to English, then to its own id."""

    def __init__(self, language: str, texts: Mapping[str, str], fallback: Mapping[str, str]) -> None:
        self.language = language
        self.texts = texts
        self.fallback = fallback

    def __call__(self, text_id: str, about: str = "") -> str:
        """Give the text of that id; for a direction or a person, with A and B standing for the right people."""
        text = self.texts.get(text_id) or self.fallback.get(text_id) or text_id
        return self.exchange(text, about) if about else text

    def has(self, text_id: str) -> bool:
        """Say whether a text of that id exists."""
        return bool(self.texts.get(text_id) or self.fallback.get(text_id))

    def exchange(self, text: str, about: str, other: str = "") -> str:
        """Put the persons of `about` (`B>A`, `C`) in place of the letters A and B of the text."""
        first, _, second = about.partition(">")
        if "-" in about or not first:
            first, _, second = about.partition("-")
        second = second or other or ("A" if first == "B" else "B")
        letters = {"A": first, "B": second}
        if letters == {"A": "A", "B": "B"} or not first:
            return text
        return _LETTER.sub(lambda found: self._name(found, letters), text)

    def _name(self, found: re.Match[str], letters: Mapping[str, str]) -> str:
        letter = found[1] or found[2] or found[3]
        if letter == "A" and found[1] and not self._is_name(found):
            return letter
        return letters.get(letter, letter)

    def _is_name(self, found: re.Match[str]) -> bool:
        if not _SENTENCE_START.search(found.string[: found.start()]):
            return True
        following = re.match(r"\s+([\w'’-]+)", found.string[found.end() :])
        word = following[1].replace("’", "'").lower() if following else ""
        known = _AFTER_A_NAME.get(self.language, "").split()
        return word in {"", *known}


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
