"""Which codes of a question any condition asks for: only these are facts of a case, as nobody looks at the others.

A condition that asked for a code that is missing here could not be compiled: its spelling looks the number up.
"""

from collections import defaultdict
from collections.abc import Mapping

from triage.assess.measuring.measures import MEASURES
from triage.flow.conditions import tests
from triage.flow.model import Rulebook
from triage.flow.vocabulary import split_role


def codes_read(rulebook: Rulebook) -> Mapping[str, frozenset[str]]:
    """By question, the codes that a condition, or what a measure is read from, asks for by name."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for condition in rulebook.conditions:
        for test in tests(condition):
            if test.function == "answer":
                found[split_role(test.arguments[0], rulebook.questions)[0]].update(test.values)
    for measured in MEASURES.values():
        for word in measured.reads if measured.silent else ():
            question = word.partition("_")[0]
            if question in rulebook.questions:
                found[question].update(set(rulebook.questions[question].options) - measured.silent)
    return {question: frozenset(codes) for question, codes in found.items()}
