"""The rows of one symbolic account: which codes are chosen, their second codes, and what the columns are asked for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from triage.flow.circuits.circuit import TRUE, Circuit, Literal
from triage.flow.model import Column, Kind, Question

NO_SECOND_CODE = ""
SAYS_WHOM = ("A", "B")


@dataclass(frozen=True, slots=True, order=True)
class Asked:
    """One thing that entries ask of a row: a test (`cell`, `filled`, `future`, `costs`, `meant`, `label`) of a column.

    `word` is the value of a cell, the letter of the person meant, or the number of a label.
    """

    test: str
    column: str
    word: str = ""

    @property
    def name(self) -> str:
        """How the input is named."""
        return f"{self.test}({self.column}{f' {self.word}' if self.word else ''})"


@dataclass(frozen=True, slots=True)
class Layout:
    """What is read of the rows of a question: whether second codes are, what is asked, how many rows share a code."""

    question: Question
    scaled: bool
    asked: tuple[Asked, ...]
    copies: int

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its rows; one nameless row where a question has no options."""
        return self.question.options or ("",)


@dataclass(frozen=True, slots=True)
class SymbolicRow:
    """One row: that it is there, its second code (one of them holds, perhaps none given), and each thing asked."""

    code: str
    present: Literal
    scale: Mapping[str, Literal]
    asked: Mapping[Asked, Literal]


@dataclass(slots=True)
class SymbolicRows:
    """All rows of one account, and what binds them."""

    rows: list[SymbolicRow] = field(default_factory=list)
    chosen: dict[str, Literal] = field(default_factory=dict)
    constraints: list[Literal] = field(default_factory=list)


def symbolic_rows(circuit: Circuit, layout: Layout, prefix: str, answered: Literal) -> SymbolicRows:
    """Make the inputs of the rows of an account, with what every row that can be read obeys."""
    found = SymbolicRows()
    if not layout.question.options:
        found.rows.append(_row(circuit, layout, row_name(prefix, "", 0), "", answered, found.constraints))
        return found
    for code in layout.codes:
        above = TRUE
        for copy in range(layout.copies):
            name = row_name(prefix, code, copy)
            present = circuit.input(name)
            found.constraints.append(circuit.any_of((-present, above)))
            found.rows.append(_row(circuit, layout, name, code, present, found.constraints))
            above = present
            found.chosen.setdefault(code, present)
    chosen = list(found.chosen.values())
    found.constraints.append(circuit.same(answered, circuit.any_of(chosen)))
    found.constraints += _exclusions(circuit, layout.question, found.chosen)
    return found


def row_name(account: str, code: str, copy: int) -> str:
    """How the inputs of a row begin: `WD-01_AB 1 says money`, and `... says money again 1` for a second such row."""
    return f"{account} says {code}" + (f" again {copy}" if copy else "") if code else f"{account} row"


def _exclusions(circuit: Circuit, question: Question, chosen: Mapping[str, Literal]) -> Iterator[Literal]:
    """One code where one is allowed; an exclusive code stands alone, but in an object of several codes nothing does."""
    if question.multiple:
        return
    if question.kind is Kind.ONE:
        yield -circuit.at_least(2, list(chosen.values()))
    for alone in question.exclusive:
        yield circuit.any_of((-chosen[alone], -circuit.any_of(lit for code, lit in chosen.items() if code != alone)))


def _row(
    circuit: Circuit, layout: Layout, name: str, code: str, present: Literal, constraints: list[Literal]
) -> SymbolicRow:
    scale: dict[str, Literal] = {NO_SECOND_CODE: TRUE}
    if layout.scaled:
        scale = {word: circuit.input(f"{name} scale {word or 'not given'}") for word in ("", *layout.question.scale)}
        constraints.append(circuit.any_of((-present, exactly_one(circuit, list(scale.values())))))
    asked = {one: circuit.input(f"{name} {one.name}") for one in layout.asked}
    for column in dict.fromkeys(one.column for one in layout.asked):
        of_column = _column_constraints(circuit, layout.question.column(column), asked, column)
        constraints += [circuit.any_of((-present, one)) for one in of_column]
    return SymbolicRow(code, present, scale, asked)


def exactly_one(circuit: Circuit, literals: Sequence[Literal]) -> Literal:
    """That just one of some literals holds."""
    return circuit.all_of((circuit.any_of(literals), -circuit.at_least(2, literals)))


def _column_constraints(
    circuit: Circuit, column: Column | None, asked: Mapping[Asked, Literal], name: str
) -> Iterator[Literal]:
    """What a column that can be written obeys: an empty one holds nothing, one of fixed values holds one of them."""
    of_column = {one: literal for one, literal in asked.items() if one.column == name}
    filled = of_column.get(Asked("filled", name))
    held = [literal for one, literal in of_column.items() if one.test == "cell"]
    labels = [literal for one, literal in of_column.items() if one.test == "label"]
    if filled is not None and labels:
        yield circuit.any_of((-filled, *labels))
    if filled is not None:
        for one, literal in of_column.items():
            if one.test in {"cell", "future", "costs", "label"}:
                yield circuit.any_of((-literal, filled))
    if column is not None and column.values and not column.many and len(held) > 1:
        yield -circuit.at_least(2, held)
    if len(labels) > 1:
        yield -circuit.at_least(2, labels)
    meant = [of_column.get(Asked("meant", name, letter)) for letter in SAYS_WHOM]
    if meant[0] is not None and meant[1] is not None:
        if filled is not None:
            yield circuit.any_of((filled, circuit.all_of((meant[0], meant[1]))))
        if column is not None and column.values and set(column.values) <= {"a", "b", "both"}:
            yield circuit.any_of((meant[0], meant[1]))
