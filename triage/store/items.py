"""What is recorded in a case, one sealed row each, in the order of the case: the shape every append-only table shares.

Every clear column of a row is authenticated with its content: a row whose desk, compartment, order, author or day
was changed in the file does not open.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Insert, Select, Table, bindparam, insert, select

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


@dataclass(frozen=True, slots=True)
class Rows:
    """Those rows of a table that are read together: the statement is built once, the case and the rest bound later."""

    table: Table
    statement: Select[Any]
    more: tuple[str, ...]


_ITEM_COLUMNS = ("id", "case_id", "sequence", "desk", "recorded_by", "recorded_on")


def rows_of(table: Table, *where: ColumnElement[bool]) -> Rows:
    """Say which rows of a case are read, in order; `where` names what is bound when they are."""
    statement = select(table).where(table.c.case_id == bindparam("of"), *where).order_by(table.c.sequence)
    names = tuple(name for name in table.c.keys() if name not in {*_ITEM_COLUMNS, "content"})  # noqa: SIM118 — columns
    return Rows(table, statement, names)


def at_desks(table: Table) -> ColumnElement[bool]:
    """The rows that stand at the desks bound as `desks`."""
    return table.c.desk.in_(bindparam("desks", expanding=True))


@cache
def _insertion(table: Table) -> Insert:
    return insert(table)


def write_item(work: Work, keys: DataKeys, table: Table, item: Item, content: dict[str, Any], **more: object) -> None:
    """Seal and insert one row; `more` are the further clear columns of the table."""
    sealed = seal(keys.for_desk(item.desk), _place(table, item, more), content)
    values = {name: getattr(item, name) for name in _ITEM_COLUMNS}
    work.connection.execute(_insertion(table), {"content": sealed, **values, **more})


def read_items(work: Work, keys: DataKeys, rows: Rows, case_id: UUID, **bound: object) -> Iterator[Kept]:
    """Read the rows of a case in order and open them. Raises `Unreadable` for an altered or moved row."""
    for row in work.connection.execute(rows.statement, {"of": case_id, **bound}).mappings():
        item = Item(**{name: row[name] for name in _ITEM_COLUMNS})
        more = {name: row[name] for name in rows.more}
        content = unseal(keys.for_desk(item.desk), _place(rows.table, item, more), row["content"])
        yield Kept(item, more, content)


def _place(table: Table, item: Item, more: dict[str, Any]) -> Place:
    clear = (item.desk, item.sequence, item.recorded_by, item.recorded_on, *(more[name] for name in sorted(more)))
    return Place(table.name, "content", str(item.id), item.case_id, "|".join(map(str, clear)))
