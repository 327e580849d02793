"""Name and number every value that the findings of one pair can have: `CTRL_AB`, `FORCE_B`, `SUFF`, and so on."""

from collections.abc import Mapping
from dataclasses import dataclass

from triage.flow.model import FindingDefinition, Scope

SUFFIXES: Mapping[Scope, tuple[str, ...]] = {
    Scope.DIRECTED: ("AB", "BA"),
    Scope.PERSON_IN_PAIR: ("A", "B"),
    Scope.PERSON: ("A", "B"),
    Scope.PAIR: ("",),
    Scope.CASE: ("",),
}
OTHER = {"A": "B", "B": "A"}


@dataclass(frozen=True, slots=True)
class Slot:
    """One value of one finding for one pair; `actor` acts or is the person, `other` is the other person."""

    number: int
    name: str
    finding: FindingDefinition
    suffix: str
    actor: str
    other: str

    @property
    def roles(self) -> Mapping[str, str]:
        """Whom the roles of this finding's rules mean."""
        x, y = self.actor or "A", self.other or "B"
        return {"xy": x + y, "yx": y + x, "x": x, "y": y}


@dataclass(frozen=True, slots=True)
class Slots:
    """All slots of a rulebook, the numbers of the merged readings that follow them, and how many values there are."""

    all: tuple[Slot, ...]
    number: Mapping[str, int]
    merged: Mapping[str, tuple[int, ...]]
    size: int


def slots_of(findings: Mapping[str, FindingDefinition]) -> Slots:
    """Number the values in the order of the findings file; the readings merged over persons or directions come last."""
    slots: list[Slot] = []
    for definition in findings.values():
        for suffix in SUFFIXES[definition.scope]:
            actor = suffix[:1]
            name = f"{definition.name}_{suffix}" if suffix else definition.name
            slots.append(Slot(len(slots), name, definition, suffix, actor, OTHER.get(actor, "")))
    number = {slot.name: slot.number for slot in slots}
    merged: dict[str, tuple[int, ...]] = {}
    for definition in findings.values():
        if definition.merged:
            merged[definition.name] = tuple(slot.number for slot in slots if slot.finding is definition)
            number[definition.name] = len(number)
    return Slots(tuple(slots), number, merged, len(number))
