"""What the result of a pair hinges on: what could still change it, what forces it, how little would flip it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from triage.flow.values import RULED_OUT, Strength, last_strength, not_known
from triage.routing.decide import Decider
from triage.routing.reachable.diagram import FALSE, NEVER
from triage.routing.reachable.possible import MayBecome
from triage.routing.reachable.space import Fact, Known, Space, Value, decision_over

MOST_SETS = 3
"""How many smallest changes are told of each result."""
_MOST_TRIED = 64


@dataclass(frozen=True, slots=True)
class Decisive:
    """A fact that alone can change the result for some outcome of all others.

    `makes_now`: the other results it would make by itself while all others stay as they stand now; `separates`: the
    results that it makes, or unmakes, for some outcome of the others.
    """

    fact: str
    strength: Strength
    makes_now: tuple[str, ...]
    separates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hinge:
    """A fact that the result hinges on; `without` are the results that could come if only it were open."""

    fact: str
    strength: Strength
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that would have to stand differently: the strengths that would do, and the source if only that matters."""

    fact: str
    to: tuple[Strength, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Flip:
    """The fewest facts that would have to stand differently for another result, and some such sets of facts."""

    result: str
    fewest: int
    sets: tuple[tuple[Change, ...], ...]


def result_space(decider: Decider, known: Known, may_become: MayBecome) -> Space:
    """The result of a pair over everything that may become of the facts it reads."""
    decision = decision_over(decider, known.sources)
    return Space(decision, known, may_become, decision.circuit.results)


def reached(space: Space) -> tuple[str, ...]:
    """The statements that can still come true, in their order."""
    return tuple(name for name, node in space.nodes.items() if node != FALSE)


def present(space: Space) -> tuple[str, ...]:
    """The statements that are true as things stand."""
    return tuple(name for name, node in space.nodes.items() if space.diagram.holds(node, space.present))


def decisive(space: Space) -> tuple[Decisive, ...]:
    """The facts that can still change the result, the most decisive first.

    First those that alone would change it now; then by the number of results they separate; then in the order of the
    rules.
    """
    depends = {name: space.diagram.depends_on(node) for name, node in space.nodes.items()}
    now = present(space)
    found = [
        Decisive(fact.name, fact.values[0].strengths[0], tuple(sorted(_alone(space, number) - {*now})), separates)
        for number, fact in enumerate(space.facts)
        if (separates := tuple(name for name, on in depends.items() if number in on))
    ]
    return tuple(sorted(found, key=lambda one: (not one.makes_now, -len(one.separates))))


def _alone(space: Space, number: int) -> frozenset[str]:
    """The results that one fact can make while all others stay as they stand now."""
    fixed = {place: 0 for place in range(len(space.facts)) if place != number}
    return frozenset(name for name, node in space.nodes.items() if space.diagram.can_hold(node, fixed))


def hinges(space: Space) -> tuple[Hinge, ...]:
    """A smallest choice of facts that forces the present result whatever all others are: none of them can be left out.

    `space` is over every strength there is. The weakest are left out first, so that what is best known remains.
    """
    (result,) = present(space)
    fixed = dict.fromkeys(range(len(space.facts)), 0)
    opposite = -space.nodes[result]
    for number in sorted(fixed, key=lambda one: (_weight(space.facts[one]), -one)):
        del fixed[number]
        if space.diagram.can_hold(opposite, fixed):
            fixed[number] = 0
    return tuple(_hinge(space, number, fixed, result) for number in sorted(fixed))


def _weight(fact: Fact) -> int:
    """How well a fact is known: ruled out and taken back counts least."""
    return max(fact.values[0].strengths[0], RULED_OUT)


def _hinge(space: Space, number: int, fixed: Mapping[int, int], result: str) -> Hinge:
    others = {place: value for place, value in fixed.items() if place != number}
    possible = (name for name, node in space.nodes.items() if name != result and space.diagram.can_hold(node, others))
    fact = space.facts[number]
    return Hinge(fact.name, fact.values[0].strengths[0], tuple(possible))


def flips(space: Space) -> tuple[Flip, ...]:
    """For every other result, the fewest facts that would have to stand differently; the nearest result first.

    `space` is over every strength there is: what is taken back counts as a change like any other.
    """
    (result,) = present(space)
    found = (_flip(space, name) for name in space.nodes if name != result)
    return tuple(sorted((one for one in found if one.fewest < NEVER), key=lambda one: one.fewest))


def _flip(space: Space, result: str) -> Flip:
    node = space.nodes[result]
    fewest = space.diagram.fewest_changes(node, space.present)
    return Flip(result, fewest, tuple(islice(_sets(space, result), MOST_SETS)))


def _sets(space: Space, result: str) -> Iterator[tuple[Change, ...]]:
    nearest = [_nearest(fact) for fact in space.facts]
    told: set[frozenset[int]] = set()
    changes = space.diagram.smallest_changes(space.nodes[result], space.present, nearest)
    for one in islice(changes, _MOST_TRIED):
        if frozenset(one) not in told:
            told.add(frozenset(one))
            yield tuple(_change(space.facts[number], value) for number, value in sorted(one.items()))


def _nearest(fact: Fact) -> Sequence[int]:
    """The values of a fact, the nearest to the present one first; among those equally near, what is known first."""
    at = fact.values[0].strengths[0]

    def distance(number: int) -> tuple[bool, int, bool]:
        value = fact.values[number]
        near = min(abs(last_strength(one) - last_strength(at)) for one in value.strengths)
        return number != 0, near, not_known(value.strengths[0])

    return sorted(range(len(fact.values)), key=distance)


def _change(fact: Fact, number: int) -> Change:
    value: Value = fact.values[number]
    only_source = value.strengths[0] == fact.values[0].strengths[0]
    return Change(fact.name, value.strengths, value.source if only_source else "")
