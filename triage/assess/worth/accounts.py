"""What an account is worth: whose words, which class, how safe, how strong (domain 12.1)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from triage.assess.worth.competence import COMPETENCE, RECORDS
from triage.assess.worth.standings import PERSON_CLASS, Standing
from triage.cases.record import Answer
from triage.flow.model import About, Question

if TYPE_CHECKING:
    from triage.assess.compiled.tables import Table

__all__ = [
    "COMPETENCE",
    "PERSON_CLASS",
    "RECORDS",
    "Account",
    "Silence",
    "credit",
    "current",
    "first_of",
    "fixed",
    "latest",
    "unnamed_speakers",
    "voice",
]


@dataclass(slots=True)
class Account:
    """One usable answer seen from one pair: its number in the record, its table, how it is taken, its codes."""

    answer: Answer
    number: int
    table: "Table"
    standing: Standing
    codes: frozenset[str]

    @property
    def speaker(self) -> str:
        """Whose words they are: letter A or B, another id, or empty when nobody knows."""
        return self.standing.speaker

    @property
    def kind(self) -> str:
        """The class of its source."""
        return self.standing.kind

    @property
    def safe(self) -> bool:
        """Whether it can settle something."""
        return self.standing.safe

    @property
    def unsafe(self) -> bool:
        """Whether it was obtained unsafely."""
        return self.standing.unsafe

    @property
    def relayed(self) -> bool:
        """Whether it is hearsay, or a copy of it."""
        return self.standing.relayed

    @property
    def interested(self) -> bool:
        """Whether the one who speaks has an interest in the outcome."""
        return self.standing.interested

    @property
    def question(self) -> Question:
        """The question that it answers."""
        return self.table.question

    @property
    def orientation(self) -> str:
        """The person or direction that it is about, as letters."""
        return self.table.orientation

    @property
    def of_harmed_or_support(self) -> bool:
        """Whether the support service says so, or the person who lived it, alone."""
        standing = self.standing
        return standing.source == "ISS" or (standing.speaker == self.table.y and standing.alone is True)

    @property
    def contact(self) -> str:
        """The contact at which it was given; the day when no contact was recorded."""
        return self.answer.contact or self.answer.on.isoformat()


def unnamed_speakers(question: Question, x: str, y: str) -> dict[str, str]:
    """Say, by source, whose words an answer without `by` is: the one who is asked, when that is certain."""
    if question.asked == "x":
        return {"SELF": x, "ISS": x}
    if question.about is About.PERSON:
        return {"SELF": x}
    return {"ISS": y} if question.about is About.DIRECTED else {}


def first_of(answer: Answer, answers: Iterable[Answer]) -> tuple[Answer, str]:
    """Follow `copy_of` to the first account; with the class of a chain whose beginning is not on file.

    Copies that name each other in a circle are one class: nobody knows which came first.
    """
    on_file = {one.id: one for one in answers}
    seen = {answer.id}
    while answer.copy_of:
        origin = on_file.get(answer.copy_of)
        if origin is None:
            return answer, f"copy of {answer.copy_of}"
        if origin.id in seen:
            return answer, "copies of each other"
        seen.add(origin.id)
        answer = origin
    return answer, ""


def credit(standing: Standing, actor: str, other: str, acts: bool) -> int:
    """The strength *source* of an account about what `actor` did, or what the other lived (domain 12.1).

    4: authenticated recording, or own admission of one's own acts. 2: the account of the one who lived it, or what a
    service or a disinterested third party saw itself. 1: interested, relayed, or obtained unsafely. A copy is worth
    no more than what it copies.
    """
    if not standing.safe:
        return 1
    if standing.authenticated:
        return 4
    if standing.speaker == actor and actor:
        return 4 if acts and standing.source != "REF" else 1 if other else 2
    if standing.source == "REF":
        return 1
    if standing.speaker == other and other:
        return 2
    if standing.source == "SELF" and not standing.speaker:
        return 2 if acts else 1
    return 1 if standing.interested else 2


def fixed(standing: Standing, strength: int, acts: bool) -> int:
    """A number fixed by the answer: used as it is, but 1 when unsafe or relayed, or when a referrer tells of acts."""
    if not standing.safe or (acts and standing.source == "REF"):
        return min(strength, 1)
    return strength


Silence = tuple[str, date, int]
"""A later not known, declined or not safe: who gave it, when, and its number in the record."""


def voice(speaker: str, answer: Answer) -> str:
    """Tell one speaker from another: the person whose words they are, else the source and who gave it."""
    return speaker or f"{answer.source} {answer.by}"


def latest(accounts: Sequence[Account], silences: Sequence[Silence] = ()) -> list[Account]:
    """The latest account of each speaker who has not said since that it is not known (domain 0.3; 12.1 rule 9)."""
    if len(accounts) < 2 and not silences:
        return list(accounts)
    ordered = sorted(accounts, key=lambda one: (one.answer.on, one.number))
    by_voice = {voice(one.speaker, one.answer): one for one in ordered}
    return [
        one
        for name, one in by_voice.items()
        if not any(said == name and (on, number) > (one.answer.on, one.number) for said, on, number in silences)
    ]


def current(accounts: Sequence[Account], superseding: Sequence[str], silences: Sequence[Silence]) -> frozenset[int]:
    """The accounts that count for a state: the latest of each speaker, or all since the last that supersedes any."""
    if not superseding and not silences and len({voice(one.speaker, one.answer) for one in accounts}) == len(accounts):
        return frozenset([one.number for one in accounts])
    if not superseding:
        return frozenset(one.number for one in latest(accounts, silences))
    ordered = sorted(accounts, key=lambda one: (one.answer.on, one.number))
    last = (n for n, one in enumerate(ordered) if one.standing.source in superseding and one.safe)
    return frozenset(one.number for one in ordered[max(last, default=0) :])
