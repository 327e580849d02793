"""The slow reading of a case: every entry and every rule by the letter, nothing remembered, nothing written as code."""

from collections.abc import Sequence
from typing import Any

from triage.assess import interpreting
from triage.assess.compiled.compiling import CompiledRulebook, Route
from triage.assess.compiled.tables import Table
from triage.assess.context import Context
from triage.assess.findings import Classes
from triage.assess.speaking import BOTH
from triage.assess.walk import edge_holds, named
from triage.assess.worth.accounts import Account
from triage.cases.record import CaseRecord, Pair
from triage.flow.model import Move


class LiteralContext(Context):
    """A context that reads every entry of every answer."""

    def _gather_remembered(self, accounts: Sequence[Account]) -> None:
        for account in accounts:
            self._gather_one(account, BOTH)


def literal_context(book: CompiledRulebook, record: CaseRecord, pair: Pair, dropped: frozenset[str]) -> Context:
    """The findings of a pair, read rule by rule."""
    before = None
    if any(answer.withdrawn is not None and answer.withdrawn.on <= record.on for answer in record.answers):
        before = LiteralContext(book, record, pair, record.on, dropped, withdrawn=True)
        interpreting.evaluate(before, None)
    context = LiteralContext(book, record, pair, record.on, dropped, withdrawn=False)
    interpreting.evaluate(context, before)
    return context


def literal_fallen(c: Context) -> dict[tuple[str, str], str]:
    """The answered places that are not asked any more, question by question."""
    fallen = {
        place: table.question.when_text
        for place, table in c.book.tables.items()
        if not table.question.logbook and c.valued(place) and not c.asked(place)
    }
    for route in c.book.routes:
        for table in passed_over(c, route):
            if table.question.flow == route.flow.id and not table.question.logbook and c.valued(table.place):
                fallen.setdefault(table.place, "skipped by an edge of the flow")
    return fallen


def literal_walks(c: Context) -> list[tuple[Any, ...]]:
    """Every walk of a pair, question by question."""
    return [
        _walk(c, route) for route in c.book.routes if c.book.edges[route.flow.id, route.orientation](c.strengths, c)
    ]


def _walk(c: Context, route: Route) -> tuple[Any, ...]:
    skipped = [table.number for table in passed_over(c, route)]
    asked = [table for table in route.asked if c.asked(table.place) and table.number not in skipped]
    path = [table.question.id for table in asked if c.recorded(table.place)]
    waiting = [table.question.id for table in asked if not c.recorded(table.place)]
    for gate in route.flow.gates:
        if gate.about is route.about:
            passed = c.strengths[c.book.slots.number[gate.finding]] >= 2
            (path if passed else waiting).append(gate.id)
    about = named(route.about, route.orientation, c.pair)
    return route.flow.id, about, tuple(path), waiting[0] if waiting else None


def passed_over(c: Context, route: Route) -> list[Table]:
    """The questions of a route that a `go` edge passes over."""
    order = [table.question.id for table in route.asked]
    found: list[Table] = []
    for edge in route.flow.edges:
        leaves = edge.move is Move.GO and edge.source in order and c.valued((edge.source, route.orientation))
        if leaves and edge_holds(c, edge, route.orientation):
            end = order.index(edge.to) if edge.to in order else len(order)
            found += route.asked[order.index(edge.source) + 1 : end]
    return found


def everything(c: Context, fallen: object, walks: object) -> dict[str, object]:
    """All that two readings must agree on, in words that name what differs."""
    names, slots = c.book.slots.number, c.book.slots.all
    classes = Classes(c)
    return {
        "strengths": dict(zip(names, c.strengths, strict=True)),
        "classes": {name: classes[number] for name, number in names.items()},
        "pieces": {slot.name: _pieces(c, slot.number) for slot in slots if c.pieces[slot.number]},
        "ruled out by": {slot.name: [one.number for one in c.zeros[slot.number]] for slot in slots},
        "settled": bytes(c.settled),
        "superseded": c.superseded,
        "fallen": fallen,
        "walks": walks,
    }


def _pieces(c: Context, slot: int) -> list[tuple[Any, ...]]:
    return sorted((one.account.number, one.strength, one.source, one.kind, one.key) for one in c.pieces[slot])
