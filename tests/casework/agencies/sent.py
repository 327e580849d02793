"""An installation with the shipped flows, two agencies that write, and a referral that is complete."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from tests.databases.engines import database_settings, prepare_copy
from triage.cases.agency.referral import AgencyReferral, ReferredAnswer, ReferredPerson
from triage.cases.matching.identity import Identity
from triage.cases.record import Pair
from triage.cases.roles import Actor, Role, Side
from triage.casework.accounts.making import NewAccount, add_account
from triage.casework.agencies.organisations import add_agency, add_agency_account
from triage.casework.agencies.sending import send_whole
from triage.casework.installation import create_key_files
from triage.casework.results import Recorded
from triage.casework.service import Service, open_service
from triage.settings import PasswordProfile, Settings

ROOT = Path(__file__).resolve().parents[3]
PASSWORD = "a long enough password"


def settings_of(folder: Path, port: int = 8000, *, demonstration: bool = False) -> Settings:
    """The settings of an installation in a folder; its processes read them alike."""
    return Settings(
        keys=folder / "keys",
        flows=ROOT / "flows",
        port=port,
        demonstration=demonstration,
        password_profile=PasswordProfile.CHEAP_FOR_TESTS,
        **database_settings(folder),
    )


@dataclass(slots=True)
class Post:
    """An installation, its clock and its people."""

    folder: Path
    now: datetime = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
    service: Service = field(init=False)
    agencies: dict[str, UUID] = field(default_factory=dict)
    port: int = 8000
    demonstration: bool = False
    """A password alone opens the pages then."""

    def __post_init__(self) -> None:
        settings = settings_of(self.folder, self.port, demonstration=self.demonstration)
        create_key_files(settings)
        prepare_copy(settings)
        self.service = open_service(settings, clock=lambda: self.now)

    def wait(self, **how_long: float) -> None:
        self.now += timedelta(**how_long)

    def outside(self, name: str, role: Role = Role.AGENCY_CLERK, agency: str = "Probation North") -> Actor:
        """Somebody who writes for an agency."""
        if agency not in self.agencies:
            made = add_agency(self.service, agency)
            assert isinstance(made, UUID)
            self.agencies[agency] = made
        new = NewAccount(name, role, Side.AGENCY, PASSWORD)
        made = add_agency_account(self.service, self.agencies[agency], new, demonstration=True)
        assert isinstance(made, UUID), made
        return Actor(made, name, role, Side.AGENCY)

    def staff(self, name: str, role: Role = Role.INTAKE_WORKER, side: Side = Side.PROGRAMME) -> Actor:
        """Somebody who works here."""
        made = add_account(self.service, NewAccount(name, role, side, PASSWORD), demonstration=True)
        assert isinstance(made, UUID), made
        return Actor(made, name, role, side)

    def arrives(self, actor: Actor, referral: AgencyReferral, key: str) -> UUID:
        """A referral that was received; its id."""
        sent = send_whole(self.service, actor, referral, key)
        assert isinstance(sent, Recorded), sent
        return sent.id


HELD = {
    "code": "stays_open", "agency": "Probation North", "named_worker": "R. Example", "contact": "0100 555 0100",
    "next_review_on": "2026-12-10",
}  # fmt: skip
NADIA = ReferredPerson("A", "Nadia Benali", known=Identity(given="Nadia", family="Benali", phones=("07700900111",)))
OMAR = ReferredPerson("B", "Omar Haddad", known=Identity(given="Omar", family="Haddad", emails=("omar@example.org",)))
COMPLETE = AgencyReferral(
    persons=(NADIA, OMAR),
    pairs=(Pair("A", "B"),),
    answers=(
        ReferredAnswer("RI-01", "", "neither"),
        ReferredAnswer("RI-02", "", "statutory_agency"),
        ReferredAnswer("RI-04", "", "Police were called twice in October."),
        ReferredAnswer("RI-21", "A-B", "b"),
        ReferredAnswer("RI-06", "A", {"code": "phone", "safe_days_hours": "Mondays", "confirmed_by": "self"}),
        ReferredAnswer("RI-09", "", HELD),
        ReferredAnswer("RI-12", "", [{"code": "lives_with_a", "pseudonym": "K1", "tie_to_a": "child"}]),
        ReferredAnswer("RI-13", "B", [{"code": "now", "scale": "children", "started_by": "b"}]),
    ),
    external_reference="PN-1",
)


def turned(referral: AgencyReferral, label: str) -> AgencyReferral:
    """The same people, sent in the other order, with that label."""
    a, b = referral.persons
    answers = (
        ReferredAnswer("RI-01", "", "neither"),
        ReferredAnswer("RI-21", "A-B", label),
        ReferredAnswer("RI-09", "", HELD),
    )
    return AgencyReferral((replace(b, letter="A"), replace(a, letter="B")), (Pair("A", "B"),), answers)
