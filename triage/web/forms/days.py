"""A day as people write it, and a month or a year where nobody knows more: read into ISO 8601, or not at all.

Both languages of the screens write the day first. What cannot be read is told at its field and never kept as if it
were empty: the rules would take it for a date that nobody knows.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from triage.assess.measuring.ages import period
from triage.flow.model import Column, Question
from triage.web.shared.posted import Typed, date_of, text_of

PERIODS: Final = frozenset({"birth_a", "birth_b", "separated_since"})
"""Columns that take a month or a year alone."""
_PAST: Final = frozenset({"birth_a", "birth_b"})
_DAYS: Final = frozenset({"date", "on_date", "next_date"})
_EARLIEST: Final = date(1900, 1, 1)
_WRITTEN: Final = re.compile(r"(?:(?:(\d{1,2})[/. -])?(\d{1,2})[/. -])?(\d{4})")


def shape_of_day(column: Column) -> str:
    """Say whether a column holds a `date`, a `period` (a day, a month or a year), or neither."""
    if column.code in PERIODS:
        return "period"
    return "date" if column.code in _DAYS or column.code.endswith("_on") else ""


def iso_of(written: str) -> str:
    """Give `5/3/2010` as 2010-03-05 and `3/2010` as 2010-03, in any digits; what cannot be read stays as it is."""
    if found := _WRITTEN.fullmatch(written):
        day, month, year = found.groups()
        parts = [f"{int(year):04}", *(f"{int(one):02}" for one in (month, day) if one)]
        iso = "-".join(parts)
        return iso if period(iso) else written
    return written


def unreadable(question: Question, typed: Typed, today: date) -> Iterator[tuple[str, str]]:
    """Give the fields of days that cannot be read as one, each with the shape it should have."""
    shapes = {column.code: shape for column in question.columns if (shape := shape_of_day(column))}
    for name in typed:
        code = name.rpartition("cell-")[2] if "cell-" in name else ""
        if code in shapes and (written := text_of(typed, name)) and not _fits(code, shapes[code], written, today):
            yield name, shapes[code]


def _fits(code: str, shape: str, written: str, today: date) -> bool:
    span = period(iso_of(written))
    if span is None or (shape == "date" and date_of(iso_of(written)) is None):
        return False
    return span[1] >= _EARLIEST and not (code in _PAST and span[0] > today)
