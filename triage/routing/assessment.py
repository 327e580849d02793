"""Assess a case from its answers: findings, what fell off the path, the decision of each pair, what is missing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from triage.assess.acts import in_force
from triage.assess.compiling import CompiledRulebook
from triage.assess.findings import PairFindings, findings_of
from triage.assess.missing import missing_of
from triage.assess.walk import Walk, off_the_path, walks_of
from triage.cases.record import CaseRecord, Pair
from triage.flow.values import Strength
from triage.routing.decide import Decider, PairDecision

PERMISSION = "O-JOINT-GATE"
"""The one gate that is a permission and never latches (domain 11.0)."""
MOST_ROUNDS = 8


@dataclass(frozen=True, slots=True)
class PairAssessment:
    """One pair assessed: findings, decision, the gates in force from earlier, answers set aside in this pair."""

    pair: Pair
    findings: PairFindings
    decision: PairDecision
    latched: frozenset[str]
    dropped: Mapping[str, str]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """One case assessed; `set_aside` are the answers that no pair reads any more, each with the reason."""

    record: CaseRecord
    pairs: tuple[PairAssessment, ...]
    walks: tuple[Walk, ...]
    set_aside: Mapping[str, str]
    missing: tuple[str, ...]


def assess(record: CaseRecord, book: CompiledRulebook, decider: Decider) -> Assessment:
    """Assess a case on the day `record.on`. Pure: the same record gives the same assessment."""
    pairs = tuple(_assess_pair(record, pair, book, decider) for pair in record.pairs)
    return Assessment(
        record,
        pairs,
        tuple(_all_walks(pairs)),
        _set_aside(record, pairs),
        tuple(dict.fromkeys(cell for one in pairs for cell in one.missing)),
    )


def _assess_pair(record: CaseRecord, pair: Pair, book: CompiledRulebook, decider: Decider) -> PairAssessment:
    findings, dropped = settled_findings(record, pair, book, record.on)
    latched = _latched(record, pair, book, decider, history_matters=_history_matters(record, findings, dropped))
    decision = decide_pair(record, findings, book, decider, latched)
    return PairAssessment(pair, findings, decision, latched, dropped, tuple(missing_of(findings)))


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
            dropped.update({one.answer.id: reason for one in findings.context.by_place[place]})
    return findings, dropped


def decide_pair(
    record: CaseRecord, findings: PairFindings, book: CompiledRulebook, decider: Decider, latched: frozenset[str]
) -> PairDecision:
    """Decide a pair from its findings: the result first, then with the support status of whoever it concerns.

    ISS_OK is the status of whoever would be the victim-survivor, OTHERS_OPEN what is open around the other
    (domain 12.2); while nobody is determined the more protective of the two counts.
    """
    facts, classes = facts_of(findings, book)
    result = decider.decide(facts, latched, classes).result
    facts["ISS_OK"] = _of_person(facts, "ISS_OK", {"W_A": "B", "W_B": "A"}.get(result), least=True)
    facts["OTHERS_OPEN"] = _of_person(facts, "OTHERS_OPEN", {"W_A": "A", "W_B": "B"}.get(result), least=False)
    facts["RISK_REASONED"] = _reasoned(record, findings, book, decider, facts)
    return decider.decide(facts, latched, classes)


def facts_of(findings: PairFindings, book: CompiledRulebook) -> tuple[dict[str, Strength], dict[str, frozenset[str]]]:
    """The fact set of a pair, as `triage decide` names it, and the classes that each finding rests on."""
    facts = {name: Strength(findings.strengths[number]) for name, number in book.slots.number.items()}
    classes = {name: findings.classes[number] for name, number in book.slots.number.items()}
    return facts, classes


def _of_person(facts: Mapping[str, Strength], name: str, letter: str | None, least: bool) -> Strength:
    if letter:
        return facts[f"{name}_{letter}"]
    both = [facts[f"{name}_A"], facts[f"{name}_B"]]
    if least:
        return min(both)
    return max(both) if max(both) >= 1 else min(both)


def _reasoned(
    record: CaseRecord, findings: PairFindings, book: CompiledRulebook, decider: Decider, facts: Mapping[str, Strength]
) -> Strength:
    """RISK_REASONED passes over the markers it lists: it counts for a pair only when every unknown one is listed."""
    act = in_force(record.acts, "RISK-REASONED", "", findings.context.on, book.rulebook.acts["RISK-REASONED"])
    if act is None or facts["RISK_REASONED"] < 2:
        return facts["RISK_REASONED"]
    letters = {findings.pair.a: "A", findings.pair.b: "B"}
    listed = {_local(name, letters) for name in act.values}
    unknown = {name for name in decider.markers if facts.get(name, Strength(-1)) == -1}
    return Strength(2) if unknown <= listed else Strength(0)


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


def _history_matters(record: CaseRecord, findings: PairFindings, dropped: Mapping[str, str]) -> bool:
    """Whether an earlier day may have fired a gate that today's findings no longer show."""
    c = findings.context
    named = [(act.act, act.about) for act in record.acts]
    return bool(
        dropped
        or c.superseded
        or c.settled
        or len(set(named)) < len(named)
        or any(answer.withdrawn for answer in record.answers)
        or c.strengths[c.book.slots.number["JWREQ"]] >= 2
        or "GATE-REASSESSED" in {act for act, _ in named}
    )


def _latched(
    record: CaseRecord, pair: Pair, book: CompiledRulebook, decider: Decider, history_matters: bool
) -> frozenset[str]:
    """The gates in force from earlier days, until a recorded reassessment with two names closes them (domain 11.0)."""
    latched = record.latched.get(pair.undirected, frozenset())
    if not history_matters:
        return latched
    for day in sorted(_days(record)):
        findings, _ = settled_findings(record, pair, book, day)
        fired = decide_pair(record, findings, book, decider, latched).case if day < record.on else ()
        latched |= frozenset(fired) - {PERMISSION}
        latched -= _closed(record, pair, day)
    return latched


def _days(record: CaseRecord) -> Iterator[date]:
    for answer in record.answers:
        yield answer.on
        if answer.withdrawn is not None and answer.withdrawn.on <= record.on:
            yield answer.withdrawn.on
    yield from (act.on for act in record.acts)


def _closed(record: CaseRecord, pair: Pair, day: date) -> frozenset[str]:
    return frozenset(
        gate
        for act in record.acts
        if act.act == "GATE-REASSESSED" and act.about == pair.undirected and act.on == day
        for gate in act.values
    )


def _all_walks(pairs: tuple[PairAssessment, ...]) -> Iterator[Walk]:
    seen: set[tuple[str, str]] = set()
    for one in pairs:
        for walk in walks_of(one.findings.context):
            if (walk.flow, walk.about) not in seen:
                seen.add((walk.flow, walk.about))
                yield walk


def _set_aside(record: CaseRecord, pairs: tuple[PairAssessment, ...]) -> dict[str, str]:
    aside: dict[str, str] = {}
    for answer in record.answers:
        reading = [one for one in pairs if answer.about in one.findings.context.places]
        if reading and all(answer.id in one.dropped for one in reading):
            aside[answer.id] = reading[0].dropped[answer.id]
    return aside
