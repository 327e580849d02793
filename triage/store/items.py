"""What is recorded in a case, one sealed row each, in the order of the case: the shape every append-only table shares.

Every clear column of a row is authenticated with its content: a row whose desk, compartment, order, author or day
was changed in the file does not open.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, insert, select

from triage.store.data_keys import DataKeys
from triage.store.sealing import Place, seal, unseal
from triage.store.work import Work


@dataclass(frozen=True, slots=True)
class Item:
    """The clear part of a row: which, of which case, in which order, at which desk, by whom, on which day."""

    id: UUID
    case_id: UUID
    sequence: int
    desk: str
    recorded_by: UUID
    recorded_on: date


@dataclass(frozen=True, slots=True)
class Kept:
    """A row read back: its clear part, the other clear columns of its table, and its opened content."""

    item: Item
    more: dict[str, Any]
    content: dict[str, Any]


_ITEM_COLUMNS = ("id", "case_id", "sequence", "desk", "recorded_by", "recorded_on")


def write_item(work: Work, keys: DataKeys, table: Table, item: Item, content: dict[str, Any], **more: object) -> None:
    """Seal and insert one row; `more` are the further clear columns of the table."""
    sealed = seal(keys.for_desk(item.desk), _place(table, item, more), content)
    values = {name: getattr(item, name) for name in _ITEM_COLUMNS}
    work.connection.execute(insert(table).values(content=sealed, **values, **more))


def read_items(work: Work, keys: DataKeys, table: Table, case_id: UUID, *where: ColumnElement[bool]) -> Iterator[Kept]:
    """Read the rows of a case in order and open them. Raises `Unreadable` for an altered or moved row."""
    rows = work.connection.execute(select(table).where(table.c.case_id == case_id, *where).order_by(table.c.sequence))
    names = [name for name in table.c.keys() if name not in {*_ITEM_COLUMNS, "content"}]  # noqa: SIM118 — columns
    for row in rows.mappings():
        item = Item(**{name: row[name] for name in _ITEM_COLUMNS})
        more = {name: row[name] for name in names}
        content = unseal(keys.for_desk(item.desk), _place(table, item, more), row["content"])
        yield Kept(item, more, content)


def _place(table: Table, item: Item, more: dict[str, Any]) -> Place:
    clear = (item.desk, item.sequence, item.recorded_by, item.recorded_on, *(more[name] for name in sorted(more)))
    return Place(table.name, "content", str(item.id), item.case_id, "|".join(map(str, clear)))
