"""The words of laws over answers: what was told, heard or ruled out, beside those of questions, acts and decisions."""

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

from triage.flow.circuits.circuit import FALSE, TRUE, Literal
from triage.flow.circuits.thresholds import condition_literal
from triage.flow.conditions import ROLES_AB, Condition, Test, substitute
from triage.flow.vocabulary import Place as Where
from triage.flow.vocabulary import Word
from triage.proof.sheets.findings.combining import NOT_COMBINED, classes_of
from triage.proof.sheets.findings.model import SheetModel
from triage.proof.sheets.findings.pieces import NO_CLASS
from triage.proof.sheets.findings.rule_tests import Reading
from triage.proof.sheets.shape.accounts import NOBODY, PERSONS, SymbolicAccount, harmed
from triage.proof.sheets.shape.entries import Place
from triage.proof.sheets.shape.rows import Asked, SymbolicRow
from triage.routing.circuit import DecisionCircuit
from triage.routing.decide import Decider

WORDS: Mapping[str, Word] = {
    "told": Word(("finding", "level"), Where.FINDING),
    "heard": Word(("finding",), Where.FINDING),
    "safely_heard": Word(("finding",), Where.FINDING),
    "denied_by_others": Word(("finding",), Where.FINDING),
    "of_two_classes": Word(("finding",), Where.FINDING),
    "said_safely": Word(("question", "free"), Where.FINDING, "code"),
    "lived": Word(("question", "free"), Where.FINDING, "code"),
    "said_by": Word(("question", "free"), Where.FINDING, "code", least=2, many=True),
    "answer_by": Word(("question", "free"), Where.FINDING, "code", least=2, many=True),
    "said_with": Word(("question", "free", "free", "free"), Where.FINDING, "code", least=3),
    "answer_with": Word(("question", "free", "free", "free"), Where.FINDING, "code", least=3),
}
"""The words that only laws over answers have:

A test of a number that is not known does not hold, and its opposite does: a law says what may happen.

`told(F, level)`: an account that counts now says so, at that strength (1 unless given) or more.
`heard(F)`, `safely_heard(F)`: any question that F can depend on was answered; safely, and not relayed.
`denied_by_others(F)`: someone who is certainly not the one who acts said safely that it was not found.
`of_two_classes(F)`: what is told of F comes from two or more classes of sources.
`said_safely(Q) = code`: an account that counts now so answers: safe, not relayed, of neither the referrer nor an
interested source.
`lived(Q) = code`: the same of the one who lived it, through the support service or alone.
Of a table with second codes both take one of them after a comma: `said_safely(RI-13_x, children) = now`; or the source
that it must come from: `said_safely(LT-02_xy, CRT) = no_change`.
`said_by(Q, who, ...) = code`: a safe account from one of some sources, or in the words of `x` or `y`, so answers.
`answer_by` is the same of any account.
`said_with(Q, column, word) = code`: as `said_safely`, in a row of which the column holds the word; the word may be
`filled`, `empty` or `costs`; a second code may follow. A column of each person is named with `x` or `y`: `force_by_x`.
`answer_with` is the same of any account that answers.
"""

WITH_SECOND_CODES = frozenset({"said_safely", "lived"})
"""Words that may be asked of one second code of a table, or of one source."""
OF_SPEAKERS = frozenset({"said_by", "answer_by"})
"""Words that are asked of some sources, or of persons of the pair."""
WITH_COLUMNS = frozenset({"said_with", "answer_with"})
"""Words that are asked of a column of a row."""
OF_ANY_TEXT = ("filled", "empty", "costs")
"""What may be asked of every column, beside its values: that it says something, nothing, or that a refusal costs."""


def column_of(written: str) -> str:
    """The column that a law means: `force_by_x`, of a person, is `force_by_a` once A is put in place of x."""
    stem, mark, person = written.rpartition("_")
    return f"{stem}_{person.lower()}" if mark and person in PERSONS else written


OF_QUESTIONS = frozenset({"answer", "answered", "answered_or_declined", "declined_twice", "act", "measure", "signed"})
"""Words of the flow language that a law over answers shares."""


class LawWords:
    """Reads laws over one symbolic sheet and the decision that follows from it."""

    def __init__(self, model: SheetModel, decider: Decider) -> None:
        self.model, self.circuit, self.decider = model, model.circuit, decider
        self.reading = Reading(None, {**ROLES_AB, "A": "A", "B": "B"}, 0, model.strengths.final)

    @cached_property
    def decision(self) -> DecisionCircuit:
        """The decision that follows from the sheet, built when a law first speaks of it."""
        return self.model.decision(self.decider)

    def literal(self, law: Condition) -> Literal:
        """That a law of the pair is known to hold."""
        return condition_literal(self.circuit, substitute(law, ROLES_AB), self._test)

    def _test(self, test: Test, wanted: bool) -> Literal:
        if test.function in WORDS:
            found = _READ[test.function](self, test)
            return found if wanted is (test.operator != "!=") else -found
        if test.function in OF_QUESTIONS or self._is_a_value(test):
            found = self.model.tests.spelled(test, wanted=True, reading=self.reading)
            return found if wanted else -found
        return self.decision.literal(test, wanted)

    def _is_a_value(self, test: Test) -> bool:
        """Whether a test names a value that a decision does not read under that name."""
        first = test.arguments[0] if test.arguments else ""
        return first in self.model.slots.number and first not in self.decider.rules.facts

    def slots(self, word: str) -> tuple[int, ...]:
        """The values that a finding word means: one, or those behind a merged reading."""
        return self.model.slots.merged.get(word) or (self.model.slots.number[word],)

    def told(self, word: str, level: int) -> Literal:
        """That some piece stands at a strength or more, read by itself or counted as an element."""
        pieces = (piece for slot in self.slots(word) for piece in self.model.pieces.of(slot))
        return self.circuit.any_of(one.at(self.circuit, level) for one in pieces if one.kind not in NOT_COMBINED)

    def heard(self, word: str, *, safely: bool) -> Literal:
        """That a question on which a finding depends was answered."""
        accounts = (one for place in self.read_by(word) for one in self.model.sheet.at(place))
        return self.circuit.any_of(one.safe if safely else one.answered for one in accounts)

    def said(self, test: Test, *, lived: bool) -> Literal:
        """That an account that counts now says safely one of some codes; or the one who lived it does."""
        circuit, ways = self.circuit, []
        sources = self._sources(test)
        for account, now in self._counting(test):
            weak = circuit.any_of((account.interested, account.from_sources(circuit, ("REF",))))
            whose = harmed(circuit, account, account.y if len(account.place[1]) > 1 else account.x) if lived else -weak
            from_them = account.from_sources(circuit, sources) if sources else TRUE
            ways.append(circuit.all_of((account.safe, now, whose, from_them, self._says(account, test))))
        return circuit.any_of(ways)

    def _place(self, test: Test) -> Place:
        return self.model.tests.place(test.arguments[0], self.reading)

    def _sources(self, test: Test) -> tuple[str, ...]:
        """The sources that stand after a question."""
        known = self.model.sheet.rulebook.questions[self._place(test)[0]].sources
        return tuple(one for one in test.arguments[1:] if one in known)

    def _counting(self, test: Test) -> Iterable[tuple[SymbolicAccount, Literal]]:
        """The accounts of a question, each with that it counts now: of a state, that its voice did not change."""
        sheet, place = self.model.sheet, self._place(test)
        state = any(entry.definition.state for entry in sheet.entries[place])
        counts = sheet.current(place) if state else [TRUE] * len(sheet.at(place))
        return zip(sheet.at(place), counts, strict=True)

    def _says(self, account: SymbolicAccount, test: Test) -> Literal:
        """That an account gives one of some codes; with a second code, in a row of that one.

        Where no evidence reads second codes the sheet has none: any row may then be of the one that is asked.
        """
        second = [one for one in test.arguments[1:] if one in account.layout.question.scale]
        if not second:
            return account.says(self.circuit, test.values)
        return self._row(account, test.values, second, lambda _: TRUE)

    def _row(
        self, account: SymbolicAccount, codes: Iterable[str], second: list[str], holds: Callable[[SymbolicRow], Literal]
    ) -> Literal:
        """That an account has a row of one of some codes, and of a second code if one is named, of which more holds."""
        otherwise = FALSE if account.layout.scaled else TRUE
        rows = (row for row in account.rows.rows if row.code in codes)
        so = (
            self.circuit.all_of((row.present, holds(row), *(row.scale.get(one, otherwise) for one in second)))
            for row in rows
        )
        return self.circuit.all_of((account.answered, self.circuit.any_of(so)))

    def said_by(self, test: Test, *, safely: bool) -> Literal:
        """That an account of some sources, or in the words of somebody of the pair, gives one of some codes."""
        circuit, sources = self.circuit, self._sources(test)
        people = [one for one in test.arguments[1:] if one in PERSONS]
        return circuit.any_of(
            circuit.all_of(
                (
                    account.safe if safely else account.answered,
                    circuit.any_of((account.from_sources(circuit, sources), *map(account.spoken_by, people))),
                    account.says(circuit, test.values),
                )
            )
            for account in self.model.sheet.at(self._place(test))
        )

    def said_with(self, test: Test) -> Literal:
        """That an account that counts now says so safely, in a row of which a column holds a word.

        Where no evidence reads the column the sheet has none: any row may then hold the word.
        """
        circuit = self.circuit
        return circuit.any_of(
            circuit.all_of(
                (
                    account.safe, now, -account.interested, -account.from_sources(circuit, ("REF",)),
                    self._with_column(account, test, otherwise=TRUE),
                )
            )
            for account, now in self._counting(test)
        )  # fmt: skip

    def answer_with(self, test: Test) -> Literal:
        """That any account so answers, in a row of which a column holds a word; no row does where none reads it."""
        accounts = self.model.sheet.at(self._place(test))
        return self.circuit.any_of(self._with_column(one, test, otherwise=FALSE) for one in accounts)

    def _with_column(self, account: SymbolicAccount, test: Test, otherwise: Literal) -> Literal:
        _, column, word, *second = test.arguments
        column = column_of(column)

        def holds(row: SymbolicRow) -> Literal:
            if word == "empty":
                return -row.asked.get(Asked("filled", column), -otherwise)
            asked = Asked(word, column) if word in OF_ANY_TEXT else Asked("cell", column, word)
            return row.asked.get(asked, otherwise)

        return self._row(account, test.values, second, holds)

    def denied_by_others(self, word: str) -> Literal:
        """That someone else than the one who acts ruled a finding out safely."""
        circuit, ways = self.circuit, []
        for number in self.slots(word):
            actor = self.model.slots.all[number].actor
            for zero in self.model.pieces.ruled_out(number):
                account = zero.account
                unknown = circuit.all_of((account.from_sources(circuit, ("SELF",)), account.speaker[NOBODY]))
                ways.append(circuit.all_of((zero.holds, account.safe, -account.spoken_by(actor), -unknown)))
        return circuit.any_of(ways)

    def of_two_classes(self, word: str) -> Literal:
        """That two classes tell of a finding."""
        pieces = [p for number in self.slots(word) for p in self.model.pieces.of(number) if p.kind not in NOT_COMBINED]
        found = classes_of(self.circuit, pieces, 1)
        return self.circuit.at_least(2, [literal for name, literal in found.items() if name != NO_CLASS])

    def read_by(self, word: str) -> Iterable[Place]:
        """The places on which a finding depends, through other findings too."""
        strength = self.model.strengths.final(word)
        bits = self._support.behind(strength.at_least(level) for level in range(5))
        return tuple(place for number, place in enumerate(self.model.sheet.entries) if bits >> number & 1)

    @cached_property
    def _support(self) -> "_Support":
        return _Support(self.model)


class _Support:
    """For each node the places behind it, as bits; worked out once for each node, as the circuit grows."""

    def __init__(self, model: SheetModel) -> None:
        self.model = model
        self.bits: list[int] = []
        self._number = {place: 1 << at for at, place in enumerate(model.sheet.entries)}
        self._of_inputs: dict[int, int] = {}
        """What an answer, and a number that is read from answers, stands for."""
        self._read: set[tuple[str, ...]] = set()
        """The places, and the inputs of numbers, that are among these already."""

    def behind(self, literals: Iterable[Literal]) -> int:
        """The places behind some literals."""
        nodes = [abs(one) for one in literals]
        parts, bits = self.model.circuit.parts, self.bits
        if len(bits) < len(parts):
            self._read_inputs()
            for node in range(len(bits), len(parts)):
                found = self._of_inputs.get(node, 0)
                for one in parts[node] or ():
                    found |= bits[abs(one)]
                bits.append(found)
        together = 0
        for node in nodes:
            together |= bits[node]
        return together

    def _read_inputs(self) -> None:
        """See to the inputs that were made since the circuit was last looked at."""
        sheet, measures, number = self.model.sheet, self.model.measures, self._number
        for place in sheet.made:
            if place not in self._read:
                self._read.add(place)
                self._of_inputs |= {account.answered: number[place] for account in sheet.at(place)}
        for name, whose in measures.free:
            if (name, whose, "") not in self._read:
                self._read.add((name, whose, ""))
                of_number = sum(number[one] for one in measures.read_from(name, whose))
                self._of_inputs |= dict.fromkeys(measures.inputs(name, whose), of_number)


_READ: Mapping[str, Callable[[LawWords, Test], Literal]] = {
    "told": lambda one, test: one.told(test.arguments[0], int((*test.arguments, "1")[1])),
    "heard": lambda one, test: one.heard(test.arguments[0], safely=False),
    "safely_heard": lambda one, test: one.heard(test.arguments[0], safely=True),
    "denied_by_others": lambda one, test: one.denied_by_others(test.arguments[0]),
    "of_two_classes": lambda one, test: one.of_two_classes(test.arguments[0]),
    "said_safely": lambda one, test: one.said(test, lived=False),
    "lived": lambda one, test: one.said(test, lived=True),
    "said_by": lambda one, test: one.said_by(test, safely=True),
    "answer_by": lambda one, test: one.said_by(test, safely=False),
    "said_with": LawWords.said_with,
    "answer_with": LawWords.answer_with,
}
"""How each word becomes a literal."""
