"""The level of answers for `triage prove`: each law of answer-laws.yml proved, or an answer file that breaks it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from time import process_time

from triage.assess.compiled.order import in_order
from triage.assess.slots import Slot
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


@dataclass(slots=True)
class _Asked:
    """What is known of a law said of every finding: where it is still open, and the seconds that asking took."""

    open: dict[str, Literal] = field(default_factory=dict)
    seconds: float = 0.0


def _is_said_of(law: AnswerLaw, slot: Slot) -> bool:
    """Whether a law said of every finding is said of this value."""
    return slot.finding.name not in (law.but or {}) and (slot.finding.acts or not law.of_acts)


class AnswerProver:
    """Proves the laws over answers of one directory with one circuit and one solver."""

    def __init__(self, directory: Path, loaded: Loaded, make_engine: MakeEngine, bounds: Bounds = ANSWERS) -> None:
        read = read_answer_laws(directory, loaded.book.rulebook, loaded.decider.rules)
        problems = tuple(one for one in read if isinstance(one, Problem))
        if problems:
            raise UnreadableLaws(problems)
        self.answer_laws = tuple(one for one in read if isinstance(one, AnswerLaw))
        self.prover = SheetProver(loaded, make_engine, bounds)
        self._asked: dict[str, _Asked] = {}

    def prove(self, law: AnswerLaw) -> Outcome:
        """Prove one law; of one of every finding that is broken, give the first that a file is found for."""
        began, asked = process_time(), self._asked.get(law.id) or _Asked()
        outcome = self._outcome(law, asked.open if law.id in self._asked else self.literals(law))
        return replace(outcome, seconds=asked.seconds + process_time() - began)

    def _outcome(self, law: AnswerLaw, literals: Mapping[str, Literal]) -> Outcome:
        """What becomes of a law, of what is not known to hold yet."""
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
        slots = (slot for slot in self.prover.model.slots.all if _is_said_of(law, slot))
        return {slot.name: words.literal(law.of(slot.name)) for slot in slots}

    # --- what `triage prove` asks of the level of answers ---------------------------------------------------------

    @property
    def bounds(self) -> Mapping[str, int]:
        """How much a sheet holds of which these laws are proved."""
        return asdict(self.prover.model.sheet.bounds)

    def expect(self, invariants: Collection[str]) -> None:
        """Ask the laws of every finding first, one finding after the other, each after those that it reads.

        The solver then knows little more than what a question reads, and what it learned of the findings behind it (ADR
        64). What holds by the constraints known so far holds by all; what does not is asked again when all are known.
        """
        laws = [law for law in self.answer_laws if law.each and law.invariant in invariants]
        self._asked = {law.id: _Asked() for law in laws}
        slots = self.prover.model.slots
        for number in in_order(slots):
            for law in laws:
                if _is_said_of(law, slots.all[number]):
                    self._ask(law, slots.all[number])

    def _ask(self, law: AnswerLaw, slot: Slot) -> None:
        began, asked = process_time(), self._asked[law.id]
        literal = self.prover.words.literal(law.of(slot.name))
        if not self.prover.holds(literal):
            asked.open[slot.name] = literal
        asked.seconds += process_time() - began

    def laws(self, invariant: str) -> Iterator[Outcome]:
        """What became of each law of an invariant."""
        return (self.prove(law) for law in self.answer_laws if law.invariant == invariant)

    def example_sheet(self, broken: Example) -> Outcome | None:
        """An answer file whose decision breaks the law of an invariant; None when no answers within bounds do."""
        law = self.prover.words.decision.laws.get(broken.law)
        found = self.prover.prove(broken.law, law) if law is not None else None
        return found if found and found.replayed else None
