"""Who works, or has looked, on which side of a case: the wall as a primary key, and the persons' workers.

A row of the wall is one side per case and member of staff, for ever; an allocation refers to it by a composite
foreign key, so that the database itself refuses a worker on both sides. An exclusion keeps somebody out of a case, or
of one person of it, for ever. Source: security page 3.3; INV-07; ADR 0056.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Table, and_, bindparam, delete, exists, insert, select

from triage.cases.constellation import Stand
from triage.store.cases import StoredCase
from triage.store.drafts.drafts import LIFE
from triage.store.drafts.tables import drafts
from triage.store.tables import allocations, cases, exclusions, wall
from triage.store.work import Work

WHOLE_CASE = "*"
"""The letter of an exclusion from everything in a case."""
_EXCLUDED = select(exclusions.c.letter).where(
    exclusions.c.case_id == bindparam("of"), exclusions.c.user_id == bindparam("who")
)
_SIDE = select(wall.c.side).where(wall.c.case_id == bindparam("of"), wall.c.user_id == bindparam("who"))
_LETTER = select(allocations.c.letter).where(
    allocations.c.case_id == bindparam("of"), allocations.c.user_id == bindparam("who")
)


def _of_somebody_in(table: Table) -> ColumnElement[bool]:
    return and_(table.c.case_id == cases.c.id, table.c.user_id == bindparam("who"))


_TYPED = exists().where(_of_somebody_in(drafts), drafts.c.at > bindparam("since"))
_STOOD = (
    select(
        cases.c.id, cases.c.reference, cases.c.opened_on, cases.c.opened_desk, cases.c.content,
        wall.c.side, allocations.c.letter, exclusions.c.letter.label("kept_out"), _TYPED.label("unsaved"),
    )
    .outerjoin(wall, _of_somebody_in(wall))
    .outerjoin(allocations, _of_somebody_in(allocations))
    .outerjoin(exclusions, and_(_of_somebody_in(exclusions), exclusions.c.letter == WHOLE_CASE))
    .where(cases.c.id == bindparam("of"))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Stood:
    """A case, and how somebody stands in it: on which side, with whose letter (or empty texts), and kept out or not.

    `unsaved`: they typed something there that they did not record, and that is still kept.
    """

    case: StoredCase
    side: str
    letter: str
    kept_out: bool
    unsaved: bool


def stood_in(work: Work, case_id: UUID, user_id: UUID) -> Stood | None:
    """How somebody stands in a case, in one statement; None when there is no such case."""
    bound = {"of": case_id, "who": user_id, "since": int(work.now.timestamp()) - LIFE}
    row = work.connection.execute(_STOOD, bound).one_or_none()
    if row is None:
        return None
    case = StoredCase(row.id, row.reference, row.opened_on, row.opened_desk, row.content)
    return Stood(case, row.side or "", row.letter or "", row.kept_out is not None, bool(row.unsaved))


def is_free(work: Work, case_id: UUID, user_id: UUID) -> bool:
    """Whether somebody stands on no side of a case, and is not kept out of it."""
    kept_out = WHOLE_CASE in excluded_letters(work, case_id, user_id)
    return not kept_out and side_in_case(work, case_id, user_id) in {"", "panel"}


def side_in_case(work: Work, case_id: UUID, user_id: UUID) -> str:
    """The side on which somebody stands in a case, or an empty text."""
    found = work.connection.execute(_SIDE, {"of": case_id, "who": user_id}).scalar_one_or_none()
    return found or ""


def sides_of(work: Work, user_id: UUID) -> dict[UUID, str]:
    """By case, the side on which somebody stands."""
    rows = work.connection.execute(select(wall.c.case_id, wall.c.side).where(wall.c.user_id == user_id))
    return {row.case_id: row.side for row in rows}


def enter(work: Work, case_id: UUID, user_id: UUID, side: str) -> None:
    """Note on which side somebody stands. Raises `IntegrityError` when they already stand in this case."""
    work.connection.execute(insert(wall).values(case_id=case_id, user_id=user_id, side=side))


def allocate(work: Work, case_id: UUID, user_id: UUID, side: str, letter: str) -> None:
    """Make somebody the worker of one person, entering the wall first when they are not in it."""
    if not side_in_case(work, case_id, user_id):
        enter(work, case_id, user_id, side)
    work.connection.execute(insert(allocations).values(case_id=case_id, user_id=user_id, side=side, letter=letter))


def person_of(work: Work, case_id: UUID, user_id: UUID) -> str:
    """The letter of the person somebody works with in a case, or an empty text."""
    found = work.connection.execute(_LETTER, {"of": case_id, "who": user_id}).scalar_one_or_none()
    return found or ""


def persons_of(work: Work, user_id: UUID) -> dict[UUID, str]:
    """By case, the letter of the person somebody works with."""
    rows = work.connection.execute(
        select(allocations.c.case_id, allocations.c.letter).where(allocations.c.user_id == user_id)
    )
    return {row.case_id: row.letter for row in rows}


def taken_letters(work: Work, side: str) -> dict[UUID, Collection[str]]:
    """By case, the letters that have a worker on a side."""
    taken: dict[UUID, set[str]] = {}
    rows = work.connection.execute(
        select(allocations.c.case_id, allocations.c.letter).where(allocations.c.side == side)
    )
    for row in rows:
        taken.setdefault(row.case_id, set()).add(row.letter)
    return dict(taken)


def stands_in(work: Work, case_ids: Iterable[UUID]) -> tuple[Stand, ...]:
    """Every row of the wall of some cases, with the letter of the person worked with."""
    same = and_(wall.c.case_id == allocations.c.case_id, wall.c.user_id == allocations.c.user_id)
    columns = select(wall.c.case_id, wall.c.user_id, wall.c.side, allocations.c.letter)
    rows = work.connection.execute(columns.outerjoin(allocations, same).where(wall.c.case_id.in_(tuple(case_ids))))
    return tuple(Stand(row.case_id, row.user_id, row.side, row.letter or "") for row in rows)


def excluded_letters(work: Work, case_id: UUID, user_id: UUID) -> frozenset[str]:
    """The letters somebody is kept from in a case; `WHOLE_CASE` when it is all of it."""
    return frozenset(work.connection.execute(_EXCLUDED, {"of": case_id, "who": user_id}).scalars())


def exclusions_of(work: Work, user_id: UUID) -> Mapping[UUID, Collection[str]]:
    """By case, the letters somebody is kept from."""
    kept: dict[UUID, set[str]] = defaultdict(set)
    rows = work.connection.execute(
        select(exclusions.c.case_id, exclusions.c.letter).where(exclusions.c.user_id == user_id)
    )
    for row in rows:
        kept[row.case_id].add(row.letter)
    return kept


def exclude(work: Work, case_id: UUID, user_id: UUID, letter: str) -> bool:
    """Keep somebody out of a case, or of one person of it. Output: whether they were not kept out already."""
    if letter in excluded_letters(work, case_id, user_id):
        return False
    row = {"case_id": case_id, "user_id": user_id, "letter": letter, "recorded_on": work.today}
    work.connection.execute(insert(exclusions).values(row))
    return True


def awaiting_another(work: Work) -> tuple[Stand, ...]:
    """The workers who are kept out of a case and whose person has no other worker yet."""
    same = and_(exclusions.c.case_id == allocations.c.case_id, exclusions.c.user_id == allocations.c.user_id)
    rows = work.connection.execute(select(allocations).join(exclusions, same).where(exclusions.c.letter == WHOLE_CASE))
    return tuple(Stand(row.case_id, row.user_id, row.side, row.letter) for row in rows)


def release(work: Work, case_id: UUID, user_id: UUID) -> None:
    """Take a person from the worker who is kept out; that they stood in the case stays."""
    mine = and_(allocations.c.case_id == case_id, allocations.c.user_id == user_id)
    work.connection.execute(delete(allocations).where(mine))
