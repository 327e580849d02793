"""Whom a column of a question about the whole case may name: A and B by its own codes, anybody else by their letter.

Of a pair the codes `a` and `b` mean the two of that pair. About the whole case they mean the persons A and B of the
case, whatever its pairs are; every other person is named by the own letter, in small like all codes (`k`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from triage.cases.record import Cell, Row
from triage.flow.model import About, Column, Question

_TWO: Final = frozenset({"a", "b"})


def naming(question: Question, persons: Iterable[str]) -> Question:
    """Give a question whose columns that name a person take these persons of a case too; any other as it is."""
    if not any(_names_a_person(question, column) for column in question.columns):
        return question
    letters = tuple(person.casefold() for person in persons)
    return replace(question, columns=tuple(_with(question, column, letters) for column in question.columns))


def letters_named(question: Question, rows: Iterable[Row]) -> frozenset[str]:
    """Give the letters of those whom rows name beside A and B."""
    return frozenset(letter for row in rows for letter in _named(question, row.cells))


def _named(question: Question, cells: Mapping[str, Cell]) -> Iterator[str]:
    for column in question.columns:
        if _names_a_person(question, column) and (cell := cells.get(column.code)) and cell not in column.values:
            yield str(cell).upper()


def _names_a_person(question: Question, column: Column) -> bool:
    return question.about is About.CASE and set(column.values) >= _TWO


def _with(question: Question, column: Column, letters: tuple[str, ...]) -> Column:
    """The two of the opening first, then everybody else, then what is nobody's letter."""
    if not _names_a_person(question, column):
        return column
    more = tuple(letter for letter in letters if letter not in column.values)
    named, rest = ("a", "b"), tuple(value for value in column.values if value not in _TWO)
    return replace(column, values=(*named, *more, *rest))
