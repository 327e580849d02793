"""What was found of one invariant, and of one law over answers, as values; nothing here asks a solver."""

from collections.abc import Mapping
from dataclasses import dataclass

from triage.proof.examples import Example

PROVED, COUNTEREXAMPLE, TESTED = "proved", "counterexample", "tested"
BROKEN, NOT_REPLAYED = "broken", "not replayed"
ASSESS, DECIDE, CATALOGUE = "assess", "decide", "catalogue"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one law over answers: `proved`, `broken`, or broken by sheets alone that were `not replayed`.

    `sheet` is the smallest answer file that `triage assess` breaks the law with; of those not replayed, the first.
    """

    law: str
    status: str
    seconds: float = 0.0
    sheet: Mapping[str, object] | None = None

    @property
    def proved(self) -> bool:
        """Whether the law holds of every sheet."""
        return self.status == PROVED

    @property
    def replayed(self) -> bool:
        """Whether the program breaks the law with the sheet as the solver says."""
        return self.status == BROKEN


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found of one invariant.

    `status` is `proved` (all of it that speaks of answers, facts, routes and gates), `counterexample`, or `tested`
    (nothing of it does). `parts` are what was asked, `example` the smallest facts that break it and `answers` what
    became of a law over answers that is broken, `faults` what the catalogue lacks. `tests` hold what no proof says,
    `awaits` says what is not built yet. `seconds` are of processor time, `seconds_of_answers` those of them that the
    level of answers took, `seconds_of_relations` those of the laws of two cases. `bounds` say how much a sheet holds of
    which laws over answers are proved; what is said of facts has none.
    """

    id: str
    clauses: tuple[str, ...]
    status: str
    seconds: float = 0.0
    parts: tuple[str, ...] = ()
    example: Example | None = None
    answers: Outcome | None = None
    faults: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    awaits: str = ""
    seconds_of_answers: float = 0.0
    seconds_of_relations: float = 0.0
    bounds: Mapping[str, int] | None = None

    @property
    def shown_by(self) -> str:
        """What the example is: `assess` or `decide`, which read it, `catalogue` (sentences), or nothing.

        An answer file that was replayed goes before the facts alone; one that was not goes after them.
        """
        if self.answers is not None and (self.answers.replayed or self.example is None):
            return ASSESS
        return DECIDE if self.example else CATALOGUE if self.faults else ""

    @property
    def broken(self) -> str:
        """The law that the example breaks: its id, and that of the relation or finding with it."""
        if self.shown_by == ASSESS and self.answers is not None:
            return self.answers.law
        return self.example.law if self.example else self.id if self.faults else ""

    @property
    def replayed(self) -> bool | None:
        """Whether the program decides the example as the solver says; None when there is nothing to replay."""
        if self.shown_by == ASSESS and self.answers is not None:
            return self.answers.replayed
        return True if self.shown_by == DECIDE else None

    def written(self) -> dict[str, object]:
        """The proof in the fixed format of `triage prove --json` (design, section 4), with further keys after it."""
        return {
            "id": self.id,
            "clauses": list(self.clauses),
            "status": self.status,
            "seconds": round(self.seconds, 4),
            "example": self._written_example(),
            "parts": list(self.parts),
            "tests": list(self.tests),
            "awaits": self.awaits or None,
            "broken": self.broken or None,
            "read_by": self.shown_by if self.shown_by in {ASSESS, DECIDE} else None,
            "replayed": self.replayed,
            "catalogue_lacks": list(self.faults),
            "bounds": {"facts": "none", "answers": dict(self.bounds) if self.bounds else None},
        }

    def _written_example(self) -> object:
        """An answer file, a list of fact sets, or sentences about the catalogue; None when nothing is broken."""
        if self.shown_by == ASSESS and self.answers is not None:
            return self.answers.sheet
        return self.example.items() if self.example else list(self.faults) or None
