"""Invitations, and what one person asks of another's account until a second answers, as they are kept."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, insert, select

from triage.store.data_keys import INSTALLATION
from triage.store.sealing import Place, seal, unseal
from triage.store.staff.accounts import keyed, staff_key
from triage.store.tables import account_requests, invitations
from triage.store.work import Work


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation: for a new account, or, with `user_id`, for one whose password and factors were reset.

    `agency_id`: the agency that the account will write for.
    """

    id: UUID
    name: str
    role: str
    side: str
    invited_by: UUID | None
    expires: int
    user_id: UUID | None = None
    agency_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class AccountRequest:
    """What somebody asked of an account; it is done when another person confirms it."""

    id: UUID
    user_id: UUID
    kind: str
    role: str
    side: str
    asked_by: UUID
    expires: int


def insert_invitation(work: Work, invitation: Invitation, code: str) -> None:
    """Keep an invitation by the keyed index of its code."""
    work.connection.execute(
        insert(invitations).values(
            id=invitation.id, code_index=keyed(work, "invitation", code), user_id=invitation.user_id,
            role=invitation.role, side=invitation.side, invited_by=invitation.invited_by, expires=invitation.expires,
            agency_id=invitation.agency_id,
            content=seal(staff_key(work), _place(invitation.id), {"name": invitation.name}),
        )
    )  # fmt: skip


def find_invitation(work: Work, code: str) -> Invitation | None:
    """The invitation of a code while it lasts, or None."""
    row = work.connection.execute(
        select(invitations).where(
            invitations.c.code_index == keyed(work, "invitation", code),
            invitations.c.expires > int(work.now.timestamp()),
        )
    ).one_or_none()
    return _invitation(work, row) if row else None


def open_invitations(work: Work) -> tuple[Invitation, ...]:
    """Every invitation that can still be used, the one that ends first first."""
    rows = work.connection.execute(
        select(invitations).where(invitations.c.expires > int(work.now.timestamp())).order_by(invitations.c.expires)
    )
    return tuple(_invitation(work, row) for row in rows)


def delete_ended(work: Work) -> int:
    """Delete invitations and requests whose time is over; how many. Their names stand nowhere else."""
    now = int(work.now.timestamp())
    gone = (work.connection.execute(delete(one).where(one.c.expires <= now)) for one in (invitations, account_requests))
    return sum(one.rowcount for one in gone)


def delete_invitation(work: Work, invitation_id: UUID) -> bool:
    """Use an invitation up, or take it back; False when that was done before."""
    gone = work.connection.execute(delete(invitations).where(invitations.c.id == invitation_id))
    return gone.rowcount == 1


def delete_invitations_of(work: Work, user_id: UUID) -> None:
    """Take back what could still set the password of an account."""
    work.connection.execute(delete(invitations).where(invitations.c.user_id == user_id))


def insert_request(work: Work, request: AccountRequest) -> None:
    """Keep a request in the place of any earlier one about this account."""
    work.connection.execute(delete(account_requests).where(account_requests.c.user_id == request.user_id))
    names = ("id", "user_id", "kind", "role", "side", "asked_by", "expires")
    work.connection.execute(insert(account_requests).values(**{name: getattr(request, name) for name in names}))


def open_requests(work: Work) -> tuple[AccountRequest, ...]:
    """Every request that waits for its second person."""
    waiting = select(account_requests).where(account_requests.c.expires > int(work.now.timestamp()))
    return tuple(map(_request, work.connection.execute(waiting)))


def delete_request(work: Work, request_id: UUID) -> bool:
    """Take a request away, since it was answered; False when that was done before."""
    gone = work.connection.execute(delete(account_requests).where(account_requests.c.id == request_id))
    return gone.rowcount == 1


def _request(row: Row[Any]) -> AccountRequest:
    return AccountRequest(row.id, row.user_id, row.kind, row.role, row.side, row.asked_by, row.expires)


def _invitation(work: Work, row: Row[Any]) -> Invitation:
    name = unseal(staff_key(work), _place(row.id), row.content)["name"]
    return Invitation(row.id, name, row.role, row.side, row.invited_by, row.expires, row.user_id, row.agency_id)


def _place(invitation_id: UUID) -> Place:
    return Place("invitations", "content", str(invitation_id), INSTALLATION)
