"""Read answer-laws.yml: what must hold of every answer sheet; or every problem of it, with its code and line."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from triage.assess.measuring.measures import PLACES
from triage.flow import faults as flow_faults
from triage.flow.conditions import ROLES_AB, And, Condition, ConditionError, Not, Or, Test, parse, tests, with_roles
from triage.flow.documents import Block, Problems, read_document
from triage.flow.model import Rulebook
from triage.flow.problems import Problem, nearest
from triage.flow.spelling import PREDICATES
from triage.flow.vocabulary import FUNCTIONS, Names, split_role
from triage.proof.sheets.laws_of_answers.law_words import (
    OF_ANY_TEXT,
    OF_QUESTIONS,
    OF_SPEAKERS,
    WITH_COLUMNS,
    WITH_SECOND_CODES,
    WORDS,
    column_of,
)
from triage.routing import vocabulary
from triage.routing.rules import DecisionRules

FILE = "answer-laws.yml"
EACH = "FINDING"
"""The word that stands for every value in turn."""
_WITHOUT_PERSONS = {"AB": "xy", "BA": "yx", "A": "x", "B": "y"}


@dataclass(frozen=True, slots=True)
class AnswerLaw:
    """One law: of a pair, or (with `each`) of every finding; `but` gives the findings left out, with the reason."""

    id: str
    invariant: str
    clauses: tuple[str, ...]
    law: Condition
    each: bool = False
    of_acts: bool = False
    but: Mapping[str, str] | None = None

    def of(self, value: str) -> Condition:
        """The law of one value."""
        return _put(self.law, value)


def read_answer_laws(
    directory: Path, book: Rulebook, rules: DecisionRules
) -> tuple[AnswerLaw, ...] | tuple[Problem, ...]:
    """Read the laws of a directory; one without the file has none."""
    if not (directory / FILE).exists():
        return ()
    problems = Problems()
    document = read_document(directory / FILE, problems)
    laws: list[AnswerLaw] = []
    if document is not None:
        reader = _Reader(book, rules)
        laws = [reader.law(block, each=False) for block in document.blocks("laws")]
        laws += [reader.law(block, each=True) for block in document.blocks("evidence")]
        document.finish()
    seen: set[str] = set()
    for law in laws:
        if law.id in seen and document is not None:
            problems.add("F005", f"`{law.id}` stands twice.", document)
        seen.add(law.id)
    return tuple(sorted(problems.found, key=lambda one: (one.line, one.code))) or tuple(laws)


class _Reader:
    def __init__(self, book: Rulebook, rules: DecisionRules) -> None:
        self.book, self.invariants = book, [one.id for one in rules.invariants]
        self.of_flows = Names(
            findings=book.findings,
            scopes={name: str(one.scope) for name, one in book.findings.items()},
            merged=[name for name, one in book.findings.items() if one.merged],
            questions={name: one.options for name, one in book.questions.items()},
            abouts={name: str(one.about) for name, one in book.questions.items()},
            acts={name: one.values for name, one in book.acts.items()},
            act_abouts={name: str(one.about) for name, one in book.acts.items()},
            measures=PLACES,
        )
        self.of_rules = _names_of(rules)

    def law(self, block: Block, *, each: bool) -> AnswerLaw:
        invariant, text = block.text("invariant"), block.text("law")
        if invariant and invariant not in self.invariants:
            block.problems.add(
                "F004", f"`{invariant}` is no invariant.", block, "invariant", nearest(invariant, self.invariants)
            )
        found = AnswerLaw(
            id=block.text("id"),
            invariant=invariant,
            clauses=block.clauses(),
            law=self._condition(block, " ".join(text.split()), each=each),
            each=each,
            of_acts=each and self._of(block),
            but=self._but(block) if each else None,
        )
        block.finish()
        return found

    def _of(self, block: Block) -> bool:
        word = block.text("of", "all")
        if word not in {"all", "acts"}:
            block.problems.add("F004", f"`{word}` is neither `all` nor `acts`.", block, "of")
        return word == "acts"

    def _but(self, block: Block) -> dict[str, str]:
        inner = block.block("but")
        found = {}
        for name in inner.names() if inner else ():
            if inner is not None:
                found[name] = inner.text(name)
                if name not in self.book.findings:
                    inner.problems.add(
                        "F007", f"`{name}` is no finding.", inner, name, nearest(name, self.book.findings)
                    )
        return found

    def _condition(self, block: Block, text: str, *, each: bool) -> Condition:
        try:
            condition = parse(text)
        except ConditionError as fault:
            block.problems.add(
                "F015", f"This is no condition: {fault} at character {fault.position + 1}.", block, "law"
            )
            return parse("always")
        for test in tests(condition):
            for code, sentence, near in self._faults(test, each=each):
                block.problems.add(code, sentence, block, "law", near)
        return condition

    def _faults(self, test: Test, *, each: bool) -> Iterator[tuple[str, str, str]]:
        word = WORDS.get(test.function) or (FUNCTIONS[test.function] if test.function in OF_QUESTIONS else None)
        of_each = each and EACH in test.arguments
        if of_each and (test.function in WORDS or test.function in vocabulary.PREDICATES):
            return
        if word is not None:
            yield from flow_faults.of_test(test, word, self.of_flows)
            yield from self._of_the_rest(test)
        elif self._of_a_value(test):
            yield from flow_faults.of_test(test, FUNCTIONS[test.function], self.of_flows)
        else:
            yield from vocabulary.faults(test, vocabulary.Stage.LAW, self.of_rules)

    def _of_the_rest(self, test: Test) -> Iterator[tuple[str, str, str]]:
        """What stands after a question: a second code, sources, persons, a column with a word."""
        name = split_role(test.arguments[0], self.book.questions)[0] if test.arguments else ""
        question = self.book.questions.get(name)
        if question is None:
            return
        rest = test.arguments[1:]
        if test.function in WITH_SECOND_CODES:
            yield from _unknown(rest, (*question.scale, *question.sources), f"second code of {name}")
        elif test.function in OF_SPEAKERS:
            yield from _unknown(rest, (*question.sources, "x", "y"), f"source of {name}")
        elif test.function in WITH_COLUMNS and len(rest) > 1:
            column = question.column(column_of(with_roles(rest[0], ROLES_AB)))
            if column is None:
                yield (
                    "F009",
                    f"`{rest[0]}` is no column of {name}.",
                    nearest(rest[0], [c.code for c in question.columns]),
                )
            elif column.values:
                yield from _unknown(rest[1:2], (*column.values, *OF_ANY_TEXT), f"value of {rest[0]}")
            else:
                yield from _unknown(rest[1:2], OF_ANY_TEXT, f"value of {rest[0]}")
            yield from _unknown(rest[2:], question.scale, f"second code of {name}")

    def _of_a_value(self, test: Test) -> bool:
        """Whether a predicate is of a value that the decision does not read under that name (`OTHERS_OPEN_x`)."""
        named = test.arguments[0] if test.arguments else ""
        return test.function in {*PREDICATES, "value"} and named not in self.of_rules.findings


def _unknown(words: Iterable[str], known: Collection[str], what: str) -> Iterator[tuple[str, str, str]]:
    """F008 for each word that is not among those known."""
    for word in words:
        if word not in known:
            yield "F008", f"`{word}` is no {what}.", nearest(word, known)


def _names_of(rules: DecisionRules) -> vocabulary.Names:
    """What laws may name of the decision, with roles in place of persons."""

    def in_roles(words: Iterable[str]) -> set[str]:
        return {with_roles(word, _WITHOUT_PERSONS) for word in words}

    return vocabulary.Names(
        findings=in_roles(rules.facts),
        lists=in_roles(rules.lists),
        definitions={one.id for one in rules.definitions},
        results={name for rule in rules.results for name in rule.gives},
        gates=set(rules.gate_names),
        outcomes=rules.outcomes,
        steps={str(rule.step) for rule in rules.steps},
        alerts={alert.id for alert in rules.alerts},
    )


def _put(condition: Condition, value: str) -> Condition:
    match condition:
        case Test(arguments=arguments):
            return replace(condition, arguments=tuple(value if one == EACH else one for one in arguments))
        case Not(part):
            return Not(_put(part, value))
        case And(parts):
            return And(tuple(_put(part, value) for part in parts))
        case Or(parts):
            return Or(tuple(_put(part, value) for part in parts))
    return condition
