"""The value of an answer as plain rows, and back: one row for each code, with its second code and its columns.

Every format here is a way of writing these rows, so that all of them give the same draft. `canonical` gives a value in
the one shape that `spelled_value` makes, whatever shape it had (design page 4 permits several).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from triage.assess.reading.days import can_be_read, iso_of, shape_of_day
from triage.assess.reading.values import NotAValue, read_value
from triage.cases.model import Raw
from triage.cases.record import NON_ANSWERS, Row
from triage.flow.model import Kind, Question

MAIN, SCALE = "", "scale"
"""The names of the cells that hold a code, a text, a number, a day or a non-answer, and the second code."""
SEPARATOR: Final = ";"
CODED: Final = frozenset({Kind.ONE, Kind.MANY, Kind.RECORD, Kind.TABLE})


@dataclass(frozen=True, slots=True)
class CellFault:
    """What does not fit: the name of the cell, a code of words.toml, what was written, the nearest known name."""

    cell: str
    code: str
    said: str = ""
    near: str = ""


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One row of an answer: its cells by name, `MAIN` for the code; and where it stood."""

    cells: Mapping[str, str]
    number: int = field(default=0, compare=False)


def canonical(question: Question, value: Raw) -> Raw:
    """Give a value in its one shape. Raises `NotAValue` when it does not fit its question."""
    rows = rows_of(question, value)
    return spelled_value(question, rows)


def rows_of(question: Question, value: Raw) -> tuple[ValueRow, ...]:
    """Write a value as rows. Raises `NotAValue` when it does not fit, or a part of it has no text."""
    read = read_value(question, value)
    if read.rows:
        return tuple(_row_cells(row) for row in read.rows)
    single = read.non_answer or read.text or (read.day.isoformat() if read.day else "")
    return (ValueRow({MAIN: single or str(read.number)}),)


def spelled_value(question: Question, rows: Sequence[ValueRow]) -> Raw:
    """Give the value that rows write, in the shape that `triage assess` reads; that it fits is judged afterwards."""
    first = rows[0].cells.get(MAIN, "")
    if len(rows) == 1 and first in NON_ANSWERS:
        return first
    if question.kind is Kind.INTEGER:
        return int(first)
    if question.kind not in CODED:
        return first
    spelled: list[Raw] = [_spelled_row(question, row.cells) for row in rows]
    return spelled[0] if len(spelled) == 1 and question.kind in {Kind.ONE, Kind.RECORD} else spelled


def fault_in(question: Question, rows: Sequence[ValueRow]) -> CellFault | None:
    """Say what keeps rows from being an answer to a question, by the cell, or None."""
    first = rows[0].cells.get(MAIN, "")
    if question.kind is Kind.INTEGER and first not in NON_ANSWERS and not _is_number(first):
        return CellFault(MAIN, "not-a-number", first)
    try:
        read_value(question, spelled_value(question, rows))
    except NotAValue as fault:
        return _located(question, rows, fault)
    return fault_of_day(question, rows)


def fault_of_day(question: Question, rows: Sequence[ValueRow]) -> CellFault | None:
    """Say which cell holds no day where its column holds one, or None: kept as a text it would be a day unknown."""
    for row in rows:
        for name, cell in row.cells.items():
            column = question.column(name)
            shape = shape_of_day(column) if column else ""
            if shape and cell and not can_be_read(shape, cell):
                return CellFault(name, "not-a-date", cell)
    return None


def _located(question: Question, rows: Sequence[ValueRow], fault: NotAValue) -> CellFault:
    """Find the cell whose code is unknown, which is what is nearly always wrong."""
    if question.kind is Kind.DATE:
        return CellFault(MAIN, "not-a-date", rows[0].cells.get(MAIN, ""))
    known: dict[str, Sequence[str]] = {SCALE: question.scale}
    known |= {column.code: column.values for column in question.columns if column.values and not column.many}
    if question.kind in CODED:
        known[MAIN] = question.options
    for row in rows:
        for name, cell in row.cells.items():
            if cell and name in known and cell not in known[name]:
                return CellFault(name, "not-a-code", cell, fault.near)
    return CellFault(MAIN, "one-code" if len(rows) > 1 and question.kind is Kind.ONE else "value")


def _row_cells(row: Row) -> ValueRow:
    cells = {MAIN: row.code}
    if row.scale:
        cells[SCALE] = row.scale
    for code, cell in row.cells.items():
        if cell not in (None, "", ()):
            cells[code] = _joined(cell) if isinstance(cell, tuple) else _word(cell)
    return ValueRow(cells)


def _joined(cell: tuple[str, ...]) -> str:
    if any(SEPARATOR in one or not one.strip() for one in cell):
        raise NotAValue("a ; cannot stand inside one of several values.")
    return SEPARATOR.join(cell)


def _word(cell: object) -> str:
    """One cell as a text; what was read from YAML as true and false are codes."""
    return {True: "yes", False: "no"}[cell] if isinstance(cell, bool) else str(cell)


def _spelled_row(question: Question, cells: Mapping[str, str]) -> Raw:
    """Spell one row: its code alone when it has nothing else."""
    code = cells.get(MAIN, "")
    others: dict[str, Raw] = {
        name: _spelled_cell(question, name, cell) for name, cell in cells.items() if name and cell
    }
    return {"code": code, **dict(sorted(others.items()))} if others else code


def _spelled_cell(question: Question, name: str, cell: str) -> Raw:
    column = question.column(name)
    if column and column.many:
        return [part.strip() for part in cell.split(SEPARATOR) if part.strip()]
    return iso_of(cell) if column and shape_of_day(column) else cell


def _is_number(text: str) -> bool:
    digits = text.removeprefix("-")
    return text.isascii() and digits.isdigit() and len(digits) <= 9
