"""Write what a unique row admits once, and go on with the transaction when somebody else was first."""

from collections.abc import Callable

from sqlalchemy.exc import IntegrityError

from triage.store.work import Work


def written_first(work: Work, write: Callable[[], object]) -> bool:
    """Write within a savepoint; False when a unique row was there already, and then nothing of it is kept."""
    try:
        with work.connection.begin_nested():
            write()
    except IntegrityError:
        return False
    return True
