"""Compare the circuit of an answer sheet with the evaluator on many random sheets, and print what was reached.

Run it so: `python bench/agree_sheets.py --sheets 100000 --seed 1`.
"""

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # the sheets are those of the tests
from tests.proof.sheets.agreement import Agreement
from tests.proof.sheets.stories import sheets
from triage.proof.sheets.shape.bounds import Bounds
from triage.routing.loading import Loaded, load
from triage.settings import FLOWS

AT_ONCE = 1_000
BOUNDS = Bounds(accounts=3, days=4, rows=2, labels=4)


def main() -> None:
    """Run, and print one JSON line: sheets, differences, results, and for each finding the strengths reached."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sheets", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    loaded = load(FLOWS)
    if not isinstance(loaded, Loaded):
        raise SystemExit("\n".join(map(str, loaded)))
    agreement = Agreement(loaded, BOUNDS)
    began = time.process_time()
    compared, differences = 0, Counter[str]()
    beyond, results = Counter[str](), Counter[str]()
    reached: dict[str, set[int]] = defaultdict(set)
    for part in range(-(-wanted.sheets // AT_ONCE)):
        found = agreement.compare(sheets(loaded.book.rulebook, BOUNDS, wanted.seed * 10_000 + part, AT_ONCE))
        compared += found.compared
        differences.update(kind for _, kind, _, _ in found.differences)
        print(f"{compared} sheets, {differences.total()} differences", file=sys.stderr)
        beyond += found.beyond
        results += found.results
        for name, strengths in found.reached.items():
            reached[name] |= strengths
    print(
        json.dumps(
            {
                "sheets": compared,
                "beyond the bounds": beyond.total(),
                "differences": dict(differences),
                "seconds": round(time.process_time() - began, 1),
                "results": dict(results),
                "reached": {name: sorted(strengths) for name, strengths in reached.items()},
            }
        )
    )


if __name__ == "__main__":
    main()
