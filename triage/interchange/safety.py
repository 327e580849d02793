"""Cells that a spreadsheet would run as a formula: quoted when they are written, and read back as they were.

A cell that begins, after blanks and controls, with = + - @ | % or a full-width form of these, or with a control
itself, is written behind an apostrophe; so is one that begins with an apostrophe, so that reading takes exactly one
away. Source: security page 4.6; ASVS 1.2.10; the rule of the interchange page, mistake 16.
"""

import re
from typing import Final

_DANGEROUS: Final = re.compile(
    r"['\x00-\x1f\x7f]|[\s\x00-\x1f\x7f\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069]*[=+\-@|%＝＋－＠｜％]"
)
_QUOTE: Final = "'"


def quoted(text: str) -> str:
    """Give a text as a cell that is only text, whatever program opens it."""
    return _QUOTE + text if _DANGEROUS.match(text) else text


def unquoted(cell: str) -> str:
    """Give the text of a cell that `quoted` wrote; any other cell is itself, apostrophes of names included."""
    return cell[1:] if cell.startswith(_QUOTE) and _DANGEROUS.match(cell[1:]) else cell


def is_formula(cell: str) -> bool:
    """Whether a cell of a text file is a formula; a sign before a number, or a dash before words, makes none."""
    return cell.lstrip().startswith(("=", "＝"))
