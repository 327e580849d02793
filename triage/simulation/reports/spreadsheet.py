"""A report as CSV: one line for each figure, safe to open in a spreadsheet."""

import csv
import io
from collections.abc import Iterator, Sequence

from triage.simulation.comparison import Change, Example, Route
from triage.simulation.reports.report import Report
from triage.simulation.statements import Kind

HEAD = ("kind", "name", "from", "to", "number", "examples")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula or a command, wide letters included."""


def spreadsheet(report: Report) -> str:
    """Write every figure of a report, however rare, with the cases that show it."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(HEAD)
    for line in _lines(report):
        writer.writerow([safe(cell) for cell in line])
    return written.getvalue()


def safe(cell: str | int) -> str | int:
    """Write a text so that no spreadsheet takes it for a formula: one that might be is given a leading apostrophe."""
    if isinstance(cell, int):
        return cell
    text = cell.replace("\0", "")
    return f"'{text}" if text.lstrip(' "').startswith(_FORMULA) or text.startswith(_FORMULA) else text


Line = tuple[str, str, str, str, int, str]


def _lines(report: Report) -> Iterator[Line]:
    found = report.comparison
    yield "cases", "all", "", "", found.cases, ""
    yield "cases", "changed", "", "", found.changed, ""
    yield "cases", "checked", "", "", found.checked, ""
    yield from _change(report, "start", found.starts)
    for one in found.broken:
        yield from _change(report, "law broken", one)
    for move in found.moves:
        yield "move", "", _route(move.old), _route(move.new), move.number, _labels(report, move.examples)
    for result in found.results:
        yield "result", "", result.old, result.new, result.number, _labels(report, result.examples)
    for kind, told in _KINDS.items():
        for one in found.of(kind):
            hold = kind is Kind.ROUTE and one.statement.name in found.holds
            yield from _change(report, "hold" if hold else told, one)


_KINDS = {Kind.ROUTE: "outcome", Kind.ADAPTED: "adaptation", Kind.GATE: "gate", Kind.ALERT: "alert"}


def _change(report: Report, kind: str, change: Change) -> Iterator[Line]:
    name = change.statement.name
    yield kind, name, "yes", "", change.old, ""
    yield kind, name, "", "yes", change.new, ""
    yield kind, name, "no", "yes", change.gained, _labels(report, change.gained_by)
    yield kind, name, "yes", "no", change.lost, _labels(report, change.lost_by)


def _route(route: Route) -> str:
    return f"{' '.join(route.outcomes)} ({'may start' if route.starts else 'nothing starts'})"


def _labels(report: Report, examples: Sequence[Example]) -> str:
    return "; ".join(report.label(one) for one in examples)
