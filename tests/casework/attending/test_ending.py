"""Whoever attends no more still stands in the wall: the end is said once, by the desk that named them."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select

from tests.casework.attending.test_naming import ON_HOLD, SINCE, YUSUF, named
from tests.casework.small_service import TODAY, House, Staffed
from triage.cases.attending import Attendant
from triage.cases.roles import Actor
from triage.cases.wall import Reason, Refused
from triage.casework.attending.ending import end_attendant
from triage.casework.attending.naming import attendants_of
from triage.casework.results import Conflict, Recorded
from triage.casework.service import RULES
from triage.store.attending.tables import attendant_stands, attendants

NOT_HERE = Refused(Reason.NO_SUCH_PERSON, "1.2")


def listed(house: House, actor: Actor, case_id: UUID) -> tuple[Attendant, ...]:
    found = attendants_of(house.service, actor, case_id)
    assert not isinstance(found, Refused)
    return found


def ended(
    house: House, actor: Actor, case_id: UUID, attendant_id: UUID | str, until: date = TODAY
) -> Recorded | Refused:
    """Say the end on whatever version the actor's desk has now."""
    done = end_attendant(house.service, actor, case_id, 0, attendant_id, until)
    if isinstance(done, Conflict):
        done = end_attendant(house.service, actor, case_id, done.version, attendant_id, until)
    assert not isinstance(done, Conflict)
    return done


def test_an_end_is_listed_and_opens_no_other_desk(house: House, staffed: Staffed) -> None:
    done = named(house, staffed.advocate, staffed.id, YUSUF)
    assert isinstance(done, Recorded)
    with house.service.reading(RULES) as work:
        stands = work.connection.execute(select(attendant_stands)).all()
    assert isinstance(ended(house, staffed.advocate, staffed.id, done.id), Recorded)
    (one,) = listed(house, staffed.advocate, staffed.id)
    assert (one.id, one.name, one.since, one.until) == (done.id, "Youssef el Masri", SINCE, TODAY)
    for other in (staffed.worker, staffed.other_worker, staffed.other_advocate):
        assert named(house, other, staffed.id, YUSUF) == ON_HOLD
    with house.service.reading(RULES) as work:
        assert stands == work.connection.execute(select(attendant_stands)).all()


def test_whoever_is_named_again_goes_on_and_the_earlier_end_stays(house: House, staffed: Staffed) -> None:
    first = named(house, staffed.worker, staffed.id, YUSUF)
    assert isinstance(first, Recorded)
    ended(house, staffed.worker, staffed.id, first.id, SINCE)
    assert isinstance(named(house, staffed.worker, staffed.id, YUSUF), Recorded)
    assert [one.until for one in listed(house, staffed.worker, staffed.id)] == [SINCE, None]


def test_only_the_desk_that_named_somebody_says_the_end_and_once(house: House, staffed: Staffed) -> None:
    done = named(house, staffed.advocate, staffed.id, YUSUF)
    assert isinstance(done, Recorded)
    with house.service.reading(RULES) as work:
        before = work.connection.execute(select(attendants)).all()
    for other in (staffed.worker, staffed.other_worker, staffed.other_advocate):
        assert ended(house, other, staffed.id, done.id) == NOT_HERE
    for nobody in (uuid4(), "no id", ""):
        assert ended(house, staffed.advocate, staffed.id, nobody) == NOT_HERE
    for day in (date(2026, 11, 19), date(2026, 11, 23)):
        refused = ended(house, staffed.advocate, staffed.id, done.id, day)
        assert isinstance(refused, Refused)
        assert refused.reason is Reason.NOT_ACCEPTED
    with house.service.reading(RULES) as work:
        assert before == work.connection.execute(select(attendants)).all()
    assert isinstance(ended(house, staffed.advocate, staffed.id, done.id), Recorded)
    assert ended(house, staffed.advocate, staffed.id, done.id) == NOT_HERE
