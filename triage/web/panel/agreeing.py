"""Matches in words: what agrees between two people without a value of either, what two referrals say, what follows."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from uuid import UUID

from flask_babel import lazy_gettext as _

from triage.cases.matching.pairs import Bearing
from triage.casework.matching.reviewing import MatchView
from triage.web.shared.translation import day_in_words

FIELDS: Final[Mapping[str, object]] = MappingProxyType(
    {
        "given": _("First name"),
        "family": _("Family name"),
        "birth": _("Birth date"),
        "phone": _("Telephone"),
        "email": _("E-mail"),
        "address": _("Address"),
        "relatives": _("Could be relatives"),
    }
)
LEVELS: Final[Mapping[str, object]] = MappingProxyType(
    {
        "same": _("the same"),
        "alike": _("sounds the same, written otherwise"),
        "close": _("one slip of the pen apart"),
        "different": _("different"),
        "swapped": _("day and month the other way round"),
        "near": _("one part differs"),
        "same_year": _("the same year"),
        "year_near": _("years next to each other"),
        "same_postcode": _("the same postcode"),
        "likely": _("what agrees is what families share"),
    }
)
_BEARINGS: Final[Mapping[Bearing | None, object]] = MappingProxyType(
    {
        Bearing.OPPOSITE: _("The same two people; the referrals do not name the same one as harming"),
        Bearing.UNSAID: _("The same two people; not both referrals say who harms whom"),
        Bearing.SAME: _("The same two people; both referrals name the same one as harming"),
        None: _("One person is in both cases"),
    }
)
_CHAINS: Final[Mapping[str, object]] = MappingProxyType(
    {
        "opposite": _("Two people are each said to harm the other"),
        "several": _("One person is said to harm several people"),
        "harmed-and-reported": _("One person is said to be harmed by one person and to harm another"),
    }
)
_NOTES: Final[Mapping[str, object]] = MappingProxyType(
    {
        "reopens": _("Determinations signed before are reopened; nobody starts until the panel has signed again."),
        "dismissed": _("Two of the panel say that these are other people: it holds nothing."),
        "told": _("Nothing is held by it."),
    }
)


@dataclass(frozen=True, slots=True)
class MatchRow:
    """One match in the list."""

    id: UUID
    on: str
    cases: tuple[str, str]
    bearing: str
    note: str
    reopens: bool
    said: int


def row_of(match: MatchView) -> MatchRow:
    """Put a match into one line of the list."""
    cases = (match.earlier[1], match.later[1])
    said, bearing = len(match.reviews), bearing_in_words(match.bearing)
    return MatchRow(match.id, day_in_words(match.on), cases, bearing, note_of(match), match.reopens, said)


def note_of(match: MatchView) -> str:
    """Say what follows from a match."""
    return str(_NOTES["reopens" if match.reopens else "dismissed" if match.dismissed else "told"])


def bearing_in_words(bearing: Bearing | None) -> str:
    """Say how two referrals bear on each other."""
    return str(_BEARINGS[bearing])


def chain_in_words(pattern: str) -> str:
    """Say what a chain shows."""
    return str(_CHAINS[pattern])


def agreements(agreed: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str, bool], ...]:
    """Put what was compared into words: the field, how it compares, and whether it speaks for the same person."""
    against = {"different", "likely", "year_near"}
    return tuple((str(FIELDS[field]), str(LEVELS[level]), level not in against) for field, level in agreed)
