"""Take the testimony about a pair: the usable answers of a case as accounts, with speaker, class and safety (12.1)."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from triage.assess.compiled.compiling import CompiledRulebook
from triage.assess.compiled.tables import Table
from triage.assess.slots import OTHER
from triage.assess.speaking import Spoken
from triage.assess.worth.accounts import Account, Silence, first_of, voice
from triage.assess.worth.standings import Standing, class_of
from triage.cases.record import Answer, CaseRecord, Pair

Elsewhere = tuple[Account, frozenset[str]]
"""An account about another pair, and the persons of this pair whose own findings it may speak for."""

NOT_OF_THE_PAIR = {"A": "another A", "B": "another B"}
"""How a person of the case is called who is not of the pair, and whose id is a letter of the pair."""

NOTHING_SAID: frozenset[str] = frozenset()
UNSPOKEN: Mapping[object, Spoken | None] = {}


class Testimony:
    """The accounts of one pair on one day: those of the pair by place, those of other pairs, and the non-answers.

    `heard` has, for each numbered place, its accounts or None; `order` the places in the order in which they were first
    answered; `codes` every code chosen there; `silent` every non-answer given there; `unsafe` the accounts obtained
    unsafely; `taken_back`: something was withdrawn by then. `dropped` are answers set aside; `withdrawn`
    keeps those that were taken back, to see what stood before.
    """

    def __init__(
        self, book: CompiledRulebook, record: CaseRecord, pair: Pair, on: date, dropped: frozenset[str], withdrawn: bool
    ) -> None:
        self.book, self.record, self.pair, self.on = book, record, pair, on
        self.letters = {pair.a: "A", pair.b: "B"}
        self.persons = {"A": pair.a, "B": pair.b}
        self.names = NOT_OF_THE_PAIR | self.letters
        self._ids = {name: person for person, name in self.names.items()}
        self.several = len(record.pairs) > 1
        self.heard: list[list[Account] | None] = [None] * len(book.places)
        self.codes = [NOTHING_SAID] * len(book.places)
        self.silent = [NOTHING_SAID] * len(book.places)
        self.order: list[int] = []
        self.unsafe: list[Account] = []
        self.taken_back = False
        self.elsewhere: list[Elsewhere] = []
        self.silences_at: dict[int, list[Silence]] = defaultdict(list)
        self.declined: dict[int, set[date]] = defaultdict(set)
        self.places = self._places_of_pair()
        self._unsafe_contacts = _unsafe_contacts(record)
        self._served = {act.about for act in record.acts if act.act == "ISS-STATUS" and act.about in self.letters}
        self._take_accounts(dropped, withdrawn)

    def _places_of_pair(self) -> dict[str, tuple[str, bool]]:
        """The orientation of each `about` of the case, and whether it is this pair's own."""
        a, b = self.pair.a, self.pair.b
        places = dict.fromkeys(self.record.births, ("A", False)) | {
            "": ("", True),
            a: ("A", True),
            b: ("B", True),
        }
        for other in self.record.pairs:
            places[other.undirected] = ("", other is self.pair or other == self.pair)
            for x, y in ((other.a, other.b), (other.b, other.a)):
                letter = self.letters.get(y) or OTHER[self.letters.get(x, "A")]
                places[f"{x}>{y}"] = (OTHER[letter] + letter, {x, y} == {a, b})
        return places

    def _take_accounts(self, dropped: frozenset[str], withdrawn: bool) -> None:  # noqa: C901, PLR0912 - the loop over all answers: every call would be made for each
        on, heard, order, codes = self.on, self.heard, self.order, self.codes
        met: dict[tuple[str, str, bool | None], Standing] = {}
        tables, plain = self.book.tables_at, self.book.standings.plain
        several, marked = self.several, bool(self._unsafe_contacts)
        where_of = {about: (tables[where], own) for about, (where, own) in self.places.items()}
        for number, answer in enumerate(self.record.answers):
            where = where_of.get(answer.about)
            if where is None or answer.on > on or (dropped and answer.id in dropped):
                continue
            if answer.withdrawn is not None and answer.withdrawn.on <= on:
                self.taken_back = True
                if not withdrawn:
                    continue
            table = where[0][answer.question]
            if not where[1] or (several and self._of_another_pair(answer)):
                self._take_elsewhere(number, answer, table, own=where[1])
                continue
            if answer.non_answer:
                self._take_silence(number, answer, table)
                continue
            by = answer.by
            if answer.tainted or answer.hearsay or answer.interested or answer.recording or marked or answer.copy_of:
                standing = self._marked(answer, self._speaker_of(answer, table))
            elif by:
                standing = met.get((answer.source, by, answer.alone)) or self._met(answer, met)
            else:
                speaker = table.unnamed.get(answer.source, "")
                if speaker and answer.source == "ISS":
                    speaker = self._speaker_of(answer, table)
                standing = plain.get((answer.source, speaker, answer.alone)) or self._marked(answer, speaker)
            place, rows = table.number, answer.rows
            said = None
            if len(rows) == 1 and not (row := rows[0]).scale and not row.cells:
                said = standing.spoken.get(place, UNSPOKEN).get(row.code)
            chosen = frozenset([row.code for row in rows]) if said is None else said.codes
            account = Account(answer, number, table, standing, chosen, said)
            if standing.unsafe:
                self.unsafe.append(account)
            accounts = heard[place]
            if accounts is None:
                heard[place], codes[place] = [account], chosen
                order.append(place)
            else:
                accounts.append(account)
                codes[place] |= chosen

    def _met(self, answer: Answer, met: dict[tuple[str, str, bool | None], Standing]) -> Standing:
        """How unmarked words of somebody named are taken; the same for all of theirs."""
        standing = self._marked(answer, self.names.get(answer.by, answer.by))
        met[answer.source, answer.by, answer.alone] = standing
        return standing

    def _take_silence(self, number: int, answer: Answer, table: Table) -> None:
        """Take a not known, declined or not safe."""
        place = table.number
        self.silent[place] |= {answer.non_answer}
        self.silences_at[place].append((voice(self._speaker_of(answer, table), answer), answer.on, number))
        if answer.non_answer == "DEC":
            self.declined[place].add(answer.on)

    def _take_elsewhere(self, number: int, answer: Answer, table: Table, *, own: bool) -> None:
        """Take an answer about another pair: it speaks for what all pairs share, and for nothing else."""
        if not answer.non_answer:
            standing = self._marked(answer, self._speaker_of(answer, table))
            account = Account(answer, number, table, standing, frozenset(answer.codes), None)
            self.elsewhere.append((account, frozenset(self._shared(answer.about, own=own))))

    def _of_another_pair(self, answer: Answer) -> bool:
        """Whether a person was described by someone with whom they make another pair: that pair alone is meant."""
        if answer.by in self.letters or answer.about not in self.letters:
            return False
        return any({pair.a, pair.b} == {answer.by, answer.about} for pair in self.record.pairs)

    def _shared(self, about: str, *, own: bool) -> str:
        """The letters of the persons of this pair whose own findings an answer about another pair may speak for."""
        if own:
            return self.letters[about]
        x, _, y = about.partition(">")
        return self.letters.get(y) or self.letters.get(x, "")

    def _speaker_of(self, answer: Answer, table: Table | None) -> str:
        """Whose words an answer is; without `by`, the support service speaks for nobody whom it does not serve."""
        if answer.by or table is None:
            return self.names.get(answer.by, answer.by)
        speaker = table.unnamed.get(answer.source, "")
        serves_another = answer.source == "ISS" and self._served and self.persons.get(speaker) not in self._served
        return "" if serves_another else speaker

    def _marked(self, answer: Answer, speaker: str) -> Standing:
        """How an answer is taken, whatever marks it."""
        if answer.copy_of:
            return self._copied(answer)
        return self.book.standings.of(
            (
                answer.source,
                speaker,
                answer.alone,
                self._unsafe(answer, speaker),
                answer.hearsay,
                answer.interested,
                answer.recording == "authenticated",
            )
        )

    def _copied(self, answer: Answer) -> Standing:
        """How a copy is taken: from the class of the first account, and no better than that."""
        first, lost = first_of(answer, self.record.answers)
        spoke = self._first_speaker(first)
        speaker = self.names.get(answer.by, answer.by) or spoke
        return Standing(
            answer.source,
            speaker,
            lost or class_of(first.source, spoke),
            answer.alone,
            unsafe=self._unsafe(answer, speaker) or self._unsafe(first, spoke),
            relayed=answer.hearsay or first.hearsay or first.source == "REF",
            interested=answer.interested or first.interested,
            authenticated=answer.recording == "authenticated",
        )

    def _first_speaker(self, answer: Answer) -> str:
        place = self.places.get(answer.about)
        return self._speaker_of(answer, self.book.tables.get((answer.question, place[0])) if place else None)

    def _unsafe(self, answer: Answer, speaker: str) -> bool:
        """Whether it was obtained unsafely: so recorded, or told at a contact at which the speaker was not free."""
        return answer.tainted or answer.alone is False or self._at_unfree_contact(answer, speaker)

    def _at_unfree_contact(self, answer: Answer, speaker: str) -> bool:
        if not self._unsafe_contacts:
            return False
        person = self._ids.get(speaker, speaker)
        return any(
            who == person and (contact == answer.contact if contact and answer.contact else on == answer.on)
            for who, contact, on in self._unsafe_contacts
        )


def _unsafe_contacts(record: CaseRecord) -> frozenset[tuple[str, str, date]]:
    """Contacts (or days) at which a person could not speak freely (RI-17): every account of that contact is unsafe."""
    asked = [answer for answer in record.answers if answer.question == "RI-17"]
    unfree = (answer for answer in asked if not {"not_free", "unsure"}.isdisjoint(answer.codes))
    return frozenset((answer.about, answer.contact, answer.on) for answer in unfree)
