"""Who belongs to a case and which pairs are assessed: statements made at desks, and what each desk sees of them.

A person or a pair is a fact that somebody told, so it stands at a desk like an answer. A worker sees what the case was
opened with, what their own desk stated, and what the panel opened to both sides of a pair; the worker of a person who
was added also sees what the desk that added them said of that person, never across the wall.

Source: domain 0.5, INV-07; security page 3.3; ADR 0054.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from triage.cases.compartments import PANEL_DESK, REFERRED
from triage.cases.record import Pair
from triage.cases.roles import Side

MOST_ADDED = 8
"""Persons that one desk may add: a case is about a household or a family, not a neighbourhood."""


class Relation(StrEnum):
    """What the first of two persons is to the second."""

    PARTNER = "partner"
    EX_PARTNER = "ex-partner"
    PARENT = "parent"
    CHILD = "child"
    RELATIVE = "relative"
    OTHER = "other"


_TURNED = {Relation.PARENT: Relation.CHILD, Relation.CHILD: Relation.PARENT}


@dataclass(frozen=True, slots=True)
class PersonStatement:
    """What a desk says of a person: what to call them, and the day of birth (ISO 8601) or an empty text.

    `gone`: they were added by mistake and are taken away; a later statement that is not brings them back.
    """

    letter: str
    called: str
    birth: str
    reason: str
    desk: str
    sequence: int
    gone: bool = False


@dataclass(frozen=True, slots=True)
class RelationStatement:
    """What a desk says the first of two persons is to the second; `assessed`: harm between them is, they are a pair."""

    pair: Pair
    relation: Relation
    assessed: bool
    reason: str
    desk: str
    sequence: int


Statement = PersonStatement | RelationStatement


def persons_of(one: Statement) -> frozenset[str]:
    """The letters of whom a statement is about."""
    return frozenset({one.letter} if isinstance(one, PersonStatement) else {one.pair.a, one.pair.b})


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks: the desk, the person worked with, and whether everything is seen, as by the panel."""

    desk: str
    own_person: str = ""
    sees_all: bool = False


@dataclass(frozen=True, slots=True)
class Members:
    """The persons and pairs of a case as one reader sees them, each in the order of the letters.

    `taken_away` holds the last word on whom a desk took away as added by mistake; to the panel, which reads every desk,
    they stay in the case until it says the same. `said` is everything that this reader knows was said of each.
    """

    called: Mapping[str, str]
    births: Mapping[str, str]
    pairs: tuple[Pair, ...]
    relations: Mapping[Pair, Relation] = field(default_factory=dict)
    taken_away: Mapping[str, PersonStatement] = field(default_factory=dict)
    said: Mapping[str, tuple[PersonStatement, ...]] = field(default_factory=dict)

    def has(self, *letters: str) -> bool:
        """Whether this reader sees all of these persons."""
        return set(letters) <= set(self.called)

    def pair(self, name: str) -> Pair | None:
        """The pair of this name (`A-C`), or None when this reader sees no such pair."""
        return next((one for one in self.pairs if one.undirected == name), None)

    def holds(self, about: str) -> bool:
        """Whether a place of an answer or act (`A>C`, `A-C`, `C` or empty) is one that this reader sees."""
        first, second = about[:1], about[2:]
        return not about or (pair_of(first, second) in self.pairs if second else self.has(first))


def pair_of(first: str, second: str) -> Pair:
    """The pair of two persons: always in the order of their letters, so that the order says nothing."""
    return Pair(*sorted((first, second)))


def turned(relation: Relation) -> Relation:
    """What the second person is to the first."""
    return _TURNED.get(relation, relation)


def referral_statements(people: Mapping[str, Mapping[str, str]], desk: str) -> Iterator[Statement]:
    """What the opening of a case stated: its two persons, and that they are a pair."""
    for letter in REFERRED:
        yield PersonStatement(letter, people[letter]["called"], people[letter]["birth"], "", desk, 0)
    yield RelationStatement(Pair(*REFERRED), Relation.OTHER, assessed=True, reason="", desk=desk, sequence=0)


def seen_by(reader: Reader, statements: Iterable[Statement]) -> Members:
    """Put together what a reader sees of a case."""
    kept = tuple(statements)
    added_at = {one.letter: one.desk for one in reversed(kept) if isinstance(one, PersonStatement)}
    seen = tuple(one for one in kept if _sees(reader, one, added_at.get(reader.own_person, "")))
    people = _people(reader, (one for one in seen if isinstance(one, PersonStatement)))
    away = {letter: gone for letter, said in people.items() if (gone := _taken_away(said))}
    away = {letter: gone for letter, gone in away.items() if reader.sees_all or _wrote(reader, people[letter])}
    people = {letter: said for letter, said in people.items() if not _is_gone(reader, _taken_away(said))}
    relations = [one for one in seen if isinstance(one, RelationStatement) and persons_of(one) <= set(people)]
    if not reader.sees_all:
        of_ties = {letter for one in relations for letter in persons_of(one)}
        near = {reader.own_person, *(REFERRED if reader.own_person in REFERRED else ()), *of_ties}
        people = {letter: said for letter, said in people.items() if letter in near or _wrote(reader, said)}
    return Members(
        called={letter: said[-1].called for letter, said in people.items()},
        births={letter: _birth(reader, said) for letter, said in people.items()},
        pairs=tuple(sorted({one.pair for one in relations if one.assessed}, key=_in_order)),
        relations={one.pair: one.relation for one in relations if one.sequence},
        taken_away=away,
        said={letter: tuple(said) for letter, said in people.items()},
    )


def _taken_away(said: Iterable[PersonStatement]) -> PersonStatement | None:
    """The last word of whoever took a person away and did not bring them back; the panel's word is for every desk.

    Only a word that is later undoes it: of the panel's, anybody's; of a desk's, its own or the panel's.
    """
    in_order = sorted(said, key=lambda one: one.sequence)
    found: dict[str, PersonStatement] = {}
    for one in in_order:
        if one.gone:
            found[one.desk] = one
        else:
            found.pop(one.desk, None)
            found.pop(PANEL_DESK, None)
            if one.desk == PANEL_DESK:
                found.clear()
    return found.get(PANEL_DESK) or max(found.values(), key=lambda one: one.sequence, default=None)


def _wrote(reader: Reader, said: Iterable[PersonStatement]) -> bool:
    """Whether the reader's own desk said something of a person."""
    return any(one.desk == reader.desk and one.sequence for one in said)


def _is_gone(reader: Reader, away: PersonStatement | None) -> bool:
    """Whether a person is no longer of the case to a reader: by the word of the panel, or of the reader's desk."""
    return away is not None and away.desk in {PANEL_DESK, reader.desk}


def offered_to(side: str, added_at: Mapping[str, str]) -> tuple[str, ...]:
    """The letters that a worker of a side may take on.

    Input: by letter of an added person, the desk that added them, or the panel's when it opened them to both sides.
    The support side may take on everybody; the programme side nobody who is known only across the wall.
    """
    free = {letter for letter, desk in added_at.items() if side == Side.SUPPORT or not desk.startswith(Side.SUPPORT)}
    return tuple(sorted({*REFERRED, *free}))


def _sees(reader: Reader, one: Statement, added_at: str) -> bool:
    """Whether a statement reaches a reader; `added_at` is the desk that first stated the reader's own person."""
    if reader.sees_all or (one.desk == reader.desk and one.sequence):
        return True
    is_person = isinstance(one, PersonStatement)
    if isinstance(one, PersonStatement) and one.gone and one.desk != PANEL_DESK:
        return False  # a desk takes away from itself alone, until the panel says the same
    mine = reader.own_person in persons_of(one)
    if one.sequence == 0 or one.desk == PANEL_DESK:
        return is_person or mine
    across = one.desk.startswith(Side.SUPPORT) and not reader.desk.startswith(Side.SUPPORT)
    return mine and one.desk == added_at and not across


def _people(reader: Reader, seen: Iterable[PersonStatement]) -> dict[str, list[PersonStatement]]:
    """By letter, what was said of a person, the reader's own desk last: the last word is what is shown."""
    found: dict[str, list[PersonStatement]] = {}
    for one in sorted(seen, key=lambda it: (not reader.sees_all and it.desk == reader.desk, it.sequence)):
        found.setdefault(one.letter, []).append(one)
    return {letter: found[letter] for letter in sorted(found)}


def _birth(reader: Reader, said: list[PersonStatement]) -> str:
    """The day of birth: a desk's own last word; to who sees all, of every desk's last word the youngest age counts."""
    if not reader.sees_all:
        return next((one.birth for one in reversed(said) if one.birth), "")
    return max({one.desk: one.birth for one in said if one.birth}.values(), default="")


def _in_order(pair: Pair) -> tuple[str, str]:
    return (pair.a, pair.b)
