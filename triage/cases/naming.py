"""Persons whom an answer names (RI-16) and who are not yet of the case: each is proposed, and taken up or declined.

What is proposed is read from the answers that a desk reads, never stored; what a desk decided of it is a statement of
that desk. A name that only one side heard is thus proposed on that side alone. Source: domain RI-16; ADR 0067.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from triage.cases.members import Relation
from triage.cases.record import Answer

QUESTION: Final = "RI-16"
"""The question that asks for new partners, ex-partners, relatives and children elsewhere."""
RELATIONS: Final[Mapping[str, Relation]] = MappingProxyType(
    {
        "new_partner": Relation.PARTNER,
        "ex_partner": Relation.EX_PARTNER,
        "relative": Relation.RELATIVE,
        "child_elsewhere": Relation.CHILD,
        "vulnerable_adult": Relation.OTHER,
    }
)
"""By option, what the named person is to the one whom the answer is about."""
TO_ASSESS: Final = frozenset({"new_partner", "ex_partner"})
"""Who is proposed as one of a pair with an assessment of its own; the others as persons."""


class Declining(StrEnum):
    """Why somebody who was named is not added here."""

    ALREADY_HERE = "already-here"
    BY_MISTAKE = "named-by-mistake"
    ELSEWHERE = "assessed-elsewhere"
    NOT_SAFE_NOW = "not-safe-now"


@dataclass(frozen=True, slots=True)
class NamedStatement:
    """What a desk decided of somebody who was named: the letter they were given, or why they were declined."""

    key: str
    letter: str
    declined: str
    reason: str
    desk: str
    sequence: int


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody whom an answer names: about whom, as what, under which pseudonym and tie; and what was decided."""

    key: str
    about: str
    option: str
    pseudonym: str
    tie: str
    decided: NamedStatement | None = None

    @property
    def is_open(self) -> bool:
        """Whether they can still be added: nothing was decided, or they were declined."""
        return self.decided is None or bool(self.decided.declined)


def named_in(answers: Iterable[Answer], decided: Iterable[NamedStatement]) -> tuple[NamedPerson, ...]:
    """Everybody whom the answers name, once each, in order, with the last decision.

    Inputs: the answers that a reader reads, withdrawn ones left out here; what the reader's desk decided.
    """
    last = {one.key: one for one in decided}
    found: dict[str, NamedPerson] = {}
    for answer in answers:
        if answer.question != QUESTION or answer.withdrawn is not None:
            continue
        for number, row in enumerate(answer.rows):
            if row.code not in RELATIONS:
                continue
            pseudonym, tie = (str(row.cells.get(name) or "").strip() for name in ("pseudonym", "tie"))
            key = f"{answer.about}|{row.code}|{pseudonym.casefold() or f'{answer.id}:{number}'}"
            found.setdefault(key, NamedPerson(key, answer.about, row.code, pseudonym, tie, last.get(key)))
    return tuple(found.values())
