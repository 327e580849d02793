"""Nobody learns from messages who is in the record, and nobody stops those of others, by an address or by a fault."""

import logging
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from tests.casework.agencies.sent import Post
from tests.casework.messages.conftest import AGENCY_ADDRESS, INTAKE_ADDRESS, with_mail
from tests.casework.messages.servers import mail_server, receiver
from tests.casework.messages.test_delivering import in_state, keep, registered
from tests.databases.engines import at_the_database
from triage.cases.matching.identity import Identity
from triage.cases.model import PersonDetails, Referral
from triage.cases.roles import Actor, Role, Side
from triage.casework import referrals
from triage.casework.messages import delivering, overseeing
from triage.casework.messages.delivering import WAITS, deliver_due
from triage.casework.messages.kinds import Kind
from triage.casework.messages.registering import staff_mailbox
from triage.casework.service import RULES, Busy
from triage.settings import Transport
from triage.store.outbox.posts import Post as Waiting
from triage.store.outbox.posts import State, take_due
from triage.store.tables import audit

LEAD_ADDRESS = "lead@desk.example.org"


@pytest.fixture
def safety_lead(post: Post) -> Actor:
    made = post.staff("Lea", Role.SAFETY_LEAD, Side.INDEPENDENT)
    assert isinstance(staff_mailbox(post.service, "Lea", LEAD_ADDRESS), UUID)
    return made


def gives_as_own(post: Post, worker: Actor, *addresses: str) -> None:
    """Somebody in a case gives these addresses as contact points."""
    people = {
        "A": PersonDetails("Nadia", known=Identity(given="Nadia", family="Benali")),
        "B": PersonDetails("Omar", known=Identity(given="Omar", family="Haddad", emails=addresses)),
    }
    opened = referrals.open_case(post.service, worker, Referral(people, "B", "Police"))
    assert not hasattr(opened, "reason"), opened


def due_now(post: Post, kind: Kind, recipient: UUID) -> None:
    keep(post, Waiting(kind, recipient, uuid4(), post.now))


def parkings(post: Post) -> list[str]:
    """What the audit says of messages that were parked."""
    with at_the_database(post.folder) as connection:
        chosen = select(audit.c.result).where(audit.c.act == "park-message")
        return list(connection.execute(chosen).scalars())


def test_the_office_cannot_tell_an_address_in_the_record_from_a_server_that_does_not_answer(
    post: Post, lead: Actor, intake: Actor, safety_lead: Actor, trusted: Path
) -> None:
    administrator = post.staff("Abe", Role.ADMINISTRATOR, Side.INDEPENDENT)
    agency = post.agencies["Probation North"]
    shown: list[Any] = []
    with mail_server(Transport.TLS, trusted) as (settings, inbox):
        with_mail(post, settings)
        for collides in (False, True):
            if collides:
                gives_as_own(post, intake, AGENCY_ADDRESS.upper())
            inbox.refusal = "" if collides else "451 not now"
            due_now(post, Kind.ANSWERED, agency)
            states = []
            for wait in (*WAITS, WAITS[-1]):
                states.append(deliver_due(post.service)[State.PARKED])
                seen = overseeing.messages_of(post.service, administrator)
                assert isinstance(seen, overseeing.Messages)
                assert all(one.kind != Kind.CONTACT for one in (*seen.parked, *seen.waiting))
                states.append([(one.kind, one.recipient, one.tries, one.fault) for one in seen.parked + seen.waiting])
                post.now += wait
            shown.append(states[-1])
            assert seen.counts[State.SENT] == 0, "that the support side was told is not counted"
            assert seen.counts[State.PARKED] == len(seen.parked)
        assert shown[1] == shown[0] * 2
        assert parkings(post) == ["not-delivered"] * 2
    assert [one["To"] for one in inbox.messages] == [LEAD_ADDRESS], "the safety lead is told, once"


def test_nobody_stops_mail_to_staff_by_giving_its_address_as_their_own(
    post: Post, intake: Actor, safety_lead: Actor, trusted: Path
) -> None:
    gives_as_own(post, intake, LEAD_ADDRESS, INTAKE_ADDRESS)
    with mail_server(Transport.TLS, trusted) as (settings, inbox):
        with_mail(post, settings)
        for kind in (Kind.CARD, Kind.CONTACT, Kind.ACCOUNT):
            due_now(post, kind, safety_lead.id)
        due_now(post, Kind.INCOMING, intake.id)
        assert deliver_due(post.service) == {State.SENT: 4}
        post.wait(days=2)
        assert not deliver_due(post.service), "mail about a contact point makes no mail about a contact point"
    assert sorted(one["To"] for one in inbox.messages) == [INTAKE_ADDRESS, *[LEAD_ADDRESS] * 3]


def test_what_the_support_side_must_look_at_is_tried_until_it_is_sent(
    post: Post, safety_lead: Actor, trusted: Path
) -> None:
    due_now(post, Kind.CONTACT, safety_lead.id)
    for _day in range(12):
        assert deliver_due(post.service) == {State.WAITING: 1}
        post.wait(days=1)
    assert parkings(post) == []
    with mail_server(Transport.TLS, trusted) as (settings, _inbox):
        with_mail(post, settings)
        assert deliver_due(post.service) == {State.SENT: 1}


def test_one_post_that_breaks_the_program_stops_no_other(
    post: Post, intake: Actor, safety_lead: Actor, trusted: Path,
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    addressed = delivering._addressed

    def poisoned(service: Any, work: Any, one: Waiting) -> Any:
        if one.kind == Kind.ACCOUNT:
            raise ZeroDivisionError(one)
        return addressed(service, work, one)

    monkeypatch.setattr(delivering, "_addressed", poisoned)
    with mail_server(Transport.TLS, trusted) as (settings, inbox), caplog.at_level(logging.WARNING):
        with_mail(post, settings)
        for kind in (Kind.ACCOUNT, Kind.CARD, Kind.INCOMING):
            due_now(post, kind, safety_lead.id)
        assert deliver_due(post.service) == {State.SENT: 2, State.WAITING: 1}
    assert len(inbox.messages) == 2
    assert [one.fault for one in in_state(post, State.WAITING)] == ["program"]
    assert caplog.messages == ["a post could not be tried: ZeroDivisionError"], "its type, and nothing of the post"


@pytest.mark.parametrize(("busy", "ends"), [(2, State.SENT), (3, State.WAITING)])
def test_what_was_sent_while_others_write_is_not_called_a_failure(
    post: Post, safety_lead: Actor, trusted: Path, monkeypatch: pytest.MonkeyPatch, busy: int, ends: State
) -> None:
    settle, calls = delivering.settle, [0]

    def queues(*said: Any, **more: Any) -> bool:
        calls[0] += 1
        if calls[0] <= busy:
            raise Busy
        return settle(*said, **more)

    monkeypatch.setattr(delivering, "settle", queues)
    with mail_server(Transport.TLS, trusted) as (settings, inbox):
        with_mail(post, settings)
        due_now(post, Kind.CARD, safety_lead.id)
        assert deliver_due(post.service) == {ends: 1}
        assert not deliver_due(post.service), "it is not said again at once"
    assert len(inbox.messages) == 1
    assert [(one.tries, one.fault) for one in in_state(post, ends)] == [(int(ends is State.SENT), "")]


@pytest.mark.parametrize("settled", [True, False])
def test_an_act_whose_clock_was_read_before_the_mail_left_is_said_once_more(
    post: Post, safety_lead: Actor, trusted: Path, settled: bool
) -> None:
    late = Waiting(Kind.CARD, safety_lead.id, safety_lead.id, post.now)
    with mail_server(Transport.TLS, trusted) as (settings, inbox):
        with_mail(post, settings)
        keep(post, late)
        if settled:
            assert deliver_due(post.service) == {State.SENT: 1}
        else:
            with post.service.writing(RULES) as work:
                work.is_no_act()
                (taken,) = take_due(work, 10)
        keep(post, late)
        assert deliver_due(post.service) == {State.SENT: 1}
        if not settled:
            with post.service.writing(RULES) as work:
                work.is_no_act()
                assert not delivering.settle(work, taken, State.PARKED)
        assert not deliver_due(post.service)
    assert {one["Message-ID"] for one in inbox.messages} == {f"<{late.id}@desk.example.org>"}


def test_a_webhook_that_does_not_answer_holds_up_neither_mail_nor_other_programs(
    post: Post, lead: Actor, safety_lead: Actor, trusted: Path
) -> None:
    order: list[str] = []
    with (
        receiver(trusted) as slow, receiver(trusted) as quick, mail_server(Transport.TLS, trusted) as (settings, inbox),
    ):  # fmt: skip
        with_mail(post, settings, demonstration=True)
        slow.answer = 500
        first, second = registered(post, slow.url), registered(post, quick.url)
        for _number in range(30):
            due_now(post, Kind.UPDATED, first.id)
        due_now(post, Kind.UPDATED, second.id)
        post.wait(minutes=1)
        due_now(post, Kind.CARD, safety_lead.id)
        with post.service.writing(RULES) as work:
            work.is_no_act()
            order = [one.post.kind for one in take_due(work, 2, last=Kind.UPDATED)]
        post.wait(minutes=11)
        assert order[0] == Kind.CARD, "mail is taken first, however long a webhook has waited"
        assert deliver_due(post.service) == {State.SENT: 2, State.WAITING: 30}
        assert (len(slow.arrived), len(quick.arrived), len(inbox.messages)) == (1, 1, 1)
