"""Say what the columns of rows hold in words of the flows: a code, nothing, or of what sort a text is."""

from collections.abc import Collection, Iterator

from triage.cases.record import Cell, Row
from triage.cases.voices import COSTS_NOTHING, NOTHING, SOME_TEXT
from triage.flow.model import Question


def in_words(question: Question, rows: tuple[Row, ...], no_cost: Collection[str]) -> tuple[Row, ...]:
    """Give the rows with their words; `no_cost` are the texts that say that a refusal costs nothing."""
    if not any(row.cells for row in rows):
        return rows
    coded = {column.code: frozenset(column.values) for column in question.columns if not column.many}
    return tuple([Row(row.code, row.scale, row.cells, tuple(_words(row, coded, no_cost))) for row in rows])


def _words(row: Row, coded: dict[str, frozenset[str]], no_cost: Collection[str]) -> Iterator[tuple[str, Cell]]:
    for column, held in row.cells.items():
        if held in NOTHING or (isinstance(held, str) and held in coded.get(column, ())):
            yield column, held
        else:
            yield column, COSTS_NOTHING if costs_nothing(held, no_cost) else SOME_TEXT


def costs_nothing(held: Cell, no_cost: Collection[str]) -> bool:
    """Whether a text says nothing, or that a refusal costs nothing."""
    text = str(held or "").strip().rstrip(".").casefold()
    return not text or text in no_cost
