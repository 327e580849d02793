"""Break the shipped flows and rules 500 times, one small change at a time, and see who notices.

Each mutation is tried on: the reading of the flows, the structural checks, `triage prove` (facts, changes of facts,
and answers), and the thirty vignettes with their twins. Whether a mutation makes an invariant false is also sampled
without the prover (random fact sets and random answer sheets through the compiled decision): the prover must never
miss one of those. What nobody notices is
compared with the shipped rules by a solver: equal for every fact set (equivalent), or a survivor, listed in full.

`bench/mutations.py [NUMBER] [SEED] [--report FILE]`: prints JSON lines, the last with the counts, and writes a page.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random
from shutil import copytree

import yaml
from _mutating import Mutation, mutation, read_folder
from _timing import stopwatch, tell

from triage.cases.record import CaseRecord
from triage.cli.check import kinds_of
from triage.cli.coverage import read_cases
from triage.flow.circuits.circuit import FALSE, TRUE, Circuit, Literal
from triage.flow.circuits.thresholds import THRESHOLDS, free
from triage.flow.values import UNKNOWN, Strength
from triage.proof.proofs import COUNTEREXAMPLE
from triage.proof.proving import prove, z3_engine
from triage.proof.sheets.laws_of_answers.asking import SheetEngine
from triage.proof.sheets.laws_of_answers.laws import AnswerProver, UnreadableLaws
from triage.proof.sheets.shape.bounds import Bounds
from triage.routing.assessment import assess
from triage.routing.circuit import DecisionCircuit, Facts
from triage.routing.compiling import compile_decision
from triage.routing.loading import Loaded, load

ROOT = Path(__file__).resolve().parents[1]
FLOWS = ROOT / "flows"
CAUGHT = ("refused when read", "caught by the checks", "caught by the proof", "caught by vignettes")
NOT_CAUGHT = ("equivalent", "survived")
SAMPLED = 2_000
SMALL = Bounds(accounts=2, days=2, rows=1, labels=2)
"""How much a symbolic answer sheet holds: less than `triage prove` asks about, so that 500 mutations are tried."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one mutation; `missed` are the invariants that sampling breaks and the proof holds proved."""

    mutation: Mutation
    found: tuple[str, ...]
    broken: tuple[str, ...]
    missed: tuple[str, ...]


class Shipped:
    """The rules as shipped, and what they say of every vignette, to compare with."""

    def __init__(self) -> None:
        self.loaded = loaded_or_stop(FLOWS)
        self.cases = tuple(read_cases(FLOWS / "vignettes", self.loaded))
        self.decided = decisions(self.loaded, self.cases)
        self.problems = problem_counts(FLOWS)

    @cached_property
    def fact_sets(self) -> tuple[tuple[dict[str, Strength], frozenset[str]], ...]:
        """Fact sets made by chance, with the gates latched."""
        sys.path.insert(0, str(ROOT))
        from tests.routing.chance import fact_sets

        return tuple(fact_sets(seed=77, number=SAMPLED))


def loaded_or_stop(folder: Path) -> Loaded:
    """The flows of a folder, which must be sound."""
    loaded = load(folder)
    assert isinstance(loaded, Loaded), [str(one) for one in loaded]
    return loaded


def decisions(loaded: Loaded, cases: Iterable[CaseRecord]) -> list[object]:
    """What is decided for every pair of some cases, without why."""
    return [
        (one.decision.result, one.decision.routes, one.decision.case, one.decision.alerts)
        for case in cases
        for one in assess(case, loaded.book, loaded.decider).pairs
    ]


def problem_counts(folder: Path) -> Counter[str]:
    """How often `triage check` gives each code."""
    return Counter(problem.code for kind in kinds_of(folder) for problem in kind.problems)


def verdict(shipped: Shipped, folder: Path, change: Mutation) -> Verdict:
    """Try one mutation, which is written into `folder` and taken back."""
    path = folder / change.file
    kept = path.read_text(encoding="utf-8")
    path.write_text(yaml.safe_dump(change.data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    try:
        loaded = load(folder)
        if not isinstance(loaded, Loaded):
            return Verdict(change, (CAUGHT[0],), (), ())
        broken = (*broken_by_facts(loaded), *broken_by_answers(folder, loaded))
        found = list(notices(shipped, folder, loaded, broken))
        missed = tuple(sorted(sampled_broken(shipped, loaded) - set(broken)))
        return Verdict(change, tuple(found) or (unnoticed(shipped, loaded, change),), broken, missed)
    finally:
        path.write_text(kept, encoding="utf-8")


def broken_by_facts(loaded: Loaded) -> tuple[str, ...]:
    """The invariants that some facts break."""
    return tuple(one.id for one in prove(loaded) if one.status == COUNTEREXAMPLE)


def broken_by_answers(folder: Path, loaded: Loaded) -> tuple[str, ...]:
    """The laws over answers that some sheet breaks, each after its invariant. Laws that cannot be read are not asked.

    `triage check` refuses those, and `triage prove` proves nothing then.
    """
    try:
        prover = AnswerProver(folder, loaded, SheetEngine, SMALL)
    except UnreadableLaws:
        return ()
    return tuple(f"{law.invariant} {law.id}" for law in prover.answer_laws if not prover.holds(law))


def notices(shipped: Shipped, folder: Path, loaded: Loaded, broken: tuple[str, ...]) -> Iterator[str]:
    """Who notices a mutation that could be read."""
    if problem_counts(folder) - shipped.problems:
        yield CAUGHT[1]
    if broken:
        yield CAUGHT[2]
    if decisions(loaded, shipped.cases) != shipped.decided:
        yield CAUGHT[3]


def sampled_broken(shipped: Shipped, loaded: Loaded) -> set[str]:
    """The invariants whose law some sampled fact set breaks, by the compiled decision and not by any solver."""
    decider = loaded.decider
    decide = compile_decision(decider.layout, with_laws=True)
    laws = [one.id for one in decider.rules.invariants if one.law is not None]
    bits = 0
    for facts, latched in shipped.fact_sets:
        strengths = [facts.get(name, UNKNOWN) for name in decider.layout.facts]
        bits |= decide(strengths, decider.layout.gate_bits(latched), None)[-1]
    return {name for place, name in enumerate(laws) if bits >> place & 1}


def unnoticed(shipped: Shipped, loaded: Loaded, change: Mutation) -> str:
    """Whether a mutation of the decision that nobody noticed changes any decision at all, over every fact set."""
    decides = change.file in {"determination.yml", "routing.yml", "alerts.yml", "outcomes.yml"}
    return NOT_CAUGHT[0] if decides and same_decisions(shipped.loaded, loaded) else NOT_CAUGHT[1]


def same_decisions(one: Loaded, other: Loaded) -> bool:
    """Whether two sets of rules decide every fact set alike, asked of a solver."""
    circuit = Circuit()
    names = sorted({*one.decider.rules.read, *other.decider.rules.read})
    strengths = {name: free(circuit, name) for name in names}
    ordered = [
        circuit.any_of((-strengths[name].at_least(level + 1), strengths[name].at_least(level)))
        for name in names
        for level in THRESHOLDS
        if level < THRESHOLDS[-1]
    ]
    gates = {gate: circuit.input(f"latched {gate}") for gate in one.decider.rules.latching}
    together = circuit.input("one class")
    facts = Facts(strengths, gates, lambda _: together)
    first, second = (DecisionCircuit(circuit, each.decider.instances, facts) for each in (one, other))
    differ = circuit.any_of(-circuit.same(*pair) for pair in both(said(first), said(second)))
    if differ in {TRUE, FALSE}:
        return differ == FALSE
    engine = z3_engine()(circuit)
    for literal in ordered:
        engine.hold(literal)
    return engine.find(differ) is None


def said(decision: DecisionCircuit) -> dict[str, Literal]:
    """Everything that a decision says of a pair, by name."""
    found = {f"result {name}": literal for name, literal in decision.results.items()}
    found |= {f"gate {name}": literal for name, literal in decision.gates.items()}
    found |= {f"alert {name}": literal for name, literal in {**decision.alerts}.items()}
    found |= {f"raised {name}": literal for name, literal in decision.raised.items()}
    for person, route in decision.routes.items():
        found |= {f"{person} {name}": literal for name, literal in route.outcomes.items()}
        found |= {f"{person} adapted {name}": literal for name, literal in route.adaptations.items()}
        found[f"{person} effective"] = decision.effective(person)
    return found


def both(first: dict[str, Literal], second: dict[str, Literal]) -> Iterator[tuple[Literal, Literal]]:
    """The literals of the same name; what one does not say never holds there."""
    for name in sorted({*first, *second}):
        yield first.get(name, FALSE), second.get(name, FALSE)


def run(number: int, seed: int) -> list[Verdict]:
    """Try some mutations, always the same for the same seed."""
    shipped, chance, files = Shipped(), Random(seed), read_folder(FLOWS)
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room) / "flows"
        copytree(FLOWS, folder)
        copytree(ROOT / "locales", folder / "locales")
        return [verdict(shipped, folder, mutation(files, chance)) for _ in range(number)]


def page(verdicts: list[Verdict], seconds: float) -> str:
    """The report: how many of each kind were caught by whom, every invariant missed, every survivor."""
    kinds = sorted({one.mutation.kind for one in verdicts})
    heads = (*CAUGHT, *NOT_CAUGHT)
    lines = [
        "# Mutations of the shipped flows and rules",
        "",
        f"{len(verdicts)} small wrong changes, one at a time, made by `bench/mutations.py`; {seconds / 60:.0f} minutes",
        "of processor time. A mutation may be noticed by several; `equivalent` means that a solver finds no case at",
        "all that is decided otherwise.",
        "",
        "| kind | mutations | " + " | ".join(heads) + " |",
        "|---|---" + "|---" * len(heads) + "|",
    ]
    for kind in (*kinds, "all"):
        chosen = [one for one in verdicts if kind in {one.mutation.kind, "all"}]
        counts = (sum(head in one.found for one in chosen) for head in heads)
        lines.append(f"| {kind} | {len(chosen)} | " + " | ".join(map(str, counts)) + " |")
    missed = [one for one in verdicts if one.missed]
    lines += ["", "## Invariants broken in a sample and not by the proof", ""]
    lines += [f"- {', '.join(one.missed)}: {one.mutation.what}" for one in missed] or ["None."]
    lines += ["", "## Invariants broken", ""]
    counted = Counter(name for one in verdicts for name in one.broken)
    lines += [f"- {name}: by {times} mutations" for name, times in sorted(counted.items())]
    lines += ["", "## Survivors", ""]
    lines += [f"- {one.mutation.what}" for one in verdicts if one.found == (NOT_CAUGHT[1],)] or ["None."]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Run, write the page if it is asked for, print the counts; an invariant that was missed is a failure."""
    words = [word for word in sys.argv[1:] if word.isdigit()]
    number, seed = int(words[0]) if words else 25, int(words[1]) if len(words) > 1 else 4
    seconds = stopwatch()
    verdicts = run(number, seed)
    taken = seconds()
    counts = Counter(head for one in verdicts for head in one.found)
    missed = [one.mutation.what for one in verdicts if one.missed]
    if "--report" in sys.argv:
        Path(sys.argv[sys.argv.index("--report") + 1]).write_text(page(verdicts, taken), encoding="utf-8")
    tell("mutations", number=number, seed=seed, cpu_s=round(taken, 1), missed=missed, **counts)
    assert not missed, missed


if __name__ == "__main__":
    main()
