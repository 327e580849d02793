"""Lists of thousands of referrals: danger is first and nothing is lost, and a page decrypts no more than it shows."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import ColumnElement, delete, select, update

from tests.casework.agencies.sent import COMPLETE, HELD, Post
from triage.cases.agency.gaps import Gap, Open
from triage.cases.agency.lifecycle import Answered
from triage.cases.agency.referral import AgencyReferral
from triage.cases.agency.spelling import written
from triage.cases.roles import Actor, Role
from triage.casework.agencies import incoming, marking, own, withdrawing
from triage.casework.agencies.answering import ask, close, decline
from triage.casework.agencies.closing import holder_closes
from triage.casework.agencies.incoming import Incoming, count_waiting, list_incoming, read_incoming
from triage.casework.agencies.marking import mark_sent_before
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


def without_marks(post: Post, *conditions: ColumnElement[bool]) -> None:
    """As if they had been sent before there were marks."""
    with post.service.writing(RULES) as work:
        work.is_no_act()
        bare = update(agency_referrals).where(*conditions).values(danger_mark=None, review_index=None)
        work.connection.execute(bare)


def test_a_referral_without_a_mark_may_tell_of_danger_until_somebody_opens_it(
    post: Post, clerk: Actor, worker: Actor
) -> None:
    """One that was sent before there were marks: unknown is never "no"."""
    post.arrives(clerk, numbered("marked"), "marked")
    post.wait(minutes=1)
    old = post.arrives(clerk, numbered("old"), "old")
    without_marks(post, agency_referrals.c.id == old)
    page = list_incoming(post.service, worker)
    assert (page.lines[0].id, page.lines[0].danger, page.in_danger) == (old, "neither", 1)
    assert isinstance(read_incoming(post.service, worker, old), Incoming)
    page = list_incoming(post.service, worker)
    assert (page.lines[1].id, page.in_danger) == (old, 0)


def test_the_rules_mark_what_was_sent_before(
    post: Post, clerk: Actor, worker: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sixty old ones push neither danger of today to a second page, nor a review that is due."""
    monkeypatch.setattr(marking, "AT_ONCE", 25)
    soon = (post.now.date() + timedelta(days=3)).isoformat()
    due = post.arrives(clerk, numbered("due", review=soon), "due")
    spoiled = post.arrives(clerk, numbered("spoiled"), "spoiled")
    post.wait(minutes=1)
    arrive_at_once(post, clerk, [numbered(f"old {number}") for number in range(60)])
    without_marks(post)
    post.wait(minutes=1)
    danger = post.arrives(clerk, numbered("danger", "danger_now"), "danger")
    draft = save_draft(post.service, clerk, AgencyReferral()).id
    with post.service.writing(RULES) as work:
        work.is_no_act()
        kept = work.connection.execute(select(agency_referrals.c.content).where(agency_referrals.c.id == spoiled))
        sealed = kept.scalar_one()
        spoil = update(agency_referrals).where(agency_referrals.c.id == spoiled)
        work.connection.execute(spoil.values(content=b"spoiled"))
    assert danger not in {one.id for one in waiting_first(post)[:PAGE]}
    assert mark_sent_before(post.service) == 61
    assert {one.id for one in waiting_first(post)} == {danger, spoiled}, "what nobody can read counts as danger"
    with post.service.writing(RULES) as work:
        work.is_no_act()
        work.connection.execute(spoil.values(content=sealed))
    assert (mark_sent_before(post.service), mark_sent_before(post.service)) == (1, 0)
    page = list_incoming(post.service, worker)
    assert (page.lines[0].id, page.in_danger) == (danger, 1)
    mine = list_own(post.service, clerk)
    assert [one.id for one in mine.waiting] == [due]
    assert mine.listed[0].id == draft
    with post.service.reading(RULES) as work:
        rows = work.connection.execute(select(agency_referrals).where(agency_referrals.c.id == draft))
        assert rows.one().danger_mark is None, "a draft was not sent"


def waiting_first(post: Post) -> list[StoredReferral]:
    """Those that count as danger, the longest waiting first."""
    with post.service.reading(RULES) as work:
        found = [one.stored for one in listing.waiting_referrals(work) if one.in_danger]
    return sorted(found, key=lambda one: (one.sent or post.now, one.id.hex))


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


def test_a_withdrawal_comes_to_the_top_when_somebody_here_had_begun_or_danger_was_told(
    post: Post, clerk: Actor, worker: Actor
) -> None:
    """Intake must learn of it; of a file sent by mistake that nobody had looked at there is nothing to learn."""
    said = {"old": "neither", "taken": "neither", "asked": "neither", "danger": "danger_now", "unseen": "neither"}
    sent = {name: post.arrives(clerk, numbered(name, danger), name) for name, danger in said.items()}
    assert isinstance(take(post.service, worker, sent["taken"], Taking("A-B", "B")), Recorded)
    ask(post.service, worker, sent["asked"], "Which court?")
    post.wait(minutes=1)
    for name in ("taken", "asked", "danger", "unseen"):
        withdraw(post, clerk, sent[name])
    names = {identity: name for name, identity in sent.items()}

    def listed() -> list[str]:
        return [names[one.id] for one in list_incoming(post.service, worker).lines]

    page = list_incoming(post.service, worker)
    assert listed()[0] == "danger"
    assert sorted(listed()[1:3]) == ["asked", "taken"]
    assert listed()[3:] == ["old", "unseen"]
    assert (page.waiting, page.in_danger, count_waiting(post.service, worker)) == (4, 1, (4, 1))
    assert all((one.withdrawn, one.called, one.missing, one.people) == (True, (), (), 0) for one in page.lines[:3])
    for name in ("danger", "asked", "taken"):
        close(post.service, worker, sent[name])
    assert listed()[0] == "old"
    assert sorted(listed()) == sorted(sent), "each stands once, and none is gone"


def withdraw(post: Post, by: Actor, referral_id: UUID) -> None:
    """The step that taking back a file takes in each of its referrals."""
    with post.service.writing(by) as work:
        work.is_no_act()
        withdrawing._withdraw(work, by, referral_id)


def test_questions_that_nobody_was_shown_hide_nothing_and_leave_room_for_reviews(
    post: Post, clerk: Actor, worker: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own, "PAGE", 4)
    soon = (post.now.date() + timedelta(days=3)).isoformat()
    due = [post.arrives(clerk, numbered(f"due {number}", review=soon), f"due {number}") for number in range(3)]
    shown = [post.arrives(clerk, numbered(f"shown {number}"), f"shown {number}") for number in range(4)]
    for one in shown:
        ask(post.service, worker, one, "Which court?")
    closed = [post.arrives(clerk, numbered(f"closed {number}", review=soon), f"closed {number}") for number in range(4)]
    for one in closed:
        decline(post.service, worker, one, Answered.OUTSIDE_AREA)
        close(post.service, worker, one)
    assert {one.id for one in list_own(post.service, clerk).waiting} <= {*due, *closed}, "closed here, and not shown so"
    post.wait(days=1)
    for number in range(6):
        ask(post.service, worker, post.arrives(clerk, numbered(f"today {number}"), f"today {number}"), "Which court?")
    waiting = [one.id for one in list_own(post.service, clerk).waiting]
    assert len(set(waiting) & set(shown)) == len(set(waiting) & set(due)) == 2
    reply(post.service, clerk, shown[0], "The county court.")
    reply(post.service, clerk, shown[1], "The county court.")
    reply(post.service, clerk, shown[2], "The county court.")
    waiting = [one.id for one in list_own(post.service, clerk).waiting]
    assert waiting == [shown[3], *[one for one in waiting if one in due]]
    assert len(waiting) == 4


def test_a_draft_that_is_gone_ends_no_list(post: Post, clerk: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts = {save_draft(post.service, clerk, AgencyReferral()).id for _one in range(2)}
    post.wait(days=1)
    drafts |= {save_draft(post.service, clerk, AgencyReferral()).id for _one in range(3)}
    monkeypatch.setattr(own, "PAGE", 2)
    page = list_own(post.service, clerk)
    with post.service.writing(RULES) as work:
        work.is_no_act()
        work.connection.execute(delete(agency_referrals).where(agency_referrals.c.id == page.listed[-1].id))
    rest = list(walked(lambda after: list_own(post.service, clerk, after or page.after), "listed"))
    assert {one.id for one in (*page.listed, *rest)} == drafts
    assert len(list_own(post.service, clerk, "0-999999999999-" + "f" * 32).listed) == 2
