"""What commands about flows say, in English or in French: texts by id, numbers, problems."""

import re
from collections.abc import Callable
from typing import Any

import click

from triage.checks.wording import read_catalogue
from triage.flow.problems import Problem
from triage.settings import LOCALES

DOMAIN = "commands"
LANGUAGES = ("en", "fr")
_QUOTED = re.compile(r"`[^`]+`")

language_option: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--language",
    "--lang",
    "language",
    type=click.Choice(LANGUAGES),
    default="en",
    show_default=True,
    help="Of what is told.",
)
"""The option of every command that tells something in either language."""


class Words:
    """The texts of commands in one language (`commands.po`); an id that is not there is a fault of the program."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts = read_catalogue(LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po")

    def __call__(self, text: str, **values: object) -> str:
        """Give a text, with its values in place."""
        return self._texts[text].format(**values)

    def counted(self, number: int) -> str:
        """How many problems there are."""
        return self("problems.one") if number == 1 else self("problems.many", number=number)

    def number(self, number: float) -> str:
        """A number of seconds, with the mark of the language before its two decimals."""
        written = f"{number:.2f}"
        return written.replace(".", ",") if self.language == "fr" else written

    def problem(self, problem: Problem) -> str:
        """Say a problem on one line.

        The sentence of a problem is written in English where it is found; another language says what its code means,
        and the names that the sentence quotes.
        """
        if self.language == "en":
            return str(problem)
        place = f"{problem.file}:{problem.line}: " if problem.line else f"{problem.file}: " if problem.file else ""
        names = self("problem.about", names=quoted(problem.message)) if _QUOTED.search(problem.message) else ""
        near = self("problem.near", near=problem.near) if problem.near else ""
        return f"{place}{problem.code} {self(f'problem.{problem.code}')}{names}{near}"

    def sentence(self, text: str, english: str, **values: object) -> str:
        """Say what is known only as an English sentence: the sentence itself, or what it quotes, within a text."""
        return self(text, sentence=english if self.language == "en" else quoted(english), **values)

    def awaited(self, invariant: str, written: str) -> str:
        """What is not built yet of an invariant; of other flows than those shipped, as it is written there."""
        text = f"awaits.{invariant}"
        return self._texts[text] if written and written == _english().get(text) else written


def quoted(sentence: str) -> str:
    """The names that a sentence quotes."""
    return ", ".join(_QUOTED.findall(sentence))


def _english() -> dict[str, str]:
    return dict(read_catalogue(LOCALES / "en" / "LC_MESSAGES" / f"{DOMAIN}.po"))
