"""The usable answers and acts of a case as one pair sees them: who spoke, what was said, what was ruled out."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from triage.assess.compiled.compiling import CompiledRulebook
from triage.assess.gathering import Gathering
from triage.assess.measuring.measures import MEASURES
from triage.assess.reading.acts import in_force
from triage.assess.speaking import NO_ROW
from triage.assess.worth.accounts import Account, Silence
from triage.assess.worth.competence import COMPETENCE
from triage.assess.worth.pieces import Place, combined, merged_episodes
from triage.cases.record import Act, CaseRecord, Cell, Pair, Row

__all__ = ["NO_ROW", "Context"]


class Context(Gathering):
    """What the compiled conditions of one pair ask; built once per pair and day, then only read.

    `strengths`, by the number of a slot, and `resting`, what a rule that fired rests on, are filled by the evaluation;
    so is `carried`, by which classes counted elements are carried, where it was worked out.
    `after` limits `no` to accounts given later than a day (settling a 1).
    """

    EMPTY = (None, "", ())

    def __init__(
        self, book: CompiledRulebook, record: CaseRecord, pair: Pair, on: date, dropped: frozenset[str], withdrawn: bool
    ) -> None:
        self.after: date | None = None
        self.strengths: list[int] = [-1] * book.slots.size
        self.resting: dict[int, tuple[tuple[int, bool], ...]] = {}
        self.carried: dict[int, frozenset[str]] = {}
        self.measured: dict[tuple[str, str], int | None] = {}
        self.harm: tuple[date, date] | None = None
        self._of_flow: dict[str, list[Account]] = {}
        self._in_force: dict[tuple[str, str], Act | None] = {}
        super().__init__(book, record, pair, on, dropped, withdrawn)

    # --- what is on file ------------------------------------------------------------------------------------------

    @cached_property
    def by_place(self) -> Mapping[Place, list[Account]]:
        """The accounts by question and orientation, in the order in which the places were first answered."""
        return {self.book.places[number].place: self.heard[number] or [] for number in self.order}

    @cached_property
    def silences(self) -> Mapping[Place, list[Silence]]:
        """The non-answers by question and orientation."""
        return {self.book.places[number].place: found for number, found in self.silences_at.items()}

    @cached_property
    def accounts(self) -> list[Account]:
        """All accounts about the pair, in the order of the record."""
        return sorted((one for found in self.by_place.values() for one in found), key=lambda one: one.number)

    def accounts_at(self, place: Place) -> list[Account]:
        """The usable accounts of one question in one orientation."""
        number = self.book.numbers.get(place)
        return (self.heard[number] or []) if number is not None else []

    def of_flow(self, flow: str) -> list[Account]:
        """The accounts of the questions of one flow."""
        if flow not in self._of_flow:
            found = [self.heard[number] for number in self.book.of_flow.get(flow, ())]
            self._of_flow[flow] = [one for accounts in found if accounts is not None for one in accounts]
        return self._of_flow[flow]

    # --- what conditions ask --------------------------------------------------------------------------------------

    def said(self, place: Place, codes: Sequence[str]) -> bool:
        """Whether any usable answer there holds one of the codes."""
        number = self.book.numbers[place]
        return not self.codes[number].isdisjoint(codes) or not self.silent[number].isdisjoint(codes)

    def valued(self, place: Place) -> bool:
        """Whether the question has a value other than NK, DEC, NSA there."""
        number = self.book.numbers.get(place)
        return number is not None and self.heard[number] is not None

    def recorded(self, place: Place) -> bool:
        """Whether anything was recorded there, a non-answer included."""
        return self.valued(place) or (place in self.book.numbers and bool(self.silent[self.book.numbers[place]]))

    def answered_or_declined(self, place: Place) -> bool:
        """Answered, or declined on two dates (correction 13)."""
        return self.valued(place) or self.declined_twice(place)

    def declined_twice(self, place: Place) -> bool:
        """Declined at two dated contacts."""
        return len(self.declined.get(self.book.numbers.get(place, -1), ())) >= 2

    def answered_both_ways(self, questions: Sequence[str]) -> int:
        """How many of the questions are answered in both directions, or for both persons, or do not apply."""
        return sum(self._both_ways(question) for question in questions)

    def _both_ways(self, question: str) -> bool:
        places = [(question, orientation) for orientation in ("AB", "BA", "A", "B", "")]
        places = [place for place in places if place in self.book.tables]
        return all(self.valued(place) for place in places) or not any(self.asked(place) for place in places)

    def asked(self, place: Place) -> bool:
        """Whether the condition under which a question is asked holds now."""
        when = self.book.tables[place].when
        return when is None or bool(when(self.strengths, self))

    def no(self, slot: int, question: str, competence: str, orientation: str = "") -> bool:
        """Whether a source competent for the finding answered the question "not found", there when a place is named."""
        after = self.after
        accounts = [one for one in self.zeros[slot] if one.table.question.id == question]
        if orientation or after is not None:
            accounts = [
                one
                for one in accounts
                if orientation in {"", one.table.orientation} and (after is None or one.answer.on > after)
            ]
        if not accounts:
            return False
        program = self.book.programs_by_slot[slot]
        judge = COMPETENCE[competence] if competence else program.judge
        wanted = program.complete.get(question)
        if wanted is None:
            return judge(accounts, program.x, program.y)
        competent = [account for account in accounts if judge([account], program.x, program.y)]
        return wanted <= frozenset(code for account in competent for code in account.codes)

    def anything_ruled_out(self, slot: int) -> bool:
        """The default zero: one question whose "not found" is competent."""
        return any(self.no(slot, question, "") for question in self.book.programs_by_slot[slot].ruled_out_by)

    def elements(self, slot: int, kind: str) -> int:
        """How many different elements of a kind stand."""
        return len({piece.key for piece in self.pieces[slot] if piece.kind == kind and piece.strength >= 1})

    def classes(self, slot: int, kind: str) -> int:
        """How many classes carry elements of a kind at 2 or more."""
        return len({p.source for p in self.pieces[slot] if p.kind == kind and p.strength >= 2 and p.source})

    def corroborated(self, slot: int, kind: str) -> bool:
        """Whether an element is admitted by the person, given by two classes, or several facts noted (13.11)."""
        person = self.book.programs_by_slot[slot].slot.actor
        carried: dict[str, set[str]] = defaultdict(set)
        for piece in self.pieces[slot]:
            if piece.kind == "fact":
                return True
            if piece.kind == kind:
                if piece.account.speaker == person and piece.account.safe:
                    return True
                carried[piece.key].add(piece.source)
        return any(len(classes - {""}) >= 2 for classes in carried.values())

    def reaches(self, slot: int) -> bool:
        """Whether counted elements alone make the finding at 2 or more."""
        needs = self.book.programs_by_slot[slot].slot.finding.needs
        return combined(merged_episodes(self.pieces[slot]), needs)[0] >= 2

    def act(self, name: str, role: str, values: Sequence[str]) -> bool:
        """Whether an act of that name is in force about this pair, person or case, with one of the values."""
        found = self.act_in_force(name, role)
        return found is not None and (not values or not set(values).isdisjoint(found.values))

    @cached_property
    def acted(self) -> frozenset[str]:
        """The names of the acts on file."""
        return frozenset(act.act for act in self.record.acts)

    def act_in_force(self, name: str, role: str) -> Act | None:
        """The act in force, or None."""
        if name not in self.acted:
            return None
        if (name, role) in self._in_force:
            return self._in_force[name, role]
        definition = self.book.rulebook.acts[name]
        about = self.persons.get(role, "") if role else self.pair.undirected if definition.about == "pair" else ""
        found = in_force(self.record.acts, name, about, self.on, definition)
        self._in_force[name, role] = found
        return found

    def signed(self, result: str) -> bool:
        """Whether W-SIGN is in force in this pair with that result (`W_A`: A of this pair)."""
        return self.act("W-SIGN", "", (result,))

    @cached_property
    def results_signed(self) -> frozenset[str]:
        """The results that are signed and in force in this pair."""
        found = self.act_in_force("W-SIGN", "")
        return frozenset(found.values) if found is not None else frozenset()

    @cached_property
    def opened_logbook(self) -> bool:
        """Whether flow k was opened: any of its questions answered."""
        return any(self.heard[number] is not None or self.silent[number] for number in self.book.logbook)

    def event(self) -> bool:
        """Whether flow k was opened: any of its questions answered."""
        return self.opened_logbook

    def measure(self, name: str, place: str) -> int | None:
        """A number computed from the record, once; None when it is not known."""
        key = (name, place)
        if key in self.measured:
            return self.measured[key]
        number = self.measured[key] = MEASURES[name].count(self, place)
        return number

    def meant(self, row: Row, column: str, letter: str) -> bool:
        """Whether a row is about that person: named in the column, `both`, or the column is empty."""
        cell = str(row.cells.get(column) or "").casefold()
        if cell in {"", "both"}:
            return True
        ids = {person.casefold(): where for person, where in self.letters.items()}
        return ids.get(cell, cell.upper()) == letter

    @staticmethod
    def cell(row: Row, column: str, values: Sequence[str]) -> bool:
        """Whether a column holds one of the values; a text or a list holds it as a word of its own."""
        held = row.cells.get(column)
        if isinstance(held, str) and (held in values or held.isidentifier()):
            return held in values  # a code; it holds no other words
        return held is not None and any(value in values for value in _words(held))

    def future(self, row: Row, column: str) -> bool:
        """Whether a column holds a day after the day of the assessment."""
        try:
            return date.fromisoformat(str(row.cells.get(column))) > self.on
        except ValueError:
            return False

    def costs(self, row: Row, column: str) -> bool:
        """Whether a text says that a refusal costs something: anything but words that say it costs nothing."""
        text = str(row.cells.get(column) or "").strip().rstrip(".").casefold()
        return bool(text) and text not in self.book.rulebook.words.get("no_cost", ())

    def adult(self, letter: str) -> bool:
        """Whether a person is known to be 18 or over today."""
        return (age := self.measure("age_now", letter)) is not None and age >= 18

    def under_18(self, letter: str) -> bool:
        """Whether a person is under 18 today; an age not known protects like one."""
        return not self.adult(letter)


def _words(held: Cell) -> Iterator[str]:
    if isinstance(held, tuple):
        yield from held
    elif isinstance(held, str):
        yield held
        yield from held.replace(",", " ").replace(";", " ").split()
