"""Forms that were typed and not recorded: kept sealed at the desk of whoever typed them, for a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import Row, delete, insert, select

from triage.store.data_keys import DataKeys
from triage.store.drafts.tables import drafts
from triage.store.sealing import Place, Unreadable, seal, unseal
from triage.store.work import Work

LIFE: Final = 24 * 3600
"""Seconds for which a draft is kept."""

Fields = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed on the page of a question at a place: the fields of its form, and when they were kept."""

    question: str
    about: str
    fields: Fields
    at: int


def read_drafts(work: Work, keys: DataKeys, case_id: UUID, user_id: UUID, desk: str) -> tuple[Draft, ...]:
    """The drafts of somebody at a desk of a case, the oldest first; one that was altered is as if it were not there."""
    opened = (_opened(keys, row) for row in _rows(work, case_id, user_id, desk))
    return tuple(one for one in opened if one is not None)


def replace_draft(work: Work, keys: DataKeys, case_id: UUID, user_id: UUID, desk: str, draft: Draft) -> int:
    """Keep a draft in place of an earlier one of the same form; how many altered ones were dropped on the way."""
    altered = drop_draft(work, keys, case_id, user_id, desk, (draft.question, draft.about))
    content = {"question": draft.question, "about": draft.about, "fields": [list(one) for one in draft.fields]}
    new_id = uuid4()
    row = {"id": new_id, "case_id": case_id, "user_id": user_id, "desk": desk, "at": draft.at}
    sealed = seal(keys.for_desk(desk), _place(new_id, case_id, user_id, desk, draft.at), content)
    work.connection.execute(insert(drafts), {**row, "content": sealed})
    return altered


def drop_draft(work: Work, keys: DataKeys, case_id: UUID, user_id: UUID, desk: str, place: tuple[str, str]) -> int:
    """Forget the draft of one form, and of this person's in the case all that are older than a day or do not open.

    Output: how many did not open. Nobody can tell of which form they were, so none may stand in the way of another.
    """
    opened = [(row.id, _opened(keys, row)) for row in _rows(work, case_id, user_id, desk)]
    gone = [name for name, held in opened if held is None or (held.question, held.about) == place]
    mine = (drafts.c.case_id == case_id, drafts.c.user_id == user_id)
    work.connection.execute(delete(drafts).where(*mine, drafts.c.id.in_(gone) | (drafts.c.at <= _oldest(work))))
    return sum(held is None for _name, held in opened)


def forget_old_drafts(work: Work) -> int:
    """Delete every draft that is older than a day; how many."""
    return work.connection.execute(delete(drafts).where(drafts.c.at <= _oldest(work))).rowcount


def _oldest(work: Work) -> int:
    return int(work.now.timestamp()) - LIFE


def _rows(work: Work, case_id: UUID, user_id: UUID, desk: str) -> Iterable[Row[tuple[object, ...]]]:
    mine = (drafts.c.case_id == case_id, drafts.c.user_id == user_id, drafts.c.desk == desk)
    kept = select(drafts).where(*mine, drafts.c.at > _oldest(work)).order_by(drafts.c.at)
    return work.connection.execute(kept).all()


def _opened(keys: DataKeys, row: Row[tuple[object, ...]]) -> Draft | None:
    place = _place(row.id, row.case_id, row.user_id, row.desk, row.at)
    try:
        content = unseal(keys.for_desk(row.desk), place, row.content)
    except Unreadable:
        return None
    fields = tuple((str(name), str(value)) for name, value in content["fields"])
    return Draft(content["question"], content["about"], fields, row.at)


def _place(row: UUID, case_id: UUID, user_id: UUID, desk: str, at: int) -> Place:
    return Place(drafts.name, "content", str(row), case_id, f"{desk}|{user_id}|{at}")
