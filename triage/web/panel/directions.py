"""Both directions of a pair side by side: the same finding on one line, how it stands each way, on which answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from triage.assess.slots import Slot
from triage.cases.model import CaseView
from triage.flow.model import Rulebook
from triage.flow.values import Strength, last_strength, not_known
from triage.web.shared.evidence import answers_behind, standing_in_words
from triage.web.shared.said import Said, with_persons
from triage.web.shared.words import Words

if TYPE_CHECKING:
    from triage.assess.findings import PairFindings
    from triage.routing.assessment import PairAssessment

FIRST, SECOND = "X", "Y"
"""Whom a line means in either direction: X is the one it goes from, Y the one it goes towards."""


@dataclass(frozen=True, slots=True)
class OneWay:
    """One finding in one direction: how it stands, its answers with their questions, and from which kinds of source."""

    strength: str
    known: bool
    stands: bool
    because: tuple[tuple[str, Said], ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BothWays:
    """One line: the finding, with X and Y for its persons, and how it stands in each direction."""

    name: str
    ways: tuple[OneWay, OneWay]
    clauses: tuple[str, ...]

    @property
    def known(self) -> bool:
        """Say whether anything is known in either direction."""
        return any(way.known for way in self.ways)

    @property
    def differs(self) -> bool:
        """Say whether the directions do not stand alike."""
        return self.ways[0].strength != self.ways[1].strength


def both_ways(case: CaseView, rulebook: Rulebook, assessed: PairAssessment, words: Words) -> tuple[BothWays, ...]:
    """Give every finding that has a direction, in the order of the findings; a count is never shown, it is no score."""
    slots: dict[str, list[Slot]] = {}
    for slot in assessed.findings.context.book.slots.all:
        if len(slot.suffix) == 2 and not slot.finding.count:
            slots.setdefault(slot.finding.name, []).append(slot)
    return tuple(_line(case, rulebook, assessed.findings, one, other, words) for one, other in slots.values())


def _line(
    case: CaseView, rulebook: Rulebook, findings: PairFindings, one: Slot, other: Slot, words: Words
) -> BothWays:  # fmt: skip
    name = with_persons(words(f"finding.{one.finding.name}.name"), [FIRST, SECOND])
    ways = (_way(case, rulebook, findings, one, words), _way(case, rulebook, findings, other, words))
    return BothWays(name, ways, one.finding.clauses)


def _way(case: CaseView, rulebook: Rulebook, findings: PairFindings, slot: Slot, words: Words) -> OneWay:
    strength = Strength(findings.strengths[slot.number])
    because = answers_behind(case, rulebook, findings, slot.number, words)
    return OneWay(
        strength=standing_in_words(slot.finding, strength),
        known=not not_known(strength) or bool(last_strength(strength)),
        stands=not not_known(strength) and int(strength) >= 2,
        because=because,
        sources=tuple(dict.fromkeys(answer.source for _ask, answer in because)),
    )
