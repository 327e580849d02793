"""Write the rules of a rulebook, once, as straight Python functions of one context, and compile them.

No call per rule: `interpreting.py` reads the same rules one by one, and a test compares both. No text of the rules but
names and codes checked at reading and whole numbers reaches the source.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from triage.assess import interpreting
from triage.assess.compiled.quick_spelling import NAMES, QuickSpelling, any_of
from triage.assess.compiled.tables import ORIENTATIONS, Table, roles_of
from triage.assess.compiled.worth import direct_worth, worth, worth_of_elements
from triage.assess.measuring.remembered import Uncounted
from triage.assess.paths import Walk
from triage.flow.conditions import Always, And, Condition, Or, Test
from triage.flow.model import About, FindingDefinition

if TYPE_CHECKING:
    from triage.assess.compiled.compiling import CompiledRulebook, Program, Route
    from triage.assess.context import Context

Skipped = Callable[["Context", "Route"], Collection[int]]
"""The numbers of the places of a route that an edge passes over."""

Evaluation = Callable[["Context", "Context | None"], None]
"""Fills the strengths of a context; the second tells what stood before something was withdrawn."""

Walking = Callable[["Context", Sequence[str], Skipped], list[Walk]]
"""Gives the walks of a context, what they are about being named in the order of ABOUT_ORDER."""

WORTH = "worth(p) if len(p) > 1 or p[0].kind else p[0].strength"
DIRECT_WORTH = "direct_worth(p) if len(p) > 1 else p[0].strength"
"""The strength of a slot that counts no elements, and of one for which every piece speaks by itself."""

ABOUT_ORDER: tuple[tuple[About, str], ...] = tuple(
    (about, where) for about in (About.CASE, About.PERSON, About.PAIR, About.DIRECTED) for where in ORIENTATIONS[about]
)


@dataclass(frozen=True)
class Written:
    """The functions written from one rulebook, each compiled when it is first needed."""

    book: "CompiledRulebook"

    def ready(self) -> None:
        """Compile what every case needs, so that the first does not wait for it."""
        _ = self.evaluate, self.fallen, self.walks

    @cached_property
    def evaluate(self) -> Evaluation:
        """Fills the strengths of a context."""
        evaluate: Evaluation = self._function("c, before", evaluation_lines(self.book, withdrawn=False))
        return evaluate

    @cached_property
    def evaluate_after_withdrawal(self) -> Evaluation:
        """Fills the strengths of a context where something was withdrawn; the second tells what stood before."""
        evaluate: Evaluation = self._function("c, before", evaluation_lines(self.book, withdrawn=True))
        return evaluate

    @cached_property
    def fallen(self) -> Callable[["Context"], list[int]]:
        """Gives the numbers of the answered places whose condition does not hold."""
        fallen: Callable[[Context], list[int]] = self._function("c", fallen_lines(self.book))
        return fallen

    @cached_property
    def walks(self) -> Walking:
        """Gives the walks of a context, what they are about being named in the order of ABOUT_ORDER."""
        walks: Walking = self._function("c, about, skipped", walk_lines(self.book))
        return walks

    def _function(self, parameters: str, lines: Iterator[str]) -> Any:  # noqa: ANN401 - typed where it is asked for
        room: dict[str, Any] = {
            "Walk": Walk,
            "routes": self.book.routes,
            "sections": [[one.answered for one in _sections(self.book, route)] for route in self.book.routes],
            "new": tuple.__new__,
            "known": self.book.remembered.known,
            "denying": self.book.denyings,
            "not_yet": Uncounted.NOT_YET,
            "rests": [[rule[2] for rule in program.rules] for program in self.book.programs_by_slot],
            "worth": worth,
            "direct_worth": direct_worth,
            "worth_of_elements": worth_of_elements,
            "counted": interpreting.counted,
            "settled": interpreting.settled,
            "ruled_out": interpreting.ruled_out,
            "taken_back": interpreting.taken_back,
            "most_protective": interpreting.most_protective,
        }
        text = f"def written({parameters}):\n " + "\n ".join((NAMES, *lines)) + "\n"
        exec(compile(text, "<written from the rules>", "exec"), room)  # noqa: S102 - from checked names and numbers
        return room["written"]


def spelling_of(book: "CompiledRulebook", program: "Program") -> QuickSpelling:
    """The spelling of the rules of one slot."""
    slot, asked = program.slot, tuple(program.ruled_out_by)
    return QuickSpelling(book.rulebook, book.slots, dict(slot.roles), slot, book.facts, book.tables, book.cells, asked)


def evaluation_lines(book: "CompiledRulebook", *, withdrawn: bool) -> Iterator[str]:
    """Write the strengths of all slots in their order, then what falls to 1."""
    for program in book.programs:
        number = program.slot.number
        yield from _slot_lines(book, program)
        if withdrawn:
            yield f"if F[{number}] < 1: F[{number}] = taken_back(c, before, {number})"
        for name in book.merged_after.get(number, ()):
            parts = book.slots.merged[name]
            listed = ", ".join(f"F[{part}]" for part in parts)
            same = " == ".join(f"F[{part}]" for part in parts)
            yield f"F[{book.slots.number[name]}] = F[{parts[0]}] if {same} else most_protective(({listed}))"
    for program in book.falling:
        number = program.slot.number
        falls = spelling_of(book, program).condition(program.slot.finding.falls_to_1_when)
        yield f"if F[{number}] >= 2 and {falls}: F[{number}] = 1"


def _slot_lines(book: "CompiledRulebook", program: "Program") -> Iterator[str]:
    """Write the strength of one slot: its pieces, its rules, what settles or rules it out (see `strength_of`)."""
    number, definition = program.slot.number, program.slot.finding
    if definition.count:
        yield f"F[{number}] = counted(c, {number})"
        return
    spelling = spelling_of(book, program)
    direct = DIRECT_WORTH if number in book.direct else WORTH
    strength = f"worth_of_elements(c, {number})" if definition.needs else direct
    asked = "" if _without_denial(definition) else f" and {spelling.settled()}"
    yield f"p = P[{number}]"
    yield "if p:"
    yield f" v = {strength}"
    yield from _rule_lines(program, spelling)
    if program.ruled_out_by:
        yield f" elif v == 1{asked} and settled(c, {number}): v = ruled_out(c, {number})"
    yield f" F[{number}] = v"
    yield from _lines_without_pieces(program, spelling)


def _rule_lines(program: "Program", spelling: QuickSpelling) -> Iterator[str]:
    """Write what rules make of the strength so far, and what becomes of one that is none."""
    for place, rule in enumerate(program.slot.finding.rules):
        fires = f"v = {rule.strength}; {_rests(program, place)}"
        yield f" if v < {rule.strength} and {spelling.condition(rule.when)}: {fires}"
    yield f" if v < 1: v = 0 if {_ruled_out(program, spelling)} else -1"


def _lines_without_pieces(program: "Program", spelling: QuickSpelling) -> Iterator[str]:
    """Write the same where nothing speaks for the slot: it is unknown, until a rule fires or it is ruled out."""
    number, rules = program.slot.number, program.slot.finding.rules
    strengths = [rule.strength for rule in rules]
    if strengths != sorted(strengths, reverse=True) or 0 in strengths:
        yield "else:"
        yield " v = -1"
        yield from _rule_lines(program, spelling)
        yield f" F[{number}] = v"
        return
    for place, rule in enumerate(rules):  # the first that fires is the strongest
        yield f"elif {spelling.condition(rule.when)}: F[{number}] = {rule.strength}; {_rests(program, place)}"
    yield f"elif {_ruled_out(program, spelling)}: F[{number}] = 0"


def _rests(program: "Program", place: int) -> str:
    number = program.slot.number
    return f"c.resting[{number}] = rests[{number}][{place}]"


def _ruled_out(program: "Program", spelling: QuickSpelling) -> str:
    """Write whether the finding is ruled out (see `ruled_out`)."""
    definition = program.slot.finding
    zero = "True" if definition.otherwise_zero else _zero(definition.zero, program, spelling)
    if definition.unknown_when == Always(False):
        return zero
    return f"not {spelling.condition(definition.unknown_when)} and {zero}"


def _zero(zero: Condition, program: "Program", spelling: QuickSpelling) -> str:
    if zero != Always():
        return spelling.condition(zero)
    questions = [spelling.no(question, "") for question in program.ruled_out_by]
    return f"({' or '.join(questions)})" if questions else "False"


def _without_denial(definition: FindingDefinition) -> bool:
    """Whether a finding can be 0 though no account that is asked for said "not found"."""

    def can_hold(condition: Condition) -> bool:
        match condition:
            case And(parts):
                return all(map(can_hold, parts))
            case Or(parts):
                return any(map(can_hold, parts))
            case Test(function="no"):
                return False
        return True

    return definition.otherwise_zero or (definition.zero != Always() and can_hold(definition.zero))


def fallen_lines(book: "CompiledRulebook") -> Iterator[str]:
    """Write, for each question that is asked under a condition, whether an answered one is not asked any more."""
    yield "fallen = []"
    for table in book.conditional:
        answered = any_of([book.facts.answered(table.number)])
        yield f"if {answered} and not {_asked(book, table)}: fallen.append({table.number})"
    yield "return fallen"


def walk_lines(book: "CompiledRulebook") -> Iterator[str]:
    """Write the walk of every route whose flow is open."""
    yield "walks = []"
    for number, route in enumerate(book.routes):
        here = QuickSpelling(book.rulebook, book.slots, roles_of(route.orientation), None, book.facts, book.tables)
        yield f"if {here.condition(route.flow.opens)}:"
        yield " path = []; following = None"
        if route.leaps:
            yield f" leapt = skipped(c, routes[{number}])"
        for place, section in enumerate(_sections(book, route)):
            yield from (f" {line}" for line in _section_lines(book, section, f"sections[{number}][{place}]"))
        for gate in route.flow.gates:
            if gate.about is route.about:
                yield f" if F[{book.slots.number[gate.finding]}] >= 2: path.append({gate.id!r})"
                yield f" elif following is None: following = {gate.id!r}"
        about = ABOUT_ORDER.index((route.about, route.orientation))
        yield f" walks.append(new(Walk, ({route.flow.id!r}, about[{about}], tuple(path), following)))"
    yield "return walks"


@dataclass(frozen=True, slots=True)
class Section:
    """Questions of a route that follow one another and are asked under one condition; `all_asked`: under none."""

    asked: str
    all_asked: bool
    tables: tuple[Table, ...]

    @property
    def answered(self) -> frozenset[int]:
        """The facts that all of them are answered."""
        return frozenset(table.number for table in self.tables)


def _sections(book: "CompiledRulebook", route: "Route") -> list[Section]:
    """The questions of a route by the condition under which they are asked; those that an edge may pass over alone."""
    conditions = [
        _asked(book, table) + (f" and {table.number} not in leapt" if route.leaps else "") for table in route.asked
    ]
    always = [table.when is None and not route.leaps for table in route.asked]
    asked = groupby(zip(conditions, always, route.asked, strict=True), key=itemgetter(0, 1))
    return [Section(when, all_asked, tuple(one for *_, one in found)) for (when, all_asked), found in asked]


def _section_lines(book: "CompiledRulebook", section: Section, answered: str) -> Iterator[str]:
    """Write some questions of a walk: all at once where all are answered, else one after another."""
    steps = [line for table in section.tables for line in _step_lines(book, table)]
    if len(section.tables) > 1:
        found = tuple(table.question.id for table in section.tables)
        steps = [f"if {answered} <= f: path += {found!r}", "else:", *(f" {line}" for line in steps)]
    if section.all_asked:
        yield from steps
    else:
        yield f"if {section.asked}:"
        yield from (f" {line}" for line in steps)


def _step_lines(book: "CompiledRulebook", table: Table) -> Iterator[str]:
    """Write one question that is asked: on the path when anything is recorded; else it may be the next one."""
    yield f"if {any_of(book.facts.recorded(table.number))}: path.append({table.question.id!r})"
    yield f"elif following is None: following = {table.question.id!r}"


def _asked(book: "CompiledRulebook", table: Table) -> str:
    return QuickSpelling(book.rulebook, book.slots, {}, None, book.facts, book.tables).asked(table)
