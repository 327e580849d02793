"""The usable answers of a case as accounts about one pair: who spoke, of which class, how safely (domain 12.1).

Accounts are made when they are asked for, place by place: most answers are read by their wording alone.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from triage.assess.compiled.compiling import CompiledRulebook
from triage.assess.compiled.tables import Table
from triage.assess.kept import kept
from triage.assess.pair_names import names_of
from triage.assess.slots import OTHER
from triage.assess.worth.accounts import Account, Silence, first_of, voice
from triage.assess.worth.standings import Standing, class_of
from triage.cases.record import Answer, CaseRecord, Pair

Elsewhere = tuple[Account, frozenset[str]]
"""An account about another pair, and the persons of this pair whose own findings it may speak for."""

NOT_FREE = frozenset({"not_free", "unsure"})
"""The answers to RI-17 that make each account of that contact unsafe."""

NOBODY = frozenset[str]()

NO_SILENCES: Sequence[Silence] = ()


class Testimony:
    """The accounts of one pair on one day: those of the pair by place, those of other pairs, and the non-answers.

    `dropped` are answers set aside; `withdrawn` keeps those that were taken back, to see what stood before.
    """

    def __init__(
        self, book: CompiledRulebook, record: CaseRecord, pair: Pair, on: date, dropped: frozenset[str], withdrawn: bool
    ) -> None:
        self.book, self.record, self.pair, self.on = book, record, pair, on
        self.pair_names = called = names_of(pair)
        self.letters, self.persons, self.names = called.letters, called.persons, called.names
        self.several = len(record.pairs) > 1
        alone = not self.several and record.births.keys() == self.letters.keys()  # nobody else in the case
        self.others = NOBODY if alone else frozenset(one.casefold() for one in record.births if one not in self.letters)
        self.places = called.own if alone else self._places_of_pair()
        self._dropped, self._withdrawn = dropped, withdrawn
        transcript = record.transcript
        self.everything_counts = not dropped and transcript.latest <= on < transcript.first_withdrawal
        self._all_are_meant = self.everything_counts and not self.several
        self._given, self._named = transcript.places, book.named
        self._served = [act.about for act in record.acts if act.act == "ISS-STATUS" and act.about in called.letters]
        self.served = frozenset([called.letters[one] for one in self._served])
        self._accounts: dict[int, list[Account]] = {}
        self._silences: dict[int, Sequence[Silence]] = {}

    def _places_of_pair(self) -> dict[str, tuple[str, bool]]:
        """The orientation of each `about` of the case, and whether it is this pair's own."""
        a, b = self.pair.a, self.pair.b
        places = {**dict.fromkeys(self.record.births, ("A", False)), **self.pair_names.own}
        for other in self.record.pairs:
            places[other.undirected] = ("", other is self.pair or other == self.pair)
            for x, y in ((other.a, other.b), (other.b, other.a)):
                letter = self.letters.get(y) or OTHER[self.letters.get(x, "A")]
                places[f"{x}>{y}"] = (OTHER[letter] + letter, {x, y} == {a, b})
        return places

    # --- which answers --------------------------------------------------------------------------------------------

    def counts(self, answer: Answer) -> bool:
        """Whether an answer is on file on the day, not set aside, and not taken back."""
        if answer.on > self.on or (self._dropped and answer.id in self._dropped):
            return False
        return self._withdrawn or answer.withdrawn is None or answer.withdrawn.on > self.on

    @kept
    def taken_back(self) -> bool:
        """Whether something about this case was withdrawn by then."""
        return self.record.transcript.first_withdrawal <= self.on and any(
            answer.withdrawn is not None
            and answer.withdrawn.on <= self.on
            and answer.on <= self.on
            and answer.about in self.places
            and answer.id not in self._dropped
            for answer in self.record.answers
        )

    def of_another_pair(self, about: str, by: str) -> bool:
        """Whether a person was described by someone with whom they make another pair: that pair alone is meant."""
        if by in self.letters or about not in self.letters:
            return False
        return any({pair.a, pair.b} == {by, about} for pair in self.record.pairs)

    def is_own(self, about: str, by: str) -> bool:
        """Whether what somebody says of somebody is said of this pair."""
        return self.places[about][1] and not (self.several and self.of_another_pair(about, by))

    def numbers(self, place: int) -> Sequence[int]:
        """The numbers of the answers that count at a place, in the order of the record."""
        question, where = self._named[place]
        given = self._given
        numbers: Sequence[int] = ()
        for about in self.pair_names.abouts[where]:
            if about in given and question in given[about]:
                more = given[about][question]
                numbers = sorted((*numbers, *more)) if numbers else more
        if self._all_are_meant:
            return numbers
        answers = ((number, self.record.answers[number]) for number in numbers)
        return [at for at, one in answers if self.counts(one) and self.is_own(one.about, one.by)]

    def accounts(self, place: int) -> list[Account]:
        """The accounts of one place, in the order of the record."""
        made = self._accounts.get(place)
        if made is None:
            table, answers = self.book.places[place], self.record.answers
            numbers = self.numbers(place)
            made = [self.account(at, answers[at], table) for at in numbers if not answers[at].non_answer]
            self._accounts[place] = made
            if len(made) == len(numbers):
                self._silences[place] = NO_SILENCES
        return made

    def answers(self, place: int) -> list[Answer]:
        """The answers of one place that are no non-answers, in the order of the record."""
        answers = self.record.answers
        return [answers[at] for at in self.numbers(place) if not answers[at].non_answer]

    def silences(self, place: int) -> Sequence[Silence]:
        """The non-answers of one place, in the order of the record."""
        made = self._silences.get(place)
        if made is None:
            table, answers = self.book.places[place], self.record.answers
            made = self._silences[place] = [
                (voice(self._speaker_of(answers[at], table), answers[at]), answers[at].on, at)
                for at in self.numbers(place)
                if answers[at].non_answer
            ]
        return made

    @kept
    def first_day(self) -> date | None:
        """The first day on which anything was answered about this pair."""
        own = (one for one in self.record.answers if one.about in self.places and not one.non_answer)
        return min((one.on for one in own if self.counts(one) and self.is_own(one.about, one.by)), default=None)

    @kept
    def elsewhere(self) -> Sequence[Elsewhere]:
        """The accounts about other pairs that speak for what all pairs share; they speak for nothing else."""
        found: list[Elsewhere] = []
        for number, answer in enumerate(self.record.answers):
            place = self.places.get(answer.about)
            if place is None or answer.non_answer or not self.book.tables_at[place[0]][answer.question].shared:
                continue
            if not self.is_own(answer.about, answer.by) and self.counts(answer):
                account = self.account(number, answer, self.book.tables_at[place[0]][answer.question])
                found.append((account, frozenset(self._shared(answer.about, own=place[1]))))
        return found

    def _shared(self, about: str, *, own: bool) -> str:
        """The letters of the persons of this pair whose own findings an answer about another pair may speak for."""
        if own:
            return self.letters[about]
        x, _, y = about.partition(">")
        return self.letters.get(y) or self.letters.get(x, "")

    # --- how they are taken ---------------------------------------------------------------------------------------

    def account(self, number: int, answer: Answer, table: Table) -> Account:
        """An answer as an account."""
        speaker = self.names.get(answer.by, answer.by) if answer.by else self._speaker_of(answer, table)
        standing = self._standing(answer, speaker)
        return Account(answer, number, table, standing, frozenset([row.code for row in answer.rows]))

    def is_safe(self, answer: Answer) -> bool:
        """Whether an answer can settle something: neither obtained unsafely nor relayed."""
        if answer.copy_of or self.unfree_contacts:
            table = self.book.tables_at[self.places[answer.about][0]][answer.question]
            return self.account(-1, answer, table).safe
        return not (answer.unsafe or answer.hearsay)

    def _speaker_of(self, answer: Answer, table: Table | None) -> str:
        """Whose words an answer is; without `by`, the support service speaks for nobody whom it does not serve."""
        if answer.by or table is None:
            return self.names.get(answer.by, answer.by)
        speaker = table.unnamed.get(answer.source, "")
        serves_another = answer.source == "ISS" and self._served and self.persons.get(speaker) not in self._served
        return "" if serves_another else speaker

    def _standing(self, answer: Answer, speaker: str) -> Standing:
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

    def at_unfree_contact(self, answer: Answer) -> bool:
        """Whether an answer was told at a contact at which the speaker was not free."""
        table = self.book.tables_at[self.places[answer.about][0]][answer.question]
        return self._at_unfree_contact(answer, self._speaker_of(answer, table))

    def _at_unfree_contact(self, answer: Answer, speaker: str) -> bool:
        if not self.unfree_contacts:
            return False
        person = self._ids.get(speaker, speaker)
        return any(
            who == person and (contact == answer.contact if contact and answer.contact else on == answer.on)
            for who, contact, on in self.unfree_contacts
        )

    @kept
    def _ids(self) -> Mapping[str, str]:
        """The id of each person by how this pair names them."""
        return {name: person for person, name in self.names.items()}

    @kept
    def unfree_contacts(self) -> frozenset[tuple[str, str, date]]:
        """Contacts (or days) at which a person could not speak freely (RI-17): each account of that contact is unsafe.

        Whatever became of the answer that says so since.
        """
        record, places = self.record, self.record.transcript.places
        asked = [record.answers[number] for one in record.births for number in places.get(one, {}).get("RI-17", ())]
        unfree = [answer for answer in asked for row in answer.rows if row.code in NOT_FREE]
        return frozenset([(answer.about, answer.contact, answer.on) for answer in unfree])
