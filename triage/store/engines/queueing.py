"""The queue of those who write to a SQLite file: who came first writes first, and nobody polls for the lock.

SQLite itself lets waiters ask again and again at growing intervals: of fifty writers some are passed over for ten
seconds and refused. A lock of the system on a file beside the database wakes them in order, and ends with the process
that holds it. The database file itself is never opened here: closing it would drop SQLite's own locks. Source: ADR
0047.
"""

import fcntl
import os
from pathlib import Path

BESIDE = "-queue"


class Place:
    """The place of one connection in the queue; it is given up with the connection."""

    def __init__(self, database: str) -> None:
        self._descriptor = os.open(Path(database + BESIDE), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def wait(self) -> None:
        """Wait until nobody who came before writes."""
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)

    def leave(self) -> None:
        """Let the next one write; nothing happens where one does not stand in the queue."""
        fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def __del__(self) -> None:
        os.close(self._descriptor)
