"""What a desk said of who interprets or co-facilitates: written once, sealed with the key of the desk."""

from datetime import date
from uuid import UUID

from sqlalchemy import bindparam

from triage.cases.attending import Attendant, AttendantKind, NewAttendant
from triage.store.attending.tables import attendants
from triage.store.data_keys import DataKeys
from triage.store.items import Item, read_items, rows_of, write_item
from triage.store.work import Work

_AT_DESK = rows_of(attendants, attendants.c.desk == bindparam("at"))


def insert_attendant(work: Work, keys: DataKeys, item: Item, new: NewAttendant) -> None:
    """Keep who was named, and from which day on."""
    content = {
        "kind": new.kind.value, "since": new.since.isoformat(), "name": new.account or new.name, "number": new.number,
        "account": bool(new.account),
    }  # fmt: skip
    write_item(work, keys, attendants, item, content)


def read_attendants(work: Work, keys: DataKeys, case_id: UUID, desk: str) -> tuple[Attendant, ...]:
    """Everybody whom one desk named, in order. Raises `Unreadable`."""
    return tuple(
        Attendant(
            one.item.id, AttendantKind(one.content["kind"]), one.content["name"], one.content["number"],
            date.fromisoformat(one.content["since"]), one.content["account"], one.item.recorded_on,
        )
        for one in read_items(work, keys, _AT_DESK, case_id, at=desk)
    )  # fmt: skip
