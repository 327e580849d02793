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

    `also` holds other first names (nicknames, agreed names, earlier spellings), `former` other family names.
    `birth_year` is for those whose day of birth nobody knows; it is ignored when `birth` is given. An empty field was
    not said: it is never "they have none".
    """

    given: str = ""
    family: str = ""
    also: tuple[str, ...] = ()
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

    def with_details(self, newer: "Identity") -> "Identity":
        """Join a newer description of the same person: everything newly said comes first, nothing earlier is lost."""
        birth, year = (newer.birth, newer.birth_year) if newer.year else (self.birth, self.birth_year)
        return Identity(
            given=newer.given or self.given,
            family=newer.family or self.family,
            also=_joined(newer.also, self.also, (self.given,)),
            former=_joined(newer.former, self.former, (self.family,)),
            birth=birth,
            birth_year=year,
            phones=_joined(newer.phones, self.phones),
            emails=_joined(newer.emails, self.emails),
            addresses=tuple(dict.fromkeys((*newer.addresses, *self.addresses))),
        )


def _joined(*names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in names for name in each if name))


NOTHING_KNOWN = Identity()
"""Of whom nothing was said."""
