"""Prove every invariant over every case there can be, or give the smallest case that breaks it.

An invariant is proved from the facts first: its law over every fact set, its relations over every two, the catalogue by
looking. Answers reach a decision through the facts alone, so that this covers every answer sheet, however long. Laws
that speak of the answers themselves come after that, from whoever gives `sheets`.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from time import process_time
from types import MappingProxyType
from typing import Protocol

from triage.flow.circuits.circuit import Literal
from triage.flow.circuits.thresholds import Thresholds
from triage.proof.catalogue import missing_in_catalogue
from triage.proof.engines import Engine, MakeEngine, Model, NotInstalled
from triage.proof.examples import Example, Shrinker
from triage.proof.proofs import COUNTEREXAMPLE, PROVED, TESTED, Outcome, Proof
from triage.proof.relations import RelationProof
from triage.proof.replaying import law_is_broken, relation_is_broken
from triage.proof.sheets.laws_of_answers.laws import AnswerProver
from triage.proof.space import FactSet, FactSpace
from triage.routing.circuit import DecisionCircuit
from triage.routing.laws import Invariant, Relation
from triage.routing.loading import Loaded
from triage.routing.rules import PERSONS


class Sheets(Protocol):
    """The level of answers: what turns broken facts into an answer file, and proves what is said of answers alone."""

    @property
    def bounds(self) -> Mapping[str, int]:
        """How much a sheet holds of which a law over answers is proved; empty when none is."""

    def expect(self, invariants: Collection[str]) -> None:
        """Hear which invariants will be asked about, and ask first what is cheapest when it is asked first."""

    def example_sheet(self, broken: Example) -> Outcome | None:
        """Give an answer file that `triage assess` breaks the same law with; None when no answers are found to."""

    def laws(self, invariant: str) -> Iterable[Outcome]:
        """Give what became of each law of answers that belongs to an invariant."""


class NoLaws:
    """The level of answers of a directory without laws over answers: whatever an invariant demands of it is missing."""

    bounds: Mapping[str, int] = MappingProxyType({})

    def expect(self, _invariants: Collection[str]) -> None:
        """Nothing can be asked first."""

    def example_sheet(self, _broken: Example) -> Outcome | None:
        """Nothing is known of answers."""
        return None

    def laws(self, _invariant: str) -> Iterable[Outcome]:
        """None."""
        return ()


class Disagreement(RuntimeError):
    """What a solver found is not found by the decision itself: a fault of the program, never of the rules."""


class Prover:
    """Proves the invariants of one directory, one after the other, with one solver that learns on the way."""

    def __init__(self, loaded: Loaded, make_engine: MakeEngine | None = None, sheets: Sheets | None = None) -> None:
        self.loaded, self.decider, self.rules, self.sheets = loaded, loaded.decider, loaded.decider.rules, sheets
        self.space = FactSpace(self.decider.instances)
        self.decision = self.space.decision()
        self.engine: Engine = (make_engine or z3_engine())(self.space.circuit)
        self.engine.hold(*self.space.holds)

    def prove(self, invariant: Invariant, *, relations: bool = True) -> Proof:
        """Prove one invariant; without `relations`, what compares two cases is left to its tests."""
        began = process_time()
        example = self.law(invariant) if invariant.law is not None else None
        parts = ["law"] if invariant.law is not None else []
        began_relations = process_time()
        for relation in self.rules.relations if relations else ():
            if relation.invariant == invariant.id and example is None:
                parts.append(f"relation {relation.id}")
                example = self.relation(relation)
        of_relations = process_time() - began_relations
        faults = list(missing_in_catalogue(self.loaded, invariant))
        parts += ["catalogue"] if invariant.catalogue else []
        of_facts = process_time() - began
        found = list(self.sheets.laws(invariant.id)) if self.sheets else []
        faults += _laws_missing(invariant, found) if self.sheets else []
        showing = process_time()
        answers = self._shown(example, [one for one in found if not one.proved])
        of_answers = process_time() - showing + sum(one.seconds for one in found)
        parts += [f"answers {one.law}" for one in found]
        is_broken = example is not None or bool(faults) or answers is not None
        return Proof(
            id=invariant.id,
            clauses=invariant.clauses,
            status=COUNTEREXAMPLE if is_broken else PROVED if _proves(invariant, parts) else TESTED,
            seconds=of_facts + of_answers,
            parts=tuple(parts),
            example=example,
            answers=answers,
            faults=tuple(faults),
            tests=invariant.tests,
            awaits=invariant.awaits,
            seconds_of_answers=of_answers,
            seconds_of_relations=of_relations,
            bounds=self.sheets.bounds if self.sheets and found else None,
        )

    def _shown(self, example: Example | None, broken: list[Outcome]) -> Outcome | None:
        """The answer file to show: of the facts that were found, else of a law over answers; one replayed first."""
        of_facts = self.sheets.example_sheet(example) if self.sheets and example else None
        files = [of_facts] if of_facts else []
        return next(iter(sorted([*files, *broken], key=lambda one: not one.replayed)), None)

    def law(self, invariant: Invariant) -> Example | None:
        """Give the smallest case that breaks the law of an invariant, or None when there is none at all."""
        broken = -self.decision.laws[invariant.id]
        model = self._smallest(broken)
        if model is None:
            return None
        case = self.space.fact_set(model)
        self._agree(self.decision, model, case)
        if not law_is_broken(self.decider.instances, invariant, case):
            raise Disagreement(f"The law of {invariant.id} holds of the case that was found to break it.")
        return Example(invariant.id, (case,))

    def relation(self, relation: Relation) -> Example | None:
        """Give the smallest two cases that break a relation, or None when there are none at all."""
        found = RelationProof(self.space, self.decision, relation)
        strengths = [found.pair.strengths[name] for name in found.pair.changed]
        model = self._smallest(found.broken, found.pair.changed.values(), strengths)
        if model is None:
            return None
        first, then = found.cases(model)
        self._agree(found.pair.before, model, first)
        self._agree(found.pair.after, model, then)
        if not relation_is_broken(self.decider.instances, relation, first, then):
            raise Disagreement(f"The relation {relation.id} holds of the cases that were found to break it.")
        return Example(f"{relation.invariant} {relation.id}", (first, then))

    def _smallest(
        self, broken: Literal, changed: Iterable[Literal] = (), then: Iterable[Thresholds] = ()
    ) -> Model | None:
        model = self.engine.find(broken)
        return None if model is None else Shrinker(self.engine, self.space).smallest(broken, model, changed, then)

    def _agree(self, circuit: DecisionCircuit, model: Model, case: FactSet) -> None:
        """See that the compiled decision says of a case what the circuit says of it."""
        decided = self.decider.decide(case.strengths, case.latched, case.classes)
        literals = {("result", decided.result): circuit.results[decided.result]}
        for person in PERSONS:
            route = decided.routes[person]
            for name, literal in circuit.routes[person].outcomes.items():
                literals[person, name] = literal if name in route.outcomes else -literal
            literals[person, "effective"] = circuit.effective(person) * (1 if route.effective else -1)
        held = self.space.circuit.values(model, tuple(literals.values()))
        wrong = [name for name, value in zip(literals, held, strict=True) if not value]
        if wrong:
            raise Disagreement(f"The decision and the circuit disagree about {wrong}.")


def _laws_missing(invariant: Invariant, found: Iterable[Outcome]) -> list[str]:
    """Say which laws over answers an invariant demands that there are not."""
    there = {one.law.partition(" ")[0] for one in found}
    return [f"There is no law over answers `{name}`." for name in invariant.answers if name not in there]


def _proves(invariant: Invariant, parts: Collection[str]) -> bool:
    """Whether what was asked proves something: looking entries up does not, of what people and screens may do."""
    return any(one != "catalogue" for one in parts) or (bool(parts) and invariant.kind != "tested")


def prove(
    loaded: Loaded,
    *,
    only: Collection[str] = (),
    relations: bool = True,
    make_engine: MakeEngine | None = None,
    sheets: Sheets | None = None,
) -> Iterator[Proof]:
    """Prove the invariants of a directory in their order, `only` some if any are named.

    Raises Disagreement when a solver finds what the decision does not, and NotInstalled without a solver.
    """
    prover = Prover(loaded, make_engine, sheets)
    wanted = [one for one in prover.rules.invariants if not only or one.id in only]
    if sheets is not None:
        sheets.expect([one.id for one in wanted])
    for invariant in wanted:
        yield prover.prove(invariant, relations=relations)


def z3_engine() -> MakeEngine:
    """The first engine, z3. Raises NotInstalled."""
    try:
        from triage.proof.solving import Z3Engine
    except ImportError as fault:
        raise NotInstalled("z3 is not installed: `pip install 'triage[proof]'`.") from fault
    return Z3Engine


def second_engine() -> MakeEngine:
    """The second engine, CaDiCaL. Raises NotInstalled."""
    try:
        from triage.proof.second import ClauseEngine
    except ImportError as fault:
        raise NotInstalled("python-sat is not installed: `pip install 'triage[proof]'`.") from fault
    return ClauseEngine


def answer_prover(directory: Path, loaded: Loaded) -> Sheets:
    """The level of answers of a directory. Raises NotInstalled, and UnreadableLaws with every problem of its laws."""
    try:
        from triage.proof.sheets.laws_of_answers.asking import SheetEngine
    except ImportError as fault:
        raise NotInstalled(
            "python-sat is not installed, so that no law over answers can be proved: `pip install 'triage[proof]'`. "
            "`--without-answers` proves what is said of facts."
        ) from fault
    return AnswerProver(directory, loaded, SheetEngine)
