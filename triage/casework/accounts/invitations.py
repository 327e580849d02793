"""Use an invitation: its code, and the password that the invited person chooses; the second factor comes next."""

from uuid import uuid4

from triage.cases.roles import OUTSIDE, Role, Side
from triage.cases.wall import Reason, Refused
from triage.casework.access.matrix import Stage
from triage.casework.accounts.making import NewAccount, account_from, keep_account, new_password_problems
from triage.casework.accounts.sessions import begin
from triage.casework.accounts.throttling import is_throttled, network_of
from triage.casework.accounts.tokens import typed_code
from triage.casework.limits import KEY, text_problem
from triage.casework.results import SignedIn
from triage.casework.service import Service
from triage.store.agency.organisations import insert_member, read_agency
from triage.store.audit import Entry
from triage.store.staff import accounts
from triage.store.staff.attempts import insert_attempt
from triage.store.staff.invitations import Invitation, delete_invitation, find_invitation
from triage.store.work import Work

_SUBJECT = "invitation"


def accept(service: Service, typed: str, password: str, source: str = "") -> SignedIn | Refused:
    """Accept an invitation: the account is made, or its password set anew, and its owner signed in to enrol a factor.

    Inputs: the code as it was typed, the chosen password, where the request comes from. Output: a session that opens
    nothing but the enrolment; `Refused` with what is wrong with the password, or the same for every wrong code.
    """
    code, place = "" if text_problem("code", typed, KEY) else typed_code(typed), network_of(source)
    with service.writing() as work:
        throttled = is_throttled(work, _SUBJECT + place, place)
        invitation = None if throttled or not code else find_invitation(work, code)
        if invitation is None and not throttled:
            insert_attempt(work, uuid4(), _SUBJECT + place, place)
        if invitation is None:
            work.audit(Entry("accept-invitation", "refused"))
            return Refused(Reason.INVITATION_REFUSED)
        work.is_no_act()  # the code was right; the act follows when the password is accepted
    new = NewAccount(invitation.name, Role(invitation.role), Side(invitation.side), password)
    if wrong := new_password_problems(new):
        return Refused(Reason.NOT_ACCEPTED, "6.5", wrong)
    account = account_from(service, new)
    with service.writing() as work:
        owner = _keep(work, invitation, account)
        result = "recorded" if owner else "refused"
        work.audit(Entry("accept-invitation", result, owner.id if owner else None, invitation.id))
        if owner is None:
            return Refused(Reason.INVITATION_REFUSED)
        stage = Stage.FULL if service.settings.demonstration else Stage.ENROL
        return SignedIn(begin(work, owner, stage), stage)


def _keep(work: Work, invitation: Invitation, account: accounts.Account) -> accounts.Account | None:
    """Use the invitation up and keep what it gives; None when somebody was faster, or the account is closed."""
    if not delete_invitation(work, invitation.id):
        return None
    if invitation.user_id is None:
        return account if _may_join(work, invitation) and _kept(work, invitation, account) else None
    owner = accounts.read_account(work, invitation.user_id)
    if owner is None or owner.closed:
        return None
    accounts.replace_password_hash(work, owner.id, account.password_hash)
    return owner


def _may_join(work: Work, invitation: Invitation) -> bool:
    """Whether an account of an agency has an agency that is open, and any other has none."""
    if invitation.role not in OUTSIDE:
        return invitation.agency_id is None
    agency = read_agency(work, invitation.agency_id) if invitation.agency_id else None
    return agency is not None and not agency.closed


def _kept(work: Work, invitation: Invitation, account: accounts.Account) -> bool:
    if not keep_account(work, account):
        return False
    if invitation.agency_id:
        insert_member(work, account.id, invitation.agency_id)
    return True
