"""Every structural check, by kind: what it looks at, and the problems it finds."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from triage.checks.structure.attributes import attributes_that_decide
from triage.checks.structure.conditions import conditions_that_say_nothing, shadowed_rules
from triage.checks.structure.consequences import (
    acts_nobody_reads,
    clauses_nobody_cites,
    definitions_nobody_reads,
    findings_nobody_reads,
    options_that_lead_nowhere,
    targets_that_are_no_outcomes,
)
from triage.checks.structure.order import read_before_asked
from triage.checks.structure.silence import non_answers_read, zeros_by_silence
from triage.checks.structure.subject import Subject
from triage.checks.structure.ways import (
    danger_passed_over,
    endless_ways,
    loops,
    safety_questions,
    unreachable_questions,
)
from triage.flow.problems import Problem

Check = Callable[[Subject], Iterator[Problem]]

KINDS: Mapping[str, tuple[Check, ...]] = {
    "ways": (unreachable_questions, endless_ways, loops, read_before_asked),
    "first questions": (safety_questions, danger_passed_over),
    "consequences": (options_that_lead_nowhere, targets_that_are_no_outcomes),
    "readers": (findings_nobody_reads, acts_nobody_reads, definitions_nobody_reads, clauses_nobody_cites),
    "conditions": (conditions_that_say_nothing, shadowed_rules),
    "silence": (zeros_by_silence, non_answers_read),
    "attributes": (attributes_that_decide,),
}
"""The checks of each kind, in the order in which their summaries are told."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of check: its name, and every problem it found, in the order of files and lines."""

    name: str
    problems: tuple[Problem, ...]


def checked(subject: Subject, rule_problems: Iterable[Problem] = ()) -> tuple[Kind, ...]:
    """Run every check; `rule_problems` are those of the rules of the decision, which their own room judges."""
    found = {name: [one for check in checks for one in check(subject)] for name, checks in KINDS.items()}
    found["conditions"] += rule_problems
    return tuple(Kind(name, in_order(problems)) for name, problems in found.items())


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by file, line and code."""
    return tuple(sorted(dict.fromkeys(problems), key=lambda one: (one.file, one.line, one.code, one.message)))
