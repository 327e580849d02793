"""Measure one complete case: walk, findings and decision of R14, whole, by stages, with its trace; larger and smaller.

Every timed call is given a record read anew, so that nothing known of its objects helps. What earlier cases taught of
wordings helps, as it does in a server: the first case of a process is printed by itself. Once with each record, as it
is read, its answers are arranged by voice and wording; that is no part of an assessment, and printed beside it.
The contract of the first delivery is 1 ms for a case, that of the compiled evaluator 0.3 ms with the trace at hand;
results are asserted, so that what is timed is the real answer.
"""

import gc
import json
import statistics
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import partial
from typing import Any

from _replicated import answered, replicated
from _timing import stopwatch, tell

from triage.assess.compiled.compiling import CompiledRulebook, compile_rulebook
from triage.assess.context import Context
from triage.assess.findings import Classes, PairFindings, because
from triage.assess.reading.answers import read_case
from triage.assess.walk import off_the_path, walks_of
from triage.assess.worth.accounts import Account
from triage.cases.record import CaseRecord
from triage.cases.voices import transcript_of
from triage.cli.files.documents import read_file
from triage.flow.model import Question
from triage.routing.assessment import Assessment, assess
from triage.routing.loading import Loaded, load
from triage.routing.pairs import decide_pair
from triage.settings import FLOWS

TIMES, FIRST_TARGET_MS, TARGET_MS = 101, 1.0, 0.3
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
    with as_served():
        taken = []
        for record in records[3:]:
            seconds = stopwatch()
            assessment = work(record, loaded)
            taken.append(1e3 * seconds())
            del assessment  # what it takes to forget it is no part of it
    return round(statistics.median(taken), 3)


@contextmanager
def as_served() -> Iterator[None]:
    """Collect as seldom as a server does once it has loaded (app.py)."""
    seldom = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000)
    yield
    gc.set_threshold(*seldom)
    gc.unfreeze()


def measure_one_case(loaded: Loaded, case: Case, answers: int) -> None:
    """R14, a full case: the first time in this process, then again; then with its trace."""
    record = records_of(loaded, case, 1)[0]
    seconds = stopwatch()
    assert assessed(record, loaded).pairs[0].decision.result == "W_A"
    tell("assess R14, the first case of a process", answers=answers, cpu_ms=round(1e3 * seconds(), 1))
    in_words = sum(len(voice.numbers) for voice in record.transcript.voices)
    tell("R14, arranged as it was read", answers=answers, in_words=in_words, voices=len(record.transcript.voices))
    taken = milliseconds(assessed, loaded, case, TIMES)
    tell(
        "assess R14, its trace at hand", answers=answers, cpu_ms=taken,
        target=TARGET_MS, holds=taken <= TARGET_MS, first_target=FIRST_TARGET_MS,
    )  # fmt: skip
    taken = milliseconds(traced, loaded, case, TIMES)
    tell("assess R14 with its trace made", answers=answers, cpu_ms=taken, target=TARGET_MS, holds=taken <= TARGET_MS)


def measure_stages(loaded: Loaded, case: Case) -> None:
    """Where the time of R14 goes; each stage is given what the one before it made."""
    text = json.dumps(case, default=str)
    taken: dict[str, list[float]] = {}

    def timed(stage: str, work: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever the work gives
        seconds = stopwatch()
        made = work()
        taken.setdefault(stage, []).append(1e6 * seconds())
        return made

    book, decider = loaded.book, loaded.decider
    questions = book.rulebook.questions
    with as_served():
        given = [json.loads(text) for _ in range(TIMES)]
        records = [timed("read the record", partial(read_case, data, book.rulebook, TODAY)) for data in given]
        for record in records:
            timed("of this, once with the record: by voice and wording", partial(transcript_of, record.answers))
            timed("floor: one look-up an answer", partial(looked_up, record, questions))
            timed("floor: one account an answer", partial(made_accounts, record, book))
            pair = record.pairs[0]
            context = timed("evidence", partial(Context, book, record, pair, record.on, frozenset(), withdrawn=False))
            timed("strengths", partial(book.written.evaluate, context, None))
            assert not timed("set aside", partial(off_the_path, context))
            findings = PairFindings(pair, tuple(context.strengths), Classes(context), context)
            decision, _ = timed("decision", partial(decide_pair, record, findings, book, decider, frozenset()))
            assert timed("walks", partial(walks_of, context))
            assert timed("reasons", lambda of=decision: of.reasons)
            assert timed("answers behind", lambda of=findings: [because(of, n) for n in range(book.slots.size)])
    for stage, times in taken.items():
        tell("a stage of R14", stage=stage, us=round(statistics.median(times), 1))


def looked_up(record: CaseRecord, questions: Mapping[str, Question]) -> list[Question]:
    """The least that can be done with each answer: find its question."""
    return [questions[answer.question] for answer in record.answers]


def made_accounts(record: CaseRecord, book: CompiledRulebook) -> list[Account]:
    """One object an answer, as a trace needs it."""
    table, standing = book.places[0], book.standings.of(("SELF", "A", None, False, False, False, False))
    codes = frozenset[str]()
    return [Account(answer, 0, table, standing, codes) for answer in record.answers]


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
    measure_stages(loaded, case)
    measure_fewer_answers(loaded, case, case["answers"])
    measure_more_questions(loaded, case)


if __name__ == "__main__":
    main()
