"""Write the whole decision, once, as one straight Python function of the strengths, and compile it.

The function works on whole numbers: gates, outcomes, alerts and the rules that fired are bits. `Layout` says which bit
is which. No text of the rules but names checked at reading and whole numbers reaches the source.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from triage.flow.conditions import ROLES_AB, Condition, source, substitute, tests
from triage.routing.instances import Instance, Instances
from triage.routing.rules import PERSONS, Alert
from triage.routing.spelling import Speller

Bare = tuple[int, ...]
"""Result rule, gates; step, outcomes, adaptations, unmet of A, then of B; alerts, raised alerts; broken laws."""

FACTS_OF_CONCERN = ("ISS_OK", "OTHERS_OPEN", "RISK_REASONED")
"""The facts that depend on whom the result concerns (domain 12.2): they may be told once the result is known."""

Concerning = Callable[[int], Sequence[int]]
"""Gives the strengths of FACTS_OF_CONCERN by the number of the rule that gave the result."""


class Compiled(Protocol):
    """The compiled decision; `concerning` finds the facts of concern where they are not among the strengths yet."""

    def __call__(
        self,
        strengths: Sequence[int],
        latched: int,
        classes: Sequence[frozenset[str] | None] | None,
        concerning: Concerning | None = None,
        /,
    ) -> Bare:
        """Decide from strengths in the order of the facts, gates in force (bits), and classes, if known."""


@dataclass(frozen=True)
class Layout:
    """Which number or bit stands for which name."""

    instances: Instances

    @cached_property
    def facts(self) -> tuple[str, ...]:
        """The facts in the order in which the compiled function takes them."""
        return self.instances.rules.read

    @cached_property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes; outcome n is bit n."""
        return tuple(sorted(self.instances.rules.outcomes))

    @cached_property
    def gates(self) -> tuple[str, ...]:
        """The gates; gate n is bit n."""
        return self.instances.rules.gate_names

    @cached_property
    def results(self) -> tuple[str, ...]:
        """The different results."""
        return tuple(dict.fromkeys(one.gives[0] for one in self.instances.results))

    @cached_property
    def alerts(self) -> tuple[Alert, ...]:
        """The alerts that findings raise; alert n is bit n."""
        return tuple(alert for alert in self.instances.rules.alerts if alert.when is not None)

    def outcome_bits(self, names: Iterable[str]) -> int:
        """The bits of some outcomes."""
        return sum(1 << self.outcomes.index(name) for name in set(names))

    def gate_bits(self, names: Iterable[str]) -> int:
        """The bits of some gates; a permission never latches, and other names are no gates."""
        return sum(1 << self.gates.index(name) for name in set(names) & self.instances.rules.latching)


def compile_decision(layout: Layout, *, with_laws: bool = False) -> Compiled:
    """Compile the decision; `with_laws` adds, as a last number, the laws that do not hold (bits)."""
    decided: Compiled = compile_function(decision_source(layout, with_laws=with_laws), "decide")
    return decided


def compile_function(text: str, name: str) -> Any:  # noqa: ANN401 - callers say what they wrote
    """Compile one function written here from checked rules; the one place where text becomes a program."""
    room: dict[str, Any] = {"distinct": _distinct}
    exec(compile(text, f"<{name}, written from the rules>", "exec"), room)  # noqa: S102 - from checked names and numbers
    return room[name]


def decision_source(layout: Layout, *, with_laws: bool = False) -> str:
    """Write the decision as the source of one function."""
    lines = [f"def decide(strengths, latched, classes, concerning=None):\n {', '.join(layout.facts)} = strengths"]
    lines += _Writer(layout, Speller(layout.instances, layout)).lines(with_laws)
    return "\n ".join(lines) + "\n"


def definition_lines(instances: Instances, speller: Speller, names: Collection[str]) -> Iterator[str]:
    """Write each of these definitions as one variable; those it uses stand above it."""
    for name, condition in instances.definitions:
        if name in names:
            yield f"is_{name} = {source(condition, speller.spell)}"


class _Writer:
    def __init__(self, layout: Layout, speller: Speller) -> None:
        self.layout, self.instances, self.speller = layout, layout.instances, speller

    def spell(self, condition: Condition) -> str:
        return source(condition, self.speller.spell)

    def lines(self, with_laws: bool) -> Iterator[str]:
        yield from self.result_lines()
        yield "gates = latched"
        for number, one in enumerate(self.instances.gates):
            yield f"if {self.spell(one.when)}: gates |= {1 << number}"
        for person in PERSONS:
            yield from self.route(person)
        for person in PERSONS:
            yield from self.bits(f"adapted_{person}", (one.when for one in self.instances.adaptations[person]))
            yield from self.bits(
                f"unmet_{person}", (one.when for one in self.instances.effective[person]), wanted=False
            )
        yield from self.bits("alerts", (substitute(one.when or one.raised, ROLES_AB) for one in self.layout.alerts))
        yield from self.bits("raised", (substitute(one.raised, ROLES_AB) for one in self.layout.alerts))
        yield "raised &= alerts"
        if with_laws:
            laws = (one.law for one in self.instances.rules.invariants if one.law is not None)
            yield from self.bits("broken", (substitute(law, ROLES_AB) for law in laws), wanted=False)
        of_persons = ", ".join(f"step_{p}, route_{p}, adapted_{p}, unmet_{p}" for p in PERSONS)
        yield f"return result_rule, gates, {of_persons}, alerts, raised" + (", broken" if with_laws else "")

    def result_lines(self) -> Iterator[str]:
        """Write the first result that holds, then the facts that depend on it, and all that reads these."""
        definitions = dict(self.instances.definitions)
        results = [one.when for one in self.instances.results]
        first = uses(results, definitions)
        late = {name for name in definitions if self._of_concern([definitions[name]])}
        chain = [*self.chain("result_rule", "result", self.instances.results, self.result_number)]
        yield from definition_lines(self.instances, self.speller, first)
        yield from chain
        yield f"if concerning is not None: {', '.join(FACTS_OF_CONCERN)} = concerning(result_rule)"
        yield from definition_lines(self.instances, self.speller, late | (definitions.keys() - first))
        if self._of_concern(results):
            yield from chain

    def _of_concern(self, conditions: Sequence[Condition]) -> bool:
        """Whether some conditions read a fact of concern, themselves, through definitions, or in a list."""
        definitions, lists = dict(self.instances.definitions), self.instances.rules.lists
        read = [*conditions, *(definitions[name] for name in uses(conditions, definitions))]
        words = (word for one in read for test in tests(one) for word in test.arguments)
        return any(fact in FACTS_OF_CONCERN for word in words for fact in lists.get(word, (word,)))

    def result_number(self, one: Instance) -> str:
        return str(self.layout.results.index(one.gives[0]))

    def chain(
        self, number: str, value: str, group: Sequence[Instance], worth: Callable[[Instance], str], first: int = 0
    ) -> Iterator[str]:
        """Write rules of which the first that holds counts; the last of a whole list always holds."""
        for place, one in enumerate(group):
            word = "if" if place == 0 else "elif"
            yield f"{word} {self.spell(one.when)}: {number} = {place + first}; {value} = {worth(one)}"

    def route(self, person: str) -> Iterator[str]:
        """Write the steps of one person; the holds are collected only once a step asks for them."""
        steps, holds = self.instances.steps[person], self.instances.holds[person]
        split = next((place for place, one in enumerate(steps) if one.rule.with_holds), len(steps))

        def worth(one: Instance) -> str:
            bits = str(self.layout.outcome_bits(one.gives))
            return f"{bits} | holds_{person}" if one.rule.with_holds else bits

        yield "if False: pass"
        for line in self.chain(f"step_{person}", f"route_{person}", steps[:split], worth):
            yield line if line.startswith("elif") else f"el{line}"
        yield "else:"
        yield f" holds_{person} = 0"
        for hold in holds:
            yield f" if {self.spell(hold.when)}: holds_{person} |= {self.layout.outcome_bits(hold.gives)}"
        for line in self.chain(f"step_{person}", f"route_{person}", steps[split:], worth, first=split):
            yield f" {line}"

    def bits(self, name: str, conditions: Iterable[Condition], wanted: bool = True) -> Iterator[str]:
        """Write one bit for each condition that holds; or, when not wanted, for each that is not known to hold."""
        yield f"{name} = 0"
        for number, condition in enumerate(conditions):
            text = self.spell(condition)
            yield f"if {text if wanted else f'not ({text})'}: {name} |= {1 << number}"


def uses(conditions: Iterable[Condition], definitions: Mapping[str, Condition]) -> frozenset[str]:
    """The definitions that some conditions use, themselves or through others."""
    found: set[str] = set()
    waiting = [*conditions]
    while waiting:
        named = {test.arguments[0] for test in tests(waiting.pop()) if test.function == "name"} - found
        found |= named
        waiting += [definitions[name] for name in named]
    return frozenset(found)


def _distinct(classes: Sequence[frozenset[str] | None], places: tuple[int, ...]) -> int:
    """Count findings given by their places in the list of facts; -1 where the finding does not count.

    All that rest on one and the same class are one (`interpreting.distinct`); mostly the first tells that they do not.
    """
    counted = [place for place in places if place >= 0]
    shared: frozenset[str] | None = None
    for place in counted:
        found = classes[place]
        if not found or len(found) > 1 or (shared is not None and found != shared):
            return len(counted)
        shared = found
    return min(len(counted), 1)
