"""Gather the evidence of one pair: for each finding, the pieces that speak for it and the accounts that rule it out."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from triage.assess.compiled.tables import Entry, Table
from triage.assess.speaking import BOTH, NO_ROW, Spoken, piece_of, rules_out, settled_cell, spoken, whole
from triage.assess.testimony import Elsewhere, Testimony
from triage.assess.worth.accounts import Account, current
from triage.assess.worth.pieces import Piece
from triage.cases.record import CaseRecord, Pair, Row

if TYPE_CHECKING:
    from triage.assess.compiled.compiling import CompiledRulebook

NOTHING_YET: Any = ()
"""What every slot begins with: a tuple, so that nothing can ever be added to what all share."""

ONE_ROW = (NO_ROW,)
MOST_REMEMBERED = 256
"""How many different rows of one question, in such words, are remembered."""


class Gathering:
    """What was told about one pair, and what it is evidence for.

    By the number of a place: `heard`, `codes`, `silent` (see Testimony). By the number of a slot: `pieces` of evidence,
    and `zeros`, the accounts that said "not found". By the number of a cell: `settled`, whether one account alone
    settles it. `superseded` are the slots of states of which an earlier account was replaced.
    """

    def __init__(
        self,
        book: "CompiledRulebook",
        record: CaseRecord,
        pair: Pair,
        on: date,
        dropped: frozenset[str],
        withdrawn: bool,
    ) -> None:
        told = Testimony(book, record, pair, on, dropped, withdrawn)
        self.book, self.record, self.pair, self.on = book, record, pair, on
        self.letters, self.persons, self.places = told.letters, told.persons, told.places
        self.heard, self.order, self.codes = told.heard, told.order, told.codes
        self.unsafe_accounts, self.taken_back = told.unsafe, told.taken_back
        self.silent, self.silences_at, self.declined = told.silent, told.silences_at, told.declined
        self.pieces: list[list[Piece]] = [NOTHING_YET] * len(book.slots.all)
        self.zeros: list[list[Account]] = [NOTHING_YET] * len(book.slots.all)
        self.settled = bytearray(len(book.cells))
        self.superseded: set[int] = set()
        self._gather(told.elsewhere)

    def _gather(self, elsewhere: Sequence[Elsewhere]) -> None:
        for account, letters in elsewhere:
            self._gather_one(account, letters)
        heard, silences, places = self.heard, self.silences_at, self.book.places
        in_order: list[Account] = []
        for number in self.order:
            table, accounts = places[number], heard[number]
            if table.silent or accounts is None:
                continue
            if number in silences or (table.state and len(accounts) > 1):
                self._gather_remembered(in_order)
                in_order = []
                self._gather_in_time(table, accounts)
            else:
                in_order += accounts
        self._gather_remembered(in_order)

    def _gather_in_time(self, table: Table, accounts: Sequence[Account]) -> None:
        """Gather where an earlier account of a state may have been replaced, or be silenced."""
        if not table.state:
            for account in accounts:
                self._gather_one(account, BOTH)
            return
        silences = self.silences_at.get(table.number, ())
        counted = current(accounts, table.superseded_by, silences)
        if not silences and len(counted) == len(accounts):
            self._gather_remembered(accounts)
            return
        for account in accounts:
            self._gather_one(account, BOTH, account.number in counted)

    def _gather_remembered(self, accounts: Sequence[Account]) -> None:
        """Gather what such codes in such words are known to say, and ask what must be asked each time."""
        pieces, zeros, settled = self.pieces, self.zeros, self.settled
        for account in accounts:
            said = account.said
            if said is None and (said := self._whole(account)) is None:
                self._gather_rows(account)
                continue
            for slot, strength, source, kind, key in said.pieces:
                piece = Piece(strength, source, account, kind, key)
                if pieces[slot]:
                    pieces[slot].append(piece)
                else:
                    pieces[slot] = [piece]
            for slot, cell in said.zeros:
                if cell >= 0:
                    settled[cell] = 1
                if zeros[slot]:
                    zeros[slot].append(account)
                else:
                    zeros[slot] = [account]
            if said.more:
                self._ask(said, account, account.answer.rows[0])

    def _whole(self, account: Account) -> Spoken | None:
        """What an answer of several rows is known to say as a whole, when no more than codes has to be looked at."""
        rows = account.answer.rows
        remembered = account.standing.spoken.setdefault(account.table.number, {})
        if len(rows) < 2 and not (rows and (rows[0].scale or rows[0].cells)):
            return None
        key = tuple([(row.code, row.scale, not row.cells) for row in rows])
        if key in remembered:
            return remembered[key]
        said = whole(self, account)
        if len(remembered) < MOST_REMEMBERED:
            remembered[key] = said
        return said

    def _gather_rows(self, account: Account) -> None:
        """Gather row by row, and remember what is said that was not known."""
        remembered = account.standing.spoken[account.table.number]
        rows = account.answer.rows or ONE_ROW
        alone = len(rows) == 1
        for row in rows:
            code: object = row.code
            if row.scale or row.cells or not alone:
                code = (code, row.scale, alone, not row.cells)
            said = remembered.get(code)
            if said is None:
                said = self._spoken(account, row, alone, remembered, code)
            for slot, strength, source, kind, key in said.pieces:
                self._add_piece(slot, Piece(strength, source, account, kind, key))
            for slot, cell in said.zeros:
                self._add_zero(slot, cell, account)
            if said.more:
                self._ask(said, account, row)
        if not alone:
            self._ask_zeros(account.table.zeros, account)

    def _spoken(
        self, account: Account, row: Row, alone: bool, remembered: dict[object, Spoken | None], code: object
    ) -> Spoken:
        """Work out what a row says, and remember it."""
        said = spoken(self, account, row, alone=alone)
        if len(remembered) < MOST_REMEMBERED:
            remembered[code] = said
        return said

    def _ask(self, said: Spoken, account: Account, row: Row) -> None:
        """Gather what a row says when more than its code is looked at."""
        for holds, (slot, strength, source, kind, key) in said.conditional:
            if holds(self, row, account):
                self._add_piece(slot, Piece(strength, source, account, kind, key))
        for entry in said.asked:
            found = piece_of(self, entry, account, row)
            if found is not None:
                self._add_piece(entry.slot, found)
        self._ask_zeros(said.asked_zeros, account)

    def _ask_zeros(self, entries: Sequence[Entry], account: Account) -> None:
        for entry in entries:
            if rules_out(self, entry, account):
                self._add_zero(entry.slot, settled_cell(entry, account), account)

    def _gather_one(self, account: Account, letters: frozenset[str], latest: bool = True) -> None:
        """Gather what an account says by the letter of the entries; of another pair, only what all pairs share."""
        foreign, table = letters is not BOTH, account.table
        for row in account.answer.rows or ONE_ROW:
            for entry in table.by_code.get(row.code, ()):
                if foreign and not entry.shared(letters):
                    continue
                if not latest and entry.state:
                    self.superseded.add(entry.slot)
                elif (piece := piece_of(self, entry, account, row)) is not None:
                    self._add_piece(entry.slot, piece)
        for entry in table.zeros:
            if (entry.state and not latest) or (foreign and not entry.shared(letters)):
                continue
            if (entry.superseded_by and self._silenced(account)) or not rules_out(self, entry, account):
                continue
            self._add_zero(entry.slot, settled_cell(entry, account), account)

    def _add_piece(self, slot: int, piece: Piece) -> None:
        if self.pieces[slot]:
            self.pieces[slot].append(piece)
        else:
            self.pieces[slot] = [piece]

    def _add_zero(self, slot: int, cell: int, account: Account) -> None:
        if cell >= 0:
            self.settled[cell] = 1
        if self.zeros[slot]:
            self.zeros[slot].append(account)
        else:
            self.zeros[slot] = [account]

    def _silenced(self, account: Account) -> bool:
        """Whether anyone said later that it is not known: a "no danger" does not outlast that."""
        silences = self.silences_at.get(account.table.number, ())
        return any((on, number) > (account.answer.on, account.number) for _, on, number in silences)
