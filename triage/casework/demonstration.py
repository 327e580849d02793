"""The demonstration: an account for every role with a printed password, and one case of two people nobody knows."""

from uuid import UUID

from triage.cases.model import PersonDetails, Referral
from triage.cases.roles import OUTSIDE, Actor, Role, Side
from triage.casework.accounts.making import NewAccount, add_account
from triage.casework.accounts.sessions import actor_of, sign_out
from triage.casework.accounts.signing_in import sign_in
from triage.casework.agencies.organisations import add_agency, add_agency_account, list_agencies
from triage.casework.referrals import list_cases, open_case, take_on
from triage.casework.results import SignedIn
from triage.casework.service import Service

DEMONSTRATION_AGENCY = "Probation, Exampleshire"
DEMONSTRATION_ACCOUNTS = (
    ("intake-one", Role.INTAKE_WORKER, Side.PROGRAMME, "Intake worker"),
    ("intake-two", Role.INTAKE_WORKER, Side.PROGRAMME, "Intake worker, for the other person"),
    ("advocate-one", Role.SUPPORT_ADVOCATE, Side.SUPPORT, "Support advocate"),
    ("advocate-two", Role.SUPPORT_ADVOCATE, Side.SUPPORT, "Support advocate, for the other person"),
    ("panel-support", Role.PANEL_MEMBER, Side.SUPPORT, "Panel member, victim-support side"),
    ("panel-independent", Role.PANEL_MEMBER, Side.INDEPENDENT, "Panel member, independent"),
    ("safety-lead", Role.SAFETY_LEAD, Side.INDEPENDENT, "Safety lead"),
    ("manager", Role.MANAGER, Side.INDEPENDENT, "Service manager"),
    ("administrator", Role.ADMINISTRATOR, Side.INDEPENDENT, "Administrator of accounts"),
    ("data-protection", Role.DATA_PROTECTION_OFFICER, Side.INDEPENDENT, "Data protection officer"),
    ("auditor", Role.AUDITOR, Side.INDEPENDENT, "Auditor"),
    ("author", Role.AUTHOR, Side.INDEPENDENT, "Author of flows"),
    ("reviewer", Role.REVIEWER, Side.INDEPENDENT, "Second reviewer of flows and translations"),
    ("translator", Role.TRANSLATOR, Side.INDEPENDENT, "Translator"),
    ("agency-clerk", Role.AGENCY_CLERK, Side.AGENCY, "Clerk of an agency that refers"),
    ("agency-lead", Role.AGENCY_LEAD, Side.AGENCY, "Lead of the same agency"),
)


def seed_demonstration(service: Service) -> list[tuple[str, str, str]]:
    """Make one account per role with a plain password, and say them; those that exist are left as they are.

    Raises `ValueError` outside the demonstration: a published password has no place elsewhere.
    """
    if not service.settings.demonstration:
        raise ValueError("Demonstration accounts are made in a demonstration only.")
    made = []
    for name, role, side, words in DEMONSTRATION_ACCOUNTS:
        new = NewAccount(name, role, side, _password(name))
        if role in OUTSIDE:
            add_agency_account(service, _agency(service), new, demonstration=True)
        else:
            add_account(service, new, demonstration=True)
        made.append((name, _password(name), words))
    return made


def _agency(service: Service) -> UUID:
    """The one agency of the demonstration, made when there is none."""
    known = next((one.id for one in list_agencies(service) if one.name == DEMONSTRATION_AGENCY), None)
    made = known or add_agency(service, DEMONSTRATION_AGENCY)
    if not isinstance(made, UUID):
        raise TypeError(made)
    return made


def seed_case(service: Service) -> UUID | None:
    """Open one case with a worker and an advocate for either person, when the demonstration has none yet."""
    first, second, ada, abe = (_actor(service, number) for number in range(4))
    if list_cases(service, first):
        return None
    people = {"one": PersonDetails("Alex"), "two": PersonDetails("Charlie")}
    opened = open_case(service, first, Referral(people, "one", "Demonstration", "Nobody you know."))
    if not isinstance(opened, UUID):
        raise TypeError(opened)
    own = next(line.own_person for line in list_cases(service, first))
    other = "B" if own == "A" else "A"
    for actor, letter in ((second, other), (ada, own), (abe, other)):
        take_on(service, actor, opened, letter)
    return opened


def _actor(service: Service, number: int) -> Actor:
    """Sign a demonstration account in and out again, to act as it."""
    name = DEMONSTRATION_ACCOUNTS[number][0]
    signed_in = sign_in(service, name, _password(name))
    if not isinstance(signed_in, SignedIn):
        raise TypeError(signed_in)
    actor = actor_of(service, signed_in.token)
    sign_out(service, signed_in.token)
    if actor is None:
        raise TypeError(name)
    return actor


def _password(name: str) -> str:
    return f"{name}-demonstration"
