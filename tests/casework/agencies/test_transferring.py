"""A referral is sent on with agreement or a ground of safeguarding; what goes is what the agency wrote, and less."""

from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from tests.casework.agencies.sent import COMPLETE, Post
from tests.interchange.drafts import questions
from triage.cases.agency.lifecycle import Published, State
from triage.cases.agency.referral import ReferredAnswer
from triage.cases.agency.transfer import Transfer
from triage.cases.roles import Actor
from triage.cases.wall import Reason, Refused
from triage.casework.agencies.answering import decline
from triage.casework.agencies.incoming import list_incoming, read_incoming
from triage.casework.agencies.own import read_own
from triage.casework.agencies.taking import Taking, take
from triage.casework.agencies.transferring import file_handed_over, transfer
from triage.casework.results import Recorded
from triage.interchange.reading import read_file

AB = Taking("A-B", "B")
AGREED = Transfer("agreed", "Support in the South", {"A": "2026-11-20", "B": "2026-11-22"})
AT_RISK = Transfer("child-at-risk", "Children's services", words="A child was hurt on Friday.")


@pytest.fixture(scope="module")
def post(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Post:
    folder: Path = tmp_path_factory.mktemp("transfers")
    return Post(folder)


@pytest.fixture(scope="module")
def clerk(post: Post) -> Actor:
    return post.outside("clerk")


@pytest.fixture(scope="module")
def worker(post: Post) -> Actor:
    return post.staff("worker")


def arrives(post: Post, clerk: Actor, name: str, danger: str = "neither") -> UUID:
    answers = (ReferredAnswer("RI-01", "", danger), *COMPLETE.answers[1:])
    return post.arrives(clerk, replace(COMPLETE, answers=answers, external_reference=name, opinion="Ideal."), name)


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        (Transfer("", ""), ("ground", "service")),
        (Transfer("because-of-b", "S", words="x"), ("ground",)),
        (Transfer("agreed", "S"), ("agreed-A", "agreed-B")),
        (replace(AGREED, agreed={"A": "2026-11-20"}), ("agreed-B",)),
        (replace(AGREED, agreed={"A": "2026-11-23", "B": "2025-11-01"}), ("agreed-A", "agreed-B")),
        (replace(AGREED, service="a\nb"), ("service",)),
        (replace(AT_RISK, words=" "), ("words",)),
        (replace(AT_RISK, words="x" * 5000), ("words",)),
        (replace(AT_RISK, service="x" * 151), ("service",)),
    ],
)
def test_without_a_recorded_ground_nothing_is_sent_on(
    post: Post, clerk: Actor, worker: Actor, said: Transfer, fields: tuple[str, ...]
) -> None:
    referral_id = arrives(post, clerk, f"no ground {said}"[:90])
    refused = transfer(post.service, worker, referral_id, said)
    assert isinstance(refused, Refused)
    assert (refused.reason, refused.details) == (Reason.NOT_ACCEPTED, fields)
    assert file_handed_over(post.service, worker, referral_id) == Refused(Reason.NOT_NOW, "2.4")
    assert read_incoming(post.service, worker, referral_id).may_be_sent_on


@pytest.mark.parametrize("taken", [False, True])
def test_what_is_handed_over_is_what_the_agency_wrote_without_a_way_to_reach_anybody(
    post: Post, clerk: Actor, worker: Actor, taken: bool
) -> None:
    referral_id = arrives(post, clerk, f"sent on {taken}")
    if taken:
        assert isinstance(take(post.service, worker, referral_id, AB), Recorded)
    assert isinstance(transfer(post.service, worker, referral_id, AGREED), Recorded)
    content = file_handed_over(post.service, worker, referral_id)
    assert isinstance(content, bytes)
    for kept_back in (
        b"07700900111",
        b"omar@example.org",
        b"Mondays",
        b"Ideal.",
        b"Support in the South",
        b"2026-11-20",
    ):
        assert kept_back not in content
    (read,) = read_file(content, questions()).referrals
    assert [one.called for one in read.referral.persons] == ["Nadia Benali", "Omar Haddad"]
    said = {one.question for one in COMPLETE.answers} - {"RI-06"}
    assert {one.question for one in read.referral.answers} == said


def test_the_agency_is_told_one_neutral_code_at_the_next_publication(post: Post, clerk: Actor, worker: Actor) -> None:
    by_agreement, at_risk = arrives(post, clerk, "told 1"), arrives(post, clerk, "told 2")
    assert isinstance(transfer(post.service, worker, by_agreement, AGREED), Recorded)
    assert isinstance(transfer(post.service, worker, at_risk, AT_RISK), Recorded)
    assert read_own(post.service, clerk, at_risk).state == Published(State.RECEIVED)
    post.wait(days=1)
    seen = [read_own(post.service, clerk, one) for one in (by_agreement, at_risk)]
    assert [one.state for one in seen] == [Published(State.ANSWERED, "passed-on")] * 2
    assert [one.talk for one in seen] == [(), ()]
    post.wait(days=-1)


def test_what_was_sent_on_is_sent_on_once_and_not_taken_and_read_by_who_sent_it(
    post: Post, clerk: Actor, worker: Actor
) -> None:
    colleague = post.staff("colleague")
    referral_id = arrives(post, clerk, "once")
    assert isinstance(transfer(post.service, worker, referral_id, AT_RISK), Recorded)
    for result in (
        transfer(post.service, worker, referral_id, AT_RISK),
        take(post.service, worker, referral_id, AB),
        decline(post.service, worker, referral_id, "outside-area"),
        file_handed_over(post.service, colleague, referral_id),
    ):
        assert isinstance(result, Refused)
        assert result.reason is Reason.NOT_NOW
    assert read_incoming(post.service, worker, referral_id).sent_on == AT_RISK
    assert read_incoming(post.service, worker, referral_id).talk == ()
    assert read_incoming(post.service, colleague, referral_id).sent_on is None
    assert {one.state for one in list_incoming(post.service, worker).lines if one.id == referral_id} == {State.ANSWERED}


def test_danger_is_met_here_before_a_referral_is_sent_on(post: Post, clerk: Actor, worker: Actor) -> None:
    referral_id = arrives(post, clerk, "danger", "danger_now")
    assert transfer(post.service, worker, referral_id, AT_RISK) == Refused(Reason.DANGER_FIRST, "1.1")
    assert not read_incoming(post.service, worker, referral_id).may_be_sent_on
    assert isinstance(take(post.service, worker, referral_id, AB), Recorded)
    assert isinstance(transfer(post.service, worker, referral_id, AT_RISK), Recorded)


def test_nobody_but_intake_sends_on(post: Post, clerk: Actor) -> None:
    referral_id = arrives(post, clerk, "not theirs")
    for result in (
        transfer(post.service, clerk, referral_id, AGREED),
        file_handed_over(post.service, clerk, referral_id),
    ):
        assert isinstance(result, Refused)
        assert result.reason is Reason.NOT_YOUR_ROLE
