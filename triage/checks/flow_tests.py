"""What each test of the flow language says, as a formula over variables with finitely many values.

Whatever the program computes from a whole record (measures, counted elements, competent accounts) is a variable of its
own that may have any value. So what is found impossible here is impossible; what is found possible may still not be.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from triage.checks import variables
from triage.checks.formulas import TRUE, Formula, all_of, any_of, formula_of, negated
from triage.checks.variables import choice, flag
from triage.flow.conditions import ROLES_AB, Condition, Test, substitute, tests
from triage.flow.faults import SIGNATURE
from triage.flow.model import RESERVED_CODES, About, Evidence, Kind, Question, Rulebook
from triage.flow.vocabulary import split_role

SUFFIX: Mapping[About, str] = {About.DIRECTED: "AB", About.PERSON: "A"}
COUNTED = frozenset({"measure", "elements", "classes", "count"})


@dataclass(frozen=True)
class FlowTests:
    """The variables of one rulebook; `compared` are the numbers that anything of one name is compared with."""

    book: Rulebook
    compared: Mapping[Hashable, set[int]] = field(default_factory=dict)

    def formula(self, condition: Condition, wanted: bool = True, about: Question | None = None) -> Formula:
        """The formula that a condition is known to hold; for that of a piece of evidence, `about` is its question."""
        spell = Spelling(self, about)
        return formula_of(substitute(condition, ROLES_AB), spell.test, wanted)

    def chosen(self, evidence: Evidence, question: Question) -> Formula:
        """The formula that some option was chosen of which a piece of evidence speaks."""
        spelling = Spelling(self, question)
        return any_of(spelling.chosen(code) for code in sorted(evidence.options)) if evidence.options else TRUE


def flow_tests(book: Rulebook, conditions: Iterable[Condition]) -> FlowTests:
    """Prepare the variables for all conditions that are to be decided."""
    compared: defaultdict[Hashable, set[int]] = defaultdict(set)
    for test in (one for condition in conditions for one in tests(condition)):
        if test.function in COUNTED:
            compared[counted(test)].update(int(value) for value in test.values)
    return FlowTests(book, compared)


def counted(test: Test) -> Hashable:
    """What is counted or measured, whoever it is of."""
    return test.function, test.arguments[:1] if test.function != "count" else test.arguments


@dataclass(frozen=True)
class Spelling:
    """Spells the tests of one condition; `about` is the question whose piece of evidence it is of, if any."""

    over: FlowTests
    about: Question | None

    def test(self, test: Test, wanted: bool) -> Formula:
        """Spell one test, known to hold or known not to."""
        if test.function in {*variables.PREDICATES, "value"}:
            return self.strength(test, wanted)
        if test.function in COUNTED:
            name = (test.function, test.arguments)
            return variables.number(name, test, wanted, self.over.compared[counted(test)], test.function == "measure")
        spelled = _SPELLED.get(test.function)
        found = spelled(self, test) if spelled else flag((test.function, test.arguments))
        return found if wanted else negated(found)

    def strength(self, test: Test, wanted: bool) -> Formula:
        """A test of a finding."""
        name, _ = split_role(test.arguments[0], self.over.book.findings)
        return variables.strength(("finding", test.arguments[0]), test, wanted, self.most(name))

    def most(self, finding: str) -> int:
        """The greatest value of a finding: 4, or how many questions hold a code that it counts."""
        if not self.over.book.findings[finding].count:
            return 4
        evidence = (one for question in self.over.book.questions.values() for one in question.evidence)
        return max(4, sum(one.finding == finding and one.strength == "count" for one in evidence))

    def place(self, word: str) -> tuple[str, str]:
        """The question and whose answer a word means; without a role the one of whom the condition is asked."""
        name, role = split_role(word, self.over.book.questions)
        return name, role or SUFFIX.get(self.over.book.questions[name].about, "")

    def answered(self, test: Test) -> Formula:
        """Each question has a value."""
        return all_of(flag(("answered", self.place(word))) for word in test.arguments)

    def answer(self, test: Test) -> Formula:
        """Some account says one of the codes; a code that is no non-answer needs a value."""
        place = self.place(test.arguments[0])
        valued = flag(("answered", place))
        said = [
            flag(("said", place, code)) if code in RESERVED_CODES else all_of((valued, flag(("said", place, code))))
            for code in test.values
        ]
        return negated(any_of(said)) if test.operator == "!=" else any_of(said)

    def answered_or_declined(self, test: Test) -> Formula:
        """Each question has a value, or was declined twice."""
        places = [self.place(word) for word in test.arguments]
        return all_of(any_of((flag(("answered", place)), flag(("declined_twice", place)))) for place in places)

    def declined_twice(self, test: Test) -> Formula:
        """The question was declined twice."""
        return flag(("declined_twice", self.place(test.arguments[0])))

    def act(self, test: Test) -> Formula:
        """An act is in force, with one of the values where some are compared."""
        name, role = split_role(test.arguments[0], self.over.book.acts)
        definition = self.over.book.acts[name]
        stands = flag(("act", name, role))
        if definition.listed or not definition.values:
            found = any_of(flag(("act", name, role, value)) for value in test.values) if test.values else stands
            found = all_of((stands, found))
        else:
            found = choice(
                ("act", name, role),
                ("", *definition.values),
                lambda value: bool(value) and (not test.values or value in test.values),
            )
        return negated(found) if test.operator == "!=" else found

    def signed(self, test: Test) -> Formula:
        """The determination is in force with a result."""
        return self.act(Test("act", (SIGNATURE,), operator="=", values=test.arguments))

    def cell(self, test: Test) -> Formula:
        """A column of the row holds one of the codes."""
        code = test.arguments[0]
        column = self.about.column(code) if self.about else None
        if column is None or column.many or not column.values:
            filled = flag(("filled", code))
            found = all_of((filled, any_of(flag(("cell", code, value)) for value in test.values)))
        else:
            found = choice(("cell", code), ("", *column.values), lambda value: value in test.values)
        return negated(found) if test.operator == "!=" else found

    def filled(self, test: Test) -> Formula:
        """A column of the row is not empty."""
        code = test.arguments[0]
        column = self.about.column(code) if self.about else None
        if column is None or column.many or not column.values:
            return flag(("filled", code))
        return choice(("cell", code), ("", *column.values), bool)

    def of_the_cell(self, test: Test) -> Formula:
        """What is said of the text or day in a column, which is filled then."""
        return all_of((self.filled(test), flag((test.function, test.arguments))))

    def chosen(self, code: str) -> Formula:
        """The option is among those chosen: one alone where one is chosen."""
        question = self.about
        one = question is not None and question.kind is Kind.ONE
        among = question.options if question else ()
        return choice("chosen", among, lambda value: value == code) if one else flag(("chosen", code))

    def source(self, test: Test) -> Formula:
        """The account is from one of the sources, of those that may answer the question."""
        return choice("source", self.about.sources if self.about else (), lambda value: value in test.arguments)


_SPELLED: Mapping[str, Callable[[Spelling, Test], Formula]] = {
    "answered": Spelling.answered,
    "answer": Spelling.answer,
    "answered_or_declined": Spelling.answered_or_declined,
    "declined_twice": Spelling.declined_twice,
    "act": Spelling.act,
    "signed": Spelling.signed,
    "cell": Spelling.cell,
    "filled": Spelling.filled,
    "future": Spelling.of_the_cell,
    "costs": Spelling.of_the_cell,
    "chosen": lambda one, test: one.chosen(test.arguments[0]),
    "source": Spelling.source,
    "speaker": lambda _, test: choice("speaker", ("A", "B", ""), lambda value: value in test.arguments),
    "adult": lambda _, test: flag(("adult", test.arguments)),
    "under_18": lambda _, test: flag(("adult", test.arguments), wanted=False),
}
"""How each test that is true or false by itself is spelled; one that is not here is a flag of its own."""
