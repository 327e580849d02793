"""The columns of a file of referrals: the fixed ones in either language, and those of the questions, by their ids."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from triage.flow.model import About, Question
from triage.flow.model import Column as FlowColumn
from triage.flow.problems import nearest
from triage.interchange.faults import LANGUAGES, Fault, FileRefused, vocabulary
from triage.interchange.values import MAIN, SCALE

NEEDED: Final = ("reference", "person", "RI-01", "RI-09")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a fixed name, or a question's id with the name of a cell of its answer."""

    name: str
    question: str = ""
    cell: str = ""


def fixed_columns() -> tuple[str, ...]:
    """Name the columns that every file may have, in the order of words.toml."""
    return tuple(vocabulary()["columns"])


def question_columns(questions: Iterable[Question]) -> tuple[Column, ...]:
    """Give the columns of questions, in their order: the answer, the second code, the other columns."""
    found: list[Column] = []
    for one in questions:
        found.append(Column(one.id, one.id, MAIN))
        if one.scale:
            found.append(Column(f"{one.id}.{SCALE}", one.id, SCALE))
        cells = (column.code for column in own_columns(one) if not column.support_only)
        found += [Column(f"{one.id}.{code}", one.id, code) for code in cells]
    return tuple(found)


def own_columns(question: Question) -> tuple[FlowColumn, ...]:
    """Give the columns of a question that no other cell of its rows says already."""
    said = {"code", SCALE} if question.scale else {"code"}
    return tuple(one for one in question.columns if one.code not in said)


def header_in(language: str, name: str) -> str:
    """Give the header of a column in a language; the columns of questions are the same in all."""
    fixed = vocabulary()["columns"].get(name)
    return str(fixed[language]) if fixed else name


def read_header(cells: Sequence[str], questions: Mapping[str, Question]) -> tuple[Column | None, ...]:
    """Read the headers of a file; None for an empty one. Raises `FileRefused` with everything that is wrong."""
    known = {_plain(header_in(language, name)): Column(name) for name in fixed_columns() for language in LANGUAGES}
    known |= {_plain(one.name): one for one in question_columns(questions.values())}
    reserved = {
        _plain(f"{one.id}.{cell.code}") for one in questions.values() for cell in one.columns if cell.support_only
    }
    faults: list[Fault] = []
    found: list[Column | None] = []
    for cell in cells:
        plain = _plain(cell)
        column = known.get(plain)
        if plain and column is None:
            code = "header-reserved" if plain in reserved else "header-unknown"
            near = "" if plain in reserved else nearest(plain, known)
            faults.append(Fault(1, cell, code, near=known[near].name if near else ""))
        elif column and column in found:
            faults.append(Fault(1, cell, "header-twice"))
        found.append(column)
    present = {one.name for one in found if one}
    faults += [Fault(1, name, "header-missing") for name in NEEDED if name not in present]
    if faults:
        raise FileRefused(*faults)
    return tuple(found)


def spoken_at(question: Question, person: str, pair: str) -> str:
    """Give the place that a row speaks of to a question: the referral, its person, or its pair."""
    return {About.CASE: "", About.PERSON: person, About.PAIR: pair}[question.about]


def _plain(header: str) -> str:
    """Compare headers without case, blanks around them and the two ways of writing an accent."""
    return unicodedata.normalize("NFC", header).strip().casefold().replace(" ", "_")
