"""Everything that a report of a simulation tells, before it is put into any form."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from triage.flow.problems import shown as shown_name
from triage.flow.values import Strength
from triage.routing.decide import Decider, PairDecision, Reason
from triage.routing.rules import PERSONS, DecisionRules
from triage.simulation.columns import Case
from triage.simulation.comparison import Comparison, Example, Move
from triage.simulation.sources import Source

MOST_MOVES = 40
"""How many moves, the most frequent, are shown with their examples; a file of figures holds them all."""


@dataclass(frozen=True, slots=True)
class NamesChanged:
    """Names of one kind that only one version has: removed from the old, added by the new."""

    kind: str
    removed: tuple[str, ...]
    added: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactShown:
    """One fact of an example, as the old rules and as the new see it."""

    name: str
    old: Strength
    new: Strength


@dataclass(frozen=True, slots=True)
class CaseShown:
    """One example: its facts worth telling, both decisions, and the reasons that only one of them has."""

    label: str
    facts: tuple[FactShown, ...]
    latched: tuple[str, ...]
    old: PairDecision
    new: PairDecision
    only_old: tuple[Reason, ...]
    only_new: tuple[Reason, ...]


@dataclass(frozen=True)
class Report:
    """What was compared, what was found, and the cases that show it.

    `old` and `new` name the two versions, `origin` the cases (`file`, or `synthetic` with a seed). `unread` are cases
    that one version cannot read, each with the reason. `labels` and `shown` are by case number.
    """

    old: str
    new: str
    origin: Mapping[str, str]
    comparison: Comparison
    names: tuple[NamesChanged, ...]
    unread: tuple[str, ...]
    quiet: Strength
    labels: Mapping[int, str]
    shown: Mapping[int, CaseShown]

    @cached_property
    def moves(self) -> tuple[Move, ...]:
        """The moves that are shown."""
        return shown_moves(self.comparison)

    def label(self, example: Example) -> str:
        """How a reader finds an example again: the case, and the person it is about."""
        return " ".join(filter(None, (self.labels[example.number], example.person)))


def report(
    versions: tuple[tuple[str, Decider], tuple[str, Decider]],
    origin: Mapping[str, str],
    source: Source,
    comparison: Comparison,
    unread: Iterable[str] = (),
) -> Report:
    """Gather a report: the names that changed, and every example with what makes it come out otherwise."""
    (old_name, old), (new_name, new) = versions
    labels = {one.number: shown_name(source.label(one.number)) for one in _all_examples(comparison)}
    order = tuple(dict.fromkeys(one.number for one in _shown_examples(comparison)))
    read = tuple(dict.fromkeys((*old.rules.read, *new.rules.read)))
    cases = {number: source.both(number) for number in sorted(order)}
    return Report(
        old=old_name,
        new=new_name,
        origin=origin,
        comparison=comparison,
        names=tuple(names_changed(old.rules, new.rules)),
        unread=tuple(map(shown_name, unread)),
        quiet=source.quiet,
        labels=labels,
        shown={number: _case_shown(labels[number], cases[number], (old, new), source.quiet, read) for number in order},
    )


def shown_moves(comparison: Comparison) -> tuple[Move, ...]:
    """The moves that are shown: those that gain a start first, then those that lose one, each by frequency."""
    return tuple(sorted(comparison.moves, key=lambda move: (-abs(move.starts), -move.starts))[:MOST_MOVES])


def _all_examples(comparison: Comparison) -> Iterator[Example]:
    for move in comparison.moves:
        yield from move.examples
    for result in comparison.results:
        yield from result.examples
    for change in comparison.changes.values():
        yield from (*change.gained_by, *change.lost_by)


def _shown_examples(comparison: Comparison) -> Iterator[Example]:
    """The examples told in full: of starts, of the moves shown, of results, and of laws that are broken."""
    yield from (*comparison.starts.gained_by, *comparison.starts.lost_by)
    for move in shown_moves(comparison):
        yield from move.examples
    for result in comparison.results:
        yield from result.examples
    for change in comparison.broken:
        yield from change.gained_by


def _case_shown(
    label: str, cases: tuple[Case, Case], deciders: tuple[Decider, Decider], quiet: Strength, read: tuple[str, ...]
) -> CaseShown:
    old, new = (_decided(decider, case) for decider, case in zip(deciders, cases, strict=True))
    facts = (FactShown(name, cases[0].strength(name), cases[1].strength(name)) for name in read)
    known = [{(reason.rule, reason.subject) for reason in decision.explanations} for decision in (old, new)]
    return CaseShown(
        label=label,
        facts=tuple(one for one in facts if one.old != quiet or one.new != quiet),
        latched=tuple(sorted(cases[0].latched | cases[1].latched)),
        old=old,
        new=new,
        only_old=tuple(one for one in old.explanations if (one.rule, one.subject) not in known[1]),
        only_new=tuple(one for one in new.explanations if (one.rule, one.subject) not in known[0]),
    )


def _decided(decider: Decider, case: Case) -> PairDecision:
    facts = {name: case.strength(name) for name in decider.rules.read}
    return decider.decide(facts, case.latched, case.classes)


def names_changed(old: DecisionRules, new: DecisionRules) -> Iterator[NamesChanged]:
    """The names that only one version has; a fact that only one reads is no fact for the other."""
    for kind, of_old in _names(old).items():
        of_new = _names(new)[kind]
        removed, added = sorted(of_old - of_new), sorted(of_new - of_old)
        if removed or added:
            yield NamesChanged(kind, tuple(removed), tuple(added))


def _names(rules: DecisionRules) -> Mapping[str, frozenset[str]]:
    groups = (rules.results, rules.gates, rules.holds, rules.steps, rules.adaptations, rules.effective)
    return {
        "facts_read": frozenset(rules.read),
        "facts_known": frozenset(rules.facts),
        "outcomes": frozenset(rules.outcomes),
        "alerts": frozenset(alert.id for alert in rules.alerts),
        "rules": frozenset(rule.id for group in groups for rule in group),
        "laws": frozenset(one.id for one in rules.invariants if one.law is not None),
    }


def persons_of(shown: CaseShown) -> Iterator[tuple[str, tuple[str, ...], bool, tuple[str, ...], bool]]:
    """Each person of an example with route and start, by the old rules and by the new."""
    for person in PERSONS:
        old, new = shown.old.routes[person], shown.new.routes[person]
        yield person, old.outcomes, old.effective, new.outcomes, new.effective
