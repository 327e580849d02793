"""What every measurement shares: medians of processor time, contenders in turns, and one JSON line for each figure.

Processor time of this process, so that another program on the machine does not count; the threads of an engine do.
"""

import json
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

ROUNDS = 7


def tell(bench: str, **figures: object) -> None:
    """Print one measurement as a JSON line."""
    print(json.dumps({"bench": bench, **figures}))


def stopwatch() -> Callable[[], float]:
    """Start counting; call what comes back for the seconds of processor time since then."""
    started = time.process_time()
    return lambda: time.process_time() - started


def microseconds(work: Callable[[], object], times: int, rounds: int = ROUNDS) -> float:
    """The median time of one call, over some rounds of `times` calls each."""

    def once() -> float:
        seconds = stopwatch()
        for _ in range(times):
            work()
        return seconds() / times * 1e6

    return statistics.median(once() for _ in range(rounds))


@dataclass(frozen=True, slots=True)
class Contender:
    """One way of doing the same work: `work` answers one input, `check` fails when answers are not what they must be.

    The inputs are gone through `repeats` times a round, so that a fast contender is timed for long enough.
    """

    name: str
    work: Callable[[Any], Any]
    inputs: Sequence[Any]
    check: Callable[[Sequence[Any]], None]
    repeats: int = 1


def in_turns(contenders: Iterable[Contender], rounds: int = ROUNDS) -> dict[str, float]:
    """The median time of one input for each contender, in microseconds.

    Every contender has its turn in every round, so that a machine which slows down slows all of them. What was
    answered while the clock ran is kept, and checked once it stands still.
    """
    everyone = tuple(contenders)
    times: dict[str, list[float]] = {one.name: [] for one in everyone}
    for _ in range(rounds):
        for one in everyone:
            seconds = stopwatch()
            for _ in range(one.repeats):
                answers = [one.work(given) for given in one.inputs]
            times[one.name].append(seconds() / one.repeats / len(one.inputs) * 1e6)
            one.check(answers)
    return {name: statistics.median(found) for name, found in times.items()}
