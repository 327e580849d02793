"""Which tests a rule of the decision may use, from which stage on, with what names: one table for the reader."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from triage.flow.conditions import OPERATORS, Condition, Test, tests
from triage.flow.problems import nearest
from triage.flow.spelling import PREDICATES as OF_FINDINGS


class Stage(IntEnum):
    """How far the decision has come where a condition stands; a test may only read what stands by then."""

    DEFINITION = 0
    RESULT = 1
    GATE = 2
    HOLD = 3
    STEP = 4
    ADAPTATION = 5
    EFFECTIVE = 6
    ALERT = 7
    LAW = 8


@dataclass(frozen=True, slots=True)
class Word:
    """One test function: the kinds of its arguments, the first stage that may use it, whether it is compared."""

    arguments: tuple[str, ...]
    since: Stage = Stage.DEFINITION
    compared: bool = False


PREDICATES: Mapping[str, tuple[str, str]] = {
    **OF_FINDINGS,
    # Said at 1, or withdrawn from 1 or more: what a reasoned decision never passes over (11.2).
    "hinted": ("({f} == 1 or {f} < -1)", "({f} == 0 or {f} > 1 or {f} == -1)"),
}
"""Each predicate of a finding as Python, as it holds and as it does not."""

FUNCTIONS: Mapping[str, Word] = {
    **{name: Word(("finding", "level")) for name in PREDICATES},
    "value": Word(("finding",), compared=True),
    "count": Word(("counted",), compared=True),
    "distinct": Word(("counted",), compared=True),
    "name": Word(("definition",)),
    "latched": Word(("gate",)),
    "result": Word(("result",), Stage.GATE),
    "gate": Word(("gate",), Stage.GATE),
    "collected": Word(("person",), Stage.STEP),
    "routed": Word(("person", "outcome"), Stage.ADAPTATION),
    "focused": Word(("person",), Stage.ADAPTATION),
    "held": Word(("person",), Stage.ADAPTATION),
    "stopped": Word(("person", "step"), Stage.ALERT),
    "supported": Word(("person",), Stage.LAW),
    "adapted": Word(("person", "outcome"), Stage.LAW),
    "effective": Word(("person",), Stage.LAW),
    "alert": Word(("alert",), Stage.LAW),
    "raised": Word(("alert",), Stage.LAW),
}
LEVELS = ("1", "2", "3", "4")
_CODES = {
    "finding": "F007", "definition": "R001", "outcome": "R002", "result": "R003", "gate": "R004", "person": "R005",
    "step": "R006", "alert": "R007",
}  # fmt: skip


@dataclass(slots=True)
class Names:
    """The names that conditions may use, with roles in place of persons (`CTRL_xy`, `FORCE_x`)."""

    findings: Collection[str] = ()
    lists: set[str] = field(default_factory=set)
    definitions: set[str] = field(default_factory=set)
    results: set[str] = field(default_factory=set)
    gates: set[str] = field(default_factory=set)
    outcomes: Collection[str] = ()
    steps: set[str] = field(default_factory=set)
    alerts: set[str] = field(default_factory=set)
    clauses: Collection[str] = ()

    def known(self, kind: str) -> Collection[str]:
        """The names of one kind of argument."""
        return {
            "finding": self.findings, "definition": self.definitions, "outcome": self.outcomes,
            "result": self.results, "gate": self.gates, "person": ("x", "y"), "step": self.steps,
            "alert": self.alerts, "counted": {*self.findings, *self.lists},
        }[kind]  # fmt: skip


def faults(condition: Condition, stage: Stage, names: Names) -> Iterator[tuple[str, str, str]]:
    """Give each fault of a condition as problem code, sentence, and nearest known name."""
    for test in tests(condition):
        word = FUNCTIONS.get(test.function)
        if word is None:
            yield "F010", f"`{test.function}` is no test of the rules.", nearest(test.function, FUNCTIONS)
        elif stage < word.since:
            yield "R008", f"`{test.function}` is not known yet at this point of the decision.", ""
        else:
            yield from _argument_faults(test, word, stage, names)
            yield from _comparison_faults(test, word)


def _argument_faults(test: Test, word: Word, stage: Stage, names: Names) -> Iterator[tuple[str, str, str]]:
    kinds = _kinds(test, word)
    if len(kinds) != len(test.arguments):
        yield "R009", f"`{test.function}` takes {' and '.join(word.arguments)}.", ""
        return
    for kind, argument in zip(kinds, test.arguments, strict=True):
        if kind == "level":
            if argument not in LEVELS or test.function not in {"ind", "on"}:
                yield "R009", f"`{argument}` is no level of `{test.function}`.", ""
        elif argument not in (known := names.known(kind)):
            above = " (one may use those above it)" if kind == "definition" and stage is Stage.DEFINITION else ""
            yield _CODES.get(kind, "F007"), f"`{argument}` is no {kind} known here{above}.", nearest(argument, known)
    if "counted" in word.arguments:
        yield from _inner_faults(test.inner)


def _kinds(test: Test, word: Word) -> tuple[str, ...]:
    """The kind of each argument: counted things and outcomes may be many, a level may be left out."""
    if word.arguments[-1] in {"counted", "outcome"}:
        more = max(len(test.arguments) - len(word.arguments), 0)
        return word.arguments + word.arguments[-1:] * more
    return word.arguments[:1] if word.arguments[-1] == "level" and len(test.arguments) == 1 else word.arguments


def _inner_faults(inner: str) -> Iterator[tuple[str, str, str]]:
    predicate, _, level = inner.partition(" ")
    if predicate not in PREDICATES or (level and (level not in LEVELS or predicate not in {"ind", "on"})):
        yield "R009", f"`{inner}` is nothing that can be counted.", nearest(predicate, PREDICATES)


def _comparison_faults(test: Test, word: Word) -> Iterator[tuple[str, str, str]]:
    if test.operator and not word.compared:
        yield "F016", f"`{test.function}` is true or false by itself and is not compared.", ""
    if word.compared and (
        test.operator not in OPERATORS or not all(value.isascii() and value.isdigit() for value in test.values)
    ):
        yield "F016", f"`{test.function}` is compared with one whole number.", ""
