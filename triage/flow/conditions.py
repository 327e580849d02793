"""The closed grammar of conditions: one small tree that the walker, the compiler, the prover and the drawing all read.

Grammar (domain 00, section 0.8, and the wider vocabulary of rules):

    expression := term ("or" term)*             term := factor ("and" factor)*
    factor     := "not" factor | "(" expression ")" | ("some" | "each") roles ":" expression | test
    test       := "always" | "never" | word [comparison] | word "(" arguments ")" [comparison]
    arguments  := [word ":"] word ("," word)*   comparison := operator word | "in" "{" word ("," word)* "}"

A word may hold letters, digits, `_`, `-`, `.`; codes only, never labels. A bare word with a comparison compares a
finding (`READY_x >= 2`), without one it names a definition of the same file. Roles are the suffixes `_xy`, `_yx`,
`_x`, `_y`; `substitute` puts persons in their place.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import NoReturn


class Truth(Enum):
    """The three values of a condition (Kleene); NOT_KNOWN is never read as either of the others."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Always:
    """A condition that always holds, or never."""

    value: bool = True


@dataclass(frozen=True, slots=True)
class And:
    """Holds when all parts hold."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Or:
    """Holds when one part holds."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class Not:
    """Holds when the part is known not to hold."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class ForPersons:
    """Holds for some, or for each, way of giving the roles x and y to the two persons."""

    every: bool
    part: "Condition"


@dataclass(frozen=True, slots=True)
class Test:
    """One test: a named function of codes, perhaps counted over an inner predicate, perhaps compared."""

    function: str
    arguments: tuple[str, ...] = ()
    inner: str = ""
    operator: str = ""
    values: tuple[str, ...] = ()


Condition = Always | And | Or | Not | ForPersons | Test

ROLES_AB = {"xy": "AB", "yx": "BA", "x": "A", "y": "B"}
ROLES_BA = {"xy": "BA", "yx": "AB", "x": "B", "y": "A"}
OPERATORS = ("=", "!=", ">=", "<=", ">", "<")
_TOKENS = re.compile(r"\s*(?:(?P<word>[A-Za-z0-9_][A-Za-z0-9_.\-]*)|(?P<sign>!=|>=|<=|[=<>(){},:]))")
LONGEST, DEEPEST = 5_000, 30
_RESERVED = {"and", "or", "not", "some", "each", "in"}


class ConditionError(ValueError):
    """The text is no condition; `position` counts characters from 0."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


def parse(text: str) -> Condition:
    """Read a condition. Raises ConditionError with the position and what was expected there."""
    if len(text) > LONGEST:
        raise ConditionError(f"a condition is at most {LONGEST} characters long", LONGEST)
    return _Parser(text).whole()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text, self.tokens, self.next, self.depth = text, list(_tokens(text)), 0, 0

    def whole(self) -> Condition:
        tree = self.expression()
        if self.peek():
            self.fail("the end, `and` or `or`")
        return tree

    def peek(self) -> str:
        return self.tokens[self.next][0] if self.next < len(self.tokens) else ""

    def take(self, *wanted: str) -> str:
        token = self.peek()
        if not token or (wanted and token not in wanted):
            self.fail(" or ".join(f"`{word}`" for word in wanted) or "a word")
        self.next += 1
        return token

    def fail(self, expected: str) -> NoReturn:
        found = f"`{self.peek()}`" if self.peek() else "the end"
        raise ConditionError(f"expected {expected}, found {found}", self.position())

    def position(self) -> int:
        return self.tokens[self.next][1] if self.next < len(self.tokens) else len(self.text)

    def expression(self) -> Condition:
        parts = [self.term()]
        while self.peek() == "or":
            self.take()
            parts.append(self.term())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def term(self) -> Condition:
        parts = [self.factor()]
        while self.peek() == "and":
            self.take()
            parts.append(self.factor())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def factor(self) -> Condition:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ConditionError("nested too deeply to be understood", self.position())
        tree = self.bracketed()
        self.depth -= 1
        return tree

    def bracketed(self) -> Condition:
        match self.peek():
            case "not":
                self.take()
                return Not(self.factor())
            case "(":
                self.take()
                tree = self.expression()
                self.take(")")
                return tree
            case "some" | "each":
                every = self.take() == "each"
                self.take("x", "xy")
                self.take(":")
                return ForPersons(every, self.expression())
        return self.test()

    def word(self) -> str:
        token = self.peek()
        if not token or token in _RESERVED or not (token[0].isalnum() or token[0] == "_"):
            self.fail("a word")
        return self.take()

    def test(self) -> Condition:
        name = self.word()
        if self.peek() == "(":
            return self.compared(self.call(name))
        if name in {"always", "never"}:
            return Always(name == "always")
        compared = self.compared(Test("value", (name,)))
        return compared if compared.operator else Test("name", (name,))

    def call(self, name: str) -> Test:
        self.take("(")
        inner, arguments = "", [self.argument()]
        if self.peek() == ":":
            self.take()
            inner, arguments = arguments[0], [self.argument()]
        while self.peek() == ",":
            self.take()
            arguments.append(self.argument())
        self.take(")")
        return Test(name, tuple(arguments), inner)

    def argument(self) -> str:
        words = [self.word()]
        while self.peek() not in {",", ")", ":", ""}:
            words.append(self.word())
        return " ".join(words)

    def compared(self, test: Test) -> Test:
        if self.peek() in OPERATORS:
            return replace(test, operator=self.take(), values=(self.word(),))
        if self.peek() != "in":
            return test
        self.take()
        self.take("{")
        values = [self.word()]
        while self.peek() == ",":
            self.take()
            values.append(self.word())
        self.take("}")
        return replace(test, operator="in", values=tuple(values))


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    position, end = 0, len(text.rstrip())
    while position < end:
        match = _TOKENS.match(text, position)
        if not match:
            rest = text[position:].lstrip()
            raise ConditionError(f"`{rest[:1]}` has no meaning in a condition", len(text) - len(rest))
        yield match[match.lastgroup or "word"], match.start(match.lastgroup or "word")
        position = match.end()


def tests(condition: Condition) -> Iterator[Test]:
    """Give every test of a condition, in reading order."""
    match condition:
        case Test():
            yield condition
        case And(parts) | Or(parts):
            for part in parts:
                yield from tests(part)
        case Not(part) | ForPersons(_, part):
            yield from tests(part)


def with_roles(word: str, roles: Mapping[str, str]) -> str:
    """Put persons in place of the role at the end of a word: `CTRL_xy` becomes `CTRL_AB`."""
    stem, mark, role = word.rpartition("_")
    return f"{stem}_{roles[role]}" if mark and role in roles else roles.get(word, word)


def substitute(condition: Condition, roles: Mapping[str, str]) -> Condition:
    """Put persons in place of roles everywhere; `some` and `each` become plain `or` and `and`."""
    match condition:
        case Test():
            return replace(
                condition,
                arguments=tuple(with_roles(word, roles) for word in condition.arguments),
                values=tuple(with_roles(word, roles) for word in condition.values),
            )
        case And(parts):
            return And(tuple(substitute(part, roles) for part in parts))
        case Or(parts):
            return Or(tuple(substitute(part, roles) for part in parts))
        case Not(part):
            return Not(substitute(part, roles))
        case ForPersons(every, part):
            both = tuple(substitute(part, way) for way in (ROLES_AB, ROLES_BA))
            return And(both) if every else Or(both)
    return condition


def holds(condition: Condition, answer: Callable[[Test], Truth]) -> Truth:
    """Say whether a condition holds, given how each single test comes out (Kleene's strong logic)."""
    match condition:
        case Always(value):
            return Truth.YES if value else Truth.NO
        case Test():
            return answer(condition)
        case Not(part):
            return {Truth.YES: Truth.NO, Truth.NO: Truth.YES}.get(holds(part, answer), Truth.NOT_KNOWN)
        case And(parts):
            values = [holds(part, answer) for part in parts]
            return Truth.NO if Truth.NO in values else _all_or_not_known(values, Truth.YES)
        case Or(parts):
            values = [holds(part, answer) for part in parts]
            return Truth.YES if Truth.YES in values else _all_or_not_known(values, Truth.NO)
    raise TypeError("roles are substituted before a condition is asked")


def _all_or_not_known(values: list[Truth], wanted: Truth) -> Truth:
    return wanted if all(value is wanted for value in values) else Truth.NOT_KNOWN


def source(condition: Condition, spell: Callable[[Test, bool], str], wanted: bool = True) -> str:
    """Write a condition as a Python expression, true exactly when the condition is YES (or NO when not `wanted`).

    `spell(test, wanted)` writes one test; NOT_KNOWN makes both readings false, so unknown enables nothing either way.
    """
    match condition:
        case Always(value):
            return str(value is wanted)
        case Test():
            return spell(condition, wanted)
        case Not(part):
            return source(part, spell, not wanted)
        case And(parts) | Or(parts):
            word = " and " if isinstance(condition, And) is wanted else " or "
            return "(" + word.join(source(part, spell, wanted) for part in parts) + ")"
    raise TypeError("roles are substituted before a condition is compiled")
