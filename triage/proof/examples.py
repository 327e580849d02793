"""From a case that a solver found to the smallest that breaks the same law, written as `triage decide` reads it.

Every step asks the solver again under more assumptions: that no classes of sources matter, no gate is in force, facts
do not change, are unknown, or have a plainer value. What comes out cannot lose one more fact, and is the same whichever
solver was asked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from triage.flow.circuits.circuit import Circuit, Literal
from triage.flow.circuits.thresholds import Thresholds, is_exactly
from triage.flow.values import UNKNOWN, Strength, in_words
from triage.proof.engines import Engine, Model
from triage.proof.space import FactSet, FactSpace

PLAINEST = tuple(map(Strength, (UNKNOWN, 0, 2, 3, 1, 4, -3, -4, -2, -5)))
"""The values of a finding in the order in which an example prefers them."""


@dataclass(frozen=True, slots=True)
class Example:
    """Cases that break a law (two where a change breaks a relation), and the law: an id, or that of the relation."""

    law: str
    cases: tuple[FactSet, ...]

    def items(self) -> list[dict[str, object]]:
        """The cases in the fixed format of `triage decide`, with unlisted findings unknown (design, section 4)."""
        names = (self.law,) if len(self.cases) == 1 else (f"{self.law}, before", f"{self.law}, after")
        return [{"id": name, "pairs": [written(case)]} for name, case in zip(names, self.cases, strict=True)]


def written(case: FactSet) -> dict[str, object]:
    """One pair in the fixed format; `classes` stands beside it only where the classes of sources matter."""
    pair: dict[str, object] = {
        "persons": {"A": "a person", "B": "another person"},
        "findings": {name: in_words(value) for name, value in sorted(case.strengths.items())},
        "latched": sorted(case.latched),
    }
    if case.classes:
        pair["classes"] = {name: sorted(classes) for name, classes in sorted(case.classes.items())}
    return pair


class Shrinker:
    """Makes what a solver found small, by asking the same solver again."""

    def __init__(self, engine: Engine, space: FactSpace) -> None:
        self.engine, self.space = engine, space

    def smallest(
        self, broken: Literal, model: Model, changed: Iterable[Literal] = (), then: Iterable[Thresholds] = ()
    ) -> Model:
        """Give the smallest case in which the literal still holds: nothing more can be left out of it.

        Of two cases, as few facts as can be are `changed`; `then` are the strengths after the change.
        """
        search = _Search(self.engine, self.space.circuit, [broken], model)
        search.wish([self.space.apart])
        search.wish([-literal for literal in self.space.pairs.values()])
        search.wish([-literal for literal in self.space.latched.values()])
        search.wish([-literal for literal in changed])
        for strengths in (self.space.strengths.values(), then):
            open_still = list(strengths)
            for value in PLAINEST:
                wishes = [is_exactly(self.space.circuit, one, value) for one in open_still]
                kept = search.wish(wishes)
                open_still = [one for one, wish in zip(open_still, wishes, strict=True) if wish not in kept]
        return search.model


class _Search:
    """A case that is found again and again, with more and more of what is wished."""

    def __init__(self, engine: Engine, circuit: Circuit, assumed: list[Literal], model: Model) -> None:
        self.engine, self.circuit, self.assumed, self.model = engine, circuit, assumed, model

    def wish(self, wishes: Sequence[Literal]) -> set[Literal]:
        """Keep each wish that can be kept beside all that was kept before it; give those that are kept.

        All are tried at once, then halves of them: few questions where most can be kept, and the answer of one by one.
        """
        if not wishes:
            return set()
        found = self.model if all(self.circuit.values(self.model, wishes)) else self.engine.find(*self.assumed, *wishes)
        if found is not None:
            self.model = found
            self.assumed += wishes
            return set(wishes)
        if len(wishes) == 1:
            return set()
        half = len(wishes) // 2
        return self.wish(wishes[:half]) | self.wish(wishes[half:])
