"""Small rule sets made by chance, small enough that every way in which their facts may stand can be tried."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import product
from random import Random

from triage.flow.conditions import And, Condition, Not, Or, parse
from triage.flow.values import Strength
from triage.routing.decide import Decider, PairDecision
from triage.routing.reachable.possible import SEVERAL, Standing
from triage.routing.reachable.space import NEW_SOURCE, Known
from triage.routing.reading import shipped_rules
from triage.routing.rules import DecisionRules, Rule

FACTS = ("HARM_AB", "HARM_BA", "NEED_A", "HINT")
TESTS = (
    "ind(HARM_AB)", "ind(HARM_BA, 3)", "poss(NEED_A)", "on(HARM_AB)", "on(HINT, 3)", "unk(HINT)", "doubt(HARM_BA)",
    "zero(NEED_A)", "value(HINT) >= 1", "distinct(ind: HARM_AB, HARM_BA, NEED_A) >= 2",
    "count(ind: HARM_AB, HINT) >= 1", "distinct(on 3: HARM_BA, HINT) >= 2",
)  # fmt: skip
VALUES = tuple(map(Strength, (-4, -2, -1, 0, 1, 2, 3)))
SOURCES = (SEVERAL, "ISS", NEW_SOURCE)
BEHIND = {SEVERAL: frozenset({"POL", "HLT"}), "ISS": frozenset({"ISS"}), NEW_SOURCE: frozenset({"CSC"})}
RESULTS = ("W_A", "W_B", "W_CHILD", "W_CARE", "W_REVIEW")


def small_rules(chance: Random) -> DecisionRules:
    """Three or four results, a gate, a hold and three steps, with conditions by chance over four facts."""
    results = [_rule(chance, f"result-{name}", name) for name in chance.sample(RESULTS, chance.randint(2, 4))]
    return replace(
        shipped_rules(),
        read=FACTS, ordinals=frozenset(), lists={}, definitions=(), alerts=(), adaptations=(), invariants=(),
        relations=(),
        results=(*results, _rule(chance, "result-rest", "W_INSUFF", always=True)),
        gates=(_rule(chance, "gate", "O-EMERG"),),
        holds=(_rule(chance, "hold", "O-ISS-HOLD"),),
        steps=(
            _rule(chance, "step-1", "O-MORE"),
            replace(_rule(chance, "step-2", "O-PREP"), with_holds=True),
            _rule(chance, "step-3", "O-VS", always=True),
        ),
        effective=(_rule(chance, "start", ""), Rule("calm", parse("not latched(O-EMERG)"), (), ())),
    )  # fmt: skip


def _rule(chance: Random, name: str, gives: str, *, always: bool = False) -> Rule:
    when = parse("always") if always else condition(chance, 2)
    return Rule(name, when, (gives,) if gives else (), ("1.1",))


def condition(chance: Random, depth: int) -> Condition:
    """A condition of some tests, joined and negated by chance."""
    if depth == 0 or chance.random() < 0.2:
        test = parse(chance.choice(TESTS))
        return Not(test) if chance.random() < 0.3 else test
    parts = tuple(condition(chance, depth - 1) for _ in range(chance.randint(2, 3)))
    return chance.choice((And, Or))(parts)


@dataclass(frozen=True)
class SmallCase:
    """A rule set, what is known, and for each fact every way in which it may stand, the present one first."""

    decider: Decider
    known: Known
    ways: Mapping[str, tuple[Standing, ...]]

    def may_become(self, fact: str, present: Standing, sources: Sequence[str]) -> tuple[Standing, ...]:
        """What the solver asks."""
        assert self.ways[fact][0] == present
        assert {source for _, source in self.ways[fact]} <= {SEVERAL, *sources}
        return self.ways[fact]

    @cached_property
    def table(self) -> Mapping[tuple[Standing, ...], PairDecision]:
        """The decision for every way in which all facts may stand together."""
        return {ways: self._decided(ways) for ways in product(*(self.ways[fact] for fact in FACTS))}

    def _decided(self, ways: tuple[Standing, ...]) -> PairDecision:
        facts = {fact: strength for fact, (strength, _) in zip(FACTS, ways, strict=True)}
        classes = {fact: BEHIND[source] for fact, (_, source) in zip(FACTS, ways, strict=True)}
        return self.decider.decide(facts, self.known.latched, classes)

    @property
    def present(self) -> tuple[Standing, ...]:
        """How all facts stand now."""
        return tuple(self.ways[fact][0] for fact in FACTS)

    def alike(self, place: int) -> Iterator[list[str]]:
        """For every way in which the other facts may stand: the results over the ways of one fact."""
        groups: dict[tuple[Standing, ...], list[str]] = {}
        for ways, decision in self.table.items():
            groups.setdefault((*ways[:place], *ways[place + 1 :]), []).append(decision.result)
        yield from groups.values()


def small_case(seed: int, fewest: int = 1) -> SmallCase:
    """A rule set and a case of it by chance; a fact has from `fewest` to five ways to stand."""
    chance = Random(seed)
    ways = {fact: _ways(chance, fewest) for fact in FACTS}
    facts = {fact: found[0][0] for fact, found in ways.items()}
    classes = {
        fact: BEHIND[found[0][1]] if found[0][1] != NEW_SOURCE else frozenset[str]() for fact, found in ways.items()
    }
    latched = frozenset({"O-EMERG"}) if chance.random() < 0.2 else frozenset[str]()
    classes |= {"NOBODY": frozenset({"ISS"})}  # so that the service is always among the classes on file
    return SmallCase(Decider(small_rules(chance)), Known(facts, latched, classes), ways)


def _ways(chance: Random, fewest: int) -> tuple[Standing, ...]:
    count = chance.randint(fewest, 5)
    found = dict.fromkeys((chance.choice(VALUES), chance.choice(SOURCES)) for _ in range(count))
    strength, source = next(iter(found))
    present = (strength, SEVERAL if source == NEW_SOURCE else source)
    return tuple(dict.fromkeys((present, *found)))
