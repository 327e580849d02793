"""Compare what columns say with what the compiled decision says, case by case, on a sample of every run."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from math import ceil

import numpy as np
import numpy.typing as npt

from triage.flow.circuits.circuit import Literal
from triage.routing.compiling import compile_decision
from triage.routing.decide import Decider
from triage.simulation.columns import Case, Columns, held_at, numbers_in
from triage.simulation.program import Bitmap
from triage.simulation.statements import Said, Statement

SAMPLE = 2_000
"""How many cases of a run are compared at least, or all when there are fewer."""


class Disagreement(RuntimeError):
    """Columns and the compiled decision say different things of one case: nothing of the run may be used."""


class Scalar:
    """The compiled decision of one version, read as statements."""

    def __init__(self, version: str, decider: Decider) -> None:
        self.version, self.layout = version, decider.layout
        self._decide = compile_decision(decider.layout, with_laws=True)
        self._said = Said(decider)

    def said(self, case: Case) -> frozenset[Statement]:
        """What is decided of one case."""
        facts = self.layout.facts
        strengths = [case.strength(name) for name in facts]
        behind = None if case.classes is None else [case.classes.get(name) for name in facts]
        return self._said(self._decide(strengths, self.layout.gate_bits(case.latched), behind))

    def compare(self, case: Case, label: str, found: frozenset[Statement]) -> None:
        """Raise Disagreement when columns found something else."""
        said = self.said(case)
        if said != found:
            raise Disagreement(
                f"Case {label}, {self.version} rules: columns alone say {_in_words(found - said)}; "
                f"the compiled decision alone says {_in_words(said - found)}."
            )


def _in_words(statements: frozenset[Statement]) -> str:
    return ", ".join(sorted(" ".join(filter(None, one)) for one in statements)) or "nothing"


def sampled(columns: Columns, changed: Bitmap, share: float) -> npt.NDArray[np.intp]:
    """Choose places of a chunk: evenly over all its cases, and as many again over those that changed."""
    wanted = ceil(columns.cases * min(share, 1.0))
    others = numbers_in(changed, columns.cases)
    return np.unique(np.concatenate((_evenly(np.arange(columns.cases), wanted), _evenly(others, wanted))))


def _evenly(places: npt.NDArray[np.intp], wanted: int) -> npt.NDArray[np.intp]:
    if len(places) <= wanted:
        return places
    return places[np.linspace(0, len(places) - 1, wanted).astype(np.intp)]


def found_at(
    places: npt.NDArray[np.intp], statements: Mapping[Statement, Literal], answers: Mapping[Literal, Bitmap]
) -> Iterator[frozenset[Statement]]:
    """Give what columns say of the cases at some places."""
    names: Sequence[Statement] = tuple(statements)
    held = np.array([held_at(answers[literal], places) for literal in statements.values()], np.uint8)
    for of_case in held.T.tolist():
        yield frozenset(compress(names, of_case))
