"""Judge one mutation of the flows and rules: who catches it, and whether it makes an invariant false in a sample.

An invariant that a sample breaks without any solver (`_sampling.py`) and that `triage prove` holds proved would be a
fault of the prover.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml
from _mutating import Mutation
from _sampling import Sample, sample_of, sampled
from pysat.solvers import Glucose4

from tests.proof.sheets.agreement import TODAY
from tests.proof.sheets.stories import sheets
from triage.cases.record import CaseRecord
from triage.cli.check import kinds_of
from triage.cli.coverage import read_cases
from triage.flow.circuits.circuit import FALSE, TRUE, Circuit, Literal
from triage.flow.circuits.thresholds import free, in_order
from triage.proof.proofs import COUNTEREXAMPLE
from triage.proof.proving import prove, second_engine
from triage.proof.sheets.findings.model import SheetModel
from triage.proof.sheets.laws_of_answers.asking import SheetEngine
from triage.proof.sheets.laws_of_answers.laws import ANSWERS, AnswerProver, UnreadableLaws
from triage.proof.sheets.shape.bounds import Bounds
from triage.routing.assessment import PairAssessment, assess
from triage.routing.circuit import DecisionCircuit, Facts
from triage.routing.loading import Loaded, load

FLOWS = Path(__file__).resolve().parents[1] / "flows"
REFUSED, BY_FACTS, BY_ANSWERS = "refused when read", "proof: facts", "proof: answers"
BY_CHECKS, BY_VIGNETTES, EQUIVALENT, SURVIVED = "checks", "vignettes", "equivalent", "survived"
CLASSES = {
    REFUSED: "a problem is found while the files are read, or the laws no longer fit them",
    BY_FACTS: "`triage prove` breaks a law over facts, a relation of two cases, or a demand of the catalogue",
    BY_ANSWERS: "`triage prove` breaks a law over answers, and none over facts",
    BY_CHECKS: "nothing is broken; `triage check` has a problem that the shipped flows do not have",
    BY_VIGNETTES: "none of these; a vignette or its twin is decided otherwise",
    EQUIVALENT: "none of these; a solver finds nothing decided otherwise: no fact set, or no sheet within bounds",
    SURVIVED: "none of these: nobody noticed, and a solver did not show within its limit that nothing changes",
}
"""Each class with what it means; a mutation is counted at the first that fits."""
SHEETS = 60
MOST_CONFLICTS = 5_000
"""How long a solver tries to show that nothing is decided otherwise: the same on every machine."""
SMALL = Bounds(accounts=2, days=2, rows=1, labels=2)
"""How much a symbolic answer sheet holds: less than `triage prove` asks about, so that 500 mutations are tried."""
DECIDES = frozenset({"determination.yml", "routing.yml", "alerts.yml", "outcomes.yml"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one mutation: its class, what the proof breaks, and what is broken in the sample."""

    mutation: Mutation
    found: str
    broken: tuple[str, ...] = ()
    sampled: tuple[str, ...] = ()

    @property
    def missed(self) -> tuple[str, ...]:
        """The invariants, and laws over answers, that the sample breaks while the proof breaks nothing of them."""
        known = {*self.broken, *(name.partition(" ")[0] for name in self.broken)}
        return tuple(name for name in self.sampled if name not in known)


class Shipped:
    """The rules as shipped, what they say of every vignette, and what mutations are tried on."""

    def __init__(self) -> None:
        self.loaded = loaded_or_stop(FLOWS)
        self.cases = tuple(read_cases(FLOWS / "vignettes", self.loaded))
        self.decided = decisions(self.loaded, self.cases)
        self.problems = problem_counts(FLOWS)

    @cached_property
    def sample(self) -> Sample:
        """Fact sets, the vignettes, and answer sheets: vignettes spoiled a little, and answers by chance."""
        made = sheets(self.loaded.book.rulebook, SMALL, seed=77, number=SHEETS)
        return sample_of(self.loaded, self.cases, made, TODAY)


def loaded_or_stop(folder: Path) -> Loaded:
    """The flows of a folder, which must be sound."""
    loaded = load(folder)
    assert isinstance(loaded, Loaded), [str(one) for one in loaded]
    return loaded


def decisions(loaded: Loaded, cases: Iterable[CaseRecord]) -> list[object]:
    """What is decided for every pair of some cases, without why."""
    return [decided(one) for case in cases for one in assess(case, loaded.book, loaded.decider).pairs]


def decided(one: PairAssessment) -> object:
    """What is decided for a pair, without why."""
    return one.decision.result, one.decision.routes, one.decision.case, one.decision.alerts


def problem_counts(folder: Path) -> Counter[str]:
    """How often `triage check` gives each code."""
    return Counter(problem.code for kind in kinds_of(folder) for problem in kind.problems)


def verdict(shipped: Shipped, folder: Path, change: Mutation) -> Verdict:
    """Try one mutation, which is written into `folder` and taken back."""
    path = folder / change.file
    kept = path.read_text(encoding="utf-8")
    path.write_text(yaml.safe_dump(change.data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    try:
        return judged(shipped, folder, change)
    finally:
        path.write_text(kept, encoding="utf-8")


def judged(shipped: Shipped, folder: Path, change: Mutation) -> Verdict:
    """Judge a mutation that stands in a folder."""
    loaded = load(folder)
    if not isinstance(loaded, Loaded):
        return Verdict(change, REFUSED)
    broken = [one.id for one in prove(loaded, make_engine=second_engine()) if one.status == COUNTEREXAMPLE]
    found = BY_FACTS if broken else ""
    try:
        seen = sampled(folder, loaded, shipped.sample)
        if not found or set(seen.broken) - set(broken):
            of_answers = broken_by_answers(folder, loaded, seen.broken)
            found = found or (BY_ANSWERS if of_answers else "")
            broken += of_answers
    except UnreadableLaws:
        return Verdict(change, found or REFUSED, tuple(broken))
    of_vignettes = list(map(decided, seen.pairs))[: len(shipped.decided)]
    found = found or next(iter(noticed(shipped, folder, loaded, change, of_vignettes)))
    return Verdict(change, found, tuple(broken), seen.broken)


def broken_by_answers(folder: Path, loaded: Loaded, suspected: Collection[str]) -> list[str]:
    """The laws over answers that some sheet breaks, each after its invariant. Raises UnreadableLaws.

    A law that is suspected, and holds of small sheets, is asked of sheets as large as those of `triage prove`.
    """
    broken: list[str] = []
    for bounds in (SMALL, ANSWERS):
        prover = AnswerProver(folder, loaded, SheetEngine, bounds)
        laws = {f"{law.invariant} {law.id}": law for law in prover.answer_laws}
        asked = list(laws) if bounds is SMALL else sorted(set(suspected) & laws.keys() - set(broken))
        broken += [name for name in asked if not prover.holds(laws[name])]
        if not set(suspected) & laws.keys() - set(broken):
            break
    return broken


def noticed(
    shipped: Shipped, folder: Path, loaded: Loaded, change: Mutation, decided: Sequence[object]
) -> Iterator[str]:
    """Who else notices a mutation that breaks nothing, the first first."""
    if problem_counts(folder) - shipped.problems:
        yield BY_CHECKS
    if decided != shipped.decided:
        yield BY_VIGNETTES
    alike = same_decisions if change.file in DECIDES else same_sheets
    yield EQUIVALENT if alike(shipped.loaded, loaded) else SURVIVED


def same_decisions(one: Loaded, other: Loaded) -> bool:
    """Whether two sets of rules decide every fact set alike, asked of a solver."""
    circuit = Circuit()
    names = sorted({*one.decider.rules.read, *other.decider.rules.read})
    strengths = {name: free(circuit, name) for name in names}
    gates = {gate: circuit.input(f"latched {gate}") for gate in one.decider.rules.latching}
    together = circuit.input("one class")
    facts = Facts(strengths, gates, lambda _: together)
    first, second = (said(DecisionCircuit(circuit, each.decider.instances, facts)) for each in (one, other))
    return never_differ(circuit, first, second, [in_order(circuit, strength) for strength in strengths.values()])


def same_sheets(one: Loaded, other: Loaded) -> bool:
    """Whether two sets of flows give every sheet within bounds the same strengths and classes, with the same path."""
    circuit = Circuit()
    first, second = (SheetModel(each.book.rulebook, SMALL, circuit) for each in (one, other))
    read = [said_of_answers(each) for each in (first, second)]
    return never_differ(circuit, *read, [*first.sheet.constraints, *second.sheet.constraints])


def never_differ(
    circuit: Circuit, first: dict[str, Literal], second: dict[str, Literal], bounds: Sequence[Literal]
) -> bool:
    """Whether a solver soon shows that what has the same name is the same in every case within some bounds."""
    names = sorted({*first, *second})
    differ = circuit.any_of(-circuit.same(first.get(name, FALSE), second.get(name, FALSE)) for name in names)
    if differ in {TRUE, FALSE}:
        return differ == FALSE
    with Glucose4() as solver:
        for node in circuit.cone([differ, *bounds]):
            parts = circuit.parts[node]
            if parts is not None:
                solver.append_formula([[-node, one] for one in parts])
                solver.add_clause([node, *(-one for one in parts)])
        solver.append_formula([[TRUE], [differ], *([one] for one in bounds)])
        solver.conf_budget(MOST_CONFLICTS)
        return solver.solve_limited() is False


def said_of_answers(model: SheetModel) -> dict[str, Literal]:
    """Everything that a decision reads of a sheet, by name, and whether some answer of it is set aside."""
    found = {"settled": model.settled}
    for name in model.slots.number:
        strength = model.strengths.final(name)
        found |= {f"{name} {level}": strength.at_least(level) for level in range(5)}
        found |= {f"{name} {one}": literal for one, literal in model.strengths.classes(name).items()}
    return found


def said(decision: DecisionCircuit) -> dict[str, Literal]:
    """Everything that a decision says of a pair, by name."""
    found = {f"result {name}": literal for name, literal in decision.results.items()}
    found |= {f"gate {name}": literal for name, literal in decision.gates.items()}
    found |= {f"alert {name}": literal for name, literal in decision.alerts.items()}
    found |= {f"raised {name}": literal for name, literal in decision.raised.items()}
    for person, route in decision.routes.items():
        found |= {f"{person} {name}": literal for name, literal in route.outcomes.items()}
        found |= {f"{person} adapted {name}": literal for name, literal in route.adaptations.items()}
        found[f"{person} effective"] = decision.effective(person)
    return found
