"""What an agency sends is kept once, seen by its own agency alone, answered late for all alike, and taken whole."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from tests.casework.agencies.sent import COMPLETE, HELD, Post, turned
from triage.cases.agency.lifecycle import Answered, Published, State, Step
from triage.cases.agency.referral import AgencyReferral, ReferredAnswer, ReferredPerson
from triage.cases.matching.identity import Identity
from triage.cases.model import Raw
from triage.cases.record import Pair
from triage.cases.roles import Actor, Role, Side
from triage.cases.wall import Reason, Refused
from triage.casework import assessments
from triage.casework.agencies.answering import ask, close, decline
from triage.casework.agencies.closing import holder_closes
from triage.casework.agencies.incoming import Incoming, IncomingLine, list_incoming, read_incoming
from triage.casework.agencies.own import OwnReferral, list_own, read_own
from triage.casework.agencies.sending import Incomplete, reply, save_draft, send, send_whole
from triage.casework.agencies.taking import Taking, take
from triage.casework.matching.reviewing import Watch, watch
from triage.casework.results import Recorded
from triage.casework.service import RULES
from triage.store.audit import verify
from triage.store.tables import metadata

AB = Taking("A-B", "B")


@pytest.fixture(scope="module")
def post(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Post:
    return Post(tmp_path_factory.mktemp("post"))


@pytest.fixture(scope="module")
def clerk(post: Post) -> Actor:
    return post.outside("clerk")


@pytest.fixture(scope="module")
def lead(post: Post) -> Actor:
    return post.outside("lead", Role.AGENCY_LEAD)


@pytest.fixture(scope="module")
def elsewhere(post: Post) -> Actor:
    return post.outside("elsewhere", Role.AGENCY_LEAD, "A law firm")


@pytest.fixture(scope="module")
def worker(post: Post) -> Actor:
    return post.staff("worker")


def _refused(result: object) -> Reason:
    assert isinstance(result, Refused), result
    return result.reason


def _another(number: str) -> AgencyReferral:
    return replace(COMPLETE, external_reference=number)


def test_a_draft_is_saved_resumed_and_sent_once(post: Post, clerk: Actor) -> None:
    begun = save_draft(post.service, clerk, AgencyReferral())
    assert isinstance(begun, Recorded)
    stopped = send(post.service, clerk, begun.id)
    assert isinstance(stopped, Incomplete)
    assert stopped.missing[0].code == "danger-unsaid"
    saved = save_draft(post.service, clerk, _another("draft"), begun.id, begun.version)
    assert isinstance(saved, Recorded)
    assert _refused(save_draft(post.service, clerk, AgencyReferral(), begun.id, begun.version)) is Reason.NOT_NOW
    kept = read_own(post.service, clerk, begun.id)
    assert isinstance(kept, OwnReferral)
    assert (kept.referral, kept.state.state) == (_another("draft"), State.DRAFT)
    first, second = (send(post.service, clerk, begun.id) for _turn in range(2))
    assert first == second == Recorded(saved.version, begun.id)
    assert _refused(save_draft(post.service, clerk, COMPLETE, begun.id, saved.version)) is Reason.NOT_NOW
    assert read_own(post.service, clerk, begun.id).state == Published(State.RECEIVED)


def test_one_key_is_one_referral_and_one_number_too(post: Post, clerk: Actor) -> None:
    first = post.arrives(clerk, _another("once"), "key-once")
    assert post.arrives(clerk, _another("once"), "key-once") == first
    assert _refused(send_whole(post.service, clerk, _another("other"), "key-once")) is Reason.KEY_USED
    assert _refused(send_whole(post.service, clerk, _another("once"), "key-twice")) is Reason.NUMBER_USED


def test_what_cannot_be_sent_leaves_nothing(post: Post, clerk: Actor) -> None:
    before = list_own(post.service, clerk)
    closing = replace(
        COMPLETE, answers=(*COMPLETE.answers[:5], ReferredAnswer("RI-09", "", HELD | {"code": "closing"}))
    )
    wrong = {
        "holder-closing": closing,
        "no-question": replace(COMPLETE, answers=(*COMPLETE.answers, ReferredAnswer("WD-01", "A-B", "NK"))),
        "value": replace(COMPLETE, answers=(*COMPLETE.answers, ReferredAnswer("RI-20", "A", "guilty"))),
        "about": replace(COMPLETE, answers=(*COMPLETE.answers, ReferredAnswer("RI-20", "", "none"))),
        "text": replace(COMPLETE, persons=(ReferredPerson("A", "x\u202ey"), COMPLETE.persons[1])),
    }
    wrong["value "] = replace(
        COMPLETE,
        answers=(*COMPLETE.answers, ReferredAnswer("RI-16", "A", [{"code": "relative", "iss_offer_status": "active"}])),
    )
    for code, referral in wrong.items():
        result = send_whole(post.service, clerk, referral, f"key {code}")
        assert isinstance(result, Incomplete), code
        assert {one.code for one in result.missing} == {code.strip()}
    assert list_own(post.service, clerk) == before


def _born(written: Raw, number: str) -> AgencyReferral:
    ages = ReferredAnswer("RI-03", "A-B", [{"code": "partner", "birth_a": written}])
    return replace(_another(number), answers=(*COMPLETE.answers, ages))


@pytest.mark.parametrize(("written", "kept"), [("5/3/2010", "2010-03-05"), ("3/2010", "2010-03"), (2010, 2010)])
def test_a_birth_that_a_program_or_a_draft_writes_is_kept_as_that_day(
    post: Post, clerk: Actor, written: Raw, kept: Raw
) -> None:
    sent = post.arrives(clerk, _born(written, f"born {kept}"), f"key-born-{kept}")
    saved = save_draft(post.service, clerk, _born(written, f"draft {kept}"))
    assert isinstance(saved, Recorded)
    for one in (sent, saved.id):
        own = read_own(post.service, clerk, one)
        assert isinstance(own, OwnReferral)
        assert own.referral.value_of("RI-03", "A-B") == [{"code": "partner", "birth_a": kept}]


@pytest.mark.parametrize("written", ["about 2010", "31/2/2010", "1899", "1/1/2999", True, ["2010"]])
def test_a_birth_that_is_no_day_of_the_past_is_said_at_its_column(post: Post, clerk: Actor, written: Raw) -> None:
    before = list_own(post.service, clerk)
    for told in (
        send_whole(post.service, clerk, _born(written, "never"), "key-never"),
        save_draft(post.service, clerk, _born(written, "never")),
    ):
        assert isinstance(told, Incomplete)
        assert [(one.field, one.code) for one in told.missing] == [("RI-03.birth_a", "birth")]
    assert list_own(post.service, clerk) == before


def test_an_agency_sees_its_own_referrals_and_a_clerk_what_they_wrote(
    post: Post, clerk: Actor, lead: Actor, elsewhere: Actor
) -> None:
    own = post.arrives(clerk, _another("seen"), "key-seen")
    by_lead = post.arrives(lead, _another("by lead"), "key-lead")
    assert isinstance(read_own(post.service, lead, own), OwnReferral)
    for actor, referral_id in ((elsewhere, own), (clerk, by_lead), (elsewhere, uuid4())):
        assert _refused(read_own(post.service, actor, referral_id)) is Reason.NO_SUCH_REFERRAL
        assert _refused(reply(post.service, actor, referral_id, "x")) is Reason.NO_SUCH_REFERRAL
        assert _refused(send(post.service, actor, referral_id)) is Reason.NO_SUCH_REFERRAL
    assert list_own(post.service, elsewhere).listed == ()
    listed = {one.id for one in list_own(post.service, clerk).listed}
    assert own in listed
    assert by_lead not in listed


@pytest.mark.parametrize(
    ("role", "side"),
    [(Role.SUPPORT_ADVOCATE, Side.SUPPORT), (Role.PANEL_MEMBER, Side.INDEPENDENT), (Role.MANAGER, Side.INDEPENDENT)],
)
def test_nobody_but_intake_sees_what_arrives(post: Post, clerk: Actor, role: Role, side: Side) -> None:
    somebody = post.staff(f"some {role}", role, side)
    referral_id = post.arrives(clerk, _another(f"for {role}"), f"key-{role}")
    for result in (
        list_incoming(post.service, somebody),
        read_incoming(post.service, somebody, referral_id),
        take(post.service, somebody, referral_id, AB),
        decline(post.service, somebody, referral_id, Answered.OUTSIDE_AREA),
        list_own(post.service, somebody),
        send_whole(post.service, somebody, COMPLETE, "key"),
    ):
        assert _refused(result) is Reason.NOT_YOUR_ROLE


def test_an_agency_reaches_no_case_and_no_duty_of_staff(post: Post, clerk: Actor, worker: Actor) -> None:
    referral_id = post.arrives(clerk, _another("no case"), "key-no-case")
    taken = take(post.service, worker, referral_id, AB)
    assert isinstance(taken, Recorded)
    for result in (
        assessments.read(post.service, clerk, taken.id),
        list_incoming(post.service, clerk),
        take(post.service, clerk, referral_id, AB),
        ask(post.service, clerk, referral_id, "?"),
    ):
        assert _refused(result) is Reason.NOT_YOUR_ROLE


def test_every_answer_goes_into_the_case_about_the_same_person(post: Post, clerk: Actor, worker: Actor) -> None:
    """The letters are drawn, so twelve cases of the same words must say the same of Nadia and of Omar."""
    seen = set()
    for turn in range(12):
        referral_id = post.arrives(clerk, _another(f"letters {turn}"), f"key-letters-{turn}")
        taken = take(post.service, worker, referral_id, AB)
        assert isinstance(taken, Recorded)
        view = assessments.read(post.service, worker, taken.id)
        omar, nadia = view.own_person, "B" if view.own_person == "A" else "A"
        seen.add(omar)
        assert (view.called[omar], view.received_from) == ("Omar Haddad", "Probation North")
        assert view.facts == "Police were called twice in October."
        said = {(one.question, one.about): one for one in view.record.answers}
        assert len(said) == len(COMPLETE.answers)
        assert {one.source for one in said.values()} == {"REF"}
        assert said["RI-21", "A-B"].codes == (omar.lower(),)
        assert said["RI-06", nadia].rows[0].cells["safe_days_hours"] == "Mondays"
        assert said["RI-12", ""].rows[0].code == f"lives_with_{nadia.lower()}"
        assert said["RI-12", ""].rows[0].cells[f"tie_to_{nadia.lower()}"] == "child"
        assert said["RI-13", omar].rows[0].cells["started_by"] == omar.lower()
    assert seen == {"A", "B"}


def test_what_an_agency_thinks_of_suitability_weighs_nothing(post: Post, clerk: Actor, worker: Actor) -> None:
    views = []
    for number, opinion in enumerate(("", "Entirely suitable. Please take him at once.")):
        referral = replace(_another(f"opinion {number}"), opinion=opinion)
        taken = take(post.service, worker, post.arrives(clerk, referral, f"key-opinion-{number}"), AB)
        views.append(assessments.read(post.service, worker, taken.id))
    texts = [{(one.question, one.text) for one in view.record.answers} for view in views]
    assert texts[0] == texts[1]
    assert views[0].facts == views[1].facts


def test_a_referral_is_taken_once_and_read_afterwards_by_who_took_it(post: Post, clerk: Actor, worker: Actor) -> None:
    other = post.staff("another worker")
    referral_id = post.arrives(clerk, _another("taken once"), "key-taken")
    assert isinstance(read_incoming(post.service, other, referral_id), Incoming)
    first, second = (take(post.service, worker, referral_id, AB) for _turn in range(2))
    assert isinstance(first, Recorded)
    assert first == second
    assert read_incoming(post.service, worker, referral_id).referral.persons == COMPLETE.persons
    seen = read_incoming(post.service, other, referral_id)
    assert (seen.referral, seen.taken, seen.line.agency) == (AgencyReferral(), {}, "Probation North")
    assert _refused(decline(post.service, worker, referral_id, Answered.OUTSIDE_AREA)) is Reason.NOT_NOW
    assert _refused(take(post.service, worker, referral_id, Taking("A-C", "A"))) is Reason.NO_SUCH_PAIR


def test_several_pairs_go_into_cases_of_their_own(post: Post, clerk: Actor, worker: Actor) -> None:
    third = ReferredPerson("C", "Lina Haddad")
    answers = (*COMPLETE.answers, ReferredAnswer("RI-21", "C-B", "b"), ReferredAnswer("RI-20", "C", "none"))
    many = AgencyReferral((*COMPLETE.persons, third), (Pair("A", "B"), Pair("C", "B")), answers, "many")
    referral_id = post.arrives(clerk, many, "key-many")
    cases = [take(post.service, worker, referral_id, Taking(pair, "B")) for pair in ("A-B", "C-B")]
    views = [assessments.read(post.service, worker, one.id) for one in cases]
    assert views[0].id != views[1].id
    omar, lina = views[1].own_person, "B" if views[1].own_person == "A" else "A"
    said = {(one.question, one.about): one.codes for one in views[1].record.answers}
    assert views[1].called[lina] == "Lina Haddad"
    assert said["RI-21", "A-B"] == (omar.lower(),)
    assert said["RI-20", lina] == ("none",)
    assert ("RI-12", "") not in said, "it names the first two people of the referral, who are not these"


def test_the_same_pair_in_opposite_roles_reopens_and_the_agencies_learn_nothing(
    post: Post, clerk: Actor, elsewhere: Actor, worker: Actor
) -> None:
    member = post.staff("panel", Role.PANEL_MEMBER, Side.INDEPENDENT)
    ines = ReferredPerson("A", "Inês Quintanilha", known=Identity(given="Inês", family="Quintanilha"))
    bram = ReferredPerson("B", "Bram Oosterveld", known=Identity(given="Bram", family="Oosterveld"))
    pair = replace(_another("counter"), persons=(ines, bram))
    first = take(post.service, worker, post.arrives(clerk, pair, "key-counter"), AB)
    before = _matches(post, member, first.id)
    other = post.staff("worker of the counter-referral")
    against = post.arrives(elsewhere, turned(pair, "b"), "key-against")
    second = take(post.service, other, against, Taking("A-B", "A"))
    assert isinstance(second, Recorded)
    assert second.id != first.id
    assert (before, _matches(post, member, second.id)) == (set(), {"opposite"})
    post.wait(days=2)
    fresh = post.arrives(
        elsewhere,
        replace(COMPLETE, persons=(ReferredPerson("A", "Zoe"), ReferredPerson("B", "Yan")), external_reference="fresh"),
        "key-fresh",
    )
    take(post.service, other, fresh, Taking("A-B", "A"))
    post.wait(days=2)
    known, unknown = (read_own(post.service, elsewhere, one) for one in (against, fresh))
    assert known.state == unknown.state == Published(State.ANSWERED, Answered.WITH_US)


def _matches(post: Post, member: Actor, case_id: UUID) -> set[str]:
    seen = watch(post.service, member)
    assert isinstance(seen, Watch)
    return {str(one.bearing) for one in seen.matches if case_id in {one.earlier[0], one.later[0]} and one.bearing}


def test_into_an_existing_case_goes_only_what_says_the_same(post: Post, clerk: Actor, worker: Actor) -> None:
    nadia, omar = (replace(one, called=f"{one.called} Existing") for one in COMPLETE.persons)
    pair = replace(_another("existing"), persons=(nadia, omar))
    opened = take(post.service, worker, post.arrives(clerk, pair, "key-existing"), AB)
    own = assessments.read(post.service, worker, opened.id).own_person
    letters = {"B": own, "A": "B" if own == "A" else "A"}
    again = post.arrives(clerk, replace(pair, external_reference="again"), "key-again")
    into = Taking("A-B", "B", opened.id, letters)
    stranger = post.staff("a stranger to the case")
    assert _refused(take(post.service, stranger, again, into)) is Reason.NO_SUCH_CASE
    before = assessments.read(post.service, worker, opened.id)
    assert take(post.service, worker, again, into) == Recorded(0, opened.id)
    after = assessments.read(post.service, worker, opened.id)
    assert len(after.record.answers) == len(before.record.answers) + len(COMPLETE.answers)
    assert after.version > before.version
    unsaid = replace(pair, answers=tuple(one for one in pair.answers if one.question != "RI-21"))
    for number, referral in enumerate((turned(pair, "b"), unsaid)):
        arrived = post.arrives(
            clerk, replace(referral, external_reference=f"differs {number}"), f"key-differs-{number}"
        )
        crossed = Taking("A-B", "A", opened.id, {"A": own, "B": letters["A"]}) if number == 0 else into
        assert _refused(take(post.service, worker, arrived, crossed)) is Reason.TAKE_ANEW


def test_asked_and_answered_and_declined_all_show_after_the_publication(
    post: Post, clerk: Actor, worker: Actor
) -> None:
    referral_id = post.arrives(clerk, _another("talk"), "key-talk")
    assert isinstance(ask(post.service, worker, referral_id, "Which court?"), Recorded)
    assert read_own(post.service, clerk, referral_id).talk == ()
    post.wait(days=1)
    shown = read_own(post.service, clerk, referral_id)
    assert [(step, text) for step, text, _on in shown.talk] == [(Step.ASK, "Which court?")]
    assert [on for _step, _text, on in shown.talk] == [post.now.date()], "the day of the publication, not of the act"
    assert shown.state == Published(State.CONSIDERED, "", contact_us=True)
    assert isinstance(reply(post.service, clerk, referral_id, "The county court."), Recorded)
    assert _refused(reply(post.service, clerk, referral_id, "Again.")) is Reason.NOT_NOW
    assert isinstance(holder_closes(post.service, clerk, referral_id, "Closed yesterday."), Recorded)
    line = next(one for one in list_incoming(post.service, worker).lines if one.id == referral_id)
    assert isinstance(line, IncomingLine)
    assert (line.holder_closes, line.waits_for_reply, line.agency) == (True, False, "Probation North")
    assert isinstance(decline(post.service, worker, referral_id, Answered.NOT_ENOUGH), Recorded)
    assert read_own(post.service, clerk, referral_id).state.state is State.CONSIDERED
    assert _refused(take(post.service, worker, referral_id, AB)) is Reason.NOT_NOW
    assert isinstance(close(post.service, worker, referral_id), Recorded)
    post.wait(days=1)
    assert read_own(post.service, clerk, referral_id).state == Published(State.CLOSED, Answered.NOT_ENOUGH)


def test_a_holder_who_closes_later_is_told_to_every_case_and_raises_the_alert(
    post: Post, clerk: Actor, worker: Actor
) -> None:
    referral_id = post.arrives(clerk, _another("closes later"), "key-closes-later")
    case = take(post.service, worker, referral_id, AB)
    before = assessments.read(post.service, worker, case.id)
    assert isinstance(holder_closes(post.service, clerk, referral_id, "Closed on Friday; nobody follows."), Recorded)
    after = assessments.read(post.service, worker, case.id)
    said = {one.withdrawn is None: one for one in after.record.answers if one.question == "RI-09"}
    assert (said[True].codes, said[True].source, said[False].codes) == (("already_closed",), "REF", ("stays_open",))
    assert after.corrected == {said[False].id: said[True].id}
    assert after.version == before.version + 2
    alerts = [set(post.service.rules.assessment(view.record).pairs[0].decision.alerts) for view in (before, after)]
    assert ["AL-CLOSE" in one for one in alerts] == [False, True]
    assert assessments.read(post.service, clerk, case.id) == Refused(Reason.NOT_YOUR_ROLE, "1.2")


def test_the_holder_is_reminded_a_week_before_their_review(post: Post, clerk: Actor, worker: Actor) -> None:
    today = post.now.date()
    due = {}
    for days in (7, 8):
        held = HELD | {"next_review_on": (today + timedelta(days=days)).isoformat()}
        answers = (*COMPLETE.answers[:5], ReferredAnswer("RI-09", "", held))
        sent = post.arrives(clerk, replace(_another(f"review {days}"), answers=answers), f"key-review-{days}")
        line = next(one for one in list_incoming(post.service, worker).lines if one.id == sent)
        due[days] = (read_own(post.service, clerk, sent).review_due, line.review_due)
    assert due == {7: (True, True), 8: (False, False)}


def test_danger_is_first_and_is_not_declined(post: Post, clerk: Actor, worker: Actor) -> None:
    danger = replace(_another("danger"), answers=(ReferredAnswer("RI-01", "", "danger_now"), *COMPLETE.answers[1:]))
    referral_id = post.arrives(clerk, danger, "key-danger")
    lines = list_incoming(post.service, worker).lines
    assert lines[0].id == referral_id
    assert _refused(decline(post.service, worker, referral_id, Answered.OUTSIDE_REMIT)) is Reason.DANGER_FIRST
    for code in ("with-us", "the other party is known", ""):
        assert _refused(decline(post.service, worker, referral_id, code)) is Reason.NOT_ACCEPTED
    assert isinstance(take(post.service, worker, referral_id, AB), Recorded)


def test_nothing_that_an_agency_wrote_stands_in_the_clear(post: Post, clerk: Actor) -> None:
    post.arrives(clerk, replace(_another("CLEAR-1"), opinion="Clearly so."), "CLEAR-KEY")
    words = (b"CLEAR-1", b"CLEAR-KEY", b"Nadia", b"Clearly so", b"Probation", b"October")
    with post.service.reading(RULES) as work:
        for table in (one for name, one in metadata.tables.items() if name.startswith(("agenc", "api_"))):
            held = repr(list(work.connection.execute(table.select()))).encode()
            assert not [word for word in words if word in held], table.name
        assert verify(work.connection, work.keys.audit.secret).rows
