"""The answers of a case, their withdrawals, and the acts: written once, read in order, never changed."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, bindparam, or_

from triage.cases.compartments import Compartment
from triage.cases.record import Act, Answer, Withdrawal
from triage.store.codec import act_content, act_from, answer_content, answer_from
from triage.store.data_keys import DataKeys
from triage.store.items import Item, at_desks, read_items, rows_of, write_item
from triage.store.tables import acts, answers, withdrawals
from triage.store.work import Work

_BOARD = and_(answers.c.compartment == Compartment.BOARD.value, answers.c.desk == bindparam("board_of"))
_ANSWERS = rows_of(answers, or_(at_desks(answers), _BOARD))
_WITHDRAWALS, _ACTS = rows_of(withdrawals, at_desks(withdrawals)), rows_of(acts, at_desks(acts))


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """An answer and where it is kept; `corrected_by` is the id of the answer that took its place."""

    answer: Answer
    desk: str
    compartment: Compartment
    sequence: int
    corrected_by: str = ""


@dataclass(frozen=True, slots=True)
class StoredAct:
    """An act and where it is kept."""

    act: Act
    desk: str
    sequence: int


def insert_answer(work: Work, keys: DataKeys, item: Item, compartment: Compartment, answer: Answer) -> None:
    """Keep an answer."""
    write_item(work, keys, answers, item, answer_content(answer), compartment=compartment.value)


def insert_withdrawal(work: Work, keys: DataKeys, item: Item, answer_id: UUID, reason: str, corrected_by: str) -> None:
    """Keep that an answer was taken back. Raises `IntegrityError` when it was already."""
    content = {"reason": reason, "corrected_by": corrected_by}
    write_item(work, keys, withdrawals, item, content, answer_id=answer_id)


def read_answers(
    work: Work, keys: DataKeys, case_id: UUID, desks: tuple[str, ...], board_of: str = ""
) -> tuple[StoredAnswer, ...]:
    """The answers written at these desks, and what lies on the safety board at one more desk. Raises `Unreadable`."""
    kept_answers = tuple(read_items(work, keys, _ANSWERS, case_id, desks=desks, board_of=board_of))
    if not kept_answers:
        return ()
    of_both = (*desks, board_of) if board_of else desks
    kept_withdrawals = read_items(work, keys, _WITHDRAWALS, case_id, desks=of_both)
    taken_back = {kept.more["answer_id"]: kept for kept in kept_withdrawals}
    found = []
    for kept in kept_answers:
        back = taken_back.get(kept.item.id)
        withdrawn = Withdrawal(back.item.recorded_on, back.content["reason"]) if back else None
        answer = answer_from(str(kept.item.id), kept.content, withdrawn)
        compartment = Compartment(kept.more["compartment"])
        corrected_by = back.content["corrected_by"] if back else ""
        found.append(StoredAnswer(answer, kept.item.desk, compartment, kept.item.sequence, corrected_by))
    return tuple(found)


def insert_act(work: Work, keys: DataKeys, item: Item, act: Act) -> None:
    """Keep an act."""
    write_item(work, keys, acts, item, act_content(act))


def read_acts(work: Work, keys: DataKeys, case_id: UUID, desks: tuple[str, ...]) -> tuple[StoredAct, ...]:
    """The acts signed at these desks. Raises `Unreadable`."""
    return tuple(
        StoredAct(act_from(str(kept.item.id), kept.content), kept.item.desk, kept.item.sequence)
        for kept in read_items(work, keys, _ACTS, case_id, desks=desks)
    )
