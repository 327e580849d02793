"""Ages at the latest known harm and today, from birth dates or from what was stated; never guessed (correction 16)."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from triage.assess.reading.days import period

if TYPE_CHECKING:
    from triage.assess.compiled.compiling import CompiledRulebook
    from triage.assess.context import Context


HARM = tuple(
    ((question, place), column)
    for question, column in (("WD-04", "date_or_period"), ("RC-01", "on_date"))
    for place in ("AB", "BA", "")
)
"""Where events are told with their day: question and orientation, and the column of the day."""


def years_between(birth: date, day: date) -> int:
    """Completed years of age on a day."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _birth(c: "Context", letter: str) -> date | None:
    text = c.record.births.get(c.persons[letter], "")
    return date.fromisoformat(text) if text else None


def age_now(c: "Context", letter: str) -> int | None:
    """The age on the day of the assessment, from the birth date."""
    birth = _birth(c, letter)
    return years_between(birth, c.on) if birth else None


def _latest_harm(c: "Context") -> tuple[date, date] | None:
    if c.harm is None:
        c.harm = _find_latest_harm(c)
    return c.harm


@lru_cache(maxsize=8)
def _places_of_harm(book: "CompiledRulebook") -> Sequence[tuple[int, str]]:
    return [(book.numbers[place], column) for place, column in HARM if place in book.numbers]


def _find_latest_harm(c: "Context") -> tuple[date, date] | None:
    """The latest dated event of the pair (WD-04, RC-01), else the day of the referral: the first day answered."""
    latest: tuple[date, date] | None = None
    answers = c.record.answers
    for number, column in _places_of_harm(c.book):
        for at in c.testimony.numbers(number) if number in c.facts else ():
            for row in answers[at].rows:
                one = None if row.code == "none" else period(row.cells.get(column))
                if one is not None and one[0] <= c.on and (latest is None or one[1] > latest[1]):
                    latest = one
    if latest is not None:
        return latest
    referral = c.testimony.first_day
    return (referral, referral) if referral else None


def age_from_birth(c: "Context", letter: str) -> int | None:
    """The age at the latest known harm, from the birth date; None when the period of the harm leaves the band open."""
    birth, harm = _birth(c, letter), _latest_harm(c)
    if birth is None or harm is None:
        return None
    first, last = harm
    youngest = years_between(birth, first)
    if first == last:
        return youngest
    oldest = years_between(birth, min(last, c.on))
    return youngest if (youngest >= 16, youngest >= 18) == (oldest >= 16, oldest >= 18) else None


def age_stated(c: "Context", letter: str) -> int | None:
    """The age at the latest event as stated in RI-03, else from the birth date stated there; the youngest counts.

    Not known, and not needed, when the birth date of the person already gives the age.
    """
    if c.measure("age_from_birth", letter) is not None:
        return None
    ages: list[int] = []
    for account in c.accounts_at(("RI-03", "")):
        for row in account.answer.rows:
            stated = str(row.cells.get(f"age_{letter.lower()}_latest") or "")
            born, harm = period(row.cells.get(f"birth_{letter.lower()}")), _latest_harm(c)
            if stated.isascii() and stated.isdigit() and len(stated) < 4:
                ages.append(int(stated))
            elif born and harm:
                ages.append(years_between(born[1], harm[0]))
    return min(ages, default=None)
