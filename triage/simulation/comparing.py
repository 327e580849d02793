"""Run cases through two versions of the rules, check a sample against the compiled decision, and count what changes."""

from collections.abc import Callable
from dataclasses import dataclass

from triage.flow.circuits.circuit import Literal
from triage.routing.decide import Decider
from triage.simulation.agreement import SAMPLE, Scalar, found_at, sampled
from triage.simulation.columns import CHUNK, WORD, Columns
from triage.simulation.comparison import Comparison
from triage.simulation.program import Bitmap
from triage.simulation.questions import Questions
from triage.simulation.sources import Source
from triage.simulation.tally import Tally


def compare(
    old: Decider, new: Decider, source: Source, *, sample: int = SAMPLE, told: Callable[[int], None] = lambda _: None
) -> Comparison:
    """Decide all cases by both versions and count what changes.

    `told` is called with the number of cases after each chunk. At least `sample` cases are decided by the compiled
    evaluator, too. Raises Disagreement when it says otherwise, and Unsupported for rules that columns cannot hold.
    """
    run = Run(old, new, source)
    check = Check(run, source, sample)
    for of_old, of_new in source.chunks():
        answers = run.take(of_old, of_new)
        check.take(answers, of_old)
        told(of_old.cases)
    return run.tally.comparison(check.number, old.rules.holding | new.rules.holding)


class Run:
    """The columnar half: chunks of cases go in, the figures add up in `tally`."""

    def __init__(self, old: Decider, new: Decider, source: Source) -> None:
        self.deciders = (old, new)
        self.questions = Questions(old, new, source.classes, shared=source.shared)
        self.tally = Tally(self.questions, source.quiet)
        self._room = self.questions.program.room(min(CHUNK, -(-max(source.cases, 1) // WORD) * WORD) // WORD)

    def take(self, old: Columns, new: Columns) -> dict[Literal, Bitmap]:
        """Decide a chunk of cases by both versions, count it, and give the answers until the next chunk."""
        answers = self.questions.answers(old, new, self._room[:, : old.words])
        self.tally.add(answers, old)
        return answers


@dataclass
class Check:
    """The scalar half: some cases of each chunk are decided again, one at a time. `number` says how many so far."""

    run: Run
    source: Source
    sample: int
    number: int = 0

    def __post_init__(self) -> None:
        old, new = self.run.deciders
        self._scalars = Scalar("old", old), Scalar("new", new)

    def take(self, answers: dict[Literal, Bitmap], columns: Columns) -> None:
        """Compare a sample of one chunk. Raises Disagreement."""
        questions = self.run.questions
        share = self.sample / max(self.source.cases, 1)
        places = sampled(columns, answers[questions.changed], share)
        numbers = (places + columns.first).tolist()
        self.number += len(numbers)
        found = zip(
            numbers, found_at(places, questions.old, answers), found_at(places, questions.new, answers), strict=True
        )
        for number, *said in found:
            for scalar, case, one in zip(self._scalars, self.source.both(number), said, strict=True):
                scalar.compare(case, self.source.label(number), one)
