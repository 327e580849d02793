"""Which questions could still tell about a fact, and of whom each is asked most safely.

The order is a rule of safety, not of convenience: what somebody lived is asked of their own support service first; then
of records; a person is asked about their own life alone, and nobody is asked what they did while another source can
tell, because the question itself would show what the other side said (clauses 1.2 and 4.4; INV-06).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from triage.assess.compiled.tables import Table
from triage.assess.findings import PairFindings
from triage.assess.slots import Slot
from triage.assess.walk import named, walks_of
from triage.flow.conditions import Test, tests
from triage.flow.model import About, Question
from triage.flow.values import Strength, doubtful
from triage.flow.vocabulary import split_role

OWN_WORDS = "SELF"
SAFEST_FIRST = ("ISS", "HLT", "CSC", "POL", "CRT", "OBS", OWN_WORDS, "TP", "REF")
SETTLED_BY: Mapping[str, frozenset[str]] = {
    "health": frozenset({"HLT"}),
    "papers": frozenset({"CRT"}),
    "court_records": frozenset({"POL", "CRT"}),
    "order_records": frozenset({"POL", "CRT", "ISS"}),
}
"""Competences that belong to records: where only these can rule a finding out, they are asked first."""
_ASKING = frozenset({"answer", "answered", "answered_or_declined", "declined_twice", "no", "count"})


@dataclass(frozen=True, slots=True)
class Source:
    """A class of source that may tell; `speaker` is whose own words are meant, where they are."""

    code: str
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question at a place that could tell about a fact; `answered` when a further source is what is missing."""

    question: str
    about: str
    sources: tuple[Source, ...]
    answered: bool


@dataclass(frozen=True)
class Asking:
    """What could still be asked about one pair."""

    findings: PairFindings

    def about(self, fact: str) -> tuple[Ask, ...]:
        """The questions asked now that bear on a fact, in the order of the flows: those that nobody answered.

        When all are answered they are given themselves: another source may still say more. A finding that follows
        from other findings alone has the questions of those that are not settled.
        """
        slots = _slots(self.findings, fact)
        bearing = self._bearing(slots) or self._bearing(_read_by_rules(self.findings, slots))
        unanswered = [table for table in bearing if not self.findings.context.valued(table.place)]
        settled_by = _settled_by(self.findings, fact)
        return tuple(self._ask(table, settled_by) for table in unanswered or bearing)

    def _bearing(self, slots: frozenset[int]) -> list[Table]:
        """The questions asked now that tell about some slots, or that their rules look at."""
        looked_at = {place for number in slots for place in _places_in_rules(self.findings, number)}
        return [table for table, told in self._asked_now if table.place in looked_at or not slots.isdisjoint(told)]

    @cached_property
    def _asked_now(self) -> tuple[tuple[Table, frozenset[int]], ...]:
        """Every question that is asked now at a place, with the slots it can tell about."""
        c = self.findings.context
        flows = c.book.rulebook.flows
        open_at = {(question, walk.about) for walk in walks_of(c) for question in flows[walk.flow].questions}
        return tuple(
            (table, _told(table))
            for table in c.book.places
            if (table.question.id, self._name(table)) in open_at and c.asked(table.place)
        )

    def _name(self, table: Table) -> str:
        return named(table.question.about, table.orientation, self.findings.pair)

    def _ask(self, table: Table, settled_by: frozenset[str]) -> Ask:
        about = self._name(table)
        answered = self.findings.context.valued(table.place)
        return Ask(table.question.id, about, safest_first(table.question, about, settled_by), answered)


def safest_first(question: Question, about: str, settled_by: frozenset[str] = frozenset()) -> tuple[Source, ...]:
    """The sources a question may be asked of, the safest first; of whoever may have done it only if nobody else can.

    `settled_by` are records that alone can rule out what is asked: they come before all others.
    """
    doer, _, lived = about.partition(">")
    speaker = lived if question.about is About.DIRECTED else doer if question.about is About.PERSON else ""
    allowed = sorted(question.sources, key=lambda code: (code not in settled_by, SAFEST_FIRST.index(code)))
    found = [Source(code, speaker if code == OWN_WORDS else "") for code in allowed]
    if question.about is About.DIRECTED and allowed == [OWN_WORDS]:
        found.append(Source(OWN_WORDS, doer))
    return tuple(found)


def _told(table: Table) -> frozenset[int]:
    """The slots that a question can tell about."""
    entries = (*table.zeros, *(entry for found in table.by_code.values() for entry in found))
    return frozenset(entry.slot for entry in entries)


def _slots(findings: PairFindings, fact: str) -> frozenset[int]:
    """The slots behind a fact: its own, those it is merged from, or those of both persons."""
    book = findings.context.book
    names = [fact] if fact in book.slots.number else [f"{fact}_A", f"{fact}_B"]
    numbers = [book.slots.number[name] for name in names if name in book.slots.number]
    return frozenset(slot for number in numbers for slot in book.components.get(number, (number,)))


def _settled_by(findings: PairFindings, fact: str) -> frozenset[str]:
    all_slots = findings.context.book.slots.all
    competent = {all_slots[number].finding.competent for number in _slots(findings, fact)}
    return SETTLED_BY.get(competent.pop(), frozenset()) if len(competent) == 1 else frozenset()


def _rule_tests(slot: Slot) -> Iterator[Test]:
    for condition in (slot.finding.zero, *(rule.when for rule in slot.finding.rules)):
        yield from tests(condition)


def _read_by_rules(findings: PairFindings, slots: frozenset[int]) -> frozenset[int]:
    """The slots that the rules of some slots read, as far as they are not settled themselves."""
    book, found = findings.context.book, set[int]()
    for slot in (book.slots.all[number] for number in slots):
        for word in (word for test in _rule_tests(slot) for word in test.arguments):
            name, role = split_role(word, book.rulebook.findings)
            suffix = slot.roles.get(role, slot.suffix)
            found |= {book.slots.number[one] for one in (name, f"{name}_{suffix}") if one in book.slots.number}
    return frozenset(
        number for number in found if number < len(book.slots.all) and doubtful(Strength(findings.strengths[number]))
    )


def _places_in_rules(findings: PairFindings, number: int) -> Iterator[tuple[str, str]]:
    """The places that the rules of a slot look at, with persons in place of roles."""
    slot = findings.context.book.slots.all[number]
    for test in _rule_tests(slot):
        if test.function in _ASKING:
            yield from _places(findings, slot, test)


def _places(findings: PairFindings, slot: Slot, test: Test) -> Iterator[tuple[str, str]]:
    book = findings.context.book
    for word in test.arguments:
        question, role = split_role(word, book.rulebook.questions)
        where = ("AB", "BA", "A", "B", "") if test.function == "count" else (slot.roles.get(role, slot.suffix), "")
        yield from ((question, orientation) for orientation in where if (question, orientation) in book.tables)
