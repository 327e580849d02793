"""In whose name a transaction runs, and how far it may see into cases; PostgreSQL itself holds it to that.

One place says it, at the beginning of each transaction; a transaction that does not say it sees no case at all. SQLite
has no such second layer: there the filters of casework stand alone. Source: security page 4.1; ADR 0042.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError


class Sight(StrEnum):
    """How far somebody sees: nothing of any case, their own desk by side, the panel's whole case, or the rules' all.

    An agency sees its own referrals and no case (ADR 0051).
    """

    DOOR = "door"
    PROGRAMME = "programme"
    SUPPORT = "support"
    PANEL = "panel"
    AGENCY = "agency"
    RULES = "rules"


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody of the staff, or nobody, with their sight."""

    sight: Sight
    staff: UUID | None = None


DOOR = Principal(Sight.DOOR)
"""Nobody yet: accounts, sessions and the writing of the audit."""
RULES = Principal(Sight.RULES)
"""The program itself, at the command line, and where it derives what passes the wall."""

_SAY = text("SELECT set_config('cairn.sight', :sight, true), set_config('cairn.staff', :staff, true)")


def say_principal(connection: Connection, principal: Principal) -> None:
    """Tell PostgreSQL in whose name the running transaction goes on, until it ends."""
    if connection.dialect.name == "postgresql":
        staff = str(principal.staff) if principal.staff else ""
        connection.execute(_SAY, {"sight": principal.sight.value, "staff": staff})


@contextmanager
def acting_as(connection: Connection, principal: Principal, afterwards: Principal) -> Iterator[None]:
    """Go on as somebody else for a while. A fault of the database ends the transaction, and with it what was said."""
    say_principal(connection, principal)
    try:
        yield
    except DBAPIError:
        raise
    except BaseException:
        say_principal(connection, afterwards)
        raise
    say_principal(connection, afterwards)
