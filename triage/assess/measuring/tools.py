"""Read the results of risk tools completed elsewhere: as recorded, never recomputed (DR-25, domain 3.2)."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from triage.assess.slots import OTHER
from triage.cases.record import Row

if TYPE_CHECKING:
    from triage.assess.context import Context

_NUMBER = re.compile(r"\d{1,3}")
_RED = re.compile(r"(\d{1,2})\s*(?:red|rouge)")


def _results(c: "Context", place: str) -> Iterator[Row]:
    """The tool results that speak of a direction: those asked in it and not turned, and those turned from the other."""
    for asked, wanted in ((place, ("xy", None, "")), (OTHER[place[0]] + place[0], ("yx",))):
        for account in c.accounts_at(("DR-25", asked)):
            for row in account.answer.rows:
                if row.code != "none" and row.cells.get("direction") in wanted:
                    yield row


def _reaches(c: "Context", row: Row) -> bool | None:
    """Whether a result reaches its threshold; None when what was recorded cannot be read."""
    text = str(row.cells.get("total_or_grade") or "").strip().casefold()
    lists, thresholds = c.book.rulebook.words, c.book.rulebook.thresholds
    total = thresholds.get("tools", {}).get(row.code)
    if total is None and row.code not in lists.get("banded_tools", ()):
        return False
    if not text:
        return None
    reds, needed = _RED.search(text), thresholds.get("red_answers", {}).get(row.code)
    if needed and reds and int(reds[1]) >= int(needed):
        return True
    if any(re.search(rf"\b{re.escape(band)}\b", text) for band in lists.get("top_band", ())):
        return True
    number = _NUMBER.search(text)
    if total is None:
        return False
    return int(number[0]) >= int(total) if number else None


def tool_at_threshold(c: "Context", place: str) -> int | None:
    """How many results reach their threshold in this direction."""
    return sum(_reaches(c, row) is True for row in _results(c, place))


def tool_unreadable(c: "Context", place: str) -> int | None:
    """How many results cannot be read against their threshold."""
    return sum(_reaches(c, row) is None for row in _results(c, place))
