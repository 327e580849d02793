"""Open a file of unknown kind: told by its content, bounded in every direction, as rows of plain texts.

Bounds: 10 MB, 20,000 rows, 200 columns, 1,000,000 cells, 20,000 characters in a cell; for XLSX see `workbook`.
"""

import csv
import io
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from triage.interchange.faults import Fault, FileRefused
from triage.interchange.safety import is_formula, unquoted

LARGEST_FILE: Final = 10_000_000
MOST_ROWS, MOST_COLUMNS, MOST_CELLS, LONGEST_CELL = 20_000, 200, 1_000_000, 20_000
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_WORKBOOK_PART: Final = b"[Content_Types].xml"
_TABLES: Final = re.compile(rb"\.csv", re.IGNORECASE)
_MARKS: Final = ((b"\xff\xfe\x00\x00", "UTF-32"), (b"\x00\x00\xfe\xff", "UTF-32"))
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")


class FileKind(StrEnum):
    """What a file is, by its content; its name is never asked."""

    CSV = "csv"
    XLSX = "xlsx"
    ZIP = "zip"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number as a spreadsheet shows it, and its cells as texts, quotes of formulas taken off."""

    number: int
    cells: tuple[str, ...]


def kind_of(content: bytes) -> FileKind:
    """Tell what a file is. Raises `FileRefused` when it is too large, empty, or locked."""
    if len(content) > LARGEST_FILE:
        raise FileRefused(Fault(0, "", "too-large", "10 MB"))
    if not content.strip():
        raise FileRefused(Fault(0, "", "empty"))
    if content.startswith(_OLE):  # an encrypted workbook, or one of the format before XLSX
        raise FileRefused(Fault(0, "", "xlsx-locked"))
    if content.startswith(_ZIP):
        return FileKind.ZIP if _TABLES.search(content) and _WORKBOOK_PART not in content else FileKind.XLSX
    start = content[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    return FileKind.JSON if start[:1] in {b"{", b"["} else FileKind.CSV


def text_of(content: bytes) -> str:
    """Decode a text: UTF-8 with or without mark, UTF-16 with a mark, or Windows-1252 when it cannot be UTF-8.

    Raises `FileRefused`, naming what it seems to be, for everything else, and for NUL.
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            raise FileRefused(Fault(0, "", "encoding", name))
    try:
        text = content.decode("utf-16") if content.startswith(_UTF_16) else _eight_bits(content)
    except UnicodeDecodeError as fault:
        raise FileRefused(Fault(0, "", "encoding", fault.encoding)) from None
    if "\0" in text:
        raise FileRefused(Fault(text[: text.index("\0")].count("\n") + 1, "", "nul"))
    return text


def _eight_bits(content: bytes) -> str:
    """UTF-8, or else Windows-1252; a text with many NULs is UTF-16 whose mark was lost, and is refused by name."""
    head = content[:4000]
    if head.count(0) > len(head) // 4:
        raise FileRefused(Fault(0, "", "encoding", "UTF-16 without a mark"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def csv_lines(content: bytes) -> Iterator[Line]:
    """Read the rows of a CSV whose cells stand apart by commas, semicolons or tabs, as its header shows."""
    text = text_of(content)
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    for number in itertools.count(1):  # by rows, as a spreadsheet counts, not by the line ends inside of cells
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raise FileRefused(Fault(number, "", "csv-broken")) from None
        for place, cell in enumerate(cells):
            if is_formula(cell):
                raise FileRefused(Fault(number, column_letter(place), "formula"))
        yield Line(number, tuple(_cell(cell) for cell in cells))


def bounded(lines: Iterable[Line]) -> Iterator[Line]:
    """Pass rows on while they keep within the bounds. Raises `FileRefused` at the first that does not."""
    filled = 0
    for count, line in enumerate(lines):
        if count > MOST_ROWS:  # the header is not counted
            raise FileRefused(Fault(0, "", "too-many-rows", f"{MOST_ROWS:,}"))
        if len(line.cells) > MOST_COLUMNS:
            raise FileRefused(Fault(line.number, "", "too-many-columns", str(MOST_COLUMNS)))
        filled += sum(map(bool, line.cells))
        if filled > MOST_CELLS:
            raise FileRefused(Fault(line.number, "", "too-many-cells", f"{MOST_CELLS:,}"))
        for place, cell in enumerate(line.cells):
            if len(cell) > LONGEST_CELL:
                raise FileRefused(Fault(line.number, column_letter(place), "cell-too-long", f"{LONGEST_CELL:,}"))
        yield line


def column_letter(place: int) -> str:
    """Name a column as a spreadsheet does: A, B, …, Z, AA."""
    letters = ""
    left = place + 1
    while left:
        left, rest = divmod(left - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _cell(cell: str) -> str:
    """One kind of line end inside a cell, and blank cells empty."""
    text = unquoted(cell.replace("\r\n", "\n").replace("\r", "\n"))
    return text if text.strip() else ""
