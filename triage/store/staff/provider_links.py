"""Who of the staff is whom at the provider of identities, and who set out to it and is not back yet.

A link is found by a keyed index over issuer and subject together: the same subject of another issuer is somebody else.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, insert, select

from triage.store.data_keys import INSTALLATION
from triage.store.sealing import Place, seal, unseal
from triage.store.staff.accounts import keyed, staff_key
from triage.store.tables import departures, provider_links
from triage.store.work import Work


@dataclass(frozen=True, slots=True)
class Departure:
    """Somebody set out to the provider: to sign in, or, with `user_id`, to link their account."""

    user_id: UUID | None


def insert_link(work: Work, user_id: UUID, issuer: str, subject: str, called: str) -> bool:
    """Keep a link; False when this subject or this account is linked already."""
    index = _index(work, issuer, subject)
    taken = select(provider_links.c.user_id).where(
        (provider_links.c.subject_index == index) | (provider_links.c.user_id == user_id)
    )
    if work.connection.execute(taken).first() is not None:
        return False
    content = seal(staff_key(work), _place(user_id), {"called": called})
    row = {"subject_index": index, "user_id": user_id, "added_on": work.today, "content": content}
    work.connection.execute(insert(provider_links).values(**row))
    return True


def linked_user(work: Work, issuer: str, subject: str) -> UUID | None:
    """The account that a subject of an issuer is linked to, or None."""
    found = select(provider_links.c.user_id).where(provider_links.c.subject_index == _index(work, issuer, subject))
    return work.connection.execute(found).scalar_one_or_none()


def link_of(work: Work, user_id: UUID) -> str | None:
    """What the provider called somebody when the link was made, or None without a link."""
    content = work.connection.execute(
        select(provider_links.c.content).where(provider_links.c.user_id == user_id)
    ).scalar_one_or_none()
    return unseal(staff_key(work), _place(user_id), content)["called"] if content else None


def delete_link(work: Work, user_id: UUID) -> bool:
    """Take the link of somebody away; False when there is none."""
    return work.connection.execute(delete(provider_links).where(provider_links.c.user_id == user_id)).rowcount == 1


def insert_departure(work: Work, token_hash: bytes, user_id: UUID | None, *, forget_before: int) -> None:
    """Note that somebody sets out, and forget those who never came back."""
    work.connection.execute(delete(departures).where(departures.c.at < forget_before))
    now = int(work.now.timestamp())
    work.connection.execute(insert(departures).values(token_hash=token_hash, user_id=user_id, at=now))


def use_departure(work: Work, token_hash: bytes, *, since: int) -> Departure | None:
    """Use a departure up; None when there is none, it is too old, or was used before."""
    chosen = (departures.c.token_hash == token_hash) & (departures.c.at >= since)
    row = work.connection.execute(select(departures.c.user_id).where(chosen)).one_or_none()
    used = work.connection.execute(delete(departures).where(chosen)).rowcount == 1
    return Departure(row.user_id) if row and used else None


def _index(work: Work, issuer: str, subject: str) -> bytes:
    return keyed(work, "provider subject", f"{len(issuer)}|{issuer}|{subject}")


def _place(user_id: UUID) -> Place:
    return Place("provider_links", "content", str(user_id), INSTALLATION)
