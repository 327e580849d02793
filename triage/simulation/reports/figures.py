"""A report as plain values, for `--json`."""

from collections.abc import Sequence
from typing import Any

from triage.flow.values import in_words
from triage.simulation.comparison import Change, Example, Route
from triage.simulation.reports.report import CaseShown, Report, persons_of
from triage.simulation.statements import Kind

Figures = dict[str, Any]


def figures(report: Report) -> Figures:
    """Give every figure of a report; moves and changes are all here, however rare."""
    found = report.comparison
    return {
        "old": report.old,
        "new": report.new,
        "origin": dict(report.origin),
        "cases": found.cases,
        "checked": found.checked,
        "changed": found.changed,
        "persons_moved": found.moved,
        "starts": _change(report, found.starts),
        "laws_broken": [_change(report, one) for one in found.broken],
        "moves": [
            {
                "from": _route(move.old),
                "to": _route(move.new),
                "number": move.number,
                "examples": _labels(report, move.examples),
            }
            for move in found.moves
        ],
        "results": [
            {"from": one.old, "to": one.new, "number": one.number, "examples": _labels(report, one.examples)}
            for one in found.results
        ],
        **{key: [_change(report, one) for one in found.of(kind)] for key, kind in _KINDS.items()},
        "holds": [_change(report, one) for one in found.of(Kind.ROUTE, found.holds)],
        "names": {one.kind: {"removed": list(one.removed), "added": list(one.added)} for one in report.names},
        "unread": list(report.unread),
        "examples": [_case(report, one) for one in report.shown.values()],
    }


_KINDS = {"outcomes": Kind.ROUTE, "adaptations": Kind.ADAPTED, "gates": Kind.GATE, "alerts": Kind.ALERT}


def _route(route: Route) -> Figures:
    return {"outcomes": list(route.outcomes), "starts": route.starts}


def _change(report: Report, change: Change) -> Figures:
    return {
        **({"name": change.statement.name} if change.statement.name else {}),
        "old": change.old,
        "new": change.new,
        "gained": change.gained,
        "lost": change.lost,
        "gained_by": _labels(report, change.gained_by),
        "lost_by": _labels(report, change.lost_by),
    }


def _labels(report: Report, examples: Sequence[Example]) -> list[str]:
    return [report.label(one) for one in examples]


def _case(report: Report, shown: CaseShown) -> Figures:
    persons = {
        person: {"from": {"outcomes": list(old), "starts": started}, "to": {"outcomes": list(new), "starts": starts}}
        for person, old, started, new, starts in persons_of(shown)
    }
    return {
        "case": shown.label,
        "facts": {one.name: in_words(one.old) for one in shown.facts if one.old != report.quiet},
        "facts_new": {one.name: in_words(one.new) for one in shown.facts if one.new != one.old},
        "other_facts": in_words(report.quiet),
        "latched": list(shown.latched),
        "result": {"from": shown.old.result, "to": shown.new.result},
        "persons": persons,
        "only_old": [str(one) for one in shown.only_old],
        "only_new": [str(one) for one in shown.only_new],
    }
