"""Who works, or has looked, on which side of a case: the wall as a primary key, and the persons' workers.

A row of the wall is one side per case and member of staff, for ever; an allocation refers to it by a composite
foreign key, so that the database itself refuses a worker on both sides. Source: security page 3.3; INV-07.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import bindparam, insert, select

from triage.store.tables import allocations, wall
from triage.store.work import Work

_SIDE = select(wall.c.side).where(wall.c.case_id == bindparam("of"), wall.c.user_id == bindparam("who"))
_LETTER = select(allocations.c.letter).where(
    allocations.c.case_id == bindparam("of"), allocations.c.user_id == bindparam("who")
)


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
