"""What acts say outside is kept with the act, says nothing of anybody, and leaves when it can tell nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from tests.casework.agencies.sent import COMPLETE, HELD, Post
from tests.casework.small_service import PASSWORD
from tests.databases.engines import at_the_database
from triage.cases.agency.referral import ReferredAnswer
from triage.cases.matching.identity import Identity
from triage.cases.record import Pair
from triage.cases.roles import Actor, Role, Side
from triage.cases.wall import Refused
from triage.casework.access.matrix import Stage
from triage.casework.accounts.office import RESET, answer, ask, close
from triage.casework.accounts.sessions import begin
from triage.casework.accounts.signing_in import change_password
from triage.casework.agencies import answering
from triage.casework.agencies.closing import holder_closes
from triage.casework.agencies.taking import Taking, take
from triage.casework.messages.kinds import Kind
from triage.casework.messages.registering import Registered, register_webhook, staff_mailbox
from triage.casework.results import Recorded, SignedIn
from triage.casework.service import RULES
from triage.store.outbox.tables import outbox
from triage.store.outbox.webhooks import confirm_webhook
from triage.store.staff.accounts import read_account

NEXT = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
"""The publication after the clock of the tests."""


def posted(post: Post) -> list[tuple[str, UUID, UUID, datetime]]:
    """Every post, as it is kept."""
    with at_the_database(post.folder) as connection:
        rows = connection.execute(select(outbox).order_by(outbox.c.due, outbox.c.kind)).all()
    return [(row.kind, row.recipient, row.reference, datetime.fromtimestamp(row.due, UTC)) for row in rows]


def of_kind(post: Post, kind: Kind) -> list[datetime]:
    return [one[3] for one in posted(post) if one[0] == kind]


def hooked(post: Post, agency_id: UUID) -> UUID:
    """A webhook of a client of an agency, confirmed."""
    from triage.casework.agencies.clients import add_client

    client = add_client(post.service, agency_id, "Case system")
    assert isinstance(client, UUID)
    made = register_webhook(post.service, client, "https://hooks.example.org/events")
    assert isinstance(made, Registered), made
    with post.service.writing(RULES) as work:
        assert confirm_webhook(work, made.id)
        work.is_no_act()
    return made.id


def test_a_referral_says_that_it_arrived_and_reminds_a_week_before_the_review(
    post: Post, lead: Actor, intake: Actor
) -> None:
    webhook, agency = hooked(post, post.agencies["Probation North"]), post.agencies["Probation North"]
    first = post.arrives(lead, COMPLETE, "key-one-x")
    second = post.arrives(lead, replace(COMPLETE, external_reference="PN-2"), "key-two-x")
    soon = post.now + timedelta(minutes=5)
    assert sorted(posted(post)) == sorted(
        [
            (Kind.RECEIVED, agency, agency, soon),
            (Kind.INCOMING, intake.id, intake.id, soon),
            (Kind.UPDATED, webhook, first, NEXT),
            (Kind.UPDATED, webhook, second, NEXT),
            (Kind.REVIEW, agency, agency, datetime(2026, 12, 3, 4, 0, tzinfo=UTC)),
        ]
    ), "two referrals within five minutes are one receipt, one line for intake, one reminder"


def test_what_happens_here_leaves_at_the_next_publication_at_whatever_hour_it_was_done(
    post: Post, lead: Actor, intake: Actor
) -> None:
    webhook = hooked(post, post.agencies["Probation North"])
    sent = [post.arrives(lead, replace(COMPLETE, external_reference=f"PN-{i}"), f"key-no-{i}") for i in range(3)]
    post.wait(days=1)
    shown = NEXT + timedelta(days=1)
    assert isinstance(answering.ask(post.service, intake, sent[0], "Who holds the file?"), Recorded)
    post.wait(hours=3, minutes=17)
    assert isinstance(answering.decline(post.service, intake, sent[1], "outside-area"), Recorded)
    post.wait(hours=5)
    assert isinstance(take(post.service, intake, sent[2], Taking("A-B", "B")), Recorded)
    assert {one[2] for one in posted(post) if one[3] == shown and one[1] == webhook} == set(sent)
    assert of_kind(post, Kind.QUESTION) == [shown]
    assert of_kind(post, Kind.ANSWERED) == [shown], "one line for all answers of a day"


def test_an_act_that_changes_nothing_of_what_is_shown_says_nothing(post: Post, lead: Actor, intake: Actor) -> None:
    hooked(post, post.agencies["Probation North"])
    sent = post.arrives(lead, COMPLETE, "key-one-x")
    assert isinstance(take(post.service, intake, sent, Taking("A-B", "B")), Recorded)
    before = posted(post)
    post.wait(minutes=1)
    assert isinstance(take(post.service, intake, sent, Taking("A-B", "B")), Recorded)
    assert posted(post) == before
    answered = [one for one in before if one[0] == Kind.UPDATED]
    assert len(answered) == 1, "received, taken and answered before one publication is one event"


def test_a_second_pair_that_is_taken_after_the_answer_was_shown_says_nothing(
    post: Post, lead: Actor, intake: Actor
) -> None:
    hooked(post, post.agencies["Probation North"])
    third = replace(COMPLETE.persons[0], letter="C", called="Carol", known=Identity(given="Carol", family="Third"))
    three = replace(COMPLETE, persons=(*COMPLETE.persons, third), pairs=(Pair("A", "B"), Pair("B", "C")))
    sent = post.arrives(lead, three, "key-one-x")
    assert isinstance(take(post.service, intake, sent, Taking("A-B", "B")), Recorded)
    before = posted(post)
    post.wait(days=1)
    assert isinstance(take(post.service, intake, sent, Taking("B-C", "B")), Recorded)
    assert posted(post) == before


def test_an_act_that_was_refused_says_nothing(post: Post, lead: Actor, intake: Actor) -> None:
    sent = post.arrives(lead, COMPLETE, "key-one-x")
    before = posted(post)
    answering.close(post.service, intake, sent)
    answering.decline(post.service, intake, sent, "somebody is known")
    assert posted(post) == before


def test_intake_is_told_when_a_holder_closes(post: Post, lead: Actor, intake: Actor) -> None:
    sent = post.arrives(lead, COMPLETE, "key-one-x")
    post.wait(hours=1)
    assert isinstance(holder_closes(post.service, lead, sent, "We close tomorrow."), Recorded)
    assert of_kind(post, Kind.INCOMING) == [post.now - timedelta(minutes=55), post.now + timedelta(minutes=5)]


def test_a_review_that_is_near_already_reminds_at_the_next_publication(post: Post, lead: Actor) -> None:
    soon = tuple(
        ReferredAnswer("RI-09", "", {**HELD, "next_review_on": "2026-11-24"}) if one.question == "RI-09" else one
        for one in COMPLETE.answers
    )
    post.arrives(lead, replace(COMPLETE, answers=soon), "key-one-x")
    assert of_kind(post, Kind.REVIEW) == [NEXT]


def test_the_owner_of_an_account_is_told_that_it_was_reset_and_a_closed_one_is_written_to_no_more(
    post: Post, lead: Actor, intake: Actor
) -> None:
    one = post.staff("Abe", Role.ADMINISTRATOR, Side.INDEPENDENT)
    other = post.staff("Aya", Role.ADMINISTRATOR, Side.INDEPENDENT)
    asked = ask(post.service, one, intake.id, RESET, (Role.AUDITOR, Side.INDEPENDENT))
    assert isinstance(asked, Recorded)
    assert of_kind(post, Kind.ACCOUNT) == [], "asking changes nothing yet"
    answer(post.service, other, asked.id, confirms=True)
    assert of_kind(post, Kind.ACCOUNT) == [post.now + timedelta(minutes=5)]
    close(post.service, one, intake.id)
    post.wait(hours=1)
    post.arrives(lead, COMPLETE, "key-one-x")
    assert of_kind(post, Kind.INCOMING) == []


def test_the_owner_of_an_account_is_told_of_a_new_password(post: Post, intake: Actor) -> None:
    with post.service.writing() as work:
        account = read_account(work, intake.id)
        assert account
        token = begin(work, account, Stage.FULL)
        work.is_no_act()
    new = "lantern bridge otter"
    assert isinstance(change_password(post.service, token, "something else", new), Refused)
    assert of_kind(post, Kind.ACCOUNT) == []
    assert isinstance(change_password(post.service, token, PASSWORD, new), SignedIn)
    assert of_kind(post, Kind.ACCOUNT) == [post.now + timedelta(minutes=5)]


def test_an_address_is_taken_back_by_an_empty_one_and_a_wrong_one_is_refused(post: Post, intake: Actor) -> None:
    for wrong in (
        "ines",
        "ines@desk",
        "ines@desk.example.org\r\nBcc: x@example.org",
        "<ines@desk.example.org>",
        "a b@c.org",
    ):
        assert not isinstance(staff_mailbox(post.service, "Ines", wrong), UUID), wrong
    assert staff_mailbox(post.service, "Ines", "") == intake.id
    assert not isinstance(staff_mailbox(post.service, "Nobody", "a@b.org"), UUID)
    lead = post.outside("lead", Role.AGENCY_LEAD)
    post.arrives(lead, COMPLETE, "key-one-x")
    assert posted(post) == []
