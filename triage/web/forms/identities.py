"""What every form of a referral asks to recognise a person by: names, year of birth, telephone, e-mail, address."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from triage.cases.matching.identity import Address, Identity
from triage.web.shared.posted import Typed, text_of
from triage.web.shared.translation import translated as _

SAID: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "one": frozenset({"one"}),
        "two": frozenset({"two"}),
        "both": frozenset({"one", "two"}),
        "unsaid": frozenset(),
    }
)
"""By answer, the keys of those whom the referral says harm the other."""
TEXTS: Final = ("given", "family", "other-names", "phone", "email", "street", "postcode")
LONGEST: Final = 150
_MOST: Final = 5


def identity_fields() -> tuple[tuple[str, str, str], ...]:
    """Name the fields of one person: name, label, hint."""
    return (
        ("given", _("First names in full"), ""),
        ("family", _("Family names"), ""),
        ("other-names", _("Earlier or other family names"), _("With commas between several.")),
        ("year", _("Year of birth, when the day is not known"), ""),
        ("phone", _("Telephone"), _("With commas between several.")),
        ("email", _("E-mail"), _("With commas between several.")),
        ("street", _("House number and street"), ""),
        ("postcode", _("Postcode"), ""),
    )


def identity_typed(typed: Typed, key: str) -> Identity:
    """Read what was typed of one person; several names or numbers are separated by a comma or a semicolon."""
    said = {name: text_of(typed, f"{name}-{key}") for name in TEXTS}
    street, postcode, year = said["street"], said["postcode"], text_of(typed, f"year-{key}")
    return Identity(
        given=said["given"],
        family=said["family"],
        former=_several(said["other-names"]),
        birth_year=int(year) if re.fullmatch("(19|20)[0-9]{2}", year) else None,
        phones=_several(said["phone"]),
        emails=_several(said["email"]),
        addresses=(Address(street, postcode),) if street or postcode else (),
    )


def identity_faults(typed: Typed, key: str, who: str) -> Iterator[dict[str, str]]:
    """Say what is wrong with it, in the reader's language."""
    for name in TEXTS:
        text = text_of(typed, f"{name}-{key}")
        if len(text) > LONGEST or len(_several(text)) > _MOST or not text.isprintable():
            said = _("Shorten what you typed about %(who)s: at most 150 characters, and five of a kind.", who=who)
            yield {"text": said, "href": f"#{name}-{key}"}
    year = text_of(typed, f"year-{key}")
    if year and not re.fullmatch("(19|20)[0-9]{2}", year):
        yield {"text": _("Give the year of birth of %(who)s with four digits.", who=who), "href": f"#year-{key}"}


def _several(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in re.split("[,;]", text) if one.strip())
