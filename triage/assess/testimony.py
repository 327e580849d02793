"""Who said what about a pair: the usable answers of a case as accounts, with speaker, class and safety (12.1)."""

from collections import defaultdict
from datetime import date

from triage.assess.accounts import PERSON_CLASS, Account, Silence, class_of, first_of, speaker_of, voice
from triage.assess.compiling import CompiledRulebook, Table
from triage.assess.pieces import Place
from triage.assess.slots import OTHER
from triage.cases.record import Answer, CaseRecord, Pair

Elsewhere = tuple[Account, frozenset[str]]
"""An account about another pair, and the persons of this pair whose own findings it may speak for."""


class Testimony:
    """The accounts of one pair on one day: those of the pair by place, those of other pairs, and the non-answers.

    `dropped` are answers set aside; `withdrawn` keeps those that were taken back, to see what stood before.
    """

    def __init__(
        self, book: CompiledRulebook, record: CaseRecord, pair: Pair, on: date, dropped: frozenset[str], withdrawn: bool
    ) -> None:
        self.book, self.record, self.pair, self.on = book, record, pair, on
        self.letters = {pair.a: "A", pair.b: "B"}
        self.persons = {"A": pair.a, "B": pair.b}
        self.several = len(record.pairs) > 1
        self.accounts: list[Account] = []
        self.by_place: dict[Place, list[Account]] = defaultdict(list)
        self.elsewhere: list[Elsewhere] = []
        self.non_answers: dict[Place, set[str]] = defaultdict(set)
        self.silences: dict[Place, list[Silence]] = defaultdict(list)
        self.declined: dict[Place, set[date]] = defaultdict(set)
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

    def _take_accounts(self, dropped: frozenset[str], withdrawn: bool) -> None:
        on, places, tables = self.on, self.places, self.book.tables
        for number, answer in enumerate(self.record.answers):
            where = places.get(answer.about)
            if where is None or answer.on > on or (dropped and answer.id in dropped):
                continue
            if answer.withdrawn is not None and not withdrawn and answer.withdrawn.on <= on:
                continue
            place = (answer.question, where[0])
            if not where[1] or (self.several and self._of_another_pair(answer)):
                self._take_elsewhere(number, answer, place, own=where[1])
            elif answer.non_answer:
                self.non_answers[place].add(answer.non_answer)
                self.silences[place].append((self._voice(answer, tables[place]), answer.on, number))
                if answer.non_answer == "DEC":
                    self.declined[place].add(answer.on)
            else:
                account = self._account(number, answer, where[0], tables[place])
                self.accounts.append(account)
                self.by_place[place].append(account)

    def _unnamed(self, answer: Answer, table: Table) -> str:
        """Whose words an answer without `by` is; the support service speaks for nobody whom it does not serve."""
        speaker = speaker_of(answer, table.question, table.x, table.y, self.letters)
        serves_another = answer.source == "ISS" and self._served and self.persons.get(speaker) not in self._served
        return "" if serves_another else speaker

    def _voice(self, answer: Answer, table: Table) -> str:
        return voice(self.letters.get(answer.by, answer.by) or self._unnamed(answer, table), answer)

    def _take_elsewhere(self, number: int, answer: Answer, place: Place, *, own: bool) -> None:
        """Take an answer about another pair: it speaks for what all pairs share, and for nothing else."""
        if not answer.non_answer:
            account = self._account(number, answer, place[1], self.book.tables[place])
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

    def _account(self, number: int, answer: Answer, orientation: str, table: Table) -> Account:
        if answer.copy_of:
            return self._copied_account(number, answer, orientation, table)
        by = answer.by
        speaker = self.letters.get(by, by) if by else self._unnamed(answer, table)
        unsafe = answer.tainted or answer.alone is False
        if self._unsafe_contacts and not unsafe:
            unsafe = self._at_unfree_contact(answer, speaker)
        return Account(
            answer,
            number,
            table.question,
            orientation,
            table.x,
            table.y,
            speaker,
            PERSON_CLASS.get(speaker, answer.source),
            unsafe,
            answer.hearsay,
            answer.interested,
            not unsafe and not answer.hearsay,
            frozenset([row.code for row in answer.rows]),
        )

    def _copied_account(self, number: int, answer: Answer, orientation: str, table: Table) -> Account:
        first, lost = first_of(answer, self.record.answers)
        speaker = self.letters.get(answer.by, answer.by) or self._speaker(first)
        unsafe = self._unsafe(answer, speaker) or self._unsafe(first, self._speaker(first))
        relayed = answer.hearsay or first.hearsay or first.source == "REF"
        return Account(
            answer=answer,
            number=number,
            question=table.question,
            orientation=orientation,
            x=table.x,
            y=table.y,
            speaker=speaker,
            kind=lost or class_of(first, self._speaker(first)),
            unsafe=unsafe,
            relayed=relayed,
            interested=answer.interested or first.interested,
            safe=not unsafe and not relayed,
            codes=frozenset(answer.codes),
        )

    def _speaker(self, answer: Answer) -> str:
        place = self.places.get(answer.about)
        table = self.book.tables.get((answer.question, place[0])) if place else None
        if table is None:
            return self.letters.get(answer.by, answer.by)
        return self.letters.get(answer.by, answer.by) or self._unnamed(answer, table)

    def _unsafe(self, answer: Answer, speaker: str) -> bool:
        """Whether it was obtained unsafely: so recorded, or told at a contact at which the speaker was not free."""
        return answer.tainted or answer.alone is False or self._at_unfree_contact(answer, speaker)

    def _at_unfree_contact(self, answer: Answer, speaker: str) -> bool:
        if not self._unsafe_contacts:
            return False
        person = self.persons.get(speaker, speaker)
        return any(
            who == person and (contact == answer.contact if contact and answer.contact else on == answer.on)
            for who, contact, on in self._unsafe_contacts
        )


def _unsafe_contacts(record: CaseRecord) -> frozenset[tuple[str, str, date]]:
    """Contacts (or days) at which a person could not speak freely (RI-17): every account of that contact is unsafe."""
    return frozenset(
        (answer.about, answer.contact, answer.on)
        for answer in record.answers
        if answer.question == "RI-17" and not {"not_free", "unsure"}.isdisjoint(answer.codes)
    )
