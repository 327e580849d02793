"""From a case that a solver found to the smallest that breaks the same law, written as `triage decide` reads it.

Every step asks the solver again under more assumptions: first that no classes of sources matter, then that facts do not
change, are unknown, or have a plainer value. What comes out cannot lose one more fact.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from triage.flow.circuits.circuit import FALSE, Literal
from triage.flow.circuits.thresholds import is_exactly
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

    def smallest(self, broken: Literal, model: Model, changed: Iterable[Literal] = ()) -> Model:
        """Give the smallest case in which the literal still holds: nothing more can be left out of it."""
        assumed = [broken]
        for wish in self._wishes(changed):
            if self.space.circuit.values(model, (wish,))[0]:
                assumed.append(wish)
                continue
            smaller = self.engine.find(*assumed, wish) if wish != FALSE else None
            if smaller is not None:
                model = smaller
                assumed.append(wish)
        return self._plainest(assumed, model)

    def _wishes(self, changed: Iterable[Literal]) -> Iterator[Literal]:
        circuit = self.space.circuit
        yield self.space.apart
        yield from (-literal for literal in self.space.pairs.values())
        yield from (-literal for literal in self.space.latched.values())
        yield from (-literal for literal in changed)
        yield from (is_exactly(circuit, strength, UNKNOWN) for strength in self.space.strengths.values())

    def _plainest(self, assumed: Sequence[Literal], model: Model) -> Model:
        fixed = list(assumed)
        for strength in self.space.strengths.values():
            for value in PLAINEST:
                wish = is_exactly(self.space.circuit, strength, value)
                held = self.space.circuit.values(model, (wish,))[0]
                found = model if held else self.engine.find(*fixed, wish)
                if found is not None:
                    model = found
                    fixed.append(wish)
                    break
        return model
