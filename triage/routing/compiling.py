"""Write the whole decision, once, as one straight Python function of the strengths, and compile it.

The function works on whole numbers: gates, outcomes, alerts and the rules that fired are bits. `Layout` says which bit
is which. No text of the rules but names checked at reading and whole numbers reaches the source.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from triage.flow.conditions import ROLES_AB, Condition, source, substitute
from triage.routing.instances import Instance, Instances
from triage.routing.rules import PERSONS, Alert
from triage.routing.spelling import Speller

Bare = tuple[int, ...]
"""Result rule, gates; step, outcomes, adaptations, unmet of A, then of B; alerts, raised alerts; broken laws."""

Compiled = Callable[[Sequence[int], int, Sequence[frozenset[str] | None] | None], Bare]


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


def compile_result(layout: Layout) -> Callable[[Sequence[int], Sequence[frozenset[str] | None] | None], int]:
    """Compile the result alone: the number of the rule that gives it."""
    lines = ["latched = 0", *_Writer(layout, Speller(layout.instances, layout)).result_lines(), "return result_rule"]
    text = f"def result(strengths, classes):\n {', '.join(layout.facts)} = strengths\n " + "\n ".join(lines) + "\n"
    result: Callable[[Sequence[int], Sequence[frozenset[str] | None] | None], int] = compile_function(text, "result")
    return result


def compile_function(text: str, name: str) -> Any:  # noqa: ANN401 - callers say what they wrote
    """Compile one function written here from checked rules; the one place where text becomes a program."""
    room: dict[str, Any] = {"distinct": _distinct}
    exec(compile(text, f"<{name}, written from the rules>", "exec"), room)  # noqa: S102 - from checked names and numbers
    return room[name]


def decision_source(layout: Layout, *, with_laws: bool = False) -> str:
    """Write the decision as the source of one function."""
    lines = [f"def decide(strengths, latched, classes):\n {', '.join(layout.facts)} = strengths"]
    lines += _Writer(layout, Speller(layout.instances, layout)).lines(with_laws)
    return "\n ".join(lines) + "\n"


def definition_lines(instances: Instances, speller: Speller) -> Iterator[str]:
    """Write each definition as one variable; those it uses stand above it."""
    for name, condition in instances.definitions:
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
        """Write the definitions, and the first result that holds."""
        yield from definition_lines(self.instances, self.speller)
        yield from self.chain("result_rule", "result", self.instances.results, self.result_number)

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
