"""The referral of an agency: what keeps it from being sent, and what its agency is shown of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triage.cases.agency.lifecycle import (
    DECLINING,
    MOVES,
    Answered,
    Event,
    Hand,
    Published,
    State,
    Step,
    allows,
    history,
    published,
)
from triage.cases.agency.problems import SENTENCES, missing_from
from triage.cases.agency.referral import AgencyReferral, ReferredAnswer, ReferredPerson
from triage.cases.record import Pair

TODAY = date(2026, 11, 26)
NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
HELD = {
    "code": "stays_open", "agency": "Probation", "named_worker": "R. Example", "contact": "0100",
    "next_review_on": "2026-12-10",
}  # fmt: skip
COMPLETE = AgencyReferral(
    persons=(ReferredPerson("A", "Robin"), ReferredPerson("B", "not known")),
    pairs=(Pair("A", "B"),),
    answers=(ReferredAnswer("RI-01", "", "neither"), ReferredAnswer("RI-09", "", HELD)),
)


def _with(referral: AgencyReferral, question: str, value: object) -> AgencyReferral:
    kept = tuple(one for one in referral.answers if one.question != question)
    added = () if value is None else (ReferredAnswer(question, "", value),)
    return replace(referral, answers=(*kept, *added))


def _codes(referral: AgencyReferral) -> set[str]:
    return {one.code for one in missing_from(referral, TODAY)}


def test_a_complete_referral_lacks_nothing() -> None:
    assert missing_from(COMPLETE, TODAY) == ()


def test_an_empty_referral_says_everything_at_once_danger_first() -> None:
    missing = missing_from(AgencyReferral(), TODAY)
    assert missing[0].code == "danger-unsaid"
    assert {one.code for one in missing} == {"danger-unsaid", "holder-unsaid", "two-people", "no-pair"}


@pytest.mark.parametrize("option", ["closing", "already_closed"])
@pytest.mark.parametrize("sender", [None, "statutory_agency", "NK"])
def test_an_agency_that_closes_its_file_is_refused_and_told_why(option: str, sender: str | None) -> None:
    closing = _with(_with(COMPLETE, "RI-09", HELD | {"code": option}), "RI-02", sender)
    missing = missing_from(closing, TODAY)
    assert [one.code for one in missing] == ["holder-closing"]
    assert "not a reason to close" in missing[0].sentence


def test_a_lawyer_whose_file_is_closed_may_still_tell_us() -> None:
    assert _codes(_with(_with(COMPLETE, "RI-09", HELD | {"code": "already_closed"}), "RI-02", "lawyer")) == set()
    assert _codes(_with(_with(COMPLETE, "RI-09", HELD | {"code": "closing"}), "RI-02", "lawyer")) == {"holder-closing"}


@pytest.mark.parametrize("option", ["stays_open", "other_holder", "no_statutory_holder"])
@pytest.mark.parametrize(
    ("column", "code"),
    [("named_worker", "holder-unnamed"), ("contact", "contact-missing"), ("next_review_on", "review-missing")],
)
@pytest.mark.parametrize("blank", ["", "   ", None])
def test_holder_contact_and_review_are_required(option: str, column: str, code: str, blank: object) -> None:
    assert _codes(_with(COMPLETE, "RI-09", HELD | {"code": option, column: blank})) == {code}


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        ("2026-11-26", {"review-past"}), ("2026-11-27", set()), ("2027-11-27", set()), ("2027-11-28", {"review-past"}),
        ("31/02/1990", {"review-missing"}), ("2026-02-30", {"review-missing"}),
    ],
)  # fmt: skip
def test_the_review_is_to_come_within_a_year(day: str, codes: set[str]) -> None:
    assert _codes(_with(COMPLETE, "RI-09", HELD | {"next_review_on": day})) == codes


@pytest.mark.parametrize("value", [None, "", "NK", "DEC", [], {}, {"agency": "x"}, 7])
def test_a_holder_that_nobody_names_is_none(value: object) -> None:
    assert _codes(_with(COMPLETE, "RI-09", value)) == {"holder-unsaid"}


def test_not_known_is_an_answer_about_danger_and_never_a_no() -> None:
    assert _codes(_with(COMPLETE, "RI-01", "NK")) == set()
    assert _with(COMPLETE, "RI-01", "NK").danger == "NK"
    assert _codes(_with(COMPLETE, "RI-01", None)) == {"danger-unsaid"}


def test_people_and_pairs_fit_together() -> None:
    third = ReferredPerson("C", "Kim")
    three = replace(COMPLETE, persons=(*COMPLETE.persons, third))
    assert _codes(three) == {"alone"}
    assert _codes(replace(three, pairs=(Pair("A", "B"), Pair("C", "A")))) == set()
    for wrong in (Pair("A", "A"), Pair("A", "Z"), Pair("B", "A")):
        assert "pair" in _codes(replace(COMPLETE, pairs=(Pair("A", "B"), wrong))), wrong
    assert _codes(replace(COMPLETE, persons=COMPLETE.persons[::-1])) == {"letters"}
    assert _codes(replace(COMPLETE, persons=(COMPLETE.persons[0], ReferredPerson("B", " ")))) == {"unnamed"}
    many = tuple(ReferredPerson(letter, "x") for letter in "ABCDEFGHI")
    assert "too-many-people" in _codes(replace(COMPLETE, persons=many))


def test_answers_are_about_somebody_of_the_referral_once() -> None:
    ghost = replace(COMPLETE, answers=(*COMPLETE.answers, ReferredAnswer("RI-07", "C", "NK")))
    twice = replace(COMPLETE, answers=(*COMPLETE.answers, ReferredAnswer("RI-01", "", "neither")))
    assert (_codes(ghost), _codes(twice)) == ({"about"}, {"twice"})


def test_sentences_and_fields_repeat_nothing_that_was_typed() -> None:
    secret = "Zz-secret-9"
    wrong = AgencyReferral(
        persons=(ReferredPerson("A", secret), ReferredPerson("B", "")), pairs=(Pair(secret, "A"),),
        answers=(ReferredAnswer("RI-09", "", HELD | {"next_review_on": secret}), ReferredAnswer("RI-07", secret, "NK")),
    )  # fmt: skip
    assert not any(secret in f"{one.field}{one.sentence}" for one in missing_from(wrong, TODAY))
    assert all(sentence.endswith((".", "”.")) for sentence in SENTENCES.values())


def test_what_the_agency_thinks_is_no_answer() -> None:
    assert replace(COMPLETE, opinion="unsuitable").answers == COMPLETE.answers
    assert missing_from(replace(COMPLETE, opinion="unsuitable"), TODAY) == ()


def _course(*steps: Step) -> tuple[Event, ...]:
    return tuple(Event(step, NOON) for step in steps)


def test_every_step_has_one_hand_and_never_leads_back() -> None:
    assert set(MOVES) == set(Step)
    order = list(State)
    for step, move in MOVES.items():
        assert all(not allows(step, course, hand) for hand in set(Hand) - {move.by} for course in COURSES)
        assert move.to is None or all(order.index(move.to) >= order.index(one) for one in move.after)


COURSES = [
    (),
    _course(Step.SEND),
    _course(Step.SEND, Step.RECEIVE),
    _course(Step.SEND, Step.RECEIVE, Step.CONSIDER),
    _course(Step.SEND, Step.ASK),
    _course(Step.SEND, Step.TAKE),
    _course(Step.SEND, Step.DECLINE),
    _course(Step.SEND, Step.TAKE, Step.CLOSE),
    _course(Step.SEND, Step.TRANSFER),
]
AFTER = {
    Step.SEND: {0}, Step.RECEIVE: {1, 4}, Step.CONSIDER: {2}, Step.TAKE: {1, 2, 3, 4, 5}, Step.DECLINE: {1, 2, 3, 4},
    Step.ASK: {1, 2, 3, 5, 6, 8}, Step.REPLY: {4}, Step.HOLDER_CLOSES: {1, 2, 3, 4, 5, 6, 8},
    Step.CLOSE: {5, 6, 8},
    Step.WITHDRAW: {1, 2, 3, 4, 5, 6, 8}, Step.TRANSFER: {1, 2, 3, 4, 5},
}  # fmt: skip
"""After which of these courses each step may be taken."""


@pytest.mark.parametrize("step", Step)
def test_a_step_is_taken_from_these_states_and_no_others(step: Step) -> None:
    assert {number for number, course in enumerate(COURSES) if allows(step, course, MOVES[step].by)} == AFTER[step]


@st.composite
def _courses(draw: st.DrawFn) -> tuple[Event, ...]:
    """Draw a course of permitted steps, minutes to days apart."""
    events = [Event(Step.SEND, NOON)]
    for _turn in range(draw(st.integers(0, 8))):
        step = draw(st.sampled_from([one for one in Step if allows(one, events, MOVES[one].by)] or [None]))
        if step is None:
            break
        code = (
            Answered.WITH_US
            if step is Step.TAKE
            else draw(st.sampled_from(sorted(DECLINING)))
            if step is Step.DECLINE
            else ""
        )
        events.append(Event(step, events[-1].at + timedelta(minutes=draw(st.integers(1, 3000))), code))
    return tuple(events)


@given(_courses(), st.integers(0, 20_000))
def test_nothing_done_here_is_seen_before_the_next_publication(course: tuple[Event, ...], minutes: int) -> None:
    now = NOON + timedelta(minutes=minutes)
    known = tuple(one for one in course if one.at <= now)
    boundary = now.replace(hour=4, minute=0) - timedelta(days=now.hour < 4)
    hidden = tuple(one for one in known if MOVES[one.step].by is Hand.AGENCY or one.at < boundary)
    assert published(known, now) == published(hidden, now)
    assert history(known, now) == history(hidden, now)
    assert all(day <= now.date() for _state, day in history(known, now))
    if known:
        assert history(known, now)[-1][0] is published(known, now).state


@given(_courses())
def test_states_are_never_shown_backwards(course: tuple[Event, ...]) -> None:
    shown = [
        published([one for one in course if one.at <= now], now).state
        for now in (NOON + timedelta(hours=hours) for hours in range(1, 24 * 14, 5))
    ]
    order = list(State)
    assert all(order.index(one) <= order.index(later) for one, later in pairwise(shown))


def test_two_referrals_of_one_day_look_alike_whatever_was_found() -> None:
    """One was taken within a minute, the other within ten hours: the agency sees the same at every moment."""
    soon = (Event(Step.SEND, NOON), Event(Step.TAKE, NOON + timedelta(minutes=1), Answered.WITH_US))
    late = (Event(Step.SEND, NOON), Event(Step.TAKE, NOON + timedelta(hours=10), Answered.WITH_US))
    for minutes in range(0, 60 * 48, 7):
        now = NOON + timedelta(minutes=minutes)
        assert published(soon, now) == published(late, now)
    assert published(soon, NOON + timedelta(hours=17)) == Published(State.ANSWERED, Answered.WITH_US)


def test_states_are_shown_with_the_days_of_publications() -> None:
    sent, taken, closed = (NOON + timedelta(days=days, hours=1) for days in (0, 1, 5))
    course = (Event(Step.SEND, sent), Event(Step.TAKE, taken, Answered.WITH_US), Event(Step.CLOSE, closed))
    days = [(state.value, day.isoformat()) for state, day in history(course, NOON + timedelta(days=30))]
    assert days == [
        ("sent", "2026-11-26"), ("received", "2026-11-26"), ("being-considered", "2026-11-27"),
        ("answered", "2026-11-28"), ("closed", "2026-12-02"),
    ]  # fmt: skip
    assert history((), NOON) == ()
