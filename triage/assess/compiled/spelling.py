"""Spell each test of a condition as Python over the strengths `F`, the context `c`, a row and an account."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from triage.assess.slots import Slot, Slots
from triage.flow.conditions import Condition, Test, substitute, tests
from triage.flow.model import About, Rulebook
from triage.flow.spelling import PREDICATES, comparison, predicate
from triage.flow.vocabulary import split_role

ORIENTATION_ROLE: Mapping[About, str] = {About.DIRECTED: "xy", About.PERSON: "x", About.PAIR: "", About.CASE: ""}


def negated(text: str, wanted: bool) -> str:
    """Write a text as it is, or what it denies."""
    return text if wanted else f"(not {text})"


@dataclass(frozen=True, slots=True)
class _Spelling:
    rulebook: Rulebook
    slots: Slots
    roles: Mapping[str, str] = field(default_factory=dict)

    def place(self, word: str) -> tuple[str, str]:
        """The question and orientation that a word such as `WD-01_AB` or `RI-13` means here."""
        question, suffix = split_role(word, self.rulebook.questions)
        about = self.rulebook.questions[question].about
        role = ORIENTATION_ROLE[about]
        wanted = suffix if about in {About.DIRECTED, About.PERSON} else ""
        return question, wanted or (self.roles[role] if role else "")

    def answer(self, test: Test, wanted: bool) -> str:
        """`answer(Q) = code`: true when any usable answer so says; `!=` also when none was given."""
        text = f"c.said({self.place(test.arguments[0])!r}, {test.values!r})"
        return negated(text, wanted is (test.operator != "!="))

    def answered(self, test: Test, wanted: bool) -> str:
        """`answered(Q, ...)`: each has a value other than NK, DEC, NSA."""
        places = [self.place(word) for word in test.arguments]
        return negated("(" + " and ".join(f"{place!r} in c.by_place" for place in places) + ")", wanted)

    def measure(self, test: Test, wanted: bool) -> str:
        """`measure(name, place) op n`: a number computed from the record, or not known."""
        name = test.arguments[0]
        place = test.arguments[1] if len(test.arguments) > 1 else self.roles["xy"]
        number = f"c.measure({name!r}, {place!r})"
        return comparison(test, wanted, number, f"{number} is not None")


@dataclass(frozen=True, slots=True)
class EvidenceSpelling(_Spelling):
    """Spells the further conditions of one piece of evidence."""

    def spell(self, test: Test, wanted: bool) -> str:
        """One test as Python, true when it holds (or does not, when not `wanted`)."""
        method = {"answer": self.answer, "answered": self.answered, "measure": self.measure, "cell": self.cell}
        if test.function in method:
            return method[test.function](test, wanted)
        first = test.arguments[0] if test.arguments else ""
        texts = {
            "filled": f"(row.cells.get({first!r}) not in c.EMPTY)",
            "future": f"c.future(row, {first!r})",
            "costs": f"c.costs(row, {first!r})",
            "chosen": f"({first!r} in account.codes)",
            "speaker": f"(account.speaker == {first!r})",
            "source": f"(account.answer.source in {test.arguments!r})",
            "adult": f"c.adult({first!r})",
            "under_18": f"c.under_18({first!r})",
            "unsafe": "account.unsafe",
            "harmed_or_support": "account.of_harmed_or_support",
        }
        return negated(texts[test.function], wanted)

    def cell(self, test: Test, wanted: bool) -> str:
        """`cell(column) = code`: what stands in a column of the row."""
        return negated(f"c.cell(row, {test.arguments[0]!r}, {test.values!r})", wanted is (test.operator != "!="))


@dataclass(frozen=True, slots=True)
class RuleSpelling(_Spelling):
    """Spells the rules of findings, and the conditions of questions and edges."""

    own: Slot | None = None

    def spell(self, test: Test, wanted: bool) -> str:
        """One test as Python, true when it holds (or does not, when not `wanted`)."""
        if test.function in PREDICATES:
            return predicate(test, wanted, self.strength(test.arguments[0]))
        methods = {
            "value": self.value,
            "answer": self.answer,
            "answered": self.answered,
            "measure": self.measure,
            "count": self.count,
            "act": self.act,
            "elements": self.elements,
            "classes": self.elements,
        }
        if test.function in methods:
            return methods[test.function](test, wanted)
        return negated(self.plain(test), wanted)

    def plain(self, test: Test) -> str:
        """The tests that are one call, true or false."""
        first = test.arguments[0]
        places = [self.place(word) for word in test.arguments] if test.function in _ON_QUESTIONS else []
        spelled: Mapping[str, Callable[[], str]] = {
            "no": lambda: self.no(first, (*test.arguments, "")[1]),
            "answered_or_declined": lambda: "(" + " and ".join(f"c.answered_or_declined({p!r})" for p in places) + ")",
            "declined_twice": lambda: f"c.declined_twice({places[0]!r})",
            "corroborated": lambda: f"c.corroborated({self.element_slot(test)}, {first!r})",
            "reaches": lambda: f"c.reaches({self.slots.number[self.slot_name(first)]})",
            "signed": lambda: f"c.signed({first!r})",
            "event": lambda: "c.event()",
            "every": lambda: "True",
        }
        return spelled[test.function]()

    def no(self, word: str, competence: str) -> str:
        """`no(Q)`, `no(Q_x, competence)`: a competent source answered the question "not found" (of that person)."""
        question, role = split_role(word, self.rulebook.questions)
        return f"c.no({self.own_number}, {question!r}, {competence!r}, {role!r})"

    @property
    def own_number(self) -> int:
        """The slot whose rule this is."""
        return self.own.number if self.own else -1

    def slot_name(self, word: str) -> str:
        """The slot that a finding word means here, roles put in."""
        name, role = split_role(word, [slot.finding.name for slot in self.slots.all])
        return f"{name}_{self.roles.get(role, role)}" if role else name

    def strength(self, word: str) -> str:
        """The expression of a finding's strength."""
        return f"F[{self.slots.number[self.slot_name(word)]}]"

    def value(self, test: Test, wanted: bool) -> str:
        """`READY_x >= 2`: known, and so."""
        strength = self.strength(test.arguments[0])
        return comparison(test, wanted, strength, f"{strength} >= 0")

    def count(self, test: Test, wanted: bool) -> str:
        """`count(both_ways: Q, ...) >= n`: how many questions are answered in both directions, or do not apply."""
        number = f"c.answered_both_ways({test.arguments!r})"
        return comparison(test, wanted, number, "True")

    def act(self, test: Test, wanted: bool) -> str:
        """`act(NAME)`, `act(NAME) = value`: such an act is in force."""
        name, role = split_role(test.arguments[0], self.rulebook.acts)
        return negated(f"c.act({name!r}, {role!r}, {test.values!r})", wanted is (test.operator != "!="))

    def elements(self, test: Test, wanted: bool) -> str:
        """`elements(kind) >= n`, `classes(kind) >= n`: how many different elements, or classes carrying them."""
        number = f"c.{test.function}({self.element_slot(test)}, {test.arguments[0]!r})"
        return comparison(test, wanted, number, "True")

    def element_slot(self, test: Test) -> int:
        """The slot whose elements are counted: the one named, else the rule's own."""
        return self.slots.number[self.slot_name(test.arguments[1])] if len(test.arguments) > 1 else self.own_number

    def findings_read(self, condition: Condition) -> Iterator[str]:
        """The slots whose strengths a condition reads."""
        for test in tests(substitute(condition, self.roles)):
            if test.function in {*PREDICATES, "value"}:
                yield self.slot_name(test.arguments[0])


_ON_QUESTIONS = {"answered_or_declined", "declined_twice"}
