"""Number what a single account can settle by saying "not found", so that rules ask one fact instead of all who said so.

Who can rule a finding out is asked of accounts one by one (domain 12.1, 12.4): "the person harmed, and a record" is one
account of each. So each such test of each question that a rule asks for has a number, a cell; an account states the
cells that it settles, and a rule looks at one or two of them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from triage.assess.compiled.denying import Asked
from triage.assess.slots import Slot, Slots
from triage.assess.worth.competence import BY_ACCOUNTS, WAYS, Single, competence_of
from triage.flow.conditions import Always, substitute, tests
from triage.flow.model import Rulebook
from triage.flow.vocabulary import split_role

Ways = tuple[tuple[int, ...], ...]
"""Ways in which it is settled: by any of them, when each of its cells is."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One test of the accounts that rule a slot out by a question: asked where (empty: anywhere), and by whom."""

    number: int
    orientation: str
    settles: Single
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Cells:
    """Every cell of a rulebook.

    `of` are those of a slot and a question. `ways` tell which cells answer what a rule asks. Of what is in `more`
    these must be settled, and the accounts be looked at besides: their contacts and days, or what they ruled out.
    """

    of: Mapping[tuple[int, str], Sequence[Cell]]
    ways: Mapping[Asked, Ways]
    more: frozenset[Asked]
    size: int


NO_CELLS = Cells({}, {}, frozenset(), 0)


def cells_of(rulebook: Rulebook, slots: Slots) -> Cells:
    """Number the cells for which the rules of a rulebook ask."""
    ruling = tuple(_ruling_out(rulebook))
    whole = {(finding, question) for finding, question, complete in ruling if complete}
    numbers: dict[tuple[int, str, str, Single], int] = {}
    ways: dict[Asked, Ways] = {}
    more: set[Asked] = set()
    for slot in slots.all:
        questions = {question for finding, question, _ in ruling if finding == slot.finding.name}
        for asked in _asked(rulebook, slot, questions):
            number, question, named, orientation = asked
            competence = named or competence_of(slot.finding)
            ways[asked] = tuple(
                tuple(numbers.setdefault((number, question, orientation, one), len(numbers)) for one in way)
                for way in WAYS[competence]
            )
            if competence in BY_ACCOUNTS or (slot.finding.name, question) in whole:
                more.add(asked)
    found: defaultdict[tuple[int, str], list[Cell]] = defaultdict(list)
    for (number, question, orientation, settles), cell in numbers.items():
        slot = slots.all[number]
        found[number, question].append(Cell(cell, orientation, settles, slot.actor or "A", slot.other or "B"))
    return Cells(dict(found), ways, frozenset(more), len(numbers))


def _ruling_out(rulebook: Rulebook) -> Iterator[tuple[str, str, bool]]:
    """The findings that questions can rule out, and whether a row for every option is needed for that."""
    for question in rulebook.questions.values():
        for one in question.evidence:
            if one.strength == "0":
                yield one.finding, question.id, one.complete


def _asked(rulebook: Rulebook, slot: Slot, questions: Collection[str]) -> Iterator[Asked]:
    """What the rules of a slot ask about "not found"; by default, whether any question ruled it out."""
    definition = slot.finding
    for condition in definition.conditions:
        for test in tests(substitute(condition, slot.roles)):
            if test.function == "no":
                word, competence = (*test.arguments, "")[:2]
                question, role = split_role(word, rulebook.questions)
                if question in questions:
                    yield slot.number, question, competence, role
    if definition.zero == Always():
        yield from ((slot.number, question, "", "") for question in sorted(questions))
