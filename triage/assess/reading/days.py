"""A day as people write it, and a month or a year where nobody knows more: read into ISO 8601, or not at all.

Both languages of the screens write the day first. What cannot be read is told at its field and never kept as if it
were empty: the rules would take it for a date that nobody knows. One rule for a page, a file and a program (ADR 0078).
"""

import calendar
import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

from triage.flow.model import Column, Question

BIRTHS: Final = frozenset({"birth_a", "birth_b"})
"""Columns of a day that has been."""
PERIODS: Final = BIRTHS | {"separated_since"}
"""Columns that take a month or a year alone."""
_DAYS: Final = frozenset({"date", "on_date", "next_date"})
_EARLIEST: Final = date(1900, 1, 1)
_PERIOD: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_WRITTEN: Final = re.compile(r"(?:(?:(\d{1,2})[/. -])?(\d{1,2})[/. -])?(\d{4})")
_LONGEST: Final = len("2010-03-05")


@lru_cache(maxsize=4096)
def period(text: object) -> tuple[date, date] | None:
    """The first and last day of `2026`, `2026-06` or `2026-06-03`; None for anything else."""
    found = _PERIOD.fullmatch(str(text).strip())
    if not found:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    try:
        last = day or calendar.monthrange(year, month or 12)[1]
        return date(year, month or 1, day or 1), date(year, month or 12, last)
    except (ValueError, calendar.IllegalMonthError):
        return None


def shape_of_day(column: Column) -> str:
    """Say whether a column holds a `date`, a `period` (a day, a month or a year), or neither."""
    if column.code in PERIODS:
        return "period"
    return "date" if column.code in _DAYS or column.code.endswith("_on") else ""


def iso_of(written: str) -> str:
    """Give `5/3/2010` as 2010-03-05 and `3/2010` as 2010-03, in any digits; what cannot be read stays as it is."""
    text = written.strip()
    if found := _WRITTEN.fullmatch(text):
        day, month, year = found.groups()
        parts = [f"{int(year):04}", *(f"{int(one):02}" for one in (month, day) if one)]
        iso = "-".join(parts)
        return iso if period(iso) else text
    return text


def can_be_read(shape: str, written: str) -> bool:
    """Whether a text of a column of that shape is a day, or where the column takes it a month or a year."""
    iso = iso_of(written)
    whole = len(iso) == _LONGEST and iso.isascii()
    return period(iso) is not None and (whole or shape == "period")


def fits(column: Column, written: str, today: date) -> bool:
    """Whether a text can be read in its column, ends in 1900 or later, and as a birth has begun by `today`."""
    span = period(iso_of(written))
    if span is None or not can_be_read(shape_of_day(column), written):
        return False
    return span[1] >= _EARLIEST and not (column.code in BIRTHS and span[0] > today)


def with_days_in_iso(question: Question, value: Any) -> Any:  # noqa: ANN401 — any raw value that a question takes
    """Give a raw value of a question with the days in its columns in ISO 8601; what cannot be read stays as it is."""
    if isinstance(value, list):
        return [with_days_in_iso(question, one) for one in value]
    if not isinstance(value, Mapping):
        return value
    codes = {column.code for column in question.columns if shape_of_day(column)}
    return {key: iso_of(cell) if key in codes and isinstance(cell, str) else cell for key, cell in value.items()}


def unreadable_days(question: Question, value: object, today: date) -> Iterator[str]:
    """Give the columns of a raw value whose day does not fit, each as often as it does not."""
    columns = tuple(column for column in question.columns if shape_of_day(column))
    for row in value if isinstance(value, list) else [value]:
        if isinstance(row, Mapping):
            filled = ((column, row.get(column.code)) for column in columns)
            yield from (one.code for one, cell in filled if cell not in (None, "") and not fits(one, str(cell), today))
