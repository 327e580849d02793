"""Spell the tests of the decision's rules as Python: facts as variables, all else as numbers and bits."""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from triage.flow.conditions import Test
from triage.flow.spelling import comparison
from triage.routing.instances import Instances
from triage.routing.vocabulary import PREDICATES

_OPPOSITE = {"=": "!=", "!=": "=", ">=": "<", "<": ">=", ">": "<=", "<=": ">"}
_PYTHON = {"=": "==", "!=": "!=", ">=": ">=", "<": "<", ">": ">", "<=": "<="}


class Bits(Protocol):
    """What the speller needs to know of the layout: numbers and bits of names."""

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts in order."""

    @property
    def gates(self) -> tuple[str, ...]:
        """The gates in order."""

    @property
    def results(self) -> tuple[str, ...]:
        """The results in order."""

    @property
    def alerts(self) -> "tuple[Named, ...]":
        """The alerts in order."""

    def outcome_bits(self, names: Iterable[str]) -> int:
        """The bits of outcomes."""


class Named(Protocol):
    """Anything with an id."""

    @property
    def id(self) -> str:
        """The id."""


class Speller:
    """Spells one test, as it holds or as it does not."""

    def __init__(self, instances: Instances, bits: Bits) -> None:
        self.rules, self.instances, self.bits = instances.rules, instances, bits
        self.place = {name: number for number, name in enumerate(bits.facts)}

    def spell(self, test: Test, wanted: bool) -> str:
        """Write one test as a Python expression."""
        if test.function in PREDICATES:
            level = test.arguments[1] if len(test.arguments) > 1 else "2"
            return _predicate(test.function, level, test.arguments[0], wanted)
        if test.function == "value":
            name = test.arguments[0]
            return comparison(test, wanted, name, f"{name} >= 0")
        if test.function in {"count", "distinct"}:
            return self._count(test, wanted)
        text = _SPELLED[test.function](self, test)
        return text if wanted else f"not {text}"

    def outcomes_routed(self, person: str, names: Iterable[str]) -> str:
        """Write that the route of a person holds one of some outcomes."""
        return f"route_{person} & {self.bits.outcome_bits(names)}"

    def steps_at(self, person: str, step: int) -> str:
        """Write that the route of a person was given by one step of 11.4."""
        places = [number for number, one in enumerate(self.rules.steps) if one.step == step]
        return f"({places[0]} <= step_{person} <= {places[-1]})"

    def adaptation_bits(self, person: str, names: Iterable[str]) -> str:
        """Write that a person has one of some adaptations."""
        wanted = set(names)
        group = self.instances.adaptations[person]
        bits = sum(1 << number for number, one in enumerate(group) if wanted & set(one.gives))
        return f"adapted_{person} & {bits}"

    def alert_bit(self, name: str, kind: str = "alerts") -> str:
        """Write that an alert fires, or that it is `raised`."""
        bits = (1 << number for number, alert in enumerate(self.bits.alerts) if alert.id == name)
        return f"{kind} & {next(bits, 0)}"

    def counted(self, test: Test, wanted: bool = True) -> tuple[tuple[str, str], ...]:
        """Write, for each finding that a count may count, its name and that it counts (or that it does not)."""
        names = [name for word in test.arguments for name in self.rules.lists.get(word, (word,))]
        predicate, _, level = test.inner.partition(" ")
        return tuple((name, _predicate(predicate, level or "2", name, wanted)) for name in names)

    def _count(self, test: Test, wanted: bool) -> str:
        if test.function == "count" and (test.operator, test.values) in {(">=", ("1",)), ("=", ("0",))}:
            some = (test.operator == ">=") is wanted
            return f"({(' or ' if some else ' and ').join(text for _, text in self.counted(test, some))})"
        counted = self.counted(test)
        number = " + ".join(f"({text})" for _, text in counted)
        if test.function == "distinct":
            places = ", ".join(f"{self.place[name]} if {text} else -1" for name, text in counted)
            if test.operator == ">=":  # sources of one class make fewer, never more: most often nobody need look
                fewer = f"classes is None or distinct(classes, ({places},)) >= {test.values[0]}"
                text = f"({number} >= {test.values[0]} and ({fewer}))"
                return text if wanted else f"(not {text})"
            number = f"({number} if classes is None else distinct(classes, ({places},)))"
        operator = test.operator if wanted else _OPPOSITE[test.operator]
        return f"({number} {_PYTHON[operator]} {test.values[0]})"


def _predicate(name: str, level: str, fact: str, wanted: bool) -> str:
    return PREDICATES[name][0 if wanted else 1].format(f=fact, n=level)


_SPELLED: Mapping[str, Callable[[Speller, Test], str]] = {
    "name": lambda _, test: f"is_{test.arguments[0]}",
    "latched": lambda speller, test: f"(latched & {1 << speller.bits.gates.index(test.arguments[0])})",
    "gate": lambda speller, test: f"(gates & {1 << speller.bits.gates.index(test.arguments[0])})",
    "result": lambda speller, test: f"(result == {speller.bits.results.index(test.arguments[0])})",
    "collected": lambda _, test: f"holds_{test.arguments[0]}",
    "routed": lambda speller, test: f"({speller.outcomes_routed(test.arguments[0], test.arguments[1:])})",
    "focused": lambda speller, test: f"({speller.outcomes_routed(test.arguments[0], speller.rules.focused)})",
    "held": lambda speller, test: f"({speller.outcomes_routed(test.arguments[0], speller.rules.holding)})",
    "supported": lambda speller, test: f"({speller.outcomes_routed(test.arguments[0], speller.rules.supporting)})",
    "stopped": lambda speller, test: speller.steps_at(test.arguments[0], int(test.arguments[1])),
    "adapted": lambda speller, test: f"({speller.adaptation_bits(test.arguments[0], test.arguments[1:])})",
    "effective": lambda _, test: f"(not unmet_{test.arguments[0]})",
    "alert": lambda speller, test: f"({speller.alert_bit(test.arguments[0])})",
    "raised": lambda speller, test: f"({speller.alert_bit(test.arguments[0], 'raised')})",
}
"""How each test that is not about findings alone is written."""
