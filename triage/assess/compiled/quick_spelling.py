"""Spell the tests of rules over numbers, for functions that are compiled whole.

`F` strengths and `P` pieces, by slot; `f` the facts, one set of numbers; `D` days of declining, by place; `S` results
signed, `A` names of acts, `I` acts in force; `T` gives what was said at a place where measures look, `known` what they
gave for it before, and `M` what they gave for this case; `denying` what is asked about "not found". What these do not
tell, the context `c` is asked.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from triage.assess.compiled.cells import NO_CELLS, Cells
from triage.assess.compiled.facts import Facts
from triage.assess.compiled.looking import places_of
from triage.assess.compiled.spelling import RuleSpelling, negated
from triage.assess.compiled.tables import ORIENTATIONS, Table, roles_of
from triage.assess.measuring.measures import MEASURES, NUMBERS, Measured
from triage.flow.conditions import And, Condition, Not, Or, Test, source, substitute, tests
from triage.flow.spelling import comparison
from triage.flow.vocabulary import split_role

NAMES = (
    "F, P, f, D, S, A, I = c.strengths, c.pieces, c.facts, c.declined, c.results_signed, c.acted, c.in_force;"
    " T, M = c.told, c.measured"
)
"""The line with which every function begins."""

NO_FACTS = Facts((), 0, (), {})
MOST_IN_A_ROW = 3


def any_of(facts: Sequence[int]) -> str:
    """Write whether any of some facts is stated."""
    if len(facts) > MOST_IN_A_ROW:
        return f"(not f.isdisjoint({tuple(facts)}))"
    return f"({' or '.join(f'{fact} in f' for fact in facts) or 'False'})"


@dataclass(frozen=True, slots=True)
class QuickSpelling(RuleSpelling):
    """Spells one test like RuleSpelling, over numbers; `cells` are what accounts settle by saying "not found"."""

    facts: Facts = NO_FACTS
    tables: Mapping[tuple[str, str], Table] = field(default_factory=dict)
    cells: Cells = NO_CELLS
    ruled_out_by: tuple[str, ...] = ()

    def condition(self, condition: Condition) -> str:
        """Write a whole condition."""
        return source(_cheap_first(substitute(condition, self.roles)), self.spell)

    def number(self, word: str) -> int:
        """The number of the place that a word means here."""
        return self.tables[self.place(word)].number

    def answer(self, test: Test, wanted: bool) -> str:
        """`answer(Q) = code`: true when any usable answer so says; `!=` also when none was given."""
        codes = self.facts.codes[self.number(test.arguments[0])]
        facts = [codes[code] for code in test.values]
        return negated(any_of(facts), wanted is (test.operator != "!="))

    def answered(self, test: Test, wanted: bool) -> str:
        """`answered(Q, ...)`: each has a value other than NK, DEC, NSA."""
        return negated("(" + " and ".join(self.heard(word) for word in test.arguments) + ")", wanted)

    def heard(self, word: str) -> str:
        """Whether a place holds a value."""
        return any_of([self.facts.answered(self.number(word))])

    def measure(self, test: Test, wanted: bool) -> str:
        """`measure(name, place) op n`: counted only when there is anything to read it from."""
        name = test.arguments[0]
        measured = MEASURES[name]
        place = test.arguments[1] if len(test.arguments) > 1 else self.roles["xy"]
        where = place if measured.of else ""
        number = self._counted(name, where)
        if measured.reads or measured.acts:
            number = f"({number} if {self._to_read(measured, place)} else {measured.nothing})"
        if measured.nothing is not None:
            return comparison(test, wanted, number, "True")
        return comparison(test, wanted, "m", f"(m := {number}) is not None")

    def _counted(self, name: str, where: str) -> str:
        """A number: as it was counted before of the same wordings, else counted now."""
        at, places = NUMBERS[name, where], places_of(MEASURES[name], where, self.tables)
        counted = f"c.measure_of({at}, {name!r}, {where!r})"
        if not places:
            return f"(n if (n := M[{at}]) is not not_yet else {counted})"
        told = ", ".join(f"T({place})" for place in places)
        told = told if len(places) == 1 else f"({told})"
        return f"(n if (n := known[{at}].get({told}, c)) is not c else {counted})"

    def _to_read(self, measured: Measured, place: str) -> str:
        """Whether anything was answered, or acted, from which a number is read."""
        roles = roles_of(place)
        places = [
            (question, roles.get(role, "")) for question, _, role in (one.partition("_") for one in measured.reads)
        ]
        tables = [self.tables[place] for place in places if place in self.tables]
        told = [self._speaking(table, measured.silent) for table in tables]
        told += [f"{act!r} in A" for act in measured.acts]
        return " or ".join(told) or "False"

    def _speaking(self, table: Table, silent: frozenset[str]) -> str:
        """Whether anything is answered there; with `silent` codes, anything but these."""
        if not silent:
            return any_of([self.facts.answered(table.number)])
        codes = self.facts.codes[table.number]
        return any_of([codes[code] for code in table.question.options if code not in silent])

    def plain(self, test: Test) -> str:
        """The tests that are one call, true or false."""
        spell = _PLAIN.get(test.function)
        return spell(self, test) if spell else RuleSpelling.plain(self, test)

    def no(self, word: str, competence: str) -> str:
        """`no(Q)`: by the cells that are settled; only where more counts, all who said so are judged together."""
        question, role = split_role(word, self.rulebook.questions)
        if question not in self.ruled_out_by:
            return "False"
        asked = self.own_number, question, competence, role
        ways = [[any_of([self.facts.settled(cell)]) for cell in way] for way in self.cells.ways[asked]]
        settled = f"({' or '.join(' and '.join(way) for way in ways)})"
        return f"({settled} and c.denied(denying[{asked!r}]))" if asked in self.cells.more else settled

    def settled(self) -> str:
        """Whether any account settles anything that is asked about "not found" of the slot."""
        cells = {one.number for (slot, _), found in self.cells.of.items() if slot == self.own_number for one in found}
        return any_of([self.facts.settled(cell) for cell in sorted(cells)])

    def act(self, test: Test, wanted: bool) -> str:
        """`act(NAME)`, `act(NAME) = value`: such an act is in force."""
        key = split_role(test.arguments[0], self.rulebook.acts)
        values = [f"{value!r} in I[{key!r}].values" for value in test.values]
        text = f"({key!r} in I and ({' or '.join(values)}))" if values else f"({key!r} in I)"
        return negated(text, wanted is (test.operator != "!="))

    def elements(self, test: Test, wanted: bool) -> str:
        """`elements(kind) >= n`: none without pieces."""
        slot = self.element_slot(test)
        number = f"(c.{test.function}({slot}, {test.arguments[0]!r}) if P[{slot}] else 0)"
        return comparison(test, wanted, number, "True")

    def count(self, test: Test, wanted: bool) -> str:
        """`count(both_ways: Q, ...)`: answered in both directions, or asked in none."""
        number = " + ".join(f"(1 if {self._both_ways(question)} else 0)" for question in test.arguments)
        return comparison(test, wanted, f"({number})", "True")

    def _both_ways(self, question: str) -> str:
        about = self.rulebook.questions[question].about
        places = [self.tables[question, where] for where in ORIENTATIONS[about]]
        heard = " and ".join(any_of([self.facts.answered(table.number)]) for table in places)
        asked = " or ".join(self.asked(table) for table in places)
        return f"(({heard}) or not ({asked}))"

    def asked(self, table: Table) -> str:
        """Whether the condition under which a question is asked holds."""
        here = QuickSpelling(self.rulebook, self.slots, roles_of(table.orientation), None, self.facts, self.tables)
        return here.condition(table.question.when)

    def declined(self, word: str) -> str:
        """Declined on two dates."""
        place = self.place(word)
        return f"({self.tables[place].number} in D and c.declined_twice({place!r}))"


COSTS: Mapping[str, int] = {
    "no": 1,
    "count": 1,
    "elements": 2,
    "classes": 2,
    "corroborated": 2,
    "reaches": 2,
    "measure": 3,
}
"""How much a test costs; all others are a look at one number or two."""


def _cheap_first(condition: Condition) -> Condition:
    """Put what costs less first in each `and` and `or`; tests have no effects, so their order is no matter."""
    match condition:
        case And(parts):
            return And(tuple(sorted(map(_cheap_first, parts), key=_cost)))
        case Or(parts):
            return Or(tuple(sorted(map(_cheap_first, parts), key=_cost)))
        case Not(part):
            return Not(_cheap_first(part))
    return condition


def _cost(condition: Condition) -> int:
    return max((COSTS.get(test.function, 0) for test in tests(condition)), default=0)


_PLAIN: Mapping[str, Callable[[QuickSpelling, Test], str]] = {
    "no": lambda one, test: one.no(test.arguments[0], (*test.arguments, "")[1]),
    "answered_or_declined": lambda one, test: (
        "(" + " and ".join(f"({one.heard(word)} or {one.declined(word)})" for word in test.arguments) + ")"
    ),
    "declined_twice": lambda one, test: one.declined(test.arguments[0]),
    "signed": lambda _, test: f"({test.arguments[0]!r} in S)",
    "event": lambda _, __: "c.opened_logbook",
    "reaches": lambda one, test: (
        f"(P[{one.slots.number[one.slot_name(test.arguments[0])]}]"
        f" and c.reaches({one.slots.number[one.slot_name(test.arguments[0])]}))"
    ),
    "corroborated": lambda one, test: (
        f"(P[{one.element_slot(test)}] and c.corroborated({one.element_slot(test)}, {test.arguments[0]!r}))"
    ),
}
"""The tests of one call that the numbers answer, or spare."""
