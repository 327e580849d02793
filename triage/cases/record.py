"""The record of one case: persons, pairs, answers and acts, append-only, as the assessment reads them.

Formats: design page, section 4 (`triage assess`), as corrected by domain page 13, corrections 6, 12 and 14. Nobody
is called perpetrator or victim here: persons are ids (A, B, ...), a pair is two persons in the order of the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from triage.cases.voices import Transcript, transcript_of

NOT_KNOWN_YET, DECLINED, NOT_SAFE_TO_ASK = "NK", "DEC", "NSA"
NON_ANSWERS = frozenset({NOT_KNOWN_YET, DECLINED, NOT_SAFE_TO_ASK})

Cell = str | int | bool | None | tuple[str, ...]
"""The value of one column of a row."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table, or one chosen option: its code, the second code, and the other columns.

    `words` tells the other columns in words of the flows alone: the code that stands there, or of what sort the text
    is. A column that it does not name is taken as text of which nothing is known.
    """

    code: str
    scale: str = ""
    cells: Mapping[str, Cell] = field(default_factory=dict)
    words: tuple[tuple[str, Cell], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An answer taken back: when, and why (domain 12.1, rule 7). The answer itself stays on file."""

    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, from one source, about one pair or person, on one date.

    `about` is `A>B`, `A-B`, `A` or empty (the case). `rows` holds the codes chosen; `text`, `number` and `day` hold
    the value of the types without codes; `non_answer` is NK, DEC, NSA or empty. `by` is the person whose words
    these are. `alone`: None when nobody recorded it. `ask_again` is the day on which to ask again what is not known
    yet.
    """

    id: str
    question: str
    about: str
    source: str
    on: date
    rows: tuple[Row, ...] = ()
    text: str = ""
    number: int | None = None
    day: date | None = None
    non_answer: str = ""
    follow_up: str = ""
    by: str = ""
    alone: bool | None = None
    contact: str = ""
    tainted: bool = False
    interested: bool = False
    hearsay: bool = False
    recording: str = ""
    copy_of: str = ""
    ask_again: date | None = None
    withdrawn: Withdrawal | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The option codes chosen, in the order given."""
        return tuple([row.code for row in self.rows])

    @property
    def unsafe(self) -> bool:
        """Whether the account was obtained in unsafe conditions: it then counts 1 at most."""
        return self.tainted or self.alone is False


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signed an act: a name or staff id, and the side when it is recorded (`support`, `programme`, ...)."""

    name: str
    side: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One dated, signed decision by named people (domain 12.3)."""

    id: str
    act: str
    about: str
    values: tuple[str, ...]
    on: date
    by: tuple[Signatory, ...]
    reason: str = ""

    @property
    def value(self) -> str:
        """The single value of an act that has one."""
        return self.values[0] if self.values else ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two persons of a case, in the order of the record; the order carries no meaning."""

    a: str
    b: str

    @property
    def undirected(self) -> str:
        """How answers and acts name this pair."""
        return f"{self.a}-{self.b}"


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """Everything recorded of one case up to the day `on`; `latched` are gates by pair known to have fired earlier.

    `transcript` are the same answers in words of the flows, by whose words they are; made once, with the record.
    """

    id: str
    on: date
    births: Mapping[str, str]
    pairs: tuple[Pair, ...]
    answers: tuple[Answer, ...] = ()
    acts: tuple[Act, ...] = ()
    latched: Mapping[str, frozenset[str]] = field(default_factory=dict)
    transcript: Transcript = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "transcript", transcript_of(self.answers))

    @property
    def persons(self) -> tuple[str, ...]:
        """The ids of the persons."""
        return tuple(self.births)
