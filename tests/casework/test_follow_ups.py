"""Who is told to ask again or to find a safe way: one's own desk, and a person's advocate for that person alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.casework.small_service import TODAY, House, Staffed, words
from triage.cases.model import CaseView
from triage.cases.roles import Actor, Side
from triage.cases.wall import Refused
from triage.casework.assessments import read, record_answer, withdraw_answer
from triage.casework.results import Recorded
from triage.casework.telling.follow_ups import ToDo, to_do, to_do_everywhere

LATER = date(2026, 12, 24)


def record(house: House, staffed: Staffed, actor: Actor, value: str, **more: object) -> Recorded:
    view = read(house.service, actor, staffed.id)
    assert isinstance(view, CaseView), view
    new = words(value, **{"source": "ISS" if actor.side is Side.SUPPORT else "OBS", **more})
    done = record_answer(house.service, actor, staffed.id, view.version, new)
    assert isinstance(done, Recorded), done
    return done


def seen(house: House, staffed: Staffed, actor: Actor) -> ToDo:
    found = to_do(house.service, actor, staffed.id)
    assert isinstance(found, ToDo), found
    return found


def test_what_is_not_known_yet_is_asked_again_by_whoever_asked_and_by_nobody_else(
    house: House, staffed: Staffed
) -> None:
    record(house, staffed, staffed.worker, "NK", ask_again=LATER)
    (one,) = seen(house, staffed, staffed.worker).follow_ups
    assert (one.question, one.about, one.asked_on, one.due) == ("WD-01", "A>B", TODAY, LATER)
    for other in (staffed.other_worker, staffed.advocate, staffed.other_advocate):
        assert seen(house, staffed, other) == ToDo(pairs=seen(house, staffed, staffed.worker).pairs)


def test_without_a_day_it_is_in_a_week(house: House, staffed: Staffed) -> None:
    record(house, staffed, staffed.worker, "NK")
    (one,) = seen(house, staffed, staffed.worker).follow_ups
    assert one.due == TODAY + timedelta(days=7)


@pytest.mark.parametrize("later", ["The money is kept from B.", "DEC", "NSA"])
def test_any_answer_there_ends_it_and_taking_it_back_brings_it_again(
    house: House, staffed: Staffed, later: str
) -> None:
    record(house, staffed, staffed.worker, "NK")
    done = record(house, staffed, staffed.worker, later)
    assert seen(house, staffed, staffed.worker).follow_ups == ()
    withdraw_answer(house.service, staffed.worker, staffed.id, done.version, done.id, "Another case.")
    assert len(seen(house, staffed, staffed.worker).follow_ups) == 1


def test_what_is_not_safe_to_ask_is_a_task_of_the_persons_own_advocate_alone(house: House, staffed: Staffed) -> None:
    record(house, staffed, staffed.worker, "NSA", about=f"{staffed.other}>{staffed.own}")
    (one,) = seen(house, staffed, staffed.advocate).safe_ways
    assert (one.question, one.about, one.since) == ("WD-01", f"{staffed.other}>{staffed.own}", TODAY)
    for other in (staffed.worker, staffed.other_worker, staffed.other_advocate):
        assert seen(house, staffed, other).safe_ways == ()


@pytest.mark.parametrize("who", ["worker", "advocate"])
def test_an_answer_of_either_desk_of_the_person_ends_the_search_for_a_safe_way(
    house: House, staffed: Staffed, who: str
) -> None:
    record(house, staffed, staffed.worker, "NSA")
    record(house, staffed, getattr(staffed, who), "Asked on a walk.")
    assert seen(house, staffed, staffed.advocate).safe_ways == ()


def test_what_an_advocate_could_not_ask_safely_shows_nowhere_on_the_programme_side(
    house: House, staffed: Staffed
) -> None:
    record(house, staffed, staffed.advocate, "NSA")
    assert len(seen(house, staffed, staffed.advocate).safe_ways) == 1
    for worker in (staffed.worker, staffed.other_worker):
        assert seen(house, staffed, worker).safe_ways == ()


def test_those_who_decide_have_no_such_task_and_a_stranger_has_no_such_case(house: House, staffed: Staffed) -> None:
    record(house, staffed, staffed.worker, "NK")
    record(house, staffed, staffed.worker, "NSA", about="B>A")
    assert seen(house, staffed, house.lead()) == ToDo()
    assert isinstance(to_do(house.service, house.intake("Nora"), staffed.id), Refused)


def test_the_list_holds_every_case_of_ones_own(house: House, staffed: Staffed) -> None:
    record(house, staffed, staffed.worker, "NK")
    second = house.open_case(staffed.worker, ("Ali", "Bo"))
    other = replace(staffed, id=second)
    record(house, other, staffed.worker, "NK", ask_again=LATER)
    found = {
        case.id: [one.due for one in each.follow_ups] for case, each in to_do_everywhere(house.service, staffed.worker)
    }
    assert found == {staffed.id: [TODAY + timedelta(days=7)], second: [LATER]}
    assert all(each == ToDo(pairs=each.pairs) for _case, each in to_do_everywhere(house.service, staffed.other_worker))
