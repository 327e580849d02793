"""A synthetic population for matching: couples with names of many origins, relatives who look alike, known truth.

Nobody here exists: names are drawn from lists of common ones and from syllables, numbers from ranges and streets from
words. The same seed gives the same people.
"""

import random
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from triage.cases.matching.identity import Address, Identity

_NAMES = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))
GIVEN = {origin: tuple(lines.split("\n")[:-1]) for origin, lines in _NAMES["given"].items()}
SYLLABLES = {origin: tuple(text.split()) for origin, text in _NAMES["syllables"].items()}
STREETS = _NAMES["streets"].split()
REGION = "GB"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody made up, and the spellings that their given name goes by."""

    identity: Identity
    spellings: tuple[str, ...]


class Population:
    """Draws people; every choice comes from one seed."""

    def __init__(self, seed: int, families_of_an_origin: int = 2_000) -> None:
        self.dice = random.Random(seed)
        self.families = {
            origin: tuple({self._family(parts) for _one in range(families_of_an_origin)})
            for origin, parts in SYLLABLES.items()
        }

    def couples(self, count: int) -> Iterator[tuple[Person, Person]]:
        """Pairs of people. One in twenty has a person who resembles somebody drawn before: see `relative`."""
        before: list[Person] = []
        for number in range(count):
            first = self.relative(self.dice.choice(before)) if before and number % 20 == 0 else self.person()
            second = self.person(household=first.identity if self.dice.random() < 0.6 else None)
            before = [*before[-200:], first, second]
            yield first, second

    def person(self, household: Identity | None = None) -> Person:
        """Somebody new; of a household, they share its address and at times its telephone."""
        dice, origin = self.dice, self.dice.choice(tuple(GIVEN))
        phones = household.phones if household and dice.random() < 0.15 else (self.phone(),)
        spellings = tuple(dice.choice(GIVEN[origin]).split())
        family = self.families[origin][int(len(self.families[origin]) * dice.random() ** 2)]
        identity = Identity(
            given=dice.choice(spellings),
            family=household.family if household and dice.random() < 0.4 else family,
            birth=date(1945, 1, 1) + timedelta(days=dice.randrange(61 * 365)),
            phones=phones if dice.random() < 0.85 else (),
            emails=(self.email(),) if dice.random() < 0.5 else (),
            addresses=(household.addresses if household else (self.address(),)) if dice.random() < 0.9 else (),
        )
        return Person(identity, spellings)

    def relative(self, of: Person) -> Person:
        """A twin, a child with the parent's name, a brother or sister, or somebody of the same name and year."""
        other, like = self.person(), of.identity
        mine, birth = other.identity, like.birth or date(1980, 1, 1)
        match self.dice.randrange(4):
            case 0:
                identity = replace(mine, family=like.family, birth=birth, addresses=like.addresses)
            case 1:
                younger = birth.replace(year=min(birth.year + self.dice.randint(18, 35), 2015), day=min(birth.day, 28))
                identity = replace(mine, given=like.given, family=like.family, birth=younger, addresses=like.addresses)
                return Person(identity, of.spellings)
            case 2:
                identity = replace(mine, family=like.family, addresses=like.addresses)
            case _:
                day = date(birth.year, self.dice.randint(1, 12), self.dice.randint(1, 28))
                return Person(replace(mine, given=like.given, family=like.family, birth=day), of.spellings)
        return Person(identity, other.spellings)

    def phone(self) -> str:
        return f"07{self.dice.randrange(10**9):09d}"

    def email(self) -> str:
        name = "".join(self.dice.choices(_LETTERS, k=9))
        return f"{name}@{self.dice.choice(('gmail.com', 'example.org', 'example.net'))}"

    def address(self) -> Address:
        dice = self.dice
        street = dice.choice(STREETS) + dice.choice(("", "field", "gate"))
        postcode = f"{dice.choice('LSBMNE')}{dice.randint(1, 40)} {dice.randint(1, 9)}"
        letters = "".join(dice.choices("ABDEHJ", k=2))
        return Address(f"{dice.randint(1, 200)} {street} {dice.choice(('Road', 'Street', 'Lane'))}", postcode + letters)

    def _family(self, parts: tuple[str, ...]) -> str:
        return "".join(self.dice.sample(parts, self.dice.choice((2, 2, 3)))).capitalize()


def typo(text: str, dice: random.Random) -> str:
    """One slip: two letters changed round, one left out, doubled, or replaced."""
    place = dice.randrange(max(len(text) - 1, 1))
    here, after = text[place : place + 1], text[place + 1 :]
    return text[:place] + dice.choice(
        (after[:1] + here + after[1:], after, here * 2 + after, dice.choice(_LETTERS) + after)
    )


Corruption = Callable[[Person, Population], Identity]


def _slip_in_given(person: Person, made: Population) -> Identity:
    return replace(person.identity, given=typo(person.identity.given, made.dice))


def _slip_in_family(person: Person, made: Population) -> Identity:
    return replace(person.identity, family=typo(person.identity.family, made.dice))


def _new_contacts(person: Person, made: Population) -> Identity:
    return replace(person.identity, phones=(made.phone(),), emails=(made.email(),))


def _spelled(person: Person, made: Population) -> Identity:
    return replace(person.identity, given=made.dice.choice(person.spellings))


def _swapped_day(person: Person, _made: Population) -> Identity:
    day = person.identity.birth
    if day is None or day.day > 12:
        return person.identity
    return replace(person.identity, birth=date(day.year, day.day, day.month))


def _year_off(person: Person, made: Population) -> Identity:
    day = person.identity.birth or date(1980, 1, 1)
    return replace(person.identity, birth=day.replace(year=day.year + made.dice.choice((-1, 1)), day=min(day.day, 28)))


def _married(person: Person, made: Population) -> Identity:
    return replace(person.identity, family=made.person().identity.family)


CORRUPTIONS: dict[str, Corruption] = {
    "as before": lambda person, _made: person.identity,
    "typing slip, given name": lambda person, made: replace(
        person.identity, given=typo(person.identity.given, made.dice)
    ),
    "typing slip, family name": lambda person, made: replace(
        person.identity, family=typo(person.identity.family, made.dice)
    ),
    "another spelling or script": _spelled,
    "names in the other order": lambda person, _made: replace(
        person.identity, given=person.identity.family, family=person.identity.given
    ),
    "day and month the other way round": _swapped_day,
    "birth year one off": _year_off,
    "birth year alone": lambda person, _made: replace(
        person.identity, birth=None, birth_year=person.identity.birth.year if person.identity.birth else None
    ),
    "no birth date": lambda person, _made: replace(person.identity, birth=None),
    "moved house": lambda person, made: replace(person.identity, addresses=(made.address(),)),
    "new telephone and e-mail": _new_contacts,
    "changed family name": _married,
    "changed family name, former one given": lambda person, made: replace(
        _married(person, made), former=(person.identity.family,)
    ),
    "name and birth date alone": lambda person, _made: replace(person.identity, phones=(), emails=(), addresses=()),
    "name alone": lambda person, _made: replace(person.identity, birth=None, phones=(), emails=(), addresses=()),
}


def several(person: Person, made: Population) -> Identity:
    """Three things wrong at once."""
    for kind in made.dice.sample(tuple(CORRUPTIONS)[1:-2], 3):
        person = Person(CORRUPTIONS[kind](person, made), person.spellings)
    return person.identity


CORRUPTIONS["three of these at once"] = several
