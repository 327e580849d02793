"""What a catalogue of sheets says: sheets, their parts, the values in their texts, and the helplines of each side."""

import datetime as dt
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

COUNTRIES = ("uk", "fr")
NEUTRAL_TITLE, DRAFT_MARK = "sheet.label.title", "sheet.label.draft"
LABELS = (
    NEUTRAL_TITLE, DRAFT_MARK, "sheet.label.version", "sheet.label.second_reader", "sheet.label.always",
    "sheet.label.daily", "sheet.label.weekdays", "sheet.label.by_text",
)  # fmt: skip
"""Texts that every sheet needs, whatever it says."""


CONTROLS = (
    "sheet.control.leave", "sheet.control.standard", "sheet.control.easy", "sheet.control.large",
    "sheet.control.listen", "sheet.control.quiet",
)  # fmt: skip
"""Words around a sheet on a page. A sheet is whole without them: such a control is shown by a sign, or not at all."""


class Form(StrEnum):
    """How a sheet is written and set: large print is the standard text, set large."""

    STANDARD = "standard"
    EASY = "easy"
    LARGE = "large"


class Side(StrEnum):
    """Whom a sheet or a helpline serves: a person using harm, a person affected, or anybody."""

    HARM = "harm"
    AFFECTED = "affected"
    NEUTRAL = "neutral"


class Layout(StrEnum):
    """How a part is set."""

    LIST = "list"
    TEXT = "text"
    WARNING = "warning"


class Role(StrEnum):
    """What every sheet must have a part for (clause 1.3)."""

    PROMISE = "promise"
    RISKS = "risks"
    RIGHTS = "rights"
    COMPLAINT = "complaint"
    HELP = "help"


class Kind(StrEnum):
    """What a typed value is; each is set apart from left to right, or its groups would be printed in reverse."""

    PHONE = "phone"
    TIME = "time"
    DATE = "date"
    MAIL = "mail"
    WEB = "web"
    NUMBER = "number"
    NAME = "name"


class NotAValue(ValueError):
    """A typed value that holds what no phone, time or name holds; the message is a sentence."""


LONGEST_VALUE = 120


@dataclass(frozen=True, slots=True)
class Typed:
    """One typed value of a text: a phone number, a time, a name. Raises NotAValue for signs that cannot be seen."""

    kind: Kind
    text: str

    def __post_init__(self) -> None:
        if not self.text.strip() or len(self.text) > LONGEST_VALUE:
            raise NotAValue(f"A {self.kind} has 1 to {LONGEST_VALUE} signs.")
        if any(unicodedata.category(sign) in {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"} for sign in self.text):
            raise NotAValue(f"A {self.kind} holds only signs that can be seen.")


Piece = str | Typed
Line = tuple[Piece, ...]
"""One paragraph: words and typed values in their order."""


@dataclass(frozen=True, slots=True)
class Item:
    """One text of a part: its id, whether a mistake in it may hurt somebody, where it holds, and its easy form.

    `only` is a country, or empty; `easy` is `own`, `same` (the standard text is easy enough) or `none` (left out).
    """

    text: str
    safety: bool
    only: str
    easy: str

    def text_of(self, form: Form) -> str:
        """The id of the text in a form; empty when the form leaves the item out."""
        if form is not Form.EASY or self.easy == "same":
            return self.text
        return f"{self.text}.easy" if self.easy == "own" else ""


@dataclass(frozen=True, slots=True)
class Part:
    """Some texts under one heading, used by one or several sheets."""

    id: str
    layout: Layout
    says: Role | None
    items: tuple[Item, ...]

    @property
    def heading(self) -> str:
        """The id of the heading; the same in every form."""
        return f"sheet.{self.id}.heading"

    def items_of(self, country: str) -> tuple[Item, ...]:
        """The texts that hold in a country."""
        return tuple(item for item in self.items if item.only in {"", country})


@dataclass(frozen=True, slots=True)
class Helpline:
    """A helpline: `by` is `call` or `text`; `name` may be empty, as for emergency numbers.

    `hours` is `always`, or `opens` and `closes` are given, or nothing is said of them. `verified_on` is when somebody
    last checked the line, None when nobody has.
    """

    id: str
    country: str
    side: Side
    kind: str
    name: str
    phone: str
    by: str
    always_open: bool
    opens: str
    closes: str
    days: str
    verified_on: dt.date | None


class BothSides(ValueError):
    """Lines for those who harm and lines for those who are hurt were about to stand on one sheet."""


@dataclass(frozen=True, slots=True)
class LinesOfOneSide:
    """Helplines that may stand together: those of one side, and those for anybody. Raises BothSides otherwise."""

    side: Side
    lines: tuple[Helpline, ...]

    def __post_init__(self) -> None:
        if any(line.side not in {self.side, Side.NEUTRAL} for line in self.lines):
            raise BothSides(f"A line of another side than {self.side} stands on the sheet.")


@dataclass(frozen=True, slots=True)
class SheetDefinition:
    """One sheet of the catalogue: for whom, on which way, with which parts and which kinds of helplines.

    `outcomes` are the ids of outcomes.yml that it is for. `core` sheets are translated first. `spoken` means that it is
    read aloud and not handed over unless somebody decides otherwise.
    """

    id: str
    audience: str
    pathway: str
    address: str
    side: Side
    outcomes: tuple[str, ...]
    parts: tuple[str, ...]
    lines: tuple[str, ...]
    core: bool
    spoken: bool

    @property
    def title(self) -> str:
        """The id of the words at the top of the sheet."""
        return f"sheet.{self.id}.title"


@dataclass(frozen=True, slots=True)
class Language:
    """What the program must know of a language: its own name, its fonts, and the words that checks look for.

    `negations` and `forbidden` are patterns of words; `excused` are text ids that a check of negations passes, with the
    reason; `terms` says how words without an equivalent are said; `called` are further names that workers give it.
    """

    code: str
    name: str
    fonts: tuple[str, ...]
    negations: tuple[str, ...]
    forbidden: Mapping[str, str]
    excused: Mapping[str, str]
    terms: Mapping[str, str]
    called: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything about sheets that is no text; `written_in` are the languages the texts were written in, English first.

    `values` holds the typed values by name and country, such as the emergency number.
    """

    version: str
    dated: dt.date
    written_in: tuple[str, ...]
    values: Mapping[str, Mapping[str, Typed]]
    parts: Mapping[str, Part]
    sheets: Mapping[str, SheetDefinition]
    helplines: tuple[Helpline, ...]
    languages: Mapping[str, Language]

    def items_of(self, sheet: SheetDefinition, country: str) -> tuple[Item, ...]:
        """Every text item of a sheet in a country, in its order."""
        return tuple(item for part in sheet.parts for item in self.parts[part].items_of(country))

    def lines_of(self, sheet: SheetDefinition, country: str) -> LinesOfOneSide:
        """The helplines of a sheet in a country, in the order that the sheet names their kinds."""
        lines = [
            line for kind in sheet.lines for line in self.helplines if (line.kind, line.country) == (kind, country)
        ]
        return LinesOfOneSide(sheet.side, tuple(lines))
