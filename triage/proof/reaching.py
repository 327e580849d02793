"""The shortest answer sheet that visits one question, option, edge or rule, for whatever no vignette visits.

A solver finds a sheet on which a question is asked, an edge taken or a rule fires; an option is then chosen on it. Each
sheet is made as small as it goes with the evaluator itself. Whoever asks sees to it that the sheet visits what it says.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from triage.checks.coverage_marks import Coverage, edge_key
from triage.flow.circuits.circuit import FALSE, TRUE, Literal
from triage.flow.conditions import ROLES_AB, substitute
from triage.flow.model import About, Kind, Question
from triage.proof.engines import MakeEngine
from triage.proof.sheets.concrete.writing import ABOUT, ON
from triage.proof.sheets.findings.rule_tests import Reading, roles_at
from triage.proof.sheets.laws_of_answers.proving import SheetProver
from triage.proof.sheets.laws_of_answers.replaying import Sheet
from triage.proof.sheets.shape.bounds import Bounds
from triage.proof.sheets.shape.entries import Place
from triage.routing.loading import Loaded
from triage.routing.rules import PERSONS

ORIENTATION = {About.DIRECTED: "AB", About.PERSON: "A", About.PAIR: "", About.CASE: ""}
EMPTY: Sheet = {
    "id": "shortest",
    "on": ON.isoformat(),
    "persons": {person: {} for person in PERSONS},
    "pairs": [list(PERSONS)],
    "answers": [],
    "acts": [],
}
PLAIN: dict[Kind, object] = {Kind.TEXT: "as told", Kind.DATE: ON.isoformat(), Kind.INTEGER: 1}
"""An answer to a question without options."""


@dataclass(frozen=True, slots=True)
class Shortest:
    """What is visited (`options WD-01 money`), and the answer file that visits it; None when no sheet was found."""

    visits: str
    sheet: Sheet | None


class Reacher:
    """Finds sheets with one solver over one circuit."""

    def __init__(self, loaded: Loaded, make_engine: MakeEngine, bounds: Bounds | None = None) -> None:
        self.loaded, self.rulebook = loaded, loaded.book.rulebook
        self.prover = SheetProver(loaded, make_engine, bounds)
        self._found: dict[Literal, Sheet | None] = {}

    def shortest(self, left: Coverage) -> Iterator[Shortest]:
        """For everything that is left: the shortest sheet that was found."""
        for name in sorted(left.questions):
            yield Shortest(f"questions {name}", self._answered(name))
        for name, code in sorted(left.options):
            yield Shortest(f"options {name} {code}", self._chosen(name, code))
        for name, literal in self._edges(left.edges):
            yield Shortest(f"edges {name}", self._reached(literal))
        for name, literal in self._rules(left.rules):
            yield Shortest(f"rules {name}", self._reached(literal))

    def _reached(self, literal: Literal) -> Sheet | None:
        """A sheet on which something holds: an empty one, or the smallest that breaks the law that it does not."""
        if literal not in self._found:
            self._found[literal] = self._search(literal)
        return self._found[literal]

    def _search(self, literal: Literal) -> Sheet | None:
        if literal == TRUE or self.prover.replayer.breaks(-literal, EMPTY):
            return EMPTY
        return None if literal == FALSE else self.prover.example(-literal)

    # --- questions and options ------------------------------------------------------------------------------------

    def _answered(self, name: str) -> Sheet | None:
        question = self.rulebook.questions[name]
        if question.options:
            return next((one for code in question.options if (one := self._chosen(name, code)) is not None), None)
        value = PLAIN.get(question.kind, [{}] if question.kind is Kind.TABLE else {})
        return self._with(question, value)

    def _chosen(self, name: str, code: str) -> Sheet | None:
        question = self.rulebook.questions[name]
        return self._with(question, code if question.kind is Kind.ONE and not question.multiple else [code])

    def _with(self, question: Question, value: object) -> Sheet | None:
        """The smallest sheet on which a question is asked, with one answer to it."""
        asked = self._reached(self._is_asked((question.id, ORIENTATION[question.about])))
        if asked is None:
            return None
        answer: dict[str, object] = {"id": "visit", "question": question.id, "value": value, "on": ON.isoformat()}
        about = ABOUT.get((question.about, ORIENTATION[question.about]))
        answer |= {"about": about} if about else {}
        answer |= {"source": question.sources[0]}
        answers = asked["answers"]
        return {**asked, "answers": [*answers, answer]} if isinstance(answers, list) else None

    def _is_asked(self, place: Place) -> Literal:
        return self.prover.model.tests.asked(place, self.prover.model.strengths.final)

    # --- edges and rules ------------------------------------------------------------------------------------------

    def _edges(self, wanted: Iterable[str]) -> Iterator[tuple[str, Literal]]:
        model, chosen = self.prover.model, frozenset(wanted)
        for flow in self.rulebook.flows.values():
            for edge in flow.edges:
                if edge_key(flow, edge) in chosen:
                    orientation = ORIENTATION[self.rulebook.questions[edge.source].about]
                    roles = roles_at(orientation)
                    reading = Reading(None, roles, 0, model.strengths.final)
                    goes = model.tests.literal(substitute(edge.when, roles), reading)
                    yield (
                        edge_key(flow, edge),
                        model.circuit.all_of((goes, model.sheet.recorded((edge.source, orientation)))),
                    )

    def _rules(self, wanted: Iterable[str]) -> Iterator[tuple[str, Literal]]:
        literals: dict[str, list[Literal]] = {}
        for name, literal in self._rule_literals():
            literals.setdefault(name, []).append(literal)
        for name in sorted(wanted):
            yield name, self.prover.circuit.any_of(literals.get(name, ()))

    def _rule_literals(self) -> Iterator[tuple[str, Literal]]:
        """Each rule of the decision, as often as it is read, with the literal that it fires."""
        decision, circuit = self.prover.words.decision, self.prover.circuit
        instances, rules = decision.instances, decision.rules
        yield from ((one.rule.id, it) for one, it in zip(instances.results, decision.result_rules, strict=True))
        yield from ((one.rule.id, decision.literal(one.when)) for one in instances.gates)
        for person in PERSONS:
            route = decision.routes[person]
            steps = list(zip(instances.steps[person], route.steps, strict=True))
            yield from ((one.rule.id, literal) for one, literal in steps)
            with_holds = circuit.any_of(literal for one, literal in steps if one.rule.with_holds)
            for one in instances.holds[person]:
                yield one.rule.id, circuit.all_of((with_holds, decision.literal(one.when)))
            yield from ((one.rule.id, decision.literal(one.when)) for one in instances.adaptations[person])
            focused = decision.routed(person, rules.focused)
            for rule, unmet in zip(rules.effective, route.unmet, strict=True):
                yield rule.id, circuit.all_of((focused, unmet))
        for alert in rules.alerts:
            if alert.when is not None:
                yield alert.id, decision.literal(substitute(alert.when, ROLES_AB))
