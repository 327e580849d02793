"""Measure one complete case: walk, findings and decision of R14; with its trace; with more questions, fewer answers.

Every timed call is given a record read anew, so that nothing known of its objects helps. The contract of the first
delivery is 1 ms for a case, that of the compiled evaluator 0.3 ms with the trace; results are asserted, so that what is
timed is the real answer.
"""

import gc
import json
import statistics
from collections.abc import Callable, Mapping
from datetime import date

from _replicated import answered, replicated
from _timing import stopwatch, tell

from triage.assess.compiled.compiling import compile_rulebook
from triage.assess.findings import because
from triage.assess.reading.answers import read_case
from triage.cases.record import CaseRecord
from triage.cli.documents import read_file
from triage.routing.assessment import Assessment, assess
from triage.routing.loading import Loaded, load
from triage.settings import FLOWS

TIMES, TARGET_MS, TRACED_TARGET_MS = 101, 1.0, 0.3
COPIES = (1, 2, 4, 7)
TODAY = date(2026, 12, 31)

Case = Mapping[str, object]


def measure_loading() -> Loaded:
    """Reading, checking and compiling everything in `flows/`."""
    seconds = stopwatch()
    loaded = load(FLOWS)
    taken = seconds()
    assert isinstance(loaded, Loaded), loaded
    tell("load flows", cpu_ms=round(1e3 * taken, 1))
    return loaded


def records_of(loaded: Loaded, case: Case, times: int) -> list[CaseRecord]:
    """One case read several times, down to its strings."""
    text = json.dumps(case, default=str)
    records = [read_case(json.loads(text), loaded.book.rulebook, TODAY) for _ in range(times)]
    return [record for record in records if isinstance(record, CaseRecord)]


def assessed(record: CaseRecord, loaded: Loaded) -> Assessment:
    """Walk, findings, decision."""
    return assess(record, loaded.book, loaded.decider)


def traced(record: CaseRecord, loaded: Loaded) -> Assessment:
    """The same, with why: the answers behind every finding, the reasons of the decision."""
    assessment = assessed(record, loaded)
    for pair in assessment.pairs:
        behind = [because(pair.findings, number) for number in range(loaded.book.slots.size)]
        assert pair.decision.reasons
        assert any(behind)
    return assessment


def milliseconds(work: Callable[[CaseRecord, Loaded], Assessment], loaded: Loaded, case: Case, times: int) -> float:
    """The median of processor time over records read anew."""
    records = records_of(loaded, case, times + 3)
    assert len(records) == times + 3, "every record must be read"
    for record in records[:3]:
        assert work(record, loaded).pairs[0].decision.result
    gc.collect()
    gc.freeze()  # as a server does once it has loaded (app.py)
    taken = []
    for record in records[3:]:
        seconds = stopwatch()
        work(record, loaded)
        taken.append(1e3 * seconds())
    gc.unfreeze()
    return round(statistics.median(taken), 3)


def measure_one_case(loaded: Loaded, case: Case, answers: int) -> None:
    """R14, a full case: the first time in this process, then again; then with its trace."""
    record = records_of(loaded, case, 1)[0]
    seconds = stopwatch()
    assert assessed(record, loaded).pairs[0].decision.result == "W_A"
    tell("assess R14, the first case of a process", answers=answers, cpu_ms=round(1e3 * seconds(), 1))
    tell("assess R14", answers=answers, cpu_ms=milliseconds(assessed, loaded, case, TIMES), target=TARGET_MS)
    taken = milliseconds(traced, loaded, case, TIMES)
    tell("assess R14 with its trace", answers=answers, cpu_ms=taken, target=TRACED_TARGET_MS)


def measure_fewer_answers(loaded: Loaded, case: Case, answers: list[object]) -> None:
    """The first answers of R14 alone: what a case costs while it grows."""
    for part in (0, 1, 2, 4):
        some = answers[: len(answers) * part // 4]
        taken = milliseconds(assessed, loaded, {**case, "answers": some}, TIMES // 2)
        tell("assess part of R14", answers=len(some), cpu_ms=taken)


def measure_more_questions(loaded: Loaded, case: Case) -> None:
    """The flows, and R14, several times over."""
    for copies in COPIES:
        larger = replicated(loaded.book.rulebook, copies)
        seconds = stopwatch()
        several = Loaded(compile_rulebook(larger), loaded.decider)
        compiled = seconds()
        longer = answered(case, copies)
        number = len(records_of(several, longer, 1)[0].answers)
        taken = milliseconds(assessed, several, longer, TIMES // 4)
        tell(
            "assess R14 in every copy of the flows", questions=len(larger.questions), answers=number, cpu_ms=taken,
            us_per_question=round(1e3 * taken / len(larger.questions), 2), compiling_ms=round(1e3 * compiled),
        )  # fmt: skip


def main() -> None:
    """Every measurement."""
    loaded = measure_loading()
    case = read_file(str(FLOWS / "vignettes" / "R14.yml"))
    assert isinstance(case, dict)
    measure_one_case(loaded, case, len(case["answers"]))
    measure_fewer_answers(loaded, case, case["answers"])
    measure_more_questions(loaded, case)


if __name__ == "__main__":
    main()
