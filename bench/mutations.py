"""Break the shipped flows and rules, one small change at a time, and see who notices.

Each mutation is tried on the reading of the flows, `triage prove` (facts, changes of facts, the catalogue, answers),
the structural checks, and the thirty vignettes with their twins; what nobody notices is compared with the shipped rules
by a solver. Whether an invariant becomes false is also sampled without any solver: the prover must miss none of those.

`bench/mutations.py [NUMBER, 25] [SEED] [--report FILE] [--kept FILE] [--one]`: prints a JSON line with the counts, and
writes a page, which is brought up to date as it goes. Verdicts kept in a file of JSON lines are not worked out again:
a run that was cut off goes on. Two processes at once, with `--one` one. `--closed` tries again what was closed since.
"""

import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from random import Random
from shutil import copytree

import yaml
from _judging import (
    BY_ANSWERS,
    BY_FACTS,
    CLASSES,
    FLOWS,
    REFUSED,
    SHEETS,
    SMALL,
    SURVIVED,
    Shipped,
    Verdict,
    verdict,
)
from _mutating import Mutation, mutation, read_folder
from _sampling import CHANGES, FACT_SETS
from _timing import tell

ROOT = FLOWS.parent
PROCESSES, WRITTEN_EVERY = 2, 10
SEED = 4
CLOSED = "a hole, closed since"


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


def run(numbers: Iterable[int], seed: int, processes: int) -> Iterator[tuple[Verdict, float]]:
    """Try some mutations by their numbers, in that order, always the same for the same seed."""
    wanted = [(seed, one) for one in numbers]
    if processes == 1:
        yield from map(tried, wanted)
        return
    with get_context("spawn").Pool(processes) as pool:
        yield from pool.imap(tried, wanted)


def keep(path: Path, one: Verdict, seconds: float) -> None:
    """Add a verdict to a file; the changed flows themselves are not kept, a seed makes them again."""
    line = {**asdict(replace(one, mutation=replace(one.mutation, data=None))), "seconds": seconds}
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")


def kept(path: Path) -> Iterator[tuple[Verdict, float]]:
    """Give the verdicts of a file, in their order; none when there is no file."""
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        one = json.loads(line)
        change = Mutation(**{**one["mutation"], "data": {}})
        yield Verdict(change, one["found"], tuple(one["broken"]), tuple(one["sampled"])), one["seconds"]


def page(verdicts: list[Verdict], seed: int, seconds: float) -> str:
    """The report: how many of each kind are in each class, what the sample says of the proof, every survivor."""
    lines = ["# Mutations of the shipped flows and rules", "", *_opening(verdicts, seed, seconds), *_table(verdicts)]
    lines += ["", "## What the classes mean", ""]
    lines += [f"- **{name}**: {meaning}." for name, meaning in CLASSES.items()]
    lines += ["", *_agreement(verdicts), "", "## What was broken", ""]
    counted = Counter(name for one in verdicts for name in one.broken)
    lines += [f"- {name}: by {times}" for name, times in sorted(counted.items())] or ["Nothing."]
    lines += ["", "## Survivors", "", *_looked_at(), ""]
    lines += [_survivor(one.mutation.what) for one in verdicts if one.found == SURVIVED] or ["None."]
    return "\n".join(lines) + "\n"


def _survivor(what: str) -> str:
    """One line: what was done, and what was found of it, if somebody looked."""
    return f"- {what}: **{reasons().get(what, 'not looked at yet')}**"


def _looked_at() -> Iterator[str]:
    """How many survivors there were of each kind, and how to see that what was closed is caught now."""
    closed = sum(why.startswith(CLOSED) for why in reasons().values())
    still = sum(why.startswith("open") for why in reasons().values())
    yield f"Each was looked at. Of {len(reasons())} different ones, of this run and earlier ones, {closed} were holes"
    yield f"closed since by laws that are named; {still} are open. The table counts them as they came out of the run,"
    yield f"before these laws. `bench/mutations.py 500 {SEED} --closed` tries the closed ones again, and fails when one"
    yield "is not caught."


@cache
def reasons() -> dict[str, str]:
    """What was found of each survivor, by what was done."""
    found: dict[str, str] = yaml.safe_load(Path(__file__).with_name("survivors.yml").read_text(encoding="utf-8"))
    return found


def _opening(verdicts: list[Verdict], seed: int, seconds: float) -> list[str]:
    bounds = f"{SMALL.accounts} accounts, {SMALL.days} days, {SMALL.rows} row and {SMALL.labels} labels"
    return [
        f"`bench/mutations.py {len(verdicts)} {seed} --report docs/mutations.md` made {len(verdicts)} small wrong",
        f"changes, one at a time, and wrote this page; it took {seconds:.0f} s of processor time.",
        "The invariants and the laws over answers are",
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
    of_answers = sum(any(" " in name for name in one.sampled) for one in sampled)
    caught = sum(one.found in {BY_FACTS, BY_ANSWERS} and not one.missed for one in sampled)
    yield "## Invariants that became false, said without the prover"
    yield ""
    yield f"{FACT_SETS} fact sets by chance, the vignettes with their twins, and {SHEETS} answer sheets (vignettes"
    yield "spoiled, answers by chance) went through the evaluator and the compiled decision of each mutation. The laws"
    yield f"over facts, the relations ({CHANGES} changes by chance for each) and the laws over answers were read beside"
    yield "them, literally, with no circuit and no solver. The catalogue is a look-up: there is nothing to sample."
    yield ""
    yield f"{len(sampled)} mutations break an invariant there ({of_answers} of them a law over answers);"
    yield f"`triage prove` breaks the same of {caught} of them."
    yield ""
    yield from [f"- missed: {', '.join(one.missed)}: {one.mutation.what}" for one in sampled if one.missed]


def _file_after(word: str) -> Path | None:
    """The file named after a word of the command line."""
    return Path(sys.argv[sys.argv.index(word) + 1]) if word in sys.argv else None


def closed_again(number: int, seed: int) -> None:
    """Try again what is said to be closed since; one that the proof does not break, nor reading refuses, is a fault."""
    numbers: dict[str, int] = {}
    for one in range(number):
        numbers.setdefault(mutation(bench().files, Random(f"{seed} {one}")).what, one)
    chosen = [one for what, one in numbers.items() if reasons().get(what, "").startswith(CLOSED)]
    verdicts = [verdict for verdict, _ in run(chosen, seed, 1)]
    loose = [one.mutation.what for one in verdicts if one.found not in {REFUSED, BY_FACTS, BY_ANSWERS}]
    tell("mutations closed since", tried=len(verdicts), loose=loose, **Counter(one.found for one in verdicts))
    assert not loose, loose


def main() -> None:
    """Run, write the page if it is asked for, print the counts; an invariant that was missed is a failure."""
    words = [word for word in sys.argv[1:] if word.isdigit()]
    number, seed = int(words[0]) if words else 25, int(words[1]) if len(words) > 1 else SEED
    if "--closed" in sys.argv:
        closed_again(number, seed)
        return
    path, memory = (_file_after(word) for word in ("--report", "--kept"))
    before = list(kept(memory))[:number] if memory else []
    verdicts, seconds = [one for one, _ in before], sum(taken for _, taken in before)
    for one, taken in run(range(len(verdicts), number), seed, 1 if "--one" in sys.argv else PROCESSES):
        verdicts.append(one)
        seconds += taken
        if memory:
            keep(memory, one, taken)
        if path and len(verdicts) % WRITTEN_EVERY == 0:
            path.write_text(page(verdicts, seed, seconds), encoding="utf-8")
    if path:
        path.write_text(page(verdicts, seed, seconds), encoding="utf-8")
    missed = [one.mutation.what for one in verdicts if one.missed]
    counts = Counter(one.found for one in verdicts)
    tell("mutations", number=number, seed=seed, cpu_s=round(seconds, 1), missed=missed, **counts)
    assert not missed, missed


if __name__ == "__main__":
    main()
