"""Fact sets of chance as columns, and what the circuit says of them through the vectorised evaluator."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from random import Random

import numpy as np

from tests.routing.chance import classes, fact_sets
from tests.routing.circuits import outputs
from triage.flow.circuits.circuit import Circuit
from triage.routing.instances import Instances
from triage.routing.rules import DecisionRules
from triage.simulation.columns import Case, Inputs
from triage.simulation.program import program
from triage.simulation.sources import Recorded, columns_of


@lru_cache(maxsize=8)
def cases_of_chance(seed: int, number: int, *, with_classes: bool = False) -> tuple[Case, ...]:
    """Cases of tests/routing/chance.py; with source classes, one in three has none."""
    chance = Random(seed)
    return tuple(
        Case(facts, latched, classes(chance, facts) if with_classes and place % 3 else None)
        for place, (facts, latched) in enumerate(fact_sets(seed, number))
    )


def recorded(cases: Sequence[Case], names: Iterable[str], new: Sequence[Case] | None = None) -> Recorded:
    return Recorded([f"case-{place}" for place in range(len(cases))], cases, new, tuple(names), quiet=0)


def said_in_columns(rules: DecisionRules, cases: Sequence[Case]) -> list[set[str]]:
    """What every output of the circuit says of each case, worked out in columns."""
    source = recorded(cases, rules.read)
    inputs = Inputs(Circuit(), classes=source.classes)
    named = outputs(inputs.decision(Instances(rules)))
    straight = program(inputs.circuit, list(named.values()))
    columns = columns_of(cases, source.names)
    given = [inputs.readers[name](columns) for name in straight.inputs]
    answers = straight.run(given, straight.room(columns.words))
    bits = [np.unpackbits(answer.view(np.uint8), bitorder="little", count=len(cases)) for answer in answers]
    held = np.array(bits).T.astype(bool).tolist()
    return [{name for name, holds in zip(named, row, strict=True) if holds} for row in held]
