"""The tests of finding rules, and of the conditions of questions and edges, as literals over a sheet."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from triage.assess.compiled.compiling import ORIENTATIONS
from triage.assess.slots import Slot
from triage.flow.circuits.circuit import FALSE, TRUE, Literal
from triage.flow.circuits.thresholds import (
    Thresholds,
    compared_count,
    comparison,
    condition_literal,
    predicate,
)
from triage.flow.conditions import Condition, Test, substitute
from triage.flow.spelling import PREDICATES
from triage.flow.vocabulary import split_role
from triage.proof.sheets.findings.combining import class_count, combined, corroborated, element_count
from triage.proof.sheets.findings.pieces import NotFound, Pieces
from triage.proof.sheets.findings.row_reading import place_meant
from triage.proof.sheets.numbers.measures import Measures
from triage.proof.sheets.shape.accounts import JUDGES, SymbolicAccount
from triage.proof.sheets.shape.entries import Place
from triage.proof.sheets.shape.sheet import Sheet

StrengthOf = Callable[[str], Thresholds]


@dataclass(frozen=True, slots=True)
class Reading:
    """From where a condition is read: the value whose rule it is (none for questions), whom the roles mean.

    `since` limits "not found" to that day or later; `strengths`, when given, reads findings otherwise.
    """

    own: Slot | None
    roles: Mapping[str, str]
    since: int = 0
    strengths: StrengthOf | None = None


class RuleTests:
    """Reads conditions; `strength_of` is filled in by whoever computes the strengths."""

    strength_of: StrengthOf

    def __init__(self, sheet: Sheet, pieces: Pieces, measures: Measures) -> None:
        self.sheet, self.circuit, self.pieces, self.measures = sheet, sheet.circuit, pieces, measures
        self.names = [slot.finding.name for slot in sheet.slots.all]

    def literal(self, condition: Condition, reading: Reading) -> Literal:
        """That a condition, with persons in place of roles, is known to hold."""
        return condition_literal(self.circuit, condition, lambda test, wanted: self.spelled(test, wanted, reading))

    def asked(self, place: Place, strengths: StrengthOf) -> Literal:
        """That a question is asked there."""
        question = self.sheet.rulebook.questions[place[0]]
        roles = roles_at(place[1])
        return self.literal(substitute(question.when, roles), Reading(None, roles, 0, strengths))

    def spelled(self, test: Test, wanted: bool, reading: Reading) -> Literal:
        """That one test is known to hold, or (not wanted) known not to."""
        if test.function == "value":
            return comparison(self.circuit, test, wanted, self._strength(test.arguments[0], reading))
        if test.function == "measure":
            place = test.arguments[1] if len(test.arguments) > 1 else reading.roles["xy"]
            return self.measures.comparison(test, wanted, place)
        found = self._held(test, reading)
        return found if wanted is (test.operator != "!=" or test.function in _COUNTED) else -found

    def _held(self, test: Test, reading: Reading) -> Literal:
        if test.function in PREDICATES:
            level = int(test.arguments[1]) if len(test.arguments) > 1 else 2
            return predicate(self.circuit, test.function, level, self._strength(test.arguments[0], reading))
        if test.function in _COUNTED:
            return compared_count(self.circuit, test, _COUNTED[test.function](self, test, reading))
        return _HELD[test.function](self, test, reading)

    # --- what words mean ------------------------------------------------------------------------------------------

    def slot_name(self, word: str, reading: Reading) -> str:
        """The value that a finding word means here."""
        name, role = split_role(word, self.names)
        return f"{name}_{reading.roles.get(role, role)}" if role else name

    def _strength(self, word: str, reading: Reading) -> Thresholds:
        return (reading.strengths or self.strength_of)(self.slot_name(word, reading))

    def place(self, word: str, reading: Reading) -> Place:
        """The place that a question word means here."""
        return place_meant(self.sheet, word, reading.roles)

    def element_slot(self, test: Test, reading: Reading) -> int:
        """The value whose elements are counted: the one named, else the rule's own."""
        if len(test.arguments) > 1:
            return self.sheet.slots.number[self.slot_name(test.arguments[1], reading)]
        if reading.own is None:
            raise ValueError("elements are counted by the rules of findings only")
        return reading.own.number

    # --- "not found" ----------------------------------------------------------------------------------------------

    def not_found(self, reading: Reading, question: str, competence: str, orientation: str = "") -> Literal:
        """That a competent source answered a question "not found" for the finding whose rule is read."""
        if reading.own is None:
            raise ValueError("only the rules of findings ask who ruled them out")
        slot, circuit = reading.own, self.circuit
        found = [
            one
            for one in self.pieces.ruled_out(slot.number)
            if one.question == question and orientation in {"", one.account.place[1]}
        ]
        said = [(one.account, circuit.all_of((one.holds, one.account.since(reading.since)))) for one in found]
        judge = JUDGES[competence or competence_of(slot)]
        x, y = slot.actor or "A", slot.other or "B"
        every = self._every_code(slot, question)
        if every is None:
            return judge(circuit, said, x, y, self.sheet.two_contacts)
        competent = [(one, judge(circuit, ((one, literal),), x, y, self.sheet.two_contacts)) for one, literal in said]
        some = circuit.any_of(literal for _, literal in said)
        return circuit.all_of((some, *(self._told(competent, code) for code in sorted(every))))

    def _told(self, accounts: Iterable[tuple[SymbolicAccount, Literal]], code: str) -> Literal:
        with_code = ((one.rows.chosen.get(code, FALSE), literal) for one, literal in accounts)
        return self.circuit.any_of(self.circuit.all_of(both) for both in with_code)

    def _every_code(self, slot: Slot, question: str) -> frozenset[str] | None:
        """The options that must all be answered for a "complete" no, or none; the last entry that says so counts."""
        wanted = None
        for place in self.pieces.places[slot.number]:
            for entry in self.sheet.entries[place] if place[0] == question else ():
                if entry.slot is slot and entry.evidence.strength == "0" and entry.evidence.complete:
                    wanted = entry.evidence.options or frozenset(self.sheet.rulebook.questions[question].options)
        return wanted

    def anything_ruled_out(self, reading: Reading) -> Literal:
        """The default zero: one question whose "not found" is competent."""
        found: tuple[NotFound, ...] = self.pieces.ruled_out(reading.own.number) if reading.own else ()
        questions = dict.fromkeys(one.question for one in found)
        return self.circuit.any_of(self.not_found(reading, question, "") for question in questions)

    # --- the other tests ------------------------------------------------------------------------------------------

    def answered(self, test: Test, reading: Reading, declined: bool = False) -> Literal:
        """That each question named has a value; or, with `declined`, was declined on two days."""
        found = []
        for word in test.arguments:
            place = self.place(word, reading)
            twice = [self.sheet.declined_twice(place)] if declined else []
            found.append(self.circuit.any_of((self.sheet.answered(place), *twice)))
        return self.circuit.all_of(found)

    def both_ways(self, question: str) -> Literal:
        """That a question is answered in every orientation, or asked in none."""
        about = self.sheet.rulebook.questions[question].about
        places = [(question, orientation) for orientation in ORIENTATIONS[about]]
        asked = self.circuit.any_of(self.asked(place, self.strength_of) for place in places)
        return self.circuit.any_of((-asked, self.circuit.all_of(self.sheet.answered(place) for place in places)))

    def event(self) -> Literal:
        """That flow k was opened."""
        return self.circuit.any_of(self.sheet.recorded(one) for one in self.sheet.entries if one[0].startswith("RC-"))

    def act(self, test: Test) -> Literal:
        """That an act is in force."""
        name, role = split_role(test.arguments[0], self.sheet.rulebook.acts)
        return self.sheet.act(name, role, test.values)

    def no(self, test: Test, reading: Reading) -> Literal:
        """`no(Q)`, `no(Q_x, competence)`."""
        question, role = split_role(test.arguments[0], self.sheet.rulebook.questions)
        return self.not_found(reading, question, (*test.arguments, "")[1], role)

    def reaches(self, test: Test, reading: Reading) -> Literal:
        """That counted elements alone make a finding."""
        slot = self.sheet.slots.all[self.sheet.slots.number[self.slot_name(test.arguments[0], reading)]]
        return combined(self.circuit, self.pieces.of(slot.number), slot.finding.needs).levels[2]


def roles_at(orientation: str) -> dict[str, str]:
    """Whom x and y mean in a question: for a pair or the case A is x and B is y."""
    x = orientation[:1] or "A"
    y = "B" if x == "A" else "A"
    return {"xy": x + y, "yx": y + x, "x": x, "y": y, "A": "A", "B": "B"}


def competence_of(slot: Slot) -> str:
    """Who can rule a value out: whoever acts cannot, in what is about acts."""
    competent = slot.finding.competent
    return "not_the_actor" if competent == "any" and slot.finding.acts else competent if competent in JUDGES else "any"


_COUNTED: Mapping[str, Callable[[RuleTests, Test, Reading], list[Literal]]] = {
    "count": lambda one, test, _: [one.both_ways(question) for question in test.arguments],
    "elements": lambda one, test, reading: element_count(
        one.circuit, one.pieces.of(one.element_slot(test, reading)), test.arguments[0]
    ),
    "classes": lambda one, test, reading: class_count(
        one.circuit, one.pieces.of(one.element_slot(test, reading)), test.arguments[0]
    ),
}
_HELD: Mapping[str, Callable[[RuleTests, Test, Reading], Literal]] = {
    "answer": lambda one, test, reading: one.sheet.said(one.place(test.arguments[0], reading), test.values),
    "answered": lambda one, test, reading: one.answered(test, reading),
    "answered_or_declined": lambda one, test, reading: one.answered(test, reading, declined=True),
    "declined_twice": lambda one, test, reading: one.sheet.declined_twice(one.place(test.arguments[0], reading)),
    "no": RuleTests.no,
    "corroborated": lambda one, test, reading: corroborated(
        one.circuit,
        one.pieces.of(number := one.element_slot(test, reading)),
        test.arguments[0],
        one.sheet.slots.all[number].actor,
    ),
    "reaches": RuleTests.reaches,
    "act": lambda one, test, _: one.act(test),
    "signed": lambda one, test, _: one.sheet.act("W-SIGN", "", (test.arguments[0],)),
    "event": lambda one, _test, _reading: one.event(),
    "every": lambda _one, _test, _reading: TRUE,
}
"""How each test that is not about a strength becomes a literal."""
