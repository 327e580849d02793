"""An address that an agency shares with a person is not written to, until the safety lead says that it is theirs."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from tests.casework.agencies.sent import Post
from tests.casework.messages.conftest import AGENCY_ADDRESS, with_mail
from tests.casework.messages.servers import mail_server
from tests.casework.messages.test_unhindered import due_now, gives_as_own
from triage.cases.roles import Actor, Role, Side
from triage.cases.wall import Reason, Refused
from triage.casework.agencies.addresses import SharedAddress, allow, confirm, propose, shared_addresses
from triage.casework.messages.delivering import deliver_due
from triage.casework.messages.kinds import Kind
from triage.casework.messages.overseeing import Messages, messages_of
from triage.casework.results import Recorded
from triage.settings import Transport
from triage.store.outbox.posts import State


@pytest.fixture
def agency(post: Post, lead: Actor) -> UUID:
    return post.agencies["Probation North"]


def listed(post: Post, actor: Actor) -> tuple[SharedAddress, ...]:
    found = shared_addresses(post.service, actor)
    assert isinstance(found, tuple)
    return found


def test_the_safety_lead_lets_an_address_be_used_for_a_time(
    post: Post, agency: UUID, intake: Actor, trusted: Path
) -> None:
    safety = post.staff("Lea", Role.SAFETY_LEAD, Side.INDEPENDENT)
    advocate = post.staff("Ada", Role.SUPPORT_ADVOCATE, Side.SUPPORT)
    assert shared_addresses(post.service, safety) == ()
    assert allow(post.service, safety, agency, "") == Refused(Reason.NOT_NOW, "1.1")
    gives_as_own(post, intake, AGENCY_ADDRESS)
    (seen,) = listed(post, advocate)
    assert (seen.agency_id, seen.agency, seen.is_allowed) == (agency, "Probation North", False)
    assert seen.confirmed_on == post.now.date()
    assert len(seen.mark) == 64
    assert AGENCY_ADDRESS not in repr(seen)
    with mail_server(Transport.TLS, trusted) as (settings, inbox):
        with_mail(post, settings)
        due_now(post, Kind.ANSWERED, agency)
        assert deliver_due(post.service) == {State.WAITING: 1}
        assert allow(post.service, advocate, agency, seen.mark) == Refused(Reason.NOT_YOUR_ROLE, "6.5")
        assert isinstance(allow(post.service, safety, agency, seen.mark), Recorded)
        assert listed(post, safety) == (replace(seen, is_allowed=True),)
        post.wait(hours=1)
        assert deliver_due(post.service) == {State.SENT: 1}
        post.wait(days=91)
        due_now(post, Kind.ANSWERED, agency)
        assert deliver_due(post.service) == {State.WAITING: 1}, "somebody else may have the address by now"
    assert [one["To"] for one in inbox.messages] == [AGENCY_ADDRESS]


def test_what_was_allowed_is_not_allowed_for_another_address(
    post: Post, agency: UUID, lead: Actor, intake: Actor
) -> None:
    safety = post.staff("Lea", Role.SAFETY_LEAD, Side.INDEPENDENT)
    administrator = post.staff("Abe", Role.ADMINISTRATOR, Side.INDEPENDENT)
    gives_as_own(post, intake, AGENCY_ADDRESS, "other@example.org")
    (first,) = listed(post, safety)
    assert isinstance(allow(post.service, safety, agency, first.mark), Recorded)
    propose(post.service, lead, "other@example.org")
    assert listed(post, safety) == (replace(first, is_allowed=True),), "nothing changes by proposing"
    assert isinstance(confirm(post.service, administrator, agency, "other@example.org"), Recorded)
    (second,) = listed(post, safety)
    assert (second.is_allowed, second.mark != first.mark) == (False, True)
    for mark in (first.mark, "", "é" * 64, second.mark[:-1]):
        assert allow(post.service, safety, agency, mark) == Refused(Reason.NOT_NOW, "1.1"), "another one was checked"
    assert listed(post, safety) == (second,)
    assert isinstance(allow(post.service, safety, agency, second.mark), Recorded)


def test_nobody_else_sees_or_lets(post: Post, agency: UUID, lead: Actor, intake: Actor) -> None:
    others = [
        lead,
        intake,
        post.staff("Abe", Role.ADMINISTRATOR, Side.INDEPENDENT),
        post.staff("Maud", Role.MANAGER, Side.INDEPENDENT),
        post.staff("Pia", Role.PANEL_MEMBER, Side.INDEPENDENT),
    ]
    for one in others:
        assert shared_addresses(post.service, one) == Refused(Reason.NOT_YOUR_ROLE, "6.5")
        assert allow(post.service, one, agency, "") == Refused(Reason.NOT_YOUR_ROLE, "6.5")


def test_the_office_is_not_told_whose_e_mail_failed(post: Post, agency: UUID, lead: Actor) -> None:
    """Whoever sets addresses must not read from the page which of them is in the record."""
    administrator = post.staff("Abe", Role.ADMINISTRATOR, Side.INDEPENDENT)
    due_now(post, Kind.ANSWERED, agency)
    seen = messages_of(post.service, administrator)
    assert isinstance(seen, Messages)
    assert [(one.kind, one.recipient) for one in seen.waiting if one.kind == Kind.ANSWERED] == [(Kind.ANSWERED, "")]
