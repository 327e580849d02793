"""The usable answers and acts of a case as one pair sees them: who spoke, what was said, what was ruled out."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property

from triage.assess.accounts import COMPETENCE, Account, Silence, credit, fixed, latest
from triage.assess.compiling import SOURCE, CompiledRulebook, Entry, Table
from triage.assess.measuring.measures import MEASURES
from triage.assess.pieces import Piece, Place, combined, merged_episodes
from triage.assess.reading.acts import in_force
from triage.assess.testimony import Elsewhere, Testimony
from triage.cases.record import Act, CaseRecord, Cell, Pair, Row

NO_ROW = Row("")
BOTH = frozenset("AB")
OBSERVERS = frozenset({"HLT", "CSC", "POL", "OBS"})


class Context:
    """What the compiled conditions of one pair ask; built once per pair and day, then only read.

    `strengths` is filled by the evaluation; `after` limits `no` to accounts given later than a day (settling a 1).
    """

    EMPTY = (None, "", ())

    def __init__(
        self, book: CompiledRulebook, record: CaseRecord, pair: Pair, on: date, dropped: frozenset[str], withdrawn: bool
    ) -> None:
        told = Testimony(book, record, pair, on, dropped, withdrawn)
        self.book, self.record, self.pair, self.on = book, record, pair, on
        self.letters, self.persons, self.places = told.letters, told.persons, told.places
        self.accounts, self.by_place = told.accounts, told.by_place
        self.non_answers, self.silences, self.declined = told.non_answers, told.silences, told.declined
        self.after: date | None = None
        self.pieces: list[list[Piece]] = [[] for _ in book.slots.all]
        self.zeros: list[list[tuple[Entry, Account]]] = [[] for _ in book.slots.all]
        self.not_found: dict[tuple[int, str], list[Account]] = defaultdict(list)
        self.classes_of: list[frozenset[str]] = [frozenset()] * book.slots.size
        self.strengths: list[int] = [-1] * book.slots.size
        self.superseded: set[int] = set()
        self.measured: dict[tuple[str, str], int | None] = {}
        self._in_force: dict[tuple[str, str], Act | None] = {}
        self._of_flow: dict[str, list[Account]] = {}
        self.harm: tuple[date, date] | None = None
        self._gather(told.elsewhere)

    # --- gathering ------------------------------------------------------------------------------------------------

    def _gather(self, elsewhere: Sequence[Elsewhere]) -> None:
        for account, letters in elsewhere:
            self._gather_one(account, self.book.tables[account.question.id, account.orientation], letters)
        for place, accounts in self.by_place.items():
            table = self.book.tables[place]
            silences = self.silences.get(place, ()) if table.state else ()
            current = None
            if table.state and (silences or len(accounts) > 1):
                current = _current(accounts, table, silences)
            for account in accounts:
                self._gather_one(account, table, BOTH, current is None or account.number in current)

    def _gather_one(self, account: Account, table: Table, letters: frozenset[str], latest: bool = True) -> None:
        foreign, by_code, codes = letters is not BOTH, table.by_code, account.codes
        for row in account.answer.rows or (NO_ROW,):
            for entry in by_code.get(row.code, ()):
                if foreign and not entry.shared(letters):
                    continue
                if latest or not entry.state:
                    self._speak(entry, account, row)
                elif entry.strength != 0:
                    self.superseded.add(entry.slot)
        for entry in table.zeros:
            ruled_out = codes <= entry.options if entry.plain else self._rules_out(entry, account)
            if not ruled_out or (entry.state and not latest) or (foreign and not entry.shared(letters)):
                continue
            if entry.superseded_by and self._silenced(account):
                continue
            self.zeros[entry.slot].append((entry, account))
            self.not_found[entry.slot, entry.question].append(account)

    def _silenced(self, account: Account) -> bool:
        """Whether anyone said later that it is not known: a "no danger" does not outlast that."""
        silences = self.silences.get((account.question.id, account.orientation), ())
        return any((on, number) > (account.answer.on, account.number) for _, on, number in silences)

    def _speak(self, entry: Entry, account: Account, row: Row) -> None:
        scaled = not entry.scale or row.scale in entry.scale
        if not entry.plain and not self._speaks(entry, account, row, scaled=scaled):
            return
        if entry.strength == SOURCE:
            strength = min(credit(account, entry.actor, entry.other, entry.acts), entry.cap)
        else:
            strength = fixed(account, entry.strength, entry.acts)
        kind, key, element = account.kind, "", entry.element
        if entry.observers and account.answer.source in OBSERVERS and account.speaker not in BOTH:
            kind = kind if self._seen_twice(account, entry) else ""
        if element is not None:
            key = element.key or element.keys.get(row.code, "") or self._key(row, element.cell)
        self.pieces[entry.slot].append(Piece(strength if scaled else min(strength, 1), kind, account, entry.kind, key))

    def _speaks(self, entry: Entry, account: Account, row: Row, *, scaled: bool) -> bool:
        """Whether a row says what the entry asks; a second code that was not given leaves it possible."""
        if not scaled and (row.scale or not row.code):
            return False
        if entry.follow_up and account.answer.follow_up not in entry.follow_up:
            return False
        if entry.whole and not account.codes <= entry.options:
            return False
        return entry.when is None or bool(entry.when(self, row, account))

    def _key(self, row: Row, cell: str) -> str:
        if not cell:
            return row.code
        return row.scale if cell == "scale" else str(row.cells.get(cell) or "")

    def _seen_twice(self, account: Account, entry: Entry) -> bool:
        """Whether this source saw such things at two contacts on two dates."""
        seen = [
            one
            for one in self.by_place[account.question.id, account.orientation]
            if one.answer.source == account.answer.source
            and one.safe
            and not (entry.options and one.codes.isdisjoint(entry.options))
        ]
        return any(a.contact != b.contact and a.answer.on != b.answer.on for a in seen for b in seen)

    def _rules_out(self, entry: Entry, account: Account) -> bool:
        rows = account.answer.rows
        if entry.loose:
            said = any(row.code in entry.options and (not entry.scale or row.scale in entry.scale) for row in rows)
        else:
            said = (not entry.options or account.codes <= entry.options) and (
                not entry.scale or all(row.scale in entry.scale for row in rows)
            )
        return said and (entry.when is None or bool(entry.when(self, rows[0] if rows else NO_ROW, account)))

    @cached_property
    def unsafe_accounts(self) -> list[Account]:
        """The accounts obtained unsafely."""
        return [account for account in self.accounts if account.unsafe]

    def of_flow(self, flow: str) -> list[Account]:
        """The accounts of the questions of one flow."""
        if flow not in self._of_flow:
            self._of_flow[flow] = [one for one in self.accounts if one.question.flow == flow]
        return self._of_flow[flow]

    # --- what conditions ask --------------------------------------------------------------------------------------

    def said(self, place: Place, codes: Sequence[str]) -> bool:
        """Whether any usable answer there holds one of the codes."""
        accounts = self.by_place.get(place, ())
        return any(not account.codes.isdisjoint(codes) for account in accounts) or (
            place in self.non_answers and not self.non_answers[place].isdisjoint(codes)
        )

    def valued(self, place: Place) -> bool:
        """Whether the question has a value other than NK, DEC, NSA there."""
        return place in self.by_place

    def recorded(self, place: Place) -> bool:
        """Whether anything was recorded there, a non-answer included."""
        return place in self.by_place or place in self.non_answers

    def answered_or_declined(self, place: Place) -> bool:
        """Answered, or declined on two dates (correction 13)."""
        return place in self.by_place or self.declined_twice(place)

    def declined_twice(self, place: Place) -> bool:
        """Declined at two dated contacts."""
        return len(self.declined.get(place, ())) >= 2

    def answered_both_ways(self, questions: Sequence[str]) -> int:
        """How many of the questions are answered in both directions, or for both persons, or do not apply."""
        return sum(self._both_ways(question) for question in questions)

    def _both_ways(self, question: str) -> bool:
        places = [(question, orientation) for orientation in ("AB", "BA", "A", "B", "")]
        places = [place for place in places if place in self.book.tables]
        return all(place in self.by_place for place in places) or not any(self.asked(place) for place in places)

    def asked(self, place: Place) -> bool:
        """Whether the condition under which a question is asked holds now."""
        when = self.book.tables[place].when
        return when is None or bool(when(self.strengths, self))

    def no(self, slot: int, question: str, competence: str, orientation: str = "") -> bool:
        """Whether a source competent for the finding answered the question "not found", there when a place is named."""
        if (slot, question) not in self.not_found:
            return False
        accounts = self.not_found[slot, question]
        if orientation or self.after:
            accounts = [
                one
                for one in accounts
                if orientation in {"", one.orientation} and (self.after is None or one.answer.on > self.after)
            ]
        program = self.book.programs_by_slot[slot]
        judge = COMPETENCE[competence] if competence else program.judge
        wanted = program.complete.get(question)
        if wanted is None:
            return judge(accounts, program.x, program.y)
        competent = [account for account in accounts if judge([account], program.x, program.y)]
        return wanted <= frozenset(code for account in competent for code in account.codes)

    def anything_ruled_out(self, slot: int) -> bool:
        """The default zero: one question whose "not found" is competent."""
        for question in self.book.programs_by_slot[slot].ruled_out_by:
            if (slot, question) in self.not_found and self.no(slot, question, ""):
                return True
        return False

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

    def act_in_force(self, name: str, role: str) -> Act | None:
        """The act in force, or None."""
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

    def event(self) -> bool:
        """Whether flow k was opened: any of its questions answered."""
        return any(question.startswith("RC-") for question, _ in (*self.by_place, *self.non_answers))

    def measure(self, name: str, place: str) -> int | None:
        """A number computed from the record, once; None when it is not known."""
        key = (name, place)
        if key not in self.measured:
            self.measured[key] = MEASURES[name](self, place)
        return self.measured[key]

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
        return any(value in values for value in _words(held))

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


def _current(accounts: Sequence[Account], table: Table, silences: Sequence[Silence]) -> frozenset[int]:
    """The accounts that count for a state: the latest of each speaker, or all since the last that supersedes any."""
    if not table.superseded_by:
        return frozenset(one.number for one in latest(accounts, silences))
    ordered = sorted(accounts, key=lambda one: (one.answer.on, one.number))
    superseding = (n for n, one in enumerate(ordered) if one.answer.source in table.superseded_by and one.safe)
    return frozenset(one.number for one in ordered[max(superseding, default=0) :])
