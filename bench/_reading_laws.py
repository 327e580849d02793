"""Read the laws over answers of one assessed pair as they are written: no circuit, no bounds, no solver.

The words are those of docs/proof-from-answers.md, read here from the accounts and pieces of the evaluator. What a
finding depends on is taken from the text of its rules, which is never less than what the circuit of a sheet reads:
a law about what was heard that is broken here is truly broken.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path

from triage.assess.compiled.spelling import RuleSpelling
from triage.assess.compiled.tables import Compiled, Table, compiled
from triage.assess.interpreting import NOT_COMBINED
from triage.assess.measuring.measures import MEASURES
from triage.assess.worth.accounts import Account, current
from triage.assess.worth.competence import SINGLE, not_by
from triage.assess.worth.pieces import Piece
from triage.cases.record import Row
from triage.flow.conditions import ROLES_AB, Condition, Test, Truth, source, substitute, tests
from triage.flow.vocabulary import split_role
from triage.proof.sheets.laws_of_answers.law_words import OF_QUESTIONS, column_of
from triage.proof.sheets.laws_of_answers.laws import UnreadableLaws
from triage.proof.sheets.laws_of_answers.reading_laws import AnswerLaw, read_answer_laws
from triage.routing.assessment import PairAssessment
from triage.routing.interpreting import Reading
from triage.routing.loading import Loaded

EVERYTHING = "*"
"""A number without named questions is read from more than a few of them: here from any."""


class WrittenLaws:
    """The laws over answers of a folder, with each value put in where a law is said of every finding.

    Raises UnreadableLaws when they do not fit the flows of the folder.
    """

    def __init__(self, folder: Path, loaded: Loaded) -> None:
        self.loaded, self.slots = loaded, loaded.book.slots
        read = read_answer_laws(folder, loaded.book.rulebook, loaded.decider.rules)
        laws = [one for one in read if isinstance(one, AnswerLaw)]
        if len(laws) < len(read):
            raise UnreadableLaws(tuple(one for one in read if not isinstance(one, AnswerLaw)))
        self._tests: dict[Test, int] = {}
        self._laws = [
            (f"{one.invariant} {one.id}", compiled(source(substitute(law, ROLES_AB), self._spell), "yes, no"))
            for one in laws
            for law in self._of(one)
        ]
        self.asked = cache(self._asked)
        self.questions_of = cache(self._questions_of)

    def broken(self, pair: PairAssessment) -> frozenset[str]:
        """The laws that are not known to hold of a pair, each after its invariant."""
        told, asked = _Told(self, pair), tuple(self._tests)
        answer = cache(lambda number: told.answer(asked[number]))
        yes, no = (lambda number: answer(number) is Truth.YES), (lambda number: answer(number) is Truth.NO)
        return frozenset(name for name, law in self._laws if not law(yes, no))

    def _spell(self, test: Test, wanted: bool) -> str:
        number = self._tests.setdefault(test, len(self._tests))
        return f"{'yes' if wanted else 'no'}({number})"

    def _of(self, law: AnswerLaw) -> Iterator[Condition]:
        if not law.each:
            yield law.law
            return
        for slot in self.slots.all:
            if slot.finding.name not in (law.but or {}) and (slot.finding.acts or not law.of_acts):
                yield law.of(slot.name)

    def _asked(self, test: Test) -> Compiled:
        """A word of questions and acts, as the evaluator reads it: whether it is known to hold."""
        spelling = RuleSpelling(self.loaded.book.rulebook, self.slots, ROLES_AB)
        return compiled(source(test, spelling.spell), "F, c")

    def of_a_value(self, test: Test) -> bool:
        """Whether a test names a value that a decision does not read under that name."""
        named = test.arguments[0] if test.arguments else ""
        return named in self.slots.number and named not in self.loaded.decider.rules.facts

    def numbers(self, word: str) -> tuple[int, ...]:
        """The values that a finding word means: one, or those behind a merged reading."""
        return self.slots.merged.get(word) or (self.slots.number[word],)

    def _questions_of(self, finding: str) -> frozenset[str]:
        """The questions on which a finding depends, through others too, by the text of evidence and rules."""
        book, found, waiting, seen = self.loaded.book.rulebook, set[str](), [finding], set[str]()
        while waiting:
            name = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            one = book.findings[name]
            conditions = [one.zero, one.unknown_when, one.falls_to_1_when, *(rule.when for rule in one.rules)]
            for question in book.questions.values():
                speaking = [each.when for each in question.evidence if each.finding == name]
                found |= {question.id} if speaking else set()
                conditions += speaking
            words = [word for condition in conditions for test in tests(condition) for word in _words(test)]
            found |= {stem for word in words if (stem := split_role(word, book.questions)[0]) in book.questions}
            found |= {EVERYTHING} & set(words)
            waiting += [stem for word in words if (stem := split_role(word, book.findings)[0]) in book.findings]
        return frozenset(found)


def _words(test: Test) -> Iterator[str]:
    """The questions and findings that one test may read, as it names them."""
    yield from test.arguments
    if test.function == "measure":
        yield from MEASURES[test.arguments[0]].reads or (EVERYTHING,)


class _Told:
    """What one assessed pair says to the words of laws over answers."""

    def __init__(self, laws: WrittenLaws, pair: PairAssessment) -> None:
        self.laws, self.c, self.strengths = laws, pair.findings.context, pair.findings.strengths
        classes = dict(zip(laws.slots.number, pair.findings.classes, strict=True))
        self._heard = frozenset(one.question.id for one in self.c.accounts)
        self._safely_heard = frozenset(one.question.id for one in self.c.accounts if one.safe)
        self.reading = Reading(laws.loaded.decider.instances, pair.facts, pair.latched, classes)

    def answer(self, test: Test) -> Truth:
        """Say how one test comes out; what is not known of a number makes its test false."""
        if test.function in _READ:
            held = _READ[test.function](self, test) is (test.operator != "!=")
        elif test.function in OF_QUESTIONS or self.laws.of_a_value(test):
            held = bool(self.laws.asked(test)(self.strengths, self.c))
        else:
            return self.reading.answer(test)
        return Truth.YES if held else Truth.NO

    def told(self, test: Test) -> bool:
        level = int((*test.arguments, "1")[1])
        return any(piece.strength >= level for piece in self._pieces(test.arguments[0]))

    def _pieces(self, word: str) -> Iterator[Piece]:
        found = (piece for number in self.laws.numbers(word) for piece in self.c.pieces[number])
        return (piece for piece in found if piece.kind not in NOT_COMBINED)

    def of_two_classes(self, test: Test) -> bool:
        found = {piece.source for piece in self._pieces(test.arguments[0]) if piece.strength >= 1}
        return len(found - {""}) > 1

    def heard(self, test: Test, *, safely: bool) -> bool:
        names = {self.laws.slots.all[number].finding.name for number in self.laws.numbers(test.arguments[0])}
        read = frozenset[str]().union(*map(self.laws.questions_of, names))
        heard = self._safely_heard if safely else self._heard
        return bool(heard) if EVERYTHING in read else not heard.isdisjoint(read)

    def denied_by_others(self, test: Test) -> bool:
        return any(
            not_by(account.standing, self.laws.slots.all[number].actor, "")
            for number in self.laws.numbers(test.arguments[0])
            for account in self.c.told_of(number).zeros.get(number, ())
        )

    def said(self, test: Test, *, lived: bool) -> bool:
        table = self._table(test)
        sources = set(test.arguments[1:]) & set(table.question.sources)
        return any(
            self._counts(one, lived) and _says(one, test) and (not sources or one.standing.source in sources)
            for one in self._counting(table)
        )

    def _table(self, test: Test) -> Table:
        place = RuleSpelling(self.laws.loaded.book.rulebook, self.laws.slots, ROLES_AB).place(test.arguments[0])
        return self.laws.loaded.book.tables[place]

    def said_by(self, test: Test, *, safely: bool) -> bool:
        """Whether somebody named, or a source, gives one of some codes."""
        return any(
            (one.safe or not safely)
            and {one.standing.source, one.speaker} & set(test.arguments[1:])
            and not one.codes.isdisjoint(test.values)
            for one in self.c.accounts_at(self._table(test).place)
        )

    def said_with(self, test: Test) -> bool:
        accounts = self._counting(self._table(test))
        return any(self._counts(one, lived=False) and self._with_column(one, test) for one in accounts)

    def answer_with(self, test: Test) -> bool:
        return any(self._with_column(one, test) for one in self.c.accounts_at(self._table(test).place))

    def _with_column(self, account: Account, test: Test) -> bool:
        _, written, word, *second = test.arguments
        column = column_of(written)
        return any(
            row.code in test.values and row.scale in (second or (row.scale,)) and self._holds(row, column, word)
            for row in account.answer.rows
        )

    def _holds(self, row: Row, column: str, word: str) -> bool:
        """Whether a column of a row holds a word, or says something, nothing, or that a refusal costs."""
        empty = row.cells.get(column) in self.c.EMPTY
        if word in {"filled", "empty"}:
            return empty is (word == "empty")
        return self.c.costs(row, column) if word == "costs" else self.c.cell(row, column, (word,))

    def _counting(self, table: Table) -> Iterator[Account]:
        accounts = self.c.accounts_at(table.place)
        if not table.state:
            return iter(accounts)
        now = current(accounts, table.superseded_by, self.c.silences.get(table.place, ()))
        return (one for one in accounts if one.number in now)

    def _counts(self, account: Account, lived: bool) -> bool:
        if lived:
            whose = account.table.y if len(account.orientation) > 1 else account.table.x
            return SINGLE["harmed"](account.standing, "", whose)
        return account.safe and not account.interested and account.standing.source != "REF"


def _says(account: Account, test: Test) -> bool:
    second = set(test.arguments[1:]) & set(account.question.scale)
    if not second:
        return not account.codes.isdisjoint(test.values)
    return any(row.code in test.values and row.scale in second for row in account.answer.rows)


_READ: Mapping[str, Callable[[_Told, Test], bool]] = {
    "told": _Told.told,
    "heard": lambda one, test: one.heard(test, safely=False),
    "safely_heard": lambda one, test: one.heard(test, safely=True),
    "denied_by_others": _Told.denied_by_others,
    "of_two_classes": _Told.of_two_classes,
    "said_safely": lambda one, test: one.said(test, lived=False),
    "lived": lambda one, test: one.said(test, lived=True),
    "said_by": lambda one, test: one.said_by(test, safely=True),
    "answer_by": lambda one, test: one.said_by(test, safely=False),
    "said_with": _Told.said_with,
    "answer_with": _Told.answer_with,
}
"""How each word is read."""
