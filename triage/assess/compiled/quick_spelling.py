"""Spell the tests of rules over numbered lists, for functions that are compiled whole.

`F` strengths, `P` pieces, `Z` accounts that said "not found" (by slot); `K` what one account settles (by cell); `H`
accounts, `C` codes, `N` non-answers (by place); `D` days of declining, `S` results signed, `A` names of acts. What a
list does not tell, the context `c` is asked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from triage.assess.compiled.spelling import RuleSpelling, negated
from triage.assess.compiled.tables import ORIENTATIONS, Table, roles_of
from triage.assess.measuring.measures import MEASURES, Measured
from triage.flow.conditions import Condition, Test, source, substitute
from triage.flow.model import RESERVED_CODES
from triage.flow.spelling import comparison
from triage.flow.vocabulary import split_role

NAMES = (
    "F, P, Z, K, H, C, N, D, S, A = c.strengths, c.pieces, c.zeros, c.settled, c.heard, c.codes, c.silent, "
    "c.declined, c.results_signed, c.acted"
)
"""The line with which every function begins."""

MOST_CODES_IN_A_ROW = 4


@dataclass(frozen=True, slots=True)
class QuickSpelling(RuleSpelling):
    """Spells one test like RuleSpelling, over the lists; `cells` are those that one account can settle."""

    tables: Mapping[tuple[str, str], Table] = field(default_factory=dict)
    cells: Mapping[tuple[int, str], int] = field(default_factory=dict)
    ruled_out_by: tuple[str, ...] = ()

    def condition(self, condition: Condition) -> str:
        """Write a whole condition."""
        return source(substitute(condition, self.roles), self.spell)

    def number(self, word: str) -> int:
        """The number of the place that a word means here."""
        return self.tables[self.place(word)].number

    def answer(self, test: Test, wanted: bool) -> str:
        """`answer(Q) = code`: true when any usable answer so says; `!=` also when none was given."""
        number = self.number(test.arguments[0])
        held = [f"{code!r} in {'N' if code in RESERVED_CODES else 'C'}[{number}]" for code in test.values]
        text = f"({' or '.join(held)})"
        if len(held) > MOST_CODES_IN_A_ROW and RESERVED_CODES.isdisjoint(test.values):
            text = f"(not C[{number}].isdisjoint({test.values!r}))"
        return negated(text, wanted is (test.operator != "!="))

    def answered(self, test: Test, wanted: bool) -> str:
        """`answered(Q, ...)`: each has a value other than NK, DEC, NSA."""
        return negated("(" + " and ".join(f"H[{self.number(word)}]" for word in test.arguments) + ")", wanted)

    def measure(self, test: Test, wanted: bool) -> str:
        """`measure(name, place) op n`: counted only when there is anything to read it from."""
        name = test.arguments[0]
        place = test.arguments[1] if len(test.arguments) > 1 else self.roles["xy"]
        number = f"c.measure({name!r}, {place!r})"
        measured = MEASURES[name]
        if measured.reads or measured.acts:
            number = f"({number} if {self._to_read(measured, place)} else {measured.nothing})"
        if measured.nothing is not None:
            return comparison(test, wanted, number, "True")
        return comparison(test, wanted, "m", f"(m := {number}) is not None")

    def _to_read(self, measured: Measured, place: str) -> str:
        """Whether anything was answered, or acted, from which a number is read."""
        roles = roles_of(place)
        places = [
            (question, roles.get(role, "")) for question, _, role in (one.partition("_") for one in measured.reads)
        ]
        tables = [self.tables[place] for place in places if place in self.tables]
        told = [f"H[{table.number}]{self._speaking(table, measured.silent)}" for table in tables]
        told += [f"{act!r} in A" for act in measured.acts]
        return " or ".join(told) or "False"

    def _speaking(self, table: Table, silent: frozenset[str]) -> str:
        """Unless nothing was chosen there but codes that say nothing."""
        known = ", ".join(repr(code) for code in table.question.options if code in silent)
        return f" and not C[{table.number}] <= {{{known}}}" if known else ""

    def plain(self, test: Test) -> str:
        """The tests that are one call, true or false."""
        spell = _PLAIN.get(test.function)
        return spell(self, test) if spell else RuleSpelling.plain(self, test)

    def no(self, word: str, competence: str) -> str:
        """`no(Q)`: by its cell, when one account is enough; otherwise the context judges the accounts together."""
        question, role = split_role(word, self.rulebook.questions)
        if question not in self.ruled_out_by:
            return "False"
        if not competence and not role and (self.own_number, question) in self.cells:
            return f"K[{self.cells[self.own_number, question]}]"
        return f"(Z[{self.own_number}] and {RuleSpelling.no(self, word, competence)})"

    def act(self, test: Test, wanted: bool) -> str:
        """`act(NAME)`: asked only when an act of that name is on file."""
        name, _ = split_role(test.arguments[0], self.rulebook.acts)
        plain = RuleSpelling.act(self, replace(test, operator="="), True)
        return negated(f"({name!r} in A and {plain})", wanted is (test.operator != "!="))

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
        heard = " and ".join(f"H[{table.number}]" for table in places)
        asked = " or ".join(self.asked(table) for table in places)
        return f"(({heard}) or not ({asked}))"

    def asked(self, table: Table) -> str:
        """Whether the condition under which a question is asked holds."""
        here = QuickSpelling(self.rulebook, self.slots, roles_of(table.orientation), None, self.tables)
        return here.condition(table.question.when)

    def declined(self, word: str) -> str:
        """Declined on two dates."""
        place = self.place(word)
        return f"({self.tables[place].number} in D and c.declined_twice({place!r}))"


_PLAIN: Mapping[str, Callable[[QuickSpelling, Test], str]] = {
    "no": lambda one, test: one.no(test.arguments[0], (*test.arguments, "")[1]),
    "answered_or_declined": lambda one, test: (
        "(" + " and ".join(f"(H[{one.number(word)}] or {one.declined(word)})" for word in test.arguments) + ")"
    ),
    "declined_twice": lambda one, test: one.declined(test.arguments[0]),
    "signed": lambda _, test: f"({test.arguments[0]!r} in S)",
    "event": lambda _, __: "c.opened_logbook",
    "corroborated": lambda one, test: (
        f"(P[{one.element_slot(test)}] and c.corroborated({one.element_slot(test)}, {test.arguments[0]!r}))"
    ),
}
"""The tests of one call that the lists answer, or spare."""
