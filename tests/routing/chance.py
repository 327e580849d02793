"""Fact sets made by chance, biased so that every rule is reached: a story, then a few facts changed at random."""

from collections.abc import Iterator
from random import Random

from tests.routing.decisions import Facts, exchanged
from triage.flow.values import Strength
from triage.routing.reading import shipped_rules
from triage.simulation.stories import BASE, READINESSES, STORIES, STRENGTHS

CLASSES = ("SELF", "ISS", "POL", "HLT")
MANY = 20_000


def fact_sets(seed: int, number: int) -> Iterator[tuple[Facts, frozenset[str]]]:
    """Give fact sets with latched gates; the same seed gives the same."""
    chance, rules = Random(seed), shipped_rules()
    read, gates = rules.read, sorted(rules.latching)
    nothing = dict.fromkeys(read, Strength(0))
    for _ in range(number):
        facts = {**nothing, **{name: Strength(value) for name, value in _story(chance).items()}}
        for name in chance.sample(read, chance.choice((0, 1, 2, 3, 5, 8, 20, 120))):
            facts[name] = Strength(chance.choice(READINESSES if name in rules.ordinals else STRENGTHS))
        latched = frozenset(chance.sample(gates, chance.randint(1, 3))) if chance.random() < 0.1 else frozenset()
        yield (exchanged(facts) if chance.random() < 0.5 else facts), latched


def _story(chance: Random) -> dict[str, int]:
    """Tell one story, or two at once."""
    chosen = chance.sample(sorted(STORIES), chance.choice((1, 1, 2)))
    return dict(BASE) | {name: value for story in chosen for name, value in STORIES[story].items()}


def classes(chance: Random, facts: Facts) -> dict[str, frozenset[str] | None]:
    """Give the source classes of each finding: none recorded, one, or several."""
    return {name: frozenset(chance.sample(CLASSES, chance.choice((0, 1, 1, 1, 2)))) or None for name in facts}
