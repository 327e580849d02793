"""Compare two people field by field and add up what it says: the weights of Fellegi and Sunter, each one explained.

The explanation names fields and how they agree, never a value: whoever reads it learns nothing of the other record.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import log2
from pathlib import Path

from rapidfuzz.distance import JaroWinkler

from triage.cases.matching.contacts import address_key, email_key, phone_key
from triage.cases.matching.identity import Identity
from triage.cases.matching.names import joined, parts, sound_keys

WEIGHTS_FILE = Path(__file__).parent / "weights.toml"
CLOSE = 0.88
"""Jaro-Winkler similarity from which two words are one with a slip of the pen."""
_LEVELS = ("same", "alike", "close", "different", "")
"""How two names agree, the best first; in names that changed places the better one counts as the given name."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How one field of two people compares: `given`, `same`; and what that says, in bits."""

    field: str
    level: str
    bits: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two people compared: every field known on both sides. `swapped` when given and family names changed places."""

    agreements: tuple[Agreement, ...]
    swapped: bool = False

    @property
    def bits(self) -> float:
        """The sum of the weights: above nothing speaks for one person, below for two."""
        return sum(one.bits for one in self.agreements)


@dataclass(frozen=True, slots=True)
class Weights:
    """The table of the weights: bits by field and level, and the thresholds in bits."""

    bits: Mapping[str, Mapping[str, float]]
    person: float
    possible: float
    pair: float
    each_of_a_pair: float
    relatives: float


@cache
def shipped_weights() -> Weights:
    """Give the table of this program, read once."""
    table = tomllib.loads(WEIGHTS_FILE.read_text(encoding="utf-8"))
    thresholds = table.pop("thresholds")
    bits = {
        name: {level: round(log2(same / other), 2) for level, (same, other) in levels.items()}
        for name, levels in table.items()
    }
    return Weights(bits, **thresholds)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A person made ready to be compared many times: names as words, contact points in their one form."""

    given: frozenset[str]
    family: frozenset[str]
    birth: date | None
    year: int | None
    phones: frozenset[str]
    emails: frozenset[str]
    addresses: frozenset[str]


def prepare(identity: Identity, region: str) -> Prepared:
    """Normalise a person. A full name written in one field is taken apart: its last word is the family name."""
    given = _words(identity.given, *identity.also)
    family = _words(identity.family, *identity.former)
    if not identity.family and len(parts(identity.given)) > 1:
        given = _words(*parts(identity.given)[:-1], *identity.also)
        family = family | {parts(identity.given)[-1]}
    return Prepared(
        given,
        family,
        identity.birth,
        identity.year,
        frozenset(filter(None, (phone_key(one, region) for one in identity.phones))),
        frozenset(filter(None, map(email_key, identity.emails))),
        frozenset(filter(None, map(address_key, identity.addresses))),
    )


def compare(one: Prepared, other: Prepared, weights: Weights | None = None) -> Comparison:
    """Compare two people. The result is the same whichever comes first."""
    weights = weights or shipped_weights()
    table = weights.bits
    straight = _name_agreements(_name_level(one.given, other.given), _name_level(one.family, other.family), table)
    changed = sorted((_name_level(one.given, other.family), _name_level(one.family, other.given)), key=_LEVELS.index)
    crossed = _name_agreements(changed[0], changed[1], table)
    swapped = sum(it.bits for it in crossed) > sum(it.bits for it in straight)
    levels = {
        "birth": _birth_level(one, other),
        "phone": _shared(one.phones, other.phones),
        "email": _shared(one.emails, other.emails),
        "address": _address_level(one.addresses, other.addresses),
    }
    others = tuple(Agreement(field, level, table[field][level]) for field, level in levels.items() if level)
    found = (*(crossed if swapped else straight), *others)
    if _may_be_relatives({one.field: one.level for one in found}):
        found = (*found, Agreement("relatives", "likely", weights.relatives))
    return Comparison(found, swapped)


def _may_be_relatives(levels: Mapping[str, str]) -> bool:
    """Whether what agrees is what families share, and the given name or the birth tells two people apart."""
    apart = "different" in {levels.get("given"), levels.get("birth")}
    shared = [levels.get(field, "") for field in ("family", "address", "phone")]
    shared += ["same"] * (levels.get("given") == "different" and levels.get("birth") == "same")
    return apart and sum(level in {"same", "alike"} for level in shared) >= 2


def _words(*names: str) -> frozenset[str]:
    """The words of some names, and each name written as one word."""
    return frozenset(word for name in names for word in (*parts(name), joined(name)) if word)


def _name_agreements(given: str, family: str, table: Mapping[str, Mapping[str, float]]) -> tuple[Agreement, ...]:
    levels = {"given": given, "family": family}
    return tuple(Agreement(field, level, table[field][level]) for field, level in levels.items() if level)


def _name_level(one: frozenset[str], other: frozenset[str]) -> str:
    """How two sets of words agree, by their two best words."""
    if not one or not other:
        return ""
    if one & other:
        return "same"
    if _keys(one) & _keys(other):
        return "alike"
    close = any(JaroWinkler.similarity(a, b, score_cutoff=CLOSE) for a in one for b in other)
    return "close" if close else "different"


def _keys(words: frozenset[str]) -> frozenset[str]:
    return frozenset(key for word in words for key in sound_keys(word))


def _birth_level(one: Prepared, other: Prepared) -> str:
    if one.year is None or other.year is None:
        return ""
    if one.birth is None or other.birth is None:
        years = abs(one.year - other.year)
        return ("same_year", "year_near")[years] if years <= 1 else "different"
    if one.birth == other.birth:
        return "same"
    a, b = _date_parts(one.birth), _date_parts(other.birth)
    if (a[0], a[2], a[1]) == b:
        return "swapped"
    return _near_birth(a, b)


def _near_birth(a: Sequence[int], b: Sequence[int]) -> str:
    """Two days that differ: by one part, by a year, or altogether."""
    same = sum(x == y for x, y in zip(a, b, strict=True))
    if same == 2 and abs(a[0] - b[0]) <= 1:
        return "near"
    return "different"


def _date_parts(day: date) -> tuple[int, int, int]:
    return (day.year, day.month, day.day)


def _shared(one: frozenset[str], other: frozenset[str]) -> str:
    if not one or not other:
        return ""
    return "same" if one & other else "different"


def _address_level(one: frozenset[str], other: frozenset[str]) -> str:
    shared = _shared(one, other)
    if shared != "different":
        return shared
    postcodes = ({key.split()[0] for key in side} for side in (one, other))
    return "same_postcode" if set.intersection(*postcodes) else "different"
