"""Who somebody is, as far as one referral says: everything optional, nothing here decides anything."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody lives: house number and street on one line, and the postcode."""

    street: str
    postcode: str


@dataclass(frozen=True, slots=True)
class Identity:
    """The identifying details of one person as they were typed, in any script.

    `former` holds earlier or other family names. `birth_year` is for those whose day of birth nobody knows; it is
    ignored when `birth` is given. An empty field was not said: it is never "they have none".
    """

    given: str = ""
    family: str = ""
    former: tuple[str, ...] = ()
    birth: date | None = None
    birth_year: int | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    addresses: tuple[Address, ...] = ()

    @property
    def year(self) -> int | None:
        """The year of birth, however it is known."""
        return self.birth.year if self.birth else self.birth_year
