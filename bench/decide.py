"""Measure the decision: one pair bare, named and explained; and `triage decide` over 3,000 pairs. Prints JSON lines."""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from click.testing import CliRunner

from triage.cli import main
from triage.flow.values import RULED_OUT, Strength, from_words
from triage.routing.decide import Decider
from triage.routing.interpreting import Reading
from triage.routing.reading import read_rules
from triage.routing.rules import DecisionRules
from triage.settings import FLOWS

VIGNETTES = FLOWS.parent / "tests" / "routing" / "vignettes.yaml"
PAIRS = 3_000
CASE = {
    "SUFF": 2, "CTRL_AB": 3, "FEAR_AB": 3, "SPACE_AB": 2, "ECON_AB": 3, "TPEV_AB": 3, "FORCE_A": 3, "RESX_A": 3,
    "ISS_OK": 2, "READY_A": 2, "GRPFIT_A": 2,
}  # fmt: skip


def tell(work: str, **figures: float) -> None:
    """Print one measurement."""
    print(json.dumps({"work": work, **figures}))


def microseconds(work: Callable[[], object], times: int, rounds: int = 7) -> float:
    """The median time of one call, in microseconds of this thread's processor time."""

    def once() -> float:
        started = time.thread_time()
        for _ in range(times):
            work()
        return (time.thread_time() - started) / times * 1e6

    return round(statistics.median(once() for _ in range(rounds)), 2)


def measure_one_pair(rules: DecisionRules) -> None:
    """One pair that goes down to the last step of 11.4."""
    decider = Decider(rules)
    facts: dict[str, Strength] = dict.fromkeys(rules.facts, RULED_OUT)
    facts |= {name: strength for name, value in CASE.items() if (strength := from_words(value)) is not None}
    strengths = [facts[name] for name in decider.layout.facts]
    assert decider.decide(facts).A == ("O-BC-GRP",)
    compiled = microseconds(lambda: decider.bare(strengths, 0, None), 2_000)
    slow = microseconds(lambda: Reading(decider.instances, facts).decision(), 20)
    tell("one pair, bare", us=compiled, interpreted_us=slow, ratio=round(slow / compiled, 1))
    tell("one pair, named", us=microseconds(lambda: decider.decide(facts), 500))
    tell("one pair, with reasons", us=microseconds(lambda: decider.decide(facts).reasons, 100))


def measure_the_command(folder: Path) -> None:
    """The command on a file of 3,000 pairs, its reading and printing included."""
    stories = VIGNETTES.read_text(encoding="utf-8").partition("\n")[2]
    path = folder / "pairs.yaml"
    path.write_text(stories * (PAIRS // stories.count("- persons:") + 1), encoding="utf-8")
    started = time.perf_counter()
    result = CliRunner().invoke(main, ["decide", str(path), "--json", "--unlisted", "zero"])
    seconds = round(time.perf_counter() - started, 2)
    pairs = sum(len(item["pairs"]) for item in json.loads(result.stdout))
    assert result.exit_code == 0
    assert pairs >= PAIRS
    tell("triage decide", pairs=pairs, seconds=seconds)


def run() -> int:
    """Measure everything."""
    started = time.perf_counter()
    rules = read_rules(FLOWS)
    if not isinstance(rules, DecisionRules):
        print(*rules, sep="\n", file=sys.stderr)
        return 1
    read = time.perf_counter()
    Decider(rules)
    tell("rules", read_ms=round((read - started) * 1e3, 1), compiled_ms=round((time.perf_counter() - read) * 1e3, 1))
    measure_one_pair(rules)
    with tempfile.TemporaryDirectory() as folder:
        measure_the_command(Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(run())
