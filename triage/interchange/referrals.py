"""Rows of a file of referrals as drafts: one row for each person, and further rows for what has several values.

A question about the referral may be answered on any of its rows, one about a pair on the row of the person who names
the other in `with`. Every fault is found in one reading; a referral with a fault gives no draft.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from triage.assess.reading.days import iso_of
from triage.cases.agency.referral import LETTERS, AgencyReferral, ReferredAnswer, ReferredPerson
from triage.cases.matching.identity import Address, Identity
from triage.cases.record import Pair
from triage.flow.model import About, Kind, Question
from triage.interchange.columns import Column, read_header, spoken_at
from triage.interchange.faults import Fault, FileRefused
from triage.interchange.opening import Line
from triage.interchange.values import CODED, MAIN, SEPARATOR, ValueRow, fault_in, spelled_value

_SINGLE: Final = ("called", "birth", "birth_year", "given", "family")
_SEVERAL: Final = ("also", "former", "phones", "emails")
GUIDE_MARK: Final = "#"
"""The first cell of a second row that only explains the columns, as templates have it."""


@dataclass(frozen=True, slots=True)
class ReadReferral:
    """A referral that was read, the row on which it begins, and the row of each of its answers; in which sheets."""

    row: int
    referral: AgencyReferral
    rows: Mapping[str, int] = field(default_factory=dict, compare=False)
    sheet: str = field(default="", compare=False)
    sheets: Mapping[str, str] = field(default_factory=dict, compare=False)

    def fault(self, name: str, column: str, code: str, said: str = "") -> Fault:
        """Say what is wrong at the row of a question (`RI-09`), or of a person (`B`); else at the first."""
        return Fault(self.rows.get(name, self.row), column, code, said, sheet=self.sheets.get(name, self.sheet))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says: the referrals that can be read, and everything that is wrong with the others."""

    referrals: tuple[ReadReferral, ...]
    faults: tuple[Fault, ...]
    rows: int = 0


@dataclass(slots=True)
class _Group:
    """The rows of one referral while they are read."""

    first: int
    rows: list[tuple[int, dict[Column, str]]] = field(default_factory=list)


def referrals_in(lines: Iterable[Line], questions: Mapping[str, Question]) -> Reading:
    """Read rows, of which the first is the header. Raises `FileRefused` when the file cannot be read as a whole."""
    reading = iter(lines)
    header = next(reading, None)
    if header is None:
        raise FileRefused(Fault(0, "", "empty"))
    columns = read_header(header.cells, questions)
    groups: dict[str, _Group] = {}
    faults: list[Fault] = []
    count, latest = 0, ""
    for line in reading:
        cells, wrong = _cells(line, columns)
        reference = cells.get(_REFERENCE, "").strip()
        if not any(line.cells) or (line.number == header.number + 1 and reference.startswith(f"{GUIDE_MARK} ")):
            continue
        count += 1
        if not reference:
            wrong.append(Fault(line.number, "reference", "no-reference"))
            reference = latest  # most likely a row of the referral above, which would lack it
        latest = reference
        group = groups.setdefault(reference, _Group(line.number))
        group.rows.append((line.number, cells))
        faults += wrong
    if not count:
        raise FileRefused(Fault(0, "", "no-rows"))
    bad_rows = {fault.row for fault in faults}
    found: list[ReadReferral] = []
    for reference, group in groups.items():
        read = _Referral(reference, group, questions)
        one = read.read()
        faults += read.faults
        if reference and not read.faults and not bad_rows & {number for number, _ in group.rows}:
            found.append(one)
    return Reading(tuple(found), tuple(sorted(faults, key=lambda one: (one.row, one.column))), count)


_REFERENCE, _PERSON, _WITH, _OPINION = (Column(name) for name in ("reference", "person", "with", "opinion"))


def _cells(line: Line, columns: tuple[Column | None, ...]) -> tuple[dict[Column, str], list[Fault]]:
    """Give the filled cells of a row by column, and what is wrong with their places."""
    wrong: list[Fault] = []
    cells: dict[Column, str] = {}
    if len(line.cells) > len(columns) and any(line.cells[len(columns) :]):
        wrong.append(Fault(line.number, "", "row-too-wide"))
    if any(line.cells) and len(line.cells) < len(columns):
        wrong.append(Fault(line.number, "", "row-too-short"))
    for column, cell in zip(columns, line.cells, strict=False):
        if cell and column is None:
            wrong.append(Fault(line.number, "", "header-blank"))
        elif cell and column is not None:
            cells[column] = cell
    return cells, wrong


class _Referral:
    """One referral while it is read."""

    def __init__(self, reference: str, group: _Group, questions: Mapping[str, Question]) -> None:
        self.reference, self.group, self.questions = reference, group, questions
        self.faults: list[Fault] = []
        self.people: dict[str, dict[str, str]] = {}
        self.several: dict[str, dict[str, list[str]]] = {}
        self.addresses: dict[str, list[Address]] = {}
        self.pairs: list[Pair] = []
        self.answers: dict[tuple[str, str], list[ValueRow]] = {}
        self.rows: dict[str, int] = {}
        self.opinion = ""

    def read(self) -> ReadReferral:
        """Read every row, then put the referral together."""
        letters = [self._letter(number, cells) for number, cells in self.group.rows]
        everybody = sorted({letter for letter in letters if letter})
        alone = Pair(*everybody) if len(everybody) == 2 else None
        for (number, cells), letter in zip(self.group.rows, letters, strict=True):
            if letter:
                self._person(number, letter, cells)
                self._answers(number, cells, letter, self._pair(number, letter, cells, alone))
        if alone and not self.pairs:
            self.pairs.append(alone)
        persons = tuple(self._put_together(letter) for letter in everybody)
        answers = tuple(one for key in self._in_order() if (one := self._answer(*key)))
        referral = AgencyReferral(persons, tuple(self.pairs), answers, self.reference, self.opinion)
        return ReadReferral(self.group.first, referral, self.rows)

    def _fault(self, number: int, column: str, code: str, said: str = "", near: str = "") -> None:
        self.faults.append(Fault(number, column, code, said, near))

    def _letter(self, number: int, cells: Mapping[Column, str]) -> str:
        letter = cells.get(_PERSON, "").strip().upper()
        if len(letter) == 1 and letter in LETTERS:
            return letter
        self._fault(number, "person", "no-person")
        return ""

    def _pair(self, number: int, letter: str, cells: Mapping[Column, str], alone: Pair | None) -> str:
        """Give the pair that a row speaks of: its letters in order, so that a is the earlier whoever names whom."""
        other = cells.get(_WITH, "").strip().upper()
        if not other:
            return (self.pairs[0] if self.pairs else alone).undirected if alone else ""
        if len(other) != 1 or other not in LETTERS or other == letter:
            self._fault(number, "with", "no-with")
            return ""
        known = Pair(*sorted((letter, other)))
        if known not in self.pairs:
            self.pairs.append(known)
        return known.undirected

    def _person(self, number: int, letter: str, cells: Mapping[Column, str]) -> None:
        self.rows.setdefault(letter, number)
        said, several = self.people.setdefault(letter, {}), self.several.setdefault(letter, {})
        for name in _SINGLE:
            if cell := cells.get(Column(name)):
                text = self._day(number, name, cell) if name == "birth" else cell
                if said.setdefault(name, text) != text:
                    self._fault(number, name, "said-twice")
        for name in _SEVERAL:
            parts = (part.strip() for part in cells.get(Column(name), "").split(SEPARATOR))
            several.setdefault(name, []).extend(part for part in parts if part)
        street, postcode = cells.get(Column("street"), ""), cells.get(Column("postcode"), "")
        if street or postcode:
            self.addresses.setdefault(letter, []).append(Address(street, postcode))
        if opinion := cells.get(_OPINION):
            if self.opinion not in {"", opinion}:
                self._fault(number, "opinion", "said-twice")
            self.opinion = opinion
        if (year := said.get("birth_year", "")) and not (year.isascii() and year.isdigit() and len(year) == 4):
            self._fault(number, "birth_year", "not-a-year", year)
            said["birth_year"] = ""

    def _day(self, number: int, column: str, cell: str) -> str:
        day = day_in(cell)
        if day is None:
            self._fault(number, column, "not-a-date", cell)
        return day.isoformat() if day else ""

    def _answers(self, number: int, cells: Mapping[Column, str], letter: str, pair: str) -> None:
        """Keep the rows of answers that one row of the file writes."""
        by_question: dict[str, dict[str, str]] = {}
        for column, cell in cells.items():
            if column.question:
                by_question.setdefault(column.question, {})[column.cell] = cell
        for name, filled in by_question.items():
            question = self.questions[name]
            about = spoken_at(question, letter, pair)
            if question.about is About.PAIR and not about:
                self._fault(number, "with", "no-with")
                continue
            rows = self.answers.setdefault((name, about), [])
            self.rows.setdefault(name, number)
            added = list(_value_rows(question, filled, number))
            again = rows == added and question.about is not About.PERSON and question.kind is not Kind.TABLE
            if not again:  # what the row of another person says in the same words is said once
                rows += added

    def _in_order(self) -> Iterator[tuple[str, str]]:
        order = {name: place for place, name in enumerate(self.questions)}
        yield from sorted(self.answers, key=lambda key: (order[key[0]], key[1]))

    def _answer(self, name: str, about: str) -> ReferredAnswer | None:
        question, rows = self.questions[name], self.answers[name, about]
        lacking = next((row for row in rows if not row.cells.get(MAIN)), None)
        if lacking:
            self._fault(lacking.number, name, "code-missing")
            return None
        if len(rows) > 1 and question.kind not in {Kind.MANY, Kind.TABLE, Kind.RECORD}:
            self._fault(rows[1].number, name, "said-twice")
            return None
        if wrong := fault_in(question, rows):
            column = f"{name}.{wrong.cell}" if wrong.cell else name
            number = next((row.number for row in rows if row.cells.get(wrong.cell) == wrong.said), rows[0].number)
            self._fault(number, column, wrong.code, wrong.said, wrong.near)
            return None
        return ReferredAnswer(name, about, spelled_value(question, rows))

    def _put_together(self, letter: str) -> ReferredPerson:
        said, several = self.people[letter], {name: tuple(parts) for name, parts in self.several[letter].items()}
        birth = date.fromisoformat(said["birth"]) if said.get("birth") else None
        known = Identity(
            given=said.get("given", ""),
            family=said.get("family", ""),
            birth_year=int(said["birth_year"]) if said.get("birth_year") else None,
            addresses=tuple(self.addresses.get(letter, ())),
            also=several["also"],
            former=several["former"],
            phones=several["phones"],
            emails=several["emails"],
        )
        return ReferredPerson(letter, said.get("called", ""), birth, known)


def day_in(cell: str) -> date | None:
    """Read a day as 1990-05-31 or, the day first, 31/5/1990; None when it is none."""
    text = iso_of(cell)
    try:
        return date.fromisoformat(text) if len(text) == 10 and text.isascii() else None
    except ValueError:
        return None


def _value_rows(question: Question, filled: Mapping[str, str], number: int) -> Iterator[ValueRow]:
    """Give the rows of an answer: one for each code of a list, when nothing else was said of it."""
    main = filled.get(MAIN, "")
    if question.kind in CODED:
        codes = [part.strip() for part in main.split(SEPARATOR) if part.strip()]
        for code in codes or [""]:
            yield ValueRow({**filled, MAIN: code}, number)
    else:
        yield ValueRow(filled if question.kind is Kind.TEXT else {**filled, MAIN: main.strip()}, number)
