"""The data keys of a case, one per side, kept wrapped by a key outside the database.

What is recorded at a support desk has its own data key, so that a programme worker's page never unwraps it.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, select

from triage.store.keys import Key
from triage.store.sealing import Place, Unreadable, new_data_key, open_bytes, seal_bytes
from triage.store.tables import data_keys
from triage.store.work import Work

INSTALLATION = UUID(int=0)
"""The scope of what belongs to no case: the names of staff."""
SUPPORT, PROGRAMME = "support", "programme"
AGENCY = "agency"
"""The key of what an agency wrote itself; what was answered to it stands under the programme side's."""
_KEEP = insert(data_keys)
_OF_SCOPE = select(data_keys).where(
    data_keys.c.scope == bindparam("of"), data_keys.c.side.in_(bindparam("sides", expanding=True))
)


@dataclass(frozen=True, slots=True, repr=False)
class DataKeys:
    """The data keys of one scope that were unwrapped for this reading."""

    scope: UUID
    by_side: dict[str, Key]

    def for_desk(self, desk: str) -> Key:
        """The key for what stands at a desk. Raises `Unreadable` when it was not unwrapped for this reader."""
        side = SUPPORT if desk.startswith(SUPPORT) else PROGRAMME
        if side not in self.by_side:
            raise Unreadable("This reading has no key for that side.")
        return self.by_side[side]


def create_data_keys(work: Work, scope: UUID, sides: tuple[str, ...] = (SUPPORT, PROGRAMME)) -> DataKeys:
    """Draw and keep the data keys of a new scope."""
    drawn, rows = draw_data_keys(work, scope, sides)
    keep_data_keys(work, rows)
    return drawn


def draw_data_keys(work: Work, scope: UUID, sides: tuple[str, ...]) -> tuple[DataKeys, list[dict[str, Any]]]:
    """Draw the data keys of a new scope, and give the rows in which `keep_data_keys` keeps them."""
    drawn = {side: new_data_key() for side in sides}
    wrapped = {
        side: seal_bytes(work.keys.wrapping(side), _place(scope, side), key.secret) for side, key in drawn.items()
    }
    rows = [{"scope": scope, "side": side, "kid": key.kid, "wrapped": wrapped[side]} for side, key in drawn.items()]
    return DataKeys(scope, drawn), rows


def keep_data_keys(work: Work, rows: list[dict[str, Any]]) -> None:
    """Keep the data keys of one scope or of many, in one statement."""
    work.connection.execute(_KEEP, rows)


def read_data_keys(work: Work, scope: UUID, sides: tuple[str, ...]) -> DataKeys:
    """Unwrap the data keys of a scope for the sides a reader needs. Raises `Unreadable` when one does not open."""
    rows = work.connection.execute(_OF_SCOPE, {"of": scope, "sides": sides})
    return DataKeys(scope, {row.side: unwrapped(work, scope, row.side, row.kid, row.wrapped) for row in rows})


def unwrapped(work: Work, scope: UUID, side: str, kid: str, wrapped: bytes) -> Key:
    """Unwrap a data key that another statement has read. Raises `Unreadable`."""
    return Key(open_bytes(work.keys.wrapping(side), _place(scope, side), wrapped), kid)


def _place(scope: UUID, side: str) -> Place:
    return Place("data_keys", "wrapped", str(scope), scope, side)
