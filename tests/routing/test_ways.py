"""Who could fill a gap: nobody is asked through the other, and nobody before it is known that they can speak freely."""

import pytest

from tests.assess.language import rulebook
from triage.flow.model import About
from triage.routing.reachable.ways import How, Way, ways_to

PLACES = {About.CASE: ("",), About.PERSON: ("A", "B"), About.PAIR: ("A-B",), About.DIRECTED: ("A>B", "B>A")}
EVERY = [(question, about) for question in rulebook().questions.values() for about in PLACES[question.about]]


@pytest.mark.parametrize("own", ["A", "B", ""])
@pytest.mark.parametrize("free", ["", "A", "B", "AB"])
def test_a_person_is_asked_by_their_own_worker_alone_and_once_free_to_speak(own: str, free: str) -> None:
    for question, about in EVERY:
        for way in ways_to(question, about, own, frozenset(free)):
            if way.how in {How.OWN, How.OWN_CHECKED_FIRST}:
                assert way.person == own != ""
                assert (way.how is How.OWN) == (own in free)
            assert way.source == "SELF" or way.how in {How.SUPPORT_SERVICE, How.OTHERS}
            assert way.source != "SELF" or way.how not in {How.SUPPORT_SERVICE, How.OTHERS}


def test_every_question_has_a_way_and_one_for_each_of_its_sources() -> None:
    for question, about in EVERY:
        assert {way.source for way in ways_to(question, about, "A", frozenset())} == set(question.sources)


def test_what_was_lived_is_asked_of_the_support_service_of_whoever_lived_it_first() -> None:
    question = rulebook().questions["WD-02"]
    first, *others = ways_to(question, "A>B", "A", frozenset("A"))
    assert first == Way("ISS", "B", How.SUPPORT_SERVICE)
    assert Way("SELF", "B", How.THEIR_WORKER) in others
    assert all(way.person != "A" for way in others)


def test_what_is_of_the_whole_case_is_asked_of_ones_own_person() -> None:
    assert Way("SELF", "A", How.OWN) in ways_to(rulebook().questions["RI-01"], "", "A", frozenset("A"))
    assert Way("SELF", "", How.THEIR_WORKER) in ways_to(rulebook().questions["RI-01"], "", "", frozenset("A"))
