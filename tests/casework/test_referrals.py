"""Opening a case, the list of cases, and taking on a person."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.casework.small_service import TODAY, House, Staffed
from triage.cases.model import PersonDetails, Referral
from triage.cases.roles import Side
from triage.cases.wall import Reason, Refused
from triage.casework.assessments import read
from triage.casework.referrals import list_cases, open_case, take_on

GOOD = Referral({"x": PersonDetails("Sam"), "y": PersonDetails("Kim")}, "x", "Court service")


def test_the_letters_are_drawn_and_say_nothing_about_the_order_of_the_form(house: House) -> None:
    ines = house.intake()
    first = [house.open_case(ines) for _case in range(40)]
    letters = {line.own_person for line in list_cases(house.service, ines)}
    assert letters == {"A", "B"}
    assert len(set(first)) == 40


def test_a_case_of_ones_own_shows_the_names_and_anothers_its_reference_only(house: House) -> None:
    ines, ivo, ada = house.intake(), house.intake("Ivo"), house.advocate()
    house.open_case(ines)
    (own,) = list_cases(house.service, ines)
    assert (sorted(own.called.values()), own.free) == (["Kim", "Sam"], ())
    (waiting,) = list_cases(house.service, ivo)
    assert (waiting.reference, waiting.called, waiting.own_person) == (own.reference, {}, "")
    assert waiting.free == (("B",) if own.own_person == "A" else ("A",))
    assert [line.free for line in list_cases(house.service, ada)] == [("A", "B")]


def test_the_panel_sees_every_case(house: House, staffed: Staffed) -> None:
    for reader in (house.panel("Pia", Side.SUPPORT), house.lead()):
        assert [line.id for line in list_cases(house.service, reader)] == [staffed.id]


def test_a_case_with_its_workers_is_not_offered_to_others(house: House, staffed: Staffed) -> None:
    assert list_cases(house.service, house.intake("Stan")) == ()
    assert [line.id for line in list_cases(house.service, staffed.other_advocate)] == [staffed.id]


def test_one_worker_takes_on_one_person_and_one_person_has_one_worker_a_side(house: House, staffed: Staffed) -> None:
    again = take_on(house.service, staffed.worker, staffed.id, staffed.other)
    assert again == Refused(Reason.ALREADY_WORKING, "1.2")
    taken = take_on(house.service, house.intake("Stan"), staffed.id, staffed.own)
    assert taken == Refused(Reason.ALREADY_TAKEN, "1.2")


@pytest.mark.parametrize("letter", ["C", "", "A-B", "\x00", "a"])
def test_only_a_person_of_the_case_can_be_taken_on(house: House, letter: str) -> None:
    case_id = house.open_case(house.intake())
    refused = take_on(house.service, house.advocate(), case_id, letter)
    assert refused == Refused(Reason.NOT_YOUR_PERSON, "1.2")


def test_panel_members_and_safety_leads_take_nobody_on(house: House) -> None:
    case_id = house.open_case(house.intake())
    for actor in (house.panel("Pia", Side.SUPPORT), house.lead()):
        assert take_on(house.service, actor, case_id, "A") == Refused(Reason.NOT_YOUR_ROLE, "1.2")
        assert open_case(house.service, actor, GOOD) == Refused(Reason.NOT_YOUR_ROLE, "1.2")


def test_who_has_read_a_case_for_the_panel_never_works_on_a_side_of_it(house: House) -> None:
    case_id = house.open_case(house.intake())
    pia, ada = house.panel("Pia", Side.SUPPORT), house.advocate()
    read(house.service, pia, case_id)
    as_advocate = replace(pia, role=ada.role)
    assert take_on(house.service, as_advocate, case_id, "A") == Refused(Reason.NO_SUCH_CASE, "1.2")


@pytest.mark.parametrize(
    "change",
    [
        {"persons": {"x": PersonDetails("Sam")}},
        {"persons": {key: PersonDetails("Sam") for key in "xyz"}},
        {"persons": {"x": PersonDetails(""), "y": PersonDetails("Kim")}},
        {"persons": {"x": PersonDetails("S\x00m"), "y": PersonDetails("Kim")}},
        {"persons": {"x": PersonDetails("\ud800"), "y": PersonDetails("Kim")}},
        {"persons": {"x": PersonDetails("x" * 201), "y": PersonDetails("Kim")}},
        {"persons": {"x": PersonDetails("Sam", TODAY + timedelta(days=1)), "y": PersonDetails("Kim")}},
        {"persons": {"x": PersonDetails("Sam", date(1, 1, 1)), "y": PersonDetails("Kim")}},
        {"worker_sees": "z"},
        {"facts": "x" * 20_001},
        {"facts": "\x07"},
        {"received_from": "\udfff"},
    ],
)
def test_a_referral_that_is_not_in_order_opens_nothing(house: House, change: dict[str, object]) -> None:
    ines = house.intake()
    refused = open_case(house.service, ines, replace(GOOD, **change))
    assert isinstance(refused, Refused)
    assert (refused.reason, bool(refused.details)) == (Reason.NOT_ACCEPTED, True)
    assert list_cases(house.service, ines) == ()
    assert isinstance(open_case(house.service, ines, GOOD), UUID)
