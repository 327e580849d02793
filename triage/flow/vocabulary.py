"""Which tests a condition may use, where, and with what names: one table, checked when the flows are read."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Flag, auto

from triage.flow.conditions import Condition, Test, tests
from triage.flow.model import RESERVED_CODES
from triage.flow.problems import nearest


class Place(Flag):
    """Where a condition stands: a question or edge, a piece of evidence, or a rule of a finding."""

    ASKING = auto()
    EVIDENCE = auto()
    FINDING = auto()


ANYWHERE = Place.ASKING | Place.EVIDENCE | Place.FINDING
READS_FINDINGS = Place.ASKING | Place.FINDING


@dataclass(frozen=True, slots=True)
class Word:
    """One test function: what its arguments name, where it may stand, whether it needs a comparison."""

    arguments: str
    places: Place
    comparison: str = "none"


FUNCTIONS: Mapping[str, Word] = {
    "ind": Word("finding", READS_FINDINGS),
    "poss": Word("finding", READS_FINDINGS),
    "on": Word("finding", READS_FINDINGS),
    "unk": Word("finding", READS_FINDINGS),
    "doubt": Word("finding", READS_FINDINGS),
    "zero": Word("finding", READS_FINDINGS),
    "value": Word("finding", READS_FINDINGS, "number"),
    "answer": Word("question", ANYWHERE, "code"),
    "answered": Word("question", ANYWHERE),
    "answered_or_declined": Word("question", Place.FINDING),
    "declined_twice": Word("question", Place.FINDING),
    "count": Word("question", Place.FINDING, "number"),
    "no": Word("question, competence", Place.FINDING),
    "signed": Word("result", Place.ASKING),
    "event": Word("free", Place.ASKING),
    "every": Word("free", Place.ASKING),
    "act": Word("act", READS_FINDINGS, "value"),
    "elements": Word("kind", Place.FINDING, "number"),
    "classes": Word("kind", Place.FINDING, "number"),
    "corroborated": Word("kind", Place.FINDING),
    "reaches": Word("finding", Place.FINDING),
    "measure": Word("measure", Place.EVIDENCE | Place.FINDING, "number"),
    "cell": Word("column", Place.EVIDENCE, "cell"),
    "filled": Word("column", Place.EVIDENCE),
    "future": Word("column", Place.EVIDENCE),
    "costs": Word("column", Place.EVIDENCE),
    "chosen": Word("option", Place.EVIDENCE),
    "speaker": Word("role", Place.EVIDENCE),
    "source": Word("source", Place.EVIDENCE),
    "adult": Word("role", Place.EVIDENCE),
    "under_18": Word("role", Place.EVIDENCE),
    "unsafe": Word("free", Place.EVIDENCE),
    "harmed_or_support": Word("free", Place.EVIDENCE),
}
ROLES = ("xy", "yx", "x", "y", "A", "B", "AB", "BA", "both", "who", "to_who", "by_whom")


@dataclass(slots=True)
class Names:
    """The names that conditions may use, and what belongs to them."""

    findings: Collection[str] = ()
    questions: Mapping[str, Collection[str]] = field(default_factory=dict)
    acts: Mapping[str, Collection[str]] = field(default_factory=dict)
    sources: Collection[str] = ()
    competences: Collection[str] = ()
    measures: Collection[str] = ()
    columns: Mapping[str, Collection[str]] = field(default_factory=dict)
    options: Collection[str] = ()


def split_role(word: str, known: Collection[str]) -> tuple[str, str]:
    """Split `CTRL_xy` into a known name and its role; the role is empty when none stands there."""
    if word in known:
        return word, ""
    for role in ROLES:
        if word.endswith("_" + role) and word[: -len(role) - 1] in known:
            return word[: -len(role) - 1], role
    return word, ""


def faults(condition: Condition, place: Place, names: Names) -> Iterator[tuple[str, str, str]]:
    """Give each fault of a condition as problem code, sentence, and nearest known name."""
    for test in tests(condition):
        word = FUNCTIONS.get(test.function)
        if word is None:
            spoken = test.arguments[0] if test.function == "name" else test.function
            yield "F010", f"`{spoken}` is no test of the language.", nearest(spoken, FUNCTIONS)
        elif not word.places & place:
            yield "F011", f"`{test.function}` has no meaning here.", ""
        else:
            yield from _argument_faults(test, word, names)
            yield from _comparison_faults(test, word, names)


def _argument_faults(test: Test, word: Word, names: Names) -> Iterator[tuple[str, str, str]]:
    known: Mapping[str, tuple[str, Collection[str]]] = {
        "finding": ("F007", names.findings),
        "question": ("F006", names.questions),
        "act": ("F013", names.acts),
        "source": ("F012", names.sources),
        "column": ("F009", names.columns),
        "option": ("F008", names.options),
        "measure": ("F018", names.measures),
    }
    kind = word.arguments.partition(",")[0]
    if kind not in known:
        return
    code, collection = known[kind]
    arguments = test.arguments if kind in {"question", "source", "option"} else test.arguments[:1]
    for number, argument in enumerate(arguments):
        if number and word.arguments.endswith("competence"):
            if argument not in names.competences:
                yield "F018", f"`{argument}` is no competence.", nearest(argument, names.competences)
        elif split_role(argument, collection)[0] not in collection:
            yield code, f"`{argument}` is not known.", nearest(argument, collection)


def _comparison_faults(test: Test, word: Word, names: Names) -> Iterator[tuple[str, str, str]]:
    if word.comparison == "none" and test.operator:
        yield "F016", f"`{test.function}` is true or false by itself and is not compared.", ""
    if word.comparison not in {"none", "value"} and not test.operator:
        yield "F016", f"`{test.function}` needs a comparison.", ""
    if word.comparison == "number" and not all(value.isdigit() for value in test.values):
        yield "F016", f"`{test.function}` is compared with whole numbers.", ""
    domain: Collection[str] = ()
    if word.comparison == "code":
        question = split_role(test.arguments[0], names.questions)[0]
        domain = {*names.questions.get(question, ()), *RESERVED_CODES}
    if word.comparison == "value":
        domain = names.acts.get(split_role(test.arguments[0], names.acts)[0], ())
    if word.comparison == "cell":
        domain = names.columns.get(test.arguments[0], ())
    for value in test.values if domain else ():
        if value not in domain:
            yield "F008", f"`{value}` is never a value of `{test.arguments[0]}`.", nearest(value, domain)
