"""What two referrals of one pair say against each other, and the chains over all cases."""

from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triage.cases.matching.graph import Allegation, Pattern, chains, people
from triage.cases.matching.pairs import Bearing, bearing

NOBODY: frozenset[str] = frozenset()
A, B, BOTH = frozenset("A"), frozenset("B"), frozenset("AB")
STRAIGHT, CROSSED = {"A": "A", "B": "B"}, {"A": "B", "B": "A"}
ONE, TWO, THREE, FOUR = (UUID(int=number) for number in range(1, 5))


@pytest.mark.parametrize(("earlier", "later", "letters", "expected"), [
    (A, A, STRAIGHT, Bearing.SAME), (A, B, CROSSED, Bearing.SAME), (A, B, STRAIGHT, Bearing.OPPOSITE),
    (A, A, CROSSED, Bearing.OPPOSITE), (A, BOTH, STRAIGHT, Bearing.OPPOSITE), (BOTH, A, STRAIGHT, Bearing.OPPOSITE),
    (BOTH, BOTH, STRAIGHT, Bearing.OPPOSITE), (NOBODY, A, STRAIGHT, Bearing.UNSAID),
    (A, NOBODY, CROSSED, Bearing.UNSAID), (NOBODY, NOBODY, STRAIGHT, Bearing.UNSAID),
])  # fmt: skip
def test_only_the_same_one_person_named_twice_bears_the_same_way(
    earlier: frozenset[str], later: frozenset[str], letters: dict[str, str], expected: Bearing
) -> None:
    assert bearing(earlier, later, letters) is expected


def test_a_person_said_to_harm_several_is_one_chain() -> None:
    same = people([(case, letter) for case in (ONE, TWO) for letter in "AB"], [((ONE, "A"), (TWO, "B"))])
    found = chains([Allegation(ONE, "A", "B"), Allegation(TWO, "B", "A")], same)
    assert [(one.pattern, one.cases) for one in found] == [(Pattern.SEVERAL, (ONE, TWO))]
    assert found[0].person == {(ONE, "A"), (TWO, "B")}


def test_somebody_harmed_by_one_and_reported_for_another_is_a_chain() -> None:
    same = people([], [((ONE, "B"), (TWO, "A"))])
    found = chains([Allegation(ONE, "A", "B"), Allegation(TWO, "A", "B")], same)
    assert [(one.pattern, one.cases) for one in found] == [(Pattern.HARMED_AND_REPORTED, (TWO, ONE))]


def test_the_same_pair_in_opposite_roles_is_a_chain_of_either_person() -> None:
    same = people([], [((ONE, "A"), (TWO, "A")), ((ONE, "B"), (TWO, "B"))])
    found = chains([Allegation(ONE, "A", "B"), Allegation(TWO, "B", "A")], same)
    assert [one.pattern for one in found] == [Pattern.OPPOSITE, Pattern.OPPOSITE]
    assert {one.person for one in found} == {frozenset({(ONE, "A"), (TWO, "A")}), frozenset({(ONE, "B"), (TWO, "B")})}


def test_a_pair_named_twice_the_same_way_and_strangers_are_no_chain() -> None:
    same = people([], [((ONE, "A"), (TWO, "A")), ((ONE, "B"), (TWO, "B"))])
    assert chains([Allegation(ONE, "A", "B"), Allegation(TWO, "A", "B"), Allegation(THREE, "A", "B")], same) == ()


Place = tuple[UUID, str]
PLACES = st.tuples(st.sampled_from([ONE, TWO, THREE, FOUR]), st.sampled_from("AB"))


@settings(deadline=None)
@given(st.lists(st.tuples(PLACES, PLACES), max_size=12))
def test_being_the_same_person_holds_both_ways_and_onwards(
    same: list[tuple[Place, Place]],
) -> None:
    groups = people([], same)
    for one, other in same:
        assert groups[one] == groups[other]
    assert sum(len(group) for group in set(groups.values())) == len(groups)
