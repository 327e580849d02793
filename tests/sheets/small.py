"""A small house of sheets, shipped ones copied or invented ones, to see that a check bites."""

import datetime as dt
import shutil
from pathlib import Path

import polib

from triage.settings import FLOWS, LOCALES
from triage.sheets.library import Library, read_library

TODAY = dt.date(2026, 11, 27)


def copied(folder: Path, *languages: str) -> tuple[Path, Path]:
    """A copy of the shipped sheets and the texts of some languages, to be broken: the flows, the locales."""
    flows, locales = folder / "flows", folder / "locales"
    shutil.copytree(FLOWS / "sheets", flows / "sheets")
    for language in languages or ("en", "fr"):
        place = locales / language / "LC_MESSAGES"
        place.mkdir(parents=True)
        shutil.copy(LOCALES / language / "LC_MESSAGES" / "sheets.po", place)
    return flows, locales


def edit(path: Path, old: str, new: str) -> None:
    """Change a file in one place."""
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def say(locales: Path, language: str, text: str, words: str, comment: str | None = None) -> None:
    """Put other words in the place of a text, or a text where none is."""
    path = locales / language / "LC_MESSAGES" / "sheets.po"
    catalogue = polib.pofile(str(path))
    entry = catalogue.find(text)
    if entry is None:
        entry = polib.POEntry(msgid=text)
        catalogue.append(entry)
    entry.msgstr = words
    if comment is not None:
        entry.comment = comment
    catalogue.save(str(path))


def words_of(locales: Path, language: str, text: str) -> str:
    """The words of a text as its file has them."""
    entry = polib.pofile(str(locales / language / "LC_MESSAGES" / "sheets.po")).find(text)
    assert entry is not None
    return str(entry.msgstr)


def read(flows: Path, locales: Path) -> Library:
    """Read sheets that have no problem that keeps them from being read."""
    library = read_library(flows, locales)
    assert isinstance(library, Library), library
    return library
