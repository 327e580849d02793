"""Referrals as rows, the same rows as CSV or XLSX that is safe to open, and templates of both in either language."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from triage.assess.reading.exchanging import exchanged_value
from triage.assess.reading.values import NotAValue
from triage.cases.agency.referral import AgencyReferral, ReferredPerson
from triage.cases.model import Raw
from triage.cases.record import Pair
from triage.flow.model import About, Question
from triage.interchange.columns import Column, fixed_columns, header_in, question_columns
from triage.interchange.faults import Fault, FileRefused, vocabulary
from triage.interchange.referrals import GUIDE_MARK
from triage.interchange.safety import quoted
from triage.interchange.values import MAIN, SCALE, SEPARATOR, ValueRow, rows_of

Cells = dict[str, str]
"""One row: its cells by the name of the column."""
Words = Callable[[str], str]
"""Gives the text of flows in one language for an id (`RI-01.ask`), or an empty one."""
_WIDTH: Final = 24


def table_of(
    referrals: Iterable[AgencyReferral], questions: Mapping[str, Question], language: str = "en"
) -> tuple[tuple[str, ...], ...]:
    """Write referrals as rows below a header; `referrals_in` reads the same drafts back.

    Raises `FileRefused` for what no file can carry: a text with a control character, a value with `;` in a list.
    """
    rows = [row for one in referrals for row in cells_of(one, questions)]
    filled = {name for row in rows for name in row}
    names = (*fixed_columns(), *(one.name for one in question_columns(questions.values())))
    used = [name for name in names if name in filled or name in {"reference", "person", "RI-01", "RI-09"}]
    body = tuple(tuple(_sound(row.get(name, ""), name, number) for name in used) for number, row in enumerate(rows, 2))
    return (tuple(header_in(language, name) for name in used), *body)


def template(questions: Mapping[str, Question], words: Words, language: str) -> tuple[tuple[str, ...], ...]:
    """Give the header of every column, and a second row that says what goes in; readers pass over that row."""
    columns = (*(Column(name) for name in fixed_columns()), *question_columns(questions.values()))
    says = [_says(column, questions, words, language) for column in columns]
    says[0] = f"{GUIDE_MARK} {says[0]}"
    return tuple(header_in(language, one.name) for one in columns), tuple(says)


def guide(questions: Mapping[str, Question], words: Words) -> tuple[tuple[str, ...], ...]:
    """Give, for a second sheet, every code that a column takes, with its words."""
    lines: list[tuple[str, ...]] = []
    for column in question_columns(questions.values()):
        question = questions[column.question]
        codes = (*_codes(column, question), *(("NK", "DEC", "NSA") if column.cell == MAIN else ()))
        lines += [(column.name, code, _label(column, question, code, words)) for code in codes]
    return tuple(lines)


def as_csv(table: Iterable[Sequence[str]]) -> bytes:
    """Write rows as CSV in UTF-8 with its mark, so that spreadsheets read every letter."""
    page = io.StringIO(newline="")
    writer = csv.writer(page, lineterminator="\r\n")
    for row in table:
        writer.writerow([quoted(cell) for cell in row])
    return page.getvalue().encode("utf-8-sig")


def as_xlsx(sheets: Mapping[str, Iterable[Sequence[str]]]) -> bytes:
    """Write sheets by name, every cell as text, the first row kept in sight."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    for name, table in sheets.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        rows = list(table)
        for place in range(len(rows[0]) if rows else 0):
            sheet.column_dimensions[_letter(place)].width = _WIDTH
        for row in rows:
            cells = []
            for text in row:
                cell = WriteOnlyCell(sheet, value=quoted(text) or None)
                cell.data_type = "s" if text else "n"
                cell.number_format = "@"
                cells.append(cell)
            sheet.append(cells)
    page = io.BytesIO()
    book.save(page)
    return page.getvalue()


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(place + 1))


def cells_of(referral: AgencyReferral, questions: Mapping[str, Question]) -> Iterator[Cells]:
    """Write the rows of one referral: those of a person one after the other, each list spread over them."""
    referral = in_order(referral, questions)
    ready = {(one.question, one.about): _answer_rows(questions[one.question], one.value) for one in referral.answers}
    for place, person in enumerate(referral.persons):
        blocks = [_person_rows(person, referral if place == 0 else None)]
        own = (pair for pair in referral.pairs if pair.a == person.letter)
        blocks.append([row for pair in own for row in _pair_rows(pair, ready, questions)])
        for (name, about), rows in ready.items():
            if about == person.letter or (not about and place == 0):
                blocks.append([_named(name, row) for row in rows])
        for parts in zip_longest(*blocks, fillvalue=None):
            row: Cells = {"reference": referral.external_reference, "person": person.letter}
            for part in parts:
                row |= part or {}
            yield row


def in_order(referral: AgencyReferral, questions: Mapping[str, Question]) -> AgencyReferral:
    """Name every pair by its letters in order, as files do, and exchange a and b in what is said of those turned."""
    turned = {pair.undirected: Pair(*sorted((pair.a, pair.b))) for pair in referral.pairs if pair.a > pair.b}
    answers = [
        replace(one, about=turned[one.about].undirected, value=exchanged_value(questions[one.question], one.value))
        if one.about in turned
        else one
        for one in referral.answers
    ]
    place = {name: at for at, name in enumerate(questions)}
    answers.sort(key=lambda one: (place[one.question], one.about))
    pairs = sorted((turned.get(pair.undirected, pair) for pair in referral.pairs), key=lambda pair: pair.undirected)
    return replace(referral, pairs=tuple(pairs), answers=tuple(answers))


def _pair_rows(
    pair: Pair, ready: Mapping[tuple[str, str], tuple[ValueRow, ...]], questions: Mapping[str, Question]
) -> list[Cells]:
    """Write what is said of a pair, each row naming the other person."""
    said = [
        [_named(name, row) for row in rows]
        for (name, about), rows in ready.items()
        if questions[name].about is About.PAIR and about == pair.undirected
    ]
    merged: list[Cells] = []
    for parts in zip_longest(*said, fillvalue=None):
        row: Cells = {}
        for part in parts:
            row |= part or {}
        merged.append(row)
    return [{"with": pair.b, **row} for row in merged or [{}]]


def _person_rows(person: ReferredPerson, referral: AgencyReferral | None) -> list[Cells]:
    known = person.known
    first: Cells = {"called": person.called, "given": known.given, "family": known.family}
    first["birth"] = person.birth.isoformat() if person.birth else ""
    first["birth_year"] = str(known.birth_year or "")
    first["opinion"] = referral.opinion if referral else ""
    for name in ("also", "former", "phones", "emails"):
        parts = getattr(known, name)
        if any(SEPARATOR in part or part != part.strip() for part in parts):
            raise FileRefused(Fault(0, name, "separator"))
        first[name] = SEPARATOR.join(parts)
    rows: list[Cells] = [first]
    for place, address in enumerate(known.addresses):
        if place == len(rows):
            rows.append({})
        rows[place] |= {"street": address.street, "postcode": address.postcode}
    return [{name: cell for name, cell in row.items() if cell} for row in rows]


def _answer_rows(question: Question, value: Raw) -> tuple[ValueRow, ...]:
    try:
        rows = rows_of(question, value)
    except NotAValue:
        raise FileRefused(Fault(0, question.id, "value")) from None
    if len(rows) > 1 and all(row.cells.keys() == {MAIN} for row in rows):
        return (ValueRow({MAIN: SEPARATOR.join(row.cells[MAIN] for row in rows)}),)
    return rows


def _named(question: str, row: ValueRow) -> Cells:
    return {f"{question}.{name}" if name else question: cell for name, cell in row.cells.items()}


def _sound(cell: str, column: str, row: int) -> str:
    """Refuse, by name, a text that would not come back as it was."""
    if any(not sign.isprintable() and sign not in "\n\t" and ord(sign) < 0xA0 for sign in cell):
        raise FileRefused(Fault(row, column, "text"))
    if any("\ud800" <= sign <= "\udfff" or sign in "\ufffe\uffff" for sign in cell):
        raise FileRefused(Fault(row, column, "text"))
    return cell


def _codes(column: Column, question: Question) -> tuple[str, ...]:
    if column.cell == MAIN:
        return question.options
    if column.cell == SCALE:
        return question.scale
    found = question.column(column.cell)
    return found.values if found else ()


def _says(column: Column, questions: Mapping[str, Question], words: Words, language: str) -> str:
    """Say what goes into a column: the words of words.toml, or of the question, with the codes it takes."""
    if not column.question:
        return str(vocabulary()["columns"][column.name][f"{language}_says"])
    question = questions[column.question]
    text = words(_asked(column, question)) if column.cell != SCALE else ""
    codes = ", ".join(_codes(column, question))
    return " ".join(part for part in (text, f"[{codes}]" if codes else "") if part)


def _asked(column: Column, question: Question) -> str:
    return f"{question.id}.ask" if column.cell == MAIN else f"{question.id}.column.{column.cell}"


def _label(column: Column, question: Question, code: str, words: Words) -> str:
    if code in {"NK", "DEC", "NSA"}:
        return words(f"non_answer.{code}")
    kind = {MAIN: "option", SCALE: "scale"}.get(column.cell)
    key = f"{question.id}.{kind}.{code}" if kind else f"{question.id}.column.{column.cell}.{code}"
    return words(key)
