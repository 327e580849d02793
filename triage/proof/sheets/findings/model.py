"""Everything that a symbolic answer sheet leads to: findings, which answers stay on the path, the decision."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from triage.assess.slots import slots_of
from triage.flow.circuits.circuit import FALSE, TRUE, Circuit, Literal
from triage.flow.circuits.thresholds import Thresholds, is_exactly
from triage.flow.conditions import Always, substitute
from triage.flow.model import Move, Rulebook
from triage.flow.values import UNKNOWN
from triage.proof.sheets.findings.evidence_measures import measures_of_evidence
from triage.proof.sheets.findings.pieces import Pieces
from triage.proof.sheets.findings.row_reading import AccountTests
from triage.proof.sheets.findings.rule_tests import Reading, RuleTests, roles_at
from triage.proof.sheets.findings.strengths import Strengths, thresholds
from triage.proof.sheets.numbers.measures import Measures
from triage.proof.sheets.shape.accounts import PERSONS, STRENGTHS
from triage.proof.sheets.shape.bounds import Bounds
from triage.proof.sheets.shape.entries import Place
from triage.proof.sheets.shape.sheet import Sheet
from triage.routing.circuit import DecisionCircuit, Facts
from triage.routing.decide import Decider

SUPPORT_STATUS, OTHERS_OPEN, REASONED = "ISS_OK", "OTHERS_OPEN", "RISK_REASONED"


class SheetModel:
    """One symbolic sheet with all that follows from it; each part is made when it is first asked for."""

    def __init__(self, rulebook: Rulebook, bounds: Bounds, circuit: Circuit | None = None) -> None:
        self.rulebook, self.bounds, self.circuit = rulebook, bounds, circuit or Circuit()
        self.slots = slots_of(rulebook.findings)
        self.sheet = Sheet(self.circuit, rulebook, self.slots, bounds)
        self.measures = Measures(self.sheet)
        self.pieces = Pieces(self.sheet, AccountTests(self.sheet, self.measures))
        self.measures.exact |= measures_of_evidence(self.pieces)
        self.tests = RuleTests(self.sheet, self.pieces, self.measures)
        self.strengths = Strengths(self.sheet, self.pieces, self.tests)

    # --- the path -------------------------------------------------------------------------------------------------

    @cached_property
    def settled(self) -> Literal:
        """That no answer has fallen off the path: the sheet is what remains once that has settled."""
        return self.circuit.all_of(self.on_the_path())

    def on_the_path(self) -> Iterator[Literal]:
        """For each place that can fall off: that nothing is answered there, or it is asked and not passed over."""
        questions = self.rulebook.questions
        for place in self.sheet.entries:
            question = questions[place[0]]
            if question.when != Always() and not question.logbook:
                asked = self.tests.asked(place, self.strengths.final)
                yield self.circuit.any_of((-self.sheet.answered(place), asked))
        for place, skipped in self._passed_over():
            yield -self.circuit.all_of((self.sheet.answered(place), skipped))

    def _passed_over(self) -> Iterator[tuple[Place, Literal]]:
        """The places that a `go` edge may pass over, each with the literal that it does."""
        for flow in self.rulebook.flows.values():
            for edge in flow.edges:
                if edge.move is not Move.GO or edge.source not in flow.questions:
                    continue
                about = self.rulebook.questions[edge.source].about
                order = [name for name in flow.questions if self.rulebook.questions[name].about is about]
                start = order.index(edge.source) + 1
                end = order.index(edge.to) if edge.to in order else len(order)
                own = [n for n in order[start:end] if self.rulebook.questions[n].flow == flow.id]
                for name in own:
                    if self.rulebook.questions[name].logbook:
                        continue
                    for orientation in _orientations(self.sheet, name):
                        roles = roles_at(orientation)
                        reading = Reading(None, roles, 0, self.strengths.final)
                        goes = self.tests.literal(substitute(edge.when, roles), reading)
                        valued = self.sheet.answered((edge.source, orientation))
                        yield (name, orientation), self.circuit.all_of((valued, goes))

    # --- the decision ---------------------------------------------------------------------------------------------

    def decision(self, decider: Decider) -> DecisionCircuit:
        """The decision of the pair, as `triage.routing.pairs` makes it from findings."""
        latched = {gate: self.circuit.input(f"latched {gate}") for gate in sorted(decider.rules.latching)}
        facts = {name: self.strengths.final(name) for name in self.slots.number if name in decider.rules.facts}
        first = DecisionCircuit(self.circuit, decider.instances, Facts(facts, latched, self.one_class))
        results = {name: first.results.get(name, FALSE) for name in ("W_A", "W_B")}
        facts[SUPPORT_STATUS] = self._of_person(SUPPORT_STATUS, results["W_A"], results["W_B"], least=True)
        facts[OTHERS_OPEN] = self._of_person(OTHERS_OPEN, results["W_B"], results["W_A"], least=False)
        facts[REASONED] = self._reasoned(facts, decider)
        return DecisionCircuit(self.circuit, decider.instances, Facts(facts, latched, self.one_class))

    def one_class(self, counted: Sequence[tuple[str, Literal]]) -> Literal:
        """That all findings that count rest on one and the same source class."""
        circuit = self.circuit
        classes = {name: self.strengths.classes(name) for name, _ in counted}
        every = dict.fromkeys(one for found in classes.values() for one in found)
        ways = []
        for one in every:
            alone = []
            for name, counts in counted:
                found = classes[name]
                others = (literal for other, literal in found.items() if other != one)
                just = circuit.all_of((found.get(one, FALSE), -circuit.any_of(others)))
                alone.append(circuit.any_of((-counts, just)))
            ways.append(circuit.all_of(alone))
        return circuit.any_of(ways)

    def _of_person(self, name: str, for_b: Literal, for_a: Literal, *, least: bool) -> Thresholds:
        """A status of whoever it concerns: of B, of A, or the more protective of both while nobody is determined."""
        circuit = self.circuit
        of_a, of_b = (self.strengths.final(f"{name}_{person}") for person in PERSONS)
        combine = circuit.all_of if least else circuit.any_of
        both = {level: combine((of_a.at_least(level), of_b.at_least(level))) for level in (0, *STRENGTHS)}
        if not least:
            known = circuit.all_of((of_a.at_least(0), of_b.at_least(0)))
            both[0] = circuit.any_of((both[1], known))
        levels = {
            level: circuit.choose(for_a, of_a.at_least(level), circuit.choose(for_b, of_b.at_least(level), literal))
            for level, literal in both.items()
        }
        return thresholds(levels[0], levels)

    def _reasoned(self, facts: Mapping[str, Thresholds], decider: Decider) -> Thresholds:
        """A reasoned decision counts when it lists every marker that is not known."""
        circuit, raw = self.circuit, facts[REASONED]
        if REASONED_ACT not in self.rulebook.acts:
            return raw
        listed = []
        for name in sorted(decider.markers):
            unknown = is_exactly(circuit, facts[name], UNKNOWN) if name in facts else TRUE
            listed.append(circuit.any_of((-unknown, self.sheet.listed(REASONED_ACT, name))))
        counts = circuit.any_of((-raw.at_least(2), circuit.all_of(listed)))
        levels = {level: circuit.all_of((raw.at_least(level), counts)) for level in STRENGTHS}
        levels = {level: levels[2] if level <= 2 else FALSE for level in STRENGTHS}
        levels[1] = circuit.any_of((levels[2], circuit.all_of((raw.at_least(1), -raw.at_least(2)))))
        return thresholds(raw.at_least(0), levels)


REASONED_ACT = "RISK-REASONED"


def _orientations(sheet: Sheet, question: str) -> tuple[str, ...]:
    return tuple(place[1] for place in sheet.entries if place[0] == question)
