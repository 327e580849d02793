"""The second look at what was typed: which words may do harm in a record, where, and why. It blocks nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from triage.checks.own_words import remarks
from triage.web.forms.fields import Field, Layout

_WORDS_OF_OTHERS: Final = ("own_words", "verbatim_example", "why_in_their_words", "what_was_said")
"""Columns that hold what somebody said, as they said it."""


@dataclass(frozen=True, slots=True)
class Look:
    """One word worth a second look: the id and label of its field, the word, why."""

    field: str
    label: str
    said: str
    why: str


def second_look(layout: Layout, language: str) -> tuple[Look, ...]:
    """Give the words worth a second look in the fields of a form, in their order."""
    return tuple(
        Look(field.name, field.label, one.said, one.why)
        for field in written(layout)
        for one in remarks(field.value, language)
    )


def written(layout: Layout) -> Iterator[Field]:
    """The fields in which a worker writes words of their own."""
    rows = (field for row in layout.rows for field in (*row.fields, *row.more))
    for field in (*layout.fields, *rows):
        if field.shape in {"text", "area"} and not field.name.endswith(_WORDS_OF_OTHERS):
            yield field
