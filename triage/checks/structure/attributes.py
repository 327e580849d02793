"""Who somebody is decides nothing: answers about gender, faith and the like add safeguards alone (INV-40)."""

from collections.abc import Iterator

from triage.checks.decision import DecisionRule
from triage.checks.names_read import FINDING, findings_read_by_findings, read_of
from triage.checks.structure.safety_file import FILE
from triage.checks.structure.subject import FINDINGS, Subject, of_flow
from triage.flow.conditions import Condition, tests
from triage.flow.model import Evidence, Question
from triage.flow.problems import Problem
from triage.flow.vocabulary import split_role

RESULTS = "results"
"""The list that says who is primary: nothing about who somebody is reaches it, not even a safeguard."""


def attributes_that_decide(subject: Subject) -> Iterator[Problem]:
    """S018: what tells who somebody is reaches declared safeguards alone, and none of these the result.

    Looked at are the options that questions declare as `attributes`. (1) No condition of a flow, question or edge reads
    them. (2) A finding that rests on them, by evidence, by a rule, or through another finding, is a declared safeguard.
    (3) No safeguard decides what is asked in the flows of `without_attributes`, or is read by a result.
    """
    yield from _conditions_of_asking(subject)
    resting = findings_that_rest_on_attributes(subject)
    for name, why in resting.items():
        if name not in subject.safety.safeguards:
            message = f"`{name}` rests on who somebody is ({why}), and is no declared safeguard."
            yield Problem("S018", message, FINDINGS, subject.book.findings[name].line)
    for name, reasoned in subject.safety.safeguards.items():
        if name in subject.book.findings and name not in resting:
            yield Problem("S019", f"`{name}` is declared a safeguard, and rests on no attribute.", FILE, reasoned.line)
    yield from _safeguards_that_ask(subject, set(resting))
    for rule in subject.decision.rules:
        if rule.list == RESULTS:
            yield from _safeguards_in_a_result(subject, rule, set(resting))


def findings_that_rest_on_attributes(subject: Subject) -> dict[str, str]:
    """Give each finding that options which tell who somebody is can change, with what it rests on."""
    book = subject.book
    resting: dict[str, str] = {}
    for question in book.questions.values():
        for evidence in question.evidence:
            if _speaks_of_attributes(subject, evidence, question):
                resting.setdefault(evidence.finding, f"evidence of {question.id}")
    for finding in book.findings.values():
        told = next((word for one in finding.conditions for word in _attributes_read(subject, one)), "")
        if told:
            resting.setdefault(finding.name, f"an answer of {told}")
    readers, waiting = findings_read_by_findings(book), list(resting)
    while waiting:
        name = waiting.pop()
        for reader in readers[name]:
            if reader not in resting:
                resting[reader] = f"through {name}"
                waiting.append(reader)
    return resting


def _codes(question: Question) -> set[str]:
    return {code for codes in question.attributes.values() for code in codes}


def _speaks_of_attributes(subject: Subject, evidence: Evidence, question: Question) -> bool:
    codes = _codes(question)
    chosen = {word for test in tests(evidence.when) if test.function == "chosen" for word in test.arguments}
    own = bool(codes & chosen) or bool(codes and (not evidence.options or codes & evidence.options))
    return own or any(_attributes_read(subject, evidence.when))


def _attributes_read(subject: Subject, condition: Condition) -> Iterator[str]:
    """The questions of which a condition reads an option that tells who somebody is."""
    for test in tests(condition):
        if test.function == "answer":
            name = split_role(test.arguments[0], subject.book.questions)[0]
            if _codes(subject.book.questions[name]) & set(test.values):
                yield name


def _conditions_of_asking(subject: Subject) -> Iterator[Problem]:
    for flow in subject.book.flows.values():
        conditions = [(flow.opens, flow.line), *((edge.when, edge.line) for edge in flow.edges)]
        own = (subject.book.questions[name] for name in flow.questions)
        conditions += [(question.when, question.line) for question in own if question.flow == flow.id]
        for condition, line in conditions:
            for name in _attributes_read(subject, condition):
                message = f"Who somebody is decides what is asked: the condition reads an attribute of `{name}`."
                yield of_flow("S018", message, flow, line)


def _safeguards_that_ask(subject: Subject, resting: set[str]) -> Iterator[Problem]:
    for flow_id in subject.safety.without_attributes:
        flow = subject.book.flows[flow_id]
        conditions = [(flow.opens, flow.line), *((edge.when, edge.line) for edge in flow.edges)]
        questions = [subject.book.questions[name] for name in flow.questions]
        conditions += [(question.when, question.line) for question in questions]
        for condition, line in conditions:
            for name in set(read_of(FINDING, condition, subject.book)) & resting:
                message = f"`{name}` rests on who somebody is, and decides what flow `{flow_id}` asks."
                yield of_flow("S018", message, flow, line)


def _safeguards_in_a_result(subject: Subject, rule: DecisionRule, resting: set[str]) -> Iterator[Problem]:
    for one in subject.decision.read_by(rule):
        read = {split_role(word, subject.book.findings)[0] for word in subject.decision.words(one)}
        for name in sorted(read & resting):
            message = f"`{rule.id}` reads `{name}`, which rests on who somebody is."
            yield Problem("S018", message, one.file, one.line)
