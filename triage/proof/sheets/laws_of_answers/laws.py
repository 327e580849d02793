"""The level of answers for `triage prove`: each law of answer-laws.yml proved, or an answer file that breaks it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from time import process_time

from triage.flow.circuits.circuit import Literal
from triage.flow.problems import Problem
from triage.proof.engines import MakeEngine
from triage.proof.examples import Example
from triage.proof.proofs import PROVED, Outcome
from triage.proof.sheets.laws_of_answers.proving import SheetProver
from triage.proof.sheets.laws_of_answers.reading_laws import AnswerLaw, read_answer_laws
from triage.proof.sheets.shape.bounds import Bounds
from triage.routing.loading import Loaded

ANSWERS = Bounds(accounts=3, days=3, rows=2, labels=3)
"""The bounds of the shipped proofs: three accounts let a record and both sides rule out what somebody did."""


class UnreadableLaws(ValueError):
    """answer-laws.yml has problems; `problems` lists all of them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class AnswerProver:
    """Proves the laws over answers of one directory with one circuit and one solver."""

    def __init__(self, directory: Path, loaded: Loaded, make_engine: MakeEngine, bounds: Bounds = ANSWERS) -> None:
        read = read_answer_laws(directory, loaded.book.rulebook, loaded.decider.rules)
        problems = tuple(one for one in read if isinstance(one, Problem))
        if problems:
            raise UnreadableLaws(problems)
        self.answer_laws = tuple(one for one in read if isinstance(one, AnswerLaw))
        self.prover = SheetProver(loaded, make_engine, bounds)
        self._proved: dict[str, Outcome] = {}

    def prove(self, law: AnswerLaw) -> Outcome:
        """Prove one law; of one of every finding that is broken, give the first that a file is found for."""
        began = process_time()
        return replace(self._outcome(law), seconds=process_time() - began)

    def _outcome(self, law: AnswerLaw) -> Outcome:
        literals = self.literals(law)
        broken = {value: literal for value, literal in literals.items() if not self.prover.holds(literal)}
        if not broken:
            return Outcome(law.id, PROVED)
        found: list[Outcome] = []
        while broken and not (found and found[-1].replayed):
            value = next(iter(broken))
            found.append(self.prover.prove(f"{law.id} {value}".rstrip(), broken.pop(value)))
        return found[-1] if found[-1].replayed else found[0]

    def holds(self, law: AnswerLaw) -> bool:
        """Whether a law holds of every sheet within bounds; no example is looked for."""
        return all(map(self.prover.holds, self.literals(law).values()))

    def literals(self, law: AnswerLaw) -> dict[str, Literal]:
        """The literals of a law: of the pair (empty name), or of each value that is not left out."""
        words = self.prover.words
        if not law.each:
            return {"": words.literal(law.law)}
        return {
            slot.name: words.literal(law.of(slot.name))
            for slot in self.prover.model.slots.all
            if slot.finding.name not in (law.but or {}) and (slot.finding.acts or not law.of_acts)
        }

    # --- what `triage prove` asks of the level of answers ---------------------------------------------------------

    @property
    def bounds(self) -> Mapping[str, int]:
        """How much a sheet holds of which these laws are proved."""
        return asdict(self.prover.model.sheet.bounds)

    def expect(self, invariants: Collection[str]) -> None:
        """Ask the laws of every finding first: the large decision is then not yet there to be searched (ADR 38)."""
        first = (law for law in self.answer_laws if law.each and law.invariant in invariants)
        self._proved |= {law.id: self.prove(law) for law in first}

    def laws(self, invariant: str) -> Iterator[Outcome]:
        """What became of each law of an invariant."""
        return (self._proved.get(law.id) or self.prove(law) for law in self.answer_laws if law.invariant == invariant)

    def example_sheet(self, broken: Example) -> Outcome | None:
        """An answer file whose decision breaks the law of an invariant; None when no answers within bounds do."""
        law = self.prover.words.decision.laws.get(broken.law)
        found = self.prover.prove(broken.law, law) if law is not None else None
        return found if found and found.replayed else None
