"""Cases: opening, listing, the order of what is recorded, and the version of each desk."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update

from triage.cases.compartments import FIRST_DESKS
from triage.store.data_keys import DataKeys
from triage.store.sealing import Place, seal, unseal
from triage.store.tables import cases, desks, persons
from triage.store.work import Work

_CASES = select(cases.c.id, cases.c.reference, cases.c.opened_on, cases.c.opened_desk)
_ONE_CASE = _CASES.where(cases.c.id == bindparam("of"))
_REFERRAL = select(cases.c.content).where(cases.c.id == bindparam("of"))
_PERSONS = (
    select(persons).where(persons.c.case_id == bindparam("of"), persons.c.desk.is_(None)).order_by(persons.c.letter)
)
_VERSIONS = select(desks.c.desk, desks.c.version).where(desks.c.case_id == bindparam("of"))
_RAISE = (
    update(desks)
    .where(desks.c.case_id == bindparam("of"), desks.c.desk == bindparam("at"), desks.c.version == bindparam("held"))
    .values(version=desks.c.version + 1)
)
_NEXT = (
    update(cases).where(cases.c.id == bindparam("of")).values(sequence=cases.c.sequence + 1).returning(cases.c.sequence)
)


class MovedOn(RuntimeError):
    """Somebody else wrote between two steps of one transaction; it is undone and may be tried again."""


@dataclass(frozen=True, slots=True)
class StoredCase:
    """The clear part of a case; `sealed` is the rest, where it was read with it."""

    id: UUID
    reference: str
    opened_on: date
    opened_desk: str
    sealed: bytes = field(default=b"", repr=False)


def insert_case(
    work: Work, keys: DataKeys, case: StoredCase, referral: dict[str, Any], people: dict[str, dict[str, Any]]
) -> None:
    """Keep a new case, its two persons by letter, and its empty desks."""
    key = keys.for_desk(case.opened_desk)
    content = seal(key, Place("cases", "content", str(case.id), case.id, case.opened_desk), referral)
    work.connection.execute(
        insert(cases).values(
            id=case.id,
            reference=case.reference,
            opened_on=case.opened_on,
            opened_desk=case.opened_desk,
            sequence=0,
            content=content,
        )
    )
    for letter, details in people.items():
        sealed = seal(key, Place("persons", "content", letter, case.id), details)
        work.connection.execute(insert(persons).values(case_id=case.id, letter=letter, opened=True, content=sealed))
    work.connection.execute(insert(desks), [{"case_id": case.id, "desk": desk, "version": 0} for desk in FIRST_DESKS])


def find_case(work: Work, case_id: UUID) -> StoredCase | None:
    """The clear part of a case, or None."""
    row = work.connection.execute(_ONE_CASE, {"of": case_id}).one_or_none()
    return StoredCase(*row) if row else None


def all_cases(work: Work) -> tuple[StoredCase, ...]:
    """The clear part of every case, the latest first."""
    rows = work.connection.execute(_CASES.order_by(cases.c.opened_on.desc(), cases.c.reference))
    return tuple(StoredCase(*row) for row in rows)


def read_referral(work: Work, keys: DataKeys, case: StoredCase) -> dict[str, Any]:
    """What was written when the case was opened. Raises `Unreadable`."""
    sealed = case.sealed or work.connection.execute(_REFERRAL, {"of": case.id}).scalar_one()
    place = Place("cases", "content", str(case.id), case.id, case.opened_desk)
    return unseal(keys.for_desk(case.opened_desk), place, sealed)


def read_persons(work: Work, keys: DataKeys, case: StoredCase) -> dict[str, dict[str, Any]]:
    """The two persons with whom a case was opened, by letter. Raises `Unreadable`."""
    rows = work.connection.execute(_PERSONS, {"of": case.id})
    key = keys.for_desk(case.opened_desk)
    return {row.letter: unseal(key, Place("persons", "content", row.letter, case.id), row.content) for row in rows}


def read_versions(work: Work, case_id: UUID) -> dict[str, int]:
    """The version of every desk of a case."""
    rows = work.connection.execute(_VERSIONS, {"of": case_id})
    return {row.desk: row.version for row in rows}


def raise_version(work: Work, case_id: UUID, desk: str, held: int) -> bool:
    """Compare and set: raise the version of a desk by one if it is still the one held; say whether it was."""
    done = work.connection.execute(_RAISE, {"of": case_id, "at": desk, "held": held})
    return done.rowcount == 1


def require_raised_version(work: Work, case_id: UUID, desk: str, held: int) -> None:
    """Raise the version of a desk where nothing else could be done. Raises `MovedOn` and so keeps nothing."""
    if not raise_version(work, case_id, desk, held):
        raise MovedOn(f"The desk {desk} moved on during a transaction.")


def next_sequence(work: Work, case_id: UUID) -> int:
    """Take the next number in the order of a case."""
    number: int = work.connection.execute(_NEXT, {"of": case_id}).scalar_one()
    return number
