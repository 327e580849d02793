"""One made-up couple, referred in either role and in other spellings; the staff who receive the referrals."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

from tests.casework.small_service import House
from triage.cases.matching.identity import Address, Identity
from triage.cases.model import NewSignature, PersonDetails, Referral
from triage.cases.roles import Actor, Side
from triage.casework import referrals
from triage.casework.assessments import read
from triage.casework.decisions import record_own_view, sign
from triage.casework.results import Recorded, Signed
from triage.casework.service import Service

SAMIR = Identity("Samir", "Ben Mansour", birth=date(1984, 3, 9), phones=("07700 900123",))
CLAIRE = Identity("Claire", "Fontaine", birth=date(1987, 11, 2), emails=("claire.fontaine@example.org",))
SAMIR_AGAIN = Identity("سمير", "Mansour", birth=date(1984, 9, 3))
CLAIRE_AGAIN = Identity("Clare", "Ben Mansour", former=("Fontaine",), birth=date(1987, 11, 2))
OTHERS = (
    Identity("Tomasz", "Wolski", birth=date(1991, 1, 30)),
    Identity("Ngozi", "Okonkwo", birth=date(1990, 7, 21), addresses=(Address("4 Mill Lane", "LS2 7AB"),)),
)
HIS_SAYING, HER_SAYING, UNSAID = frozenset({"her"}), frozenset({"him"}), frozenset[str]()
"""Whom a referral says to harm, by the key on the form."""


def referral(him: Identity, her: Identity, said: frozenset[str], *, sees: str = "him") -> Referral:
    people = {key: PersonDetails(one.given, None, one) for key, one in (("him", him), ("her", her))}
    return Referral(people, sees, "Court service", "", said)


@dataclass
class Two:
    """The house with two workers, one for each referral, and a panel."""

    house: House
    first: Actor = field(init=False)
    second: Actor = field(init=False)
    panel: tuple[Actor, Actor] = field(init=False)

    def __post_init__(self) -> None:
        self.first, self.second = self.house.intake("Ines"), self.house.intake("Ivo")
        self.panel = (self.house.panel("Pia", Side.SUPPORT), self.house.panel("Pol", Side.INDEPENDENT))

    @property
    def service(self) -> Service:
        return self.house.service

    def open(self, worker: Actor, sent: Referral) -> UUID:
        opened = referrals.open_case(self.service, worker, sent)
        assert isinstance(opened, UUID), opened
        return opened

    def earlier(self, said: frozenset[str] = HER_SAYING) -> UUID:
        """She says that he harms."""
        return self.open(self.first, referral(SAMIR, CLAIRE, said))

    def later(self, said: frozenset[str] = HIS_SAYING) -> UUID:
        """He says that she harms, years after, spelled otherwise."""
        return self.open(self.second, referral(SAMIR_AGAIN, CLAIRE_AGAIN, said, sees="her"))

    def own(self, worker: Actor, case_id: UUID) -> str:
        lines = referrals.list_cases(self.service, worker)
        return next(line.own_person for line in lines if line.id == case_id)

    def determine(self, case_id: UUID, value: str) -> None:
        """Two of the panel sign."""
        for member in self.panel:
            seen = record_own_view(self.service, member, case_id, "A-B", value, "Much.")
            assert isinstance(seen, Recorded), seen
        signature = NewSignature("A-B", value, "Little.", "More.", self.house.clock().date() + timedelta(days=30))
        for member in self.panel:
            done = sign(self.service, member, case_id, self.version(member, case_id), signature)
        assert done == Signed(complete=True)

    def version(self, actor: Actor, case_id: UUID) -> int:
        seen = read(self.service, actor, case_id)
        return seen.version

    def without_key(self) -> Service:
        """The same service in a process that has no match.key."""
        return replace(self.service, keys=replace(self.service.keys, match=None))
