"""What the further conditions of evidence ask of one row: what a column holds, whom it means, when, at what cost."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from triage.assess.reading.words import costs_nothing
from triage.cases.record import Cell, Row
from triage.cases.voices import NOTHING

if TYPE_CHECKING:
    from triage.assess.compiled.compiling import CompiledRulebook


class Rows:
    """Reads the rows of accounts about one pair on one day."""

    EMPTY = NOTHING

    book: "CompiledRulebook"
    letters: Mapping[str, str]
    others: frozenset[str]
    on: date

    def meant(self, row: Row, column: str, letter: str) -> bool:
        """Whether a row is about that person: named in the column, `both` (everybody), or the column is empty.

        A person of the case is named by the own letter, whatever the pair is; only where the case knows nobody of that
        name do `a` and `b` mean the first and the second of the pair.
        """
        cell = str(row.cells.get(column) or "").casefold()
        if cell in {"", "both"}:
            return True
        ids = {person.casefold(): where for person, where in self.letters.items()}
        return cell not in self.others and ids.get(cell, cell.upper()) == letter

    def cell(self, row: Row, column: str, values: Sequence[str]) -> bool:
        """Whether a column holds one of the values; a text or a list holds it as a word of its own."""
        held = row.cells.get(column)
        if isinstance(held, str) and (held in values or held.isidentifier()):
            return held in values  # a code; it holds no other words
        return held is not None and any(value in values for value in _words(held))

    def future(self, row: Row, column: str) -> bool:
        """Whether a column holds a day after the day of the assessment."""
        try:
            return date.fromisoformat(str(row.cells.get(column))) > self.on
        except ValueError:
            return False

    def costs(self, row: Row, column: str) -> bool:
        """Whether a text says that a refusal costs something: anything but words that say it costs nothing."""
        return not costs_nothing(row.cells.get(column), self.book.rulebook.words.get("no_cost", ()))


def _words(held: Cell) -> Iterator[str]:
    if isinstance(held, tuple):
        yield from held
    elif isinstance(held, str):
        yield held
        yield from held.replace(",", " ").replace(";", " ").split()
