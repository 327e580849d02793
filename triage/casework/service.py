"""What every duty is given: the database, the keys, the rules, the clock; and how it is opened."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from triage.casework.engine import Rules, load_rules
from triage.settings import Settings
from triage.store import work as unit
from triage.store.database import Database, database_file, open_database
from triage.store.keys import Keyring, read_keys
from triage.store.schema import is_current, migrate


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

    def writing(self) -> AbstractContextManager[unit.Work]:
        """A transaction that is kept whole, with its audit line, or not at all."""
        return unit.writing(self.database, self.keys, self.clock())

    def reading(self) -> AbstractContextManager[unit.Work]:
        """A transaction that sees one state and cannot write."""
        return unit.reading(self.database, self.keys, self.clock())

    @property
    def web_secret(self) -> bytes:
        """The secret that signs the forms of the web side."""
        return self.keys.web.secret


def prepare_database(settings: Settings) -> None:
    """Create the database if there is none, for its owner alone, and bring it to the schema of this version."""
    file = database_file(settings.database_url)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.touch(mode=0o600)  # the log beside it takes the same mode
    file.chmod(0o600)
    database = open_database(settings.database_url)
    try:
        migrate(database)
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
    database = open_database(settings.database_url)
    if not database_file(settings.database_url).is_file() or not is_current(database):
        database.close()
        raise NotReady(("database-not-prepared: run `triage init`.",))
    load = (lambda: rules) if rules else partial(load_rules, settings.flows)
    return Service(settings, database, keys, load, clock)
