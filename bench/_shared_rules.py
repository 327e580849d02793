"""Write the shipped decision in words that every rule engine knows: comparisons, and, or, counts, first that holds.

The rules are those that the program itself compiles (`triage.routing.instances`), put in other words once, here, and
not for each engine again, so that all are given exactly the same. `LOWERED` is the table from the name of a test to
these words; an engine needs seven entries more, one for each class of logic (`_rivals.py`).

Left out, for every engine and for ours: the source classes of findings (no engine can say them simply; without them
each finding counts as its own), and the explanation.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from triage.flow.conditions import ROLES_AB, Always, And, Condition, Not, Or, Test, substitute
from triage.routing.compiling import Bare, Layout
from triage.routing.instances import Instance
from triage.routing.rules import PERSONS


@dataclass(frozen=True, slots=True)
class Fixed:
    """Always, or never."""

    value: bool


@dataclass(frozen=True, slots=True)
class Flag:
    """A variable that is yes or no, read as it is or as its opposite."""

    name: str
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class Compared:
    """A variable compared with a whole number."""

    name: str
    operator: str
    number: int


@dataclass(frozen=True, slots=True)
class OneOf:
    """A variable that is one of some whole numbers (or none of them)."""

    name: str
    numbers: tuple[int, ...]
    wanted: bool = True


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of the parts hold, compared with a whole number."""

    parts: "tuple[Logic, ...]"
    operator: str
    number: int


@dataclass(frozen=True, slots=True)
class Every:
    """All parts hold."""

    parts: "tuple[Logic, ...]"


@dataclass(frozen=True, slots=True)
class Some:
    """One part holds."""

    parts: "tuple[Logic, ...]"


Logic = Fixed | Flag | Compared | OneOf | Counted | Every | Some


@dataclass(frozen=True, slots=True)
class Says:
    """Sets a variable to yes or no."""

    name: str
    logic: Logic


@dataclass(frozen=True, slots=True)
class First:
    """Sets a variable to the number, from 0, of the first row that holds; the last one always does."""

    name: str
    rows: tuple[Logic, ...]


Line = Says | First
Values = dict[str, int]
"""Variables by name: encoded strengths, numbers of rows, and yes or no (which Python counts as 1 or 0)."""

_OPPOSITE = {"==": "!=", "!=": "==", ">=": "<", "<": ">=", ">": "<=", "<=": ">"}
_COMMON = {"=": "=="}


def opposite(logic: Logic) -> Logic:
    """Turn yes and no round, down to the single comparison, so that no engine pays for a `not`."""
    match logic:
        case Fixed(value):
            return Fixed(not value)
        case Flag() | OneOf():
            return replace(logic, wanted=not logic.wanted)
        case Compared() | Counted():
            return replace(logic, operator=_OPPOSITE[logic.operator])
        case Every(parts):
            return Some(tuple(map(opposite, parts)))
        case Some(parts):
            return Every(tuple(map(opposite, parts)))


PREDICATES: Mapping[str, Callable[[str, int], Logic]] = {
    "ind": lambda name, level: Compared(name, ">=", level),
    "poss": lambda name, _: Compared(name, "!=", 0),
    "on": lambda name, level: Some((Compared(name, ">=", level), Compared(name, "<=", -1 - level))),
    "unk": lambda name, _: Compared(name, "<", 0),
    "doubt": lambda name, _: Some((Compared(name, "<", 0), Compared(name, "==", 1))),
    "zero": lambda name, _: Compared(name, "==", 0),
    "hinted": lambda name, _: Some((Compared(name, "==", 1), Compared(name, "<", -1))),
}
"""Each predicate of one encoded strength (`triage/flow/values.py`)."""


def read_by(logic: Logic) -> frozenset[str]:
    """The variables that some logic reads."""
    match logic:
        case Every(parts) | Some(parts) | Counted(parts):
            return frozenset().union(*map(read_by, parts))
        case Fixed():
            return frozenset()
        case _:
            return frozenset({logic.name})


class SharedRules:
    """The whole decision as lines that are worked out from the top; a line reads facts and the lines above it."""

    def __init__(self, layout: Layout) -> None:
        self.layout, self.instances, self.rules = layout, layout.instances, layout.instances.rules
        self.lines: tuple[Line, ...] = tuple(self._lines())
        self.names = frozenset(line.name for line in self.lines)

    @property
    def rules_counted(self) -> int:
        """How many rules there are: each line, and each row of a list of which the first holds."""
        return sum(len(line.rows) if isinstance(line, First) else 1 for line in self.lines)

    def lowered(self, condition: Condition, wanted: bool = True) -> Logic:
        """A condition that is known to hold (or, not wanted, known not to)."""
        match condition:
            case Always(value):
                return Fixed(value is wanted)
            case Test("value"):
                return _value(condition, wanted)
            case Test():
                found = LOWERED[condition.function](self, condition)
                return found if wanted else opposite(found)
            case Not(part):
                return self.lowered(part, not wanted)
            case And(parts) | Or(parts):
                join = Every if isinstance(condition, And) is wanted else Some
                return join(tuple(self.lowered(part, wanted) for part in parts))
        raise TypeError("roles are substituted before a condition is put in other words")

    def counted(self, test: Test) -> Logic:
        """A count; of the two that only ask for one or none, a plain `or` or `and`."""
        names = [name for word in test.arguments for name in self.rules.lists.get(word, (word,))]
        parts = tuple(_predicate(test.inner, name) for name in names)
        some: Mapping[tuple[str, str], Logic] = {(">=", "1"): Some(parts), ("=", "0"): opposite(Some(parts))}
        counted = Counted(parts, _COMMON.get(test.operator, test.operator), int(test.values[0]))
        return some.get((test.operator, test.values[0]), counted)

    def routed(self, person: str, outcomes: Iterable[str]) -> Logic:
        """That the route of a person holds one of some outcomes: from the step, or from a hold beside it."""
        wanted, steps = set(outcomes), self.instances.steps[person]
        giving = tuple(number for number, one in enumerate(steps) if wanted & set(one.gives))
        beside = tuple(number for number, one in enumerate(steps) if one.rule.with_holds)
        holds = tuple(
            Flag(f"hold_{person}_{number}")
            for number, one in enumerate(self.instances.holds[person])
            if wanted & set(one.gives)
        )
        parts = ((OneOf(f"step_{person}", giving),) if giving else ()) + (
            (Every((OneOf(f"step_{person}", beside), Some(holds))),) if holds else ()
        )
        return Some(parts)

    def stopped(self, person: str, step: int) -> Logic:
        """That one step of 11.4 gave the route."""
        return OneOf(f"step_{person}", tuple(number for number, one in enumerate(self.rules.steps) if one.step == step))

    def collected(self, person: str) -> Logic:
        """That some hold stands."""
        return Some(tuple(Flag(f"hold_{person}_{number}") for number, _ in enumerate(self.instances.holds[person])))

    def result(self, name: str) -> Logic:
        """That a rule of that result came first."""
        numbers = tuple(number for number, one in enumerate(self.instances.results) if one.gives[0] == name)
        return Compared("result", "==", numbers[0]) if len(numbers) == 1 else OneOf("result", numbers)

    def _lines(self) -> Iterator[Line]:
        for name, condition in self.instances.definitions:
            yield Says(f"is_{name}", self.lowered(condition))
        yield First("result", tuple(self.lowered(one.when) for one in self.instances.results))
        for one in self.instances.gates:
            fires, name = self.lowered(one.when), one.gives[0]
            latched = (Flag(_word("latched", name)),) if name in self.rules.latching else ()
            yield Says(_word("gate", name), Some((*latched, fires)))
        for person in PERSONS:
            yield from self._each(f"hold_{person}", self.instances.holds[person])
            yield First(f"step_{person}", tuple(self.lowered(one.when) for one in self.instances.steps[person]))
        for person in PERSONS:
            yield from self._each(f"adapted_{person}", self.instances.adaptations[person])
            yield from self._each(f"met_{person}", self.instances.effective[person])
        for number, alert in enumerate(self.layout.alerts):
            fires = self.lowered(substitute(alert.when or alert.raised, ROLES_AB))
            yield Says(f"alert_{number}", fires)
            raised = self.lowered(substitute(alert.raised, ROLES_AB))
            yield Says(f"raised_{number}", Every((Flag(f"alert_{number}"), raised)))

    def _each(self, name: str, group: Iterable[Instance]) -> Iterator[Line]:
        for number, one in enumerate(group):
            yield Says(f"{name}_{number}", self.lowered(one.when))

    def given(self, facts: Mapping[str, int], latched: Iterable[str]) -> Values:
        """The variables that an engine is given: the facts that some rule reads, and the gates already in force."""
        gates = {_word("latched", name): name in set(latched) for name in sorted(self.rules.latching)}
        return {name: int(facts[name]) for name in self.layout.facts} | gates

    def bare(self, values: Mapping[str, int]) -> Bare:
        """Read the answer of an engine as the numbers and bits that our own compiled decision gives."""
        gates = sum(values[_word("gate", name)] << number for number, name in enumerate(self.layout.gates))
        of_persons = (number for person in PERSONS for number in self._route(person, values))
        alerts, raised = (
            sum(values[f"{word}_{number}"] << number for number, _ in enumerate(self.layout.alerts))
            for word in ("alert", "raised")
        )
        return (values["result"], gates, *of_persons, alerts, raised)

    def _route(self, person: str, values: Mapping[str, int]) -> Iterator[int]:
        number = values[f"step_{person}"]
        step = self.instances.steps[person][number]
        holds = self.instances.holds[person] if step.rule.with_holds else ()
        given = [name for place, one in enumerate(holds) if values[f"hold_{person}_{place}"] for name in one.gives]
        yield number
        yield self.layout.outcome_bits((*step.gives, *given))
        for word, group, held in (("adapted", self.rules.adaptations, True), ("met", self.rules.effective, False)):
            yield sum((bool(values[f"{word}_{person}_{place}"]) is held) << place for place, _ in enumerate(group))


LOWERED: Mapping[str, Callable[[SharedRules, Test], Logic]] = {
    **{
        name: lambda _, test: _predicate(" ".join((test.function, *test.arguments[1:])), test.arguments[0])
        for name in PREDICATES
    },
    "count": SharedRules.counted,
    "distinct": SharedRules.counted,
    "name": lambda _, test: Flag(f"is_{test.arguments[0]}"),
    "latched": lambda _, test: Flag(_word("latched", test.arguments[0])),
    "result": lambda rules, test: rules.result(test.arguments[0]),
    "gate": lambda _, test: Flag(_word("gate", test.arguments[0])),
    "collected": lambda rules, test: rules.collected(test.arguments[0]),
    "routed": lambda rules, test: rules.routed(test.arguments[0], test.arguments[1:]),
    "focused": lambda rules, test: rules.routed(test.arguments[0], rules.rules.focused),
    "held": lambda rules, test: rules.routed(test.arguments[0], rules.rules.holding),
    "stopped": lambda rules, test: rules.stopped(test.arguments[0], int(test.arguments[1])),
}
"""How each test of the rules is said (`value`, which may be neither yes nor no, beside it)."""


def _predicate(words: str, name: str) -> Logic:
    predicate, _, level = words.partition(" ")
    return PREDICATES[predicate](name, int(level or 2))


def _value(test: Test, wanted: bool) -> Logic:
    """A comparison of a strength: of an unknown one neither it nor its opposite holds."""
    compared = Compared(test.arguments[0], _COMMON.get(test.operator, test.operator), int(test.values[0]))
    return Every((Compared(test.arguments[0], ">=", 0), compared if wanted else opposite(compared)))


def _word(kind: str, name: str) -> str:
    return f"{kind}_{name.replace('-', '_')}"
