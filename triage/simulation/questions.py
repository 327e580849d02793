"""Everything that is asked of two versions of the rules, as one circuit and one program over columns of cases."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from triage.flow.circuits.circuit import FALSE, Circuit, Literal
from triage.routing.decide import Decider
from triage.routing.rules import PERSONS
from triage.simulation.columns import Columns, Inputs, Reader
from triage.simulation.program import Bitmap, Program, Room, program
from triage.simulation.statements import Kind, Statement, statements_of


class Unsupported(ValueError):
    """These rules cannot be run over columns; the message says why."""


@dataclass(frozen=True)
class Difference:
    """One statement under both versions: where each makes it, where it is gained, and where it is lost."""

    old: Literal
    new: Literal
    gained: Literal
    lost: Literal


class Questions:
    """Two decisions in one circuit: what both say alike is worked out once, and what never differs costs nothing."""

    def __init__(self, old: Decider, new: Decider, classes: Sequence[str], *, shared: bool) -> None:
        for decider in (old, new):
            _refuse_counts(decider)
        self.circuit = Circuit()
        of_old = Inputs(self.circuit, "", classes)
        of_new = of_old if shared else Inputs(self.circuit, "new ", classes)
        self.old = statements_of(of_old.decision(old.instances))
        self.new = statements_of(of_new.decision(new.instances))
        self.readers: tuple[Mapping[str, Reader], Mapping[str, Reader]] = of_old.readers, of_new.readers
        self.differences = {
            one: self._difference(self.old.get(one, FALSE), self.new.get(one, FALSE))
            for one in dict.fromkeys((*self.old, *self.new))
        }

    def _difference(self, old: Literal, new: Literal) -> Difference:
        circuit = self.circuit
        return Difference(old, new, circuit.all_of((new, -old)), circuit.all_of((old, -new)))

    @cached_property
    def results(self) -> dict[tuple[str, str], Literal]:
        """Each pair of different results, the old and the new."""
        old, new = ([one for one in said if one.kind is Kind.RESULT] for said in (self.old, self.new))
        return {
            (before.name, after.name): self.circuit.all_of((self.old[before], self.new[after]))
            for before, after in product(old, new)
            if before.name != after.name
        }

    @cached_property
    def routes(self) -> dict[str, tuple[tuple[Statement, ...], tuple[Statement, ...]]]:
        """For each person, what makes up the route: the start and the outcomes, of the old rules and of the new."""
        found = {}
        for person in PERSONS:
            old, new = (tuple(one for one in said if _of_route(one, person)) for said in (self.old, self.new))
            found[person] = (old, new)
        return found

    @cached_property
    def moved(self) -> dict[str, Literal]:
        """That the route of a person is another one, or starts where it did not, or no longer starts."""
        return {person: self._changed(one for one in self.differences if _of_route(one, person)) for person in PERSONS}

    @cached_property
    def changed(self) -> Literal:
        """That anything at all is different."""
        return self._changed(iter(self.differences))

    def _changed(self, statements: Iterator[Statement]) -> Literal:
        told = (self.differences[one] for one in statements)
        return self.circuit.any_of(literal for one in told for literal in (one.gained, one.lost))

    @cached_property
    def literals(self) -> tuple[Literal, ...]:
        """Every literal asked for, once."""
        found = [literal for one in self.differences.values() for literal in (one.old, one.new, one.gained, one.lost)]
        return tuple(dict.fromkeys((*found, *self.results.values(), *self.moved.values(), self.changed)))

    @cached_property
    def program(self) -> Program:
        """What works all of it out."""
        return program(self.circuit, self.literals)

    def answers(self, old: Columns, new: Columns, room: Room) -> dict[Literal, Bitmap]:
        """Work everything out for a chunk of cases; the bitmaps stand in the room until the next chunk."""
        of_old, of_new = self.readers
        given = [of_old[name](old) if name in of_old else of_new[name](new) for name in self.program.inputs]
        return dict(zip(self.literals, self.program.run(given, room), strict=True))


def _of_route(statement: Statement, person: str) -> bool:
    return statement.person == person and statement.kind in {Kind.ROUTE, Kind.START}


def _refuse_counts(decider: Decider) -> None:
    """Thresholds tell strengths, not larger numbers: rules that read a count would be read wrongly."""
    counts = sorted(decider.rules.counts.intersection(decider.rules.read))
    if counts:
        raise Unsupported(f"The rules read the count {counts[0]}; columns hold strengths alone.")
