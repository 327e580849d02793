"""Compile the flows and finding rules once: tables from answers to evidence, and each rule to plain Python."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from triage.assess.accounts import COMPETENCE, Judge
from triage.assess.order import circles_among, in_order
from triage.assess.slots import OTHER, Slot, Slots, slots_of
from triage.assess.spelling import EvidenceSpelling, RuleSpelling
from triage.flow.conditions import Always, Condition, source, substitute
from triage.flow.model import About, Element, Evidence, FindingDefinition, Flow, Move, Question, Rulebook, Scope
from triage.flow.problems import Problem

Compiled = Callable[..., Any]
"""A compiled condition: evidence conditions take (context, row, account), rules take (strengths, context)."""

SOURCE = -1
PART_KINDS = frozenset({"part"})
NEVER: Compiled = lambda *_: False  # noqa: E731 - a named constant, compared by identity
ALWAYS: Compiled = lambda *_: True  # noqa: E731 - a named constant, compared by identity


@dataclass(frozen=True, slots=True)
class Entry:
    """One compiled entry: which rows speak, for which slot, how strongly.

    `strength` is 0 to 4, or SOURCE; `kind` is empty, `count`, `rule`, or the kind of the counted element.
    """

    slot: int
    strength: int
    kind: str
    options: frozenset[str]
    scale: frozenset[str]
    follow_up: frozenset[str]
    when: Compiled | None
    element: Element | None
    cap: int
    whole: bool
    complete: bool
    loose: bool
    acts: bool
    actor: str
    other: str
    question: str
    state: bool
    superseded_by: tuple[str, ...]
    observers: bool
    scope: Scope
    plain: bool

    def shared(self, letters: frozenset[str]) -> bool:
        """Whether it speaks for a finding that all pairs share: of the case, or of one of these persons (12.2)."""
        return self.scope is Scope.CASE or (self.scope is Scope.PERSON and self.actor in letters)


@dataclass(frozen=True, slots=True)
class Table:
    """The entries of one question in one orientation: by option code, for every row, and those that rule out."""

    question: Question
    by_code: Mapping[str, tuple[Entry, ...]]
    zeros: tuple[Entry, ...]
    when: Compiled | None
    x: str
    y: str
    state: bool
    superseded_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """How one slot gets its strength from its pieces: compiled rules, zero, and what keeps it unknown."""

    slot: Slot
    rules: tuple[tuple[int, Compiled, tuple[int, ...]], ...]
    zero: Compiled | None
    unknown_when: Compiled | None
    falls_when: Compiled | None
    judge: Judge
    x: str
    y: str
    silent: bool
    complete: Mapping[str, frozenset[str]]
    ruled_out_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """The questions of a flow about one thing, in order; `leaps` when an edge may pass over some of them."""

    flow: Flow
    about: About
    orientation: str
    asked: tuple[tuple[tuple[str, str], Compiled | None], ...]
    leaps: bool

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """The questions without their conditions."""
        return tuple(place for place, _ in self.asked)


@dataclass(frozen=True, slots=True)
class CompiledRulebook:
    """A rulebook made ready: what one assessment needs, and nothing of it changes afterwards."""

    rulebook: Rulebook
    slots: Slots
    tables: Mapping[tuple[str, str], Table]
    programs: tuple[Program, ...]
    programs_by_slot: tuple[Program, ...]
    falling: tuple[Program, ...]
    merged_after: Mapping[int, tuple[str, ...]]
    counted: Mapping[int, tuple[tuple[str, str], ...]]
    edges: Mapping[tuple[str, str], Compiled]
    routes: tuple[Route, ...]
    conditional: tuple[tuple[str, str], ...]


def circles(rulebook: Rulebook) -> tuple[Problem, ...]:
    """F021: findings that read each other in a circle have no order, and the rulebook cannot be compiled."""
    return circles_among(slots_of(rulebook.findings))


def compile_rulebook(rulebook: Rulebook) -> CompiledRulebook:
    """Compile a checked rulebook."""
    slots = slots_of(rulebook.findings)
    tables = {
        (question.id, orientation): _table(rulebook, slots, question, orientation)
        for question in rulebook.questions.values()
        for orientation in ORIENTATIONS[question.about]
    }
    complete: dict[int, dict[str, frozenset[str]]] = {slot.number: {} for slot in slots.all}
    zeros: dict[int, dict[str, None]] = {slot.number: {} for slot in slots.all}
    for table in tables.values():
        for entry in table.zeros:
            zeros[entry.slot][entry.question] = None
            if entry.complete:
                every = entry.options or frozenset(rulebook.questions[entry.question].options)
                complete[entry.slot][entry.question] = every
    programs = tuple(
        _program(rulebook, slots, slot, complete[slot.number], tuple(zeros[slot.number])) for slot in slots.all
    )
    ordered = tuple(programs[number] for number in in_order(slots))
    return CompiledRulebook(
        rulebook=rulebook,
        slots=slots,
        tables=tables,
        programs=ordered,
        programs_by_slot=programs,
        falling=tuple(program for program in programs if program.falls_when is not None),
        merged_after=_merged_after(ordered, slots),
        counted=_counted(slots, tables),
        edges=_edges(rulebook, slots),
        routes=tuple(_routes(rulebook, tables)),
        conditional=tuple(
            place
            for place, table in tables.items()
            if table.when is not None and not rulebook.questions[place[0]].logbook
        ),
    )


ABOUT_ORDER: tuple[tuple[About, str], ...] = (
    (About.CASE, ""),
    (About.PERSON, "A"),
    (About.PERSON, "B"),
    (About.PAIR, ""),
    (About.DIRECTED, "AB"),
    (About.DIRECTED, "BA"),
)


def _routes(rulebook: Rulebook, tables: Mapping[tuple[str, str], Table]) -> Iterator[Route]:
    for flow in rulebook.flows.values():
        leaps = any(edge.move is Move.GO for edge in flow.edges)
        for about, orientation in ABOUT_ORDER:
            asked = [question for question in flow.questions if rulebook.questions[question].about is about]
            if asked:
                places = tuple(((one, orientation), tables[one, orientation].when) for one in asked)
                yield Route(flow, about, orientation, places, leaps)


def _merged_after(ordered: tuple[Program, ...], slots: Slots) -> dict[int, tuple[str, ...]]:
    """For each slot: the merged readings that are complete once it has its strength."""
    position = {program.slot.number: index for index, program in enumerate(ordered)}
    last: dict[int, list[str]] = {}
    for name, numbers in slots.merged.items():
        last.setdefault(max(numbers, key=position.__getitem__), []).append(name)
    return {number: tuple(names) for number, names in last.items()}


def _counted(slots: Slots, tables: Mapping[tuple[str, str], Table]) -> dict[int, tuple[tuple[str, str], ...]]:
    """For each count: the questions, in their orientation, that can add to it."""
    return {
        slot.number: tuple(
            place
            for place, table in tables.items()
            if any(e.kind == "count" and e.slot == slot.number for found in table.by_code.values() for e in found)
        )
        for slot in slots.all
        if slot.finding.count
    }


ORIENTATIONS: Mapping[About, tuple[str, ...]] = {
    About.CASE: ("",),
    About.PAIR: ("",),
    About.PERSON: ("A", "B"),
    About.DIRECTED: ("AB", "BA"),
}


def roles_of(orientation: str) -> dict[str, str]:
    """Whom x and y mean: for a pair or the case A is x and B is y; for a person x is that person."""
    x = orientation[:1] or "A"
    y = OTHER[x]
    return {"xy": x + y, "yx": y + x, "x": x, "y": y, "A": "A", "B": "B"}


def compiled(text: str, parameters: str) -> Compiled:
    """Compile one expression to a function. The text is spelled from a checked condition, never from input."""
    function: Compiled = eval(f"lambda {parameters}: {text}", {"__builtins__": {}, "any": any})  # noqa: S307 - generated by us from a checked tree
    return function


def _condition(condition: Condition, spelling: EvidenceSpelling | RuleSpelling, parameters: str) -> Compiled | None:
    if condition == Always():
        return None
    return compiled(source(substitute(condition, spelling.roles), spelling.spell), parameters)


def _table(rulebook: Rulebook, slots: Slots, question: Question, orientation: str) -> Table:
    roles = roles_of(orientation)
    entries = [
        entry for evidence in question.evidence for entry in _entries(rulebook, slots, question, evidence, roles)
    ]
    positive = [entry for entry in entries if entry.strength != 0]
    codes = question.options or ("",)
    by_code = {code: tuple(one for one in positive if not one.options or code in one.options) for code in codes}
    spelling = RuleSpelling(rulebook, slots, roles)
    return Table(
        question,
        {code: found for code, found in by_code.items() if found},
        tuple(entry for entry in entries if entry.strength == 0),
        _condition(question.when, spelling, "F, c"),
        roles["x"],
        roles["y"],
        any(entry.state for entry in entries),
        next((entry.superseded_by for entry in entries if entry.superseded_by), ()),
    )


def _entries(
    rulebook: Rulebook, slots: Slots, question: Question, evidence: Evidence, roles: dict[str, str]
) -> list[Entry]:
    """One entry for each slot that a piece of evidence speaks for."""
    definition = rulebook.findings[evidence.finding]
    places = _places(definition, evidence, roles)
    scale = evidence.scale or _speaking_scale(question, evidence)
    made = []
    for suffix, extra in places:
        slot = slots.all[slots.number[f"{definition.name}_{suffix}" if suffix else definition.name]]
        spelling = EvidenceSpelling(rulebook, slots, roles)
        text = "" if evidence.when == Always() else source(substitute(evidence.when, roles), spelling.spell)
        text = " and ".join(part for part in (text, extra) if part)
        made.append(
            Entry(
                slot=slot.number,
                strength=int(evidence.strength) if evidence.strength.isdigit() else SOURCE,
                kind=_kind(evidence),
                options=evidence.options,
                scale=scale,
                follow_up=evidence.follow_up,
                when=compiled(text, "c, row, account") if text else None,
                element=evidence.element,
                cap=evidence.cap,
                whole=evidence.only or (evidence.strength == "0" and not evidence.loose),
                complete=evidence.complete,
                loose=evidence.loose,
                acts=definition.acts,
                actor=slot.actor,
                other=slot.other if definition.scope is not Scope.PERSON or definition.acts else "",
                question=question.id,
                state=definition.state,
                superseded_by=definition.superseded_by,
                observers=definition.observers_need_two_contacts,
                scope=definition.scope,
                plain=_is_plain(evidence, asks_more=bool(scale or text)),
            )
        )
    return made


def _is_plain(evidence: Evidence, *, asks_more: bool) -> bool:
    """Whether the codes alone decide: no second code, condition or follow-up to look at."""
    return not (asks_more or evidence.follow_up or evidence.only or evidence.loose) and (
        evidence.strength != "0" or bool(evidence.options)
    )


def _kind(evidence: Evidence) -> str:
    if evidence.element is not None:
        return evidence.element.kind
    return evidence.strength if evidence.strength in {"count", "rule"} else ""


def _speaking_scale(question: Question, evidence: Evidence) -> frozenset[str]:
    """Rows that say `none` speak for nothing, unless an entry asks for them."""
    silent = {"none", "not_asked_me"} & set(question.scale)
    if not silent or evidence.strength in {"0", "rule"}:
        return frozenset()
    return frozenset(question.scale) - silent | {""}


def _places(definition: FindingDefinition, evidence: Evidence, roles: dict[str, str]) -> list[tuple[str, str]]:
    """The suffixes an entry speaks for, each with the further test of the row that chooses it."""
    role = evidence.role
    if definition.scope in {Scope.PAIR, Scope.CASE}:
        return [("", "")]
    who = evidence.who
    if role == "both":
        return [(suffix, "") for suffix in (("AB", "BA") if definition.scope is Scope.DIRECTED else ("A", "B"))]
    if role == "who":
        return [(letter, f"c.meant(row, {who!r}, {letter!r})") for letter in ("A", "B")]
    if role == "to_who":
        return [(OTHER[letter] + letter, f"c.meant(row, {who!r}, {letter!r})") for letter in ("A", "B")]
    if role == "by_whom":
        return [(letter + OTHER[letter], f"c.meant(row, {who!r}, {letter!r})") for letter in ("A", "B")]
    return [(roles[role], "")]


def _program(
    rulebook: Rulebook, slots: Slots, slot: Slot, complete: Mapping[str, frozenset[str]], zeros: tuple[str, ...]
) -> Program:
    definition = slot.finding
    spelling = RuleSpelling(rulebook, slots, dict(slot.roles), slot)
    rules = tuple(
        (
            rule.strength,
            _condition(rule.when, spelling, "F, c") or ALWAYS,
            tuple(slots.number[spelling.slot_name(word)] for word in rule.rests_on),
        )
        for rule in definition.rules
    )
    competent = definition.competent
    if competent == "any" and definition.acts:
        competent = "not_the_actor"
    return Program(
        slot,
        rules,
        _condition(definition.zero, spelling, "F, c"),
        _condition_unless_never(definition.unknown_when, spelling),
        _condition_unless_never(definition.falls_to_1_when, spelling),
        judge=COMPETENCE.get(competent, COMPETENCE["any"]),
        x=slot.actor or "A",
        y=slot.other or "B",
        silent=not definition.rules
        and not definition.count
        and not definition.otherwise_zero
        and definition.zero == Always(),
        complete=complete,
        ruled_out_by=zeros,
    )


def _condition_unless_never(condition: Condition, spelling: RuleSpelling) -> Compiled | None:
    return None if condition == Always(False) else _condition(condition, spelling, "F, c")


def _edges(rulebook: Rulebook, slots: Slots) -> dict[tuple[str, str], Compiled]:
    """Compile the conditions of edges and of the opening of flows, by text and orientation."""
    conditions: dict[tuple[str, str], Compiled] = {}
    for flow in rulebook.flows.values():
        for orientation in ("", "A", "B", "AB", "BA"):
            spelling = RuleSpelling(rulebook, slots, roles_of(orientation))
            conditions[flow.id, orientation] = _condition(flow.opens, spelling, "F, c") or ALWAYS
            for edge in flow.edges:
                key = (f"{edge.source} {edge.move} {edge.to} {edge.when_text}", orientation)
                conditions[key] = _condition(edge.when, spelling, "F, c") or ALWAYS
    return conditions
