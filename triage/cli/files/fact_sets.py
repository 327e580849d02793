"""Turn the items of a file into pairs that can be decided, or say everything that is wrong with them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from triage.cli.files.fact_files import Found, Written
from triage.flow.problems import nearest
from triage.flow.values import Strength, from_words
from triage.routing.rules import DecisionRules

_HIGHEST_READY = 3
_HIGHEST_COUNT = 99


@dataclass(frozen=True, slots=True)
class FactSet:
    """One pair of an item: who A and B are, the strengths given, the gates in force."""

    persons: dict[str, object]
    facts: dict[str, Strength]
    latched: frozenset[str]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a file with its pairs."""

    id: object
    pairs: tuple[FactSet, ...]


class ItemReader:
    """Reads items by some rules, noting problems."""

    def __init__(self, rules: DecisionRules, found: Found) -> None:
        self.rules, self.found = rules, found

    def items(self, raw: list[object]) -> Iterator[Item]:
        """Read every item."""
        for number, one in enumerate(raw, start=1):
            if isinstance(one, Written):
                yield self._item(one, number)
            else:
                self.found.add("D003", f"Item {number} is not an object with `id` and `pairs`.")

    def _item(self, item: Written, number: int) -> Item:
        self._check_twice(item, f"item {number}")
        identity = item.get("id")
        if not _names_someone(identity):
            self.found.add("D004", f"Item {number} has no `id`, or one that is no text.", item, "id")
        name = f"`{shortened(identity)}`" if _names_someone(identity) else f"number {number}"
        pairs = item.get("pairs")
        if not isinstance(pairs, list):
            self.found.add("D004", f"Item {name} has no list of `pairs`.", item, "pairs")
            return Item(identity, ())
        return Item(
            identity, tuple(self._pair(pair, f"item {name}, pair {n}", item) for n, pair in enumerate(pairs, 1))
        )

    def _pair(self, pair: object, where: str, item: Written) -> FactSet:
        if not isinstance(pair, Written):
            self.found.add("D003", f"In {where}: a pair is an object with `persons` and `findings`.", item, "pairs")
            return FactSet({}, {}, frozenset())
        self._check_twice(pair, where)
        return FactSet(self._persons(pair, where), self._facts(pair, where), self._latched(pair, where))

    def _persons(self, pair: Written, where: str) -> dict[str, object]:
        persons = pair.get("persons")
        if not isinstance(persons, Written) or not all(_names_someone(persons.get(one)) for one in ("A", "B")):
            self.found.add("D010", f"In {where}: `persons` must say who A and B are.", pair, "persons")
            return {}
        self._check_twice(persons, where)
        if str(persons["A"]) == str(persons["B"]):
            self.found.add("D010", f"In {where}: A and B are the same person.", pair, "persons")
        return {"A": persons["A"], "B": persons["B"]}

    def _facts(self, pair: Written, where: str) -> dict[str, Strength]:
        findings = pair.get("findings")
        if not isinstance(findings, Written):
            self.found.add("D004", f"In {where}: `findings` must be an object.", pair, "findings")
            return {}
        self._check_twice(findings, where)
        read = {name: self._strength(findings, name, where) for name in findings}
        return {name: strength for name, strength in read.items() if strength is not None}

    def _strength(self, findings: Written, name: str, where: str) -> Strength | None:
        if name in self.rules.computed:
            self.found.add("D008", f"In {where}: `{name}` is computed, never entered.", findings, name)
            return None
        if name not in self.rules.facts:
            near = nearest(name, self.rules.facts)
            self.found.add("D006", f"In {where}: `{shortened(name)}` is no finding.", findings, name, near)
            return None
        strength = self._value(name, findings[name])
        if strength is None:
            allowed = "0 to 3" if name in self.rules.ordinals else "a count" if name in self.rules.counts else "0 to 4"
            sentence = f"`{name}` is {allowed}, `unknown` or `was N`, not `{shortened(findings[name])}`."
            self.found.add("D007", f"In {where}: {sentence}", findings, name)
        return strength

    def _value(self, name: str, written: object) -> Strength | None:
        if name in self.rules.counts and isinstance(written, int) and not isinstance(written, bool):
            return Strength(written) if 0 <= written <= _HIGHEST_COUNT else None
        strength = from_words(written)
        too_high = name in self.rules.ordinals and strength in {_HIGHEST_READY + 1, -2 - _HIGHEST_READY}
        return None if too_high else strength

    def _latched(self, pair: Written, where: str) -> frozenset[str]:
        latched = pair.get("latched", [])
        if not isinstance(latched, list):
            self.found.add("D009", f"In {where}: `latched` must be a list of gates.", pair, "latched")
            return frozenset()
        for gate in latched:
            if gate not in self.rules.gate_names:
                near = nearest(str(gate), self.rules.gate_names)
                self.found.add("D009", f"In {where}: `{shortened(gate)}` is no gate.", pair, "latched", near)
        return frozenset(gate for gate in latched if isinstance(gate, str))

    def _check_twice(self, block: Written, where: str) -> None:
        for key in block.twice:
            self.found.add("D005", f"In {where}: `{shortened(key)}` stands twice.", block, key)


def _names_someone(value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool) and value != ""


def shortened(value: object) -> str:
    """Write a value of a file in a message, as JSON and YAML name it: one line, not too long."""
    is_word_of_json = value is None or isinstance(value, bool)
    text = json.dumps(value) if is_word_of_json else " ".join(str(value).split())
    return text if len(text) <= 60 else f"{text[:57]}..."
