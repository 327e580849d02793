"""Read the laws over single cases without a circuit: what a solver found must be found broken here too.

Built on the literal reading of the rules (`routing/interpreting.py`) alone.
"""

from collections.abc import Callable, Iterator, Mapping

from triage.flow.conditions import ROLES_AB, substitute, with_roles
from triage.flow.values import UNKNOWN, Strength, last_strength, withdrawn
from triage.proof.space import FactSet, exchanged
from triage.routing.instances import ROLES_OF, Instances
from triage.routing.interpreting import Reading
from triage.routing.laws import Invariant, Never, Relation, Residual
from triage.routing.rules import PERSONS


def reading_of(instances: Instances, case: FactSet) -> Reading:
    """Read the rules over one case."""
    return Reading(instances, case.strengths, case.latched, case.classes)


def law_is_broken(instances: Instances, invariant: Invariant, case: FactSet) -> bool:
    """Say whether the law of an invariant is not known to hold of a case."""
    return invariant.law is not None and not reading_of(instances, case).law_holds(invariant.law)


def relation_is_broken(instances: Instances, relation: Relation, first: FactSet, then: FactSet) -> bool:
    """Say whether two cases are related by the change of a relation and break it."""
    if not is_such_a_change(instances, relation, first, then):
        return False
    before, after = reading_of(instances, first), reading_of(instances, then)
    if relation.change == "exchanged":
        return _as_exchanged(before) != _as_it_stands(after)
    return any(_ways(relation, before, after))


def is_such_a_change(instances: Instances, relation: Relation, first: FactSet, then: FactSet) -> bool:
    """Say whether the second case comes from the first by the change that a relation speaks of."""
    if relation.change == "exchanged":
        turned = {exchanged(name): value for name, value in first.strengths.items()}
        classes = {exchanged(name): one for name, one in first.classes.items()}
        return (turned, first.latched, classes) == (then.strengths, then.latched, then.classes)
    if (first.latched, first.classes) != (then.latched, then.classes):
        return False
    lists, words = instances.rules.lists, [with_roles(word, ROLES_AB) for word in relation.facts]
    may_change = {name for word in words for name in lists.get(word, (word,))}
    allowed = _ALLOWED[relation.change]
    changed = changes(first, then)
    return (not may_change or changed.keys() <= may_change) and all(allowed(*both) for both in changed.values())


_ALLOWED: Mapping[str, Callable[[Strength, Strength], bool]] = {
    "withdrawn": lambda before, after: before >= 0 and after == withdrawn(before),
    "forgotten": lambda before, after: before >= 0 and after == UNKNOWN,
    "added": lambda before, after: after >= max(last_strength(before), 1),
    "any": lambda _, __: True,
}
"""Whether a fact may change so."""


def _ways(relation: Relation, before: Reading, after: Reading) -> Iterator[bool]:
    stand_ins = relation.stand_ins or {}
    if "results" in relation.same:
        yield before.result.gives != after.result.gives
    if "gates" in relation.same:
        yield before.gates != after.gates
    if "gates" in relation.keeps:
        lost = (before.gates & before.rules.latching) - after.gates
        yield any(stand_ins.get(name) not in after.gates for name in lost)
    if "holds" in relation.keeps:
        for person in PERSONS:
            lost = (before.routes[person] & before.rules.holding) - after.routes[person]
            gone = any(stand_ins.get(name) not in after.routes[person] for name in lost)
            yield gone and bool(after.routes[person] & after.rules.focused)
    for never in relation.never:
        yield from _never(never, before, after)


def _never(never: Never, before: Reading, after: Reading) -> Iterator[bool]:
    for roles in ROLES_OF.values():
        together = before.holds(substitute(never.before, roles)) and after.holds(substitute(never.after, roles))
        yield together and not any(_excused(one, roles, before, after) for one in never.but)


def _excused(residual: Residual, roles: Mapping[str, str], before: Reading, after: Reading) -> bool:
    words = (with_roles(word, roles) for word in residual.changed)
    names = [name for word in words for name in before.rules.lists.get(word, (word,))]
    stood = (name for name in names if before.strength(name) >= residual.level)
    changed = any(before.strength(name) != after.strength(name) for name in stood)
    return changed and before.holds(substitute(residual.when, roles))


def _as_it_stands(reading: Reading) -> tuple[object, ...]:
    decision = reading.decision()
    routes = tuple((one.outcomes, one.adaptations, one.step, one.unmet) for one in decision.routes.values())
    return (decision.result, *routes, decision.case, decision.alerts, decision.raised)


def _as_exchanged(reading: Reading) -> tuple[object, ...]:
    result, of_a, of_b, *rest = _as_it_stands(reading)
    return (exchanged(str(result)), of_b, of_a, *rest)


def changes(first: FactSet, then: FactSet) -> dict[str, tuple[Strength, Strength]]:
    """The facts that differ between two cases: before and after."""
    names = sorted({*first.strengths, *then.strengths})
    both = {name: (first.strengths.get(name, UNKNOWN), then.strengths.get(name, UNKNOWN)) for name in names}
    return {name: pair for name, pair in both.items() if pair[0] != pair[1]}
