"""What a desk said of who interprets or co-facilitates: written once, sealed with the key of the desk.

A row names somebody, or says until when somebody whom an earlier row named attended.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import bindparam

from triage.cases.attending import Attendant, AttendantKind, NewAttendant
from triage.store.attending.tables import attendants
from triage.store.data_keys import DataKeys
from triage.store.items import Item, Kept, read_items, rows_of, write_item
from triage.store.work import Work

_AT_DESK = rows_of(attendants, attendants.c.desk == bindparam("at"))
_ENDS = "ends"


def insert_attendant(work: Work, keys: DataKeys, item: Item, new: NewAttendant) -> None:
    """Keep who was named, and from which day on."""
    content = {
        "kind": new.kind.value, "since": new.since.isoformat(), "name": new.account or new.name, "number": new.number,
        "account": bool(new.account),
    }  # fmt: skip
    write_item(work, keys, attendants, item, content)


def insert_end(work: Work, keys: DataKeys, item: Item, attendant_id: UUID, until: date) -> None:
    """Keep until when somebody attended whom this desk named."""
    write_item(work, keys, attendants, item, {_ENDS: str(attendant_id), "until": until.isoformat()})


def read_attendants(work: Work, keys: DataKeys, case_id: UUID, desk: str) -> tuple[Attendant, ...]:
    """Everybody whom one desk named, in order. Raises `Unreadable`."""
    rows = tuple(read_items(work, keys, _AT_DESK, case_id, at=desk))
    ends = {one.content[_ENDS]: date.fromisoformat(one.content["until"]) for one in rows if _ENDS in one.content}
    return tuple(_attendant(one, ends.get(str(one.item.id))) for one in rows if _ENDS not in one.content)


def _attendant(one: Kept, until: date | None) -> Attendant:
    return Attendant(
        one.item.id, AttendantKind(one.content["kind"]), one.content["name"], one.content["number"],
        date.fromisoformat(one.content["since"]), one.content["account"], one.item.recorded_on, until,
    )  # fmt: skip
