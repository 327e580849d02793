"""Measure the decision: one pair bare, named and explained; and `triage decide` over 3,000 pairs."""

import json
import tempfile
from pathlib import Path

from _timing import microseconds, stopwatch, tell
from click.testing import CliRunner

from triage.cli import main
from triage.flow.values import RULED_OUT, Strength, from_words
from triage.routing.decide import Decider
from triage.routing.interpreting import Reading
from triage.routing.reading import read_rules
from triage.routing.rules import DecisionRules
from triage.settings import FLOWS

VIGNETTES = FLOWS.parent / "tests" / "routing" / "vignettes.yaml"
PAIRS, TARGET_SECONDS = 3_000, 20
CASE = {
    "SUFF": 2, "CTRL_AB": 3, "FEAR_AB": 3, "SPACE_AB": 2, "ECON_AB": 3, "TPEV_AB": 3, "FORCE_A": 3, "RESX_A": 3,
    "ISS_OK": 2, "READY_A": 2, "GRPFIT_A": 2,
}  # fmt: skip


def measure_loading() -> Decider:
    """Reading and checking the rules, and compiling them."""
    seconds = stopwatch()
    rules = read_rules(FLOWS)
    read = seconds()
    assert isinstance(rules, DecisionRules), rules
    decider = Decider(rules)
    tell("rules", read_ms=round(read * 1e3, 1), compiled_ms=round((seconds() - read) * 1e3, 1))
    return decider


def measure_one_pair(decider: Decider) -> None:
    """One pair that goes down to the last step of 11.4."""
    facts: dict[str, Strength] = dict.fromkeys(decider.rules.facts, RULED_OUT)
    facts |= {name: strength for name, value in CASE.items() if (strength := from_words(value)) is not None}
    strengths = [facts[name] for name in decider.layout.facts]
    assert decider.decide(facts).A == ("O-BC-GRP",)
    compiled = microseconds(lambda: decider.bare(strengths, 0, None), 2_000)
    slow = microseconds(lambda: Reading(decider.instances, facts).decision(), 20)
    tell("one pair, bare", us=round(compiled, 2), interpreted_us=round(slow, 2), ratio=round(slow / compiled, 1))
    tell("one pair, named", us=round(microseconds(lambda: decider.decide(facts), 500), 2))
    tell("one pair, with reasons", us=round(microseconds(lambda: decider.decide(facts).reasons, 100), 2))


def measure_the_command() -> None:
    """The command on a file of 3,000 pairs, its reading and printing included."""
    stories = VIGNETTES.read_text(encoding="utf-8").partition("\n")[2]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pairs.yaml"
        path.write_text(stories * (PAIRS // stories.count("- persons:") + 1), encoding="utf-8")
        seconds = stopwatch()
        result = CliRunner().invoke(main, ["decide", str(path), "--json", "--unlisted", "zero"])
        taken = seconds()
    assert result.exit_code == 0, result.output
    pairs = sum(len(item["pairs"]) for item in json.loads(result.stdout))
    assert pairs >= PAIRS
    tell("triage decide", pairs=pairs, cpu_s=round(taken, 2), target=TARGET_SECONDS)


if __name__ == "__main__":
    measure_one_pair(measure_loading())
    measure_the_command()
