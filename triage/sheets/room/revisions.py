"""The course of one translation: typed, reviewed, put back into English, approved or sent back; only added to.

Nobody reads their own words as somebody else: whoever wrote a translation neither reviews, puts back nor approves it,
and whoever reviewed it does not put it back or approve it. Source: clause 5.5; domain 07, 7.1; ADR 0069.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from triage.sheets.reviews import Reading, Review, fingerprint, same_person


class Step(StrEnum):
    """What somebody did with a translation."""

    WORDS = "words"
    REVIEWED = "reviewed"
    PUT_BACK = "put-back"
    APPROVED = "approved"
    SENT_BACK = "sent-back"


READINGS = frozenset({Step.REVIEWED, Step.PUT_BACK, Step.APPROVED})
"""The steps of those who read what another wrote."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One step: who took it, when, beside which English words and about which translation.

    `said` is what was written besides: why a doubt of the checks is none (`WORDS`), the translation put back into
    English (`PUT_BACK`), what is wrong (`SENT_BACK`).
    """

    language: str
    text: str
    step: Step
    reading: Reading
    at: dt.datetime
    source: str
    translation: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """The latest words of a text, and who read them.

    `writer` is None for words that were shipped; `pending` says that they wait for approval and are used nowhere yet;
    `reader` put them back into English; `sent_back` is what somebody found wrong.
    """

    words: str = ""
    source: str = ""
    review: Review | None = None
    writer: Reading | None = None
    reader: Reading | None = None
    doubt: str = ""
    sent_back: str = ""
    pending: bool = False

    @property
    def reviewed(self) -> Reading | None:
        """Who reviewed these words."""
        return self.review.reviewed if self.review else None

    @property
    def approved(self) -> Reading | None:
        """Who approved these words."""
        return self.review.approved if self.review else None

    @property
    def back_check(self) -> str:
        """These words, put back into English by somebody who did not look at the source."""
        return self.review.back_check if self.review else ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one text stands: the latest words, the words in force, and how many steps were taken so far."""

    latest: Candidate
    in_force: Candidate
    steps: tuple[Revision, ...] = field(default=())

    @property
    def count(self) -> int:
        """The number of steps: whoever takes another one says which they have seen."""
        return len(self.steps)


class Hindrance(StrEnum):
    """Why somebody does not take a step now."""

    NO_WORDS = "no-words"
    STALE = "stale"
    REFUSED = "refused"
    OWN_WORDS = "own-words"
    REVIEWED_BY_THEM = "reviewed-by-them"
    REVIEWED = "reviewed"
    NOT_REVIEWED = "not-reviewed"
    NO_BACK_CHECK = "no-back-check"
    PUT_BACK = "put-back"
    APPROVED = "approved"


def shipped(words: str, source: str, review: Review | None) -> Standing:
    """Give the standing of a text that nobody of this installation has touched."""
    known = review if review and review.translation == fingerprint(words) else None
    candidate = Candidate(words, source, known)
    return Standing(candidate, candidate)


def after(standing: Standing, revisions: Iterable[Revision]) -> Standing:
    """Take the steps one after the other. Words are in force once approved; what is sent back is approved no longer."""
    latest, in_force, steps = standing.latest, standing.in_force, list(standing.steps)
    for one in revisions:
        latest = _next(latest, one)
        in_force = in_force if latest.pending else latest
        steps.append(one)
    return Standing(latest, in_force, tuple(steps))


def hindrance(latest: Candidate, step: Step, person: Reading, source: str, *, safety: bool) -> Hindrance | None:
    """Say why a person does not take a step now; None when nothing stands in the way.

    Input: the latest words, who they are, the English words of today, and whether a mistake may hurt somebody. Words
    may always be typed anew, and an error may always be told.
    """
    if step is Step.WORDS:
        return None
    if not latest.words:
        return Hindrance.NO_WORDS
    if step is Step.SENT_BACK:
        return None
    return next(_reasons(latest, step, person, source, safety=safety), None)


def _reasons(latest: Candidate, step: Step, person: Reading, source: str, *, safety: bool) -> Iterator[Hindrance]:
    if not beside(latest.source, source):
        yield Hindrance.STALE
    if latest.approved:
        yield Hindrance.APPROVED
    if latest.writer and same_person(latest.writer, person):
        yield Hindrance.OWN_WORDS
    if step is Step.REVIEWED:
        if latest.reviewed:
            yield Hindrance.REVIEWED
        return
    if latest.reviewed is None:
        yield Hindrance.NOT_REVIEWED
    elif same_person(latest.reviewed, person):
        yield Hindrance.REVIEWED_BY_THEM
    if step is Step.PUT_BACK and latest.back_check:
        yield Hindrance.PUT_BACK
    if step is Step.APPROVED and safety and not latest.back_check:
        yield Hindrance.NO_BACK_CHECK


def beside(made_from: str, source: str) -> bool:
    """Say whether a translation was made from these English words; line breaks aside, and so when nobody said."""
    return not made_from or "".join(made_from.split()) == "".join(source.split())


def _next(latest: Candidate, one: Revision) -> Candidate:
    if one.step is Step.WORDS:
        return Candidate(one.translation, one.source, writer=one.reading, doubt=one.said, pending=True)
    if one.translation != latest.words:  # about words that were replaced by a newer version of the program
        return latest
    review = latest.review or Review(fingerprint(one.source), fingerprint(latest.words))
    if one.step is Step.REVIEWED:
        fresh = Review(fingerprint(one.source), fingerprint(latest.words), reviewed=one.reading)
        return replace(latest, review=fresh, sent_back="")
    if one.step is Step.PUT_BACK:
        return replace(latest, review=replace(review, back_check=one.said), reader=one.reading)
    if one.step is Step.APPROVED:
        return replace(latest, review=replace(review, approved=one.reading), pending=False)
    return replace(latest, review=None, reader=None, sent_back=one.said)
