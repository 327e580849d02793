"""Measure a simulation: 1,000,000 synthetic cases under two versions of the rules, and polars on the same rules.

Prints JSON lines; times are CPU time of one thread, so that another process on the machine does not count. Each part
runs in a process of its own, so that its peak of memory is its own. The new version no longer asks whether resistance
was examined: a real difference, with about 30,000 moves to count and to exemplify.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

from triage.flow.conditions import Always
from triage.routing.decide import Decider
from triage.routing.reading import shipped_rules
from triage.simulation.comparing import Run, compare
from triage.simulation.synthetic import Synthetic, synthetic

CASES, SEED, ROUNDS = 1_000_000, 1, 3
SECONDS, MEBIBYTES = 2.0, 500
SCALAR_SAMPLE = 100_000
CHANGED = "route-8-resistance-not-examined"


def tell(work: str, **figures: object) -> None:
    """Print one measurement."""
    print(json.dumps({"bench": work, **figures}), flush=True)


def versions() -> tuple[Decider, Decider]:
    """The shipped rules, and the same without one rule."""
    rules = shipped_rules()
    steps = tuple(replace(one, when=Always(False)) if one.id == CHANGED else one for one in rules.steps)
    return Decider(rules), Decider(replace(rules, steps=steps))


def peak() -> int:
    """The most memory that this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def measure_simulation() -> None:
    """Make the cases, decide them by both versions, count and exemplify: each part timed by itself."""
    old, new = versions()
    seconds = []
    for _ in range(ROUNDS):
        source = synthetic(old.rules, new.rules, CASES, SEED)
        began = time.process_time()
        run, making = Run(old, new, source), 0.0
        prepared = time.process_time() - began
        chunks = source.chunks()
        while True:
            asked = time.process_time()
            chunk = next(chunks, None)
            making += time.process_time() - asked
            if chunk is None:
                break
            run.take(*chunk)
        whole = time.process_time() - began
        seconds.append((whole, making, whole - making, prepared))
    found = run.tally.comparison(0, frozenset())
    assert found.cases == CASES
    assert found.starts.gained > 10_000
    middle = [round(statistics.median(column), 3) for column in zip(*seconds, strict=True)]
    tell(
        "simulate: decide and compare under two versions, making the cases included",
        cases=CASES, cpu_s=middle[0], making_cases_s=middle[1], deciding_and_comparing_s=middle[2],
        building_the_circuit_s=middle[3], moves=found.moved, target_s=SECONDS, met=middle[0] < SECONDS,
    )  # fmt: skip
    tell("simulate: peak of memory, the whole process", mib=peak(), target_mib=MEBIBYTES, met=peak() <= MEBIBYTES)


def measure_agreement() -> None:
    """Decide 100,000 cases twice by both versions, in columns and one at a time; a difference raises."""
    old, new = versions()
    began = time.process_time()
    found = compare(old, new, synthetic(old.rules, new.rules, SCALAR_SAMPLE, SEED), sample=SCALAR_SAMPLE)
    assert found.checked == SCALAR_SAMPLE
    tell(
        "simulate: columns equal to the compiled decision", cases=found.checked, versions=2, different=0,
        cpu_s=round(time.process_time() - began, 2),
    )  # fmt: skip


def measure_polars() -> None:
    """The same rules as polars expressions over the same columns: equal counts, and the ratio of CPU time."""
    from bench._polars_rules import Columnar

    old, _ = versions()
    source = Synthetic(CASES, SEED, old.rules.read, old.rules.ordinals, tuple(sorted(old.rules.latching)))
    chunks = [old_columns for old_columns, _ in source.chunks()]
    columnar = Columnar(old, chunks)
    counted: dict[str, list[int]] = {}
    timed: dict[str, float] = {}
    for name, work in columnar.ways.items():
        rounds = []
        for _ in range(ROUNDS):
            began = time.process_time()
            counted[name] = work()
            rounds.append(time.process_time() - began)
        timed[name] = statistics.median(rounds)
    assert len({tuple(numbers) for numbers in counted.values()}) == 1, "polars counts otherwise"
    ours = timed.pop("columns")
    best = min(timed, key=timed.__getitem__)
    tell(
        "simulate: one version, columns ready, against polars expressions", cases=CASES,
        statements=len(counted["columns"]), cpu_s=round(ours, 3),
        **{f"{name}_cpu_s": round(value, 3) for name, value in timed.items()},
        ratio_to_best_polars=round(ours / timed[best], 3), target_ratio=1.0, met=ours <= timed[best],
    )  # fmt: skip


PARTS = {"simulation": measure_simulation, "agreement": measure_agreement, "polars": measure_polars}


def run() -> int:
    """Measure one part, or each part in a process of its own."""
    if len(sys.argv) > 1:
        PARTS[sys.argv[1]]()
        return 0
    root = Path(__file__).resolve().parents[1]
    environment = {**os.environ, "POLARS_MAX_THREADS": "1", "PYTHONPATH": str(root)}
    return max(
        subprocess.run([sys.executable, __file__, part], env=environment, check=False).returncode for part in PARTS
    )


if __name__ == "__main__":
    sys.exit(run())
