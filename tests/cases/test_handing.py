"""What stands in the way of handing a sheet over: everything that is not the one safe answer."""

from itertools import product

import pytest

from triage.cases.handing import SAFE, Check, How, Said, asked_before, unsafe, ways_for

TAKEN_AWAY = (How.PAPER, How.MEMORY_CARD)


def test_every_way_says_what_makes_it_safe():
    assert set(SAFE) == set(How)


@pytest.mark.parametrize("how", TAKEN_AWAY)
def test_what_is_taken_away_needs_a_person_alone_unseen_who_wants_it(how: How):
    safe = {Check.ALONE: Said.YES, Check.COULD_BE_SEEN: Said.NO, Check.KEPT_FOR_THEM: Said.NO}
    for said in product(Said, repeat=3):
        answers = dict(zip(asked_before(child=False), said, strict=True))
        assert (unsafe(how, answers) == ()) == (answers == safe)


@pytest.mark.parametrize("how", [How.SCREEN, How.READ_ALOUD])
@pytest.mark.parametrize(("alone", "free"), [(Said.YES, True), (Said.NO, False), (Said.NOT_KNOWN, False)])
def test_what_is_shown_or_read_needs_a_person_alone(how: How, alone: Said, free: bool):
    assert (unsafe(how, {Check.ALONE: alone}) == ()) is free


@pytest.mark.parametrize("how", [*TAKEN_AWAY, How.SCREEN, How.READ_ALOUD])
def test_what_was_not_answered_stands_in_the_way(how: How):
    assert unsafe(how, {}) == tuple(SAFE[how])
    assert unsafe(how, {"alone": "oui"})


def test_what_stays_here_needs_nothing():
    assert unsafe(How.KEPT_HERE, {Check.ALONE: Said.NO}) == ()


def test_a_spoken_sheet_never_leaves_the_room():
    assert not set(ways_for(spoken=True)) & {How.PAPER, How.MEMORY_CARD, How.SCREEN}
    assert set(ways_for(spoken=False)) == set(How)


@pytest.mark.parametrize("how", How)
@pytest.mark.parametrize("agreed", ["", *Said])
def test_nothing_is_given_or_read_to_a_child_before_it_is_agreed(how: How, agreed: str) -> None:
    said = {**SAFE[how], Check.AGREED: agreed}
    assert (unsafe(how, said, child=True) == ()) is (agreed == Said.YES or how is How.KEPT_HERE)
    assert unsafe(how, said) == ()


def test_the_question_of_agreement_is_asked_of_a_child_alone() -> None:
    assert set(asked_before(child=True)) - set(asked_before(child=False)) == {Check.AGREED}
