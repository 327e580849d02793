"""`make resilience`: the procedures of the reliability requirements at their full size, as JSON lines.

Exit 1 when a figure misses what is asked. Source: security page 5, R1, R8, R9, R11, R12.
"""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.run import REQUESTS, fuzz_everywhere
from tests.resilience import killing, queueing, two_at_once
from tests.resilience.served import prepare, served

KILLS, PAIRS, TIMES, WRITERS, SECONDS = 100, 200, 100, 50, 60.0
Judged = tuple[dict[str, object], bool]


def served_figures(folder: Path) -> Iterator[Judged]:
    """What needs the server: kills, pairs of edits, forms sent twice."""
    case_id = prepare(folder)
    with served(folder, workers=4) as running:
        for form in two_at_once.forms_of(running, case_id):
            if form.name != "referral":  # it opens something new, and has no version to be behind
                figures = two_at_once.concurrent_edits(form, PAIRS)
                yield figures, two_at_once.edits_held(figures)
            figures = two_at_once.double_submits(form, TIMES)
            yield figures, two_at_once.submits_held(figures)
        figures = killing.kill_workers(running, KILLS)
        yield figures, killing.held(figures)


def queue_figures(folder: Path) -> Iterator[Judged]:
    """What needs the database alone: writers that queue."""
    figures = queueing.queued_writers(folder, WRITERS, SECONDS)
    yield figures, queueing.held(figures)


def fuzz_figures(_folder: Path) -> Iterator[Judged]:
    """What needs everybody: wild requests over every route, method and role, on each database."""
    for engine, seen in fuzz_everywhere(REQUESTS):
        yield {"database": engine} | seen.figures(), not seen.wrong


def main(parts: list[Callable[[Path], Iterator[Judged]]]) -> int:
    """Print a line for each figure; 1 when one misses."""
    missed = 0
    for part in parts:
        with TemporaryDirectory(prefix="resilience") as folder:
            for figures, held in part(Path(folder)):
                print(json.dumps(figures | {"held": held}), flush=True)
                missed |= not held
    return missed


if __name__ == "__main__":
    sys.exit(main([queue_figures, served_figures, fuzz_figures]))
