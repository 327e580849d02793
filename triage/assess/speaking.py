"""Read what one row of an account says: the pieces it gives for findings, and what it rules out (domain 12.1)."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from triage.assess.compiled.tables import NOBODY, SOURCE, Compiled, Entry
from triage.assess.worth.accounts import Account, credit, fixed
from triage.assess.worth.pieces import Piece
from triage.assess.worth.standings import Standing
from triage.cases.record import Row

if TYPE_CHECKING:
    from triage.assess.gathering import Gathering

BOTH = frozenset("AB")
OBSERVERS = frozenset({"HLT", "CSC", "POL", "OBS"})
NO_ROW = Row("")


Ready = tuple[int, int, str, str, str]
"""What a piece will be: slot, strength, source, kind and key."""


@dataclass(slots=True)
class Spoken:
    """What a row of certain codes says in certain words, whatever the case: worked out once.

    `codes` are the codes, when they are all. `pieces` are said by the codes alone, `conditional` ones when a condition
    holds. `zeros` are slot and cell (-1 when the account settles nothing alone). `asked` and `asked_zeros` are the
    entries that must be read each time; `more`: there is any of these, or anything conditional.
    """

    codes: frozenset[str]
    pieces: tuple[Ready, ...]
    conditional: tuple[tuple[Compiled, Ready], ...]
    asked: tuple[Entry, ...]
    zeros: tuple[tuple[int, int], ...]
    asked_zeros: tuple[Entry, ...]
    more: bool = field(init=False)

    def __post_init__(self) -> None:
        self.more = bool(self.conditional or self.asked or self.asked_zeros)


def whole(c: "Gathering", account: Account) -> Spoken | None:
    """Work out what an answer of several rows, or of a row with more than a code, says; None when more must be asked.

    What it is remembered by has to hold every code, second code, and whether any other column is filled.
    """
    rows, table = account.answer.rows, account.table
    ready: list[Ready] = []
    for row in rows:
        bare = not row.cells
        for entry in table.by_code.get(row.code, ()):
            if _open(entry, account.standing, alone=True, bare=bare) or not _decided(entry, bare=bare):
                return None
            if _fits(entry, account, row) and _holds(c, entry, account, row):
                ready.append(_ready(entry, _piece(c, entry, account, row)))
    bare = not any(row.cells for row in rows)
    if any(one.follow_up or not _decided(one, bare=bare) for one in table.zeros):
        return None
    zeros = tuple((one.slot, settled_cell(one, account)) for one in table.zeros if rules_out(c, one, account))
    return Spoken(account.codes, tuple(ready), (), (), zeros, ())


def spoken(c: "Gathering", account: Account, row: Row, *, alone: bool) -> Spoken:
    """Work out what a row says; `alone`: it is the only row, so that its code is all the codes."""
    entries, zeros, standing = account.table.by_code.get(row.code, ()), account.table.zeros, account.standing
    bare = not row.cells
    asked = [one for one in entries if _open(one, standing, alone=alone, bare=bare)]
    ready = [
        (one, _ready(one, _piece(c, one, account, row)))
        for one in entries
        if one not in asked and _fits(one, account, row)
    ]
    known = [one for one in zeros if alone and _decided(one, bare=bare) and not one.follow_up]
    return Spoken(
        account.table.single.get(row.code) or frozenset((row.code,)),
        tuple(said for one, said in ready if _decided(one, bare=bare) and _holds(c, one, account, row)),
        tuple((one.when, said) for one, said in ready if one.when is not None and not _decided(one, bare=bare)),
        tuple(asked),
        tuple((one.slot, settled_cell(one, account)) for one in known if rules_out(c, one, account)),
        tuple(one for one in zeros if one not in known) if alone else (),
    )


def _open(entry: Entry, standing: Standing, *, alone: bool, bare: bool) -> bool:
    """Whether more than a condition is left to ask: all the codes, a follow-up, a key, whether it was seen twice."""
    observed = entry.observers and standing.source in OBSERVERS and standing.speaker not in BOTH
    keyed = entry.element is not None and not entry.element.key and entry.element.cell not in {"", "scale"}
    return observed or bool(entry.follow_up) or (entry.of_all_codes and not alone) or (keyed and not bare)


def _decided(entry: Entry, *, bare: bool) -> bool:
    """Whether its condition needs no more than codes and standing; `bare`: no other column of the row is filled."""
    return entry.when is None or entry.fixed or (bare and entry.by_row)


def _ready(entry: Entry, piece: Piece) -> Ready:
    return entry.slot, piece.strength, piece.source, piece.kind, piece.key


def settled_cell(entry: Entry, account: Account) -> int:
    """The cell that this account settles alone by saying "not found", or -1."""
    settled = entry.settles is not None and entry.settles(account.standing, entry.x, entry.y)
    return entry.cell if settled else NOBODY


def piece_of(c: "Gathering", entry: Entry, account: Account, row: Row) -> Piece | None:
    """The piece of evidence that a row gives by an entry, or None when it says nothing."""
    if _fits(entry, account, row) and _holds(c, entry, account, row):
        return _piece(c, entry, account, row)
    return None


def _fits(entry: Entry, account: Account, row: Row) -> bool:
    """Whether a row says what the entry asks; a second code that was not given leaves it possible."""
    if entry.scale and row.scale not in entry.scale and (row.scale or not row.code):
        return False
    if entry.follow_up and account.answer.follow_up not in entry.follow_up:
        return False
    return not entry.whole or account.codes <= entry.options


def _holds(c: "Gathering", entry: Entry, account: Account, row: Row) -> bool:
    return entry.when is None or bool(entry.when(c, row, account))


def _piece(c: "Gathering", entry: Entry, account: Account, row: Row) -> Piece:
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
        kind = kind if _seen_twice(c, account, entry) else ""
    if element is not None:
        key = element.key or element.keys.get(row.code, "") or _key(row, element.cell)
    return Piece(strength, kind, account, entry.kind, key)


def _key(row: Row, cell: str) -> str:
    if not cell:
        return row.code
    return row.scale if cell == "scale" else str(row.cells.get(cell) or "")


def _seen_twice(c: "Gathering", account: Account, entry: Entry) -> bool:
    """Whether this source saw such things at two contacts on two dates."""
    seen = [
        one
        for one in c.heard[account.table.number] or ()
        if one.standing.source == account.standing.source
        and one.safe
        and not (entry.options and one.codes.isdisjoint(entry.options))
    ]
    return any(a.contact != b.contact and a.answer.on != b.answer.on for a in seen for b in seen)


def rules_out(c: "Gathering", entry: Entry, account: Account) -> bool:
    """Whether an answer says "not found" by an entry of strength 0."""
    rows = account.answer.rows
    if entry.loose:
        said = any(row.code in entry.options and (not entry.scale or row.scale in entry.scale) for row in rows)
    else:
        said = (not entry.options or account.codes <= entry.options) and (
            not entry.scale or all(row.scale in entry.scale for row in rows)
        )
    return said and (entry.when is None or bool(entry.when(c, rows[0] if rows else NO_ROW, account)))
