"""The texts of the sheets in one language: read with limits, never mended; a bad catalogue says which text and why."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polib
from babel.messages.plurals import get_plural

from triage.flow.problems import Problem

LARGEST_CATALOGUE = 2_000_000
LONGEST_TEXT = 600
MOST_LINES, MOST_SIGNS_OF_ENTRY = 20_000, 20_000
"""polib joins the lines of an entry, and those of the header, one by one: its time grows with the square of them."""
PLURALS = re.compile(
    r"\s*+nplurals\s*+=\s*+(\d{1,2})\s*+;\s*+plural\s*+=\s*+[-\s\dn()%!=<>&|?:+*/]++;?\s*+",
    re.ASCII,
)
_TEXT = re.compile(r'msgid "([\w.-]*)"')
_ENDS_ENTRY = re.compile(r"\s*(?:#~\s+)?msgstr[\s\[]")


@dataclass(frozen=True, slots=True)
class Text:
    """One text: its words, the English words it was made from (empty when not said), and its line in the file."""

    words: str
    source: str
    line: int


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one language by their id; one that is empty or marked fuzzy is not there."""

    language: str
    file: str
    by_id: Mapping[str, Text]

    def words(self, text: str) -> str:
        """The words of an id; empty when there are none."""
        found = self.by_id.get(text)
        return found.words if found else ""


def catalogue_of(locales: Path, language: str) -> Path:
    """Where the texts of the sheets stand in one language."""
    return locales / language / "LC_MESSAGES" / "sheets.po"


def languages_in(locales: Path) -> tuple[str, ...]:
    """The languages that have texts of sheets, in the order of their codes."""
    return tuple(sorted(path.parts[-3] for path in locales.glob("*/LC_MESSAGES/sheets.po")))


def read_texts(locales: Path, language: str) -> Texts | tuple[Problem, ...]:
    """Read the texts of one language, or say why they cannot be read: size, encoding, plural forms, double ids."""
    path = catalogue_of(locales, language)
    shown = path.relative_to(locales.parent).as_posix()
    try:
        if path.stat().st_size > LARGEST_CATALOGUE:
            return (Problem("F001", f"The catalogue is larger than {LARGEST_CATALOGUE // 1_000_000} MB.", shown),)
        written = path.read_text(encoding="utf-8")
    except OSError as fault:
        return (Problem("F001", f"The catalogue cannot be read: {fault.strerror}.", shown),)
    except UnicodeDecodeError:
        return (Problem("F001", "The catalogue is no text in UTF-8.", shown),)
    return texts_from(written, language, shown)


def texts_from(written: str, language: str, shown: str = "sheets.po") -> Texts | tuple[Problem, ...]:
    """Read the texts of one language from the words of a PO file, as a translator sends it."""
    catalogue = catalogue_from(written, shown)
    return catalogue if isinstance(catalogue, tuple) else texts_of(catalogue, language, shown)


def catalogue_from(written: str, shown: str) -> polib.POFile | tuple[Problem, ...]:
    """Read the words of a PO file, or say why they cannot be read; what polib is slow with is not given to it."""
    if "\n" not in written:  # polib would take a single line for the name of a file
        return (Problem("F001", "The catalogue is empty.", shown),)
    if too_much := _too_much(written, shown):
        return (too_much,)
    try:
        return polib.pofile(written, check_for_duplicates=False)
    except (OSError, ValueError) as fault:
        return (Problem("F001", f"The catalogue cannot be read: {str(fault).replace(written, 'it')}.", shown),)


def _too_much(written: str, shown: str) -> Problem | None:
    """Say what is too long to be read: the file, or the lines from one `msgstr` to the next, of which entries consist.

    A blank line or a comment ends no entry for polib, and an entry that is never ended may begin anew.
    """
    lines = written.splitlines()
    if len(lines) > MOST_LINES:
        return Problem("F001", f"The catalogue has {len(lines)} lines; at most {MOST_LINES} are read.", shown)
    first, signs, text = 1, 0, ""
    for number, line in enumerate(lines, start=1):
        if found := _TEXT.match(line[:200]):
            text = found[1]
        if _ENDS_ENTRY.match(line):
            first, signs = number, 0
        signs += len(line)
        if signs > MOST_SIGNS_OF_ENTRY:
            sentence = f"The entry at `{text}` is too long: at most {MOST_SIGNS_OF_ENTRY} signs are read."
            return Problem("F001", sentence, shown, first)
    return None


def texts_of(catalogue: polib.POFile, language: str, shown: str) -> Texts | tuple[Problem, ...]:
    """Give the texts of a catalogue, or every problem: plural forms, double ids, texts that are too long."""
    found: dict[str, Text] = {}
    problems = list(_plural_problems(catalogue, language, shown))
    for entry in catalogue:
        line = entry.linenum or 0
        if entry.obsolete:
            continue
        if entry.msgid_plural:
            problems.append(
                Problem("T011", f"`{entry.msgid}` has plural forms; texts of sheets have none.", shown, line)
            )
        elif entry.msgid in found:
            problems.append(Problem("F005", f"`{entry.msgid}` stands twice.", shown, line))
        elif len(entry.msgstr) > LONGEST_TEXT:
            sentence = f"`{entry.msgid}` has {len(entry.msgstr)} signs; at most {LONGEST_TEXT} are read."
            problems.append(Problem("T010", sentence, shown, line))
        elif entry.msgstr and not entry.fuzzy:
            found[entry.msgid] = Text(entry.msgstr, entry.comment, line)
    return tuple(problems) if problems else Texts(language, shown, found)


def _plural_problems(catalogue: polib.POFile, language: str, shown: str) -> list[Problem]:
    """The header, where it speaks of plural forms, counts them as the language does."""
    rule = catalogue.metadata.get("Plural-Forms", "")
    if not rule:
        return []
    right = get_plural(language)
    counted = PLURALS.fullmatch(rule)
    if counted and int(counted[1]) == right.num_plurals:
        return []
    sentence = f"The plural forms of `{language}` are `{right.plural_forms}`, not `{rule[:80]}`."
    return [Problem("T011", sentence, shown)]
