"""The PDF of a sheet: tagged for reading aloud (PDF/UA-1), its fonts within, no word about who made it or of whom."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import typst

from triage.sheets.composing import HelplineShown, Sheet
from triage.sheets.fonts import FOLDER, families_for, signs_without_a_glyph
from triage.sheets.html import NAMES_IN
from triage.sheets.model import Form, Line, Typed

TEMPLATE = Path(__file__).with_name("sheet.typ")
SIZES = {Form.STANDARD: 11.5, Form.EASY: 14.0, Form.LARGE: 18.0}
"""Points: large print begins at 16, easy read at 14."""
NASTALIQ = "Noto Nastaliq Urdu"
MADE_BY = re.compile(rb"(/Creator\(|<xmp:CreatorTool>)(Typst [\d.]+)(\)|</xmp:CreatorTool>)")
"""Where typst names itself: blanks of the same length take its place, as a file says nothing of how it was made."""
LEADING, LEADING_OF_NASTALIQ = 0.75, 1.4


class NotPrintable(ValueError):
    """A sheet that may not, or cannot, be printed; the message is a sentence."""


def pdf_of(sheet: Sheet, *, draft: bool = False) -> bytes:
    """Make the PDF of a sheet, without the helplines that nobody has checked for six months.

    Output: the file. Raises NotPrintable for a sheet that two people have not read, unless `draft` asks for one with
    its mark across every page; and for a sign that no shipped font draws, or anything that typst warns of.
    """
    if sheet.draft and not draft:
        raise NotPrintable(
            f"The sheet is {sheet.state} in `{sheet.language}`: it is not printed until two people read it."
        )
    printed = sheet.for_print()
    families = families_for(sheet.fonts)
    if lacking := signs_without_a_glyph(texts_of(printed), families):
        shown = ", ".join(f"U+{ord(sign):04X}" for sign in lacking[:10])
        raise NotPrintable(f"The fonts {', '.join(families)} do not draw {shown}.")
    content = _compiled(json.dumps(_data(printed, families), ensure_ascii=False))
    return MADE_BY.sub(lambda found: found[1] + b" " * len(found[2]) + found[3], content)


def _compiled(sheet: str) -> bytes:
    try:
        content, warnings = typst.compile_with_warnings(
            _template(),
            font_paths=_fonts(),
            sys_inputs={"sheet": sheet},
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=0,
        )
    except typst.TypstError as fault:
        raise NotPrintable(f"The sheet cannot be set: {fault}.") from None
    if warnings:
        raise NotPrintable(f"The sheet cannot be set: {warnings[0].message}.")
    return bytes(content)


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


@cache
def _fonts() -> Any:  # noqa: ANN401 - typst gives no type for it
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER)])


def _data(sheet: Sheet, families: tuple[str, ...]) -> dict[str, Any]:
    return {
        "language": sheet.language,
        "direction": sheet.direction,
        "fonts": families,
        "size": SIZES[sheet.form],
        "leading": LEADING_OF_NASTALIQ if NASTALIQ in families else LEADING,
        "names_in": NAMES_IN[sheet.country],
        "title": sheet.title,
        "heading": sheet.heading,
        "draft": sheet.draft,
        "footer": [_line(line) for line in sheet.footer],
        "sections": [
            {
                "heading": section.heading,
                "layout": section.layout,
                "lines": [_line(line) for line in section.lines],
                "helplines": [_helpline(line) for line in section.helplines],
            }
            for section in sheet.sections
        ],
    }


def _helpline(line: HelplineShown) -> dict[str, Any]:
    return {
        "purpose": line.purpose,
        "phone": _value(line.phone),
        "name": _value(line.name) if line.name else None,
        "by_text": line.by_text,
        "hours": _line(line.hours),
    }


def _line(line: Line) -> list[str | dict[str, str]]:
    return [_value(piece) if isinstance(piece, Typed) else piece for piece in line]


def _value(value: Typed) -> dict[str, str]:
    return {"kind": value.kind, "text": value.text}


def texts_of(sheet: Sheet) -> Iterator[str]:
    """Every text of a printed sheet, values included."""
    yield from (sheet.title, sheet.heading, sheet.draft)
    lines = [*sheet.footer]
    for section in sheet.sections:
        yield section.heading
        lines += section.lines
        for shown in section.helplines:
            yield from (shown.purpose, shown.by_text, shown.phone.text, shown.name.text if shown.name else "")
            lines.append(shown.hours)
    for line in lines:
        yield from (piece.text if isinstance(piece, Typed) else piece for piece in line)
