"""Conditions in words: a pure function from the tree and the catalogue to a sentence, or to an outline of its parts.

Each test has a phrase for when it holds (`phrase.test.ind`) and one for when it does not (`phrase.not.ind`); `not` is
moved inwards first, so no sentence has to be read backwards. Three-valued logic stays true: what is said of a test
that does not hold names the unknown where the unknown belongs to it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce

from triage.checks.pictures.model import Outline
from triage.checks.pictures.texts import LETTERS, Texts
from triage.flow.conditions import ROLES_AB, Always, And, Condition, ForPersons, Not, Or, Test, with_roles
from triage.flow.model import RESERVED_CODES, Question, Rulebook
from triage.flow.vocabulary import split_role

_OPPOSITE = {"=": "!=", "!=": "=", ">=": "<", "<": ">=", ">": "<=", "<=": ">", "in": "not in"}
_DEFAULT_LEVEL = "2"


@dataclass(frozen=True)
class Speaker:
    """Says conditions in one language.

    `book` knows the names; `lists` are those of the decision, named with persons; `question` is the one whose evidence
    speaks (its columns and options); `most` options of an answer are named, the others are counted (0: all are named).
    """

    texts: Texts
    book: Rulebook
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    question: Question | None = None
    most: int = 0

    def briefly(self) -> "Speaker":
        """Give the same speaker, naming two options at most."""
        return replace(self, most=2)

    def of(self, question: Question) -> "Speaker":
        """Give the same speaker for the evidence of a question."""
        return replace(self, question=question)

    def sentence(self, condition: Condition) -> str:
        """Say a condition in one sentence, without a full stop."""
        return self._inline(condition, wanted=True, bracketed=False)

    def outline(self, condition: Condition) -> Outline:
        """Say a condition as a sentence with its parts under it, and under a counted list what is counted."""
        return self._outlined(condition, wanted=True)

    def _inline(self, condition: Condition, *, wanted: bool, bracketed: bool) -> str:
        match condition:
            case Always(value):
                return self.texts.phrase("always" if value is wanted else "never")
            case Not(part):
                return self._inline(part, wanted=not wanted, bracketed=bracketed)
            case ForPersons(every, part):
                scope = "each" if every is wanted else "some"
                return self.texts.phrase(f"{scope}.inline", part=self._inline(part, wanted=wanted, bracketed=bracketed))
            case And(parts) | Or(parts):
                word = "and" if isinstance(condition, And) is wanted else "or"
                said = [self._inline(part, wanted=wanted, bracketed=True) for part in parts]
                joined = reduce(lambda first, last: self.texts.phrase(f"{word}.also", first=first, last=last), said)
                return f"({joined})" if bracketed else joined
        return self.test(condition, wanted=wanted)

    def _outlined(self, condition: Condition, *, wanted: bool) -> Outline:
        match condition:
            case Not(part):
                return self._outlined(part, wanted=not wanted)
            case ForPersons(every, part):
                scope = "each" if every is wanted else "some"
                return Outline(self.texts.phrase(f"{scope}.outline"), (self._outlined(part, wanted=wanted),))
            case And(parts) | Or(parts):
                scope = "all" if isinstance(condition, And) is wanted else "any"
                under = tuple(self._outlined(part, wanted=wanted) for part in parts)
                return Outline(self.texts.phrase(f"{scope}.outline"), under)
            case Test(function) if function in {"count", "distinct"}:
                return Outline(self.test(condition, wanted=wanted), self._counted(condition))
        return Outline(self._inline(condition, wanted=wanted, bracketed=False))

    def test(self, test: Test, *, wanted: bool = True) -> str:
        """Say one test as it holds, or as it does not."""
        say = TESTS.get(test.function)
        return say(self, test, wanted) if say else self.texts.phrase("unworded", test=test.function)

    def _counted(self, test: Test) -> tuple[Outline, ...]:
        names = [name for word in test.arguments for name in self._members(word)]
        return tuple(Outline(self.texts.finding(name, self.book)) for name in names if len(names) > 1)

    def _members(self, word: str) -> tuple[str, ...]:
        """The findings that a word stands for: those of a list, or itself."""
        return self.lists.get(with_roles(word, ROLES_AB)) or (word,)

    # What the tests name

    def finding(self, word: str) -> str:
        """Name a finding."""
        return self.texts.finding(word, self.book)

    def questions(self, words: tuple[str, ...]) -> str:
        """Name questions by their ids and places."""
        return self.texts.every([self.texts.about(*split_role(word, self.book.questions)) for word in words])

    def codes(self, test: Test) -> str:
        """Name the answers that a test looks for; beyond the most, how many more there are."""
        name, _ = split_role(test.arguments[0], self.book.questions)
        return self._listed([self._code(name, code) for code in test.values])

    def _code(self, question: str, code: str) -> str:
        if code in RESERVED_CODES:
            return self.texts.quoted(self.texts(f"non_answer.{code}"))
        found = self.book.questions.get(question)
        kinds = (("option", found.options), ("scale", found.scale), ("follow_up", found.follow_up)) if found else ()
        kind = next((kind for kind, codes in kinds if code in codes), "")
        return self.texts.quoted(self.texts(f"{question}.{kind}.{code}") if kind else code)

    def options(self, codes: tuple[str, ...], kind: str) -> str:
        """Name options, second codes or further answers of the question whose evidence speaks."""
        name = self.question.id if self.question else ""
        return self._listed([self.texts.quoted(self.texts(f"{name}.{kind}.{code}")) for code in codes])

    def _listed(self, words: list[str]) -> str:
        if self.most and len(words) > self.most + 1:
            rest = self.texts.phrase("more", number=len(words) - self.most)
            return self.texts.either([*words[: self.most], rest])
        return self.texts.either(words)

    def column(self, code: str) -> str:
        """Name a column of the question whose evidence speaks."""
        return self.texts(f"{self.question.id}.column.{code}") if self.question else code

    def cell(self, column: str, values: tuple[str, ...]) -> str:
        """Name values of a column."""
        known = self.question.column(column) if self.question else None
        named = [
            self.texts(f"{self.question.id}.column.{column}.{value}")
            if self.question and known and value in known.values
            else value
            for value in values
        ]
        return self.texts.either([self.texts.quoted(name) for name in named])

    def compared(self, test: Test, wanted: bool) -> str:
        """Say a comparison with a number: at least 2."""
        operator = test.operator if wanted else _OPPOSITE[test.operator]
        return self.texts.phrase(f"compared.{operator}", number=self.texts.either(list(test.values)))

    def outcomes(self, codes: tuple[str, ...]) -> str:
        """Name outcomes."""
        return self.texts.either([self.texts.quoted(self.texts(f"outcome.{code}.name")) for code in codes])

    def result(self, word: str) -> str:
        """Name a result; `W_x` is that of A."""
        stem, role = _stem(word)
        return self.texts(f"act.W-SIGN.value.{stem}_{LETTERS[role][0]}" if role in LETTERS else f"result.{word}")

    def state(self, inner: str) -> str:
        """Name what is counted: indicated, noted at 3 at least."""
        name, _, level = inner.partition(" ")
        return self.texts.phrase(f"state.{name}") if not level else self.leveled(f"state.{name}.level", level)

    def leveled(self, phrase: str, level: str, **values: object) -> str:
        """Give a phrase with a level of strength in words."""
        return self.texts.phrase(phrase, level=self.texts(f"strength.{level}"), **values)

    def list_or_finding(self, word: str) -> str:
        """Name a list of findings, or one finding."""
        stem, role = _stem(word)
        for phrase, found in ((f"list.{word}", ""), (f"list.{stem}", role)):
            if self.texts.has(f"phrase.{phrase}"):
                return self.texts.about(self.texts.phrase(phrase), found)
        return self.finding(word)

    def definition(self, word: str) -> str:
        """Name a definition of the decision, in its direction."""
        stem, role = _stem(word)
        known = [name for name in (word, stem) if self.texts.has(f"phrase.definition.{name}")]
        return self.texts.about(self.texts.phrase(f"definition.{known[0]}"), role) if known else word


def _stem(word: str) -> tuple[str, str]:
    stem, mark, role = word.rpartition("_")
    return (stem, role) if mark and role in {"xy", "yx", "x", "y"} else (word, "")


def _said(test: Test, wanted: bool) -> str:
    return f"{'test' if wanted else 'not'}.{test.function}"


def _finding(speaker: Speaker, test: Test, wanted: bool) -> str:
    level = test.arguments[1] if len(test.arguments) > 1 else _DEFAULT_LEVEL
    name, phrase = speaker.finding(test.arguments[0]), _said(test, wanted)
    if level != _DEFAULT_LEVEL:
        return speaker.leveled(f"{phrase}.level", level, finding=name)
    return speaker.texts.phrase(phrase, finding=name)


def _number(name: Callable[[Speaker, Test], str]) -> Callable[[Speaker, Test, bool], str]:
    """Say a number that is compared: what it counts, a colon, the comparison."""

    def say(speaker: Speaker, test: Test, wanted: bool) -> str:
        return speaker.texts.phrase("number", what=name(speaker, test), compared=speaker.compared(test, wanted))

    return say


def _plain(**names: Callable[[Speaker, Test], object]) -> Callable[[Speaker, Test, bool], str]:
    """Say a test by its phrase, each name of which is worked out from the test."""

    def say(speaker: Speaker, test: Test, wanted: bool) -> str:
        values = {name: work_out(speaker, test) for name, work_out in names.items()}
        return speaker.texts.phrase(_said(test, wanted), **values)

    return say


def _compared_word(phrase: str, **names: Callable[[Speaker, Test], object]) -> Callable[[Speaker, Test, bool], str]:
    """Say a test that is compared with codes; `!=` reads as the opposite of `=`."""

    def say(speaker: Speaker, test: Test, wanted: bool) -> str:
        holds = wanted is (test.operator != "!=")
        bare = "" if test.operator else ".bare"
        values = {name: work_out(speaker, test) for name, work_out in names.items()}
        return speaker.texts.phrase(f"{'test' if holds else 'not'}.{phrase}{bare}", **values)

    return say


def _kind(speaker: Speaker, test: Test) -> str:
    return speaker.texts.phrase(f"kind.{test.arguments[0]}")


def _measure(speaker: Speaker, test: Test) -> str:
    place = test.arguments[1] if len(test.arguments) > 1 else ""
    phrase = f"measure.{test.arguments[0]}"
    if not speaker.texts.has(f"phrase.{phrase}"):
        return test.arguments[0].replace("_", " ")
    return speaker.texts.about(speaker.texts.phrase(phrase), place)


def _counted(speaker: Speaker, test: Test) -> str:
    if test.function == "count" and test.inner == "both_ways":
        return speaker.texts.phrase("counted.both_ways", questions=", ".join(test.arguments))
    names = ", ".join(speaker.list_or_finding(word) for word in test.arguments)
    return speaker.texts.phrase(f"counted.{test.function}", names=names, state=speaker.state(test.inner))


def _sources(speaker: Speaker, test: Test) -> str:
    return speaker.texts.either([speaker.texts(f"source.{code}") for code in test.arguments])


def _competence(speaker: Speaker, test: Test) -> str:
    wanted = test.arguments[1] if len(test.arguments) > 1 else "any"
    return speaker.texts.phrase(f"competence.{wanted}")


def _events(speaker: Speaker, test: Test) -> str:
    return speaker.texts.either([speaker.texts.phrase(f"event.{word}") for word in test.arguments])


def _act(speaker: Speaker, test: Test) -> str:
    name, role = split_role(test.arguments[0], speaker.book.acts)
    return speaker.texts.about(speaker.texts(f"act.{name}.name"), role)


def _act_values(speaker: Speaker, test: Test) -> str:
    name, _ = split_role(test.arguments[0], speaker.book.acts)
    return speaker.texts.either([speaker.texts.quoted(speaker.texts(f"act.{name}.value.{one}")) for one in test.values])


def _question(speaker: Speaker, test: Test) -> str:
    return speaker.questions(test.arguments[:1])


def _questions(speaker: Speaker, test: Test) -> str:
    return speaker.questions(test.arguments)


def _column(speaker: Speaker, test: Test) -> str:
    return speaker.column(test.arguments[0])


def _person(speaker: Speaker, test: Test) -> str:
    return speaker.texts.place(test.arguments[0])


TESTS: Mapping[str, Callable[[Speaker, Test, bool], str]] = {
    **dict.fromkeys(("ind", "poss", "on", "unk", "doubt", "zero", "hinted"), _finding),
    "value": _number(lambda speaker, test: speaker.finding(test.arguments[0])),
    "count": _number(_counted),
    "distinct": _number(_counted),
    "elements": _number(lambda speaker, test: speaker.texts.phrase("elements", kind=_kind(speaker, test))),
    "classes": _number(lambda speaker, test: speaker.texts.phrase("classes", kind=_kind(speaker, test))),
    "measure": _number(_measure),
    "answer": _compared_word("answer", question=_question, options=Speaker.codes),
    "act": _compared_word("act", act=_act, values=_act_values),
    "cell": _compared_word(
        "cell", column=_column, values=lambda speaker, test: speaker.cell(test.arguments[0], test.values)
    ),
    "answered": _plain(questions=_questions),
    "answered_or_declined": _plain(questions=_questions),
    "declined_twice": _plain(question=_question),
    "no": _plain(question=_question, whom=_competence),
    "signed": _plain(result=lambda speaker, test: speaker.result(test.arguments[0])),
    "event": _plain(events=_events),
    "every": _plain(time=lambda speaker, test: speaker.texts.phrase(f"time.{test.arguments[0]}")),
    "corroborated": _plain(kind=_kind),
    "reaches": _plain(finding=lambda speaker, test: speaker.finding(test.arguments[0])),
    "filled": _plain(column=_column),
    "future": _plain(column=_column),
    "costs": _plain(column=_column),
    "chosen": _plain(option=lambda speaker, test: speaker.options(test.arguments, "option")),
    "speaker": _plain(person=_person),
    "source": _plain(sources=_sources),
    "adult": _plain(person=_person),
    "under_18": _plain(person=_person),
    "unsafe": _plain(),
    "harmed_or_support": _plain(),
    # The decision
    "name": _plain(definition=lambda speaker, test: speaker.definition(test.arguments[0])),
    "latched": _plain(outcome=lambda speaker, test: speaker.outcomes(test.arguments)),
    "gate": _plain(outcome=lambda speaker, test: speaker.outcomes(test.arguments)),
    "result": _plain(result=lambda speaker, test: speaker.result(test.arguments[0])),
    "collected": _plain(person=_person),
    "focused": _plain(person=_person),
    "held": _plain(person=_person),
    "supported": _plain(person=_person),
    "effective": _plain(person=_person),
    "routed": _plain(person=_person, outcomes=lambda speaker, test: speaker.outcomes(test.arguments[1:])),
    "adapted": _plain(person=_person, outcomes=lambda speaker, test: speaker.outcomes(test.arguments[1:])),
    "stopped": _plain(person=_person, step=lambda _, test: test.arguments[1]),
    "raised": _plain(alert=lambda speaker, test: speaker.texts(f"alert.{test.arguments[0]}.name")),
    "alert": _plain(alert=lambda speaker, test: speaker.texts(f"alert.{test.arguments[0]}.name")),
}
"""How each test of the flows and of the decision is said; a test that the language gains needs a line and phrases."""
