"""Where interpreters and co-facilitators stand: one desk for each case and person, by an index keyed for each case.

Somebody named without a number is taken for everybody of that name: unknown is never "another".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, insert, or_, select

from triage.cases.attending import plain_name, plain_number
from triage.cases.constellation import Stand
from triage.store.attending.tables import attendant_stands
from triage.store.matching.subjects import keyed
from triage.store.work import Work

_INDEX_BYTES = 32


@dataclass(frozen=True, slots=True)
class Known:
    """By what somebody is recognised: the id of their account, or a name and an agency number (`""`: not known)."""

    account: UUID | None = None
    name: str = ""
    number: str = ""


def stands_of(work: Work, case_ids: Iterable[UUID], known: Known, staff: UUID) -> tuple[Stand, ...]:
    """Where somebody stands in some cases, each under the id `staff`. Raises `MatcherDown`."""
    found = []
    for case_id in case_ids:
        indexes = (_person_index(work, case_id, known), _person_index(work, case_id, Known(known.account, known.name)))
        either: list[ColumnElement[bool]] = [attendant_stands.c.person_index.in_(indexes)]
        if known.account is None and not plain_number(known.number):
            either.append(attendant_stands.c.name_index == _name_index(work, case_id, known))
        here = (attendant_stands.c.case_id == case_id, or_(*either))
        rows = work.connection.execute(select(attendant_stands.c.desk).where(*here))
        found += [_stand(case_id, staff, row.desk) for row in rows]
    return tuple(found)


def account_stands(work: Work, case_ids: Iterable[UUID]) -> tuple[Stand, ...]:
    """Where everybody with an account stands in some cases as interpreter or co-facilitator."""
    here = attendant_stands.c.case_id.in_(tuple(case_ids)) & attendant_stands.c.user_id.is_not(None)
    rows = work.connection.execute(select(attendant_stands).where(here))
    return tuple(_stand(row.case_id, row.user_id, row.desk) for row in rows)


def enter_attendant(work: Work, case_id: UUID, known: Known, desk: str) -> None:
    """Note at which desk somebody stands, unless they stand there already.

    Raises `MatcherDown`; `IntegrityError` when they stand at another desk of this case.
    """
    index = _person_index(work, case_id, known)
    mine = (attendant_stands.c.case_id == case_id, attendant_stands.c.person_index == index)
    before = work.connection.execute(select(attendant_stands.c.desk).where(*mine)).scalar_one_or_none()
    if before != desk:
        work.connection.execute(
            insert(attendant_stands).values(
                case_id=case_id,
                person_index=index,
                name_index=_name_index(work, case_id, known),
                user_id=known.account,
                desk=desk,
            )
        )


def _stand(case_id: UUID, staff: UUID, desk: str) -> Stand:
    side, _mark, letter = desk.partition("-")
    return Stand(case_id, staff, side, letter)


def _person_index(work: Work, case_id: UUID, known: Known) -> bytes:
    who = str(known.account) if known.account else f"{plain_name(known.name)}|{plain_number(known.number)}"
    return keyed(work, "attendant", f"{case_id}|{who}", _INDEX_BYTES)


def _name_index(work: Work, case_id: UUID, known: Known) -> bytes:
    who = str(known.account) if known.account else plain_name(known.name)
    return keyed(work, "attendant name", f"{case_id}|{who}", _INDEX_BYTES)
