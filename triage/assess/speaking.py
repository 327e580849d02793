"""Read what one row of an account says: the pieces it gives for findings, and what it rules out (domain 12.1)."""

from typing import TYPE_CHECKING, Protocol

from triage.assess.compiled.tables import SOURCE, Entry
from triage.assess.worth.accounts import Account, credit, fixed
from triage.assess.worth.pieces import Piece
from triage.cases.record import Row

if TYPE_CHECKING:
    from triage.assess.worth.pieces import Place

BOTH = frozenset("AB")
OBSERVERS = frozenset({"HLT", "CSC", "POL", "OBS"})
NO_ROW = Row("")


class Listening(Protocol):
    """What is asked beside the account itself; further conditions of the evidence ask more (see `rows.py`)."""

    def seen_twice(self, place: "Place", source: str, options: frozenset[str]) -> bool:
        """Whether one source saw some of these things, or anything, at two contacts on two dates."""


def settled_cells(entry: Entry, account: Account) -> list[int]:
    """The cells that this account settles by saying "not found"."""
    return [cell.number for cell in entry.cells if cell.settles(account.standing, cell.x, cell.y)]


def piece_of(c: Listening, entry: Entry, account: Account, row: Row) -> Piece | None:
    """The piece of evidence that a row gives by an entry, or None when it says nothing."""
    if _fits(entry, account, row) and (entry.when is None or entry.when(c, row, account)):
        return _piece(c, entry, account, row)
    return None


def _fits(entry: Entry, account: Account, row: Row) -> bool:
    """Whether a row says what the entry asks; a second code that was not given leaves it possible."""
    if entry.scale and row.scale not in entry.scale and (row.scale or not row.code):
        return False
    if entry.follow_up and account.answer.follow_up not in entry.follow_up:
        return False
    return not entry.whole or account.codes <= entry.options


def _piece(c: Listening, entry: Entry, account: Account, row: Row) -> Piece:
    """What the row gives when it speaks: how strongly, from which class, an element of what."""
    standing = account.standing
    if entry.strength == SOURCE:
        strength = min(credit(standing, entry.actor, entry.other, entry.acts), entry.cap)
    else:
        strength = fixed(standing, entry.strength, entry.acts)
    if entry.scale and row.scale not in entry.scale:
        strength = min(strength, 1)
    kind, key, element = standing.kind, "", entry.element
    if entry.observers and standing.source in OBSERVERS and standing.speaker not in BOTH:
        kind = kind if c.seen_twice(account.table.place, standing.source, entry.options) else ""
    if element is not None:
        key = element.key or element.keys.get(row.code, "") or _key(row, element.cell)
    return Piece(strength, kind, entry.kind, key, entry.question, standing)


def _key(row: Row, cell: str) -> str:
    if not cell:
        return row.code
    return row.scale if cell == "scale" else str(row.cells.get(cell) or "")


def rules_out(c: Listening, entry: Entry, account: Account) -> bool:
    """Whether an answer says "not found" by an entry of strength 0."""
    rows = account.answer.rows
    if entry.loose:
        said = any(row.code in entry.options and (not entry.scale or row.scale in entry.scale) for row in rows)
    else:
        said = (not entry.options or account.codes <= entry.options) and (
            not entry.scale or all(row.scale in entry.scale for row in rows)
        )
    return said and (entry.when is None or bool(entry.when(c, rows[0] if rows else NO_ROW, account)))
