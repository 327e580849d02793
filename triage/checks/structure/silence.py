"""Silence rules nothing out: with NK, DEC or NSA for every answer, no finding is 0 but those declared so (INV-42)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from triage.checks import variables
from triage.checks.deciding import Verdict, verdict
from triage.checks.flow_tests import COUNTED, Spelling, counted
from triage.checks.formulas import Formula, all_of, negated
from triage.checks.names_read import findings_read_by_findings
from triage.checks.structure.safety_file import FILE
from triage.checks.structure.subject import FINDINGS, Subject
from triage.flow.conditions import ROLES_AB, Always, And, Condition, Not, Or, Test, substitute, tests
from triage.flow.faults import SIGNATURE
from triage.flow.model import RESERVED_CODES, FindingDefinition
from triage.flow.problems import Problem
from triage.flow.values import UNKNOWN
from triage.flow.vocabulary import split_role

ON_QUESTIONS = frozenset({"answered", "answered_or_declined", "answer"})
BY_AN_ACCOUNT = frozenset({"no", "corroborated", "reaches"})

INDICATED = 2
ANY_OR_NONE = frozenset({0, None})
"""What a measure may be in silence when nobody has worked it out."""

Values = Mapping[str, set[int]]


def zeros_by_silence(subject: Subject) -> Iterator[Problem]:
    """S017, S019: no finding is ruled out while nobody answered anything, but those that safety.yml declares."""
    values = values_in_silence(subject)
    declared = subject.safety.zero_by_default
    for name, found in values.items():
        if 0 in found and name not in declared:
            message = f"`{name}` is ruled out although nobody answered: NK, DEC and NSA would read as no."
            yield Problem("S017", message, FINDINGS, subject.book.findings[name].line)
    for name, reasoned in declared.items():
        if 0 not in values.get(name, ()):
            message = f"`{name}` is declared to be ruled out by silence, and is not."
            yield Problem("S019", message, FILE, reasoned.line)


def non_answers_read(subject: Subject) -> Iterator[Problem]:
    """S020: no zero reads NK, DEC, NSA or that nothing was answered; no rule of 2 or more reads NK, DEC or NSA."""
    for name, finding in subject.book.findings.items():
        strong = (rule.when for rule in finding.rules if rule.strength >= INDICATED)
        said = {code for one in (finding.zero, *strong) for code in _non_answers(one)}
        if said:
            message = f"`{name}` is ruled out, or found, by {', '.join(sorted(said))}, which says nothing."
            yield Problem("S020", message, FINDINGS, finding.line)
        elif any(test.function == "answered" for test in _denied(finding.zero)):
            message = f"`{name}` is ruled out, among other things, because something was not answered."
            yield Problem("S020", message, FINDINGS, finding.line)


def _non_answers(condition: Condition) -> frozenset[str]:
    asked = (test for test in tests(condition) if test.function == "answer" and test.operator != "!=")
    return frozenset(code for test in asked for code in test.values) & RESERVED_CODES


def _denied(condition: Condition, denied: bool = False) -> Iterator[Test]:
    """The tests that must not hold."""
    match condition:
        case Test():
            yield from (condition,) if denied else ()
        case Not(part):
            yield from _denied(part, not denied)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _denied(part, denied)


def values_in_silence(subject: Subject) -> dict[str, set[int]]:
    """Give every value that each finding may have while no question has a value and no act is in force.

    What was declined may have been declined twice; measures have the values that the program works out of such a case,
    and nothing is counted. Values are added until nothing more can be.
    """
    values: dict[str, set[int]] = {name: {UNKNOWN} for name in subject.book.findings}
    readers = findings_read_by_findings(subject.book)
    waiting = dict.fromkeys(subject.book.findings)
    while waiting:
        name = next(iter(waiting))
        del waiting[name]
        new = set(_given(subject, subject.book.findings[name], values)) - values[name]
        values[name] |= new
        waiting |= dict.fromkeys(readers[name] if new else ())
    return values


def _given(subject: Subject, finding: FindingDefinition, values: Values) -> Iterator[int]:
    if finding.otherwise_zero or (finding.zero != Always() and _possible(subject, finding.zero, values)):
        yield 0
    for rule in finding.rules:
        if _possible(subject, rule.when, values):
            yield rule.strength


def _possible(subject: Subject, condition: Condition, values: Values) -> bool:
    silent = [_silent(test, subject, values) for test in tests(substitute(condition, ROLES_AB))]
    formulas = [subject.tests.formula(condition), *(one for one in silent if one)]
    return verdict(formulas, subject.purse) is not Verdict.IMPOSSIBLE


def _silent(test: Test, subject: Subject, values: Values) -> Formula | None:
    """What is so of the thing that a test asks for, in silence; None where silence says nothing about it."""
    book, spelling = subject.book, Spelling(subject.tests, None)
    if test.function in {*variables.PREDICATES, "value"}:
        name, _ = split_role(test.arguments[0], book.findings)
        return variables.among(("finding", test.arguments[0]), values[name], spelling.most(name))
    if test.function in COUNTED:
        measured = test.function == "measure"
        numbers = subject.silent_measures.get(test.arguments[0], ANY_OR_NONE) if measured else {0}
        variable, compared = (test.function, test.arguments), subject.tests.compared[counted(test)]
        return variables.number_among(variable, numbers, compared, measured)
    if test.function in ON_QUESTIONS:
        asked = test.arguments if test.function != "answer" else test.arguments[:1]
        return all_of(negated(spelling.test(Test("answered", (word,)), wanted=True)) for word in asked)
    if test.function in BY_AN_ACCOUNT:
        return negated(spelling.test(replace(test, operator="", values=()), wanted=True))
    if test.function in {"act", "signed"}:
        act = SIGNATURE if test.function == "signed" else test.arguments[0]
        return negated(spelling.test(Test("act", (act,)), wanted=True))
    return None
