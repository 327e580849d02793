"""Lists of thousands of referrals: danger is first and nothing is lost, and a page decrypts no more than it shows."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update

from tests.casework.agencies.sent import COMPLETE, HELD, Post
from triage.cases.agency.gaps import Gap, Open
from triage.cases.agency.lifecycle import Answered
from triage.cases.agency.referral import AgencyReferral
from triage.cases.agency.spelling import written
from triage.cases.roles import Actor, Role
from triage.casework.agencies import incoming, own
from triage.casework.agencies.answering import ask, close, decline
from triage.casework.agencies.closing import holder_closes
from triage.casework.agencies.incoming import count_waiting, list_incoming
from triage.casework.agencies.own import list_own
from triage.casework.agencies.paging import PAGE
from triage.casework.agencies.sending import reply, save_draft
from triage.casework.agencies.taking import Taking, take
from triage.casework.results import Recorded
from triage.casework.service import RULES
from triage.store.agency import listing
from triage.store.agency.referrals import Arriving, StoredReferral, insert_sent
from triage.store.agency.tables import agency_referrals

MANY = 3_000


@pytest.fixture
def post(engine: str, tmp_path: Any) -> Post:
    return Post(tmp_path)


@pytest.fixture
def clerk(post: Post) -> Actor:
    return post.outside("clerk")


@pytest.fixture
def worker(post: Post) -> Actor:
    return post.staff("worker")


@pytest.fixture
def decrypted(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How many referrals were opened."""
    counted: Counter[str] = Counter()
    for module in (incoming, own):
        really = module.read_content

        def read(*said: Any, really: Callable[..., Any] = really) -> Any:
            counted["referrals"] += 1
            return really(*said)

        monkeypatch.setattr(module, "read_content", read)
    return counted


def numbered(number: str, danger: str = "neither", review: str = HELD["next_review_on"]) -> AgencyReferral:
    """The complete referral with another number, danger and review."""
    said = {"RI-01": danger, "RI-09": HELD | {"next_review_on": review}}
    answers = tuple(replace(one, value=said.get(one.question, one.value)) for one in COMPLETE.answers)
    return replace(COMPLETE, external_reference=number, answers=answers)


def arrive_at_once(post: Post, by: Actor, referrals: list[AgencyReferral]) -> None:
    """Referrals that came in one file."""
    agency = post.agencies["Probation North"]
    arriving = [
        Arriving(StoredReferral(uuid4(), agency, by.id, 1), one.external_reference, written(one)) for one in referrals
    ]
    with post.service.writing(RULES) as work:
        work.is_no_act()
        insert_sent(work, arriving)


def walked(page_of: Callable[[str], Any], name: str) -> Iterator[Any]:
    """Every line of a list, page after page."""
    after, first = "", True
    while first or after:
        page = page_of(after)
        yield from getattr(page, name)
        after, first = page.after, False


def test_a_page_of_thousands_decrypts_what_it_shows(
    post: Post, clerk: Actor, worker: Actor, decrypted: Counter[str]
) -> None:
    arrive_at_once(post, clerk, [numbered(f"N-{number}") for number in range(MANY)])
    post.wait(hours=1)
    soon = (post.now.date() + timedelta(days=3)).isoformat()
    late = post.arrives(clerk, numbered("late", "danger_now"), "late")
    due = post.arrives(clerk, numbered("due", review=soon), "due")
    decrypted.clear()
    page = list_incoming(post.service, worker)
    assert decrypted["referrals"] == PAGE == len(page.lines)
    assert (page.lines[0].id, page.waiting, page.in_danger) == (late, MANY + 2, 1)
    following = list_incoming(post.service, worker, page.after)
    assert len({one.id for one in (*page.lines, *following.lines)}) == 2 * PAGE
    decrypted.clear()
    mine = list_own(post.service, clerk)
    assert [one.id for one in mine.waiting] == [due]
    assert {late, due} <= {one.id for one in mine.listed[:2]}
    assert (decrypted["referrals"], len(mine.listed)) == (PAGE + 1, PAGE)
    decrypted.clear()
    assert len(list_own(post.service, clerk, mine.after).listed) == PAGE == decrypted["referrals"]


def test_every_page_after_another_gives_every_referral_once_in_its_order(
    post: Post, clerk: Actor, worker: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: dict[str, UUID] = {}
    for name in ("first", "second", "danger", "closes", "declined", "earlier declined", "asked"):
        post.wait(minutes=1)
        sent[name] = post.arrives(clerk, numbered(name, "danger_now" if name == "danger" else "neither"), name)
    holder_closes(post.service, clerk, sent["closes"], "Since Monday.")
    for name in ("declined", "earlier declined"):
        decline(post.service, worker, sent[name], Answered.OUTSIDE_AREA)
    ask(post.service, worker, sent["asked"], "Which court?")
    drafts = [save_draft(post.service, clerk, AgencyReferral()).id for _one in range(3)]
    post.wait(days=1)
    for module in (incoming, own):
        monkeypatch.setattr(module, "PAGE", 2)
    names = {identity: name for name, identity in sent.items()}
    lines = list(walked(lambda after: list_incoming(post.service, worker, after), "lines"))
    assert [names[one.id] for one in lines] == [
        "danger", "closes", "first", "second", "asked", "earlier declined", "declined",
    ]  # fmt: skip
    mine = list(walked(lambda after: list_own(post.service, clerk, after), "listed"))
    assert sorted(one.id for one in mine[:3]) == sorted(drafts)
    assert [names[one.id] for one in mine[3:]] == list(reversed(sent))
    assert [names[one.id] for one in list_own(post.service, clerk).waiting] == ["asked"]
    reply(post.service, clerk, sent["asked"], "The county court.")
    assert list_own(post.service, clerk).waiting == ()
    for nowhere in ("nonsense", "9-1-" + "0" * 32, "0-0-" + "0" * 31, "-1-0-" + "f" * 32, "٣-1-" + "0" * 32):
        assert len(list_incoming(post.service, worker, nowhere).lines) <= 2
        assert len(list_own(post.service, clerk, nowhere).listed) <= 2


def test_a_referral_without_a_mark_may_tell_of_danger(post: Post, clerk: Actor, worker: Actor) -> None:
    """One that was sent before there were marks: unknown is never "no"."""
    post.arrives(clerk, numbered("marked"), "marked")
    post.wait(minutes=1)
    old = post.arrives(clerk, numbered("old"), "old")
    with post.service.writing(RULES) as work:
        work.is_no_act()
        work.connection.execute(
            update(agency_referrals).where(agency_referrals.c.id == old).values(danger_mark=None, review_index=None)
        )
    page = list_incoming(post.service, worker)
    assert (page.lines[0].id, page.lines[0].danger, page.in_danger) == (old, "neither", 1)


def test_marks_tell_a_reader_of_the_database_nothing(post: Post, clerk: Actor) -> None:
    for number in range(4):
        post.arrives(clerk, numbered(f"mark {number}", "danger_now" if number % 2 else "neither"), f"mark {number}")
    with post.service.reading(RULES) as work:
        rows = list(work.connection.execute(agency_referrals.select()))
        told = [one.in_danger for one in listing.waiting_referrals(work)]
    assert len({row.danger_mark for row in rows}) == 4
    assert told.count(True) == 2
    assert len({row.review_index for row in rows}) == 1


def test_a_clerk_sees_their_own_in_every_page_and_a_lead_all(post: Post, clerk: Actor) -> None:
    lead, other = post.outside("lead", Role.AGENCY_LEAD), post.outside("other clerk")
    soon = (post.now.date() + timedelta(days=3)).isoformat()
    theirs = post.arrives(clerk, numbered("theirs", review=soon), "theirs")
    own_one = post.arrives(other, numbered("own", review=soon), "own")
    seen = {one.name: list_own(post.service, one) for one in (clerk, other, lead)}
    assert [one.id for one in (*seen["clerk"].listed, *seen["clerk"].waiting)] == [theirs, theirs]
    assert [one.id for one in (*seen["other clerk"].listed, *seen["other clerk"].waiting)] == [own_one, own_one]
    assert {one.id for one in seen["lead"].listed} == {one.id for one in seen["lead"].waiting} == {theirs, own_one}


def test_the_list_says_who_and_what_is_missing(post: Post, clerk: Actor, worker: Actor) -> None:
    post.arrives(clerk, numbered("gaps", "NK"), "gaps")
    (line,) = list_incoming(post.service, worker).lines
    assert line.called == (("A", "Nadia Benali"), ("B", "Omar Haddad"))
    assert line.missing == (
        Open(Gap.DANGER), Open(Gap.BIRTH, "A"), Open(Gap.BIRTH, "B"), Open(Gap.SAFE_CONTACT, "B"),
    )  # fmt: skip
    colleague = post.staff("colleague")
    decline(post.service, worker, line.id, Answered.NOT_ENOUGH)
    (answered,) = list_incoming(post.service, colleague).lines
    assert (answered.called, answered.missing) == ((), ())


def test_what_an_agency_says_later_comes_to_the_top_until_somebody_does_something(
    post: Post, clerk: Actor, worker: Actor
) -> None:
    old, asked, closes = (post.arrives(clerk, numbered(one), one) for one in ("old", "asked", "closes"))
    for one in (asked, closes):
        assert isinstance(take(post.service, worker, one, Taking("A-B", "B")), Recorded)
    post.wait(minutes=1)
    newest = post.arrives(clerk, numbered("newest"), "newest")

    def listed() -> list[UUID]:
        return [one.id for one in list_incoming(post.service, worker).lines]

    assert listed()[:2] == [old, newest]
    ask(post.service, worker, asked, "Which court?")
    assert listed()[:2] == [old, newest]
    reply(post.service, clerk, asked, "The county court.")
    page = list_incoming(post.service, worker)
    assert [(one.id, one.replied) for one in page.lines[:2]] == [(asked, True), (old, False)]
    assert page.waiting == count_waiting(post.service, worker)[0] == 3, "a reply waits as well"
    assert sorted(listed()) == sorted([old, asked, closes, newest])
    holder_closes(post.service, clerk, closes, "Since Monday.")
    assert set(listed()[:2]) == {asked, closes}
    for one in (asked, closes):
        close(post.service, worker, one)
    assert listed()[:2] == [old, newest]
