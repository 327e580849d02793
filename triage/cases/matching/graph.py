"""The graph of people and allegations: who is said to harm whom over all cases, and the chains a panel should see.

A person is a group of places in cases (`case`, `letter`) that matches tie together. Clause 4.4; domain 05.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

Place = tuple[UUID, str]
"""A person in one case: the case and the letter."""


class Pattern(StrEnum):
    """What a chain shows."""

    OPPOSITE = "opposite"
    SEVERAL = "several"
    HARMED_AND_REPORTED = "harmed-and-reported"


@dataclass(frozen=True, slots=True)
class Allegation:
    """In one case, one person is said to harm the other."""

    case: UUID
    by: str
    towards: str


@dataclass(frozen=True, slots=True)
class Chain:
    """A pattern around one person: every place of that person in it, and the cases it goes through."""

    pattern: Pattern
    person: frozenset[Place]
    cases: tuple[UUID, ...]


def people(places: Iterable[Place], same: Iterable[tuple[Place, Place]]) -> Mapping[Place, frozenset[Place]]:
    """Group the places that are the same person. Output: by place, all places of that person, itself included."""
    group = {place: place for place in places}

    def root(place: Place) -> Place:
        while group[place] != place:
            group[place] = place = group[group[place]]
        return place

    for one, other in same:
        group.setdefault(one, one)
        group.setdefault(other, other)
        group[root(one)] = root(other)
    members: dict[Place, set[Place]] = defaultdict(set)
    for place in group:
        members[root(place)].add(place)
    return {place: frozenset(members[root(place)]) for place in group}


def chains(allegations: Iterable[Allegation], person_of: Mapping[Place, frozenset[Place]]) -> tuple[Chain, ...]:
    """Find the chains that go through several allegations.

    A pair with allegations in both directions; one person said to harm several; a person said to be harmed by one and
    reported for another. Output: in the order of the first case of each; the same chain once.
    """
    towards: dict[frozenset[Place], dict[frozenset[Place], list[UUID]]] = defaultdict(lambda: defaultdict(list))
    harmed_by: dict[frozenset[Place], dict[frozenset[Place], list[UUID]]] = defaultdict(lambda: defaultdict(list))
    for one in allegations:
        by = person_of.get((one.case, one.by), frozenset({(one.case, one.by)}))
        other = person_of.get((one.case, one.towards), frozenset({(one.case, one.towards)}))
        towards[by][other].append(one.case)
        harmed_by[other][by].append(one.case)
    found: dict[tuple[Pattern, frozenset[Place], tuple[UUID, ...]], Chain] = {}
    for person, harmed in towards.items():
        for pattern, cases in _around(harmed, harmed_by.get(person, {})):
            found.setdefault((pattern, person, cases), Chain(pattern, person, cases))
    return tuple(found.values())


def _around(
    harmed: Mapping[frozenset[Place], list[UUID]], harming: Mapping[frozenset[Place], list[UUID]]
) -> Iterable[tuple[Pattern, tuple[UUID, ...]]]:
    """The patterns around one person: whom they are said to harm, and who is said to harm them."""
    if len(harmed) > 1:
        yield Pattern.SEVERAL, _cases(*harmed.values())
    for other, cases in harmed.items():
        if other in harming:
            yield Pattern.OPPOSITE, _cases(cases, harming[other])
    for other, cases in harming.items():
        if reported := [those for another, those in harmed.items() if another != other]:
            yield Pattern.HARMED_AND_REPORTED, _cases(*reported, cases)


def _cases(*lists: Iterable[UUID]) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys(case for cases in lists for case in cases))
