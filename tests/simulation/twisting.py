"""Rules twisted by chance: small rule books that nobody wrote, on which two readers of rules must still agree."""

from dataclasses import replace
from random import Random

from triage.flow.conditions import Always, And, Condition, Not, Or, Test
from triage.routing.rules import DecisionRules, Rule


def twisted(chance: Random, rules: DecisionRules) -> DecisionRules:
    """The rules with a few of them negated, always or never applying, weakened or strengthened, or in another order."""
    changed: dict[str, tuple[Rule, ...]] = {}
    for group in ("results", "gates", "holds", "steps", "adaptations", "effective"):
        written: tuple[Rule, ...] = getattr(rules, group)
        some, last = list(written[:-1]), written[-1]  # the last of an ordered list always applies
        for place in chance.sample(range(len(some)), chance.randint(0, 3)):
            some[place] = replace(some[place], when=twist(chance, some[place].when))
        if group in {"results", "steps"} and chance.random() < 0.5:
            place = chance.randrange(len(some) - 1)
            some[place], some[place + 1] = some[place + 1], some[place]
        changed[group] = (*some, last)
    return replace(rules, **changed)


def twist(chance: Random, condition: Condition) -> Condition:
    kind = chance.choice(("not", "always", "never", "shift", "shift", "swap"))
    if kind in {"always", "never"}:
        return Always(kind == "always")
    if kind == "not":
        return Not(condition)
    match condition:
        case Test(values=(value,)) if value.isdigit():
            return replace(condition, values=(str(max(0, int(value) + chance.choice((-1, 1)))),))
        case Test(function="ind" | "on", arguments=(name, *_)):
            return replace(condition, arguments=(name, chance.choice("1234")))
        case And(parts) | Or(parts):
            combine = {And: Or, Or: And}[type(condition)] if kind == "swap" else type(condition)
            return combine(tuple(twist(chance, part) if chance.random() < 0.4 else part for part in parts))
    return condition
