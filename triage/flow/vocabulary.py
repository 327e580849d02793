"""Which tests a condition may use, where, and with what names: one table, checked when the flows are read."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import Flag, auto

from triage.flow.model import About, Scope


class Place(Flag):
    """Where a condition stands: a question or edge, a piece of evidence, or a rule of a finding."""

    ASKING = auto()
    EVIDENCE = auto()
    FINDING = auto()


ANYWHERE = Place.ASKING | Place.EVIDENCE | Place.FINDING
READS_FINDINGS = Place.ASKING | Place.FINDING


@dataclass(frozen=True, slots=True)
class Word:
    """One test function: what each argument names, where it may stand, how it is compared.

    The last kind may be repeated when `many`; the first `least` arguments must be there.
    """

    arguments: tuple[str, ...]
    places: Place
    comparison: str = "none"
    least: int = 1
    many: bool = False


FUNCTIONS: Mapping[str, Word] = {
    "ind": Word(("finding", "level"), READS_FINDINGS),
    "poss": Word(("finding",), READS_FINDINGS),
    "on": Word(("finding", "level"), READS_FINDINGS),
    "unk": Word(("finding",), READS_FINDINGS),
    "doubt": Word(("finding",), READS_FINDINGS),
    "zero": Word(("finding",), READS_FINDINGS),
    "value": Word(("finding",), READS_FINDINGS, "number"),
    "answer": Word(("question",), ANYWHERE, "code"),
    "answered": Word(("question",), ANYWHERE, many=True),
    "answered_or_declined": Word(("question",), Place.FINDING, many=True),
    "declined_twice": Word(("question",), Place.FINDING),
    "count": Word(("whole_question",), Place.FINDING, "number", many=True),
    "no": Word(("question", "competence"), Place.FINDING),
    "signed": Word(("result",), Place.ASKING),
    "event": Word(("free",), Place.ASKING, many=True),
    "every": Word(("free",), Place.ASKING),
    "act": Word(("act",), READS_FINDINGS, "value"),
    "elements": Word(("kind", "single_finding"), Place.FINDING, "number"),
    "classes": Word(("kind", "single_finding"), Place.FINDING, "number"),
    "corroborated": Word(("kind", "single_finding"), Place.FINDING),
    "reaches": Word(("single_finding",), Place.FINDING),
    "measure": Word(("measure", "place"), Place.EVIDENCE | Place.FINDING, "number"),
    "cell": Word(("column",), Place.EVIDENCE, "cell"),
    "filled": Word(("column",), Place.EVIDENCE),
    "future": Word(("column",), Place.EVIDENCE),
    "costs": Word(("column",), Place.EVIDENCE),
    "chosen": Word(("option",), Place.EVIDENCE),
    "speaker": Word(("person",), Place.EVIDENCE),
    "source": Word(("source",), Place.EVIDENCE, many=True),
    "adult": Word(("person",), Place.EVIDENCE),
    "under_18": Word(("person",), Place.EVIDENCE),
    "unsafe": Word(("free",), Place.EVIDENCE),
    "harmed_or_support": Word(("free",), Place.EVIDENCE),
}
"""Every test of the language. `single_finding`: one value, not one merged over persons; `whole_question`: in every
direction, so without a role."""

COUNTED = {"count": "both_ways"}
"""What stands before the colon of a test that counts."""

DIRECTIONS = frozenset({"xy", "yx"})
PERSONS = frozenset({"x", "y"})
NO_ROLE = frozenset({""})
ONCE = frozenset({About.CASE, About.PAIR})
"""What is asked once, and must treat both persons alike."""

ROLES = ("xy", "yx", "x", "y", "A", "B", "AB", "BA", "both", "who", "to_who", "by_whom")
ROLES_OF_SCOPE: Mapping[str, frozenset[str]] = {
    Scope.DIRECTED: DIRECTIONS,
    Scope.PERSON: PERSONS,
    Scope.PERSON_IN_PAIR: PERSONS,
    Scope.PAIR: NO_ROLE,
    Scope.CASE: NO_ROLE,
}
"""Whose value a finding of a scope may be asked for; a merged finding may be asked for without a role, too."""

ROLES_OF_ABOUT: Mapping[str, frozenset[str]] = {
    About.DIRECTED: DIRECTIONS | NO_ROLE,
    About.PERSON: PERSONS | NO_ROLE,
    About.PAIR: NO_ROLE,
    About.CASE: NO_ROLE,
}
"""How a question may be named: without a role it is the one of whom the condition is asked."""

ROLES_OF_MEASURE: Mapping[str, frozenset[str]] = {
    "person": PERSONS,
    "direction": DIRECTIONS | NO_ROLE,
    "": PERSONS | DIRECTIONS | NO_ROLE,
}
"""The place that a measure is taken at; one of the pair or the case does not mind."""

ROLES_OF_EVIDENCE: Mapping[str, frozenset[str]] = {
    Scope.DIRECTED: DIRECTIONS | {"AB", "BA", "both", "to_who", "by_whom"},
    Scope.PERSON: PERSONS | {"A", "B", "both", "who"},
    Scope.PERSON_IN_PAIR: PERSONS | {"A", "B", "both", "who"},
    Scope.PAIR: NO_ROLE,
    Scope.CASE: NO_ROLE,
}
"""Whose finding a piece of evidence may be for; only evidence names a person (A, B), because an option may."""


@dataclass(slots=True)
class Names:
    """The names that conditions may use, and what belongs to them: scopes, options, values, kinds of elements."""

    findings: Collection[str] = ()
    scopes: Mapping[str, str] = field(default_factory=dict)
    merged: Collection[str] = ()
    questions: Mapping[str, Collection[str]] = field(default_factory=dict)
    abouts: Mapping[str, str] = field(default_factory=dict)
    acts: Mapping[str, Collection[str]] = field(default_factory=dict)
    act_abouts: Mapping[str, str] = field(default_factory=dict)
    sources: Collection[str] = ()
    competences: Collection[str] = ()
    measures: Collection[str] = ()
    columns: Mapping[str, Collection[str]] = field(default_factory=dict)
    options: Collection[str] = ()
    kinds: Collection[str] = ()


def split_role(word: str, known: Collection[str]) -> tuple[str, str]:
    """Split `CTRL_xy` into a known name and its role; the role is empty when none stands there."""
    if word in known:
        return word, ""
    for role in ROLES:
        if word.endswith("_" + role) and word[: -len(role) - 1] in known:
            return word[: -len(role) - 1], role
    return word, ""
