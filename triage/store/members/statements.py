"""The persons and pairs that were added to a case, or corrected: statements of desks, written once, read in order."""

from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update

from triage.cases.compartments import PANEL_DESK
from triage.cases.members import PersonStatement, Relation, RelationStatement, Statement
from triage.cases.naming import NamedStatement
from triage.cases.record import Pair
from triage.cases.roles import Side
from triage.store.data_keys import DataKeys
from triage.store.items import Item, at_desks, read_items, rows_of, write_item
from triage.store.sealing import Place, seal
from triage.store.tables import desks, persons, statements
from triage.store.work import Work

_NAMED, _SAID_OF = "named", "said_of"
_STATED = rows_of(statements, at_desks(statements))
_AT = select(statements.c.desk).where(statements.c.case_id == bindparam("of")).distinct()
_ADDED = select(persons.c.case_id, persons.c.letter, persons.c.desk, persons.c.opened).where(
    persons.c.desk.is_not(None)
)
_OF_CASE = select(persons.c.letter).where(persons.c.case_id == bindparam("of"))


def insert_statement(work: Work, keys: DataKeys, item: Item, one: Statement) -> None:
    """Keep what a desk states of a person or of two."""
    if isinstance(one, PersonStatement):
        content: dict[str, Any] = {"letter": one.letter, "called": one.called, "birth": one.birth, "reason": one.reason}
        content |= {"gone": True} if one.gone else {}
    else:
        content = {"first": one.pair.a, "second": one.pair.b, "relation": one.relation.value, "assessed": one.assessed}
        content["reason"] = one.reason
    write_item(work, keys, statements, item, content)


def read_statements(work: Work, keys: DataKeys, case_id: UUID, *, across: bool) -> tuple[Statement, ...]:
    """What was stated of persons and pairs, in order; without `across`, nothing of the support desks.

    Raises `Unreadable`.
    """
    at = work.connection.execute(_AT, {"of": case_id}).scalars()
    readable = [desk for desk in at if across or not desk.startswith(Side.SUPPORT)]
    if not readable:
        return ()
    found = read_items(work, keys, _STATED, case_id, desks=readable)
    return tuple(_statement(one.item, one.content) for one in found if not {_NAMED, _SAID_OF} & set(one.content))


def insert_named(work: Work, keys: DataKeys, item: Item, one: NamedStatement) -> None:
    """Keep what a desk decided of somebody whom an answer names."""
    content = {_NAMED: one.key, "letter": one.letter, "declined": one.declined, "reason": one.reason}
    write_item(work, keys, statements, item, content)


def read_named(work: Work, keys: DataKeys, case_id: UUID, desk: str) -> tuple[NamedStatement, ...]:
    """What one desk decided of those whom answers name, in order. Raises `Unreadable`."""
    found = [one for one in read_items(work, keys, _STATED, case_id, desks=[desk]) if _NAMED in one.content]
    return tuple(_named(one.item, {name: str(said) for name, said in one.content.items()}) for one in found)


def insert_said_to_harm(work: Work, keys: DataKeys, item: Item, pair: Pair, harming: frozenset[str]) -> None:
    """Keep whom a referral names as the one who harms in a pair that joined a case, as it arrived (RI-21)."""
    write_item(work, keys, statements, item, {_SAID_OF: [pair.a, pair.b], "harming": sorted(harming)})


def read_said_to_harm(work: Work, keys: DataKeys, case_id: UUID) -> tuple[tuple[Pair, frozenset[str]], ...]:
    """Whom referrals named in the pairs that joined a case, at every desk: for the rules. Raises `Unreadable`."""
    at = list(work.connection.execute(_AT, {"of": case_id}).scalars())
    found = read_items(work, keys, _STATED, case_id, desks=at) if at else ()
    return tuple(
        (Pair(*one.content[_SAID_OF]), frozenset(one.content["harming"])) for one in found if _SAID_OF in one.content
    )


def _named(item: Item, said: dict[str, str]) -> NamedStatement:
    return NamedStatement(said[_NAMED], said["letter"], said["declined"], said["reason"], item.desk, item.sequence)


def add_letter(work: Work, keys: DataKeys, case_id: UUID, letter: str, desk: str) -> None:
    """Give a letter to somebody whom a desk adds, and make the desks at which their workers will sit.

    What is said of the person is a statement; the row holds the letter, for the workers who are allocated to it.
    """
    sealed = seal(keys.for_desk(desk), Place("persons", "content", letter, case_id, desk), {})
    row = {"case_id": case_id, "letter": letter, "desk": desk, "opened": False, "content": sealed}
    work.connection.execute(insert(persons), row)
    new = [{"case_id": case_id, "desk": f"{side}-{letter}", "version": 0} for side in (Side.SUPPORT, Side.PROGRAMME)]
    work.connection.execute(insert(desks), new)


def letters_of(work: Work, case_id: UUID) -> frozenset[str]:
    """Every letter that is taken in a case."""
    return frozenset(work.connection.execute(_OF_CASE, {"of": case_id}).scalars())


def open_letter(work: Work, case_id: UUID, letter: str) -> None:
    """Note that the panel opened an added person to both sides."""
    mine = (persons.c.case_id == case_id, persons.c.letter == letter, persons.c.desk.is_not(None))
    work.connection.execute(update(persons).where(*mine).values(opened=True))


def added_letters(work: Work) -> dict[UUID, dict[str, str]]:
    """By case, the letters of those who were added, each with the desk that added them, or the panel that opened it."""
    found: dict[UUID, dict[str, str]] = {}
    for row in work.connection.execute(_ADDED):
        found.setdefault(row.case_id, {})[row.letter] = PANEL_DESK if row.opened else row.desk
    return found


def _statement(item: Item, content: dict[str, object]) -> Statement:
    reason = str(content["reason"])
    if "letter" in content:
        letter, called, birth = (str(content[name]) for name in ("letter", "called", "birth"))
        gone = bool(content.get("gone", False))
        return PersonStatement(letter, called, birth, reason, item.desk, item.sequence, gone)
    pair = Pair(str(content["first"]), str(content["second"]))
    return RelationStatement(
        pair, Relation(str(content["relation"])), bool(content["assessed"]), reason, item.desk, item.sequence
    )
