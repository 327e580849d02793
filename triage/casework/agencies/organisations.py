"""Agencies and the accounts that write for them, made at the command line.

An agency holds no account of ours: who writes for it stands on the side of agencies, on neither side of any case.
"""

from uuid import UUID, uuid4

from triage.cases.roles import OUTSIDE, Side
from triage.cases.wall import Reason, Refused
from triage.casework.accounts.making import (
    TAKEN,
    NewAccount,
    account_from,
    keep_account,
    new_password_problems,
    standing_problems,
)
from triage.casework.limits import name_problem
from triage.casework.service import RULES, Service
from triage.store.agency.organisations import Agency, all_agencies, insert_agency, insert_member, read_agency
from triage.store.audit import Entry


def add_agency(service: Service, name: str) -> UUID | Refused:
    """Make an agency. Output: its id; or `Refused` with what is wrong with the name."""
    if wrong := name_problem("name", name):
        return Refused(Reason.NOT_ACCEPTED, "2.4", wrong)
    agency = Agency(uuid4(), name.strip())
    with service.writing(RULES) as work:
        insert_agency(work, agency)
        work.audit(Entry("add-agency", "recorded", None, agency.id))
    return agency.id


def list_agencies(service: Service) -> tuple[Agency, ...]:
    """List every agency, closed ones too."""
    with service.reading(RULES) as work:
        return all_agencies(work)


def add_agency_account(
    service: Service, agency_id: UUID, new: NewAccount, *, demonstration: bool = False
) -> UUID | Refused:
    """Make an account of an agency, clerk or lead. Output: its id; or `Refused` with a sentence for each fault."""
    problems = [*standing_problems(service, new.name, new.role, Side.AGENCY)]
    if new.role not in OUTSIDE:
        problems.append("role: an agency has clerks and leads alone.")
    if not demonstration:
        problems += new_password_problems(new)
    if problems:
        return Refused(Reason.NOT_ACCEPTED, "6.5", tuple(problems))
    account = account_from(service, new, demonstration=demonstration)
    with service.writing(RULES) as work:
        agency = read_agency(work, agency_id)
        kept = agency is not None and keep_account(work, account)
        if kept:
            insert_member(work, account.id, agency_id)
        work.audit(Entry("add-account", "recorded" if kept else "refused", None, account.id))
    return account.id if kept else Refused(Reason.NOT_ACCEPTED, "6.5", (TAKEN,))
