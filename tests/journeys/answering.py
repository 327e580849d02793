"""An answer sheet (`triage assess` FILE) typed through the pages: which worker, which page, which fields."""

from collections.abc import Iterator
from typing import Any

from triage.cases.record import NON_ANSWERS
from triage.flow.model import Kind, Question
from triage.web.forms.questions import has_grid, has_rows
from triage.web.shared.places import slug_of

Item = dict[str, Any]
Fields = list[tuple[str, str]]
INTAKE = {"A": "intake-one", "B": "intake-two"}
ADVOCATE = {"A": "advocate-one", "B": "advocate-two"}
SIGNERS = {
    "ISS-STATUS": ADVOCATE, "RESX-SIGN": ADVOCATE, "LITINDEP-SIGN": INTAKE,
    "RISKPLAN-ADOPT": {"": "safety-lead"}, "REVIEW-CONCLUDED": {"A-B": "safety-lead"},
    "CROSS-SEARCH": {"A-B": "panel-independent"},
}  # fmt: skip


def who_types(item: Item) -> str:
    """The worker who would type an answer: the person's own, the advocate of whose words it relays, else intake."""
    by = str(item.get("by", ""))
    if item["source"] == "ISS":
        return ADVOCATE["A" if by == "A" else "B"]
    if item["source"] == "SELF":
        return INTAKE["B" if by == "B" else "A"]
    return INTAKE["A"]


def address_of(item: Item) -> str:
    """The end of the address of a question page."""
    return f"questions/{item['question'].lower()}/{slug_of(item.get('about', ''))}"


def fields_of(question: Question, item: Item) -> Fields:
    """Everything that is typed for an answer: its value and its circumstances."""
    return [*_value(question, item["value"]), *_circumstances(item)]


def _circumstances(item: Item) -> Iterator[tuple[str, str]]:
    by = str(item.get("by", ""))
    yield "source", item["source"]
    yield "by", by if len(by) == 1 else ""
    if len(by) > 1:
        yield "by_other", by
    yield "alone", {True: "yes", False: "no"}.get(item.get("alone"), "")
    yield "on", str(item["on"])
    yield "contact", str(item.get("contact", ""))
    if item.get("follow_up"):
        yield "follow_up", item["follow_up"]
    yield from ((flag, "yes") for flag in ("tainted", "interested", "hearsay") if item.get(flag))
    yield from ((name, item[name]) for name in ("recording",) if item.get(name))


def _value(question: Question, value: Any) -> Iterator[tuple[str, str]]:
    in_list = question.kind in {Kind.ONE, Kind.MANY} and not has_grid(question) and not has_rows(question)
    if value in NON_ANSWERS if isinstance(value, str) else False:
        yield ("code" if in_list else "non_answer"), value
    elif question.kind in {Kind.TEXT, Kind.INTEGER, Kind.DATE}:
        yield "value", str(value)
    elif has_grid(question):
        for row in map(_row, value):
            yield f"grid-{row['code']}-scale", row.get("scale") or "yes"
            yield from _cells(row, f"grid-{row['code']}-cell-")
    elif has_rows(question):
        yield "rows", str(len(value))
        for index, row in enumerate(map(_row, value)):
            yield from ((f"row-{index}-{part}", row[part]) for part in ("code", "scale") if row.get(part))
            yield from _cells(row, f"row-{index}-cell-")
    else:
        row = _row(value)
        codes = row["code"] if isinstance(row["code"], list) else [row["code"]]
        yield from (("code", code) for code in codes)
        yield from _cells(row, "cell-")


def _row(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {"code": value}


def _cells(row: dict[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for code, cell in row.items():
        if code not in {"code", "scale"}:
            yield from ((f"{prefix}{code}", str(one)) for one in (cell if isinstance(cell, list) else [cell]))
