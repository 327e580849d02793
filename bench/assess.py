"""Measure one complete case: walk, findings and decision of R14; and the loading of the flows.

The contract of the first delivery is 1 ms for a case; the result is asserted, so that what is timed is the real answer.
"""

import gc
from datetime import date

from _timing import microseconds, stopwatch, tell

from triage.assess.reading.answers import read_case
from triage.cases.record import CaseRecord
from triage.cli.documents import read_file
from triage.routing.assessment import assess
from triage.routing.loading import Loaded, load
from triage.settings import FLOWS

TIMES, TARGET_MS = 50, 1.0


def measure_loading() -> Loaded:
    """Reading, checking and compiling everything in `flows/`."""
    seconds = stopwatch()
    loaded = load(FLOWS)
    taken = seconds()
    assert isinstance(loaded, Loaded), loaded
    tell("load flows", cpu_ms=round(1e3 * taken, 1))
    return loaded


def measure_one_case(loaded: Loaded) -> None:
    """R14, a full case, from its answers to its decision."""
    data = read_file(str(FLOWS / "vignettes" / "R14.yml"))
    record = read_case(data, loaded.book.rulebook, date(2026, 12, 31))
    assert isinstance(record, CaseRecord), record
    assert assess(record, loaded.book, loaded.decider).pairs[0].decision.result == "W_A"
    gc.freeze()  # as a server does once it has loaded (app.py)
    median = microseconds(lambda: assess(record, loaded.book, loaded.decider), TIMES)
    tell("assess R14", answers=len(record.answers), cpu_ms=round(median / 1e3, 3), target=TARGET_MS)


if __name__ == "__main__":
    measure_one_case(measure_loading())
