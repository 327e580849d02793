"""Interpreters and co-facilitators stand in the wall: for one person, for ever; elsewhere refused without a reason."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, IntegrityError

from tests.casework.matching.pairs_of_people import CLAIRE, SAMIR, Two, referral
from tests.casework.matching.test_reassigning import recognise
from tests.casework.small_service import House, Staffed
from triage.cases.attending import AttendantKind, NewAttendant
from triage.cases.members import Relation
from triage.cases.model import PersonDetails
from triage.cases.roles import Actor, Role, Side
from triage.cases.wall import Reason, Refused
from triage.casework.assessments import read
from triage.casework.attending.naming import MOST_TRIES, attendants_of, name_attendant
from triage.casework.members.adding import NewPerson, add_person
from triage.casework.referrals import take_on
from triage.casework.results import Conflict, Recorded
from triage.casework.service import RULES
from triage.store import wall
from triage.store.attending.tables import attendant_stands, attendants
from triage.store.members.statements import letters_of
from triage.store.staff.accounts import replace_standing
from triage.store.tables import audit

SINCE = date(2026, 11, 20)
YUSUF = NewAttendant(AttendantKind.INTERPRETER, SINCE, name="Youssef el Masri", number="LA-0412")
ON_HOLD = Refused(Reason.ON_HOLD, "1.2")


def with_account(actor: Actor) -> NewAttendant:
    return NewAttendant(AttendantKind.CO_FACILITATOR, SINCE, account=actor.name)


def named(house: House, actor: Actor, case_id: UUID, new: NewAttendant) -> Recorded | Refused:
    """Name somebody on whatever version the actor's desk has now."""
    done = name_attendant(house.service, actor, case_id, 0, new)
    if isinstance(done, Conflict):
        done = name_attendant(house.service, actor, case_id, done.version, new)
    assert not isinstance(done, Conflict)
    return done


@pytest.mark.parametrize(
    "again",
    [
        YUSUF, replace(YUSUF, name="el-masri,  YUSUF", number="la 0412"), replace(YUSUF, number=""),
        replace(YUSUF, name="يوسف المصري", number="LA0412"), replace(YUSUF, kind=AttendantKind.CO_FACILITATOR),
    ],
)  # fmt: skip
def test_nobody_interprets_for_two_desks_of_a_case(house: House, staffed: Staffed, again: NewAttendant) -> None:
    assert isinstance(named(house, staffed.advocate, staffed.id, YUSUF), Recorded)
    for other in (staffed.worker, staffed.other_worker, staffed.other_advocate):
        assert named(house, other, staffed.id, again) == ON_HOLD
    assert isinstance(named(house, staffed.advocate, staffed.id, again), Recorded)


def test_without_a_number_somebody_is_taken_for_everybody_of_that_name(house: House, staffed: Staffed) -> None:
    assert isinstance(named(house, staffed.advocate, staffed.id, replace(YUSUF, number="")), Recorded)
    assert named(house, staffed.worker, staffed.id, YUSUF) == ON_HOLD
    assert isinstance(named(house, staffed.worker, staffed.id, replace(YUSUF, name="Mina el Masri")), Recorded)


def test_another_number_is_another_person_and_another_case_is_another_matter(house: House, staffed: Staffed) -> None:
    assert isinstance(named(house, staffed.advocate, staffed.id, YUSUF), Recorded)
    assert isinstance(named(house, staffed.worker, staffed.id, replace(YUSUF, number="LA-0413")), Recorded)
    elsewhere = house.open_case(staffed.worker)
    assert isinstance(named(house, staffed.worker, elsewhere, YUSUF), Recorded)


def test_a_refusal_writes_its_line_and_nothing_else(house: House, staffed: Staffed) -> None:
    named(house, staffed.advocate, staffed.id, YUSUF)
    with house.service.reading(RULES) as work:
        before = [work.connection.execute(select(table)).all() for table in (attendants, attendant_stands)]
    assert named(house, staffed.worker, staffed.id, YUSUF) == ON_HOLD
    with house.service.reading(RULES) as work:
        assert before == [work.connection.execute(select(table)).all() for table in (attendants, attendant_stands)]
        last = work.connection.execute(select(audit).order_by(audit.c.seq.desc())).first()
        (kept,) = work.connection.execute(select(attendants)).all()
    assert last is not None
    assert (last.act, last.result, last.actor) == ("name-attendant", "refused on_hold", staffed.worker.id)
    assert b"Youssef" not in kept.content


def test_whom_a_desk_named_is_listed_there_alone(house: House, staffed: Staffed) -> None:
    named(house, staffed.advocate, staffed.id, YUSUF)
    listed = attendants_of(house.service, staffed.advocate, staffed.id)
    assert not isinstance(listed, Refused)
    assert [(one.name, one.number, one.kind, one.since, one.has_account) for one in listed] == [
        ("Youssef el Masri", "LA-0412", AttendantKind.INTERPRETER, SINCE, False)
    ]
    for other in (staffed.worker, staffed.other_worker, staffed.other_advocate):
        assert attendants_of(house.service, other, staffed.id) == ()
    assert isinstance(attendants_of(house.service, house.panel("Pia", Side.SUPPORT), staffed.id), Refused)


def test_an_account_that_is_named_opens_neither_the_other_side_nor_the_other_person(house: House) -> None:
    worker, colleague = house.intake(), house.intake("Ivo")
    case_id = house.open_case(worker)
    with house.service.reading(RULES) as work:
        other = "B" if wall.person_of(work, case_id, worker.id) == "A" else "A"
    assert isinstance(named(house, worker, case_id, with_account(colleague)), Recorded)
    assert isinstance(take_on(house.service, colleague, case_id, other), Refused)
    with house.service.reading(RULES) as work:
        assert wall.excluded_letters(work, case_id, colleague.id) == {other}
    for role, side in ((Role.SUPPORT_ADVOCATE, Side.SUPPORT), (Role.PANEL_MEMBER, Side.INDEPENDENT)):
        moved = replace(colleague, role=role, side=side)
        with house.service.writing(RULES) as work:
            replace_standing(work, colleague.id, role, side)
            work.is_no_act()
        assert isinstance(read(house.service, moved, case_id), Refused)
        assert isinstance(take_on(house.service, moved, case_id, other), Refused)


def test_an_account_that_is_named_opens_nobody_who_is_added_later(house: House, staffed: Staffed) -> None:
    colleague, stranger = house.intake("Jo"), house.intake("Jan")
    named(house, staffed.worker, staffed.id, with_account(colleague))
    new = NewPerson(PersonDetails("Robin", None), staffed.own, Relation.PARTNER)
    assert isinstance(add_person(house.service, staffed.worker, staffed.id, 1, new), Recorded)
    with house.service.reading(RULES) as work:
        (added,) = letters_of(work, staffed.id) - {"A", "B"}
    assert take_on(house.service, colleague, staffed.id, added) == Refused(Reason.ALREADY_TAKEN, "1.2")
    assert isinstance(take_on(house.service, stranger, staffed.id, added), Recorded)


def test_an_account_that_stands_elsewhere_is_refused_as_one_that_is_not_there(house: House, staffed: Staffed) -> None:
    assert named(house, staffed.worker, staffed.id, with_account(staffed.other_worker)) == ON_HOLD
    assert named(house, staffed.worker, staffed.id, with_account(staffed.advocate)) == ON_HOLD
    assert named(house, staffed.worker, staffed.id, with_account(replace(staffed.worker, name="Nobody"))) == ON_HOLD
    assert named(house, staffed.worker, staffed.id, with_account(house.advocate("Alma"))) == ON_HOLD
    judge, kept_out = house.intake("Jo"), house.intake("Jan")
    with house.service.writing(RULES) as work:
        wall.exclude(work, staffed.id, kept_out.id, staffed.own)
        wall.enter(work, staffed.id, judge.id, "panel")
        work.is_no_act()
    for refused in (judge, kept_out):
        assert named(house, staffed.worker, staffed.id, with_account(refused)) == ON_HOLD


def test_cases_tied_by_a_person_are_one_wall_for_interpreters_too(two: Two) -> None:
    earlier = two.earlier()
    other = two.house.intake("Otis")
    later = two.open(other, referral(SAMIR, CLAIRE, frozenset({"her"}), sees="her"))
    assert isinstance(named(two.house, two.first, earlier, YUSUF), Recorded)
    assert isinstance(recognise(two), Recorded)
    assert named(two.house, other, later, YUSUF) == ON_HOLD
    assert isinstance(named(two.house, other, later, replace(YUSUF, name="Mina Karam")), Recorded)


def test_an_account_that_attended_both_directions_is_kept_out_when_the_cases_are_tied(two: Two) -> None:
    earlier = two.earlier()
    other, both = two.house.intake("Otis"), two.house.intake("Bo")
    later = two.open(other, referral(SAMIR, CLAIRE, frozenset({"her"}), sees="her"))
    for who, case_id in ((two.first, earlier), (other, later)):
        assert isinstance(named(two.house, who, case_id, with_account(both)), Recorded)
    assert isinstance(recognise(two), Recorded)
    with two.service.reading(RULES) as work:
        for case_id in (earlier, later):
            assert wall.WHOLE_CASE in wall.excluded_letters(work, case_id, both.id)


def test_asking_often_is_refused_before_anything_is_compared(house: House, staffed: Staffed) -> None:
    named(house, staffed.advocate, staffed.id, YUSUF)
    tries = [name_attendant(house.service, staffed.other_worker, staffed.id, 0, YUSUF) for _time in range(MOST_TRIES)]
    assert tries == [ON_HOLD] * MOST_TRIES
    refused = name_attendant(house.service, staffed.other_worker, staffed.id, 0, YUSUF)
    assert refused == Refused(Reason.TOO_OFTEN, "1.2")
    house.clock.wait(minutes=61)
    assert name_attendant(house.service, staffed.other_worker, staffed.id, 0, YUSUF) == ON_HOLD


@pytest.mark.parametrize(
    "wrong",
    [
        replace(YUSUF, name=""), replace(YUSUF, account="Ines"), replace(YUSUF, name="You\x00ssef"),
        replace(YUSUF, number="\ud800"), replace(YUSUF, since=date(2999, 1, 1)), replace(YUSUF, name="Y" * 201),
        replace(YUSUF, name="Youssef\u202e"), replace(YUSUF, name="", account="Ivo"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_name_is_not_accepted(house: House, staffed: Staffed, wrong: NewAttendant) -> None:
    refused = name_attendant(house.service, staffed.worker, staffed.id, 0, wrong)
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.NOT_ACCEPTED
    assert refused.details


def test_the_database_itself_keeps_one_desk_for_each_person(house: House, staffed: Staffed) -> None:
    named(house, staffed.advocate, staffed.id, YUSUF)
    with house.service.reading(RULES) as work:
        row = work.connection.execute(select(attendant_stands)).one()
    with pytest.raises(IntegrityError), house.service.writing(RULES) as work:
        work.connection.execute(attendant_stands.insert(), {**row._mapping, "desk": f"programme-{staffed.own}"})
    for table in (attendants, attendant_stands):
        for change in (table.update().values(desk="panel"), table.delete()):
            with pytest.raises(DBAPIError), house.service.writing(RULES) as work:
                work.connection.execute(change)
