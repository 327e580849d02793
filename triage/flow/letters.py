"""The letters of the persons in a text: A and B stand for whoever an answer is about, in each language."""

import re
from collections.abc import Mapping

# "A" opens many sentences as an article in English and as a verb in French. At the start of a sentence it is the name
# of a person only before one of these words; elsewhere a capital A standing alone is always the name.
_AFTER_A_NAME = {
    "en": "accepts and blocked gets had harms is keeps made moved must or secures says starts stays stops takes told "
    "towards tried works",
    "fr": "a avait doit donne empêche en est et garde met n'a obtient ou prend s'est se subit travaille vers",
}
_LETTER = re.compile(r"(?<![\w'’-])([A-H])(?![\w'’-])|(?<![\w-])([A-H])(?=['’]s\b)|(?<=[dlnDLN]['’])([A-H])(?![\w'’-])")
_SENTENCE_START = re.compile(r"(?:^|[.?!:]\s+|[«(\"]\s*)$")


def exchanged(text: str, about: str, language: str, other: str = "") -> str:
    """Put the persons of `about` (`B>A`, `C`) in place of the letters A and B of a text in that language.

    `other` is who stands for B where `about` names one person alone; without it, the other one of A and B.
    """
    first, _, second = about.partition(">")
    if "-" in about or not first:
        first, _, second = about.partition("-")
    second = second or other or ("A" if first == "B" else "B")
    letters = {"A": first, "B": second}
    if letters == {"A": "A", "B": "B"} or not first:
        return text
    return _LETTER.sub(lambda found: _name(found, letters, language), text)


def _name(found: re.Match[str], letters: Mapping[str, str], language: str) -> str:
    letter = found[1] or found[2] or found[3]
    if letter == "A" and found[1] and not _is_name(found, language):
        return letter
    return letters.get(letter, letter)


def _is_name(found: re.Match[str], language: str) -> bool:
    if not _SENTENCE_START.search(found.string[: found.start()]):
        return True
    following = re.match(r"\s+([\w'’-]+)", found.string[found.end() :])
    word = following[1].replace("’", "'").lower() if following else ""
    return word in {"", *_AFTER_A_NAME.get(language, "").split()}
