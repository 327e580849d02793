"""The accounts of an agency, on pages: the office makes agencies and invites for them, a lead runs its clerks.

A lead runs the clerks of their own agency and nobody else; whoever else signs in here is nothing that a lead can ask
about: the name of a clerk is given four digits by lot, so that no name is ever refused because it is taken. Source:
page 3.1; ADR 0081.
"""

import secrets
from dataclasses import dataclass
from uuid import UUID, uuid4

from triage.cases.roles import OUTSIDE, Actor, Role, Side
from triage.cases.wall import Reason, Refused
from triage.casework.accounts.making import as_kept, standing_problems
from triage.casework.accounts.office import Invited, end_account, invite_within
from triage.casework.agencies.duties import audit, may
from triage.casework.agencies.standing import agency_for
from triage.casework.limits import name_problem
from triage.casework.results import Recorded
from triage.casework.service import RULES, Service
from triage.store.agency.organisations import Agency, all_agencies, insert_agency, members_of, read_agency
from triage.store.outbox.mailboxes import Mailbox, find_mailbox
from triage.store.staff.accounts import Account
from triage.store.staff.invitations import Invitation, delete_invitation, open_invitations
from triage.store.work import Work


@dataclass(frozen=True, slots=True)
class AgencyFile:
    """An agency: who writes for it, who is invited, and where it is written to."""

    id: UUID
    name: str
    members: tuple[Account, ...]
    invitations: tuple[Invitation, ...]
    mailbox: Mailbox


def agency_files(service: Service, actor: Actor) -> tuple[AgencyFile, ...] | Refused:
    """List every open agency, by name, for the office."""
    if refused := may(actor, "get", "agency", "list"):
        return refused
    with service.reading(RULES) as work:
        files = tuple(_file(work, one) for one in all_agencies(work) if not one.closed)
    _note(service, actor, "list-agencies")
    return files


def read_agency_file(service: Service, actor: Actor, agency_id: UUID) -> AgencyFile | Refused:
    """Read one agency, for the office."""
    if refused := may(actor, "get", "agency", "read"):
        return refused
    with service.reading(RULES) as work:
        found = read_agency(work, agency_id)
        file = _file(work, found) if found and not found.closed else Refused(Reason.NO_SUCH_ACCOUNT)
    _note(service, actor, "read-agency", agency_id)
    return file


def read_own_agency(service: Service, actor: Actor) -> AgencyFile | Refused:
    """Read one's own agency, for its lead."""
    if refused := may(actor, "get", "colleague", "list"):
        return refused
    with service.reading(RULES) as work:
        agency = _own(work, actor)
        file = _file(work, agency) if agency else Refused(Reason.NO_SUCH_ACCOUNT)
    _note(service, actor, "read-agency", file.id if isinstance(file, AgencyFile) else None)
    return file


def make_agency(service: Service, actor: Actor, name: str) -> Recorded | Refused:
    """Make an agency; two of one name are refused."""
    if refused := may(actor, "post", "agency", "add"):
        return refused
    if wrong := name_problem("name", name):
        return Refused(Reason.NOT_ACCEPTED, "2.4", wrong)
    agency = Agency(uuid4(), as_kept(name))
    with service.writing(RULES) as work:
        known = {one.name.casefold() for one in all_agencies(work)}
        fits = agency.name.casefold() not in known
        if fits:
            insert_agency(work, agency)
        audit(work, actor, "add-agency", agency.id, done=fits)
    return Recorded(0, agency.id) if fits else Refused(Reason.NOT_ACCEPTED, "2.4")


def invite_to_agency(service: Service, actor: Actor, agency_id: UUID, name: str, role: Role) -> Invited | Refused:
    """Invite somebody of an agency, its lead or a clerk, by the office."""
    refused = may(actor, "post", "agency", "invite")
    if not refused and role not in OUTSIDE:
        refused = Refused(Reason.NOT_ACCEPTED, "6.5")
    wrong = () if refused else standing_problems(service, name, role, Side.AGENCY)
    if refused or wrong:
        return refused or Refused(Reason.NOT_ACCEPTED, "6.5", wrong)
    with service.writing(RULES) as work:
        agency = read_agency(work, agency_id)
        open_one = agency is not None and not agency.closed
        invited: Invited | Refused = Refused(Reason.NO_SUCH_ACCOUNT)
        if open_one:
            invited = invite_within(work, actor, as_kept(name), (role, Side.AGENCY), agency_id=agency_id)
        audit(work, actor, "invite", agency_id, done=open_one)
    return invited


def invite_clerk(service: Service, actor: Actor, name: str) -> Invited | Refused:
    """Invite a clerk of one's own agency, as its lead."""
    if refused := may(actor, "post", "colleague", "invite"):
        return refused
    numbered = f"{as_kept(name)} {1000 + secrets.randbelow(9000)}"
    if wrong := name_problem("name", name) or standing_problems(service, numbered, Role.AGENCY_CLERK, Side.AGENCY):
        return Refused(Reason.NOT_ACCEPTED, "6.5", wrong)
    with service.writing(RULES) as work:
        agency = _own(work, actor)
        invited: Invited | Refused = Refused(Reason.NO_SUCH_ACCOUNT)
        if agency:
            invited = invite_within(
                work, actor, numbered, (Role.AGENCY_CLERK, Side.AGENCY), agency_id=agency.id
            )  # fmt: skip
        audit(work, actor, "invite", agency.id if agency else None, done=agency is not None)
    return invited


def take_clerk_back(service: Service, actor: Actor, invitation_id: UUID) -> Recorded | Refused:
    """Take an invitation of a clerk of one's own agency back."""
    if refused := may(actor, "post", "colleague", "take-back"):
        return refused
    with service.writing(RULES) as work:
        agency = _own(work, actor)
        theirs = {one.id for one in _invited(work, agency.id) if one.role == Role.AGENCY_CLERK} if agency else set()
        done = invitation_id in theirs and delete_invitation(work, invitation_id)
        audit(work, actor, "take-invitation-back", invitation_id, done=done)
    return Recorded(0, invitation_id) if done else Refused(Reason.NO_SUCH_ACCOUNT)


def close_clerk(service: Service, actor: Actor, user_id: UUID) -> Recorded | Refused:
    """Close the account of a clerk of one's own agency, at once; what they sent stays with the agency."""
    if refused := may(actor, "post", "colleague", "close"):
        return refused
    with service.writing(RULES) as work:
        agency = _own(work, actor)
        clerks = members_of(work, agency.id) if agency else ()
        done = any(one.id == user_id and one.role == Role.AGENCY_CLERK and not one.closed for one in clerks)
        if done:
            end_account(work, user_id)
        audit(work, actor, "close-account", user_id, done=done)
    return Recorded(0, user_id) if done else Refused(Reason.NO_SUCH_ACCOUNT)


def _own(work: Work, actor: Actor) -> Agency | None:
    agency_id = agency_for(work, actor)
    return read_agency(work, agency_id) if agency_id else None


def _file(work: Work, agency: Agency) -> AgencyFile:
    mailbox = find_mailbox(work, agency.id) or Mailbox(agency.id)
    return AgencyFile(agency.id, agency.name, members_of(work, agency.id), _invited(work, agency.id), mailbox)


def _invited(work: Work, agency_id: UUID) -> tuple[Invitation, ...]:
    return tuple(one for one in open_invitations(work) if one.agency_id == agency_id)


def _note(service: Service, actor: Actor, act: str, about: UUID | None = None) -> None:
    with service.writing(RULES) as work:
        audit(work, actor, act, about, done=True)
