"""Hear what a case says of one pair: most answers by their wording alone, the others one by one, as accounts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import compress
from typing import Any

from triage.assess.compiled.compiling import CompiledRulebook
from triage.assess.compiled.tables import Table
from triage.assess.gathering import Gathering
from triage.assess.kept import kept
from triage.assess.rows import Rows
from triage.assess.sayings import Said, facts_of, sayings_of
from triage.assess.speaking import NO_ROW, piece_of, rules_out
from triage.assess.testimony import Testimony
from triage.assess.worth.accounts import Account, Silence
from triage.assess.worth.competence import Told, at_two_contacts
from triage.assess.worth.pieces import Piece, Place
from triage.assess.worth.standings import SOMEBODY_ELSE
from triage.cases.record import Answer, CaseRecord, Pair
from triage.cases.voices import Voice, Wording

Behind = tuple[int, Piece | None, int]
"""A slot, what speaks for it (nothing: "not found"), and the number of the answer."""

NOTHING_YET: Any = ()
"""What every slot begins with: a tuple, so that nothing can ever be added to what all share."""


class Hearing(Rows):
    """What was said about one pair on one day, and what it is evidence for.

    `facts` are numbered by `book.facts`. By the number of a slot: `pieces` of evidence, and `denials`, each with the
    number of its answer, where rules look at who said "not found". By the number of a place: `declined`, the days on
    which it was; `said_at`, where measures look, all that was said, when it is `worded`. `unsafe` are the speakers of
    the accounts obtained unsafely; `superseded` the slots of states of which an earlier account was replaced;
    `other_classes` those heard on a subject that no source has as such (copies of what is not on file).
    Accounts, and with them the answers behind the evidence, are made when they are asked for.
    """

    # more of them than one shared layout of attributes holds: without slots each is looked up in a dictionary
    __slots__ = (
        "_asked", "_by_wording", "_elsewhere", "_gathered", "_kinds", "_safely", "_said", "_told_at", "_unreplaced",
        "_voices", "book", "declined", "denials", "facts", "letters", "on", "other_classes", "others", "pair",
        "persons", "pieces", "places", "record", "said_at", "superseded", "testimony", "unsafe", "worded",
    )  # fmt: skip

    def __init__(
        self, book: CompiledRulebook, record: CaseRecord, pair: Pair, on: date, dropped: frozenset[str], withdrawn: bool
    ) -> None:
        self.testimony = told = Testimony(book, record, pair, on, dropped, withdrawn)
        self.book, self.record, self.pair, self.on = book, record, pair, on
        self.letters, self.persons, self.places = told.letters, told.persons, told.places
        self.others = told.others
        self.facts: set[int] = set()
        self.pieces: list[list[Piece]] = [NOTHING_YET] * len(book.slots.all)
        self.denials: dict[int, list[tuple[int, Told]]] = defaultdict(list)
        self.declined: dict[int, set[date]] = defaultdict(set)
        self.unsafe: list[str] = []
        self.superseded: set[int] = set()
        self.other_classes: list[tuple[str, str]] = []
        self._told_at: dict[tuple[Sequence[int], int | None], Gathering] = {}
        self.said_at: dict[int, tuple[Said, ...]] = {}
        self._elsewhere = told.several
        self._asked: list[tuple[int, Said]] = []
        self._said: list[tuple[Sequence[int], Sequence[Said]]] = []
        self._gathered: list[Behind] = []
        self._unreplaced: dict[int, Said] = {}
        self._safely: dict[tuple[Place, str], Sequence[Answer]] = {}
        self._by_wording = self.worded = False
        self.listen()

    # --- what was said --------------------------------------------------------------------------------------------

    def listen(self) -> None:
        """Hear everything: the facts first, as the evidence may ask for what else was answered."""
        transcript, told, places = self.record.transcript, self.testimony, self.places
        self._voices = voices = sayings_of(self.book).heard_by(told.served)
        self._kinds = kinds = told.pair_names.speakers
        self._by_wording = by_wording = not told.unfree_contacts
        self.worded = by_wording and not told.several
        apart, numbers, said = [*transcript.apart], list[int](), list[Said]()
        for voice in transcript.voices:
            place = places.get(voice.about)
            if place is None:
                continue
            if not place[1] or (told.several and not told.is_own(voice.about, voice.by)):
                self._elsewhere = True
                continue
            known = voices[place[0], kinds.get(voice.by, SOMEBODY_ELSE)]
            if by_wording and told.everything_counts:
                numbers += voice.numbers
                said += map(known.__getitem__, voice.wordings)
            else:
                counted, wordings, unfree = self._counted(voice)
                numbers += counted
                said += map(known.__getitem__, wordings)
                apart += unfree
        self.facts.update(*[one.facts for one in said])
        self._said.append((numbers, said))
        later = self._marked(self._take(numbers, said))
        accounts = self._accounts_apart(apart, later) if apart else ()
        self._gather(accounts, self._take_states(later) if later else ())
        for number, one in self._asked:
            self._ask(number, one)

    def _counted(self, voice: Voice) -> tuple[Sequence[int], Sequence[Wording], Iterable[int]]:
        """The answers of a voice that count, with their wordings; and those that were given where one was not free."""
        told, answers = self.testimony, [self.record.answers[number] for number in voice.numbers]
        if not told.unfree_contacts:
            counted = [told.counts(answer) for answer in answers]
            return tuple(compress(voice.numbers, counted)), tuple(compress(voice.wordings, counted)), ()
        free = [not told.at_unfree_contact(answer) for answer in answers]
        kept = [is_free and told.counts(answer) for is_free, answer in zip(free, answers, strict=True)]
        unfree = [number for number, is_free in zip(voice.numbers, free, strict=True) if not is_free]
        return tuple(compress(voice.numbers, kept)), tuple(compress(voice.wordings, kept)), unfree

    def _take(self, numbers: Sequence[int], said: Sequence[Said]) -> list[tuple[int, Said]]:
        """Take the evidence in sayings, and what was said where measures look; gives those with anything beside."""
        pieces, denials, said_at, marked = self.pieces, self.denials, self.said_at, list[tuple[int, Said]]()
        for number, one in zip(numbers, said, strict=True):
            if not one.more:
                continue
            for slot, piece in one.pieces:
                if pieces[slot]:
                    pieces[slot].append(piece)
                else:
                    pieces[slot] = [piece]
            if not one.beside:
                continue
            for slot in one.denials:
                denials[slot].append((number, one))
            if one.counted:
                place = one.place
                said_at[place] = (*said_at[place], one) if place in said_at else (one,)
            if one.marked:
                marked.append((number, one))
        return marked

    def _marked(self, marked: Sequence[tuple[int, Said]]) -> dict[int, list[tuple[int, Said]]]:
        """Take what marked sayings say beside facts and evidence; gives by place what may have been replaced."""
        later: dict[int, list[tuple[int, Said]]] = {}
        for number, one in marked:
            if one.asked or one.seen:
                self._asked.append((number, one))
            if one.standing.unsafe:
                self.unsafe.append(one.standing.speaker)
            if one.alone is not None:
                later.setdefault(one.place, []).append((number, one))
        return later

    def _take_states(self, later: Mapping[int, Sequence[tuple[int, Said]]]) -> list[int]:
        """Take the answers to states that nothing has replaced; gives the places where accounts must tell."""
        unread, taken = list[int](), dict[int, Said]()
        for place, found in later.items():
            standing = self._not_replaced(self.book.places[place], found)
            if standing is None:
                unread.append(place)
                continue
            taken |= {number: said.alone for number, said in standing if said.alone is not None}
            if len(standing) < len(found):
                self.superseded.update(*[said.slots for number, said in found if number not in taken])
        numbers, alone = [*taken], [*taken.values()]
        self.facts.update(*[said.facts for said in alone])
        self._said.append((numbers, alone))
        self._unreplaced = taken
        self._asked += self._take(numbers, alone)
        return unread

    def _not_replaced(self, table: Table, found: Sequence[tuple[int, Said]]) -> Sequence[tuple[int, Said]] | None:
        """Those that nothing has replaced of the answers to a state; None where somebody spoke twice or fell silent."""
        if len(found) != len(self.testimony.numbers(table.number)):
            return None
        if not table.superseded_by:
            voices = {said.standing.speaker or said.standing.source for _, said in found}
            return found if len(voices) == len(found) else None
        if not table.of_states:
            return None
        answers = self.record.answers
        ordered = sorted(found, key=lambda one: (answers[one[0]].on, one[0]))
        standings = [said.standing for _, said in ordered]
        last = [at for at, one in enumerate(standings) if one.source in table.superseded_by and one.safe]
        return ordered[last[-1] :] if last else ordered

    def _accounts_apart(self, numbers: Iterable[int], later: dict[int, list[tuple[int, Said]]]) -> list[Account]:
        """Take the facts of non-answers, copies, and answers given at a contact at which somebody was not free.

        Gives the accounts among them that are to be gathered by themselves.
        """
        told, found = self.testimony, list[Account]()
        for number in numbers:
            answer = self.record.answers[number]
            if answer.about not in self.places or not told.counts(answer):
                continue
            if not told.is_own(answer.about, answer.by):
                self._elsewhere = True
                continue
            table = self.book.tables_at[self.places[answer.about][0]][answer.question]
            self.worded = self.worded and table.number not in self.book.looked_at
            if answer.non_answer:
                self._take_silence(answer, table.number)
                continue
            account = told.account(number, answer, table)
            self._state(account)
            if (table.state or table.superseded_by) and len(
                self.record.transcript.places[answer.about][answer.question]
            ) > 1:
                later.setdefault(table.number, [])
            else:
                found.append(account)
        return found

    def _take_silence(self, answer: Answer, place: int) -> None:
        """Take a not known, declined or not safe."""
        facts = self.book.facts
        self.facts |= {facts.silent(place), facts.codes[place][answer.non_answer]}
        if answer.non_answer == "DEC":
            self.declined[place].add(answer.on)

    def _state(self, account: Account) -> None:
        """Take the facts of an account."""
        facts, standing = self.book.facts, account.standing
        self.facts.update(facts_of(facts, account))
        if standing.unsafe:
            self.unsafe.append(standing.speaker)
        elif standing.safe:
            kind, subjects = standing.kind, facts.subjects[account.table.number]
            self.other_classes += [(one, kind) for one in subjects if kind not in facts.heard[one]]

    def _gather(self, accounts: Sequence[Account], later: Sequence[int]) -> None:
        """Gather what is not told by wordings: where the order of days counts, other pairs, accounts apart."""
        if not (accounts or later or self._elsewhere):
            return
        told, gathering = self.testimony, Gathering()
        for number in later:
            gathering.gather_place(self, self.book.places[number], told.accounts(number), told.silences(number))
        for account, letters in told.elsewhere if self._elsewhere else ():
            gathering.gather(self, account, letters)
        for account in accounts:
            gathering.gather(self, account)
        for slot, found in gathering.pieces.items():
            self._gathered += [(slot, piece, account.number) for piece, account in found]
            self.pieces[slot] = [*self.pieces[slot], *[piece for piece, _ in found]]
        for slot, zeros in gathering.zeros.items():
            self._gathered += [(slot, None, account.number) for account in zeros]
            if slot in self.book.judged:
                self.denials[slot] += [(one.number, one) for one in zeros]
        self.facts.update(map(self.book.facts.settled, gathering.settled))
        self.superseded |= gathering.superseded

    def _ask(self, number: int, said: Said) -> None:
        """Read the entries that ask for more than the wording from the answer itself."""
        for slot, options, pieces in said.seen:
            piece = pieces[self.seen_twice(said.table.place, said.standing.source, options)]
            if piece is not None:
                self._gathered.append((slot, piece, number))
                self.pieces[slot] = [*self.pieces[slot], piece]
        if not said.asked:
            return
        account = Account(self.record.answers[number], number, said.table, said.standing, said.codes)
        rows = account.answer.rows or (NO_ROW,)
        for entry, at, settled in said.asked:
            if at >= 0:
                piece = piece_of(self, entry, account, rows[at])
                if piece is not None:
                    self._gathered.append((entry.slot, piece, number))
                    self.pieces[entry.slot] = [*self.pieces[entry.slot], piece]
            elif rules_out(self, entry, account):
                self._gathered.append((entry.slot, None, number))
                self.facts.update(settled)
                if entry.slot in self.book.judged:
                    self.denials[entry.slot].append((number, account))

    # --- which answers those were ---------------------------------------------------------------------------------

    @property
    def taken_back(self) -> bool:
        """Whether something was withdrawn by then."""
        return self.testimony.taken_back

    def accounts_at(self, place: Place) -> list[Account]:
        """The usable accounts of one question in one orientation, in the order of the record."""
        number = self.book.numbers.get(place, -1)
        return self.testimony.accounts(number) if number in self.facts else []

    def answers_at(self, place: Place) -> Sequence[Answer]:
        """The same, as they stand in the record."""
        number = self.book.numbers.get(place, -1)
        return self.testimony.answers(number) if number in self.facts else ()

    def heard_safely(self, place: Place, source: str) -> Sequence[Answer]:
        """The usable answers of one source to one question in one orientation that can settle something."""
        found = self._safely.get((place, source))
        if found is None:
            given = self.testimony.answers(self.book.numbers[place])
            found = [one for one in given if one.source == source and self.testimony.is_safe(one)]
            self._safely[place, source] = found
        return found

    def seen_twice(self, place: Place, source: str, options: frozenset[str]) -> bool:
        """Whether one source saw some of these things, or anything, at two contacts on two dates."""
        heard = self.heard_safely(place, source)
        if len(heard) < 2:
            return False
        return at_two_contacts([one for one in heard if not options or not options.isdisjoint(one.codes)])

    def evidence_of(self, slot: int) -> Sequence[tuple[Piece | None, int]]:
        """All evidence of one finding, in no order, with the number of its answer; nothing: "not found"."""
        if not self._by_wording:
            told = self.told_of(slot)
            pieces = [(piece, account.number) for piece, account in told.pieces.get(slot, ())]
            return pieces + [(None, account.number) for account in told.zeros.get(slot, ())]
        found = [(piece, number) for at, piece, number in self._gathered if at == slot]
        for place in self.book.bearing[slot]:
            for number in self.testimony.numbers(place) if place in self.facts else ():
                said = self._unreplaced.get(number) or self._said_of(number)
                if said is not None:
                    found += [(piece, number) for at, piece in said.pieces if at == slot]
                    found += [(None, number)] if slot in said.zeros else []
        return found

    def _said_of(self, number: int) -> Said | None:
        """What an answer says in words of the flows, unless these do not tell."""
        wording, answer = self.record.transcript.wordings[number], self.record.answers[number]
        if wording is None:
            return None
        return self._voices[self.places[answer.about][0], self._kinds.get(answer.by, SOMEBODY_ELSE)][wording]

    def silences_at(self, place: Place) -> Sequence[Silence]:
        """The non-answers of one question in one orientation."""
        number = self.book.numbers.get(place)
        return self.testimony.silences(number) if number is not None else ()

    @kept
    def behind(self) -> Mapping[int, Sequence[tuple[Piece | None, int]]]:
        """By slot, all evidence with the number of its answer; for "not found", nothing with that number.

        First from other pairs, then place by place as they were first answered: the order in which reasons are told.
        """
        found: dict[int, list[tuple[Piece | None, int]]] = defaultdict(list)
        for slot, piece, number in self._gathered:
            found[slot].append((piece, number))
        for numbers, heard in self._said:
            for number, said in zip(numbers, heard, strict=True):
                for slot, one in said.pieces:
                    found[slot].append((one, number))
                for slot in said.zeros:
                    found[slot].append((None, number))
        order = self._order_of_answers
        for evidence in found.values():
            if len(evidence) > 1:
                evidence.sort(key=lambda one: order[one[1]])
        return found

    @kept
    def _order_of_answers(self) -> Mapping[int, tuple[int, int]]:
        """For the number of each answer: when its question was first answered, and the number itself."""
        told = self.testimony
        elsewhere = told.elsewhere if self._elsewhere else ()
        order = {account.number: (-1, account.number) for account, _ in elsewhere}
        alone = told.everything_counts and not self._elsewhere
        for about, asked in self.record.transcript.places.items():
            for numbers in asked.values():
                if alone and len(numbers) == 1:
                    order[numbers[0]] = numbers[0], numbers[0]
                    continue
                counted = [at for at in numbers if at not in order and self._speaks(about, at)]
                order.update([(at, (counted[0], at)) for at in counted])
        return order

    def _speaks(self, about: str, number: int) -> bool:
        """Whether an answer about something is one of this pair, and says anything."""
        told, answer = self.testimony, self.record.answers[number]
        own = about in self.places and told.is_own(about, answer.by)
        return own and not answer.non_answer and told.counts(answer)

    def told_at(self, places: Sequence[int], only: int | None = None) -> Gathering:
        """The evidence given at some places, of one finding only when a slot is named, with the answers behind it."""
        known = self._told_at.get((places, only))
        if known is None:
            known = self._told_at[places, only] = Gathering(only)
            told = self.testimony
            for account, letters in told.elsewhere if self._elsewhere else ():
                if account.table.number in places:
                    known.gather(self, account, letters)
            for number in places:
                if number in self.facts:
                    known.gather_place(self, self.book.places[number], told.accounts(number), told.silences(number))
        return known

    def told_of(self, slot: int) -> Gathering:
        """The evidence of one finding, with the answers behind it."""
        return self.told_at(self.book.bearing[slot], slot)

    def denied_by(self, slot: int, question: str) -> Sequence[Account]:
        """The accounts that answered a question so that they rule a finding out."""
        return self.told_at(self.book.denying.get((slot, question), ()), slot).zeros.get(slot, ())
