"""The fonts of the sheets: which signs each of them has, so that no sheet is printed with an empty box in it."""

import json
from collections.abc import Collection, Iterable
from functools import cache

from triage.settings import ROOT

FOLDER = ROOT / "static" / "fonts"
COVERAGE = FOLDER / "coverage.json"
LATIN = "Noto Sans"
"""The font in which names, numbers and Latin letters stand in every language."""


@cache
def coverage() -> dict[str, frozenset[int]]:
    """The signs of each family, from the file that the recipe of the fonts writes: pairs of first and last."""
    written = json.loads(COVERAGE.read_text(encoding="utf-8"))
    return {
        family: frozenset(sign for first, last in ranges for sign in range(first, last + 1))
        for family, ranges in written.items()
    }


def families_for(fonts: Collection[str]) -> tuple[str, ...]:
    """The families that a sheet is set in, in the order in which a sign is looked for."""
    return tuple(dict.fromkeys((*fonts, LATIN)))


def signs_without_a_glyph(texts: Iterable[str], families: Iterable[str]) -> tuple[str, ...]:
    """Give every sign of the texts that none of the families can draw, in the order of their numbers."""
    known = coverage()
    drawn = frozenset[int]().union(*(known.get(family, frozenset()) for family in families))
    return tuple(sorted({sign for text in texts for sign in text if ord(sign) not in drawn and sign != "\n"}))
