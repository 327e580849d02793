"""The texts a picture is written with: looked up by stable id in one language, with people put in their places."""

from collections.abc import Mapping

from triage.flow.model import Rulebook
from triage.flow.vocabulary import split_role

LETTERS: Mapping[str, tuple[str, str]] = {
    "xy": ("A", "B"), "x": ("A", "B"), "AB": ("A", "B"), "A": ("A", "B"),
    "yx": ("B", "A"), "y": ("B", "A"), "BA": ("B", "A"), "B": ("B", "A"),
}  # fmt: skip
"""Who is called what: x, who acts or is asked, is A in every picture, as in the questions; y, the other one, is B."""


class Texts:
    """The texts of one language; what it lacks is given in English, and what English lacks as its bare id."""

    def __init__(self, language: str, texts: Mapping[str, str], english: Mapping[str, str]) -> None:
        self.language = language
        self._texts, self._english = texts, english

    def __call__(self, text_id: str) -> str:
        """Give a text of the flows."""
        return self._texts.get(text_id) or self._english.get(text_id) or text_id

    def has(self, text_id: str) -> bool:
        """Say whether there is such a text."""
        return bool(self._texts.get(text_id) or self._english.get(text_id))

    def phrase(self, phrase: str, /, **values: object) -> str:
        """Give a phrase of the drawing (`phrase.<phrase>`), with values in the place of its names."""
        text = self(f"phrase.{phrase}")
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    def quoted(self, text: str) -> str:
        """Put a text between the quotation marks of the language."""
        return self.phrase("quoted", text=text)

    def either(self, words: list[str]) -> str:
        """Join words by commas and a last `or`."""
        return self._joined(words, "or")

    def every(self, words: list[str]) -> str:
        """Join words by commas and a last `and`."""
        return self._joined(words, "and")

    def _joined(self, words: list[str], last: str) -> str:
        if len(words) < 2:
            return "".join(words)
        return self.phrase(last, first=", ".join(words[:-1]), last=words[-1])

    def finding(self, word: str, book: Rulebook) -> str:
        """Name a finding as conditions write it: `CTRL_xy`; without a role it is that of one of the two."""
        name, role = split_role(word, book.findings)
        if name not in book.findings:
            return word
        first, second = LETTERS.get(role) or (self.phrase("person.one"), self.phrase("person.other"))
        return self(f"finding.{name}.name").replace("{x}", first).replace("{y}", second)

    def place(self, role: str) -> str:
        """Say of whom: `xy` is `A towards B`, `x` is `A`; nothing for no role."""
        return self.phrase(f"role.{role}") if role else ""

    def about(self, name: str, role: str) -> str:
        """Give a name with its place in brackets, or alone when it has none."""
        return f"{name} ({self.place(role)})" if role else name


def capital(text: str) -> str:
    """Begin a text with a capital letter, and leave the rest as it is."""
    return text[:1].upper() + text[1:]


def shortened(text: str, most: int) -> str:
    """Cut a text at a word, so that at most so many characters are left, and say so by three dots."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:(«“") + "…"
