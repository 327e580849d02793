"""A gentle second look at the words of a worker: which may do harm in a record, and why. It never blocks anything.

What somebody said may be written as they said it: a text between quotation marks is not looked at. The words stand in
one file for each language (`en.toml`, `fr.toml`), with the reason that a worker reads. Source: clauses 1.1, 4.4, 5.2.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parent
LANGUAGES = tuple(sorted(path.stem for path in _HERE.glob("*.toml")))
_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|„[^“”]*[“”]|\"[^\"]*\"|‘[^’]*’(?!\w)|‹[^›]*›")


@dataclass(frozen=True, slots=True)
class Remark:
    """One word or phrase worth a second look: as it stands in the text, where it begins, its kind, and why."""

    said: str
    start: int
    kind: str
    why: str


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    why: str
    words: re.Pattern[str]
    unless: re.Pattern[str] | None


def remarks(text: str, language: str) -> tuple[Remark, ...]:
    """Give what is worth a second look in a text, in its order; a language without a file has no remarks."""
    if language not in LANGUAGES:
        return ()
    own = _without_quotes(text.replace("\u2019", "'") if "‘" not in text else text)
    return tuple(sorted(_found(text, own, language), key=lambda one: one.start))


def _found(text: str, own: str, language: str) -> Iterator[Remark]:
    for kind in _kinds(language):
        fine = [found.span() for found in kind.unless.finditer(own)] if kind.unless else []
        for found in kind.words.finditer(own):
            start, end = found.span()
            if not any(first <= start and end <= last for first, last in fine):
                yield Remark(text[start:end], start, kind.name, kind.why)


def _without_quotes(text: str) -> str:
    """Blank out what stands between quotation marks; everything else keeps its place."""
    return _QUOTED.sub(lambda found: " " * len(found.group()), text)


@cache
def _kinds(language: str) -> tuple[_Kind, ...]:
    with (_HERE / f"{language}.toml").open("rb") as file:
        written = tomllib.load(file)
    return tuple(
        _Kind(name, kind["why"], _pattern(kind["words"]), _pattern(kind["unless"]) if kind.get("unless") else None)
        for name, kind in written.items()
    )


def _pattern(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(words)})(?![\w-])", re.IGNORECASE)
