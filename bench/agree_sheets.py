"""Compare the circuit of an answer sheet with the evaluator on many random sheets, and print what was reached.

A sheet that does not fit the bounds is compared on a circuit of wider bounds; one that fits neither is replaced by
another, so that as many are compared as were asked for.

Run it so: `python bench/agree_sheets.py --sheets 100000 --seed 1`.
"""

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import count, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the sheets are those of the tests
from tests.proof.sheets.agreement import Agreement, Compared
from tests.proof.sheets.stories import sheets
from triage.proof.sheets.shape.bounds import Bounds
from triage.routing.loading import Loaded, load
from triage.settings import FLOWS

AT_ONCE = 1_000
BOUNDS = Bounds(accounts=3, days=4, rows=2, labels=4)
WIDER = Bounds(accounts=5, days=8, rows=4, labels=8)


class Readers:
    """The evaluator beside the circuits, and what came of all sheets so far."""

    def __init__(self, loaded: Loaded) -> None:
        self.loaded = loaded
        self.narrow = Agreement(loaded, BOUNDS)
        self.compared, self.widened, self.replaced = 0, 0, 0
        self.differences, self.results, self.beyond = Counter[str](), Counter[str](), Counter[str]()
        self.reached: dict[str, set[int]] = defaultdict(set)

    @cached_property
    def wide(self) -> Agreement:
        """A circuit of more accounts, days, rows and labels, made when a sheet first needs it."""
        return Agreement(self.loaded, WIDER)

    def read(self, made: list[object]) -> None:
        """Compare some sheets, those that do not fit on the wider circuit."""
        found = self.narrow.compare(made)
        self._add(found)
        self.beyond += found.beyond
        if found.cut:
            again = self.wide.compare(found.cut)
            self._add(again)
            self.widened += again.compared
            self.replaced += len(again.cut)

    def _add(self, found: Compared) -> None:
        self.compared += found.compared
        self.differences.update(kind for _, kind, _, _ in found.differences)
        self.results += found.results
        for name, strengths in found.reached.items():
            self.reached[name] |= strengths

    @property
    def summary(self) -> str:
        """What the run says in one line."""
        return (
            f"{self.compared:,} compared ({self.widened} of them on wider bounds), "
            f"{self.differences.total()} different, {self.replaced} cut and replaced"
        )


def batches(loaded: Loaded, seed: int) -> Iterator[object]:
    """Give sheets without an end, always the same for the same seed."""
    for part in count():
        yield from sheets(loaded.book.rulebook, BOUNDS, seed * 10_000 + part, AT_ONCE)


def main() -> None:
    """Run, and print one JSON line: sheets, differences, results, and for each finding the strengths reached."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sheets", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    loaded = load(FLOWS)
    if not isinstance(loaded, Loaded):
        raise SystemExit("\n".join(map(str, loaded)))
    readers, made = Readers(loaded), batches(loaded, wanted.seed)
    began = time.process_time()
    while (left := wanted.sheets - readers.compared) > 0:
        readers.read(list(islice(made, min(left, AT_ONCE))))
        print(readers.summary, file=sys.stderr)
    print(
        json.dumps(
            {
                "sheets": readers.compared,
                "on wider bounds": readers.widened,
                "cut and replaced": readers.replaced,
                "why cut": dict(readers.beyond),
                "differences": dict(readers.differences),
                "seconds": round(time.process_time() - began, 1),
                "results": dict(readers.results),
                "reached": {name: sorted(strengths) for name, strengths in readers.reached.items()},
            }
        )
    )
    sys.exit(1 if readers.differences else 0)


if __name__ == "__main__":
    main()
