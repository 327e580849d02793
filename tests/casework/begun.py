"""Installations in which a case with its staff was opened: made once in a process for each database, then copied.

Whose letter is A is drawn when a case is opened, so one of either kind is kept, and which is copied is drawn each time.
"""

import atexit
import random
import shutil
import tempfile
from functools import cache
from pathlib import Path

from tests.casework.small_service import House, Staffed
from tests.databases.engines import DATABASES, SQLITE, database_settings

FILE = "cairn.sqlite3"


def begin(folder: Path) -> House:
    """A house in a folder, in which the case of `begun` stands as `staffed_case` leaves it."""
    kept, staffed = random.choice(_kept(DATABASES.in_use))
    shutil.copytree(kept / "keys", folder / "keys")
    if DATABASES.in_use == SQLITE:
        shutil.copy(kept / FILE, folder / FILE)
    else:
        database_settings(folder, like=kept)
    house = House(folder)
    house.begun = staffed
    return house


@cache
def _kept(engine: str) -> tuple[tuple[Path, Staffed], ...]:
    """On a database, a folder and its case for each letter of whom the first worker sees."""
    top = Path(tempfile.mkdtemp(prefix=f"cairn-begun-{engine}-"))
    atexit.register(shutil.rmtree, top, ignore_errors=True)
    found: dict[str, tuple[Path, Staffed]] = {}
    while len(found) < 2:
        folder = Path(tempfile.mkdtemp(dir=top))
        with DATABASES.kept_to_the_end():
            house = House(folder)
        staffed = house.staffed_case()
        house.service.database.close()
        found[staffed.own] = folder, staffed
    return tuple(found.values())
