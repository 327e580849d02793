"""What every duty is given: the database, the keys, the rules, the clock; and how it is opened."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from triage.cases.compartments import PANEL_DESK, wall_side
from triage.cases.roles import Actor, Side
from triage.casework.engine import Rules, load_rules
from triage.settings import Settings
from triage.store import work as unit
from triage.store.database import Database, database_file, open_database
from triage.store.engines.faults import Busy, Unusable, in_words
from triage.store.keys import Keyring, read_keys
from triage.store.principals import DOOR, RULES, Principal, Sight
from triage.store.schema import is_current, migrate, role_of

__all__ = ["DOOR", "RULES", "Busy", "NotReady", "Service", "now_utc", "open_service", "prepare_database"]

_SIGHTS: Mapping[str, Sight] = {
    Side.PROGRAMME: Sight.PROGRAMME,
    Side.SUPPORT: Sight.SUPPORT,
    PANEL_DESK: Sight.PANEL,
    Side.AGENCY: Sight.AGENCY,
}
"""By side of the wall, how far somebody sees into cases; whoever is on none of these sees no case."""


class NotReady(RuntimeError):
    """The service cannot be opened; `problems` names every reason."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def now_utc() -> datetime:
    """The clock of the machine."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, repr=False)
class Service:
    """One open installation. Duties take it first; it holds no state of its own."""

    settings: Settings
    database: Database
    keys: Keyring
    load: Callable[[], Rules]
    clock: Callable[[], datetime] = now_utc

    @property
    def rules(self) -> Rules:
        """The rules in force, read once. Raises `RulesUnreadable` when the flows have problems."""
        return self.load()

    def writing(self, who: Actor | Principal = DOOR) -> AbstractContextManager[unit.Work]:
        """A transaction in somebody's name that is kept whole, with its audit line, or not at all. Raises `Busy`."""
        return unit.writing(self.database, self.keys, self.clock(), principal_of(who))

    def reading(self, who: Actor | Principal = DOOR) -> AbstractContextManager[unit.Work]:
        """A transaction in somebody's name that sees one state and cannot write. Raises `Busy`."""
        return unit.reading(self.database, self.keys, self.clock(), principal_of(who))

    @property
    def web_secret(self) -> bytes:
        """The secret that signs the forms of the web side."""
        return self.keys.web.secret


def principal_of(who: Actor | Principal) -> Principal:
    """How far somebody sees into cases, for the database: the one place where this is said (ADR 0042)."""
    if isinstance(who, Principal):
        return who
    return Principal(_SIGHTS.get(wall_side(who), Sight.DOOR), who.id)


def prepare_database(settings: Settings) -> None:
    """Bring the database to the schema of this version; a file is created for its owner alone if there is none.

    PostgreSQL is migrated by the role that owns the tables, and the role that serves is given its rights. Raises
    `NotReady` when the database cannot be reached.
    """
    file = database_file(settings.database_url)
    if file is not None:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file.touch(mode=0o600)  # the log beside it takes the same mode
        file.chmod(0o600)
    owner_url = "" if file else settings.owner_url
    database = open_database(owner_url or settings.database_url)
    try:
        with in_words():
            migrate(database, grant_to=role_of(settings.database_url) if owner_url else "")
    except Unusable as fault:
        raise NotReady((str(fault),)) from None
    finally:
        database.close()


def open_service(settings: Settings, rules: Rules | None = None, clock: Callable[[], datetime] = now_utc) -> Service:
    """Open an installation that was prepared.

    Inputs: the settings; rules already loaded, otherwise those of the settings' folder; the clock. Raises `NotReady`
    when keys or database are not in order; the flows are read when a duty first needs them.
    """
    keys = read_keys(settings.keys)
    if not isinstance(keys, Keyring):
        raise NotReady(keys)
    file = database_file(settings.database_url)
    database = open_database(settings.database_url)
    try:
        with in_words():
            prepared = (file is None or file.is_file()) and is_current(database)
    except Unusable as fault:
        database.close()
        raise NotReady((str(fault),)) from None
    if not prepared:
        database.close()
        raise NotReady(("database-not-prepared: run `triage init`.",))
    load = (lambda: rules) if rules else partial(load_rules, settings.flows)
    return Service(settings, database, keys, load, clock)
