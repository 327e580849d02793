"""Time one complete case in process: walk, findings and decision of R14, and the loading of the flows.

Prints JSON lines: medians of CPU time, so that another process on the machine does not count. The contract of the
first delivery is 1 ms for a case; the result is asserted, so that what is timed is the real answer.
"""

import gc
import json
import statistics
import time
from datetime import date
from pathlib import Path

from triage.assess.reading.answers import read_case
from triage.cases.record import CaseRecord
from triage.cli.documents import read_file
from triage.routing.assessment import assess
from triage.routing.loading import Loaded, load

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 300


def main() -> None:
    """Load, assess, assert, time, print."""
    began = time.process_time()
    loaded = load(ROOT / "flows")
    loading = time.process_time() - began
    assert isinstance(loaded, Loaded)
    data = read_file(str(ROOT / "flows" / "vignettes" / "R14.yml"))
    record = read_case(data, loaded.book.rulebook, date(2026, 12, 31))
    assert isinstance(record, CaseRecord)
    gc.freeze()  # as a server does once it has loaded (app.py)
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        assessment = assess(record, loaded.book, loaded.decider)
        times.append(time.process_time() - began)
    decision = assessment.pairs[0].decision
    assert decision.result == "W_A", decision
    print(json.dumps({"bench": "load flows", "cpu_ms": round(1000 * loading, 1)}))
    milliseconds = round(1000 * statistics.median(times), 3)
    answers = len(record.answers)
    print(json.dumps({"bench": "assess R14", "answers": answers, "cpu_ms_median": milliseconds, "target": 1.0}))


if __name__ == "__main__":
    main()
