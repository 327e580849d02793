"""An answer turned back into what was typed, so that it can be corrected on the page where it was given."""

from triage.cases.record import Answer, Cell, Row
from triage.flow.model import Kind, Question
from triage.web.forms.questions import has_grid, has_rows
from triage.web.shared.posted import Typed


def typed_again(question: Question, answer: Answer) -> Typed:
    """Give the typed form of an answer: its value and its circumstances."""
    typed = Typed(_circumstances(answer))
    if answer.non_answer:
        same_list = question.kind in {Kind.ONE, Kind.MANY} and not has_grid(question) and not has_rows(question)
        typed["code" if same_list else "non_answer"] = answer.non_answer
        return typed
    typed["value"] = answer.text or ("" if answer.number is None else str(answer.number)) or str(answer.day or "")
    typed["follow_up"] = answer.follow_up
    typed["rows"] = str(max(len(answer.rows), 1))
    for index, row in enumerate(answer.rows):
        _type_row(question, index, row, typed)
    return typed


def _circumstances(answer: Answer) -> dict[str, str]:
    flags = {"tainted": answer.tainted, "interested": answer.interested, "hearsay": answer.hearsay}
    return {
        "source": answer.source,
        "by": answer.by if len(answer.by) == 1 else "",
        "by_other": answer.by if len(answer.by) > 1 else "",
        "alone": {True: "yes", False: "no", None: ""}[answer.alone],
        "on": answer.on.isoformat(),
        "contact": answer.contact,
        "recording": answer.recording,
        "copy_of": answer.copy_of,
        "ask_again": answer.ask_again.isoformat() if answer.ask_again else "",
    } | {name: "yes" for name, holds in flags.items() if holds}


def _type_row(question: Question, index: int, row: Row, typed: Typed) -> None:
    if has_grid(question):
        typed[f"grid-{row.code}-scale"] = row.scale or "yes"
        prefix = f"grid-{row.code}-cell-"
    elif has_rows(question):
        typed[f"row-{index}-code"], typed[f"row-{index}-scale"] = row.code, row.scale
        prefix = f"row-{index}-cell-"
    else:
        typed.add("code", row.code)
        prefix = "cell-"
    for code, cell in row.cells.items():
        typed.setlist(f"{prefix}{code}", _cell_typed(cell))


def _cell_typed(cell: Cell) -> list[str]:
    if isinstance(cell, tuple):
        return list(cell)
    return [] if cell is None else [str(cell)]
