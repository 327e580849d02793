"""The letters a and b in the codes of an answer, exchanged: for when another of two people is A than in what was sent.

Codes say them as words of their own: `a`, `lives_with_b`, `birth_a`. A word is exchanged only where the question knows
its counterpart, so that a code which merely holds the letter stays as it is.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from triage.flow.model import Question

_OTHER: Final[Mapping[str, str]] = {"a": "b", "b": "a"}


def counterpart(code: str, known: Iterable[str]) -> str:
    """Give the code in which a and b are exchanged, when it is known; else the code itself."""
    other = "_".join(_OTHER.get(word, word) for word in code.split("_"))
    return other if other in set(known) else code


def exchanged_value(question: Question, value: Any) -> Any:  # noqa: ANN401 — any value that a question takes
    """Exchange a and b in a raw value of a question, options, second codes and columns alike; texts stay as written."""
    if isinstance(value, str):
        return counterpart(value, question.options)
    if isinstance(value, list):
        return [exchanged_value(question, one) for one in value]
    if isinstance(value, Mapping):
        return dict(_exchanged_cell(question, str(key), cell) for key, cell in value.items())
    return value


def _exchanged_cell(question: Question, key: str, cell: Any) -> tuple[str, Any]:  # noqa: ANN401 — as above
    if key in {"code", "scale"}:
        known = question.options if key == "code" else question.scale
        return key, _each(cell, known)
    column = question.column(key)
    other = counterpart(key, (one.code for one in question.columns))
    return other, _each(cell, column.values) if column and column.values else cell


def _each(cell: Any, known: Iterable[str]) -> Any:  # noqa: ANN401 — as above
    if isinstance(cell, list):
        return [_each(one, known) for one in cell]
    return counterpart(cell, known) if isinstance(cell, str) else cell
