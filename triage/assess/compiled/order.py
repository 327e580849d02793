"""The order in which findings are computed: each after those its rules read; a circle is a problem."""

from collections.abc import Iterable, Mapping

from triage.assess.compiled.spelling import RuleSpelling
from triage.assess.slots import Slot, Slots
from triage.flow.model import Rulebook
from triage.flow.problems import Problem

NOTHING_ELSE = Rulebook({}, {}, {}, {}, {}, {}, {})


def circles_among(slots: Slots) -> tuple[Problem, ...]:
    """F021: no rule of a finding reads that finding itself, directly or through other findings."""
    reads = _reads(slots)
    _, waiting = _ordered(slots, reads)
    circling = [slot for slot in waiting if slot.number in _reached(slot.number, reads)]
    names = list(dict.fromkeys(slot.finding.name for slot in circling))
    message = f"The rules of {', '.join(f'`{name}`' for name in names[:8])} read each other in a circle."
    return tuple(Problem("F021", message, "findings.yml", slot.finding.line) for slot in circling[:1])


def in_order(slots: Slots) -> tuple[int, ...]:
    """The numbers of the slots, each after those it reads (falls come last and bind nothing).

    Raises ValueError when there is a circle: `circles_among` is asked first.
    """
    ordered, waiting = _ordered(slots, _reads(slots))
    if waiting:
        raise ValueError(f"findings read each other in a circle: {[slot.name for slot in waiting][:8]}")
    return tuple(ordered)


def _ordered(slots: Slots, reads: Mapping[int, set[int]]) -> tuple[list[int], list[Slot]]:
    """The slots that can be put in order, and those that wait for one another."""
    ordered: list[int] = []
    placed: set[int] = set()
    waiting = list(slots.all)
    while ready := [slot.number for slot in waiting if reads[slot.number] <= placed]:
        ordered += ready
        placed.update(ready)
        waiting = [slot for slot in waiting if slot.number not in placed]
    return ordered, waiting


def _reads(slots: Slots) -> Mapping[int, set[int]]:
    """Which strengths the rules of each slot read."""
    reads: dict[int, set[int]] = {}
    for slot in slots.all:
        definition = slot.finding
        spelling = RuleSpelling(NOTHING_ELSE, slots, dict(slot.roles), slot)
        conditions = [definition.zero, definition.unknown_when, *(rule.when for rule in definition.rules)]
        reads[slot.number] = {
            number
            for condition in conditions
            for name in spelling.findings_read(condition)
            for number in slots.merged.get(name, (slots.number[name],))
        }
    return reads


def _reached(start: int, reads: Mapping[int, Iterable[int]]) -> set[int]:
    """Every slot that one reads, directly or through others."""
    reached: set[int] = set()
    following = list(reads[start])
    while following:
        number = following.pop()
        if number not in reached:
            reached.add(number)
            following += reads[number]
    return reached
