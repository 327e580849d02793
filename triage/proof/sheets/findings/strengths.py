"""From pieces to the strength of every value of every finding, as thresholds (domain 12, as corrected by 13)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from triage.assess.compiled.order import in_order
from triage.assess.slots import Slot, Slots
from triage.flow.circuits.circuit import FALSE, TRUE, Circuit, Literal
from triage.flow.circuits.thresholds import THRESHOLDS, Thresholds
from triage.flow.conditions import Always, Condition, substitute
from triage.flow.vocabulary import split_role
from triage.proof.sheets.findings.combining import NOT_COMBINED, Weight, classes_of, from_pieces, united
from triage.proof.sheets.findings.pieces import Pieces
from triage.proof.sheets.findings.rule_tests import Reading, RuleTests
from triage.proof.sheets.shape.accounts import STRENGTHS
from triage.proof.sheets.shape.sheet import Sheet

UNKNOWN_MARKERS_ALLOWED = 7


@dataclass(frozen=True, slots=True)
class Finding:
    """One value: its thresholds (unknown is below 0), and by class that it rests on it."""

    strength: Thresholds
    classes: Mapping[str, Literal]


def thresholds(known: Literal, levels: Mapping[int, Literal]) -> Thresholds:
    """Thresholds of a strength that was never withdrawn."""
    return Thresholds({t: TRUE if t < 0 else known if t == 0 else levels.get(t, FALSE) for t in THRESHOLDS})


class Strengths:
    """The values of a sheet, each made when it is first asked for; `final` once nothing falls any more."""

    def __init__(self, sheet: Sheet, pieces: Pieces, tests: RuleTests) -> None:
        self.sheet, self.circuit, self.pieces, self.tests = sheet, sheet.circuit, pieces, tests
        self.slots: Slots = sheet.slots
        order = in_order(self.slots)
        self._position = {number: place for place, number in enumerate(order)}
        self._found: dict[int, Finding] = {}
        self._final: dict[int, Thresholds] = {}
        tests.strength_of = self.first

    def first(self, name: str) -> Thresholds:
        """The strength of a value, by name, as other findings read it."""
        if name in self.slots.merged:
            return self._merged([self.finding(number).strength for number in self.slots.merged[name]])
        return self.finding(self.slots.number[name]).strength

    def final(self, name: str) -> Thresholds:
        """The strength of a value in the end, as the decision reads it."""
        if name in self.slots.merged:
            return self.first(name)
        number = self.slots.number[name]
        found = self._final.get(number)
        if found is None:
            found = self._final[number] = self._fallen(self.slots.all[number])
        return found

    def classes(self, name: str) -> Mapping[str, Literal]:
        """By class, that a value rests on it."""
        if name in self.slots.merged:
            return united(self.circuit, ((TRUE, self.finding(one).classes) for one in self.slots.merged[name]))
        return self.finding(self.slots.number[name]).classes

    def finding(self, number: int) -> Finding:
        """One value, before anything falls."""
        found = self._found.get(number)
        if found is None:
            slot = self.slots.all[number]
            found = self._found[number] = self._counted(slot) if slot.finding.count else self._combined(slot)
        return found

    # --- one value ------------------------------------------------------------------------------------------------

    def _reading(self, slot: Slot, since: int = 0) -> Reading:
        return Reading(slot, dict(slot.roles), since)

    def _combined(self, slot: Slot) -> Finding:
        circuit, definition = self.circuit, slot.finding
        pieces = self.pieces.of(slot.number)
        weight = from_pieces(circuit, pieces, definition.needs)
        some_rule: list[Literal] = []
        for rule in definition.rules:
            holds = self._condition(rule.when, self._reading(slot))
            some_rule.append(holds)
            weight = self._raised(weight, rule.strength, holds, self._resting(slot, rule.rests_on))
        settled = circuit.all_of((-weight.levels[2], self._settled(slot, circuit.any_of(some_rule))))
        stands = circuit.all_of((weight.levels[1], -settled))
        levels = {level: circuit.all_of((stands, weight.levels[level])) for level in STRENGTHS}
        known = circuit.any_of((stands, self._ruled_out(slot, 0)))
        classes = {name: circuit.all_of((stands, literal)) for name, literal in weight.classes.items()}
        return Finding(thresholds(known, levels), classes)

    def _condition(self, condition: Condition, reading: Reading) -> Literal:
        return self.tests.literal(substitute(condition, reading.roles), reading)

    def _raised(self, weight: Weight, strength: int, holds: Literal, classes: Mapping[str, Literal]) -> Weight:
        circuit = self.circuit
        below = TRUE if strength == 0 else -weight.levels[strength]
        applied = circuit.all_of((holds, below))
        levels = {
            level: circuit.any_of((literal, holds)) if level <= strength else literal
            for level, literal in weight.levels.items()
        }
        return Weight(levels, united(circuit, ((applied, classes), (-applied, weight.classes))))

    def _resting(self, slot: Slot, words: Iterable[str]) -> dict[str, Literal]:
        """The classes that a rule inherits: those of other values, or of their pieces where those have none yet."""
        circuit, parts = self.circuit, []
        for word in words:
            name, role = split_role(word, [one.finding.name for one in self.slots.all])
            number = self.slots.number[f"{name}_{slot.roles.get(role, role)}" if role else name]
            of_pieces = classes_of(circuit, self.pieces.of(number), 2)
            earlier = self._position[number] < self._position[slot.number]
            own = self.finding(number).classes if earlier else {}
            has_own = circuit.any_of(own.values())
            parts += [(TRUE, own), (-has_own, of_pieces)]
        return united(circuit, parts)

    def _ruled_out(self, slot: Slot, since: int) -> Literal:
        """That it is known to be 0, by "not found" of that day or later; `unknown_when` keeps it unknown."""
        circuit, definition, reading = self.circuit, slot.finding, self._reading(slot, since)
        kept = self._condition(definition.unknown_when, reading)
        if definition.otherwise_zero:
            return -kept
        if definition.zero == Always():
            zero = self.tests.anything_ruled_out(reading)
        else:
            zero = self._condition(definition.zero, reading)
        return circuit.all_of((-kept, zero))

    def _settled(self, slot: Slot, some_rule: Literal) -> Literal:
        """That a 1 no longer stands: on a later day a competent source was asked, and answered "not found"."""
        circuit = self.circuit
        pieces = [piece for piece in self.pieces.of(slot.number) if piece.kind not in NOT_COMBINED]
        zeros = self.pieces.ruled_out(slot.number)
        if not pieces or not zeros:
            return FALSE
        weak = circuit.all_of(
            (circuit.any_of(p.holds for p in pieces), *(-p.at(circuit, 2) for p in pieces), -some_rule)
        )
        ways = []
        for day in range(1, self.sheet.bounds.days):
            before = [-circuit.all_of((piece.holds, piece.account.since(day))) for piece in pieces]
            just = circuit.any_of(circuit.all_of((p.holds, p.account.since(day - 1))) for p in pieces)
            asked = circuit.any_of(circuit.all_of((zero.holds, zero.account.since(day))) for zero in zeros)
            if asked != FALSE:
                ways.append(circuit.all_of((*before, just, asked, self._ruled_out(slot, day))))
        return circuit.all_of((weak, circuit.any_of(ways)))

    # --- counts, readings merged, falls ---------------------------------------------------------------------------

    def _counted(self, slot: Slot) -> Finding:
        """How many questions hold a counted code; unknown while 8 or more of them are unknown (correction 22)."""
        circuit = self.circuit
        pieces = [piece for piece in self.pieces.of(slot.number) if piece.kind == "count"]
        places = dict.fromkeys(
            entry.place
            for place in self.pieces.places[slot.number]
            for entry in self.sheet.entries[place]
            if entry.slot.number == slot.number and entry.kind == "count" and entry.evidence.strength != "0"
        )
        unknown = [-self.sheet.answered(place) for place in places]
        known = -circuit.at_least(UNKNOWN_MARKERS_ALLOWED + 1, unknown)
        questions: dict[str, list[Literal]] = {}
        for piece in pieces:
            questions.setdefault(piece.account.place[0], []).append(piece.holds)
        counted = [circuit.any_of(literals) for literals in questions.values()]
        return Finding(_Counts({}, circuit, known, counted), {})

    def _merged(self, values: list[Thresholds]) -> Thresholds:
        """The most protective of persons or directions (12.2): the highest of 1 or more, else unknown, else 0."""
        circuit = self.circuit
        levels = {level: circuit.any_of(one.at_least(level) for one in values) for level in STRENGTHS}
        known = circuit.any_of((levels[1], circuit.all_of(one.at_least(0) for one in values)))
        return thresholds(known, levels)

    def _fallen(self, slot: Slot) -> Thresholds:
        value = self.finding(slot.number).strength
        condition = slot.finding.falls_to_1_when
        if condition == Always(False):
            return value
        earlier = _FallenSoFar(self, slot.number)
        reading = Reading(slot, dict(slot.roles), 0, earlier)
        falls = self.circuit.all_of((value.at_least(2), self._condition(condition, reading)))
        lowered = {level: self.circuit.all_of((value.at_least(level), -falls)) for level in STRENGTHS if level > 1}
        return thresholds(value.at_least(0), {1: value.at_least(1), **lowered})


@dataclass(frozen=True, slots=True)
class _Counts(Thresholds):
    """A count, which has no highest value: each threshold is made when a rule asks for it."""

    circuit: Circuit
    known: Literal
    counted: Sequence[Literal]

    def at_least(self, threshold: int) -> Literal:
        """That the count is known and `threshold` or more."""
        if threshold < 0:
            return TRUE
        return self.circuit.all_of((self.known, self.circuit.at_least(threshold, self.counted)))


class _FallenSoFar:
    """Strengths as a fall reads them: those of earlier values have fallen already, later ones have not."""

    def __init__(self, strengths: Strengths, number: int) -> None:
        self.strengths, self.number = strengths, number

    def __call__(self, name: str) -> Thresholds:
        slots = self.strengths.slots
        if name not in slots.merged and slots.number[name] < self.number:
            return self.strengths.final(name)
        return self.strengths.first(name)
