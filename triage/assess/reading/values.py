"""Read the value of one answer by the type of its question: codes to rows, numbers, days and texts to themselves."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from triage.cases.record import NON_ANSWERS, Cell, Row
from triage.flow.model import Kind, Question
from triage.flow.problems import Problem, nearest

LONGEST_TEXT = 10_000
LARGEST_NUMBER = 1_000_000
MOST_ROWS = 200
NO_CELLS: Mapping[str, Cell] = {}
"""What a row without other columns has: one for all, as most rows are such."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value that fits its question; exactly one of the fields says something."""

    rows: tuple[Row, ...] = ()
    text: str = ""
    number: int | None = None
    day: date | None = None
    non_answer: str = ""


class NotAValue(ValueError):
    """The value does not fit; the message is plain, `near` the nearest option, when there is one."""

    def __init__(self, message: str, near: str = "") -> None:
        super().__init__(message)
        self.near = near


def read_value(question: Question, written: object) -> Value:
    """Read a value as the formats write it. Raises NotAValue with a plain sentence."""
    if isinstance(written, str) and written in NON_ANSWERS:
        return Value(non_answer=written)
    return _READERS[question.kind](question, written)


def value_or_problem(question: Question, written: object) -> Value | Problem:
    """The same, with the fault as a problem (code C008)."""
    try:
        return read_value(question, written)
    except NotAValue as fault:
        return Problem("C008", f"{question.id}: {fault}", near=fault.near)


def clean_text(written: object, most: int = LONGEST_TEXT) -> str:
    """Give a text back when it can be stored and shown; raise NotAValue for anything else."""
    if not isinstance(written, str):
        raise NotAValue("a text is expected here.")
    if len(written) > most:
        raise NotAValue(f"the text is longer than {most} characters.")
    if "\0" in written or any("\ud800" <= sign <= "\udfff" for sign in written):
        raise NotAValue("the text holds characters that are none.")
    return written


def shown(written: object, most: int = 60) -> str:
    """Any object of a file as a short text that can be stored and shown; it never fails, whatever was written."""
    if isinstance(written, int) and abs(written) > LARGEST_NUMBER**2:
        return "a number too large"
    scalar = written is None or isinstance(written, str | int | float | date)
    text = str(written)[:most] if scalar else f"a {type(written).__name__}"
    return "".join("?" if sign == "\0" or "\ud800" <= sign <= "\udfff" else sign for sign in text)[:most]


def read_day(written: object) -> date:
    """Read an ISO 8601 day. Raises NotAValue."""
    if isinstance(written, date):
        return date(written.year, written.month, written.day)
    if isinstance(written, str) and len(written) == len("2026-01-01"):
        try:
            return date.fromisoformat(written)
        except ValueError:
            pass
    raise NotAValue(f"`{shown(written, 40)}` is no date such as 2026-11-22.")


@lru_cache(maxsize=8192)
def _bare(code: str) -> Value:
    """One code and nothing else, the same object in every record; only codes of a question come here."""
    return Value(rows=(Row(code, "", NO_CELLS),))


def _codes(question: Question, written: object) -> Value:
    if isinstance(written, str | bool):
        return _bare(_code(written, question.options, "options"))
    if isinstance(written, Mapping):
        return Value(rows=_checked(question, list(_record_rows(question, written))))
    if question.kind is Kind.ONE or not isinstance(written, Sequence):
        raise NotAValue("one code is expected." if question.kind is Kind.ONE else "a list of codes is expected.")
    rows = [row for item in written for row in _record_rows(question, item)]
    return Value(rows=_checked(question, rows))


def _record_rows(question: Question, item: object) -> Iterator[Row]:
    """One row for each code of an object; a plain code is an object with nothing else."""
    given: dict[object, object] = dict(item) if isinstance(item, Mapping) else {"code": item}
    codes = given.get("code")
    many = question.multiple and isinstance(codes, Sequence) and not isinstance(codes, str)
    for code in codes if many and isinstance(codes, Sequence) else (codes,):
        yield _row(question, {**given, "code": code})


def _row(question: Question, item: Mapping[object, object]) -> Row:
    code = _code(item.get("code"), question.options, "options")
    if item.keys() == {"code"}:
        return _bare(code).rows[0]
    scale = _code(item["scale"], question.scale, "scale") if item.get("scale") not in (None, "") else ""
    cells = {
        _column(question, key): _cell(question, shown(key), value)
        for key, value in item.items()
        if key not in {"code", "scale"}
    }
    return Row(code, scale, cells or NO_CELLS)


def _column(question: Question, key: object) -> str:
    codes = [column.code for column in question.columns]
    if key not in codes:
        raise NotAValue(f"`{shown(key)}` is no column of this question.", nearest(shown(key), codes))
    return shown(key)


def _code(written: object, known: Sequence[str], what: str) -> str:
    word = {True: "yes", False: "no"}[written] if isinstance(written, bool) else written
    if not isinstance(word, str) or word not in known:
        raise NotAValue(f"`{shown(written)}` is not among its {what}.", nearest(shown(written), known))
    return known[known.index(word)]


def _cell(question: Question, code: str, written: object) -> Cell:
    column = question.column(code)
    if isinstance(written, Sequence) and not isinstance(written, str):
        if any(isinstance(one, Sequence) and not isinstance(one, str) for one in written):
            raise NotAValue(f"a list in `{code}` holds plain words only.")
        return tuple(str(_cell(question, code, one)) for one in written)
    if isinstance(written, date):
        return written.isoformat()
    if column and column.values and not column.many and written not in (None, ""):
        return _code(written, column.values, f"values of `{code}`")
    if isinstance(written, bool):
        return "yes" if written else "no"
    if written is None or (isinstance(written, int) and abs(written) <= LARGEST_NUMBER):
        return written
    return clean_text(written)


def _checked(question: Question, rows: list[Row]) -> tuple[Row, ...]:
    if not rows:
        raise NotAValue("no code is chosen; choose one, or NK, DEC or NSA.")
    if len(rows) > MOST_ROWS:
        raise NotAValue(f"more than {MOST_ROWS} rows.")
    alone = [row.code for row in rows if row.code in question.exclusive]
    if alone and len({row.code for row in rows}) > 1:
        raise NotAValue(f"`{alone[0]}` cannot be combined with other codes.")
    return tuple(rows)


def _number(_: Question, written: object) -> Value:
    if isinstance(written, bool) or not isinstance(written, int) or abs(written) > LARGEST_NUMBER:
        raise NotAValue(f"a whole number within {LARGEST_NUMBER} is expected.")
    return Value(number=written)


def _day(_: Question, written: object) -> Value:
    return Value(day=read_day(written))


def _text(question: Question, written: object) -> Value:
    text = clean_text(written, question.max_length or LONGEST_TEXT)
    if not text.strip():
        raise NotAValue("the text is empty; give NK when nothing is known yet.")
    return Value(text=text)


_READERS: Mapping[Kind, Callable[[Question, object], Value]] = {
    Kind.ONE: _codes,
    Kind.MANY: _codes,
    Kind.RECORD: _codes,
    Kind.TABLE: _codes,
    Kind.INTEGER: _number,
    Kind.DATE: _day,
    Kind.TEXT: _text,
}
