"""Small wrong changes of the flows and rules, as tired authors and hostile ones make them, each with a description.

Each mutation changes one place of one file of `flows/`: an edge redirected, a condition negated, weakened or dropped,
a strength or threshold shifted, two rules of an ordered list exchanged, a hold, rule or piece of evidence removed.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml

from triage.flow.conditions import (
    Always,
    And,
    Condition,
    ConditionError,
    ForPersons,
    Not,
    Or,
    Test,
    parse,
)
from triage.flow.writing import written

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # what tests make by chance is tried here too

CONDITIONS = frozenset({"when", "opens", "raised", "zero", "unknown_when", "falls_to_1_when"})
NUMBERS = frozenset({"strength", "cap", "names", "days"})
ORDERED = frozenset({"results", "steps"})
REMOVABLE = frozenset({"holds", "gates", "steps", "results", "effective", "adaptations", "evidence", "edges", "rules"})
SWITCHES = frozenset(
    {"complete", "state", "acts", "latches", "loose", "only", "with_holds", "otherwise_zero", "merged"}
)
MOVES = ("go", "interrupt", "queue")
JUDGES = frozenset({"invariants.yml", "answer-laws.yml"})
COMPETENCES = ("any", "not_the_actor", "harmed", "person", "self", "holder")
OPPOSITE = {"and": Or, "or": And}

Data = Any
"""What one YAML file holds."""


@dataclass(frozen=True, slots=True)
class Site:
    """One place that may be changed: the container, the key in it, a readable path, and the kind of the change."""

    container: Data
    key: Any
    path: str
    kind: str


@dataclass(frozen=True, slots=True)
class Mutation:
    """One changed file, and what was done to it in words."""

    file: str
    data: Data
    kind: str
    what: str


def read_folder(folder: Path) -> dict[str, Data]:
    """Every YAML file of a folder of flows, by name; the invariants and laws are the judges and are not changed."""
    files = sorted(folder.glob("*.yml"))
    return {path.name: yaml.safe_load(path.read_text(encoding="utf-8")) for path in files if path.name not in JUDGES}


def mutation(files: Mapping[str, Data], chance: Random) -> Mutation:
    """One mutation by chance: first the kind, then the place, so that rare kinds come as often as others."""
    by_kind: dict[str, list[tuple[str, Site]]] = {}
    copies = {name: deepcopy(data) for name, data in files.items()}
    for name, data in copies.items():
        for site in sites(data):
            by_kind.setdefault(site.kind, []).append((name, site))
    while True:
        kind = chance.choice(sorted(by_kind))
        name, site = chance.choice(by_kind[kind])
        what = CHANGES[kind](site, chance, copies)
        if what:
            return Mutation(name, copies[name], kind, f"{name} {site.path}: {what}")


def sites(data: Data, path: str = "") -> Iterator[Site]:
    """Every place of one file that some kind of mutation may change."""
    if isinstance(data, dict):
        for key, value in data.items():
            here = f"{path}.{key}" if path else str(key)
            yield from _sites_of_key(data, key, value, here)
            yield from sites(value, here)
    elif isinstance(data, list):
        for place, value in enumerate(data):
            yield from sites(value, f"{path}[{_name(value, place)}]")


KINDS: tuple[tuple[str, Callable[[str, Data, str], bool]], ...] = (
    (
        "condition",
        lambda key, value, here: isinstance(value, str) and (key in CONDITIONS or here[:12] == "definitions."),
    ),
    ("number", lambda key, value, _: key in NUMBERS and type(value) is int),
    ("order", lambda key, value, _: key in ORDERED and isinstance(value, list)),
    ("removal", lambda key, value, _: key in REMOVABLE and isinstance(value, list) and bool(value)),
    ("switch", lambda key, value, _: key in SWITCHES and isinstance(value, bool)),
    ("competence", lambda key, _, __: key == "competent"),
    ("edge", lambda key, value, _: key in MOVES and isinstance(value, str)),
    ("list", lambda _, value, here: here[:6] == "lists." and isinstance(value, list)),
    ("outcome", lambda key, value, _: key == "gives" and isinstance(value, str)),
)
"""Which kinds of mutation a key with its value allows; the path tells where it stands."""


def _sites_of_key(data: Data, key: str, value: Data, here: str) -> Iterator[Site]:
    yield from (Site(data, key, here, kind) for kind, allows in KINDS if allows(key, value, here))
    if key == "needs":
        yield from (Site(need, counted, f"{here}.{counted}", "number") for need in value for counted in need)


def _name(value: Data, place: int) -> str:
    return str(value.get("id", place)) if isinstance(value, dict) else str(place)


# --- what is done to a place; the words say it, and empty words say that it could not be done ------------------------


def _condition(site: Site, chance: Random, _: Mapping[str, Data]) -> str:
    text = site.container[site.key]
    try:
        tree = parse(text)
    except ConditionError:
        return ""
    change = chance.choice((_negated, _dropped, _weakened, _weakened, _weakened))
    changed = change(tree, chance)
    if changed == tree:
        return ""
    site.container[site.key] = written(changed)
    return f"{change.__name__[1:]}: `{' '.join(text.split())}` became `{written(changed)}`"


def _negated(tree: Condition, _: Random) -> Condition:
    return tree.part if isinstance(tree, Not) else Not(tree)


def _dropped(_: Condition, chance: Random) -> Condition:
    return Always(chance.random() < 0.5)


def _weakened(tree: Condition, chance: Random) -> Condition:
    """One small change somewhere inside: a part left out, `and` for `or`, another predicate, a number shifted."""
    match tree:
        case And(parts) | Or(parts):
            place = chance.randrange(len(parts))
            roll = chance.random()
            if roll < 0.3:
                rest = parts[:place] + parts[place + 1 :]
                return rest[0] if len(rest) == 1 else type(tree)(rest)
            if roll < 0.45:
                return Or(parts) if isinstance(tree, And) else And(parts)
            return type(tree)((*parts[:place], _weakened(parts[place], chance), *parts[place + 1 :]))
        case Not(part):
            return part if chance.random() < 0.5 else Not(_weakened(part, chance))
        case ForPersons(every, part):
            return ForPersons(not every, part) if chance.random() < 0.3 else ForPersons(every, _weakened(part, chance))
        case Test():
            return _other_test(tree, chance)
    return tree


_OTHER_PREDICATE = {"ind": "poss", "poss": "ind", "on": "ind", "zero": "unk", "unk": "doubt", "doubt": "unk"}


def _other_test(test: Test, chance: Random) -> Condition:
    if test.values and all(value.isdigit() for value in test.values) and len(test.values) == 1:
        number = int(test.values[0]) + chance.choice((-1, 1))
        return Test(test.function, test.arguments, test.inner, test.operator, (str(max(number, 0)),))
    if test.function in _OTHER_PREDICATE:
        return Test(_OTHER_PREDICATE[test.function], test.arguments[:1])
    if len(test.values) > 1:
        gone = chance.randrange(len(test.values))
        return Test(test.function, test.arguments, test.inner, "in", test.values[:gone] + test.values[gone + 1 :])
    return Not(test)


def _number(site: Site, chance: Random, _: Mapping[str, Data]) -> str:
    old = site.container[site.key]
    site.container[site.key] = new = old + (1 if old <= 0 else chance.choice((-1, 1)))
    return f"{old} became {new}"


def _order(site: Site, chance: Random, _: Mapping[str, Data]) -> str:
    rules = site.container[site.key]
    place = chance.randrange(len(rules) - 2)
    rules[place], rules[place + 1] = rules[place + 1], rules[place]
    return f"{_name(rules[place + 1], place)} and {_name(rules[place], place + 1)} exchanged"


def _removal(site: Site, chance: Random, _: Mapping[str, Data]) -> str:
    rules = site.container[site.key]
    place = chance.randrange(len(rules))
    return f"{_name(rules.pop(place), place)} removed"


def _switch(site: Site, _chance: Random, _: Mapping[str, Data]) -> str:
    site.container[site.key] = not site.container[site.key]
    return f"became {site.container[site.key]}"


def _competence(site: Site, chance: Random, _: Mapping[str, Data]) -> str:
    old = site.container[site.key]
    site.container[site.key] = new = chance.choice([one for one in COMPETENCES if one != old])
    return f"{old} became {new}"


def _edge(site: Site, chance: Random, files: Mapping[str, Data]) -> str:
    targets = {
        edge[move] for data in files.values() for edge in data.get("edges") or () for move in MOVES if move in edge
    }
    old = site.container[site.key]
    site.container[site.key] = new = chance.choice(sorted(targets - {old}))
    return f"{old} became {new}"


def _list(site: Site, chance: Random, _: Mapping[str, Data]) -> str:
    names = site.container[site.key]
    return f"{names.pop(chance.randrange(len(names)))} left out" if len(names) > 1 else ""


def _outcome(site: Site, chance: Random, files: Mapping[str, Data]) -> str:
    outcomes = sorted(files["outcomes.yml"]["outcomes"])
    old = site.container[site.key]
    if old not in outcomes:
        return ""
    site.container[site.key] = new = chance.choice([one for one in outcomes if one != old])
    return f"{old} became {new}"


CHANGES: Mapping[str, Callable[[Site, Random, Mapping[str, Data]], str]] = {
    "condition": _condition,
    "number": _number,
    "order": _order,
    "removal": _removal,
    "switch": _switch,
    "competence": _competence,
    "edge": _edge,
    "list": _list,
    "outcome": _outcome,
}
"""How each kind of place is changed."""
