"""Break the shipped flows and rules 500 times, one small change at a time, and see who notices.

Each mutation is tried on the reading of the flows, `triage prove` (facts, changes of facts, the catalogue, answers),
the structural checks, and the thirty vignettes with their twins; what nobody notices is compared with the shipped rules
by a solver. Whether an invariant becomes false is also sampled without any solver: the prover must miss none of those.

`bench/mutations.py [NUMBER] [SEED] [--report FILE]`: prints a JSON line with the counts, and writes a page, which is
brought up to date as it goes. Two processes at once.
"""

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from random import Random
from shutil import copytree

from _judging import (
    BY_ANSWERS,
    BY_FACTS,
    CLASSES,
    FLOWS,
    SAMPLED,
    SHEETS,
    SMALL,
    SURVIVED,
    Shipped,
    Verdict,
    verdict,
)
from _mutating import mutation, read_folder
from _timing import tell

ROOT = FLOWS.parent
PROCESSES, WRITTEN_EVERY = 2, 10


class Bench:
    """What a process reads once: the shipped flows, their files as data, and a folder in which they are changed."""

    def __init__(self) -> None:
        self.shipped, self.files = Shipped(), read_folder(FLOWS)
        self._room = tempfile.TemporaryDirectory()
        self.folder = Path(self._room.name) / "flows"
        copytree(FLOWS, self.folder)
        copytree(ROOT / "locales", self.folder / "locales")


bench = cache(Bench)


def tried(wanted: tuple[int, int]) -> tuple[Verdict, float]:
    """Try the mutation of a seed with a number, always the same; and the seconds of processor time that it took."""
    seed, number = wanted
    one, began = bench(), time.process_time()
    found = verdict(one.shipped, one.folder, mutation(one.files, Random(f"{seed} {number}")))
    return found, time.process_time() - began


def run(number: int, seed: int, processes: int = PROCESSES) -> Iterator[tuple[Verdict, float]]:
    """Try some mutations in their order, always the same for the same seed."""
    wanted = [(seed, one) for one in range(number)]
    if processes == 1:
        yield from map(tried, wanted)
        return
    with get_context("spawn").Pool(processes) as pool:
        yield from pool.imap(tried, wanted)


def page(verdicts: list[Verdict], seed: int, seconds: float) -> str:
    """The report: how many of each kind are in each class, what the sample says of the proof, every survivor."""
    lines = ["# Mutations of the shipped flows and rules", "", *_opening(verdicts, seed, seconds), *_table(verdicts)]
    lines += ["", "## What the classes mean", ""]
    lines += [f"- **{name}**: {meaning}." for name, meaning in CLASSES.items()]
    lines += ["", *_agreement(verdicts), "", "## What was broken", ""]
    counted = Counter(name for one in verdicts for name in one.broken)
    lines += [f"- {name}: by {times}" for name, times in sorted(counted.items())] or ["Nothing."]
    lines += ["", "## Survivors", ""]
    lines += [f"- {one.mutation.what}" for one in verdicts if one.found == SURVIVED] or ["None."]
    return "\n".join(lines) + "\n"


def _opening(verdicts: list[Verdict], seed: int, seconds: float) -> list[str]:
    bounds = f"{SMALL.accounts} accounts, {SMALL.days} days, {SMALL.rows} row and {SMALL.labels} labels"
    return [
        f"`bench/mutations.py {len(verdicts)} {seed}` made {len(verdicts)} small wrong changes, one at a time,",
        f"and wrote this page; it took {seconds:.0f} s of processor time. The invariants and the laws over answers are",
        "the judges: they were not changed. Each mutation is counted once, at the first class that fits. Laws over",
        "answers were asked of those that break nothing over facts, with less on a sheet than `triage prove` has:",
        f"{bounds}.",
        "",
    ]


def _table(verdicts: list[Verdict]) -> Iterator[str]:
    yield "| kind | mutations | " + " | ".join(CLASSES) + " |"
    yield "|---|---" + "|---" * len(CLASSES) + "|"
    for kind in (*sorted({one.mutation.kind for one in verdicts}), "all"):
        chosen = [one for one in verdicts if kind in {one.mutation.kind, "all"}]
        counts = Counter(one.found for one in chosen)
        yield f"| {kind} | {len(chosen)} | " + " | ".join(str(counts[name]) for name in CLASSES) + " |"


def _agreement(verdicts: list[Verdict]) -> Iterator[str]:
    sampled = [one for one in verdicts if one.sampled]
    caught = sum(one.found in {BY_FACTS, BY_ANSWERS} and not one.missed for one in sampled)
    yield "## Invariants that became false, said without the prover"
    yield ""
    yield f"{SAMPLED} fact sets by chance, the vignettes with their twins, and {SHEETS} answer sheets (vignettes"
    yield "spoiled, answers by chance) went through the evaluator and the compiled decision of each mutation, with the"
    yield "laws over facts read beside them and no solver asked. Laws over answers, relations of two cases and demands"
    yield "of the catalogue are not sampled."
    yield ""
    yield f"{len(sampled)} mutations break an invariant there; `triage prove` breaks the same of {caught} of them."
    yield ""
    yield from [f"- missed: {', '.join(one.missed)}: {one.mutation.what}" for one in sampled if one.missed]


def main() -> None:
    """Run, write the page if it is asked for, print the counts; an invariant that was missed is a failure."""
    words = [word for word in sys.argv[1:] if word.isdigit()]
    number, seed = int(words[0]) if words else 25, int(words[1]) if len(words) > 1 else 4
    path = Path(sys.argv[sys.argv.index("--report") + 1]) if "--report" in sys.argv else None
    verdicts: list[Verdict] = []
    seconds = 0.0
    for one, taken in run(number, seed):
        verdicts.append(one)
        seconds += taken
        if path and (len(verdicts) % WRITTEN_EVERY == 0 or len(verdicts) == number):
            path.write_text(page(verdicts, seed, seconds), encoding="utf-8")
    missed = [one.mutation.what for one in verdicts if one.missed]
    counts = Counter(one.found for one in verdicts)
    tell("mutations", number=number, seed=seed, cpu_s=round(seconds, 1), missed=missed, **counts)
    assert not missed, missed


if __name__ == "__main__":
    main()
