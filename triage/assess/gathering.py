"""Gather evidence from accounts, entry by entry: for each finding, what speaks for it and who said "not found".

This is the literal reading, with the answers at hand. What is said in words of the flows alone is read from what its
wording is known to say (`sayings.py`); here are read the answers that need more, and all of them where an explanation
or a rule asks which answers those were.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from triage.assess.compiled.tables import Entry, Table
from triage.assess.speaking import BOTH, NO_ROW, Listening, piece_of, rules_out, settled_cells
from triage.assess.worth.accounts import Account, Silence, current
from triage.assess.worth.pieces import Piece


class Gathering:
    """The evidence that was gathered.

    By the number of a slot: `pieces`, each with its account, and `zeros`, the accounts that said "not found".
    `settled` are the cells that some account settles; `superseded` the slots of states of which an earlier account
    was replaced. `only` limits all this to one slot.
    """

    def __init__(self, only: int | None = None) -> None:
        self._only = only
        self.pieces: dict[int, list[tuple[Piece, Account]]] = defaultdict(list)
        self.zeros: dict[int, list[Account]] = defaultdict(list)
        self.settled: set[int] = set()
        self.superseded: set[int] = set()

    def gather_place(
        self, c: Listening, table: Table, accounts: Sequence[Account], silences: Sequence[Silence]
    ) -> None:
        """Gather what all accounts of one place say; of a state, only those count that nothing has replaced."""
        counted = current(accounts, table.superseded_by, silences) if table.state else frozenset()
        for account in accounts:
            self.gather(c, account, silences=silences, latest=not table.state or account.number in counted)

    def gather(
        self,
        c: Listening,
        account: Account,
        letters: frozenset[str] = BOTH,
        *,
        silences: Iterable[Silence] = (),
        latest: bool = True,
    ) -> None:
        """Gather what an account says by the letter of the entries; of another pair, only what all pairs share."""
        table = account.table
        for row in account.answer.rows or (NO_ROW,):
            for entry in table.by_code.get(row.code, ()):
                if not self._reads(entry, letters):
                    continue
                if not latest and entry.state:
                    self.superseded.add(entry.slot)
                elif (piece := piece_of(c, entry, account, row)) is not None:
                    self.pieces[entry.slot].append((piece, account))
        for entry in table.zeros:
            replaced = (entry.state and not latest) or (entry.superseded_by and _silenced(account, silences))
            if not replaced and self._reads(entry, letters) and rules_out(c, entry, account):
                self._add_zero(entry, account)

    def _reads(self, entry: Entry, letters: frozenset[str]) -> bool:
        """Whether an entry is read: of the one slot that is wanted, and of another pair what all pairs share."""
        return (self._only is None or entry.slot == self._only) and (letters is BOTH or entry.shared(letters))

    def _add_zero(self, entry: Entry, account: Account) -> None:
        self.zeros[entry.slot].append(account)
        self.settled.update(settled_cells(entry, account))


def _silenced(account: Account, silences: Iterable[Silence]) -> bool:
    """Whether anyone said later that it is not known: a "no danger" does not outlast that."""
    return any((on, number) > (account.answer.on, account.number) for _, on, number in silences)
