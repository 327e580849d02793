"""The usable answers and acts of a case as one pair sees them: who spoke, what was said, what was ruled out."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import date

from triage.assess.compiled.compiling import CompiledRulebook, Route
from triage.assess.compiled.denying import Denying, judged
from triage.assess.counting import counted_of
from triage.assess.hearing import Hearing
from triage.assess.kept import kept
from triage.assess.measuring.measures import MEASURES, NUMBERS, REVIEWS
from triage.assess.measuring.remembered import Counted, Uncounted
from triage.assess.reading.acts import all_in_force
from triage.assess.speaking import NO_ROW
from triage.assess.worth.accounts import Account, Silence
from triage.assess.worth.competence import Told, at_two_contacts, harmed
from triage.assess.worth.pieces import Place, combined
from triage.cases.record import Act, CaseRecord, Pair
from triage.flow.model import About

__all__ = ["NO_ROW", "Context"]

NOT_BY_WORDINGS = object()
"""What is told at every place of a case that wordings do not tell: nothing is ever remembered under it.

It is not None, which is what a case of wordings tells where nobody said anything.
"""


def not_by_wordings(_: int) -> object:
    """What a case tells at a place when more than wordings counts in it."""
    return NOT_BY_WORDINGS


class Context(Hearing):
    """What the compiled conditions of one pair ask; built once per pair and day, then only read.

    `strengths`, by the number of a slot, and `resting`, what a rule that fired rests on, are filled by the evaluation.
    `after` limits `no` to accounts given later than a day (settling a 1). `acted` are the names of the acts on file,
    `in_force` those that count, by name and whom they are about, `results_signed` the results signed among them.
    `leapt` are, once asked for, the places that edges of a route pass over. `told` gives by place what was said where
    measures look, when wordings are all that there is to it.
    """

    __slots__ = (
        "acted", "after", "harm", "in_force", "leapt", "measured", "resting", "results_signed", "strengths", "told",
    )  # fmt: skip

    def __init__(
        self, book: CompiledRulebook, record: CaseRecord, pair: Pair, on: date, dropped: frozenset[str], withdrawn: bool
    ) -> None:
        self.after: date | None = None
        self.strengths: list[int] = [-1] * book.slots.size
        self.resting: dict[int, tuple[tuple[int, bool], ...]] = {}
        self.measured: list[Counted] = [Uncounted.NOT_YET] * len(NUMBERS)
        self.harm: tuple[date, date] | None = None
        self.leapt: dict[Route, Collection[int]] = {}
        super().__init__(book, record, pair, on, dropped, withdrawn)
        self.acted = {act.act for act in record.acts}
        self.in_force = all_in_force(self._own_acts(), on, book.rulebook.acts)
        self.results_signed = self.in_force["W-SIGN", ""].values if ("W-SIGN", "") in self.in_force else ()
        self.told: Callable[[int], object] = self.said_at.get if self.worded else not_by_wordings

    # --- what is on file ------------------------------------------------------------------------------------------

    @kept
    def order(self) -> Sequence[int]:
        """The places that are answered, in the order in which they first were."""
        accounts = self.testimony.accounts
        answered = (number for number in range(len(self.book.places)) if number in self.facts)
        return sorted(answered, key=lambda number: accounts(number)[0].number)

    @kept
    def by_place(self) -> Mapping[Place, list[Account]]:
        """The accounts by question and orientation, in the order in which the places were first answered."""
        return {self.book.places[number].place: self.testimony.accounts(number) for number in self.order}

    @kept
    def silences(self) -> Mapping[Place, Sequence[Silence]]:
        """The non-answers by question and orientation."""
        found = {table.place: self.testimony.silences(table.number) for table in self.book.places}
        return {place: silences for place, silences in found.items() if silences}

    @kept
    def accounts(self) -> list[Account]:
        """All accounts about the pair, in the order of the record."""
        return sorted((one for found in self.by_place.values() for one in found), key=lambda one: one.number)

    @property
    def unsafe_accounts(self) -> list[Account]:
        """The accounts about the pair that were obtained unsafely."""
        return [one for one in self.accounts if one.unsafe]

    def classes_heard_on(self, subject: str) -> int:
        """How many classes were heard safely on a subject."""
        others = {kind for on, kind in self.other_classes if on == subject} if self.other_classes else ()
        return len(self.facts.intersection(self.book.facts.classes[subject])) + len(others)

    def anchored_on(self, subject: str) -> bool:
        """Whether the support service, or a record that observed, was heard safely on a subject."""
        return self.book.facts.anchored[subject] in self.facts

    # --- what conditions ask --------------------------------------------------------------------------------------

    def said(self, place: Place, codes: Sequence[str]) -> bool:
        """Whether any usable answer there holds one of the codes."""
        known = self.book.facts.codes[self.book.numbers[place]]
        if any(known.get(code) in self.facts for code in codes):
            return True
        unread = [code for code in codes if code not in known]
        return bool(unread) and any(not account.codes.isdisjoint(unread) for account in self.accounts_at(place))

    def valued(self, place: Place) -> bool:
        """Whether the question has a value other than NK, DEC, NSA there."""
        number = self.book.numbers.get(place)
        return number is not None and self.book.facts.answered(number) in self.facts

    def recorded(self, place: Place) -> bool:
        """Whether anything was recorded there, a non-answer included."""
        number = self.book.numbers.get(place)
        return number is not None and not self.facts.isdisjoint(self.book.facts.recorded(number))

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
        """Whether a source competent for the finding answered the question "not found", there when a place is named.

        By the accounts themselves: also where the days count on which they were given.
        """
        accounts, after = self.denied_by(slot, question), self.after
        later = accounts if after is None else [one for one in accounts if one.answer.on > after]
        return judged(self.book.denyings[slot, question, competence, orientation], later)

    def denied(self, asked: Denying) -> bool:
        """The same by wordings, unless the competence itself looks at days."""
        found: Sequence[tuple[int, Told]] = self.denials.get(asked.slot, ())
        if asked.question:
            found = [one for one in found if one[1].table.question.id == asked.question]
        if asked.by_accounts:
            answers, x, y = self.record.answers, asked.x, asked.y
            heard = [answers[at] for at, one in found if harmed(one.standing, x, y)]
            return asked.wanted is None and len(heard) > 1 and at_two_contacts(heard)
        return bool(found) and judged(asked, [one for _, one in found])

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
                if piece.standing.speaker == person and piece.standing.safe:
                    return True
                carried[piece.key].add(piece.source)
        return any(len(classes - {""}) >= 2 for classes in carried.values())

    def reaches(self, slot: int) -> bool:
        """Whether counted elements alone make the finding at 2 or more."""
        needs = self.book.programs_by_slot[slot].slot.finding.needs
        return combined(self.pieces[slot], needs)[0] >= 2

    @kept
    def last_review(self) -> date | None:
        """The day of the last review of the pair (W-SIGN or REVIEW-CONCLUDED)."""
        about, on = self.pair.undirected, self.on
        return max(
            [act.on for act in self.record.acts if act.act in REVIEWS and act.about == about and act.on <= on],
            default=None,
        )

    def act(self, name: str, role: str, values: Sequence[str]) -> bool:
        """Whether an act of that name is in force about this pair, person or case, with one of the values."""
        found = self.act_in_force(name, role)
        return found is not None and (not values or not set(values).isdisjoint(found.values))

    def act_in_force(self, name: str, role: str) -> Act | None:
        """The act in force, or None."""
        return self.in_force.get((name, role))

    def _own_acts(self) -> Iterator[tuple[tuple[str, str], Act]]:
        """The acts about A, about B, and about the pair or the case, each under its name and whom it is about."""
        definitions, letters, pair = self.book.rulebook.acts, self.letters, self.testimony.pair_names.undirected
        for act in self.record.acts:
            definition, role = definitions.get(act.act), letters.get(act.about, "")
            if definition and (role or act.about == (pair if definition.about is About.PAIR else "")):
                yield (act.act, role), act

    def signed(self, result: str) -> bool:
        """Whether W-SIGN is in force in this pair with that result (`W_A`: A of this pair)."""
        return self.act("W-SIGN", "", (result,))

    @kept
    def opened_logbook(self) -> bool:
        """Whether flow k was opened: any of its questions answered."""
        return not self.facts.isdisjoint(self.book.logbook)

    def event(self) -> bool:
        """Whether flow k was opened: any of its questions answered."""
        return self.opened_logbook

    def measure(self, name: str, place: str) -> int | None:
        """A number computed from the record, once; None when it is not known."""
        number = NUMBERS.get((name, place))
        return MEASURES[name].count(self, place) if number is None else self.measure_of(number, name, place)

    def measure_of(self, number: int, name: str, place: str) -> int | None:
        """The same, by its number among all measures."""
        counted = self.measured[number]
        if isinstance(counted, Uncounted):
            by_wording = self.worded and self.book.measured_at[number]
            counted = counted_of(self.book, name, place, number, self.said_at) if by_wording else counted
            if isinstance(counted, Uncounted):
                counted = MEASURES[name].count(self, place)
            self.measured[number] = counted
        return counted

    def adult(self, letter: str) -> bool:
        """Whether a person is known to be 18 or over today."""
        return (age := self.measure("age_now", letter)) is not None and age >= 18

    def under_18(self, letter: str) -> bool:
        """Whether a person is under 18 today; an age not known protects like one."""
        return not self.adult(letter)
