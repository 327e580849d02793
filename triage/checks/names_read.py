"""Which questions, findings, acts and measures a condition reads, whatever person or direction it reads them of."""

from collections import defaultdict
from collections.abc import Iterator

from triage.flow.conditions import Condition, Test, tests
from triage.flow.faults import SIGNATURE
from triage.flow.model import Rulebook
from triage.flow.vocabulary import FUNCTIONS, split_role

QUESTION, FINDING, ACT, MEASURE = "question", "finding", "act", "measure"
_KINDS = {
    "question": QUESTION, "whole_question": QUESTION, "finding": FINDING, "single_finding": FINDING, "act": ACT,
    "measure": MEASURE,
}  # fmt: skip


def names_read(condition: Condition, book: Rulebook) -> Iterator[tuple[str, str]]:
    """Give each thing that a condition reads, in reading order: its kind (`question`, `finding`, ...) and its name."""
    for test in tests(condition):
        yield from _of_test(test, book)


def read_of(kind: str, condition: Condition, book: Rulebook) -> Iterator[str]:
    """Give the names of one kind that a condition reads."""
    return (name for found, name in names_read(condition, book) if found == kind)


def findings_read_by_findings(book: Rulebook) -> defaultdict[str, list[str]]:
    """Give the findings whose rules read each finding, in the order of the file."""
    readers: defaultdict[str, list[str]] = defaultdict(list)
    for finding in book.findings.values():
        for name in dict.fromkeys(name for one in finding.conditions for name in read_of(FINDING, one, book)):
            readers[name].append(finding.name)
    return readers


def _of_test(test: Test, book: Rulebook) -> Iterator[tuple[str, str]]:
    if test.function == "signed":
        yield ACT, SIGNATURE
        return
    known = {QUESTION: book.questions, FINDING: book.findings, ACT: book.acts}
    written = FUNCTIONS[test.function].arguments
    for number, word in enumerate(test.arguments):
        kind = _KINDS.get(written[min(number, len(written) - 1)])
        if kind == MEASURE:
            yield kind, word
        elif kind:
            yield kind, split_role(word, known[kind])[0]
