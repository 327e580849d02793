"""Find the gates in force from earlier days, by replaying the record (domain 11.0, 11.3; ADR 0004)."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from triage.assess.compiled.compiling import CompiledRulebook
from triage.assess.findings import PairFindings
from triage.cases.record import CaseRecord, Pair
from triage.flow.conditions import ROLES_AB, Condition, tests
from triage.flow.vocabulary import split_role
from triage.routing.decide import Decider
from triage.routing.pairs import decide_pair, settled_findings
from triage.routing.rules import DecisionRules

REASSESSED = "GATE-REASSESSED"


def latched_gates(
    record: CaseRecord, findings: PairFindings, dropped: Mapping[str, str], book: CompiledRulebook, decider: Decider
) -> frozenset[str]:
    """The gates of a pair that fired on an earlier day and that no recorded reassessment has closed since.

    `findings` and `dropped` are those of today: they tell whether an earlier day can matter at all.
    """
    pair = findings.pair
    latched = record.latched.get(pair.undirected, frozenset())
    if not _earlier_days_matter(record, findings, dropped, decider):
        return latched
    for day in sorted(set(_days(record))):
        if day < record.on:
            then, _ = settled_findings(record, pair, book, day)
            fired, _ = decide_pair(record, then, book, decider, latched)
            latched |= frozenset(fired.case) & decider.rules.latching
        latched -= _closed(record, pair, day)
    return latched


def _earlier_days_matter(
    record: CaseRecord, findings: PairFindings, dropped: Mapping[str, str], decider: Decider
) -> bool:
    """Whether something that a gate may have read has been taken back, replaced, or read when more was missing."""
    c = findings.context
    replaced = {c.book.slots.all[number].finding.name for number in c.superseded}
    acts = [act.act for act in record.acts]
    return bool(
        dropped
        or (replaced and replaced & read_by_gates(decider.rules, c.book.rulebook.findings))
        or (record.transcript.first_withdrawal <= c.on and c.taken_back)
        or c.strengths[c.book.slots.number["JWREQ"]] >= 2
        or REASSESSED in acts
        or acts.count("REMIT") > 1
    )


def read_by_gates(rules: DecisionRules, findings: Collection[str]) -> frozenset[str]:
    """The findings that the conditions of gates read, through definitions and lists."""
    definitions = {_stem(definition.id): definition.when for definition in rules.definitions}
    found: set[str] = set()
    seen: set[str] = set()
    waiting: list[Condition] = [rule.when for rule in rules.gates]
    while waiting:
        for test in tests(waiting.pop()):
            for word in test.arguments:
                found |= {split_role(one, findings)[0] for one in rules.lists.get(word, (word,))}
                if _stem(word) in definitions and _stem(word) not in seen:
                    seen.add(_stem(word))
                    waiting.append(definitions[_stem(word)])
    return frozenset(found & set(findings))


def _stem(word: str) -> str:
    """A name without its role: `core2` of `core2_xy`."""
    stem, _, role = word.rpartition("_")
    return stem if stem and role in {*ROLES_AB, *ROLES_AB.values()} else word


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
        if act.act == REASSESSED and act.about == pair.undirected and act.on == day
        for gate in act.values
    )
