"""Open an XLSX workbook that may mean harm: measured before it is unpacked, never run, read as texts.

Before any part is parsed: at most 200 parts, 100 MB in all by what the archive says of itself and again by what comes
out, no part of more than 100 times its packed size beyond 1 MB, no macros, no links to other files, no document types
in its XML (so no entities), no formula in any cell. Source: security page 4.6; issue 7.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from triage.interchange.faults import Fault, FileRefused
from triage.interchange.opening import Line
from triage.interchange.safety import unquoted

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MOST_PARTS, MOST_BYTES, MOST_RATIO, FREE_BYTES = 200, 100_000_000, 100, 1_000_000
_WIDEST, _TALLEST = 200, 100_000
_CHUNK: Final = 1 << 16
_HARM: Final = re.compile(r"vbaProject|externalLinks/|activeX/|embeddings/|\.bin$", re.IGNORECASE)
_FORMULA: Final = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?/?>")
_CELL_BEFORE: Final = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"')
_DOCTYPE: Final = b"<!DOCTYPE"
_DIMENSION: Final = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')


def workbook_tables(content: bytes) -> Iterator[tuple[str, Iterator[Line]]]:
    """Read the visible sheets of a workbook, by name, each row by row. Raises `FileRefused`."""
    measured(content)
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        known = [
            one.name
            for one in book.sheets_metadata
            if one.typ is SheetTypeEnum.WorkSheet and one.visible is SheetVisibleEnum.Visible
        ]
        if not known:
            raise FileRefused(Fault(0, "", "xlsx-broken"))
        for name in known:
            yield name, _lines(book.get_sheet_by_name(name))
    except PasswordError:
        raise FileRefused(Fault(0, "", "xlsx-locked")) from None
    except CalamineError:
        raise FileRefused(Fault(0, "", "xlsx-broken")) from None


def _lines(sheet: "CalamineSheet") -> Iterator[Line]:
    first = sheet.start[0] if sheet.start else 0
    for number, row in enumerate(sheet.iter_rows()):
        if number >= first:  # blank rows above the first filled one are rows of the sheet too
            yield Line(number + 1, tuple(_text(cell) for cell in row))


def measured(content: bytes) -> None:
    """Look at an archive without trusting it. Raises `FileRefused` when it is a bomb, runs something, or is no XLSX."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _measure(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as fault:
        if isinstance(fault, FileRefused):
            raise
        raise FileRefused(Fault(0, "", "xlsx-broken")) from None


def _measure(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise FileRefused(Fault(0, "", "xlsx-bomb", f"{len(parts):,} parts"))
    said = sum(part.file_size for part in parts)
    if said > MOST_BYTES:
        raise FileRefused(Fault(0, "", "xlsx-bomb", f"{said:,} bytes"))
    names = [part.filename for part in parts]
    if len(set(names)) != len(names) or "[Content_Types].xml" not in names:
        raise FileRefused(Fault(0, "", "xlsx-broken"))
    if any(_HARM.search(name) for name in names):
        raise FileRefused(Fault(0, "", "xlsx-macros"))
    left = MOST_BYTES
    for part in parts:
        if part.flag_bits & 1:
            raise FileRefused(Fault(0, "", "xlsx-locked"))
        if part.file_size > FREE_BYTES and part.file_size > MOST_RATIO * max(part.compress_size, 1):
            raise FileRefused(Fault(0, "", "xlsx-bomb", f"{part.file_size:,} bytes"))
        left -= _read_through(archive, part, left)


def _read_through(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """Unpack a part in pieces, looking at each; give its true size. What the archive says of itself is not believed."""
    is_text = part.filename.casefold().endswith((".xml", ".rels"))
    is_sheet = is_text and "/worksheets/" in part.filename.casefold()
    size, kept = 0, b""
    with archive.open(part) as stream:
        while piece := stream.read(_CHUNK):
            size += len(piece)
            if size > left or size > max(part.file_size, FREE_BYTES):
                raise FileRefused(Fault(0, "", "xlsx-bomb", f"{size:,} bytes"))
            seen = kept + piece
            if is_text and (_DOCTYPE in seen.upper() or b"\0" in seen):  # UTF-16 would hide the one and the other
                raise FileRefused(Fault(0, "", "xlsx-broken"))
            if is_sheet:
                _look_at(seen)
            kept = seen[-500:]
    return size


def _look_at(seen: bytes) -> None:
    """Refuse a formula, and a cell so far away that all the empty ones before it would be made."""
    if found := _FORMULA.search(seen):
        cells = _CELL_BEFORE.findall(seen[: found.start()])
        column, row = cells[-1] if cells else (b"", b"0")
        raise FileRefused(Fault(int(row), column.decode(), "formula"))
    for column, row in _DIMENSION.findall(seen):
        if int(row) > _TALLEST:
            raise FileRefused(Fault(0, "", "too-many-rows", "20,000"))
        if len(column) > 2 or (len(column) == 2 and column > b"IV"):  # beyond 256 columns
            raise FileRefused(Fault(int(row), column.decode(), "too-many-columns", str(_WIDEST)))


def _text(cell: object) -> str:
    """One cell as a text: days as ISO 8601, whole numbers without a point, blank as empty."""
    if isinstance(cell, str):
        text = unquoted(cell.replace("\r\n", "\n").replace("\r", "\n"))
        return text if text.strip() else ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else str(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, int | timedelta) else ""
