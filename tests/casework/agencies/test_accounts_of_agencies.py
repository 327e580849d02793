"""A lead runs the clerks of their own agency and learns of nobody else; the office invites; an address takes two."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from tests.casework.agencies.sent import COMPLETE, HELD, PASSWORD, Post
from triage.cases.agency.referral import AgencyReferral
from triage.cases.roles import Actor, Role, Side
from triage.cases.wall import Reason, Refused
from triage.casework.accounts import office
from triage.casework.accounts.invitations import accept
from triage.casework.accounts.office import CHANGE, Invited
from triage.casework.accounts.sessions import actor_of
from triage.casework.agencies.accounts import (
    AgencyFile,
    agency_files,
    close_clerk,
    invite_clerk,
    invite_to_agency,
    make_agency,
    read_agency_file,
    read_own_agency,
    take_clerk_back,
)
from triage.casework.agencies.addresses import confirm, propose
from triage.casework.agencies.own import OwnReferral, list_own, read_own
from triage.casework.agencies.sending import save_draft
from triage.casework.messages.kinds import Kind
from triage.casework.results import Recorded, SignedIn
from triage.casework.service import RULES
from triage.store.outbox.mailboxes import find_mailbox
from triage.store.outbox.tables import outbox
from triage.store.staff.accounts import find_account
from triage.store.tables import audit

NEW, OTHER = "duty@agency.example.org", "team@agency.example.org"


@pytest.fixture
def post(engine: str, tmp_path: Path) -> Post:
    return Post(tmp_path, demonstration=True)


@pytest.fixture
def administrator(post: Post) -> Actor:
    return post.staff("Abe", Role.ADMINISTRATOR, Side.INDEPENDENT)


@pytest.fixture
def manager(post: Post) -> Actor:
    return post.staff("Maud", Role.MANAGER, Side.INDEPENDENT)


@pytest.fixture
def lead(post: Post) -> Actor:
    return post.outside("lead", Role.AGENCY_LEAD)


@pytest.fixture
def elsewhere(post: Post) -> Actor:
    return post.outside("elsewhere", Role.AGENCY_LEAD, "A law firm")


def joined(post: Post, invited: Invited | Refused) -> Actor:
    """Whoever uses the code."""
    assert isinstance(invited, Invited), invited
    done = accept(post.service, invited.code, PASSWORD)
    assert isinstance(done, SignedIn), done
    found = actor_of(post.service, done.token)
    assert found
    return found


def reason(result: object) -> Reason:
    assert isinstance(result, Refused), result
    return result.reason


def in_use(post: Post, agency: UUID) -> tuple[str, str]:
    with post.service.reading(RULES) as work:
        found = find_mailbox(work, agency)
    return (found.address, found.proposed) if found else ("", "")


def test_the_office_makes_an_agency_its_lead_invites_a_clerk_and_each_sees_their_own(
    post: Post, administrator: Actor
) -> None:
    made = make_agency(post.service, administrator, "Probation South")
    assert isinstance(made, Recorded)
    assert reason(make_agency(post.service, administrator, " probation SOUTH ")) is Reason.NOT_ACCEPTED
    lead = joined(post, invite_to_agency(post.service, administrator, made.id, "Lena", Role.AGENCY_LEAD))
    clerk = joined(post, invite_clerk(post.service, lead, "Cleo"))
    assert (lead.role, clerk.role, clerk.side) == (Role.AGENCY_LEAD, Role.AGENCY_CLERK, Side.AGENCY)
    assert clerk.name.startswith("Cleo ")
    theirs, leads = (save_draft(post.service, one, AgencyReferral()) for one in (clerk, lead))
    assert isinstance(theirs, Recorded)
    assert isinstance(leads, Recorded)
    assert {one.id for one in list_own(post.service, lead).listed} == {theirs.id, leads.id}
    assert [one.id for one in list_own(post.service, clerk).listed] == [theirs.id]
    assert reason(read_own(post.service, clerk, leads.id)) is Reason.NO_SUCH_REFERRAL
    assert isinstance(read_own(post.service, lead, theirs.id), OwnReferral)
    for refused in (
        invite_clerk(post.service, clerk, "Another"),
        read_own_agency(post.service, clerk),
        propose(post.service, clerk, NEW),
        close_clerk(post.service, clerk, lead.id),
        take_clerk_back(post.service, clerk, uuid4()),
        agency_files(post.service, lead),
        read_agency_file(post.service, lead, made.id),
        invite_to_agency(post.service, lead, made.id, "Another", Role.AGENCY_LEAD),
        make_agency(post.service, lead, "Another"),
    ):
        assert reason(refused) is Reason.NOT_YOUR_ROLE


def test_a_lead_acts_on_clerks_of_their_own_agency_alone(
    post: Post, administrator: Actor, lead: Actor, elsewhere: Actor
) -> None:
    clerk, second_lead = post.outside("clerk"), post.outside("second lead", Role.AGENCY_LEAD)
    sent = post.arrives(clerk, COMPLETE, "key")
    asked = invite_clerk(post.service, lead, "Cleo")
    assert isinstance(asked, Invited)
    waiting = read_own_agency(post.service, lead)
    assert isinstance(waiting, AgencyFile)
    (invitation,) = waiting.invitations
    foreign = read_own_agency(post.service, elsewhere)
    assert isinstance(foreign, AgencyFile)
    assert (foreign.invitations, [one.name for one in foreign.members]) == ((), ["elsewhere"])
    for who in (clerk.id, second_lead.id, lead.id, administrator.id, uuid4()):
        assert reason(close_clerk(post.service, elsewhere, who)) is Reason.NO_SUCH_ACCOUNT
    for who in (second_lead.id, lead.id, administrator.id, elsewhere.id):
        assert reason(close_clerk(post.service, lead, who)) is Reason.NO_SUCH_ACCOUNT
    assert reason(take_clerk_back(post.service, elsewhere, invitation.id)) is Reason.NO_SUCH_ACCOUNT
    agency = post.agencies["Probation North"]
    of_a_lead = invite_to_agency(post.service, administrator, agency, "Third lead", Role.AGENCY_LEAD)
    assert isinstance(of_a_lead, Invited)
    found = read_own_agency(post.service, lead)
    assert isinstance(found, AgencyFile)
    (theirs,) = (one for one in found.invitations if one.role == Role.AGENCY_LEAD)
    assert reason(take_clerk_back(post.service, lead, theirs.id)) is Reason.NO_SUCH_ACCOUNT
    assert isinstance(take_clerk_back(post.service, lead, invitation.id), Recorded)
    assert reason(accept(post.service, asked.code, PASSWORD)) is Reason.INVITATION_REFUSED
    assert isinstance(close_clerk(post.service, lead, clerk.id), Recorded)
    assert reason(close_clerk(post.service, lead, clerk.id)) is Reason.NO_SUCH_ACCOUNT
    assert isinstance(read_own(post.service, lead, sent), OwnReferral), "what a clerk sent stays with the agency"


def test_no_name_is_refused_to_a_lead_because_somebody_has_it(post: Post, lead: Actor, administrator: Actor) -> None:
    """Who works here is nothing that an agency can ask about."""
    told = [invite_clerk(post.service, lead, name) for name in (administrator.name, "Nobody", administrator.name)]
    assert all(isinstance(one, Invited) for one in told)
    assert len({one.name for one in told if isinstance(one, Invited)}) == 3
    for name in ("", " ", "x" * 201, "a\nb", "\u202eAbe"):
        assert reason(invite_clerk(post.service, lead, name)) is Reason.NOT_ACCEPTED


def test_an_account_of_an_agency_never_becomes_one_of_staff(post: Post, manager: Actor, lead: Actor) -> None:
    standing = (Role.INTAKE_WORKER, Side.PROGRAMME)
    assert reason(office.ask(post.service, manager, lead.id, CHANGE, standing)) is Reason.NOT_ACCEPTED
    for role in (Role.INTAKE_WORKER, Role.ADMINISTRATOR):
        with post.service.writing(RULES) as work:
            work.is_no_act()
            invited = office.invite_within(work, lead, f"crafted {role}", (role, Side.AGENCY), agency_id=uuid4())
        assert reason(accept(post.service, invited.code, PASSWORD)) in {Reason.INVITATION_REFUSED, Reason.NOT_ACCEPTED}
    with post.service.writing(RULES) as work:
        work.is_no_act()
        invited = office.invite_within(work, lead, "of nobody", (Role.AGENCY_LEAD, Side.AGENCY))
    assert reason(accept(post.service, invited.code, PASSWORD)) is Reason.INVITATION_REFUSED
    with post.service.reading(RULES) as work:
        assert find_account(work, "of nobody") is None


def test_an_address_is_used_once_another_person_of_the_office_confirmed_it(
    post: Post, administrator: Actor, manager: Actor, lead: Actor, elsewhere: Actor
) -> None:
    agency = post.agencies["Probation North"]
    assert isinstance(propose(post.service, administrator, NEW, agency), Recorded)
    assert in_use(post, agency) == ("", NEW)
    assert reason(confirm(post.service, administrator, agency, NEW)) is Reason.ANOTHER_PERSON
    assert reason(confirm(post.service, lead, agency, NEW)) is Reason.NOT_YOUR_ROLE
    assert reason(confirm(post.service, manager, agency, OTHER)) is Reason.NOT_NOW, "not the one on the page"
    assert isinstance(confirm(post.service, manager, agency, NEW), Recorded)
    assert in_use(post, agency) == (NEW, "")
    assert isinstance(propose(post.service, lead, OTHER), Recorded)
    assert in_use(post, agency) == (NEW, OTHER), "the one in use is used until then"
    assert isinstance(propose(post.service, elsewhere, OTHER), Recorded)
    assert in_use(post, agency) == (NEW, OTHER)
    assert isinstance(confirm(post.service, administrator, agency, OTHER), Recorded)
    assert in_use(post, agency) == (OTHER, "")
    for typed in ("nonsense", "a@b", "x" * 300 + "@example.org", "a@example.org\nBcc: b@example.org"):
        assert reason(propose(post.service, lead, typed)) is Reason.NOT_ACCEPTED
    assert reason(propose(post.service, administrator, NEW, uuid4())) is Reason.NO_SUCH_ACCOUNT
    assert isinstance(propose(post.service, lead, ""), Recorded)
    assert in_use(post, agency) == ("", ""), "taken away at once"


def test_every_act_about_accounts_and_addresses_is_in_the_audit(post: Post, administrator: Actor, lead: Actor) -> None:
    invite_clerk(post.service, lead, "Cleo")
    propose(post.service, lead, NEW)
    confirm(post.service, administrator, post.agencies["Probation North"], NEW)
    with post.service.reading(RULES) as work:
        rows: list[Any] = list(work.connection.execute(audit.select()))
    told = [(row.act, row.result, row.actor) for row in rows if row.actor in {lead.id, administrator.id}]
    assert told == [
        ("invite", "recorded", lead.id),
        ("propose-mailbox", "recorded", lead.id),
        ("confirm-mailbox", "recorded", administrator.id),
    ]


def test_an_agency_that_has_an_address_later_is_reminded_of_what_it_sent_before(
    post: Post, administrator: Actor, lead: Actor
) -> None:
    today = post.now.date()
    for number, days in enumerate((3, 30, 30, 200)):
        held = HELD | {"next_review_on": (today + timedelta(days=days)).isoformat()}
        answers = tuple(replace(one, value=held) if one.question == "RI-09" else one for one in COMPLETE.answers)
        post.arrives(lead, replace(COMPLETE, answers=answers, external_reference=f"R-{number}"), f"key {number}")
    agency = post.agencies["Probation North"]
    propose(post.service, lead, NEW)
    assert reminders(post) == []
    assert isinstance(confirm(post.service, administrator, agency, NEW), Recorded)
    assert reminders(post) == [today + timedelta(days=one) for one in (1, 23, 193)]


def reminders(post: Post) -> list[date]:
    """The days on which a reminder of a review is due."""
    with post.service.reading(RULES) as work:
        chosen = select(outbox.c.due).where(outbox.c.kind == Kind.REVIEW).order_by(outbox.c.due)
        return [datetime.fromtimestamp(due, UTC).date() for due in work.connection.execute(chosen).scalars()]
