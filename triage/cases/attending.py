"""Who interprets for one person of a case or leads with the worker, and how the same one is recognised. Pure.

Whoever attends has heard one side. They stand in the wall like the worker beside them (INV-07; security page 2.2, N1).
"""

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from triage.cases.constellation import Stand, closing
from triage.cases.matching.graph import Place
from triage.cases.matching.names import parts, sound_keys


class AttendantKind(StrEnum):
    """What somebody does in a contact beside the worker."""

    INTERPRETER = "interpreter"
    CO_FACILITATOR = "co-facilitator"


@dataclass(frozen=True, slots=True)
class NewAttendant:
    """Somebody to name, from a day on: by the name of their account, or from outside by name and agency number."""

    kind: AttendantKind
    since: date
    account: str = ""
    name: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Attendant:
    """Somebody who was named: `name` is the account's when `has_account`, else as typed.

    `until` is the last day on which they attended; None while they do. They stand in the wall either way.
    """

    id: UUID
    kind: AttendantKind
    name: str
    number: str
    since: date
    has_account: bool
    named_on: date
    until: date | None = None


def plain_name(name: str) -> str:
    """Give a name as it is compared: how its words sound in any script, in whatever order they were written.

    Of two ways to read a word it takes the shorter. A name that has no letters is compared as it stands.
    """
    heard = (min(sound_keys(word), key=lambda key: (len(key), key)) for word in parts(name))
    return " ".join(sorted(heard)) or unicodedata.normalize("NFKC", name).casefold().strip()


def plain_number(number: str) -> str:
    """Give an agency number as it is compared: its letters and digits alone, without case."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", number).casefold() if sign.isalnum())


def would_cross(
    cases: Collection[UUID], same: Collection[tuple[Place, Place]], stands: Collection[Stand], new: Stand
) -> bool:
    """Whether somebody who stands in some places of a constellation would hear both directions in a new one.

    Inputs: the cases; the places that are one person; where this one stands already; where they are to stand.
    """
    return new.staff in closing(cases, same, (*stands, new)).crossing
