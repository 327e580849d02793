"""Who can rule a finding out: which accounts, saying "not found", settle it (domain 12.1, 12.4)."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, cast

from triage.assess.slots import OTHER
from triage.assess.worth.standings import PERSON_CLASS, Standing
from triage.cases.record import Answer

if TYPE_CHECKING:
    from triage.assess.compiled.tables import Table
    from triage.assess.worth.accounts import Account

RECORDS = frozenset({"POL", "HLT", "CSC", "CRT"})
"""Sources whose own records can be searched."""

Single = Callable[[Standing, str, str], bool]
"""Whether one account settles it: how it is taken, the person who acts (or is meant), the other person."""


class Told(Protocol):
    """An account, or what a wording says without the answer: the question, how it is taken, the codes."""

    @property
    def table(self) -> "Table":
        """What was asked, and of whom."""

    @property
    def standing(self) -> Standing:
        """How it is taken."""

    @property
    def codes(self) -> frozenset[str]:
        """What was chosen."""


Judge = Callable[[Sequence[Told], str, str], bool]
"""Whether what was told settles it together."""


def _any(one: Standing, _x: str, _y: str) -> bool:
    return one.safe


def harmed(one: Standing, _x: str, y: str) -> bool:
    """Whether the one who was harmed says so, alone, or the support service in their words."""
    heard = one.source == "ISS" or (one.source == "SELF" and one.alone is True)
    return one.safe and heard and one.speaker == y


def not_by(one: Standing, x: str, _y: str) -> bool:
    """Whether it is certain that these are not the words of the one who acts."""
    nobody_knows = one.source == "SELF" and not one.speaker
    return one.safe and one.speaker != x and not nobody_knows


def _own(one: Standing, x: str, _y: str) -> bool:
    return one.safe and one.source == "SELF" and one.speaker == x


def _of_person(one: Standing, x: str, y: str) -> bool:
    own = _own(one, x, y) and one.alone is True
    through_support = one.source == "ISS" and one.speaker == x
    said_by_health = one.source == "HLT" and one.speaker != OTHER.get(x)
    return own or (one.safe and (through_support or said_by_health))


def _of(*sources: str) -> Single:
    def judge(one: Standing, _x: str, _y: str) -> bool:
        return one.safe and one.source in sources

    return judge


def _relayed_for(*sources: str) -> Single:
    """What a source says itself, or in the words of anyone but the one who acts."""

    def judge(one: Standing, x: str, _y: str) -> bool:
        return one.safe and one.source in sources and one.speaker != x

    return judge


def _on_record(*sources: str) -> Single:
    """What a source finds in its own records: in the words of neither of the two."""

    def judge(one: Standing, _x: str, _y: str) -> bool:
        return one.safe and one.source in sources and one.speaker not in PERSON_CLASS

    return judge


SINGLE: Mapping[str, Single] = {
    "any": _any,
    "not_the_actor": not_by,
    "harmed": harmed,
    "person": _of_person,
    "self": _own,
    "support": _of("ISS"),
    "papers": _relayed_for("CRT"),
    "health": _of("HLT"),
    "holder": _of("REF", "CSC", "POL", "HLT", "CRT", "OBS"),
    "order_records": _relayed_for("POL", "CRT", "ISS"),
    "court_records": _on_record("POL", "CRT"),
}
"""Competences of which one account is enough."""


def _some(settles: Single) -> Judge:
    def judge(accounts: Sequence[Told], x: str, y: str) -> bool:
        for one in accounts:  # noqa: SIM110 - asked for every finding; a loop costs half of `any`
            if settles(one.standing, x, y):
                return True
        return False

    return judge


_some_harmed = _some(harmed)


def _record(accounts: Sequence[Told]) -> bool:
    for account in accounts:
        one = account.standing
        if one.safe and one.source in RECORDS and one.speaker not in PERSON_CLASS:
            return True
    return False


def _two_contacts(accounts: Sequence[Told], x: str, y: str) -> bool:
    heard = [one for one in cast("Sequence[Account]", accounts) if harmed(one.standing, x, y)]
    return at_two_contacts([one.answer for one in heard])


def at_two_contacts(answers: Sequence[Answer]) -> bool:
    """Whether some two of the answers were given at different contacts on different days."""
    for number, one in enumerate(answers):
        contact = one.contact or one.on.isoformat()
        for other in answers[number + 1 :]:
            if one.on != other.on and contact != (other.contact or other.on.isoformat()):
                return True
    return False


def _spoken(accounts: Sequence[Told], person: str) -> bool:
    for account in accounts:
        one = account.standing
        if one.speaker == person and one.safe and one.source in {"SELF", "ISS"}:
            return True
    return False


_by_court_or_support = _some(_relayed_for("CRT", "ISS"))


def _court_or_both(accounts: Sequence[Told], x: str, y: str) -> bool:
    if _by_court_or_support(accounts, x, y):
        return True
    return all(any(_own(one.standing, person, "") for one in accounts) for person in ("A", "B"))


COMPETENCE: Mapping[str, Judge] = {
    **{name: _some(settles) for name, settles in SINGLE.items()},
    "harmed_twice": _two_contacts,
    "harmed_and_records": lambda accounts, x, y: _some_harmed(accounts, x, y) and _record(accounts),
    "sides_and_records": lambda accounts, x, y: _spoken(accounts, x) and _spoken(accounts, y) and _record(accounts),
    "court_or_both": _court_or_both,
}
"""Every competence: accounts that said "not found", the person who acts (or is meant), the other person."""

BY_ACCOUNTS = frozenset({"harmed_twice"})
"""Those that look at contacts and days of at least two accounts, so that wordings are not enough."""
