"""What non-answers ask for: not known yet, a day; not safe, a safe way; declined, nothing; done by any later answer."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from triage.cases.follow_ups import FollowUp, SafeWay, follow_ups, safe_ways
from triage.cases.record import Answer, Row, Withdrawal

DAY = date(2026, 11, 20)
NOT_KNOWN = Answer("1", "WD-01", "A>B", "SELF", DAY, non_answer="NK")
NOT_SAFE = replace(NOT_KNOWN, id="2", non_answer="NSA")
DECLINED = replace(NOT_KNOWN, id="3", non_answer="DEC")
KNOWN = Answer("4", "WD-01", "A>B", "POL", DAY, rows=(Row("money"),))


def gone(answer: Answer) -> Answer:
    return replace(answer, withdrawn=Withdrawal(DAY, "said in error"))


@pytest.mark.parametrize(
    ("answers", "again", "safe"),
    [
        ((NOT_KNOWN,), 1, 0),
        ((NOT_SAFE,), 0, 1),
        ((DECLINED,), 0, 0),
        ((KNOWN,), 0, 0),
        ((NOT_KNOWN, KNOWN), 0, 0),
        ((KNOWN, NOT_KNOWN), 1, 0),
        ((NOT_KNOWN, DECLINED), 0, 0),
        ((NOT_KNOWN, NOT_SAFE), 0, 1),
        ((NOT_SAFE, NOT_KNOWN), 1, 0),
        ((NOT_SAFE, KNOWN), 0, 0),
        ((NOT_KNOWN, gone(KNOWN)), 1, 0),
        ((gone(NOT_KNOWN),), 0, 0),
        ((NOT_KNOWN, replace(KNOWN, about="B>A")), 1, 0),
        ((NOT_KNOWN, replace(KNOWN, question="WD-02")), 1, 0),
        ((NOT_KNOWN, replace(NOT_KNOWN, id="5")), 1, 0),
    ],
)
def test_the_last_that_stands_says_what_is_to_be_done(answers: tuple[Answer, ...], again: int, safe: int) -> None:
    assert (len(follow_ups(answers)), len(safe_ways(answers))) == (again, safe)


def test_it_is_asked_again_on_the_day_given_or_in_a_week() -> None:
    assert follow_ups((NOT_KNOWN,)) == (FollowUp("WD-01", "A>B", DAY, DAY + timedelta(days=7)),)
    later = date(2027, 1, 4)
    assert follow_ups((NOT_KNOWN,), urgent={"WD-01"}) == (FollowUp("WD-01", "A>B", DAY, DAY),)
    assert follow_ups((replace(NOT_KNOWN, ask_again=later),)) == (FollowUp("WD-01", "A>B", DAY, later),)
    assert safe_ways((NOT_SAFE,)) == (SafeWay("WD-01", "A>B", DAY),)


def test_the_most_pressing_comes_first_and_what_is_set_aside_asks_for_nothing() -> None:
    soon = replace(NOT_KNOWN, id="6", about="B>A", ask_again=DAY)
    assert [one.about for one in follow_ups((NOT_KNOWN, soon))] == ["B>A", "A>B"]
    assert follow_ups((NOT_KNOWN, soon), {"6"}) == follow_ups((NOT_KNOWN,))
    assert safe_ways((NOT_SAFE,), {"2"}) == ()
