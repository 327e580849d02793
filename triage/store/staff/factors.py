"""Second factors as they are kept: one authenticator of codes for an account, passkeys, recovery codes."""

import base64
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update

from triage.store.data_keys import INSTALLATION
from triage.store.sealing import Place, seal, unseal
from triage.store.staff.accounts import keyed, staff_key
from triage.store.tables import authenticators, passkeys, recovery_codes
from triage.store.work import Work


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey as kept: what its owner calls it, its id and public key, how often it says it was used."""

    id: UUID
    user_id: UUID
    name: str
    credential_id: bytes
    public_key: bytes
    uses: int


def insert_authenticator(work: Work, user_id: UUID, secret: str, step: int) -> None:
    """Keep the secret of an authenticator, and the time step of the code that proved it."""
    content = seal(staff_key(work), _place("authenticators", user_id), {"secret": secret})
    row = {"user_id": user_id, "last_step": step, "added_on": work.today, "content": content}
    work.connection.execute(insert(authenticators).values(**row))


def read_secret(work: Work, user_id: UUID) -> str:
    """The secret of somebody's authenticator, or an empty text."""
    content = work.connection.execute(
        select(authenticators.c.content).where(authenticators.c.user_id == user_id)
    ).scalar_one_or_none()
    return unseal(staff_key(work), _place("authenticators", user_id), content)["secret"] if content else ""


def use_step(work: Work, user_id: UUID, step: int) -> bool:
    """Use a time step up, in one statement; False when it or a later one was used before."""
    used = work.connection.execute(
        update(authenticators)
        .where(authenticators.c.user_id == user_id, authenticators.c.last_step < step)
        .values(last_step=step)
    )
    return used.rowcount == 1


def delete_factors(work: Work, user_id: UUID) -> None:
    """Take every second factor of somebody away."""
    for table in (authenticators, passkeys, recovery_codes):
        work.connection.execute(delete(table).where(table.c.user_id == user_id))


def delete_authenticator(work: Work, user_id: UUID) -> None:
    """Take the authenticator of somebody away."""
    work.connection.execute(delete(authenticators).where(authenticators.c.user_id == user_id))


def replace_recovery_codes(work: Work, user_id: UUID, codes: tuple[str, ...]) -> None:
    """Keep these recovery codes, as keyed indexes, in the place of all earlier ones."""
    work.connection.execute(delete(recovery_codes).where(recovery_codes.c.user_id == user_id))
    rows = [{"code_index": _code_index(work, user_id, code), "user_id": user_id} for code in codes]
    work.connection.execute(insert(recovery_codes), rows)


def use_recovery_code(work: Work, user_id: UUID, code: str) -> bool:
    """Use a recovery code up, in one statement; False when it is none."""
    used = work.connection.execute(
        delete(recovery_codes).where(
            recovery_codes.c.user_id == user_id, recovery_codes.c.code_index == _code_index(work, user_id, code)
        )
    )
    return used.rowcount == 1


def count_recovery_codes(work: Work, user_id: UUID) -> int:
    """How many recovery codes somebody has left."""
    return work.connection.execute(
        select(func.count()).select_from(recovery_codes).where(recovery_codes.c.user_id == user_id)
    ).scalar_one()


def insert_passkey(work: Work, passkey: Passkey) -> bool:
    """Keep a passkey; False when somebody already has it."""
    index = _credential_index(work, passkey.credential_id)
    if work.connection.execute(select(passkeys.c.id).where(passkeys.c.credential_index == index)).first():
        return False
    content = {
        "name": passkey.name,
        "credential_id": base64.b64encode(passkey.credential_id).decode(),
        "public_key": base64.b64encode(passkey.public_key).decode(),
    }
    work.connection.execute(
        insert(passkeys).values(
            id=passkey.id, user_id=passkey.user_id, credential_index=index,
            uses=passkey.uses, added_on=work.today,
            content=seal(staff_key(work), _place("passkeys", passkey.id), content),
        )
    )  # fmt: skip
    return True


def passkeys_of(work: Work, user_id: UUID) -> tuple[Passkey, ...]:
    """The passkeys of somebody."""
    found = []
    for row in work.connection.execute(select(passkeys).where(passkeys.c.user_id == user_id)):
        content = unseal(staff_key(work), _place("passkeys", row.id), row.content)
        credential_id, public_key = (base64.b64decode(content[name]) for name in ("credential_id", "public_key"))
        found.append(Passkey(row.id, row.user_id, content["name"], credential_id, public_key, row.uses))
    return tuple(sorted(found, key=lambda one: one.name))


def note_passkey_use(work: Work, passkey: Passkey, uses: int) -> bool:
    """Keep how often a passkey says it was used; False when that went back: two copies of it are in use."""
    noted = work.connection.execute(
        update(passkeys)
        .where(passkeys.c.id == passkey.id, (passkeys.c.uses < uses) | ((passkeys.c.uses == 0) & (uses == 0)))
        .values(uses=uses)
    )
    return noted.rowcount == 1


def delete_passkey(work: Work, user_id: UUID, passkey_id: UUID) -> bool:
    """Take a passkey away; False when it is not theirs."""
    gone = work.connection.execute(delete(passkeys).where(passkeys.c.user_id == user_id, passkeys.c.id == passkey_id))
    return gone.rowcount == 1


def _code_index(work: Work, user_id: UUID, code: str) -> bytes:
    return keyed(work, "recovery", f"{user_id}|{code}")


def _credential_index(work: Work, credential_id: bytes) -> bytes:
    return keyed(work, "passkey", credential_id.hex())


def _place(table: str, row: UUID) -> Place:
    return Place(table, "content", str(row), INSTALLATION)
