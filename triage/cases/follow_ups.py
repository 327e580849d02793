"""What the non-answers of a case ask for (domain 0.3): to ask again on a day, or to find a safe way to ask.

Nothing of it is stored: both are worked out from the answers, and are done when anything else is answered there. What
was declined asks for nothing.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from triage.cases.record import NOT_KNOWN_YET, NOT_SAFE_TO_ASK, Answer

AGAIN_IN = timedelta(days=7)
"""When to ask again what nobody gave a day for."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question to ask again: its place, when it was not known, from which day on it is due."""

    question: str
    about: str
    asked_on: date
    due: date


@dataclass(frozen=True, slots=True)
class SafeWay:
    """A question that was not safe to ask, for which the support side looks for a way: its place, and since when."""

    question: str
    about: str
    since: date


def follow_ups(
    answers: Iterable[Answer], set_aside: Collection[str] = (), urgent: Collection[str] = ()
) -> tuple[FollowUp, ...]:
    """Give what to ask again, the most pressing first. Input: answers in the order in which they were recorded.

    What is `urgent` is due at once where nobody gave a day.
    """
    found = (
        FollowUp(one.question, one.about, one.on, one.ask_again or one.on + again_in(one.question, urgent))
        for one in _last(answers, set_aside)
        if one.non_answer == NOT_KNOWN_YET
    )
    return tuple(sorted(found, key=lambda one: (one.due, one.question, one.about)))


def again_in(question: str, urgent: Collection[str]) -> timedelta:
    """When a question is asked again if nobody gives a day: in a week, and what is urgent at the next contact."""
    return timedelta(0) if question in urgent else AGAIN_IN


def safe_ways(answers: Iterable[Answer], set_aside: Collection[str] = ()) -> tuple[SafeWay, ...]:
    """Give what a safe way is to be found for, the longest waiting first. Input as for `follow_ups`."""
    found = (
        SafeWay(one.question, one.about, one.on)
        for one in _last(answers, set_aside)
        if one.non_answer == NOT_SAFE_TO_ASK
    )
    return tuple(sorted(found, key=lambda one: (one.since, one.question, one.about)))


def _last(answers: Iterable[Answer], set_aside: Collection[str]) -> Collection[Answer]:
    """The last answer of each question and place that stands and counts."""
    standing = (one for one in answers if one.withdrawn is None and one.id not in set_aside)
    return {(one.question, one.about): one for one in standing}.values()
