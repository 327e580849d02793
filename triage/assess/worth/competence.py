"""Who can rule a finding out: which accounts, saying "not found", settle it (domain 12.1, 12.4)."""

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Protocol, cast

from triage.assess.slots import OTHER
from triage.assess.worth.standings import PERSON_CLASS, Standing
from triage.cases.record import Answer
from triage.flow.model import FindingDefinition

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

Ways = tuple[tuple[Single, ...], ...]
"""Ways to settle it, each with what some account must be; these may be different accounts."""


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


def _spoken_by_x(one: Standing, x: str, _y: str) -> bool:
    return one.speaker == x and one.safe and one.source in {"SELF", "ISS"}


def _spoken_by_y(one: Standing, _x: str, y: str) -> bool:
    return _spoken_by_x(one, y, "")


def _own_of(person: str) -> Single:
    return lambda one, _x, _y: _own(one, person, "")


_record = _on_record(*RECORDS)

WAYS: Mapping[str, Ways] = {
    **{name: ((settles,),) for name, settles in SINGLE.items()},
    "harmed_twice": ((harmed,),),
    "harmed_and_records": ((harmed, _record),),
    "sides_and_records": ((_spoken_by_x, _spoken_by_y, _record),),
    "court_or_both": ((_relayed_for("CRT", "ISS"),), (_own_of("A"), _own_of("B"))),
}
"""Every competence, by what accounts must be."""


def _by_ways(ways: Ways) -> Judge:
    def judge(accounts: Sequence[Told], x: str, y: str) -> bool:
        for way in ways:
            for one in way:
                if not any(one(told.standing, x, y) for told in accounts):
                    break
            else:
                return True
        return False

    return judge


def _two_contacts(accounts: Sequence[Told], x: str, y: str) -> bool:
    heard = [one for one in cast("Sequence[Account]", accounts) if harmed(one.standing, x, y)]
    return at_two_contacts([one.answer for one in heard])


def at_two_contacts(answers: Sequence[Answer]) -> bool:
    """Whether some two of the answers were given at different contacts on different days."""
    for one, other in combinations(answers, 2):
        if one.on != other.on and (one.contact or one.on.isoformat()) != (other.contact or other.on.isoformat()):
            return True
    return False


COMPETENCE: Mapping[str, Judge] = {
    **{name: _by_ways(ways) for name, ways in WAYS.items()},
    "harmed_twice": _two_contacts,
}
"""Every competence: accounts that said "not found", the person who acts (or is meant), the other person."""

BY_ACCOUNTS = frozenset({"harmed_twice"})
"""Those that look at contacts and days of at least two accounts, so that wordings are not enough."""


def competence_of(definition: FindingDefinition) -> str:
    """Who can rule a finding out; nobody rules out their own acts."""
    return "not_the_actor" if definition.competent == "any" and definition.acts else definition.competent
