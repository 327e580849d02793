"""Decide one pair from the record of its case: findings that have settled, then page 11 over them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import cast, overload

from triage.assess.compiled.compiling import CompiledRulebook
from triage.assess.findings import Classes, PairFindings, findings_of
from triage.assess.reading.acts import in_force
from triage.assess.walk import off_the_path
from triage.cases.record import CaseRecord, Pair
from triage.flow.values import INDICATED, RULED_OUT, UNKNOWN, Strength
from triage.routing.compiling import FACTS_OF_CONCERN
from triage.routing.decide import Decider, PairDecision

MOST_ROUNDS = 8

CONCERNED: Mapping[str, tuple[str, str]] = {"W_A": ("B", "A"), "W_B": ("A", "B")}
"""By result: whose support status counts, and around whom it matters what is open."""
NOBODY = ("", "")


def settled_findings(
    record: CaseRecord, pair: Pair, book: CompiledRulebook, on: date
) -> tuple[PairFindings, dict[str, str]]:
    """Compute findings, set aside the answers that are off the path, and again until nothing more falls off."""
    dropped: dict[str, str] = {}
    for _ in range(MOST_ROUNDS):
        findings = findings_of(book, record, pair, on, frozenset(dropped))
        fallen = off_the_path(findings.context)
        if not fallen:
            break
        for place, reason in fallen.items():
            dropped.update({one.answer.id: reason for one in findings.context.accounts_at(place)})
    return findings, dropped


@dataclass(frozen=True)
class FactOrder:
    """How the facts of a decision are found among the strengths of a pair: by numbers, worked out once."""

    book: CompiledRulebook
    decider: Decider

    @cached_property
    def slots(self) -> tuple[int, ...]:
        """For each fact of the decision, in order, the number of its strength; one past the last when it has none."""
        number, size = self.book.slots.number, self.book.slots.size
        return tuple(number.get(name, size) for name in self.decider.layout.facts)

    @cached_property
    def chosen(self) -> Callable[[Sequence[int]], tuple[int, ...]]:
        """Puts the strengths of a pair, and one unknown, into the order of the decision."""
        return itemgetter(*self.slots)


@lru_cache(maxsize=8)
def order_of(book: CompiledRulebook, decider: Decider) -> FactOrder:
    """The order of the facts of one rulebook and one decision."""
    return FactOrder(book, decider)


class FactClasses(Sequence[frozenset[str] | None]):
    """The classes of source behind each fact, in the order of the decision; worked out when asked."""

    def __init__(self, slots: Sequence[int], classes: Classes) -> None:
        self._slots, self._classes, self._size = slots, classes, len(classes)

    def __len__(self) -> int:
        return len(self._slots)

    @overload
    def __getitem__(self, place: int) -> frozenset[str] | None: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[frozenset[str] | None]: ...
    def __getitem__(self, place: int | slice) -> frozenset[str] | Sequence[frozenset[str] | None] | None:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        slot = self._slots[place]
        return self._classes.of(slot) if slot < self._size else None


def decide_pair(
    record: CaseRecord, findings: PairFindings, book: CompiledRulebook, decider: Decider, latched: frozenset[str]
) -> tuple[PairDecision, dict[str, Strength]]:
    """Decide a pair from its findings: the result first, then with the support status of whoever it concerns.

    ISS_OK is the status of whoever would be the victim-survivor, OTHERS_OPEN what is open around the other
    (domain 12.2); while nobody is determined the more protective of the two counts. These, and whether an unknown risk
    was passed over with reasons, are given back beside the decision.
    """
    order = order_of(book, decider)
    facts = cast("list[Strength]", list(order.chosen((*findings.strengths, UNKNOWN))))
    chosen: dict[str, Strength] = {}

    def concerning(result: str) -> Sequence[Strength]:
        serving, open_around = CONCERNED.get(result, NOBODY)
        found = (
            _of_person(findings, "ISS_OK", serving, least=True),
            _of_person(findings, "OTHERS_OPEN", open_around, least=False),
            _reasoned(record, findings, decider),
        )
        chosen.update(zip(FACTS_OF_CONCERN, found, strict=True))
        return found

    classes = FactClasses(order.slots, findings.classes)
    return decider.decide_in_order(facts, latched, classes, concerning), chosen


def facts_of(findings: PairFindings, book: CompiledRulebook) -> tuple[dict[str, Strength], dict[str, frozenset[str]]]:
    """The fact set of a pair, as `triage decide` names it, and the classes that each finding rests on."""
    names = book.slots.number  # numbered in this order
    facts = dict(zip(names, map(Strength, findings.strengths), strict=True))
    return facts, dict(zip(names, findings.classes, strict=True))


def _of_person(findings: PairFindings, name: str, letter: str, least: bool) -> Strength:
    number, strengths = findings.context.book.slots.number, findings.strengths
    if letter:
        return Strength(strengths[number[f"{name}_{letter}"]])
    both = [Strength(strengths[number[f"{name}_A"]]), Strength(strengths[number[f"{name}_B"]])]
    if least:
        return min(both)
    return max(both) if max(both) >= 1 else min(both)


def _reasoned(record: CaseRecord, findings: PairFindings, decider: Decider) -> Strength:
    """RISK_REASONED passes over the markers it lists: it counts for a pair only when every unknown one is listed."""
    c, number = findings.context, findings.context.book.slots.number
    reasoned = Strength(findings.strengths[number["RISK_REASONED"]])
    if reasoned < INDICATED:
        return reasoned
    act = in_force(record.acts, "RISK-REASONED", "", c.on, c.book.rulebook.acts["RISK-REASONED"])
    if act is None:
        return reasoned
    letters = {findings.pair.a: "A", findings.pair.b: "B"}
    listed = {_local(name, letters) for name in act.values}
    unknown = {name for name in decider.markers if name not in number or findings.strengths[number[name]] == UNKNOWN}
    return INDICATED if unknown <= listed else RULED_OUT


def _local(name: str, letters: Mapping[str, str]) -> str:
    """Write a marker named after persons (`BDREAD_FD`) with the letters of this pair."""
    stem, _, suffix = name.rpartition("_")
    for one, letter in letters.items():
        for other, second in letters.items():
            if one != other and suffix == one + other:
                return f"{stem}_{letter}{second}"
        if suffix == one:
            return f"{stem}_{letter}"
    return name
