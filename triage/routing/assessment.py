"""Assess a case from its answers: findings, what fell off the path, the decision of each pair, what is missing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from triage.assess.compiled.compiling import CompiledRulebook
from triage.assess.findings import PairFindings
from triage.assess.missing import missing_of
from triage.assess.walk import Walk, walks_of
from triage.cases.record import CaseRecord, Pair
from triage.flow.values import Strength
from triage.routing.decide import Decider, PairDecision
from triage.routing.latching import latched_gates
from triage.routing.pairs import decide_pair, settled_findings


@dataclass(frozen=True)
class PairAssessment:
    """One pair assessed: findings, decision, the gates in force from earlier, answers set aside in this pair.

    `chosen` are the facts that depend on whom the decision concerns, as it read them.
    """

    pair: Pair
    findings: PairFindings
    decision: PairDecision
    latched: frozenset[str]
    dropped: Mapping[str, str]
    chosen: Mapping[str, Strength]

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """What keeps the pair from being sufficiently assessed."""
        return tuple(missing_of(self.findings))

    @cached_property
    def facts(self) -> Mapping[str, Strength]:
        """The fact set of the pair, as `triage decide` names it."""
        names = self.findings.context.book.slots.number  # numbered in this order
        return {**dict(zip(names, map(Strength, self.findings.strengths), strict=True)), **self.chosen}


@dataclass(frozen=True, slots=True)
class Assessment:
    """One case assessed; `set_aside` are the answers that no pair reads any more, each with the reason."""

    record: CaseRecord
    pairs: tuple[PairAssessment, ...]
    walks: tuple[Walk, ...]
    set_aside: Mapping[str, str]

    @property
    def missing(self) -> tuple[str, ...]:
        """What keeps its pairs from being sufficiently assessed, each once."""
        return tuple(dict.fromkeys(cell for one in self.pairs for cell in one.missing))

    def of(self, pair: Pair) -> PairAssessment:
        """What was assessed of one pair of the record."""
        return next(one for one in self.pairs if one.pair == pair)

    def only(self, pairs: Collection[Pair]) -> "Assessment":
        """The same assessment with what was decided of these pairs alone."""
        return replace(self, pairs=tuple(one for one in self.pairs if one.pair in pairs))


def assess(record: CaseRecord, book: CompiledRulebook, decider: Decider) -> Assessment:
    """Assess a case on the day `record.on`. Pure: the same record gives the same assessment."""
    pairs = tuple([_assess_pair(record, pair, book, decider) for pair in record.pairs])
    return Assessment(record, pairs, _all_walks(pairs), _set_aside(record, pairs))


def _assess_pair(record: CaseRecord, pair: Pair, book: CompiledRulebook, decider: Decider) -> PairAssessment:
    findings, dropped = settled_findings(record, pair, book, record.on)
    latched = latched_gates(record, findings, dropped, book, decider)
    decision, chosen = decide_pair(record, findings, book, decider, latched)
    return PairAssessment(pair, findings, decision, latched, dropped, chosen)


def _all_walks(pairs: tuple[PairAssessment, ...]) -> tuple[Walk, ...]:
    """The walks of all pairs; what is of the case, or of a person, is walked once."""
    first, *others = [walks_of(one.findings.context) for one in pairs] or [[]]
    if not others:
        return tuple(first)
    found: dict[tuple[str, str], Walk] = {}
    for walks in (first, *others):
        for walk in walks:
            found.setdefault((walk.flow, walk.about), walk)
    return tuple(found.values())


def _set_aside(record: CaseRecord, pairs: tuple[PairAssessment, ...]) -> dict[str, str]:
    aside: dict[str, str] = {}
    if not any(one.dropped for one in pairs):
        return aside
    for answer in record.answers:
        reading = [one for one in pairs if answer.about in one.findings.context.places]
        if reading and all(answer.id in one.dropped for one in reading):
            aside[answer.id] = reading[0].dropped[answer.id]
    return aside
