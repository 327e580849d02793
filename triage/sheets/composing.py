"""Compose one sheet: whole and in one language, or refused with the reasons; never half of it, never a mixture."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from babel.core import Locale

from triage.sheets.library import Edition, Library, SheetKey, line_text
from triage.sheets.merging import MERGE_FIELDS, Merged
from triage.sheets.model import (
    DRAFT_MARK,
    NEUTRAL_TITLE,
    Form,
    Helpline,
    Kind,
    Layout,
    Line,
    Part,
    Role,
    SheetDefinition,
    Side,
    Typed,
)
from triage.sheets.reviews import State
from triage.sheets.translating import PLACEHOLDER

CHECKED_FOR = dt.timedelta(days=183)
"""How long a helpline counts as checked: six months."""
NOBODY = Merged()


@dataclass(frozen=True, slots=True)
class HelplineShown:
    """A helpline as it stands on a sheet: what it is for, its name, its number, and when it answers.

    `check_first` is for staff: nobody has checked it for six months. Such a line is not printed.
    """

    purpose: str
    name: Typed | None
    phone: Typed
    by_text: str
    hours: Line
    check_first: bool


@dataclass(frozen=True, slots=True)
class Section:
    """One part of a sheet under its heading."""

    heading: str
    layout: Layout
    lines: tuple[Line, ...]
    helplines: tuple[HelplineShown, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, ready to be shown: all its words are of one language, all its values are typed.

    `title` is the neutral one of a window or file; `heading` stands at the top. `footer` is version, language, day and
    reader. `draft` is the mark on what two people have not read yet, and empty on what is final.
    """

    id: str
    language: str
    direction: str
    fonts: tuple[str, ...]
    country: str
    form: Form
    side: Side
    state: State
    title: str
    heading: str
    sections: tuple[Section, ...]
    version: str
    footer: tuple[Line, ...]
    draft: str

    def for_print(self) -> "Sheet":
        """The same sheet without the helplines that nobody has checked for six months."""
        return replace(
            self,
            sections=tuple(
                replace(one, helplines=tuple(line for line in one.helplines if not line.check_first))
                for one in self.sections
            ),
        )


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a sheet is not given: what it lacks in its language, text by text."""

    reason: str
    texts: tuple[str, ...]


def compose(library: Library, key: SheetKey, today: dt.date, merged: Merged = NOBODY) -> Sheet | Refused:
    """Make one sheet of the library.

    Input: the library, which sheet, the day on which it is handed out, and the few values that may be merged. Output:
    the sheet with its state, or Refused when a text is missing or cannot be used: a sheet is whole or not given.
    Raises NoSuchSheet for a language that the library does not have.
    """
    edition = library.edition(key.language)
    wanted = library.text_ids(key)
    if lacking := tuple(text for text in wanted if not edition.texts.words(text)):
        return Refused(f"The sheet is not complete in `{key.language}`; missing texts: {len(lacking)}.", lacking)
    if refused := tuple(text for text in wanted if text in edition.refused):
        return Refused(f"The sheet cannot be trusted in `{key.language}`; refused texts: {len(refused)}.", refused)
    return _Writer(library, edition, key, today, merged).sheet()


@dataclass(frozen=True, slots=True)
class _Writer:
    """What one composing needs in every step."""

    library: Library
    edition: Edition
    key: SheetKey
    today: dt.date
    merged: Merged

    def sheet(self) -> Sheet:
        catalogue, key = self.library.catalogue, self.key
        definition, state = catalogue.sheets[key.sheet], self.library.state(key)
        parts = [catalogue.parts[part] for part in definition.parts]
        sections = tuple(section for part in parts if (section := self.section(definition, part)) is not None)
        heading = self.words(definition.title)
        version = f"{catalogue.version}-{self.mark()}"
        language = self.edition.language
        return Sheet(
            id=definition.id,
            language=language.code,
            direction=Locale.parse(language.code).text_direction,
            fonts=language.fonts,
            country=key.country,
            form=key.form,
            side=definition.side,
            state=state,
            title=self.words(NEUTRAL_TITLE),
            heading=heading,
            sections=sections,
            version=version,
            footer=self.footer(version),
            draft="" if state.final else self.words(DRAFT_MARK),
        )

    def section(self, sheet: SheetDefinition, part: Part) -> Section | None:
        items = part.items_of(self.key.country)
        texts = [text for item in items if (text := item.text_of(self.key.form))]
        lines = tuple(line for text in texts if (line := self.line(text)) is not None)
        helplines = self.helplines(sheet) if part.says is Role.HELP else ()
        if not lines and not helplines:
            return None
        return Section(self.words(part.heading), part.layout, lines, helplines)

    def line(self, text: str) -> Line | None:
        """The words and values of a text; None when it asks for something of the reader that was not given."""
        words, values = self.words(text), self.values()
        asked = set(PLACEHOLDER.findall(words))
        if (asked & MERGE_FIELDS) - values.keys():
            return None
        return _filled(words, values)

    def values(self) -> Mapping[str, Typed]:
        here = {
            name: by_country[self.key.country]
            for name, by_country in self.library.catalogue.values.items()
            if self.key.country in by_country
        }
        return {**here, **self.merged.values()}

    def helplines(self, sheet: SheetDefinition) -> tuple[HelplineShown, ...]:
        lines = self.library.catalogue.lines_of(sheet, self.key.country).lines
        return tuple(self.helpline(line) for line in lines)

    def helpline(self, line: Helpline) -> HelplineShown:
        hours: Line = (self.words("sheet.label.always"),) if line.always_open else ()
        if line.opens:
            times = {"opens": Typed(Kind.TIME, line.opens), "closes": Typed(Kind.TIME, line.closes)}
            hours = _filled(self.words(f"sheet.label.{line.days}"), times)
        return HelplineShown(
            purpose=self.words(line_text(line.kind)),
            name=Typed(Kind.NAME, line.name) if line.name else None,
            phone=Typed(Kind.PHONE, line.phone),
            by_text=self.words("sheet.label.by_text") if line.by == "text" else "",
            hours=hours,
            check_first=not_checked_lately(line, self.today),
        )

    def footer(self, version: str) -> tuple[Line, ...]:
        day = Typed(Kind.DATE, self.library.catalogue.dated.isoformat())
        values = {"version": Typed(Kind.NUMBER, version), "day": day}
        return (
            _filled(self.words("sheet.label.version"), values),
            (self.edition.language.name,),
            (self.words("sheet.label.second_reader"), " ", Typed(Kind.NAME, self.reader())),
        )

    def mark(self) -> str:
        """Six signs that stand for what the sheet says, merged values aside: two wordings never bear one version."""
        lines = self.library.catalogue.lines_of(self.library.catalogue.sheets[self.key.sheet], self.key.country).lines
        said = [*map(self.words, self.library.text_ids(self.key)), *(line.phone for line in lines)]
        return hashlib.sha256(repr(said).encode()).hexdigest()[:6]

    def reader(self) -> str:
        """The initials of those who approved the texts; a line to write them on where nobody is recorded."""
        reviews = [self.edition.reviews.get(text) for text in self.library.text_ids(self.key)]
        initials = {one.approved.by for one in reviews if one is not None and one.approved is not None}
        return ", ".join(sorted(initials)) or "______"

    def words(self, text: str) -> str:
        return self.edition.texts.words(text)


def not_checked_lately(line: Helpline, today: dt.date) -> bool:
    """Whether staff must check a helpline before it is published: never checked, more than six months ago, or later."""
    return line.verified_on is None or not dt.timedelta(0) <= today - line.verified_on <= CHECKED_FOR


def _filled(words: str, values: Mapping[str, Typed]) -> Line:
    """Put typed values in the place of placeholders; the pattern splits into words and names by turns."""
    found: list[str | Typed] = []
    for number, piece in enumerate(PLACEHOLDER.split(words)):
        if number % 2:
            found.append(values[piece])
        elif piece:
            found.append(piece)
    return tuple(found)
