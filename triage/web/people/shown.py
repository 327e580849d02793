"""Persons and pairs as a page shows them: each with what its reader may know, the youngest and the open first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from triage.cases.compartments import desk_of
from triage.cases.members import Members, PersonStatement, Relation, pair_of, turned
from triage.cases.model import CaseView
from triage.cases.record import Pair
from triage.cases.roles import Actor
from triage.casework.members.adding import KnownPeople
from triage.casework.members.removing import may_take_away
from triage.web.people.words import age_in_words, relation_in_words, youth_of


@dataclass(frozen=True, slots=True)
class PersonShown:
    """One person: their letter, name, age in words, the pathway of their age, and what may be done here.

    `corrections` is what was said before, `asked_away` the word of a desk that took them away while the panel did not.
    """

    letter: str
    called: str
    age: str
    youth: str
    mine: bool
    removable: bool
    corrections: tuple[PersonStatement, ...]
    asked_away: PersonStatement | None


@dataclass(frozen=True, slots=True)
class PairShown:
    """Two persons: what the first is to the second, whether their harm is assessed, how far that has come."""

    pair: Pair
    first: str
    second: str
    said: str
    turned: str
    assessed: bool
    signed: bool
    answers: int


def persons_shown(actor: Actor, case: CaseView, known: KnownPeople, today: date) -> tuple[PersonShown, ...]:
    """Give the persons of a case, in the order of their letters."""
    return tuple(_person(actor, case, known, letter, today) for letter in known.members.called)


def _person(actor: Actor, case: CaseView, known: KnownPeople, letter: str, today: date) -> PersonShown:
    seen = known.members
    birth, year = seen.births[letter], known.years.get(letter)
    away = seen.taken_away.get(letter)
    return PersonShown(
        letter=letter, called=seen.called[letter], age=age_in_words(birth, year, today),
        youth=youth_of(birth, year, today), mine=letter == case.own_person,
        removable=may_take_away(actor, desk_of(actor, case.own_person), seen, letter),
        corrections=tuple(one for one in seen.said[letter] if one.reason and not one.gone), asked_away=away,
    )  # fmt: skip


def pairs_shown(case: CaseView, seen: Members) -> tuple[PairShown, ...]:
    """Give every two persons whom the reader sees: those that are assessed first, then those that are known."""
    letters = tuple(seen.called)
    every = [pair_of(one, other) for number, one in enumerate(letters) for other in letters[number + 1 :]]
    shown = [_pair(case, seen, pair) for pair in every]
    return tuple(sorted(shown, key=lambda one: (not one.assessed, not one.said, one.pair.undirected)))


def _pair(case: CaseView, seen: Members, pair: Pair) -> PairShown:
    relation = seen.relations.get(pair)
    places = {pair.undirected, f"{pair.a}>{pair.b}", f"{pair.b}>{pair.a}"}
    return PairShown(
        pair=pair, first=seen.called[pair.a], second=seen.called[pair.b],
        said=relation_in_words(relation, pair.a, pair.b),
        turned=relation_in_words(turned(relation) if relation else None, pair.b, pair.a),
        assessed=pair in seen.pairs,
        signed=any((act.act, act.about) == ("W-SIGN", pair.undirected) for act in case.record.acts),
        answers=sum(one.about in places and one.withdrawn is None for one in case.record.answers),
    )  # fmt: skip


def matrix(seen: Members) -> tuple[tuple[str, tuple[tuple[str, Relation | None, bool], ...]], ...]:
    """Give the table of directed pairs: by letter, what it is to every other, and whether they are assessed."""
    return tuple((one, tuple(_cells(seen, one))) for one in seen.called)


def _cells(seen: Members, one: str) -> Iterator[tuple[str, Relation | None, bool]]:
    for other in seen.called:
        pair = pair_of(one, other)
        relation = seen.relations.get(pair)
        directed = relation if relation is None or pair.a == one else turned(relation)
        yield other, directed, pair in seen.pairs
