"""The form of a question, built from its kind by one table, and the value that was typed, read back by the same table.

What is typed travels under these names: `code` (a choice), `cell-<column>` (a field beside it), `row-<i>-code`,
`row-<i>-scale`, `row-<i>-cell-<column>` (a row), `grid-<option>-scale`, `grid-<option>-cell-<column>` (a row for each
option), `value` (a text, a number, a day).
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from triage.assess.reading.days import iso_of, shape_of_day
from triage.cases.model import Raw
from triage.flow.model import Column, Kind, Question
from triage.web.forms.fields import Field, Label, Layout, Row, choices, chosen_in, column_field, select
from triage.web.shared.posted import Typed, number_of, text_of
from triage.web.shared.translation import translated as _

MOST_ROWS: Final = 30


@dataclass(frozen=True, slots=True)
class KindOfForm:
    """How a question of one kind is shown, and how what was typed becomes a value; an empty value is None."""

    build: Callable[[Question, Typed, Label], Layout]
    read: Callable[[Question, Typed], Raw]


def has_grid(question: Question) -> bool:
    """Say whether every option gets a row of its own: the rows can only be judged when all were asked."""
    return any(piece.complete for piece in question.evidence) or (question.kind is Kind.MANY and bool(question.scale))


def has_rows(question: Question) -> bool:
    """Say whether the answer is a list of rows that can grow."""
    return question.kind is Kind.TABLE or (question.kind is Kind.MANY and bool(question.columns))


def _columns(question: Question) -> tuple[Column, ...]:
    """Give the columns to fill; those that say the option or the scale once more are the choices themselves."""
    return tuple(column for column in question.columns if not column.restates)


def _cells(question: Question, prefix: str, typed: Typed, text: Label) -> tuple[Field, ...]:
    """Make the fields of the columns, named with a prefix."""
    return tuple(
        column_field(question.id, column, f"{prefix}{column.code}", typed, text) for column in _columns(question)
    )


def _choice(question: Question, typed: Typed, text: Label, *, several: bool) -> Field:
    options = choices(question.options, text, f"{question.id}.option.", chosen_in(typed, "code"))
    return Field("code", "checks" if several else "radios", text(f"{question.id}.ask"), "", options)


def _build_one(question: Question, typed: Typed, text: Label) -> Layout:
    """Show radios, and the columns below them."""
    return Layout(_choice(question, typed, text, several=False), _cells(question, "cell-", typed, text))


def _build_record(question: Question, typed: Typed, text: Label) -> Layout:
    """Show one choice, or several, with one set of fields."""
    choice = _choice(question, typed, text, several=question.multiple)
    return Layout(choice, _cells(question, "cell-", typed, text))


def _build_many(question: Question, typed: Typed, text: Label) -> Layout:
    """Show checkboxes; a grid when each option is said more of; rows when each carries fields."""
    if has_grid(question) or has_rows(question):
        return _build_table(question, typed, text)
    return Layout(_choice(question, typed, text, several=True))


def _build_table(question: Question, typed: Typed, text: Label) -> Layout:
    """Show a row for every option, or rows to fill."""
    if has_grid(question):
        return Layout(rows=tuple(_grid_row(question, option, typed, text) for option in question.options))
    count = min(max(number_of(typed.get("rows", "")) or 1, 1), MOST_ROWS)
    rows = tuple(_free_row(question, index, typed, text) for index in range(count))
    return Layout(rows=rows, can_grow=count < MOST_ROWS)


def _grid_row(question: Question, option: str, typed: Typed, text: Label) -> Row:
    name = f"grid-{option}-scale"
    heading = text(f"{question.id}.option.{option}")
    scale = choices(question.scale, text, f"{question.id}.scale.", chosen_in(typed, name))
    if option in question.exclusive or not scale:
        ticked = choices(("yes",), lambda _id: heading, "", chosen_in(typed, name))
        return Row("", (Field(name, "checks", heading, "", ticked),))
    said = Field(name, "radios", heading, "", scale)
    return Row(heading, (said,), _cells(question, f"grid-{option}-cell-", typed, text))


def _label_of(question: Question, what: str, text: Label) -> str:
    """Name the choice of a row: as the column that says it once more does, where there is one."""
    column = next((one.code for one in question.columns if one.restates == what), "")
    return text(f"{question.id}.column.{column}" if column else f"question.row.{what}")


def _free_row(question: Question, index: int, typed: Typed, text: Label) -> Row:
    prefix, label = f"row-{index}-", _label_of(question, "option", text)
    options = choices(question.options, text, f"{question.id}.option.", chosen_in(typed, f"{prefix}code"))
    fields = [select(f"{prefix}code", label, options, typed)]
    if question.scale:
        scale = choices(question.scale, text, f"{question.id}.scale.", chosen_in(typed, f"{prefix}scale"))
        fields.append(select(f"{prefix}scale", _label_of(question, "scale", text), scale, typed))
    return Row(str(index + 1), (*fields, *_cells(question, f"{prefix}cell-", typed, text)))


def _build_value(shape: str) -> Callable[[Question, Typed, Label], Layout]:
    def build(question: Question, typed: Typed, text: Label) -> Layout:
        """Show one field, and the columns as prompts of what to write."""
        prompts = " · ".join(text(f"{question.id}.column.{column.code}") for column in question.columns)
        ask = text(f"{question.id}.ask")
        return Layout(fields=(Field("value", shape, ask, typed.get("value", ""), (), prompts),))

    return build


def _read_cells(columns: tuple[Column, ...], prefix: str, typed: Typed) -> Iterator[tuple[str, Raw]]:
    """Give the filled fields of one row."""
    for column in columns:
        name = f"{prefix}{column.code}"
        if column.many and any(typed.getlist(name)):
            yield column.code, [value for value in typed.getlist(name) if value]
        elif not column.many and (text := text_of(typed, name)):
            yield column.code, iso_of(text) if shape_of_day(column) else text


def _row(code: str, scale: str, cells: Mapping[str, Raw]) -> dict[str, Raw]:
    return {"code": code} | ({"scale": scale} if scale else {}) | dict(cells)


def _read_one(question: Question, typed: Typed) -> Raw:
    """Give the code; with its fields when some are filled."""
    code, cells = text_of(typed, "code"), dict(_read_cells(_columns(question), "cell-", typed))
    return _row(code, "", cells) if cells else code or None


def _read_record(question: Question, typed: Typed) -> Raw:
    """Give one object: the code, or several, and the fields."""
    cells = dict(_read_cells(_columns(question), "cell-", typed))
    codes: list[Raw] = [unicodedata.normalize("NFC", code) for code in typed.getlist("code") if code]
    if not codes and not cells:
        return None
    chosen: Raw = codes if question.multiple else codes[0] if codes else ""
    return {"code": chosen} | cells


def _read_many(question: Question, typed: Typed) -> Raw:
    """Give the codes ticked, or the rows."""
    if has_grid(question) or has_rows(question):
        return _read_table(question, typed)
    return [code for code in typed.getlist("code") if code] or None


def _read_table(question: Question, typed: Typed) -> Raw:
    """Give the rows that hold something."""
    rows = list(_grid_rows(question, typed) if has_grid(question) else _free_rows(question, typed))
    return list(rows) or None


def _grid_rows(question: Question, typed: Typed) -> Iterator[Raw]:
    for option in question.options:
        scale = text_of(typed, f"grid-{option}-scale")
        cells = dict(_read_cells(_columns(question), f"grid-{option}-cell-", typed))
        if scale or cells:
            yield _row(option, "" if scale == "yes" and option in question.exclusive else scale, cells)


def _free_rows(question: Question, typed: Typed) -> Iterator[Raw]:
    for index in range(min(max(number_of(typed.get("rows", "")) or 1, 1), MOST_ROWS)):
        prefix = f"row-{index}-"
        cells = dict(_read_cells(_columns(question), f"{prefix}cell-", typed))
        code, scale = text_of(typed, f"{prefix}code"), text_of(typed, f"{prefix}scale")
        if code or scale or cells:
            yield _row(code, scale, cells)


def _read_text(_question: Question, typed: Typed) -> Raw:
    """Give the text as typed."""
    return text_of(typed, "value") or None


def _read_integer(_question: Question, typed: Typed) -> Raw:
    """Give a number when it is one; otherwise the text, which the check of the value refuses."""
    written = text_of(typed, "value")
    number = number_of(written)
    return number if number is not None else written or None


FORM_FOR: Mapping[Kind, KindOfForm] = MappingProxyType(
    {
        Kind.ONE: KindOfForm(_build_one, _read_one),
        Kind.MANY: KindOfForm(_build_many, _read_many),
        Kind.INTEGER: KindOfForm(_build_value("number"), _read_integer),
        Kind.DATE: KindOfForm(_build_value("date"), _read_text),
        Kind.TEXT: KindOfForm(_build_value("area"), _read_text),
        Kind.RECORD: KindOfForm(_build_record, _read_record),
        Kind.TABLE: KindOfForm(_build_table, _read_table),
    }
)
"""One line for each kind of question; a test asserts that none is missing."""


def layout_of(question: Question, typed: Typed, text: Label) -> Layout:
    """Build the answer part of a question page, with what was typed."""
    return FORM_FOR[question.kind].build(question, typed, text)


def value_typed(question: Question, typed: Typed) -> Raw:
    """Give the value that was typed, in the form of a case file (design page 4); None when nothing was."""
    return FORM_FOR[question.kind].read(question, typed)


def row_labels(text_id: str) -> str:
    """Give the two labels of a row that belong to no question."""
    if not text_id.startswith("question.row."):
        return ""
    return {"question.row.option": _("What"), "question.row.scale": _("More about it")}.get(text_id, "")
