"""Compile the flows and finding rules once: tables from answers to evidence, and each rule to plain Python."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from triage.assess.compiled.cells import Cells
from triage.assess.compiled.codes import codes_read
from triage.assess.compiled.denying import Denyings
from triage.assess.compiled.facts import Facts
from triage.assess.compiled.looking import places_of
from triage.assess.compiled.order import circles_among, in_order
from triage.assess.compiled.spelling import RuleSpelling
from triage.assess.compiled.tables import (
    ORIENTATIONS,
    Compiled,
    Table,
    TableMaker,
    compiled_condition,
    roles_of,
)
from triage.assess.compiled.writing import ABOUT_ORDER, Written
from triage.assess.measuring.measures import DENIALS_READ, MEASURES, NUMBERS
from triage.assess.measuring.remembered import Remembered
from triage.assess.slots import Slot, Slots, slots_of
from triage.assess.worth.competence import COMPETENCE, Judge, competence_of
from triage.assess.worth.standings import Standings
from triage.flow.conditions import Always, Condition
from triage.flow.model import About, Edge, Flow, Move, Rulebook
from triage.flow.problems import Problem

__all__ = [
    "ABOUT_ORDER",
    "ALWAYS",
    "ORIENTATIONS",
    "CompiledRulebook",
    "Program",
    "Route",
    "circles",
    "compile_rulebook",
    "roles_of",
]

ALWAYS: Compiled = lambda *_: True  # noqa: E731 - a named constant, compared by identity
LOGBOOK = "RC-"
"""How the ids of the questions of flow k begin: what they tell has happened."""


@dataclass(frozen=True, slots=True)
class Program:
    """How one slot gets its strength from its pieces: compiled rules, zero, and what keeps it unknown.

    A rule rests on other slots; each with whether that slot is worked out before this one.
    """

    slot: Slot
    rules: tuple[tuple[int, Compiled, tuple[tuple[int, bool], ...]], ...]
    zero: Compiled | None
    unknown_when: Compiled | None
    falls_when: Compiled | None
    judge: Judge
    x: str
    y: str
    complete: Mapping[str, frozenset[str]]
    ruled_out_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leap:
    """A `go` edge of a route: the fact that its question is answered, its condition, the tables it passes over."""

    answered: int
    holds: Compiled
    skipped: tuple[Table, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """The questions of a flow about one thing, in order, and the edges that may pass over some of them."""

    flow: Flow
    about: About
    orientation: str
    asked: tuple[Table, ...]
    leaps: tuple[Leap, ...]


@dataclass(frozen=True, eq=False)
class CompiledRulebook:
    """A rulebook made ready: what one assessment needs, and nothing of it changes afterwards.

    Tables, and everything about places, are numbered in the order of `places`.
    """

    rulebook: Rulebook
    slots: Slots
    tables: Mapping[tuple[str, str], Table]
    cells: Cells
    programs: tuple[Program, ...]
    routes: tuple[Route, ...]
    edges: Mapping[tuple[str, str], Compiled]

    @cached_property
    def written(self) -> Written:
        """The functions written from the rules."""
        return Written(self)

    @cached_property
    def places(self) -> tuple[Table, ...]:
        """The tables by number."""
        return tuple(self.tables.values())

    @cached_property
    def named(self) -> tuple[tuple[str, str], ...]:
        """The question and the orientation of each place, by its number."""
        return tuple(self.tables)

    @cached_property
    def numbers(self) -> Mapping[tuple[str, str], int]:
        """The number of each place."""
        return {place: table.number for place, table in self.tables.items()}

    @cached_property
    def tables_at(self) -> Mapping[str, Mapping[str, Table]]:
        """The tables by orientation, then by question."""
        orientations = ("", "A", "B", "AB", "BA")
        return {
            where: {question: table for (question, at), table in self.tables.items() if at == where}
            for where in orientations
        }

    @cached_property
    def standings(self) -> Standings:
        """How the words of a party, or of nobody named, are taken: the same in every case."""
        return Standings(frozenset(self.rulebook.sources))

    @cached_property
    def denyings(self) -> Denyings:
        """What rules ask about "not found"."""
        return Denyings(self)

    @cached_property
    def facts(self) -> Facts:
        """The numbers of everything that answers can say."""
        return Facts(
            self.places,
            self.cells.size,
            tuple(self.rulebook.sources),
            codes_read(self.rulebook),
        )

    @cached_property
    def measured_at(self) -> tuple[tuple[int, ...], ...]:
        """For each measure by its number, the places whose wordings may decide it; none when they are not few."""
        return tuple(places_of(MEASURES[name], where, self.tables) for name, where in NUMBERS)

    @cached_property
    def direct(self) -> frozenset[int]:
        """The slots of which every piece of evidence speaks by itself: none is counted, or read by a rule alone."""
        entries = (one for table in self.places for found in table.by_code.values() for one in found)
        return frozenset(slot.number for slot in self.slots.all) - {one.slot for one in entries if one.kind}

    @cached_property
    def needs(self) -> tuple[Sequence[Mapping[str, int]], ...]:
        """For each slot, the ways of counting its elements."""
        return tuple(slot.finding.needs for slot in self.slots.all)

    @cached_property
    def words_of(self) -> Mapping[str, re.Pattern[str]]:
        """For each list of words, what finds any of them in a text in lower case."""
        words = self.rulebook.words
        return {name: re.compile("|".join(map(re.escape, found))) for name, found in words.items() if found}

    @cached_property
    def remembered(self) -> Remembered:
        """What measures gave for some wordings."""
        return Remembered()

    @cached_property
    def looked_at(self) -> frozenset[int]:
        """The places at which some measure looks."""
        return frozenset(number for places in self.measured_at for number in places)

    @cached_property
    def judged(self) -> frozenset[int]:
        """The slots of which rules or measures look at those who said "not found" themselves."""
        asked = frozenset(slot for slot, *_ in self.cells.more)
        return asked | {slot.number for slot in self.slots.all if slot.finding.name in DENIALS_READ}

    @cached_property
    def bearing(self) -> tuple[tuple[int, ...], ...]:
        """For each slot, the places of which an answer may bear on it."""
        found: list[dict[int, None]] = [{} for _ in self.slots.all]
        for table in self.places:
            for entry in (*table.zeros, *(entry for entries in table.by_code.values() for entry in entries)):
                found[entry.slot][table.number] = None
        return tuple(map(tuple, found))

    @cached_property
    def bearing_of(self) -> Mapping[tuple[int, str], tuple[int, ...]]:
        """The same by slot and question."""
        found: dict[tuple[int, str], list[int]] = {}
        for slot, places in enumerate(self.bearing):
            for number in places:
                found.setdefault((slot, self.places[number].question.id), []).append(number)
        return {key: tuple(places) for key, places in found.items()}

    @cached_property
    def denying(self) -> Mapping[tuple[int, str], tuple[int, ...]]:
        """For each slot and question, the places at which "not found" may be said of it."""
        found: dict[tuple[int, str], dict[int, None]] = {}
        for table in self.places:
            for entry in table.zeros:
                found.setdefault((entry.slot, entry.question), {})[table.number] = None
        return {key: tuple(places) for key, places in found.items()}

    @cached_property
    def programs_by_slot(self) -> tuple[Program, ...]:
        """The programs by the number of their slot."""
        return tuple(sorted(self.programs, key=lambda program: program.slot.number))

    @cached_property
    def falling(self) -> tuple[Program, ...]:
        """The programs of findings that may fall to 1 once all others are known."""
        return tuple(program for program in self.programs if program.falls_when is not None)

    @cached_property
    def merged_after(self) -> Mapping[int, tuple[str, ...]]:
        """For each slot: the merged readings that are complete once it has its strength."""
        position = {program.slot.number: index for index, program in enumerate(self.programs)}
        last: dict[int, list[str]] = {}
        for name, numbers in self.slots.merged.items():
            last.setdefault(max(numbers, key=position.__getitem__), []).append(name)
        return {number: tuple(names) for number, names in last.items()}

    @cached_property
    def components(self) -> Mapping[int, tuple[int, ...]]:
        """The slots that each merged reading is read from."""
        return {self.slots.number[name]: numbers for name, numbers in self.slots.merged.items()}

    @cached_property
    def counted(self) -> Mapping[int, frozenset[int]]:
        """For each count: the places that can add to it."""
        return {
            slot.number: frozenset(
                table.number
                for table in self.places
                if any(e.kind == "count" and e.slot == slot.number for found in table.by_code.values() for e in found)
            )
            for slot in self.slots.all
            if slot.finding.count
        }

    @cached_property
    def conditional(self) -> tuple[Table, ...]:
        """The questions that are asked under a condition, and fall off when it does not hold any more."""
        return tuple(table for table in self.places if table.when is not None and not table.question.logbook)

    @cached_property
    def leaping(self) -> tuple[Route, ...]:
        """The routes of which an edge may pass over some questions."""
        return tuple(route for route in self.routes if route.leaps)

    @cached_property
    def logbook(self) -> frozenset[int]:
        """The facts that anything is recorded in flow k."""
        return frozenset(
            fact
            for table in self.places
            if table.question.id.startswith(LOGBOOK)
            for fact in self.facts.recorded(table.number)
        )


def circles(rulebook: Rulebook) -> tuple[Problem, ...]:
    """F021: findings that read each other in a circle have no order, and the rulebook cannot be compiled."""
    return circles_among(slots_of(rulebook.findings))


def compile_rulebook(rulebook: Rulebook) -> CompiledRulebook:
    """Compile a checked rulebook."""
    slots = slots_of(rulebook.findings)
    maker = TableMaker(rulebook, slots)
    tables = maker.tables()
    complete: dict[int, dict[str, frozenset[str]]] = {slot.number: {} for slot in slots.all}
    zeros: dict[int, dict[str, None]] = {slot.number: {} for slot in slots.all}
    for table in tables.values():
        for entry in table.zeros:
            zeros[entry.slot][entry.question] = None
            if entry.complete:
                every = entry.options or frozenset(rulebook.questions[entry.question].options)
                complete[entry.slot][entry.question] = every
    order = in_order(slots)
    place = {number: index for index, number in enumerate(order)}
    programs = tuple(
        _program(rulebook, slots, slots.all[number], complete[number], tuple(zeros[number]), place) for number in order
    )
    edges = _edges(rulebook, slots)
    routes = tuple(_routes(rulebook, tables, edges))
    return CompiledRulebook(rulebook, slots, tables, maker.cells, programs, routes, edges)


def _routes(
    rulebook: Rulebook, tables: Mapping[tuple[str, str], Table], edges: Mapping[tuple[str, str], Compiled]
) -> Iterator[Route]:
    for flow in rulebook.flows.values():
        for about, orientation in ABOUT_ORDER:
            asked = [question for question in flow.questions if rulebook.questions[question].about is about]
            if asked:
                route = tuple(tables[one, orientation] for one in asked)
                yield Route(flow, about, orientation, route, tuple(_leaps(flow, route, orientation, edges)))


def _leaps(
    flow: Flow, asked: tuple[Table, ...], orientation: str, edges: Mapping[tuple[str, str], Compiled]
) -> Iterator[Leap]:
    order = [table.question.id for table in asked]
    for edge in flow.edges:
        if edge.move is Move.GO and edge.source in order:
            start = order.index(edge.source)
            end = order.index(edge.to) if edge.to in order else len(order)
            yield Leap(asked[start].number, edges[edge_key(edge), orientation], asked[start + 1 : end])


def edge_key(edge: Edge) -> str:
    """By what the compiled condition of an edge is found."""
    return f"{edge.source} {edge.move} {edge.to} {edge.when_text}"


def _program(
    rulebook: Rulebook,
    slots: Slots,
    slot: Slot,
    complete: Mapping[str, frozenset[str]],
    zeros: tuple[str, ...],
    place: Mapping[int, int],
) -> Program:
    definition = slot.finding
    spelling = RuleSpelling(rulebook, slots, dict(slot.roles), slot)

    def resting(word: str) -> tuple[int, bool]:
        number = slots.number[spelling.slot_name(word)]
        before = [place[one] < place[slot.number] for one in slots.merged.get(slots_name(slots, number), (number,))]
        return number, all(before)

    rules = tuple(
        (
            rule.strength,
            compiled_condition(rule.when, spelling, "F, c") or ALWAYS,
            tuple(resting(word) for word in rule.rests_on),
        )
        for rule in definition.rules
    )
    return Program(
        slot,
        rules,
        compiled_condition(definition.zero, spelling, "F, c"),
        _condition_unless_never(definition.unknown_when, spelling),
        _condition_unless_never(definition.falls_to_1_when, spelling),
        judge=COMPETENCE[competence_of(definition)],
        x=slot.actor or "A",
        y=slot.other or "B",
        complete=complete,
        ruled_out_by=zeros,
    )


def slots_name(slots: Slots, number: int) -> str:
    """The name of a slot or of a merged reading by its number."""
    return tuple(slots.number)[number]


def _condition_unless_never(condition: Condition, spelling: RuleSpelling) -> Compiled | None:
    return None if condition == Always(False) else compiled_condition(condition, spelling, "F, c")


def _edges(rulebook: Rulebook, slots: Slots) -> dict[tuple[str, str], Compiled]:
    """Compile the conditions of edges and of the opening of flows, by text and orientation."""
    conditions: dict[tuple[str, str], Compiled] = {}
    for flow in rulebook.flows.values():
        for orientation in ("", "A", "B", "AB", "BA"):
            spelling = RuleSpelling(rulebook, slots, roles_of(orientation))
            conditions[flow.id, orientation] = compiled_condition(flow.opens, spelling, "F, c") or ALWAYS
            for edge in flow.edges:
                conditions[edge_key(edge), orientation] = compiled_condition(edge.when, spelling, "F, c") or ALWAYS
    return conditions
