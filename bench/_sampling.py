"""What becomes false in a sample of cases: the laws read literally beside the evaluator, and no solver asked.

Laws over facts are read of fact sets made by chance and of every case; relations of fact sets changed by chance; laws
over answers of every case of one pair: the vignettes with their twins, spoiled vignettes, and answers by chance.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random

from _reading_laws import WrittenLaws

from tests.routing.chance import fact_sets
from triage.assess.reading.answers import read_case
from triage.cases.record import CaseRecord
from triage.flow.conditions import ROLES_AB, with_roles
from triage.flow.values import UNKNOWN, Strength, last_strength, withdrawn
from triage.proof.replaying import relation_is_broken
from triage.proof.space import FactSet, exchanged
from triage.routing.assessment import PairAssessment, assess
from triage.routing.compiling import compile_decision
from triage.routing.laws import Relation
from triage.routing.loading import Loaded

FACT_SETS, CHANGES = 2_000, 60
"""Fact sets of which the laws are read, and changes of fact sets for each relation."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What mutations are tried on: fact sets with the gates latched, and cases."""

    facts: Sequence[tuple[dict[str, Strength], frozenset[str]]]
    cases: Sequence[CaseRecord]


@dataclass(frozen=True, slots=True)
class Sampled:
    """What is decided of every pair of the cases, and what is broken: invariants, and laws over answers by both."""

    pairs: tuple[PairAssessment, ...]
    broken: tuple[str, ...]


def sample_of(shipped: Loaded, told: Iterable[CaseRecord], sheets: Iterable[object], today: date) -> Sample:
    """Give the sample: always the same for the same flows."""
    read = (read_case(one, shipped.book.rulebook, today) for one in sheets)
    cases = (*told, *(one for one in read if isinstance(one, CaseRecord)))
    return Sample(tuple(fact_sets(seed=77, number=FACT_SETS)), cases)


class Watched:
    """A compiled decision that reads the laws of the invariants of everything it decides."""

    def __init__(self, loaded: Loaded) -> None:
        layout = loaded.decider.layout
        self._decide = compile_decision(layout, with_laws=True)
        self._laws = [one.id for one in loaded.decider.rules.invariants if one.law is not None]
        self._bits = 0

    def __call__(self, *given: object) -> tuple[int, ...]:
        """Decide as the compiled decision does."""
        *bare, broken = self._decide(*given)
        self._bits |= broken
        return tuple(bare)

    @property
    def broken(self) -> frozenset[str]:
        """The invariants whose law some decision broke until now."""
        return frozenset(name for place, name in enumerate(self._laws) if self._bits >> place & 1)


def sampled(folder: Path, loaded: Loaded, sample: Sample) -> Sampled:
    """Assess the cases by changed flows, and say what is broken. Raises UnreadableLaws."""
    watched, decider = Watched(loaded), loaded.decider
    for facts, latched in sample.facts:
        strengths = [facts.get(name, UNKNOWN) for name in decider.layout.facts]
        watched(strengths, decider.layout.gate_bits(latched), None)
    unwatched, decider.bare = decider.bare, watched
    try:
        pairs = tuple(pair for case in sample.cases for pair in assess(case, loaded.book, decider).pairs)
    finally:
        decider.bare = unwatched
    laws = WrittenLaws(folder, loaded)
    broken = watched.broken.union(_relations_broken(loaded, sample))
    return Sampled(pairs, tuple(sorted(broken.union(*(laws.broken(one) for one in pairs if _as_a_sheet(one))))))


def _as_a_sheet(pair: PairAssessment) -> bool:
    """Whether a law over answers speaks of a pair: alone in its case, with no copies and nothing taken back."""
    record = pair.findings.context.record
    return len(record.pairs) == 1 and not any(one.copy_of or one.withdrawn for one in record.answers)


def _relations_broken(loaded: Loaded, sample: Sample) -> Iterator[str]:
    """The invariants of which a relation is broken by some change made by chance."""
    instances, chance = loaded.decider.instances, Random(77)
    for relation in instances.rules.relations:
        for facts, latched in sample.facts[:CHANGES]:
            first = FactSet({name: one for name, one in facts.items() if one != UNKNOWN}, latched)
            if relation_is_broken(instances, relation, first, _changed(loaded, relation, first, chance)):
                yield relation.invariant
                break


def _taken_back(strength: Strength, _most: int, _: Random) -> Strength:
    return withdrawn(strength) if strength >= 0 else strength


def _forgotten(strength: Strength, _most: int, _: Random) -> Strength:
    return UNKNOWN if strength >= 0 else strength


def _added(strength: Strength, most: int, chance: Random) -> Strength:
    return Strength(chance.randint(max(last_strength(strength), 1), most))


def _anything(_: Strength, most: int, chance: Random) -> Strength:
    return Strength(chance.randint(-1 - most, most))


_CHANGES: Mapping[str, Callable[[Strength, int, Random], Strength]] = {
    "withdrawn": _taken_back,
    "forgotten": _forgotten,
    "added": _added,
    "any": _anything,
}
"""What becomes of a strength that changes so."""


def _changed(loaded: Loaded, relation: Relation, first: FactSet, chance: Random) -> FactSet:
    """A case that comes from another by the change of a relation, of few facts or of many."""
    if relation.change == "exchanged":
        return FactSet({exchanged(name): one for name, one in first.strengths.items()}, first.latched)
    lists, words = loaded.decider.rules.lists, [with_roles(word, ROLES_AB) for word in relation.facts]
    names = [name for word in words for name in lists.get(word, (word,))] or list(loaded.decider.rules.read)
    then = dict(first.strengths)
    for name in chance.sample(names, min(len(names), chance.choice((1, 2, 8, len(names))))):
        most = 3 if name in loaded.decider.rules.ordinals else 4
        then[name] = _CHANGES[relation.change](then.get(name, UNKNOWN), most, chance)
    return FactSet({name: one for name, one in then.items() if one != UNKNOWN}, first.latched)
