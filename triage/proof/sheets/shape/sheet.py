"""One symbolic answer sheet of a pair: what may be recorded at every place, the acts in force, and what binds them."""

from collections.abc import Iterable, Mapping
from itertools import pairwise

from triage.assess.slots import Slots
from triage.flow.circuits.circuit import FALSE, Circuit, Literal
from triage.flow.model import About, Rulebook
from triage.proof.sheets.shape.accounts import (
    NOBODY,
    PERSONS,
    SymbolicAccount,
    on_another_day,
    presumed_by_support,
    same_voice,
    symbolic_account,
)
from triage.proof.sheets.shape.bounds import Bounds
from triage.proof.sheets.shape.entries import Place, SheetEntry, entries_of, layout_of
from triage.proof.sheets.shape.rows import Asked, SymbolicRow

STATUS = "ISS-STATUS"
"""The act that says whom the support service serves; it speaks for nobody else without a name."""


NOT_FREE = ("RI-17", ("not_free", "unsure"))
"""The question whether a person could speak freely at a contact, and the answers that make that contact unsafe."""


class Sheet:
    """The inputs of a sheet; a place is made when it is first asked for, so that a law costs what it reads.

    `constraints` are literals that hold of every sheet that can be recorded.
    """

    def __init__(self, circuit: Circuit, rulebook: Rulebook, slots: Slots, bounds: Bounds) -> None:
        self.circuit, self.rulebook, self.slots, self.bounds = circuit, rulebook, slots, bounds
        self.entries: dict[Place, tuple[SheetEntry, ...]] = entries_of(rulebook, slots)
        self.constraints: list[Literal] = []
        self._places: dict[Place, tuple[SymbolicAccount, ...]] = {}
        self._acts: dict[tuple[str, str], dict[str, Literal]] = {}
        self._current: dict[Place, list[Literal]] = {}
        self._twice: dict[tuple[str, str], Literal] = {}

    # --- places ---------------------------------------------------------------------------------------------------

    def at(self, place: Place) -> tuple[SymbolicAccount, ...]:
        """What may be recorded at one place, in the order of time."""
        found = self._places.get(place)
        if found is None:
            found = self._places[place] = self._make(place)
        return found

    @property
    def made(self) -> Iterable[Place]:
        """The places made so far."""
        return tuple(self._places)

    @property
    def acts(self) -> Iterable[tuple[str, str]]:
        """The acts made so far, each with the person it is about, or empty."""
        return tuple(self._acts)

    @property
    def contacts(self) -> Mapping[tuple[str, str], str]:
        """The pairs of accounts made so far that may be of two contacts, each with the name of its input."""
        return {pair: f"two contacts: {pair[0]}, {pair[1]}" for pair in self._twice}

    def _make(self, place: Place) -> tuple[SymbolicAccount, ...]:
        layout = layout_of(self.rulebook.questions[place[0]], self.entries[place], self.bounds)
        made = []
        for number in range(self.bounds.accounts):
            account, constraints = symbolic_account(self.circuit, layout, place, number, self.bounds)
            made.append(account)
            self.constraints += constraints
            self.constraints.append(-self._unnamed_and_served(account))
            if place[0] == NOT_FREE[0]:
                own = (account.answered, account.spoken_by(account.x), account.says(self.circuit, NOT_FREE[1]))
                self.constraints.append(self.circuit.any_of((account.unsafe, -self.circuit.all_of(own))))
        for earlier, later in pairwise(made):
            self.constraints.append(self.circuit.any_of((-later.recorded, earlier.recorded)))
            in_time = (self.circuit.any_of((-earlier.later[day], later.later[day])) for day in earlier.later)
            self.constraints.append(self.circuit.any_of((-later.recorded, self.circuit.all_of(in_time))))
        return tuple(made)

    def _unnamed_and_served(self, account: SymbolicAccount) -> Literal:
        """That the support service speaks for nobody although it serves the person, or serves nobody here."""
        presumed = presumed_by_support(account)
        if not presumed:
            return FALSE
        other = PERSONS[1 - PERSONS.index(presumed)]
        excused = self.circuit.all_of((self.served(other), -self.served(presumed)))
        support = account.from_sources(self.circuit, ("ISS",))
        return self.circuit.all_of((account.speaker[NOBODY], support, -excused))

    def answered(self, place: Place) -> Literal:
        """That some usable answer stands there."""
        return self.circuit.any_of(one.answered for one in self.at(place))

    def recorded(self, place: Place) -> Literal:
        """That anything was recorded there."""
        return self.circuit.any_of(one.recorded for one in self.at(place))

    def said(self, place: Place, codes: tuple[str, ...]) -> Literal:
        """That somebody so answered there."""
        return self.circuit.any_of(one.says(self.circuit, codes) for one in self.at(place))

    def declined_twice(self, place: Place) -> Literal:
        """That it was declined on two days."""
        circuit, accounts = self.circuit, self.at(place)
        return circuit.any_of(
            circuit.all_of((one.silent["DEC"], other.silent["DEC"], on_another_day(circuit, one, other)))
            for number, one in enumerate(accounts)
            for other in accounts[:number]
        )

    def two_contacts(self, one: SymbolicAccount, other: SymbolicAccount) -> Literal:
        """That two accounts were given at two contacts on two days: a free input of accounts of different days."""
        first, second = sorted((one.name, other.name))
        found = self._twice.get((first, second))
        if found is None:
            found = self._twice[first, second] = self.circuit.input(f"two contacts: {first}, {second}")
            self.constraints.append(self.circuit.any_of((-found, on_another_day(self.circuit, one, other))))
        return found

    # --- states ---------------------------------------------------------------------------------------------------

    def current(self, place: Place) -> list[Literal]:
        """For each account of a place: that it still counts for a state (domain 12.1 rule 9, correction 15)."""
        found = self._current.get(place)
        if found is None:
            named = (entry.definition.superseded_by for entry in self.entries[place])
            sources = next((one for one in named if one), ())
            counts = self._not_superseded if sources else self._latest_of_its_voice
            found = self._current[place] = [counts(place, number, sources) for number in range(self.bounds.accounts)]
        return found

    def latest(self, place: Place) -> list[Literal]:
        """For each account of a place: that its voice has said nothing since."""
        return [self._latest_of_its_voice(place, number, ()) for number in range(self.bounds.accounts)]

    def _not_superseded(self, place: Place, number: int, sources: tuple[str, ...]) -> Literal:
        circuit = self.circuit
        later = self.at(place)[number + 1 :]
        return -circuit.any_of(circuit.all_of((one.safe, one.from_sources(circuit, sources))) for one in later)

    def _latest_of_its_voice(self, place: Place, number: int, _: tuple[str, ...]) -> Literal:
        circuit = self.circuit
        account, *later = self.at(place)[number:]
        return -circuit.any_of(circuit.all_of((one.recorded, same_voice(circuit, account, one))) for one in later)

    def silenced(self, account: SymbolicAccount) -> Literal:
        """That anyone said later there that it is not known, declined, or not safe to ask."""
        later = self.at(account.place)[account.number + 1 :]
        return self.circuit.any_of(literal for one in later for literal in one.silent.values())

    def first_row(self, account: SymbolicAccount, asked: Asked) -> Literal:
        """That the first row of an account has something: an input, which some row must bear out."""
        name = f"{account.name} first row {asked.name}"
        if name not in account.first_row:
            account.first_row[name] = self.circuit.input(name)
            if len(account.first_row) == 1:
                self.constraints.append(self._one_row_is_first(account))
        return account.first_row[name]

    def _one_row_is_first(self, account: SymbolicAccount) -> Literal:
        circuit = self.circuit
        first = {one: circuit.input(f"{account.name} first row {one.name}") for one in account.layout.asked}

        def is_first(row: SymbolicRow) -> Literal:
            return circuit.all_of((row.present, *(circuit.same(first[one], row.asked[one]) for one in first)))

        return circuit.any_of((-account.answered, *(is_first(row) for row in account.rows.rows)))

    # --- acts -----------------------------------------------------------------------------------------------------

    def act(self, name: str, role: str, values: tuple[str, ...] = ()) -> Literal:
        """That an act is in force, with one of some values when any are named."""
        found = self._act(name, role)
        return self.circuit.any_of(literal for value, literal in found.items() if not values or value in values)

    def _act(self, name: str, role: str) -> dict[str, Literal]:
        key = (name, role)
        if key in self._acts:
            return self._acts[key]
        definition = self.rulebook.acts[name]
        values = definition.values or ("in force",)
        found = self._acts[key] = {value: self.circuit.input(act_name(name, role, value)) for value in values}
        if not definition.listed and len(found) > 1:
            self.constraints.append(-self.circuit.at_least(2, list(found.values())))
        if name == STATUS and not definition.days:
            self.constraints.append(self.circuit.same(self.served(role), self.circuit.any_of(found.values())))
        return found

    def act_inputs(self, name: str, role: str) -> Iterable[Literal]:
        """The inputs of an act, one for each value."""
        return self._act(name, role).values()

    def listed(self, name: str, word: str) -> Literal:
        """That an act in force lists a word (RISK-REASONED: a marker that could not be asked)."""
        return self.circuit.input(act_name(name, "", word))

    def served(self, person: str) -> Literal:
        """That the support status of a person is on file, whatever it is."""
        if STATUS not in self.rulebook.acts or self.rulebook.acts[STATUS].about is not About.PERSON:
            return FALSE
        return self.circuit.input(f"status of {person} on file")


def act_name(name: str, role: str, value: str) -> str:
    """How the input of an act is named: `act ISS-STATUS_B = active`."""
    return f"act {name}{f'_{role}' if role else ''} = {value}"
