"""Answers that were given in the XLSForm of flow (a), as ODK Central and KoboToolbox export them, as referrals.

Each repeat of a form is a table of its own (a sheet of KoboToolbox, a CSV in the ZIP of ODK Central) whose rows name
their submission; the API of KoboToolbox nests them in JSON. Headers are names of the form, with or without the groups
they stand in: `RI-03/RI-03.code`, `RI-03-RI-03.code`, `RI-03.code`. A submission becomes rows of a file of referrals
and is judged as those are; a fault names the sheet and the row that was exported.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from triage.cases.agency.referral import LETTERS
from triage.flow.model import About, Question
from triage.flow.problems import nearest
from triage.interchange.columns import NEEDED
from triage.interchange.faults import Fault, FileRefused
from triage.interchange.fields import NOTED, PEOPLE, Field, field_named, form_fields, is_of_the_form
from triage.interchange.opening import MOST_ROWS, Line
from triage.interchange.referrals import Reading, ReadReferral, referrals_in

_OWN_KEYS: Final = ("_index", "KEY")
_PARENT_KEYS: Final = ("_parent_index", "PARENT_KEY")
_IDS: Final = ("meta/instanceID", "meta-instanceID", "instanceID", "KEY", "_uuid")
_BETWEEN: Final = re.compile(r"[\s>/-]+")
_MAIN: Final = ("code", "value", "absent")
Cells = dict[str, str]
Table = tuple[str, Iterable[Line]]


@dataclass(frozen=True, slots=True)
class _Said:
    """The filled fields of one row that stand in one group of the form, and where the row stands."""

    group: str
    cells: Mapping[str, str]
    sheet: str
    row: int


@dataclass(slots=True)
class _Submission:
    """One submission, and everything said in it."""

    id: str
    sheet: str
    row: int
    said: list[_Said] = field(default_factory=list)

    @property
    def reference(self) -> str:
        """The agency's own number; where nobody wrote one, the id that the program gave the submission."""
        return next((one.cells["reference"] for one in self.said if "reference" in one.cells), self.id).strip()


def are_submissions(header: Sequence[str]) -> bool:
    """Whether a table is of submissions: it has fields of our form, or what the programs note beside them."""
    return any(map(is_of_the_form, header)) or not {*_OWN_KEYS, "_uuid"}.isdisjoint(header)


def submissions_of_kobo(document: object) -> list[Any] | None:
    """Give the submissions in what the API of KoboToolbox answers, or None when it is something else."""
    listed = document.get("results") if isinstance(document, dict) else document
    if not isinstance(listed, list) or not listed:
        return None
    return listed if all(isinstance(one, dict) and "_uuid" in one for one in listed) else None


def referrals_in_tables(tables: Iterable[Table], questions: Mapping[str, Question]) -> Reading:
    """Read the tables of an export. Raises `FileRefused` for a table that is none of ours, or of labels."""
    collected = _Collected(questions)
    for name, lines in tables:
        try:
            collected.add_table(name, lines)
        except FileRefused as refused:
            raise FileRefused(*(replace(one, sheet=one.sheet or name) for one in refused.faults)) from None
    return collected.reading()


def referrals_of_kobo(submissions: Sequence[Mapping[str, Any]], questions: Mapping[str, Question]) -> Reading:
    """Read submissions as the API of KoboToolbox gives them; the row of a fault is the number of the submission."""
    collected = _Collected(questions)
    for number, one in enumerate(submissions, 1):
        collected.add_nested(number, one)
    return collected.reading()


class _Collected:
    """The submissions of an export while its tables are read."""

    def __init__(self, questions: Mapping[str, Question]) -> None:
        self.questions, self.fields = questions, form_fields(questions)
        self.named: dict[str, Field | None] = {}
        self.submissions: dict[str, _Submission] = {}
        self.children: list[tuple[str, _Said]] = []
        self.faults: list[Fault] = []
        self.wrong: set[str] = set()
        self.rows = 0

    def add_table(self, name: str, lines: Iterable[Line]) -> None:
        """Take one table: that of the form itself, or that of a repeat, whose rows name their parent."""
        reading = iter(lines)
        header = next(reading, None)
        if header is None:
            return
        known = self._header(name, header)
        parent = _place_of(_PARENT_KEYS, header.cells)
        own = _place_of(_OWN_KEYS, header.cells)
        if parent is None and own is None:
            raise FileRefused(Fault(header.number, " / ".join(_OWN_KEYS), "header-missing", sheet=name))
        ids = [place for one in _IDS if (place := _place_of((one,), header.cells)) is not None]
        for line in reading:
            cells = [*line.cells, *([""] * (len(header.cells) - len(line.cells)))]
            if any(cells):
                self._count()
                key = cells[own if parent is None and own is not None else parent or 0].strip()
                if parent is None:
                    self._begin(key, next((cells[at] for at in ids if cells[at]), ""), name, line.number)
                filled = [(known[at], cell) for at, cell in enumerate(cells[: len(known)]) if cell]
                self._add_row(key, filled, name, line.number)

    def add_nested(self, number: int, submission: Mapping[str, Any]) -> None:
        """Take one submission of the API of KoboToolbox: fields, and lists of repeats."""
        key = str(number)
        ids = (str(submission[one]) for one in _IDS if submission.get(one))
        self._begin(key, next(ids, ""), "", number)
        parts = [submission, *(row for one in submission.values() if isinstance(one, list) for row in one)]
        for part in parts:
            self._count()
            said = part.items() if isinstance(part, dict) else ()
            texts = [(name, str(value)) for name, value in said if isinstance(value, str | int) and str(value).strip()]
            header = Line(0, tuple(name for name, _text in texts))
            self._add_row(key, list(zip(self._header("", header), (text for _name, text in texts), strict=True)), "",
                          number)  # fmt: skip

    def reading(self) -> Reading:
        """Put every submission together, as rows of a file of referrals, and read those."""
        lost = [said for key, said in self.children if key not in self.submissions]
        if lost:  # some submission would be sent without a person, or without what was said of one
            parents = (Fault(said.row, "PARENT_KEY", "no-parent", sheet=said.sheet) for said in lost)
            raise FileRefused(*self.faults, *parents)
        for key, said in self.children:
            self.submissions[key].said.append(said)
        self._references()
        keys = list(self.submissions)
        rows = [(said, row | {"reference": str(at)}) for at, key in enumerate(keys) for said, row in self._rows(key)]
        if not rows:
            raise FileRefused(*self.faults or [Fault(0, "", "no-rows")])
        names = list(dict.fromkeys(name for _said, row in rows for name in (*NEEDED, *row)))
        lines = [Line(at, tuple(row.get(name, "") for name in names)) for at, (_said, row) in enumerate(rows, 2)]
        places = {at: (said.sheet, said.row) for at, (said, _row) in enumerate(rows, 2)}
        read = referrals_in([Line(1, tuple(names)), *lines], self.questions)
        by_key = ((keys[int(one.referral.external_reference)], one) for one in read.referrals)
        found = tuple(self._found(key, one, places) for key, one in by_key if key not in self.wrong)
        faults = (*self.faults, *(_at(one, places) for one in read.faults))
        return Reading(found, tuple(sorted(faults, key=lambda one: (one.sheet, one.row, one.column))), self.rows)

    def _count(self) -> None:
        self.rows += 1
        if self.rows > MOST_ROWS:
            raise FileRefused(Fault(0, "", "too-many-rows", f"{MOST_ROWS:,}"))

    def _header(self, sheet: str, header: Line) -> list[Field | None]:
        """Read the headers of a table: None for what the programs note themselves."""
        found = [self._named(name) for name in header.cells]
        if sheet and not any(found):
            raise FileRefused(Fault(header.number, "", "submissions-labels", sheet=sheet))
        wrong = [
            Fault(header.number, name, "header-unknown", near=nearest(name, self.fields) or "", sheet=sheet)
            for name, one in zip(header.cells, found, strict=True)
            if one is None and name and not NOTED.fullmatch(name)
        ]
        named = [one.name for one in found if one]
        wrong += [Fault(header.number, name, "header-twice", sheet=sheet) for name in {*named} if named.count(name) > 1]
        if wrong:
            raise FileRefused(*wrong)
        return found

    def _named(self, header: str) -> Field | None:
        """Find the field of a header; each is looked for once."""
        if header not in self.named:
            noted = not header or NOTED.fullmatch(header)
            self.named[header] = None if noted else field_named(header, self.fields)
        return self.named[header]

    def _begin(self, key: str, given: str, sheet: str, row: int) -> None:
        if key in self.submissions or not key:
            self._wrong(key, Fault(row, "KEY", "submission-twice", key, sheet=sheet))
            return
        self.submissions[key] = _Submission(given, sheet, row)

    def _wrong(self, key: str, fault: Fault) -> None:
        self.faults.append(fault)
        self.wrong.add(key)

    def _add_row(self, key: str, filled: Sequence[tuple[Field | None, str]], sheet: str, row: int) -> None:
        """Keep the filled fields of a row by the groups they stand in."""
        groups: dict[str, Cells] = {}
        for one, cell in filled:
            if one and one.refused:
                self._wrong(key, Fault(row, one.name, one.refused, sheet=sheet))
            elif one:
                groups.setdefault(one.group, {})[one.cell] = cell
        self.children += [(key, _Said(group, cells, sheet, row)) for group, cells in groups.items()]

    def _references(self) -> None:
        """Two submissions under one number are neither: which of them is meant, only the agency knows."""
        numbers = Counter(one.reference for one in self.submissions.values())
        for key, one in self.submissions.items():
            if not one.reference or numbers[one.reference] > 1:
                code = "reference-twice" if one.reference else "no-reference"
                self._wrong(key, Fault(one.row, "reference", code, one.reference, sheet=one.sheet))

    def _rows(self, key: str) -> Iterator[tuple[_Said, Cells]]:
        """Give the rows of a file of referrals that a submission writes, each with where it was said."""
        submission = self.submissions[key]
        letters = sorted(one.cells.get("person", "").strip().upper() for one in submission.said if one.group == PEOPLE)
        first = next((letter for letter in letters if letter), LETTERS[0])
        for one in submission.said:
            if one.group == PEOPLE:
                yield one, dict(one.cells)
            elif not one.group and (opinion := one.cells.get("opinion")):
                yield one, {"person": first, "opinion": opinion}
            elif one.group and (row := self._answer(key, one, first)):
                yield one, row

    def _answer(self, key: str, said: _Said, first: str) -> Cells | None:
        """Give the row of an answer at the person or pair it is about; None when nothing was said, or it is wrong."""
        cells = dict(said.cells)
        about = cells.pop("about", "")
        mains = [text for name in _MAIN if (text := cells.pop(name, ""))]
        if not mains and not cells:
            return None  # a repeat that was opened and left
        if len(mains) > 1:
            self._wrong(key, Fault(said.row, said.group, "absent-too", sheet=said.sheet))
        placed = _placed(self.questions[said.group], about, first)
        if placed is None:
            self._wrong(key, Fault(said.row, f"{said.group}.about", "about", about, sheet=said.sheet))
            return None
        return {**placed, **({said.group: mains[0]} if mains else {}), **cells}

    def _found(self, key: str, read: ReadReferral, places: Mapping[int, tuple[str, int]]) -> ReadReferral:
        """Give a referral that was read its own number, and the places where it was exported."""
        submission = self.submissions[key]
        rows = {name: places[at][1] for name, at in read.rows.items()}
        sheets = {name: places[at][0] for name, at in read.rows.items()}
        referral = replace(read.referral, external_reference=submission.reference)
        return ReadReferral(submission.row, referral, rows, submission.sheet, sheets)


def _placed(question: Question, about: str, first: str) -> Cells | None:
    """Say on whose row an answer stands; None when its letters are not those of a person, or of a pair."""
    letters = sorted(one for one in _BETWEEN.split(about.strip().upper()) if one)
    if question.about is About.CASE:
        return {"person": first}
    if any(len(one) != 1 or one not in LETTERS for one in letters) or len(set(letters)) != len(letters):
        return None
    if question.about is About.PERSON:
        return {"person": letters[0]} if len(letters) == 1 else None
    if not letters:
        return {"person": first}
    return {"person": letters[0], "with": letters[1]} if len(letters) == 2 else None


def _at(fault: Fault, places: Mapping[int, tuple[str, int]]) -> Fault:
    sheet, row = places.get(fault.row, ("", fault.row))
    return replace(fault, row=row, sheet=sheet)


def _place_of(names: Iterable[str], header: Sequence[str]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)
