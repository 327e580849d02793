"""The entries of the flows as data: which rows of which question speak for which value of which finding."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from triage.assess.compiled.compiling import ORIENTATIONS, roles_of
from triage.assess.slots import OTHER, Slot, Slots
from triage.flow.conditions import Condition, substitute, tests
from triage.flow.model import Element, Evidence, FindingDefinition, Kind, Question, Rulebook, Scope
from triage.proof.sheets.shape.bounds import Bounds
from triage.proof.sheets.shape.rows import SAYS_WHOM, Asked, Layout

Place = tuple[str, str]
"""A question and the orientation in which it is asked."""

ROW_TESTS = frozenset({"cell", "filled", "future", "costs"})
_UNSAID = frozenset({"none", "not_asked_me"})
_FROM_A_COLUMN: Mapping[str, tuple[tuple[str, str], ...]] = {
    "who": (("A", "A"), ("B", "B")),
    "to_who": (("BA", "A"), ("AB", "B")),
    "by_whom": (("AB", "A"), ("BA", "B")),
}
"""For a role that a column gives: each suffix, and the person whom the column must mean."""


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One piece of evidence for one value: as written, with persons in place of roles.

    `meant` is the person whom the column `evidence.who` must mean, or empty. `scale` holds the second codes that
    speak, those that go without saying included.
    """

    slot: Slot
    place: Place
    evidence: Evidence
    definition: FindingDefinition
    when: Condition
    scale: frozenset[str]
    meant: str
    other: str

    @property
    def kind(self) -> str:
        """Empty, `count`, `rule`, or the kind of the counted element."""
        if self.evidence.element is not None:
            return self.evidence.element.kind
        return self.evidence.strength if self.evidence.strength in {"count", "rule"} else ""

    @property
    def whole(self) -> bool:
        """Whether every code chosen must be among its options."""
        return self.evidence.only or (self.evidence.strength == "0" and not self.evidence.loose)


def entries_of(rulebook: Rulebook, slots: Slots) -> dict[Place, tuple[SheetEntry, ...]]:
    """Every entry of every question, by place; a place without entries has an empty tuple."""
    return {
        (question.id, orientation): tuple(_of_place(rulebook, slots, question, orientation))
        for question in rulebook.questions.values()
        for orientation in ORIENTATIONS[question.about]
    }


def _of_place(rulebook: Rulebook, slots: Slots, question: Question, orientation: str) -> Iterator[SheetEntry]:
    roles = roles_of(orientation)
    for evidence in question.evidence:
        definition = rulebook.findings[evidence.finding]
        for suffix, meant in _suffixes(definition, evidence.role, roles):
            slot = slots.all[slots.number[f"{definition.name}_{suffix}" if suffix else definition.name]]
            yield SheetEntry(
                slot,
                (question.id, orientation),
                evidence,
                definition,
                substitute(evidence.when, roles),
                evidence.scale or _speaking(question, evidence),
                meant,
                slot.other if definition.scope is not Scope.PERSON or definition.acts else "",
            )


def _speaking(question: Question, evidence: Evidence) -> frozenset[str]:
    """Rows that say `none` speak for nothing, unless an entry asks for them."""
    if not _UNSAID & set(question.scale) or evidence.strength in {"0", "rule"}:
        return frozenset()
    return frozenset(question.scale) - _UNSAID | {""}


def _suffixes(definition: FindingDefinition, role: str, roles: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    if definition.scope in {Scope.PAIR, Scope.CASE}:
        return (("", ""),)
    if role == "both":
        return (("AB", ""), ("BA", "")) if definition.scope is Scope.DIRECTED else (("A", ""), ("B", ""))
    return _FROM_A_COLUMN.get(role) or ((roles[role], ""),)


def layout_of(question: Question, entries: tuple[SheetEntry, ...], bounds: Bounds) -> Layout:
    """What some entries of one place read of the rows of an account."""
    asked: set[Asked] = set()
    scaled = False
    for entry in entries:
        scaled |= bool(entry.scale)
        element = entry.evidence.element
        if element is not None and element.cell:
            scaled |= element.cell == "scale"
            asked |= _labels(element, bounds)
        if entry.meant:
            asked |= {Asked("meant", entry.evidence.who, letter) for letter in SAYS_WHOM}
        asked |= set(_asked_by(entry.when))
    several = (scaled or asked) and question.kind is not Kind.ONE
    return Layout(question, scaled, tuple(sorted(asked)), bounds.rows if several else 1)


def _labels(element: Element, bounds: Bounds) -> set[Asked]:
    if element.cell == "scale":
        return set()
    return {Asked("label", element.cell, str(number)) for number in range(bounds.labels)}


def _asked_by(when: Condition) -> Iterator[Asked]:
    for test in tests(when):
        if test.function == "cell":
            for word in test.values:
                yield Asked("cell", test.arguments[0], word)
        elif test.function in ROW_TESTS:
            yield Asked(test.function, test.arguments[0])


def other_than(letter: str) -> str:
    """The other letter of the pair."""
    return OTHER[letter]
