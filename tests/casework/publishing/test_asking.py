"""Asking again and again does not tell when a hold was set or ended; whoever starts is never kept from it by that."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.casework.publishing.test_batches import OF_A_START, may_start
from tests.casework.small_service import House, Staffed
from triage.cases.roles import Actor, Role, Side
from triage.cases.wall import Reason, Refused
from triage.casework.publishing.asking import ANSWERED_FOR, ANSWERED_TIMES, TOO_OFTEN, AskedOften, asked_often
from triage.casework.publishing.batches import publish_batch
from triage.casework.publishing.starting import ON_HOLD, ask_to_start
from triage.casework.results import Recorded
from triage.casework.service import RULES
from triage.casework.sheets.handing import hand_out
from triage.store.outbox.mailboxes import replace_mailbox
from triage.store.outbox.tables import outbox
from triage.store.publishing.tables import start_questions


def may(house: House, staffed: Staffed, worker: Actor | None = None) -> bool:
    """Ask, as the worker of the case or another; whether it may start."""
    answer = ask_to_start(house.service, worker or staffed.worker, staffed.id)
    assert answer == ON_HOLD or isinstance(answer, Recorded)
    return answer != ON_HOLD


@pytest.fixture
def begun(house: House, staffed: Staffed) -> Staffed:
    """A case whose start was published this morning, at 09:00."""
    may_start(house, staffed)
    publish_batch(house.service)
    return staffed


def test_a_whole_day_of_asking_tells_the_time_of_a_hold_within_hours_only(house: House, begun: Staffed) -> None:
    """Asked every five minutes from 09:00 on: the hold of 14:00 is in no answer, for by then none is given."""
    answers = []
    for minute in range(0, 10 * 60, 5):
        may_start(house, begun, effective=minute < 5 * 60)
        answers.append(may(house, begun))
        house.clock.wait(minutes=5)
    last = ANSWERED_TIMES * ANSWERED_FOR // timedelta(minutes=5)
    assert answers == [True] * last + [False] * (120 - last)


def test_a_hold_once_told_stays_until_the_next_batch_and_its_end_is_not_seen(house: House, begun: Staffed) -> None:
    assert may(house, begun)
    may_start(house, begun, effective=False)
    assert not may(house, begun), "what protects refuses at once"
    may_start(house, begun)
    for _hour in range(18):
        assert not may(house, begun)
        assert hand_out(house.service, begun.worker, begun.id, 0, OF_A_START) == ON_HOLD
        house.clock.wait(hours=1)
    house.clock.wait(hours=1)
    publish_batch(house.service)
    assert may(house, begun), "04:00"


def test_no_answer_ever_lets_start_what_is_on_hold(house: House, begun: Staffed) -> None:
    may_start(house, begun, effective=False)
    for _quarter in range(24 * 4):
        assert not may(house, begun)
        house.clock.wait(minutes=15)


def test_whoever_starts_asks_prints_and_hands_out_in_four_appointments_of_a_day(house: House, begun: Staffed) -> None:
    version = 0
    for _appointment in range(ANSWERED_TIMES):
        for _time in range(3):
            assert may(house, begun)
            done = hand_out(house.service, begun.worker, begun.id, version, OF_A_START)
            assert isinstance(done, Recorded), done
            version = done.version
            house.clock.wait(minutes=3)
        house.clock.wait(hours=2)


def test_each_person_of_a_case_is_counted_apart(house: House, begun: Staffed) -> None:
    house.effective = False
    assert not may(house, begun, begun.other_worker), "nothing was published of this person"
    house.effective = True
    assert may(house, begun)
    with house.service.reading(RULES) as work:
        assert [row.letter for row in work.connection.execute(select(start_questions))] == [begun.own]


def test_who_goes_on_asking_is_told_to_the_safety_lead_once_and_to_nobody_else(house: House, begun: Staffed) -> None:
    lead = house.hire("Lea", Role.SAFETY_LEAD, Side.INDEPENDENT)
    with house.service.writing(RULES) as work:
        replace_mailbox(work, lead.id, "lea@example.org")
        work.is_no_act()
    may_start(house, begun, effective=False)
    may(house, begun)
    for _time in range(TOO_OFTEN - 1):
        may(house, begun)
    assert asked_often(house.service, lead) == ()
    for times in range(TOO_OFTEN, TOO_OFTEN + 3):
        may(house, begun)
        told = asked_often(house.service, lead)
        assert isinstance(told, tuple)
        (one,) = told
        assert one == AskedOften(one.reference, begun.own, house.clock.now.date(), times)
    with house.service.reading(RULES) as work:
        assert [row.recipient for row in work.connection.execute(select(outbox))] == [lead.id]
    for other in (begun.worker, begun.advocate, house.panel("Pia", Side.SUPPORT)):
        assert asked_often(house.service, other) == Refused(Reason.NOT_YOUR_ROLE, "1.4")
    house.clock.wait(days=32)
    assert asked_often(house.service, lead) == ()
