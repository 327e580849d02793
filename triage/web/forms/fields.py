"""The parts of which forms are built: choices, written fields, rows; each knows its name and what was typed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from triage.assess.reading.days import shape_of_day
from triage.flow.model import Column
from triage.web.shared.posted import Typed
from triage.web.shared.translation import translated as _

Label = Callable[[str], str]
"""Gives the text of an id, with the persons of the page in place."""

_NUMBERS: Final = frozenset({"age_a_first", "age_a_latest", "age_b_first", "age_b_latest"})
_LONG: Final = frozenset(
    {"example", "own_words", "verbatim_example", "what_happened", "sequence", "why_in_their_words", "what_was_said"}
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen."""

    value: str
    text: str
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `shape` is radios, checks, select, text, area, date, period, number or hidden."""

    name: str
    shape: str
    label: str
    value: str = ""
    choices: tuple[Choice, ...] = ()
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its heading, the field or fields that are seen at once, and those for more words."""

    heading: str
    fields: tuple[Field, ...]
    more: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class Layout:
    """The answer part of a question page: one list of choices, fields beside it, and rows."""

    choice: Field | None = None
    fields: tuple[Field, ...] = ()
    rows: tuple[Row, ...] = ()
    can_grow: bool = False


def choices(values: tuple[str, ...], text: Label, prefix: str, chosen: frozenset[str]) -> tuple[Choice, ...]:
    """Make choices of codes, their texts looked up under the prefix."""
    return tuple(Choice(value, text(f"{prefix}{value}"), value in chosen) for value in values)


def chosen_in(typed: Typed, name: str) -> frozenset[str]:
    """Give the codes chosen under one name."""
    return frozenset(typed.getlist(name))


def select(name: str, label: str, options: tuple[Choice, ...], typed: Typed) -> Field:
    """Make a list to choose one of the catalogue's options from, with an empty line first."""
    return Field(name, "select", label, typed.get(name, ""), (Choice("", "", not typed.get(name)), *options))


def column_shape(column: Column) -> str:
    """Say how the field of a column is written."""
    if column.values:
        return "select"
    if shape := shape_of_day(column):
        return shape
    if column.code in _NUMBERS:
        return "number"
    return "area" if column.code in _LONG else "text"


def column_field(question: str, column: Column, name: str, typed: Typed, text: Label) -> Field:
    """Make the field of one column of a question."""
    label = text(f"{question}.column.{column.code}")
    if not column.values:
        shape = column_shape(column)
        hint = _("A year alone is enough: 2010, 3/2010 or 5/3/2010.") if shape == "period" else ""
        return Field(name, shape, label, typed.get(name, ""), hint=hint)
    options = choices(column.values, text, f"{question}.column.{column.code}.", chosen_in(typed, name))
    if not column.many:
        return select(name, label, options, typed)
    return Field(name, "checks", label, "", options)
