"""A card is opened in danger alone, for half an hour, never across the wall; each step leaves its line in the audit."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from tests.casework.small_service import House, Staffed, words
from triage.cases.matching.identity import Identity
from triage.cases.members import Members, Relation
from triage.cases.model import NewAnswer, PersonDetails
from triage.cases.openings import Danger, review_due
from triage.cases.roles import Actor, Role, Side
from triage.cases.wall import Reason, Refused
from triage.casework.assessments import read, record_answer
from triage.casework.identities import record_identity
from triage.casework.members.adding import NewPerson, add_person, people_of
from triage.casework.openings.opening import Card, close_card, open_card, read_card
from triage.casework.openings.overseeing import Opening, openings, review_opening
from triage.casework.referrals import list_cases, take_on
from triage.casework.results import Recorded
from triage.casework.service import RULES
from triage.store import wall
from triage.store.cases import find_case
from triage.store.tables import audit

NOT_YOURS = Refused(Reason.NOT_TO_OPEN, "1.2")
WHY = (Danger.LIFE, "Her sister rings: he is at the door.")


@pytest.fixture
def house(engine: str, tmp_path: object) -> House:
    return House(tmp_path)  # type: ignore[arg-type]  # a path


@pytest.fixture
def staffed(house: House) -> Staffed:
    """A case in which each worker wrote of their own person: contact points, safe contact, and what was told."""
    made = house.staffed_case()
    for who, letter in (
        (made.worker, made.own), (made.other_worker, made.other), (made.advocate, made.own),
        (made.other_advocate, made.other),
    ):  # fmt: skip
        record_identity(house.service, who, made.id, 0, letter, Identity(phones=(f"0770090{who.name}",)))
        source = "ISS" if who.side is Side.SUPPORT else "OBS"
        safe = NewAnswer("RI-06", source, f"safe way of {who.name}", house.clock().date(), about=letter)
        assert isinstance(record_answer(house.service, who, made.id, 1, safe), Recorded)
        assert isinstance(
            record_answer(house.service, who, made.id, 2, words(f"told to {who.name}", source=source)), Recorded
        )
    told = NewAnswer("RI-16", "OBS", [{"code": "relative", "pseudonym": "R1"}], house.clock().date(), about=made.own)
    assert isinstance(record_answer(house.service, made.worker, made.id, 3, told), Recorded)
    return made


def reference(house: House, case_id: UUID) -> str:
    with house.service.reading(RULES) as work:
        case = find_case(work, case_id)
    assert case
    return case.reference


def opened(house: House, actor: Actor, case_id: UUID, letter: str) -> UUID:
    done = open_card(house.service, actor, f" {reference(house, case_id).lower()} ", letter, *WHY)
    assert isinstance(done, Recorded), done
    return done.id


def lines_of(house: House, actor: Actor) -> list[tuple[str, str]]:
    with house.service.reading(RULES) as work:
        rows = work.connection.execute(select(audit).where(audit.c.actor == actor.id).order_by(audit.c.seq)).all()
    return [(row.act, row.result) for row in rows if "card" in row.act or "opening" in row.act]


def test_a_colleague_reads_how_to_reach_one_person_and_nothing_else(house: House, staffed: Staffed) -> None:
    for colleague, own, board in (
        (house.intake("Ira"), staffed.worker, ()), (house.advocate("Avi"), staffed.advocate, (staffed.worker,)),
    ):  # fmt: skip
        opening = opened(house, colleague, staffed.id, staffed.own)
        card = read_card(house.service, colleague, opening)
        assert isinstance(card, Card), card
        assert card.known.phones == (f"0770090{own.name}",), "as known at the desk of the own side, of this person"
        assert {one.text for one in card.answers} == {f"safe way of {one.name}" for one in (own, *board)}
        assert card.letter == staffed.own
        assert read(house.service, colleague, staffed.id) == Refused(Reason.NO_SUCH_CASE, "1.2"), "the card alone"


def test_a_card_is_open_for_half_an_hour_or_until_it_is_closed(house: House, staffed: Staffed) -> None:
    ira, hidden = house.intake("Ira"), Refused(Reason.NO_SUCH_CASE, "1.2")
    first, second = (opened(house, ira, staffed.id, staffed.own) for _ in range(2))
    house.clock.wait(minutes=29, seconds=59)
    assert isinstance(read_card(house.service, ira, first), Card)
    assert read_card(house.service, house.intake("Ola"), first) == hidden, "its opener alone"
    assert close_card(house.service, ira, first) == Recorded(0, first)
    assert read_card(house.service, ira, first) == hidden
    assert close_card(house.service, ira, first) == hidden
    assert isinstance(read_card(house.service, ira, second), Card)
    house.clock.wait(seconds=1)
    assert read_card(house.service, ira, second) == hidden
    assert read_card(house.service, ira, uuid4()) == hidden


def test_nobody_opens_across_the_wall(house: House, staffed: Staffed) -> None:
    """Whoever works with the other person, stood elsewhere, or decides; an unknown number is refused alike."""
    ira = house.intake("Ira")
    moved = house.panel("Mo", Side.INDEPENDENT)
    read(house.service, moved, staffed.id)
    kept_out = house.intake("Kim")
    with house.service.writing(RULES) as work:
        wall.enter(work, staffed.id, kept_out.id, "programme")
        wall.exclude(work, staffed.id, kept_out.id, wall.WHOLE_CASE)
        work.is_no_act()
    crossing = Actor(staffed.worker.id, staffed.worker.name, Role.SUPPORT_ADVOCATE, Side.SUPPORT)
    was_panel = Actor(moved.id, moved.name, Role.INTAKE_WORKER, Side.PROGRAMME)
    number = reference(house, staffed.id)
    for actor in (staffed.worker, staffed.other_worker, staffed.other_advocate, crossing, moved, was_panel, kept_out):
        for letter in "AB":
            assert open_card(house.service, actor, number, letter, *WHY) == NOT_YOURS, actor
    for role in (Role.MANAGER, Role.ADMINISTRATOR, Role.AUDITOR, Role.DATA_PROTECTION_OFFICER):
        somebody = house.hire(role.value, role, Side.INDEPENDENT)
        assert open_card(house.service, somebody, number, "A", *WHY) == NOT_YOURS
    assert open_card(house.service, ira, "BCDFGHJK", "A", *WHY) == NOT_YOURS
    assert open_card(house.service, ira, number, "C", *WHY) == NOT_YOURS


@pytest.mark.parametrize("across", [False, True])
def test_a_card_of_somebody_who_was_added_is_opened_on_the_side_that_knows_them(
    house: House, staffed: Staffed, *, across: bool
) -> None:
    """To the programme side, whom the support side alone knows is as unknown as a letter that nobody has."""
    known = Identity(phones=("07700900123",))
    new = NewPerson(PersonDetails("Mika", None, known), staffed.own, Relation.PARTNER, assessed=True)
    who = staffed.advocate if across else staffed.worker
    assert isinstance(
        add_person(house.service, who, staffed.id, read(house.service, who, staffed.id).version, new), Recorded
    )
    seen = people_of(house.service, who, staffed.id)
    assert isinstance(seen, Members)
    (letter,) = set(seen.called) - {"A", "B"}
    of_programme, of_support = house.intake("Ima"), house.advocate("Asa")
    tried = open_card(house.service, of_programme, reference(house, staffed.id), letter, *WHY)
    assert (tried == NOT_YOURS) is across
    card = read_card(house.service, of_support, opened(house, of_support, staffed.id, letter))
    assert isinstance(card, Card)
    assert (card.called, card.known.phones) == ("Mika", ("07700900123",) if across else ())
    if isinstance(tried, Recorded):
        card = read_card(house.service, of_programme, tried.id)
        assert isinstance(card, Card)
        assert (card.called, card.known.phones) == ("Mika", ("07700900123",))


def test_who_opened_a_card_never_works_with_the_other_person(house: House, staffed: Staffed) -> None:
    case_id, ira = house.open_case(house.intake("Ian")), house.intake("Ira")
    (own,) = {"A", "B"} - set(next(line.free for line in list_cases(house.service, ira) if line.id == case_id))
    other = "B" if own == "A" else "A"
    opened(house, ira, case_id, own)
    assert open_card(house.service, ira, reference(house, case_id), other, *WHY) == NOT_YOURS
    assert take_on(house.service, ira, case_id, other) == Refused(Reason.ALREADY_TAKEN, "1.2")
    advocate = Actor(ira.id, ira.name, Role.SUPPORT_ADVOCATE, Side.SUPPORT)
    assert take_on(house.service, advocate, case_id, own) == Refused(Reason.NO_SUCH_CASE, "1.2")
    assert staffed.id != case_id


def test_every_step_leaves_its_line(house: House, staffed: Staffed) -> None:
    ira, lead = house.intake("Ira"), house.lead()
    open_card(house.service, ira, "BCDFGHJK", "A", *WHY)
    opening = opened(house, ira, staffed.id, staffed.own)
    for _ in range(2):
        read_card(house.service, ira, opening)
    close_card(house.service, ira, opening)
    read_card(house.service, ira, opening)
    review_opening(house.service, lead, opening, right=True, said="He was at the door.")
    assert lines_of(house, ira) == [
        ("open-card", "refused not_to_open"), ("open-card", "opened"), ("open-card", "recorded"),
        ("read-card", "read"), ("read-card", "read"), ("close-card", "recorded"), ("read-card", "refused"),
    ]  # fmt: skip
    assert lines_of(house, lead) == [("review-opening", "recorded")]


def test_those_who_oversee_are_told_at_once_and_the_lead_alone_of_what_is_of_the_case(
    house: House, staffed: Staffed
) -> None:
    ira, lead, manager = house.intake("Ira"), house.lead(), house.hire("Max", Role.MANAGER, Side.INDEPENDENT)
    opening = opened(house, ira, staffed.id, staffed.own)
    (seen,), (metadata,) = openings(house.service, lead), openings(house.service, manager)
    assert (seen.reference, seen.letter, seen.words) == (reference(house, staffed.id), staffed.own, WHY[1])
    assert metadata == Opening(opening, "Ira", Role.INTAKE_WORKER, house.clock(), date(2026, 11, 24), False, None)
    for actor in (ira, staffed.worker, house.panel("Pia", Side.SUPPORT)):
        assert isinstance(openings(house.service, actor), Refused)
        assert isinstance(review_opening(house.service, actor, opening, right=True, said="So."), Refused)
    assert isinstance(review_opening(house.service, manager, opening, right=True, said="So."), Refused)
    house.clock.wait(days=2)
    assert not openings(house.service, manager)[0].overdue
    house.clock.wait(days=1)
    assert openings(house.service, manager)[0].overdue
    assert review_opening(house.service, lead, opening, right=False, said="She could wait.") == Recorded(0, opening)
    review_opening(house.service, lead, opening, right=True, said="Another word.")
    (judged,) = openings(house.service, lead)
    assert (judged.right, judged.said, judged.overdue) == (False, "She could wait.", False), "the first word stands"


def test_two_working_days_pass_over_the_end_of_the_week() -> None:
    monday = date(2026, 11, 23)
    due = [review_due(monday + timedelta(days=number)) - monday for number in range(7)]
    assert [one.days for one in due] == [2, 3, 4, 7, 8, 8, 8]


def test_somebody_who_tries_numbers_is_stopped(house: House, staffed: Staffed) -> None:
    ira = house.intake("Ira")
    for _ in range(20):
        assert open_card(house.service, ira, "BCDFGHJK", "A", *WHY) == NOT_YOURS
    stopped = open_card(house.service, ira, reference(house, staffed.id), staffed.own, *WHY)
    assert stopped == Refused(Reason.TOO_OFTEN, "1.2")
