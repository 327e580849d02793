"""Where the tests keep their files and databases: in the memory of the machine, when it has room for them there.

Every transaction of a test is written to the disk before it counts, as the program demands; in memory that is free.
`TMPDIR` in the environment names another place.
"""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - the folders in it are made by tempfile
ROOM = 4 << 30
"""What must be free there: two workers with their servers held 0.15 GB, a whole run with a browser holds more."""


def keep_files_in_memory() -> None:
    """Let temporary files of this process, and of all that it starts, lie in memory."""
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK) or shutil.disk_usage(MEMORY).free < ROOM:
        return
    os.environ["TMPDIR"] = str(MEMORY)
    tempfile.tempdir = None  # found anew
