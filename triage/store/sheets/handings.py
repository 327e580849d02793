"""The log of handings: which sheet in which version, how, by whom, and what was answered to the questions before."""

from dataclasses import asdict, dataclass
from uuid import UUID

from triage.store.data_keys import DataKeys
from triage.store.items import Item, at_desks, read_items, rows_of, write_item
from triage.store.sheets.tables import handings
from triage.store.work import Work

_AT_DESKS = rows_of(handings, at_desks(handings))


@dataclass(frozen=True, slots=True)
class Handing:
    """A sheet that was handed over: to whom (a letter), which one, in which version, how, and what was answered."""

    letter: str
    sheet: str
    version: str
    country: str
    language: str
    form: str
    how: str
    said: dict[str, str]
    by: str


@dataclass(frozen=True, slots=True)
class StoredHanding:
    """A handing and where it is kept."""

    item: Item
    handing: Handing


def insert_handing(work: Work, keys: DataKeys, item: Item, handing: Handing) -> None:
    """Keep that a sheet was handed over."""
    write_item(work, keys, handings, item, asdict(handing))


def read_handings(work: Work, keys: DataKeys, case_id: UUID, desks: tuple[str, ...]) -> tuple[StoredHanding, ...]:
    """What was handed over from these desks, in order. Raises `Unreadable`."""
    kept = read_items(work, keys, _AT_DESKS, case_id, desks=desks)
    return tuple(StoredHanding(one.item, Handing(**one.content)) for one in kept)
