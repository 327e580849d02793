"""Answers and acts as the JSON fields of a sealed row, and back; fields at their default are left out."""

from dataclasses import fields
from datetime import date
from typing import Any

from triage.cases.record import Act, Answer, Row, Signatory, Withdrawal

_NOT_IN_CONTENT = frozenset({"id", "withdrawn"})
_DAYS = ("day", "ask_again")
_PLAIN = tuple(entry.name for entry in fields(Answer) if entry.name not in {*_NOT_IN_CONTENT, *_DAYS, "on", "rows"})


def answer_content(answer: Answer) -> dict[str, Any]:
    """The fields of an answer that are sealed: all but its id."""
    content = {name: value for name in _PLAIN if (value := getattr(answer, name)) not in ("", None, False)}
    if answer.alone is not None:  # "not alone" and "nobody recorded it" are different things
        content["alone"] = answer.alone
    if answer.number is not None:
        content["number"] = answer.number
    if answer.rows:
        content["rows"] = [[row.code, row.scale, dict(row.cells)] for row in answer.rows]
    content |= {name: day.isoformat() for name in _DAYS if (day := getattr(answer, name))}
    return {**content, "on": answer.on.isoformat()}


def answer_from(identity: str, content: dict[str, Any], withdrawn: Withdrawal | None) -> Answer:
    """The answer of a sealed row."""
    rows = tuple(Row(code, scale, _cells(cells)) for code, scale, cells in content.get("rows", ()))
    plain = {"about": "", **{name: content[name] for name in _PLAIN if name in content}}
    day, ask_again = (date.fromisoformat(content[name]) if name in content else None for name in _DAYS)
    on = date.fromisoformat(content["on"])
    return Answer(id=identity, **plain, on=on, day=day, ask_again=ask_again, rows=rows, withdrawn=withdrawn)


def _cells(cells: dict[str, Any]) -> dict[str, Any]:
    """Cells with several codes come back as tuples, as they went in."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in cells.items()}


def act_content(act: Act) -> dict[str, Any]:
    """The fields of an act that are sealed."""
    return {
        "act": act.act,
        "about": act.about,
        "values": list(act.values),
        "on": act.on.isoformat(),
        "by": [[one.name, one.side] for one in act.by],
        "reason": act.reason,
    }


def act_from(identity: str, content: dict[str, Any]) -> Act:
    """The act of a sealed row."""
    return Act(
        id=identity,
        act=content["act"],
        about=content["about"],
        values=tuple(content["values"]),
        on=date.fromisoformat(content["on"]),
        by=tuple(Signatory(name, side) for name, side in content["by"]),
        reason=content["reason"],
    )
