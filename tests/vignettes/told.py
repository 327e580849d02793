"""The vignettes told answer by answer: read, assessed as `triage assess` does it, withheld in part, exchanged.

Exchanging reverses the order of every pair and renames the persons, so that whoever was A is now B, to the last code.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from triage.assess.reading.answers import read_case
from triage.cases.record import CaseRecord
from triage.cli.assess import written
from triage.cli.files.documents import read_file
from triage.flow.model import Rulebook
from triage.routing.assessment import assess
from triage.routing.loading import Loaded, load

ROOT = Path(__file__).parents[2]
FILES = sorted((ROOT / "flows" / "vignettes").glob("R*.yml"))
DECIDED = ("result", "A", "B", "case", "effective", "alerts")
SWAPPED = {"A": "B", "B": "A", "AB": "BA", "BA": "AB", "a": "b", "b": "a", "x": "y", "y": "x"}
NAMES_THE_SIDES = frozenset(
    {"RI-03", "RI-12", "RI-13", "RI-15", "RI-18", "RI-21", "DR-26", "WD-05", "WD-15", "WD-16", "RC-01", "RC-02"}
)
"""Questions, not asked by direction, whose codes or columns name A and B of the pair."""
NAMES_A_PERSON = frozenset({"started_by", "person", "who", "by_whom"})
"""Columns whose cells say which person of the pair is meant."""
Case = dict[str, Any]


@lru_cache(maxsize=1)
def shipped() -> Loaded:
    loaded = load(ROOT / "flows")
    assert isinstance(loaded, Loaded), [str(problem) for problem in loaded]
    return loaded


def rulebook() -> Rulebook:
    return shipped().book.rulebook


@lru_cache(maxsize=64)
def _read(path: Path) -> Case:
    case = read_file(str(path))
    assert isinstance(case, dict)
    return case


def told(path: Path) -> Case:
    """One vignette as its file tells it."""
    return deepcopy(_read(path))


def assessed(case: Case) -> Case:
    """What `triage assess --json` prints for a case."""
    record = read_case(case, rulebook(), date.fromisoformat(str(case["on"])), str(case["id"]))
    assert isinstance(record, CaseRecord), "\n".join(str(problem) for problem in record)
    return written(assess(record, shipped().book, shipped().decider), shipped())


def decided(case: Case) -> list[Case]:
    """For each pair what is decided, without why."""
    pairs = assessed(case)["pairs"]
    return [{key: pair[key] for key in DECIDED} for pair in pairs]


@lru_cache(maxsize=64)
def decision_told(path: Path) -> tuple[Case, ...]:
    """What is decided for each pair of a vignette as it is told."""
    return tuple(decided(told(path)))


def expected(wanted: list[Case]) -> list[Case]:
    """The expectation of each pair, its lists sorted as a decision writes them."""
    return [
        {key: sorted(value) if isinstance(value, list) else value for key, value in pair.items() if key in DECIDED}
        for pair in wanted
    ]


def as_far_as(wanted: Sequence[Case], found: Sequence[Case]) -> list[Case]:
    """What was decided, as far as the expectation speaks."""
    return [{key: pair[key] for key in want} for want, pair in zip(wanted, found, strict=True)]


def with_one_fact_withheld(case: Case) -> Case:
    """The twin: the same case without the answers and acts that carry one decisive fact."""
    gone = set(case["twin"]["withhold"])
    for kind in ("answers", "acts"):
        case[kind] = [one for one in case[kind] if one["id"] not in gone]
    return case


# --- exchanging the persons -------------------------------------------------------------------------------------------


def exchanged(case: Case) -> Case:
    """The same case with A and B exchanged: every pair reversed, every person renamed, every code that names a side."""
    ids = list(case["persons"])
    renamed = dict(zip(ids, reversed(ids), strict=True))
    case["persons"] = {renamed[one]: details for one, details in case["persons"].items()}
    case["pairs"] = [[renamed[b], renamed[a]] for a, b in case["pairs"]]
    for one in [*case["answers"], *case["acts"]]:
        if "about" in one:
            one["about"] = _renamed_place(one["about"], renamed)
        if one.get("by") in ids if isinstance(one.get("by"), str) else False:
            one["by"] = renamed[one["by"]]
    for answer in case["answers"]:
        if answer["question"] in NAMES_THE_SIDES:
            answer["value"] = _other_side(answer["value"])
    for act in case["acts"]:
        act["value"] = _exchanged_value(act.get("value"))
    return case


def exchanged_decision(pair: Case) -> Case:
    """A decision with the two persons exchanged."""
    of_b = {"A": pair["B"], "B": pair["A"], "effective": {"A": pair["effective"]["B"], "B": pair["effective"]["A"]}}
    return {**pair, **of_b, "result": _exchanged_value(pair["result"])}


def _renamed_place(about: str, renamed: Mapping[str, str]) -> str:
    for mark in (">", "-"):
        if mark in about:
            x, y = about.split(mark)
            return f"{renamed[x]}{mark}{renamed[y]}"
    return renamed.get(about, about)


def _exchanged_value(value: Any) -> Any:
    """Exchange the sides in the value of an act or a result: `W_A`, or a list of markers such as `BDREAD_AB`."""
    if isinstance(value, list):
        return [_exchanged_value(one) for one in value]
    stem, mark, side = str(value).rpartition("_")
    return f"{stem}_{SWAPPED[side]}" if mark and side in {"A", "B", "AB", "BA"} else value


def _other_side(value: Any) -> Any:
    """Exchange the sides in the value of a question whose codes or columns name them."""
    if isinstance(value, list):
        return [_other_side(one) for one in value]
    if isinstance(value, dict):
        return {swapped(key): _cell(key, cell) for key, cell in value.items()}
    return swapped(value) if isinstance(value, str) else value


def _cell(column: str, cell: Any) -> Any:
    return _other_side(cell) if column == "code" or column in NAMES_A_PERSON else cell


def swapped(word: str) -> str:
    """Exchange `a` and `b` standing alone or at the end of a code, and `x` and `y` at its beginning."""
    if word in {"a", "b"}:
        return SWAPPED[word]
    if word[-2:] in {"_a", "_b"}:
        return word[:-1] + SWAPPED[word[-1]]
    if word[:2] in {"x_", "y_"}:
        return SWAPPED[word[0]] + word[1:]
    return _SWAPPED_INSIDE.get(word, word)


_SWAPPED_INSIDE = {
    f"age_{one}_{when}": f"age_{SWAPPED[one]}_{when}" for one in ("a", "b") for when in ("first", "latest")
}
