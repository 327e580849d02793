"""`make fuzz`: wild requests over every route, method and role, on each database, as JSON lines.

`python -m tests.fuzz.run 12000` sends so many on each; `DATABASES=postgresql` chooses one. Exit 1 when an answer is a
fault, a refusal changed something, or there is no such database here; 2 for wrong usage. Source: security page 5, R11.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.databases.engines import DATABASES, ENGINES, SQLITE
from tests.databases.server import programs, running_server
from tests.fuzz.fuzzing import Fuzzed, fuzz

REQUESTS = 12_000


def fuzz_everywhere(requests: int) -> Iterator[tuple[str, Fuzzed]]:
    """Send so many requests on each database of this run; gives the database and what was seen."""
    for engine in ENGINES:
        with TemporaryDirectory(prefix="fuzz") as folder:
            if engine == SQLITE:
                yield engine, fuzz(Path(folder), requests)
                continue
            found = programs()
            if found is None:
                raise SystemExit("No PostgreSQL on this machine: install it, or choose DATABASES=sqlite.")
            with running_server(found) as server:
                DATABASES.serve(server)
                DATABASES.in_use = engine
                yield engine, fuzz(Path(folder), requests)
                DATABASES.drop_all_but(0)
            DATABASES.in_use = SQLITE


def main(arguments: list[str]) -> int:
    """Print a line for each database; 1 when anything went wrong."""
    if len(arguments) > 1 or not all(one.isdecimal() and int(one) for one in arguments):
        print("usage: python -m tests.fuzz.run [requests]", file=sys.stderr)
        return 2
    wrong = 0
    for engine, seen in fuzz_everywhere(int(arguments[0]) if arguments else REQUESTS):
        print(json.dumps({"database": engine} | seen.figures() | {"held": not seen.wrong}), flush=True)
        wrong |= bool(seen.wrong)
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
