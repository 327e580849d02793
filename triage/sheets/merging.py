"""What may be put into a sheet besides its texts: a closed list, and nothing of it comes from compartments V or D."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import NewType

from triage.sheets.model import Kind, Typed

TypedHere = NewType("TypedHere", str)
"""Words that a worker typed for this one sheet. A text of a case is none, and the check of types says so."""


@dataclass(frozen=True, slots=True)
class SafeName:
    """A first name that may stand on paper, because a named worker said that it is safe there."""

    text: TypedHere
    said_safe_by: str

    def __post_init__(self) -> None:
        if not self.said_safe_by.strip():
            raise ValueError("A name stands on a sheet only where a named worker said that it is safe.")


@dataclass(frozen=True, slots=True)
class Provider:
    """What the service tells everybody about itself; empty where it tells nothing."""

    name: str = ""
    phone: str = ""
    mail: str = ""


@dataclass(frozen=True, slots=True)
class Merged:
    """All that a sheet may be told of its reader: a safe first name, an appointment, public data of the service.

    There is no other way into a sheet: no answer, finding, route, note or date of a case has a field here.
    """

    first_name: SafeName | None = None
    appointment: dt.datetime | None = None
    provider: Provider = Provider()

    def values(self) -> Mapping[str, Typed]:
        """The values by the name that a text gives them; what was not given is not there."""
        found: dict[str, Typed] = {}
        if self.first_name is not None:
            found["first_name"] = Typed(Kind.NAME, self.first_name.text)
        if self.appointment is not None:
            found["appointment_day"] = Typed(Kind.DATE, f"{self.appointment:%d/%m/%Y}")
            found["appointment_time"] = Typed(Kind.TIME, f"{self.appointment:%H:%M}")
        for name, kind in (("name", Kind.NAME), ("phone", Kind.PHONE), ("mail", Kind.MAIL)):
            if text := getattr(self.provider, name):
                found[f"provider_{name}"] = Typed(kind, text)
        return found


MERGE_FIELDS = frozenset(
    {"first_name", "appointment_day", "appointment_time", *(f"provider_{field.name}" for field in fields(Provider))}
)
"""The names that a text may use for them. A text whose value is not given is left out of the sheet."""
