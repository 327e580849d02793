"""Constellations: cases that one person ties together are one place for the wall. Pure.

Somebody of the staff who stands on two sides of a constellation, or works with two persons of it who are opposite each
other in some case, has heard both directions. Source: security page 3.3; domain 0.5; INV-07.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import permutations
from uuid import UUID

from triage.cases.compartments import REFERRED
from triage.cases.matching.graph import Place, people


@dataclass(frozen=True, slots=True)
class Stand:
    """A row of the wall: somebody stands on a side of a case, and works with a person of it, or with nobody (`""`)."""

    case: UUID
    staff: UUID
    side: str
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """What makes the wall of a constellation whole.

    `crossing`: who stands on both sides, and is kept out of every case of it. `missing`: rows of the wall that the
    others have in one case and not yet in another. `barred`: by case and staff, the letter they must never work with.
    """

    crossing: frozenset[UUID]
    missing: frozenset[tuple[UUID, UUID, str]]
    barred: frozenset[tuple[UUID, UUID, str]]


def closing(cases: Collection[UUID], same: Collection[tuple[Place, Place]], stands: Collection[Stand]) -> Closing:
    """Say what the wall of one constellation lacks.

    Inputs: its cases; the places that are one person; the rows of the wall in these cases. Whoever else belongs to a
    case is opposite: one worker, one person (INV-07).
    """
    letters = _letters(cases, same, stands)
    person = people(((case, letter) for case in cases for letter in letters[case]), same)
    sides: dict[UUID, set[str]] = defaultdict(set)
    works_with: dict[UUID, set[frozenset[Place]]] = defaultdict(set)
    for one in stands:
        sides[one.staff].add(one.side)
        if one.letter:
            works_with[one.staff].add(person[one.case, one.letter])
    barred = frozenset(
        (case, staff, letter)
        for staff, persons in works_with.items()
        for case in cases
        for letter, other in permutations(sorted(letters[case]), 2)
        if person[case, other] in persons
    )
    both = {one.staff for one in stands if one.letter and (one.case, one.staff, one.letter) in barred}
    crossing = frozenset(both | {staff for staff, held in sides.items() if len(held) > 1})
    standing = {(one.case, one.staff) for one in stands}
    missing = frozenset(
        (case, staff, side)
        for staff, held in sides.items()
        if staff not in crossing
        for side in held
        for case in cases
        if (case, staff) not in standing
    )
    return Closing(crossing, missing, frozenset(one for one in barred if one[1] not in crossing))


def _letters(
    cases: Collection[UUID], same: Iterable[tuple[Place, Place]], stands: Collection[Stand]
) -> Mapping[UUID, set[str]]:
    """By case, the two it was opened with, and whoever else is worked with or tied to another case."""
    letters: dict[UUID, set[str]] = {case: set(REFERRED) for case in cases}
    tied = (place for both in same for place in both)
    for case, letter in (*tied, *((one.case, one.letter) for one in stands if one.letter)):
        letters.setdefault(case, set(REFERRED)).add(letter)
    return letters
