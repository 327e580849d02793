"""What an account is worth: whose words, which class, how strong, what it can rule out (domain 12.1)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from triage.cases.record import Answer
from triage.flow.model import About, Question

PERSON_CLASS = {"A": "person A", "B": "person B"}
"""The same person speaking to two agencies is one class."""

RECORDS = frozenset({"POL", "HLT", "CSC", "CRT"})
"""Sources whose own records can be searched."""


@dataclass(slots=True)
class Account:
    """One usable answer seen from one pair: who speaks (letter A or B, or another id), from which class, how safely.

    `safe`: it can settle something, being neither obtained unsafely nor relayed.
    """

    answer: Answer
    number: int
    question: Question
    orientation: str
    x: str
    y: str
    speaker: str
    kind: str
    unsafe: bool
    relayed: bool
    interested: bool
    safe: bool
    codes: frozenset[str] = field(default_factory=frozenset)

    @property
    def of_harmed_or_support(self) -> bool:
        """Whether the support service says so, or the person who lived it, alone."""
        return self.answer.source == "ISS" or (self.speaker == self.y and self.answer.alone is True)

    @property
    def contact(self) -> str:
        """The contact at which it was given; the day when no contact was recorded."""
        return self.answer.contact or self.answer.on.isoformat()


def speaker_of(answer: Answer, question: Question, x: str, y: str, letters: Mapping[str, str]) -> str:
    """Say whose words an answer is: `by` when given; otherwise the one who is asked, when that is certain."""
    if answer.by:
        return letters.get(answer.by, answer.by)
    if question.asked == "x" and answer.source in {"SELF", "ISS"}:
        return x
    if answer.source == "SELF" and question.about is About.PERSON:
        return x
    if answer.source == "ISS" and question.about is About.DIRECTED:
        return y
    return ""


def class_of(answer: Answer, speaker: str) -> str:
    """The class of a source: the party who speaks, to whichever agency; else the source."""
    return f"person {speaker}" if speaker in {"A", "B"} else answer.source


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


def credit(account: Account, actor: str, other: str, acts: bool) -> int:
    """The strength *source* of an account about what `actor` did, or what the other lived (domain 12.1).

    4: authenticated recording, or own admission of one's own acts. 2: the account of the one who lived it, or what a
    service or a disinterested third party saw itself. 1: interested, relayed, or obtained unsafely. A copy is worth
    no more than what it copies.
    """
    answer = account.answer
    if account.unsafe or account.relayed:
        return 1
    if answer.recording == "authenticated":
        return 4
    if account.speaker == actor and actor:
        return 4 if acts and answer.source != "REF" else 1 if other else 2
    if answer.source == "REF":
        return 1
    if account.speaker == other and other:
        return 2
    if answer.source == "SELF" and not account.speaker:
        return 2 if acts else 1
    return 1 if account.interested else 2


def fixed(account: Account, strength: int, acts: bool) -> int:
    """A number fixed by the answer: used as it is, but 1 when unsafe or relayed, or when a referrer tells of acts."""
    if account.unsafe or account.relayed or (acts and account.answer.source == "REF"):
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


Judge = Callable[[Sequence[Account], str, str], bool]


def _harmed(account: Account, lived: str) -> bool:
    source = account.answer.source
    heard = source == "ISS" or (source == "SELF" and account.answer.alone is True)
    return account.safe and heard and account.speaker == lived


def _not_by(account: Account, actor: str) -> bool:
    """Whether it is certain that these are not the words of the one who acts."""
    nobody_knows = account.answer.source == "SELF" and not account.speaker
    return account.safe and account.speaker != actor and not nobody_knows


def _own(account: Account, person: str) -> bool:
    return account.safe and account.answer.source == "SELF" and account.speaker == person


def _of_person(account: Account, person: str) -> bool:
    own = _own(account, person) and account.answer.alone is True
    through_support = account.answer.source == "ISS" and account.speaker == person
    return own or (account.safe and (through_support or account.answer.source == "HLT"))


def _of(*sources: str) -> Judge:
    def judge(accounts: Sequence[Account], _x: str, _y: str) -> bool:
        for one in accounts:  # noqa: SIM110 - asked for every finding; a loop costs half of `any`
            if one.safe and one.answer.source in sources:
                return True
        return False

    return judge


def _some(holds: Callable[[Account, str], bool], whose: int) -> Judge:
    """One account that holds of the person who acts (`whose` 0) or of the other (1)."""

    def judge(accounts: Sequence[Account], x: str, y: str) -> bool:
        person = y if whose else x
        for one in accounts:  # noqa: SIM110 - asked for every finding; a loop costs half of `any`
            if holds(one, person):
                return True
        return False

    return judge


def _record(accounts: Iterable[Account]) -> bool:
    return any(one.safe and one.answer.source in RECORDS and one.speaker not in {"A", "B"} for one in accounts)


def _two_contacts(accounts: Sequence[Account], lived: str) -> bool:
    heard = [one for one in accounts if _harmed(one, lived)]
    return any(a.contact != b.contact and a.answer.on != b.answer.on for a in heard for b in heard)


def _spoken(accounts: Sequence[Account], person: str) -> bool:
    return any(one.safe and one.answer.source in {"SELF", "ISS"} and one.speaker == person for one in accounts)


COMPETENCE: Mapping[str, Judge] = {
    "any": _some(lambda account, _: account.safe, 0),
    "not_the_actor": _some(_not_by, 0),
    "harmed": _some(_harmed, 1),
    "harmed_twice": lambda accounts, _x, y: _two_contacts(accounts, y),
    "harmed_and_records": lambda accounts, _x, y: any(_harmed(one, y) for one in accounts) and _record(accounts),
    "sides_and_records": lambda accounts, x, y: _spoken(accounts, x) and _spoken(accounts, y) and _record(accounts),
    "person": _some(_of_person, 0),
    "self": _some(_own, 0),
    "support": _of("ISS"),
    "papers": _of("CRT"),
    "health": _of("HLT"),
    "holder": _of("REF", "CSC", "POL", "HLT", "CRT", "OBS"),
    "order_records": _of("POL", "CRT", "ISS"),
    "court_records": _of("POL", "CRT"),
    "court_or_both": lambda accounts, _x, _y: (
        any(one.safe and one.answer.source in {"CRT", "ISS"} for one in accounts)
        or all(any(_own(one, person) for one in accounts) for person in ("A", "B"))
    ),
}
"""Who can rule a finding out: accounts that said "not found", the person who acts (or is meant), the other person."""
