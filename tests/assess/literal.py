"""The slow reading of a case: every entry and every rule by the letter, nothing remembered, nothing written as code."""

from typing import Any

from triage.assess import interpreting
from triage.assess.compiled.compiling import CompiledRulebook, Route
from triage.assess.compiled.tables import Table
from triage.assess.context import Context
from triage.assess.findings import Classes, PairFindings, because
from triage.assess.walk import edge_holds, named
from triage.assess.worth.pieces import Piece
from triage.assess.worth.standings import SOMEBODY_ELSE
from triage.cases.record import CaseRecord, Pair
from triage.flow.model import Move


class LiteralContext(Context):
    """A context that reads every entry of every answer, and no wording."""

    def listen(self) -> None:
        told = self.testimony
        for table in self.book.places:
            for account in told.accounts(table.number):
                self._state(account)
            for _, _, number in told.silences(table.number):
                self._take_silence(self.record.answers[number], table.number)
        self._elsewhere = True
        self._gather((), [table.number for table in self.book.places])


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
    findings = PairFindings(c.pair, tuple(c.strengths), classes, c)
    return {
        "strengths": dict(zip(names, c.strengths, strict=True)),
        "classes": {name: classes[number] for name, number in names.items()},
        "pieces": {slot.name: _pieces(c, slot.number) for slot in slots if c.pieces[slot.number]},
        "answers behind": {slot.name: _answers(c, slot.number) for slot in slots},
        "told because of": {slot.name: because(findings, slot.number) for slot in slots},
        "denials": {slot.name: _denials(c, slot.number) for slot in slots},
        "facts": c.facts,
        "unsafe": sorted(one if one in {"A", "B", ""} else SOMEBODY_ELSE for one in c.unsafe),
        "superseded": c.superseded,
        "fallen": fallen,
        "walks": walks,
    }


def _pieces(c: Context, slot: int) -> list[tuple[Any, ...]]:
    return sorted(_in_words(piece) for piece in c.pieces[slot])


def _in_words(piece: Piece) -> tuple[Any, ...]:
    standing = piece.standing
    speaker = standing.speaker if standing.speaker in {"A", "B", ""} else SOMEBODY_ELSE
    marks = (speaker, standing.unsafe, standing.relayed)
    return (piece.question, piece.strength, piece.source, piece.kind, piece.key, *marks)


def _answers(c: Context, slot: int) -> list[tuple[Any, ...]]:
    """The answers behind the evidence; gathered for this finding alone they are the same."""
    behind = [(at, _in_words(piece) if piece else ()) for piece, at in c.behind.get(slot, ())]
    alone = c.told_of(slot)
    pieces = [(account.number, _in_words(piece)) for piece, account in alone.pieces.get(slot, ())]
    assert sorted(behind) == sorted(pieces + [(one.number, ()) for one in alone.zeros.get(slot, ())])
    return sorted(behind)


def _denials(c: Context, slot: int) -> list[tuple[Any, ...]]:
    return sorted(
        (one.table.number, one.standing.source, one.standing.kind, one.standing.safe, sorted(one.codes))
        for _, one in c.denials.get(slot, ())
    )
