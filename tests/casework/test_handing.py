"""Sheets offered from a case and handed over: nothing that the worker is not told, nothing unsafe, all of it noted."""

import re
from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import get_type_hints

import pytest

from tests.casework.small_service import TODAY, House, Staffed, words
from triage.cases.handing import NewHanding
from triage.cases.model import NewSignature
from triage.cases.roles import Actor, Side
from triage.cases.wall import Reason, Refused
from triage.casework.assessments import record_answer
from triage.casework.decisions import record_own_view, sign
from triage.casework.publishing.starting import ON_HOLD
from triage.casework.results import Conflict, Recorded
from triage.casework.sheets import personal
from triage.casework.sheets.handing import NOT_AGREED, NOT_OFFERED, NOT_READ, NOT_SAFE, NOT_SO, hand_out
from triage.casework.sheets.offering import ALWAYS, Offer, offer
from triage.casework.sheets.personal import BAD_DAY, BAD_NAME, NAME_NOT_SAFE, Personal, Printed, print_for
from triage.settings import ROOT
from triage.sheets.merging import Merged, SafeName, TypedHere
from triage.sheets.pdf import texts_of

SAFE = {"alone": "yes", "could-be-seen": "no", "kept-for-them": "no"}
FOR_HARM = {"behaviour-change"}


def offered(house: House, actor: Actor, staffed: Staffed) -> Offer:
    made = offer(house.service, actor, staffed.id)
    assert isinstance(made, Offer), made
    return made


def ids(made: Offer) -> tuple[str, ...]:
    return tuple(one.definition.id for one in made.sheets)


def handing(**change: object) -> NewHanding:
    plain = {"sheet": "first-contact", "language": "en", "form": "standard", "how": "paper", "said": SAFE}
    return NewHanding(**{**plain, **change})  # type: ignore[arg-type]  # a table of its fields


def signed(house: House, staffed: Staffed, result: str) -> None:
    """Two people of the panel sign what the rules propose."""
    house.proposed = result
    members = house.panel("Pia", Side.SUPPORT), house.panel("Pol", Side.INDEPENDENT)
    new = NewSignature("A-B", result, "She also pushed him once.", "A record of injuries.", TODAY + timedelta(weeks=8))
    for member in members:
        record_own_view(house.service, member, staffed.id, "A-B", result, "The pattern of control.")
    for member in members:
        sign(house.service, member, staffed.id, 0, new)


@pytest.mark.parametrize("proposed", ["W_A", "W_B", "W_INSUFF", "W_REVIEW"])
def test_without_a_start_the_programme_side_is_offered_the_same_whatever_is_proposed(
    house: House, staffed: Staffed, proposed: str
):
    house.proposed = proposed
    for worker in (staffed.worker, staffed.other_worker):
        assert ids(offered(house, worker, staffed)) == ALWAYS[Side.PROGRAMME]


@pytest.mark.parametrize("whom", ["own", "other"])
def test_without_a_start_the_programme_side_does_not_learn_that_a_result_was_signed(
    house: House, staffed: Staffed, whom: str
):
    before = ids(offered(house, staffed.worker, staffed))
    signed(house, staffed, f"W_{getattr(staffed, whom)}")
    assert ids(offered(house, staffed.worker, staffed)) == before


def test_a_start_offers_what_starts(house: House, staffed: Staffed):
    house.proposed, house.effective = f"W_{staffed.own}", True
    assert set(ids(offered(house, staffed.worker, staffed))) >= FOR_HARM
    assert not set(ids(offered(house, staffed.other_worker, staffed))) & FOR_HARM


def test_the_support_side_is_offered_what_was_signed_and_nothing_that_is_only_proposed(house: House, staffed: Staffed):
    house.proposed = f"W_{staffed.own}"
    before = ids(offered(house, staffed.other_advocate, staffed))
    assert before == ALWAYS[Side.SUPPORT]
    signed(house, staffed, f"W_{staffed.own}")
    assert ids(offered(house, staffed.other_advocate, staffed)) == ("vs", *before)
    house.proposed = f"W_{staffed.other}"  # the record moved on: what was signed is no longer what follows from it
    assert ids(offered(house, staffed.other_advocate, staffed)) == before


def test_an_advocate_of_whom_the_result_names_is_offered_no_sheet_of_the_other_side(house: House, staffed: Staffed):
    signed(house, staffed, f"W_{staffed.own}")
    made = offered(house, staffed.advocate, staffed)
    assert ids(made)[0] == "not-starting-now"
    assert all(one.definition.side != "affected" for one in made.sheets)


def test_only_what_two_people_have_read_is_offered(house: House, staffed: Staffed):
    for one in offered(house, staffed.worker, staffed).sheets:
        assert {edition.language for edition in one.editions} == {"en", "fr"}


def test_a_handing_is_noted_at_the_desk_of_who_gave_it_and_read_there_alone(house: House, staffed: Staffed):
    result = hand_out(house.service, staffed.worker, staffed.id, 0, handing())
    assert isinstance(result, Recorded)
    (kept,) = offered(house, staffed.worker, staffed).handed
    assert kept.handing.letter == staffed.own
    assert (kept.handing.sheet, kept.handing.how, kept.handing.said) == ("first-contact", "paper", SAFE)
    assert kept.handing.version
    for another in (staffed.other_worker, staffed.advocate, staffed.other_advocate):
        if another is not staffed.advocate:
            assert offered(house, another, staffed).handed == ()


def test_the_same_form_twice_is_noted_once_and_an_old_one_is_a_conflict(house: House, staffed: Staffed):
    first = hand_out(house.service, staffed.worker, staffed.id, 0, handing(), "a key")
    assert hand_out(house.service, staffed.worker, staffed.id, 0, handing(), "a key") == first
    assert len(offered(house, staffed.worker, staffed).handed) == 1
    assert isinstance(hand_out(house.service, staffed.worker, staffed.id, 0, handing(), "another"), Conflict)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"language": "ar"}, NOT_READ),
        ({"form": "enormous"}, NOT_READ),
        ({"how": "post"}, NOT_SO),
        ({"how": ""}, NOT_SO),
        ({"said": {}}, NOT_SAFE),
        ({"said": {**SAFE, "alone": "not-known"}}, NOT_SAFE),
        ({"said": {**SAFE, "could-be-seen": "yes"}}, NOT_SAFE),
        ({"how": "screen", "said": {"alone": "no"}}, NOT_SAFE),
    ],
)
def test_what_stands_in_the_way_is_said_and_nothing_is_noted(
    house: House, staffed: Staffed, change: dict[str, object], sentence: str
):
    result = hand_out(house.service, staffed.worker, staffed.id, 0, handing(**change))
    assert isinstance(result, Refused)
    assert (result.reason, result.details) == (Reason.NOT_ACCEPTED, (sentence,))
    assert offered(house, staffed.worker, staffed).handed == ()


@pytest.mark.parametrize("sheet", ["behaviour-change", "vs", "nothing of the kind"])
def test_a_sheet_that_is_not_offered_is_refused_to_the_programme_side_as_what_is_on_hold(
    house: House, staffed: Staffed, sheet: str
):
    assert hand_out(house.service, staffed.worker, staffed.id, 0, handing(sheet=sheet)) == ON_HOLD
    refused = hand_out(house.service, staffed.advocate, staffed.id, 0, handing(sheet=sheet))
    assert refused == Refused(Reason.NOT_ACCEPTED, "1.3", (NOT_OFFERED,))


def test_what_is_said_on_the_support_side_changes_nothing_of_the_offer(house: House, staffed: Staffed):
    before = offered(house, staffed.worker, staffed)
    record_answer(house.service, staffed.other_advocate, staffed.id, 0, words("He took her telephone.", source="ISS"))
    hand_out(house.service, staffed.other_advocate, staffed.id, 1, handing(sheet="safety-insert"))
    assert offered(house, staffed.worker, staffed) == before


def test_a_child_is_given_a_sheet_once_it_is_agreed(house: House, staffed: Staffed):
    new = handing(sheet="child-9-12")
    refused = hand_out(house.service, staffed.other_advocate, staffed.id, 0, new)
    assert refused == Refused(Reason.NOT_ACCEPTED, "1.3", (NOT_AGREED,))
    agreed = replace(new, said={**SAFE, "agreed": "yes"})
    assert isinstance(hand_out(house.service, staffed.other_advocate, staffed.id, 0, agreed), Recorded)
    (kept,) = offered(house, staffed.other_advocate, staffed).handed
    assert kept.handing.said["agreed"] == "yes"


NOOR = Personal(TypedHere("Noor"), name_is_safe=True, appointment=datetime(2026, 11, 30, 14, 30))  # noqa: DTZ001 — a time on a wall


def printed(house: House, staffed: Staffed, typed: Personal, said: dict[str, str] = SAFE) -> object:
    new = NewHanding("first-contact", "en", "standard", "paper", said)
    return print_for(house.service, staffed.worker, staffed.id, new, typed)


def test_a_sheet_for_one_person_says_what_was_typed_for_it_and_nothing_of_the_case(
    house: House, staffed: Staffed
) -> None:
    record_answer(house.service, staffed.worker, staffed.id, 0, words("She told us in secret of the harbour."))
    house.service = replace(
        house.service,
        settings=replace(house.service.settings, service_phone="020 7946 0000", service_mail="us@example.org"),
    )
    new = NewHanding("undetermined", "en", "standard", "paper", SAFE)
    made = print_for(house.service, staffed.worker, staffed.id, new, NOOR)
    assert isinstance(made, Printed), made
    said = "\n".join(texts_of(made.sheet))
    for one in ("Noor", "30/11/2026", "14:30", "020 7946 0000", "us@example.org"):
        assert one in said
    for one in ("harbour", "Kim", "Court service", "Ines"):
        assert one not in said
    bare = print_for(house.service, staffed.worker, staffed.id, new, Personal())
    assert isinstance(bare, Printed)
    assert bare.sheet.version == made.sheet.version  # the version on paper does not tell whose sheet it was


@pytest.mark.parametrize(
    ("typed", "said", "why"),
    [
        (replace(NOOR, name_is_safe=False), SAFE, NAME_NOT_SAFE),
        (NOOR, SAFE | {"could-be-seen": "not-known"}, NAME_NOT_SAFE),
        (NOOR, {}, NAME_NOT_SAFE),
        (Personal(), SAFE | {"alone": "no"}, NOT_SAFE),
        (replace(NOOR, first_name=TypedHere("Noor 17")), SAFE, BAD_NAME),
        (replace(NOOR, first_name=TypedHere("she told us all of it")), SAFE, BAD_NAME),
        (replace(NOOR, first_name=TypedHere("No\u202eor")), SAFE, BAD_NAME),
        (replace(NOOR, appointment=datetime(2026, 11, 1, 9, 0)), SAFE, BAD_DAY),  # noqa: DTZ001 — a time on a wall
    ],
)
def test_nothing_is_printed_that_is_not_safe_or_no_name(
    house: House, staffed: Staffed, typed: Personal, said: dict[str, str], why: str
) -> None:
    made = printed(house, staffed, typed, said)
    assert isinstance(made, Refused)
    assert made.details == (why,)


def test_only_words_typed_in_the_form_of_a_sheet_are_merged_and_the_check_of_types_says_so() -> None:
    assert get_type_hints(SafeName)["text"] is TypedHere
    makers = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "triage").rglob("*.py")
        if re.search(r"\bTypedHere\(", path.read_text(encoding="utf-8"))
    }
    assert makers == {"triage/casework/sheets/personal.py", "triage/web/sheets/handing.py"}
    read = {name for name in vars(personal) if name.startswith(("read_", "visible_", "whole_"))}
    assert read == set()
    assert {one.name for one in fields(Merged)} == {"first_name", "appointment", "provider"}
