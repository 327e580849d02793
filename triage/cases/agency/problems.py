"""What stands in the way of sending a referral: everything at once, each with its field, a code and a sentence.

Whether a value fits its question is judged by the rules, above this room. Source: clauses 2.4 and 2.5; RI-01, RI-09.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from triage.cases.agency.referral import (
    DANGER_QUESTION,
    HOLDER_QUESTION,
    LETTERS,
    REVIEW_NEAR,
    AgencyReferral,
    Holder,
)
from triage.cases.record import Pair

LATEST_REVIEW: Final = timedelta(days=366)
MOST_PAIRS: Final = 20

SENTENCES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "danger-unsaid": "Say first whether somebody is in danger now, or would be by being contacted.",
        "holder-unsaid": "Say which agency stays responsible for the risk. A referral does not end your duties.",
        "holder-closing": (
            "A referral is not a reason to close a case. Keep your file open, or name who stays responsible, then send."
        ),
        "holder-unnamed": "Name the worker who stays responsible.",
        "contact-missing": "Say how to reach the worker who stays responsible.",
        "review-missing": "Give the day on which the worker who stays responsible looks at this again.",
        "review-past": "The next review must be after today, and within a year.",
        "two-people": "A referral is about at least two people.",
        "too-many-people": "A referral is about at most eight people. Send the others in another one.",
        "letters": "The people have the letters A, B, C and so on, in order, each once.",
        "unnamed": "Say what to call this person. When no name is known, say so: “not known”.",
        "no-pair": "Say who is referred together with whom: at least one pair.",
        "too-many-pairs": "A referral holds at most twenty pairs.",
        "pair": "A pair is two different people of this referral, named once.",
        "alone": "This person is in no pair. Say with whom, or take them out.",
        "about": "This answer is about nobody of this referral.",
        "twice": "This question is answered twice about the same.",
        "text": "This text is too long, or holds characters that cannot be stored.",
        "identity": "Something in what recognises this person cannot be stored: shorten it, or leave it out.",
        "birth": "This must be a day from 1900 to today.",
        "no-question": "This is no question that a referral answers.",
        "value": "This does not fit the question.",
        "too-many-answers": "A referral holds at most 500 answers.",
    }
)
"""The English sentence of each code, and the message id of its translations."""


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing to put right: the field (`RI-09.contact`, `persons.B`, `pairs`), and its code in `SENTENCES`."""

    field: str
    code: str

    @property
    def sentence(self) -> str:
        """The same in English words, which never repeat what was typed."""
        return SENTENCES[self.code]


def missing_from(referral: AgencyReferral, today: date) -> tuple[Missing, ...]:
    """List everything that keeps a referral from being sent, danger first; empty when nothing does."""
    return (*_danger(referral), *_holder(referral, today), *_people(referral), *_pairs(referral), *_answers(referral))


def days_due(today: date) -> Iterator[date]:
    """Every day of a review that is near or past today, as far back as a referral may have named one."""
    first, last = today - 2 * LATEST_REVIEW, today + REVIEW_NEAR
    return (first + timedelta(days=one) for one in range((last - first).days + 1))


def _danger(referral: AgencyReferral) -> Iterator[Missing]:
    if not referral.danger:
        yield Missing(DANGER_QUESTION, "danger-unsaid")


def _holder(referral: AgencyReferral, today: date) -> Iterator[Missing]:
    """Require a holder, a contact and a review to come; refuse whoever closes because of the referral (RI-09)."""
    holder = referral.holder
    if holder is None:
        yield Missing(HOLDER_QUESTION, "holder-unsaid")
        return
    if holder.option == "closing" or (holder.option == "already_closed" and referral.is_statutory):
        yield Missing(HOLDER_QUESTION, "holder-closing")
        return
    if not holder.worker:
        yield Missing(f"{HOLDER_QUESTION}.named_worker", "holder-unnamed")
    if not holder.contact:
        yield Missing(f"{HOLDER_QUESTION}.contact", "contact-missing")
    yield from _review(holder, today)


def _review(holder: Holder, today: date) -> Iterator[Missing]:
    field = f"{HOLDER_QUESTION}.next_review_on"
    if not holder.review_on:
        yield Missing(field, "review-missing")
        return
    try:
        day = date.fromisoformat(holder.review_on)
    except ValueError:
        yield Missing(field, "review-missing")
        return
    if not today < day <= today + LATEST_REVIEW:
        yield Missing(field, "review-past")


def _people(referral: AgencyReferral) -> Iterator[Missing]:
    count = len(referral.persons)
    if count < 2:
        yield Missing("persons", "two-people")
    if count > len(LETTERS):
        yield Missing("persons", "too-many-people")
    elif [one.letter for one in referral.persons] != list(LETTERS[:count]):
        yield Missing("persons", "letters")
    for one in referral.persons:
        if not one.called.strip():
            yield Missing(f"persons.{one.letter}", "unnamed")


def _pairs(referral: AgencyReferral) -> Iterator[Missing]:
    letters = [one.letter for one in referral.persons]
    if not referral.pairs:
        yield Missing("pairs", "no-pair")
        return
    if len(referral.pairs) > MOST_PAIRS:
        yield Missing("pairs", "too-many-pairs")
        return
    seen: set[frozenset[str]] = set()
    for pair in referral.pairs:
        two = frozenset({pair.a, pair.b})
        if len(two) != 2 or not two <= set(letters) or two in seen:
            yield Missing(f"pairs.{_spelled(pair)}", "pair")
        seen.add(two)
    yield from (Missing(f"persons.{one}", "alone") for one in letters if not any(one in two for two in seen))


def _answers(referral: AgencyReferral) -> Iterator[Missing]:
    places = {"", *(one.letter for one in referral.persons), *(pair.undirected for pair in referral.pairs)}
    seen: set[tuple[str, str]] = set()
    for one in referral.answers:
        if one.about not in places:
            yield Missing(one.question, "about")
        if (one.question, one.about) in seen:
            yield Missing(one.question, "twice")
        seen.add((one.question, one.about))


def _spelled(pair: Pair) -> str:
    """Name a pair in a field; what is no letter of a referral is never repeated."""
    return pair.undirected if {pair.a, pair.b} <= set(LETTERS) else "?"
