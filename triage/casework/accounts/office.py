"""What those who run the service do about accounts: list, invite, close; and what takes two of them.

A lost second factor is reset, and a role or side changed, only when one asks and another confirms; neither is the one
whose account it is. Source: security page 3.1 and 4.3; ADR 0016.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from triage.cases.roles import SIDES_OF, Actor, Role, Side
from triage.cases.wall import Reason, Refused
from triage.casework.access.matrix import access_matrix
from triage.casework.accounts.making import as_kept, standing_problems
from triage.casework.accounts.tokens import new_code
from triage.casework.messages.posting import say_account_changed
from triage.casework.results import Recorded
from triage.casework.service import Service
from triage.store.audit import Entry
from triage.store.staff import accounts, factors, invitations, provider_links, sessions
from triage.store.staff.accounts import Account
from triage.store.staff.invitations import AccountRequest, Invitation
from triage.store.work import Work

INVITED_FOR, ASKED_FOR = 3 * 24 * 60 * 60, 7 * 24 * 60 * 60
RESET, CHANGE = "reset-factors", "change-standing"
_RUN = frozenset({Role.ADMINISTRATOR, Role.MANAGER})
TOGETHER: Mapping[str, frozenset[frozenset[Role]]] = {
    RESET: frozenset({frozenset({Role.ADMINISTRATOR}), frozenset({Role.MANAGER}), _RUN}),
    CHANGE: frozenset({frozenset({Role.MANAGER, Role.DATA_PROTECTION_OFFICER})}),
}
"""Which two roles do what together; one role alone in a set: two people who both hold it."""


@dataclass(frozen=True, slots=True)
class Staff:
    """The accounts, the invitations that can be used, and the requests that wait, as those who run the service see."""

    accounts: tuple[Account, ...]
    without_factor: frozenset[UUID]
    invitations: tuple[Invitation, ...]
    requests: tuple[AccountRequest, ...]


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody is invited: the code to be handed over, shown this once, and until when it can be used (seconds)."""

    name: str
    code: str
    expires: int


def staff_of(service: Service, actor: Actor) -> Staff | Refused:
    """List the accounts. Output: no secret, no hash; who has no second factor yet."""
    if refused := _refusal(actor, "get", "list"):
        return refused
    with service.reading() as work:
        everybody = accounts.all_accounts(work)
        bare = frozenset(one.id for one in everybody if not _has_factor(work, one.id))
        staff = Staff(everybody, bare, invitations.open_invitations(work), invitations.open_requests(work))
    with service.writing() as work:
        work.audit(Entry("list-accounts", "recorded", actor.id, None, actor.side))
    return staff


def invite(service: Service, actor: Actor, name: str, role: Role, side: Side) -> Invited | Refused:
    """Invite somebody: the code is handed over, never mailed; whoever types it sets the password and the factor."""
    if refused := _refusal(actor, "post", "invite"):
        return refused
    if wrong := standing_problems(service, name, role, side):
        return Refused(Reason.NOT_ACCEPTED, "6.5", wrong)
    with service.writing() as work:
        invited = invite_within(work, actor, as_kept(name), (role, side))
        work.audit(Entry("invite", f"recorded {role}"[:80], actor.id, None, actor.side))
    return invited


def take_invitation_back(service: Service, actor: Actor, invitation_id: UUID) -> Recorded | Refused:
    """Take an invitation back."""
    if refused := _refusal(actor, "post", "take-invitation-back"):
        return refused
    with service.writing() as work:
        gone = invitations.delete_invitation(work, invitation_id)
        said = "recorded" if gone else "refused"
        work.audit(Entry("take-invitation-back", said, actor.id, invitation_id, actor.side))
    return Recorded(0, invitation_id) if gone else Refused(Reason.NO_SUCH_ACCOUNT)


def close(service: Service, actor: Actor, user_id: UUID) -> Recorded | Refused:
    """Close an account for good, at once: its sessions, factors and invitations end in the same transaction."""
    if refused := _refusal(actor, "post", "close"):
        return refused
    with service.writing() as work:
        result = _close(work, actor, user_id)
        said = f"refused {result.reason.name.lower()}" if isinstance(result, Refused) else "recorded"
        work.audit(Entry("close-account", said, actor.id, user_id, actor.side))
    return result


def ask(service: Service, actor: Actor, user_id: UUID, kind: str, standing: tuple[Role, Side]) -> Recorded | Refused:
    """Ask for what takes two persons: `RESET` the factors and password of an account, or `CHANGE` its role and side."""
    if refused := _refusal(actor, "post", "ask"):
        return refused
    role, side = standing
    if kind not in TOGETHER or not any(actor.role in roles for roles in TOGETHER[kind]):
        return Refused(Reason.NOT_YOUR_ROLE, "6.5")
    if side not in SIDES_OF[role]:
        return Refused(Reason.NOT_ACCEPTED, "6.5", ("side: this role does not stand on that side.",))
    with service.writing() as work:
        refused = _subject_refusal(work, actor, user_id) or _stays_outside(work, user_id, kind)
        work.audit(Entry(f"ask-{kind}", "refused" if refused else "recorded", actor.id, user_id, actor.side))
        if refused:
            return refused
        expires = int(work.now.timestamp()) + ASKED_FOR
        request = AccountRequest(uuid4(), user_id, kind, role, side, actor.id, expires)
        invitations.insert_request(work, request)
    return Recorded(0, request.id)


def answer(service: Service, actor: Actor, request_id: UUID, *, confirms: bool) -> Invited | Recorded | Refused:
    """Confirm, as the second person, what was asked, and it is done; or decline it.

    Output: for a reset, the code with which its owner sets a new password and factor.
    """
    if refused := _refusal(actor, "post", "answer"):
        return refused
    with service.writing() as work:
        request = next((one for one in invitations.open_requests(work) if one.id == request_id), None)
        done = _answer(work, actor, request, confirms=confirms) if request else Refused(Reason.NO_SUCH_ACCOUNT)
        said = f"refused {done.reason.name.lower()}" if isinstance(done, Refused) else "recorded"
        act = f"{'confirm' if confirms else 'decline'}-{request.kind if request else 'request'}"
        work.audit(Entry(act, said, actor.id, request.user_id if request else None, actor.side))
    return done


def may_answer(work: Work, actor: Actor, request: AccountRequest) -> bool:
    """Whether somebody can be the second person of a request."""
    asker = accounts.read_account(work, request.asked_by)
    if asker is None or asker.closed or actor.id in {request.asked_by, request.user_id}:
        return False
    return frozenset({Role(asker.role), actor.role}) in TOGETHER[request.kind]


def _answer(work: Work, actor: Actor, request: AccountRequest, *, confirms: bool) -> Invited | Recorded | Refused:
    subject = accounts.read_account(work, request.user_id)
    takes_back = not confirms and actor.id == request.asked_by
    if subject is None or subject.closed or not (takes_back or may_answer(work, actor, request)):
        return Refused(Reason.ANOTHER_PERSON, "6.5")
    invitations.delete_request(work, request.id)
    if not confirms:
        return Recorded(0, request.id)
    sessions.delete_sessions_of(work, subject.id)
    if request.kind == CHANGE:
        accounts.replace_standing(work, subject.id, request.role, request.side)
        say_account_changed(work, subject.id)
        return Recorded(0, subject.id)
    factors.delete_factors(work, subject.id)
    say_account_changed(work, subject.id)
    provider_links.delete_link(work, subject.id)
    accounts.replace_password_hash(work, subject.id, "")  # no password fits: the code is the only way in
    return invite_within(work, actor, subject.name, (Role(subject.role), Side(subject.side)), subject.id)


def invite_within(
    work: Work,
    actor: Actor,
    name: str,
    standing: tuple[Role, Side],
    user_id: UUID | None = None,
    agency_id: UUID | None = None,
) -> Invited:
    """Keep an invitation for a new account, one of an agency, or one that was reset; the code is told this once."""
    if user_id:
        invitations.delete_invitations_of(work, user_id)
    code, expires = new_code(), int(work.now.timestamp()) + INVITED_FOR
    invitation = Invitation(uuid4(), name, standing[0], standing[1], actor.id, expires, user_id, agency_id)
    invitations.insert_invitation(work, invitation, code)
    return Invited(name, code, expires)


def _close(work: Work, actor: Actor, user_id: UUID) -> Recorded | Refused:
    if refused := _subject_refusal(work, actor, user_id):
        return refused
    everybody = accounts.all_accounts(work)
    left = [one for one in everybody if one.role == Role.ADMINISTRATOR and not one.closed and one.id != user_id]
    if not left:
        return Refused(Reason.LAST_ADMINISTRATOR)
    end_account(work, user_id)
    return Recorded(0, user_id)


def end_account(work: Work, user_id: UUID) -> None:
    """Close an account with its sessions, factors and invitations."""
    accounts.close_account(work, user_id)
    sessions.delete_sessions_of(work, user_id)
    factors.delete_factors(work, user_id)
    provider_links.delete_link(work, user_id)
    invitations.delete_invitations_of(work, user_id)


def _subject_refusal(work: Work, actor: Actor, user_id: UUID) -> Refused | None:
    subject = accounts.read_account(work, user_id)
    if subject is None or subject.closed:
        return Refused(Reason.NO_SUCH_ACCOUNT)
    return Refused(Reason.ANOTHER_PERSON, "6.5") if subject.id == actor.id else None


def _stays_outside(work: Work, user_id: UUID, kind: str) -> Refused | None:
    """Refuse another role to whoever writes for an agency: they would keep its referrals and gain cases."""
    subject = accounts.read_account(work, user_id)
    if kind == CHANGE and subject and subject.side == Side.AGENCY:
        return Refused(Reason.NOT_ACCEPTED, "6.5")
    return None


def _has_factor(work: Work, user_id: UUID) -> bool:
    return bool(factors.read_secret(work, user_id) or factors.passkeys_of(work, user_id))


def _refusal(actor: Actor, method: str, action: str) -> Refused | None:
    """Ask the matrix once more: a duty is refused even where a page forgot its guard."""
    allowed = access_matrix().allows(actor.role, method, "account", action)
    return None if allowed else Refused(Reason.NOT_YOUR_ROLE, "6.5")
