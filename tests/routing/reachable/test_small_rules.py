"""On rule sets made by chance, what is reachable, decisive and hinged on is what trying everything gives."""

from itertools import combinations

import pytest

from tests.routing.reachable.small_rules import FACTS, SmallCase, small_case
from triage.routing.reachable.results import Flip, decisive, flips, hinges, present, reached, result_space
from triage.routing.reachable.routes import prospects
from triage.routing.reachable.space import Space

SEEDS = range(250)


def space_of(one: SmallCase) -> Space:
    return result_space(one.decider, one.known, one.may_become)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_results_that_can_be_reached(seed: int) -> None:
    one = small_case(seed)
    space = space_of(one)
    assert set(reached(space)) == {decision.result for decision in one.table.values()}
    assert present(space) == (one.table[one.present].result,)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_routes_that_can_be_reached(seed: int) -> None:
    one = small_case(seed)
    for prospect in prospects(one.decider, one.known, one.may_become):
        routes = [decision.routes[prospect.person] for decision in one.table.values()]
        assert set(prospect.outcomes) == {name for route in routes for name in route.outcomes}
        assert (prospect.may_start, prospect.may_not) == (
            any(route.effective for route in routes),
            not all(route.effective for route in routes),
        )


@pytest.mark.parametrize("seed", SEEDS)
def test_the_facts_that_can_change_the_result_alone(seed: int) -> None:
    one = small_case(seed)
    found = decisive(space_of(one))
    told = {fact.fact: (set(fact.makes_now), set(fact.separates)) for fact in found}
    assert told == {fact: both for place, fact in enumerate(FACTS) if (both := _by_trying(one, place))[1]}
    ranks = [(not fact.makes_now, -len(fact.separates)) for fact in found]
    assert ranks == sorted(ranks)


def _by_trying(one: SmallCase, place: int) -> tuple[set[str], set[str]]:
    now = one.table[one.present].result
    ways = [(*one.present[:place], way, *one.present[place + 1 :]) for way in one.ways[FACTS[place]]]
    separated = [set(results) for results in one.alike(place) if len(set(results)) > 1]
    return {one.table[way].result for way in ways} - {now}, set().union(*separated)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_the_result_hinges_on_forces_it_and_nothing_of_it_can_be_left_out(seed: int) -> None:
    one = small_case(seed, fewest=2)
    result = one.table[one.present].result
    found = hinges(space_of(one))
    kept = {FACTS.index(fact.fact) for fact in found}
    assert _possible(one, kept) == {result}
    for fact in found:
        without = _possible(one, kept - {FACTS.index(fact.fact)})
        assert without - {result} == set(fact.without)
        assert fact.without


def _possible(one: SmallCase, kept: set[int]) -> set[str]:
    """The results that are possible while some facts stay as they are and all others may stand anyhow."""
    return {
        decision.result
        for ways, decision in one.table.items()
        if all(ways[place] == one.present[place] for place in kept)
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_the_smallest_changes_are_the_smallest_and_change_the_result(seed: int) -> None:
    one = small_case(seed, fewest=2)
    by_trying = {
        result: min(_differs(one, ways) for ways, decision in one.table.items() if decision.result == result)
        for result in {decision.result for decision in one.table.values()} - {one.table[one.present].result}
    }
    found = flips(space_of(one))
    assert {flip.result: flip.fewest for flip in found} == by_trying
    for flip in found:
        _check_sets(one, flip)


def _check_sets(one: SmallCase, flip: Flip) -> None:
    assert flip.sets
    for changes in flip.sets:
        assert len(changes) == flip.fewest
        places = {FACTS.index(change.fact): change for change in changes}
        assert any(
            decision.result == flip.result
            and all(ways[place] == one.present[place] for place in range(len(FACTS)) if place not in places)
            and all(ways[place][0] in change.to for place, change in places.items())
            for ways, decision in one.table.items()
        )
    for first, second in combinations(flip.sets, 2):
        assert {change.fact for change in first} != {change.fact for change in second}


def _differs(one: SmallCase, ways: tuple[object, ...]) -> int:
    return sum(way != now for way, now in zip(ways, one.present, strict=True))
