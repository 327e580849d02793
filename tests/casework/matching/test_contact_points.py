"""Nothing is sent to a contact point that is also the other person's, that nobody confirmed, or nobody can judge."""

from dataclasses import replace
from uuid import UUID

import pytest

from tests.casework.matching.pairs_of_people import CLAIRE, HER_SAYING, SAMIR, Two, referral
from tests.casework.small_service import TODAY
from triage.cases.matching.identity import Identity
from triage.cases.model import NewAnswer
from triage.cases.record import Row
from triage.cases.roles import Actor
from triage.casework import contact_points
from triage.casework.assessments import record_answer
from triage.casework.contact_points import Sending, SharedPoint, may_send, shared_points
from triage.casework.identities import record_identity
from triage.casework.referrals import list_cases, take_on
from triage.casework.results import Recorded

HER_PHONE = "07700 900555"
CONFIRMED = {"confirmed_by": "iss", "confirmed_on": "2026-11-20"}


class Reached:
    """A case with an advocate for her, who recorded a telephone number; the card of safe contact is set by the test."""

    def __init__(self, two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
        self.two, self.monkeypatch = two, monkeypatch
        self.ada = two.house.advocate()
        self.case_id = two.open(two.first, referral(SAMIR, CLAIRE, HER_SAYING))
        self.his = two.own(two.first, self.case_id)
        self.hers = "AB".replace(self.his, "")
        take_on(two.service, self.ada, self.case_id, self.hers)
        self.describe(self.ada, self.hers, Identity(phones=(HER_PHONE,)))
        self.card(Row("sms", cells=CONFIRMED))

    def describe(self, actor: Actor, letter: str, known: Identity) -> None:
        done = record_identity(
            self.two.service, actor, self.case_id, self.two.version(actor, self.case_id), letter, known
        )
        assert isinstance(done, Recorded), done

    def card(self, *rows: Row) -> None:
        """Answer the cards of safe contact; the small rules know them as texts, so that their rows are put in here."""
        for actor, source, about in ((self.ada, "ISS", self.hers), (self.two.first, "SELF", self.his)):
            version = self.two.version(actor, self.case_id)
            new = NewAnswer("RI-06", source, "as below", TODAY, about=about)
            assert isinstance(record_answer(self.two.service, actor, self.case_id, version, new), Recorded)
        real = contact_points.visible_answers

        def with_rows(*which: object) -> tuple[object, ...]:
            return tuple(replace(one, answer=replace(one.answer, rows=rows)) for one in real(*which))

        self.monkeypatch.undo()
        self.monkeypatch.setattr(contact_points, "visible_answers", with_rows)

    def may(self, channel: str = "sms", point: str = HER_PHONE, letter: str = "") -> Sending:
        return may_send(self.two.service, self.ada, self.case_id, letter or self.hers, channel, point)

    @property
    def alerts(self) -> tuple[SharedPoint, ...]:
        return shared_points(self.two.service, self.ada, self.case_id)


@pytest.fixture
def reached(two: Two, monkeypatch: pytest.MonkeyPatch) -> Reached:
    return Reached(two, monkeypatch)


def test_a_known_confirmed_point_that_is_hers_alone_may_be_used(reached: Reached) -> None:
    assert reached.may(point="+44 7700 900555") is Sending.ALLOWED
    assert reached.alerts == ()


def test_a_point_that_is_also_the_other_persons_is_blocked_and_the_support_side_is_told(reached: Reached) -> None:
    reached.describe(reached.two.first, reached.his, Identity(phones=("0044 7700 900 555",)))
    assert reached.may() is Sending.SHARED
    assert reached.alerts == (SharedPoint(reached.hers, "phone"),)
    assert shared_points(reached.two.service, reached.two.panel[0], reached.case_id) != ()


def test_a_point_of_the_other_person_in_another_case_of_the_pair_is_blocked(reached: Reached) -> None:
    other = reached.two.open(
        reached.two.second, referral(replace(SAMIR, phones=(HER_PHONE,)), CLAIRE, HER_SAYING, sees="her")
    )
    assert other
    assert reached.may() is Sending.SHARED


def test_the_programme_side_is_told_nothing_and_judged_by_its_own_desk(reached: Reached) -> None:
    two, case_id = reached.two, reached.case_id
    asked = (two.service, two.first, case_id, reached.his, "sms", "07700 900123")
    before = may_send(*asked), shared_points(two.service, two.first, case_id)
    reached.describe(reached.ada, reached.hers, Identity(phones=("07700 900123",)))
    assert (may_send(*asked), shared_points(two.service, two.first, case_id)) == before
    assert before == (Sending.ALLOWED, ())
    reached.describe(two.first, reached.hers, Identity(phones=("07700 900123",)))
    assert may_send(*asked) is Sending.SHARED, "what stands at its own desk counts"


@pytest.mark.parametrize(("channel", "point", "expected"), [
    ("sms", "07700 900999", Sending.NOT_KNOWN), ("sms", "nothing", Sending.NOT_KNOWN),
    ("post", HER_PHONE, Sending.NOT_KNOWN),
    ("email", HER_PHONE, Sending.NOT_KNOWN), ("phone", HER_PHONE, Sending.NOT_CONFIRMED_SAFE),
])  # fmt: skip
def test_what_is_not_known_or_not_confirmed_is_not_used(
    reached: Reached, channel: str, point: str, expected: Sending
) -> None:
    assert reached.may(channel, point) is expected


@pytest.mark.parametrize("rows", [
    (), (Row("sms"),), (Row("sms", cells={"confirmed_by": "iss"}),), (Row("none_safe"), Row("sms", cells=CONFIRMED)),
])  # fmt: skip
def test_a_card_that_does_not_confirm_lets_nothing_be_sent(reached: Reached, rows: tuple[Row, ...]) -> None:
    reached.card(*rows)
    assert reached.may() is Sending.NOT_CONFIRMED_SAFE


def test_nobody_sends_to_a_person_they_do_not_work_with(reached: Reached) -> None:
    assert reached.may(letter=reached.his) is Sending.NOT_OWN_PERSON
    stranger = reached.two.house.advocate("Abe")
    refused = may_send(reached.two.service, stranger, reached.case_id, reached.hers, "sms", HER_PHONE)
    assert not isinstance(refused, Sending)


def test_when_the_matcher_is_down_nothing_is_sent(reached: Reached) -> None:
    reached.two.house.service = reached.two.without_key()
    assert reached.may() is Sending.CANNOT_TELL


def test_a_shared_point_shows_in_no_list_of_the_programme_side(reached: Reached) -> None:
    lines: list[UUID] = [line.id for line in list_cases(reached.two.service, reached.two.first)]
    assert lines == [reached.case_id]


@pytest.mark.parametrize(("codes", "expected"), [
    ((), Sending.ALLOWED), (("sms",), Sending.ALLOWED), (("none_safe",), Sending.NOT_CONFIRMED_SAFE),
])  # fmt: skip
def test_what_a_referrer_says_confirms_no_channel_and_can_forbid_all(
    reached: Reached, monkeypatch: pytest.MonkeyPatch, codes: tuple[str, ...], expected: Sending
) -> None:
    """The agency's card says that it was confirmed: that is a proposal. That no way is safe is believed."""
    seen = contact_points.visible_answers

    def with_a_proposal(*which: object) -> tuple[object, ...]:
        kept = tuple(seen(*which))
        said = [replace(one.answer, source="REF", rows=(Row(code, cells=CONFIRMED),)) for one in kept for code in codes]
        return (*kept, *(replace(kept[0], answer=one) for one in said))

    monkeypatch.setattr(contact_points, "visible_answers", with_a_proposal)
    assert reached.may() is expected
    monkeypatch.setattr(contact_points, "visible_answers", lambda *which: with_a_proposal(*which)[len(seen(*which)) :])
    assert reached.may() is Sending.NOT_CONFIRMED_SAFE
