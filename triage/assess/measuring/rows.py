"""Find the accounts and rows that measures count: at one place, the latest of each speaker, filled or dated."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from triage.assess.worth.accounts import Account, latest
from triage.cases.record import Row

if TYPE_CHECKING:
    from triage.assess.context import Context

Measure = Callable[["Context", str], int | None]
"""A number computed from the record for a place (`AB`, `A`), or None when it is not known."""


def accounts_at(c: "Context", question: str, place: str = "") -> list[Account]:
    """The usable accounts of one question in one orientation."""
    return c.accounts_at((question, place))


def current(c: "Context", question: str, place: str = "") -> list[Account]:
    """The latest usable account of each speaker there who has not said since that it is not known."""
    return latest(c.accounts_at((question, place)), c.silences_at((question, place)))


def rows_of(accounts: list[Account]) -> list[tuple[Account, Row]]:
    """Each row of the accounts, with its account."""
    return [(account, row) for account in accounts for row in account.answer.rows]


def filled(row: Row, *columns: str) -> bool:
    """Whether every one of the columns says something."""
    return all(row.cells.get(column) not in (None, "", ()) for column in columns)


def months_before(day: date, months: int) -> date:
    """The same day some months earlier; the first of the next month when that day does not exist."""
    index = day.year * 12 + day.month - 1 - months
    try:
        return date(index // 12, index % 12 + 1, day.day)
    except ValueError:
        return date(index // 12, index % 12 + 1, 28)


def read_date(written: object) -> date | None:
    """A full ISO day, or None."""
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        return None
