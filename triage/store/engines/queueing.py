"""The queue of those who write to a SQLite file: who came first writes first, and nobody polls for the lock.

SQLite itself lets waiters ask again and again at growing intervals: of fifty writers some are passed over for ten
seconds and refused. A lock of the system on a file beside the database wakes them in order, and ends with the process
that holds it. The database file itself is never opened here: closing it would drop SQLite's own locks. Source: ADR
0047.
"""

import fcntl
import os
from pathlib import Path
from threading import Event, Lock, Thread

BESIDE = "-queue"


class Place:
    """The place of one connection in the queue; it is given up with the connection."""

    def __init__(self, database: str) -> None:
        self._path = Path(database + BESIDE)
        self._descriptor = _opened(self._path)

    def wait(self, seconds: float) -> bool:
        """Wait until nobody who came before writes; say whether that was so in time."""
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting = _Waiting(self._descriptor)
            waiting.start()
            if waiting.is_first_within(seconds):
                return True
            self._descriptor = _opened(self._path)  # the earlier one is closed, and its place given up, by who waits
            return False
        return True

    def leave(self) -> None:
        """Let the next one write; nothing happens where one does not stand in the queue."""
        fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def __del__(self) -> None:
        os.close(self._descriptor)


class _Waiting(Thread):
    """Waits for the lock in the place of somebody who may give up: then it lets the next one in, and ends.

    A lock of the system cannot be waited for with an end in sight; a thread of its own can be left behind.
    """

    def __init__(self, descriptor: int) -> None:
        super().__init__(daemon=True, name="waits to write")
        self._descriptor = descriptor
        self._deciding, self._first, self._given_up = Lock(), Event(), False

    def run(self) -> None:
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        with self._deciding:
            if not self._given_up:
                self._first.set()
                return
        os.close(self._descriptor)

    def is_first_within(self, seconds: float) -> bool:
        """Whether the lock came in time; otherwise it is given up."""
        if self._first.wait(seconds):
            return True
        with self._deciding:
            self._given_up = not self._first.is_set()
        return not self._given_up


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
