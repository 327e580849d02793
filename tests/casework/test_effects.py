"""What an answer did to the others is told from the case that its writer saw, exactly as from the case read again."""

from dataclasses import replace
from uuid import uuid4

import pytest

from tests.casework.small_service import TODAY, House, Staffed, words
from triage.cases.model import CaseView, NewAnswer
from triage.cases.roles import Actor
from triage.casework.assessments import read, record_answer
from triage.casework.results import Recorded
from triage.casework.telling.effects import effect, effect_of_new
from triage.routing.effects import Effect

SAID = words("He decides who I see.", source="SELF", alone=True, contact="c1", interested=True, recording="plain")


def recorded(
    house: House, staffed: Staffed, new: NewAnswer, key: str = "", actor: Actor | None = None
) -> tuple[CaseView, Recorded]:
    """The case as somebody saw it, the worker if nobody else is named, and what came of their answer."""
    actor = actor or staffed.worker
    seen = read(house.service, actor, staffed.id)
    assert isinstance(seen, CaseView), seen
    done = record_answer(house.service, actor, staffed.id, seen.version, new, key)
    assert isinstance(done, Recorded), done
    return seen, done


def test_it_is_what_reading_the_case_again_tells(house: House, staffed: Staffed) -> None:
    table = [{"code": "relative", "pseudonym": "R1", "iss_offer_status": "active"}]
    for actor, new in (
        (staffed.worker, SAID),
        (staffed.worker, words("DEC", source="SELF", alone=False)),
        (staffed.worker, replace(SAID, value="NK", ask_again=TODAY, recording="")),
        (staffed.worker, replace(SAID, tainted=True, hearsay=True)),
        (staffed.advocate, NewAnswer("RI-16", "ISS", table, TODAY, about=staffed.own)),
    ):
        seen, done = recorded(house, staffed, new, actor=actor)
        told = effect_of_new(house.service, seen, done)
        again = effect(house.service, actor, staffed.id, done.id)
        assert isinstance(told, Effect)
        assert isinstance(again, Effect)
        assert told.after.record == again.after.record
        assert (told.fallen, told.returned) == (again.fallen, again.returned)
        assert len(told.after.record.answers) == len(seen.record.answers) + 1


def test_it_is_not_told_of_an_answer_that_came_over_another(house: House, staffed: Staffed) -> None:
    seen, _first = recorded(house, staffed, SAID)
    _seen, second = recorded(house, staffed, words("Another."))
    assert second.answer
    assert effect_of_new(house.service, seen, second) is None


def test_it_is_not_told_of_a_correction_or_of_a_form_sent_twice(house: House, staffed: Staffed) -> None:
    key = str(uuid4())
    seen, first = recorded(house, staffed, SAID, key)
    same = record_answer(house.service, staffed.worker, staffed.id, seen.version, SAID, key)
    assert isinstance(same, Recorded)
    assert same == first
    assert effect_of_new(house.service, seen, same) is None
    corrected = replace(SAID, value="He asks where I go.", corrects=first.id, reason="Misheard.")
    assert effect_of_new(house.service, *recorded(house, staffed, corrected)) is None


@pytest.mark.parametrize("moved", [-1, 1])
def test_it_is_not_told_of_a_case_of_another_version(house: House, staffed: Staffed, moved: int) -> None:
    seen, done = recorded(house, staffed, SAID)
    assert effect_of_new(house.service, replace(seen, version=seen.version + moved), done) is None
