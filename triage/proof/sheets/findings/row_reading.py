"""The further conditions of one piece of evidence as literals: of a row, of its account, of what else is on file."""

from collections.abc import Callable, Mapping

from triage.flow.circuits.circuit import TRUE, Circuit, Literal
from triage.flow.circuits.thresholds import condition_literal
from triage.flow.conditions import Always, Test
from triage.flow.model import About
from triage.flow.vocabulary import split_role
from triage.proof.sheets.numbers.measures import Measures
from triage.proof.sheets.shape.accounts import NOBODY, SymbolicAccount
from triage.proof.sheets.shape.entries import ROW_TESTS, Place, SheetEntry
from triage.proof.sheets.shape.rows import Asked
from triage.proof.sheets.shape.sheet import Sheet

OfRow = Callable[[Asked], Literal]
"""How what is asked of the row at hand is read."""

ORIENTATION_ROLE: Mapping[About, str] = {About.DIRECTED: "xy", About.PERSON: "x", About.PAIR: "", About.CASE: ""}


def place_meant(sheet: Sheet, word: str, roles: Mapping[str, str]) -> Place:
    """The question and orientation that a word such as `WD-01_AB` or `RI-13` means, with these roles."""
    question, suffix = split_role(word, sheet.rulebook.questions)
    about = sheet.rulebook.questions[question].about
    role = ORIENTATION_ROLE[about]
    wanted = suffix if about in {About.DIRECTED, About.PERSON} else ""
    return question, wanted or (roles[role] if role else "")


class AccountTests:
    """Reads the `when` of entries."""

    def __init__(self, sheet: Sheet, measures: Measures) -> None:
        self.sheet, self.circuit, self.measures = sheet, sheet.circuit, measures

    def when(self, entry: SheetEntry, account: SymbolicAccount, of_row: OfRow) -> Literal:
        """That the further condition of an entry holds of an account and one of its rows."""
        if entry.when == Always():
            return TRUE
        return condition_literal(
            self.circuit, entry.when, lambda test, wanted: self._test(test, wanted, account, of_row)
        )

    def _test(self, test: Test, wanted: bool, account: SymbolicAccount, of_row: OfRow) -> Literal:
        if test.function == "measure":
            place = test.arguments[1] if len(test.arguments) > 1 else _direction(account.place[1])
            return self.measures.comparison(test, wanted, place)
        positive = wanted is (test.operator != "!=")
        found = self._held(test, account, of_row)
        return found if positive else -found

    def _held(self, test: Test, account: SymbolicAccount, of_row: OfRow) -> Literal:
        first = test.arguments[0] if test.arguments else ""
        if test.function == "cell":
            return self.circuit.any_of(of_row(Asked("cell", first, word)) for word in test.values)
        if test.function in ROW_TESTS:
            return of_row(Asked(test.function, first))
        return _OF_ACCOUNT[test.function](self, test, account)

    def place(self, word: str, account: SymbolicAccount) -> Place:
        """The place that a word means beside an account."""
        x = account.x
        y = account.y
        return place_meant(self.sheet, word, {"xy": x + y, "yx": y + x, "x": x, "y": y})


def _direction(orientation: str) -> str:
    x = orientation[:1] or "A"
    return x + ("B" if x == "A" else "A")


def _harmed_or_support(circuit: Circuit, account: SymbolicAccount) -> Literal:
    own = circuit.all_of((account.spoken_by(account.y), account.alone))
    return circuit.any_of((account.from_sources(circuit, ("ISS",)), own))


def _speaker(account: SymbolicAccount, who: str) -> Literal:
    return account.speaker.get(who, account.speaker[NOBODY])


_OF_ACCOUNT: Mapping[str, Callable[[AccountTests, Test, SymbolicAccount], Literal]] = {
    "answer": lambda one, test, account: one.sheet.said(one.place(test.arguments[0], account), test.values),
    "answered": lambda one, test, account: one.circuit.all_of(
        one.sheet.answered(one.place(word, account)) for word in test.arguments
    ),
    "chosen": lambda one, test, account: account.says(one.circuit, test.arguments),
    "speaker": lambda _one, test, account: _speaker(account, test.arguments[0]),
    "source": lambda one, test, account: account.from_sources(one.circuit, test.arguments),
    "adult": lambda one, test, _account: one.measures.adult(test.arguments[0]),
    "under_18": lambda one, test, _account: -one.measures.adult(test.arguments[0]),
    "unsafe": lambda _one, _test, account: account.unsafe,
    "harmed_or_support": lambda one, _test, account: _harmed_or_support(one.circuit, account),
}
"""Each test of an account."""
