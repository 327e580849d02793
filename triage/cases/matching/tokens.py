"""From a person to the tokens by which a candidate is found: combinations, so that no common field stands alone.

A birth date, a year or a single name is never a token: thousands share one, and whoever stole the index would count.
Source: security page 4.2. The store keeps a keyed hash of each token, never the token.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from triage.cases.matching.contacts import address_key, email_key, phone_key
from triage.cases.matching.identity import Identity
from triage.cases.matching.names import parts, sound_keys

KINDS = ("names", "name-and-day", "name-and-year", "phone", "email", "address")
MOST_WORDS = 6
"""Words of a name that are used: longer chains of names are cut, since every two of them make a token."""


@dataclass(frozen=True, slots=True)
class Token:
    """One way to find somebody: its kind, and the plain normalised value."""

    kind: str
    value: str


def tokens_of(identity: Identity, region: str) -> frozenset[Token]:
    """The tokens under which a person is kept. Empty when too little is known to find anybody by."""
    keys = _word_keys(identity)
    return frozenset(
        (
            *(Token("names", "+".join(sorted(pair))) for pair in _pairs(keys)),
            *_dated(keys, identity.birth, identity.year),
            *_contacts(identity, region),
        )
    )


def sought_tokens(identity: Identity, region: str) -> frozenset[Token]:
    """The tokens by which a person is looked for: their own, and those of a birth year one earlier or later."""
    found = set(tokens_of(identity, region))
    for years in (-1, 1):
        if identity.year:
            moved = replace(identity, birth=_moved(identity.birth, years), birth_year=identity.year + years)
            found.update(_dated(_word_keys(moved), moved.birth, moved.year))
    return frozenset(found)


def contact_tokens(identity: Identity, region: str) -> frozenset[Token]:
    """The tokens of phone and e-mail alone: where a message would arrive."""
    return frozenset(token for token in _contacts(identity, region) if token.kind != "address")


def _word_keys(identity: Identity) -> tuple[frozenset[str], ...]:
    """For each word of every name, the keys by which it sounds; the same word counts once."""
    names = (identity.given, identity.family, *identity.also, *identity.former)
    words = dict.fromkeys(word for name in names for word in parts(name)[:MOST_WORDS])
    return tuple(sound_keys(word) for word in list(words)[: 2 * MOST_WORDS])


def _pairs(keys: tuple[frozenset[str], ...]) -> Iterator[tuple[str, str]]:
    for one, other in combinations(keys, 2):
        yield from ((a, b) for a in one for b in other)


def _dated(keys: tuple[frozenset[str], ...], birth: date | None, year: int | None) -> Iterator[Token]:
    """A word of the name with the day of birth; with the year alone, the initial of another word comes to it."""
    if birth:
        low, high = sorted((birth.day, birth.month))  # day and month are the same way round in both orders
        for key in _all(keys):
            yield Token("name-and-day", f"{key} {birth.year} {low}-{high}")
    if year:
        for a, b in _pairs(keys):
            yield Token("name-and-year", f"{a} {b[0]} {year}")
            yield Token("name-and-year", f"{b} {a[0]} {year}")


def _contacts(identity: Identity, region: str) -> Iterator[Token]:
    for kind, values in (
        ("phone", (phone_key(one, region) for one in identity.phones)),
        ("email", map(email_key, identity.emails)),
        ("address", map(address_key, identity.addresses)),
    ):
        yield from (Token(kind, value) for value in values if value)


def _all(keys: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset(key for one in keys for key in one)


def _moved(birth: date | None, years: int) -> date | None:
    if birth is None:
        return None
    day = 28 if (birth.month, birth.day) == (2, 29) else birth.day
    return birth.replace(year=birth.year + years, day=day)
