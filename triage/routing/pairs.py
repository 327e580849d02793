"""Decide one pair from the record of its case: findings that have settled, then page 11 over them."""

from collections.abc import Mapping
from datetime import date

from triage.assess.compiling import CompiledRulebook
from triage.assess.findings import PairFindings, findings_of
from triage.assess.reading.acts import in_force
from triage.assess.walk import off_the_path
from triage.cases.record import CaseRecord, Pair
from triage.flow.values import Strength
from triage.routing.decide import Decider, PairDecision

MOST_ROUNDS = 8


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
) -> tuple[PairDecision, dict[str, Strength]]:
    """Decide a pair from its findings: the result first, then with the support status of whoever it concerns.

    ISS_OK is the status of whoever would be the victim-survivor, OTHERS_OPEN what is open around the other
    (domain 12.2); while nobody is determined the more protective of the two counts.
    """
    facts, classes = facts_of(findings, book)
    result = decider.decide(facts, latched, classes).result
    facts["ISS_OK"] = _of_person(facts, "ISS_OK", {"W_A": "B", "W_B": "A"}.get(result), least=True)
    facts["OTHERS_OPEN"] = _of_person(facts, "OTHERS_OPEN", {"W_A": "A", "W_B": "B"}.get(result), least=False)
    facts["RISK_REASONED"] = _reasoned(record, findings, book, decider, facts)
    return decider.decide(facts, latched, classes), facts


def facts_of(findings: PairFindings, book: CompiledRulebook) -> tuple[dict[str, Strength], dict[str, frozenset[str]]]:
    """The fact set of a pair, as `triage decide` names it, and the classes that each finding rests on."""
    names = book.slots.number  # numbered in this order
    facts = dict(zip(names, map(Strength, findings.strengths), strict=True))
    return facts, dict(zip(names, findings.classes, strict=True))


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
