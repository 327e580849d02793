"""Matches found between cases, what the panel said of each, and which cases were searched at all.

Which cases a match ties is sealed; it is found from a case by a keyed index. Source: security page 4.2; INV-32.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, insert, select

from triage.cases.matching.pairs import Bearing
from triage.store.data_keys import INSTALLATION
from triage.store.matching.subjects import HANDLE_BYTES, keyed, match_key
from triage.store.sealing import Place, seal, unseal
from triage.store.tables import cases, match_reviews, match_sides, matches, searches
from triage.store.work import Work


@dataclass(frozen=True, slots=True)
class StoredMatch:
    """Two cases with the same pair, or with one same person.

    `bearing` is None when one person alone is the same. `letters`: by the later letter, the earlier one. `turns`: by
    case, its place in the order of the case. `agreed`: by later letter, field and level of everything compared.
    """

    id: UUID
    recorded_on: date
    earlier: UUID
    later: UUID
    bearing: Bearing | None
    letters: Mapping[str, str]
    turns: Mapping[UUID, int]
    agreed: Mapping[str, tuple[tuple[str, str], ...]]
    bits: float

    @property
    def cases(self) -> tuple[UUID, UUID]:
        """Both cases, the earlier first."""
        return (self.earlier, self.later)


@dataclass(frozen=True, slots=True)
class StoredReview:
    """What one member of the panel said of a match, in order: whether these are the same people, and why."""

    id: UUID
    match_id: UUID
    sequence: int
    recorded_by: UUID
    recorded_on: date
    same: bool
    reason: str
    by: str


def insert_match(work: Work, match: StoredMatch) -> None:
    """Keep a match. Raises `MatcherDown`."""
    content = {
        "earlier": str(match.earlier),
        "later": str(match.later),
        "bearing": match.bearing,
        "letters": dict(match.letters),
        "turns": {str(case): turn for case, turn in match.turns.items()},
        "agreed": {letter: [list(one) for one in agreed] for letter, agreed in match.agreed.items()},
        "bits": match.bits,
    }
    sealed = seal(match_key(work), _place(match.id), content)
    work.connection.execute(insert(matches).values(id=match.id, recorded_on=match.recorded_on, content=sealed))
    sides = [{"case_index": _case_index(work, case), "match_id": match.id} for case in match.cases]
    work.connection.execute(insert(match_sides), sides)


def matches_of(work: Work, case_id: UUID) -> tuple[StoredMatch, ...]:
    """The matches of a case, in the order in which they were found. Raises `MatcherDown`, `Unreadable`."""
    mine = select(match_sides.c.match_id).where(match_sides.c.case_index == _case_index(work, case_id))
    rows = work.connection.execute(select(matches).where(matches.c.id.in_(mine)))
    found = [_match(work, row.id, row.recorded_on, row.content) for row in rows]
    return tuple(sorted(found, key=lambda one: one.turns[case_id]))


def all_matches(work: Work) -> tuple[StoredMatch, ...]:
    """Every match, the latest first. Raises `MatcherDown`, `Unreadable`."""
    rows = work.connection.execute(select(matches).order_by(matches.c.recorded_on.desc(), matches.c.id))
    return tuple(_match(work, row.id, row.recorded_on, row.content) for row in rows)


def insert_review(work: Work, review: StoredReview) -> None:
    """Keep what was said of a match. Raises `MatcherDown`."""
    content = {"same": review.same, "reason": review.reason, "by": review.by}
    place = _review_place(review.id, review.match_id, review.sequence, review.recorded_by, review.recorded_on)
    sealed = seal(match_key(work), place, content)
    work.connection.execute(
        insert(match_reviews).values(
            id=review.id,
            match_id=review.match_id,
            sequence=review.sequence,
            recorded_by=review.recorded_by,
            recorded_on=review.recorded_on,
            content=sealed,
        )
    )


def reviews_of(work: Work, match_id: UUID) -> tuple[StoredReview, ...]:
    """What was said of a match, in order. Raises `MatcherDown`, `Unreadable`."""
    rows = work.connection.execute(
        select(match_reviews).where(match_reviews.c.match_id == match_id).order_by(match_reviews.c.sequence)
    )
    found = []
    for row in rows.mappings():
        place = _review_place(row["id"], match_id, row["sequence"], row["recorded_by"], row["recorded_on"])
        clear = {name: row[name] for name in ("id", "match_id", "sequence", "recorded_by", "recorded_on")}
        found.append(StoredReview(**clear, **unseal(match_key(work), place, row["content"])))
    return tuple(found)


def is_searched(work: Work, case_id: UUID) -> bool:
    """Whether the search of a case is known to have run over everybody in it."""
    return work.connection.execute(select(searches).where(searches.c.case_id == case_id)).first() is not None


def unsearched(work: Work) -> tuple[tuple[UUID, str], ...]:
    """Every case whose search is not known to have run over everybody, by id and reference, the oldest first."""
    missing = select(cases.c.id, cases.c.reference).where(cases.c.id.not_in(select(searches.c.case_id)))
    rows = work.connection.execute(missing.order_by(cases.c.opened_on, cases.c.reference))
    return tuple((row.id, row.reference) for row in rows)


def note_searched(work: Work, case_id: UUID, *, searched: bool) -> None:
    """Say that a case was searched, or that it must be searched again."""
    work.connection.execute(delete(searches).where(searches.c.case_id == case_id))
    if searched:
        work.connection.execute(insert(searches).values(case_id=case_id, recorded_on=work.today))


def _case_index(work: Work, case_id: UUID) -> bytes:
    return keyed(work, "case", str(case_id), HANDLE_BYTES)


def _place(identity: UUID) -> Place:
    return Place("matches", "content", str(identity), INSTALLATION)


def _review_place(identity: UUID, *clear: object) -> Place:
    return Place("match_reviews", "content", str(identity), INSTALLATION, "|".join(map(str, clear)))


def _match(work: Work, identity: UUID, recorded_on: date, sealed: bytes) -> StoredMatch:
    content = unseal(match_key(work), _place(identity), sealed)
    return StoredMatch(
        id=identity,
        recorded_on=recorded_on,
        earlier=UUID(content["earlier"]),
        later=UUID(content["later"]),
        bearing=Bearing(content["bearing"]) if content["bearing"] else None,
        letters=content["letters"],
        turns={UUID(case): turn for case, turn in content["turns"].items()},
        agreed={letter: tuple((one[0], one[1]) for one in agreed) for letter, agreed in content["agreed"].items()},
        bits=content["bits"],
    )
