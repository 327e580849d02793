"""Handing a sheet to somebody: what is asked first, what stands in the way, and what is noted.

Nothing is sent: post, e-mail and messages take the door of `triage.casework.contact_points`. Unknown is never "safe".
Source: clause 1.3; domain 07, 7.1 (the blocking checklist, the log).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class How(StrEnum):
    """How somebody is given a sheet."""

    PAPER = "paper"
    MEMORY_CARD = "memory-card"
    SCREEN = "screen"
    READ_ALOUD = "read-aloud"
    KEPT_HERE = "kept-here"


class Check(StrEnum):
    """What is asked before a sheet is handed over."""

    ALONE = "alone"
    COULD_BE_SEEN = "could-be-seen"
    KEPT_FOR_THEM = "kept-for-them"
    AGREED = "agreed"
    """Of a child: with the parent who is safe for it, or with children's services (domain 7.3)."""


class Said(StrEnum):
    """What the worker answers; not to know is an answer of its own, and never a safe one."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not-known"


_TAKEN_AWAY: Final = MappingProxyType(
    {Check.ALONE: Said.YES, Check.COULD_BE_SEEN: Said.NO, Check.KEPT_FOR_THEM: Said.NO}
)
_SEEN_OR_HEARD: Final = MappingProxyType({Check.ALONE: Said.YES})
SAFE: Final[Mapping[How, Mapping[Check, Said]]] = MappingProxyType(
    {
        How.PAPER: _TAKEN_AWAY,
        How.MEMORY_CARD: _TAKEN_AWAY,
        How.SCREEN: _SEEN_OR_HEARD,
        How.READ_ALOUD: _SEEN_OR_HEARD,
        How.KEPT_HERE: MappingProxyType({}),
    }
)
"""By way of handing over, the one answer to each question with which it is safe. No other way is used."""


@dataclass(frozen=True, slots=True)
class NewHanding:
    """A sheet about to be handed over: which one, by ids of the catalogue, how, and what was answered to the questions.

    What was not answered is not in `said`.
    """

    sheet: str
    language: str
    form: str
    how: str
    said: Mapping[str, str]


def unsafe(how: How, said: Mapping[str, str], *, child: bool = False) -> tuple[Check, ...]:
    """Give the questions whose answers stand in the way of this way of handing over; empty when it is safe.

    What was not answered, or is not known, stands in the way. Nobody gives a child a sheet, or reads it to them, before
    it is agreed.
    """
    wanted = dict(SAFE[how]) | ({Check.AGREED: Said.YES} if child and how is not How.KEPT_HERE else {})
    return tuple(check for check, answer in wanted.items() if said.get(check) != answer)


def asked_before(*, child: bool) -> tuple[Check, ...]:
    """Give the questions that are asked before a sheet is handed over."""
    return tuple(check for check in Check if child or check is not Check.AGREED)


def ways_for(*, spoken: bool) -> tuple[How, ...]:
    """Give the ways a sheet may take: one that is spoken never leaves the room (domain 7.3, dual status)."""
    return (How.READ_ALOUD, How.KEPT_HERE) if spoken else tuple(How)
