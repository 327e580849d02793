"""Who read a translation: its state, kept beside the texts, and lost the moment a text or its source changes."""

import datetime as dt
import hashlib
import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from triage.flow.problems import Problem, nearest

LARGEST = 2_000_000
INITIALS = re.compile(r"\w{1,6}")
READING_KEYS = ("by", "on")
REVIEW_KEYS = ("source", "translation", "reviewed", "approved", "back_check")


class State(StrEnum):
    """How far a text or a whole sheet is; only `source` and `approved` are printed as final."""

    MISSING = "missing"
    REFUSED = "refused"
    STALE = "stale"
    DRAFT = "draft"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    SOURCE = "source"

    @property
    def final(self) -> bool:
        """Whether it may be printed and handed out."""
        return self in {State.SOURCE, State.APPROVED}


ORDER = tuple(State)
"""From the least to the most that can be relied on; a sheet is what its least text is."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Who read a text, by initials, and on which day; `person` is the account, where it was done in the room."""

    by: str
    on: dt.date
    person: str = ""


def same_person(one: Reading, other: Reading) -> bool:
    """Say whether two readings may be of one person: by account where both say it, else by initials."""
    return one.person == other.person if one.person and other.person else one.by == other.by


@dataclass(frozen=True, slots=True)
class Review:
    """What two people did with one translation of one source; `back_check` is what it says, put back into English.

    `source` and `translation` are fingerprints: when the words are no longer those, nobody has read them.
    """

    source: str
    translation: str
    reviewed: Reading | None = None
    approved: Reading | None = None
    back_check: str = ""


def fingerprint(words: str) -> str:
    """Twelve signs that stand for a text; two texts that differ have two of them."""
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def state_of(source: str, translation: str, made_from: str, review: Review | None, *, safety: bool) -> State:
    """Say how far one translation is.

    Input: the English words of today, the translation, the English words that the translator saw (empty when not
    said), what reviewers did, and whether a mistake may hurt somebody. A text of the safety class is approved only
    with a back-check, and nobody approves what they reviewed.
    """
    if not translation:
        return State.MISSING
    if made_from and _without_blanks(made_from) != _without_blanks(source):
        return State.STALE
    if review is None or review.translation != fingerprint(translation):
        return State.DRAFT
    if review.source != fingerprint(source):
        return State.STALE
    if review.reviewed is None:
        return State.DRAFT
    second = review.approved is not None and not same_person(review.approved, review.reviewed)
    return State.APPROVED if second and (review.back_check or not safety) else State.REVIEWED


def _without_blanks(words: str) -> str:
    """Programs of translators break the lines of a comment; that is no other text."""
    return "".join(words.split())


def least(states: Collection[State]) -> State:
    """The state of what consists of texts in these states."""
    return min(states, key=ORDER.index, default=State.MISSING)


def reviews_file(locales: Path, language: str) -> Path:
    """Where the reviews of one language stand."""
    return locales / language / "sheets.reviews.json"


def read_reviews(locales: Path, language: str, known: Collection[str]) -> dict[str, Review] | tuple[Problem, ...]:
    """Read the reviews of one language; none where there is no file.

    Input: the folder of the catalogues, the language, the ids of the catalogue. Output: reviews by text id, or every
    problem: T015 for what is no review, names an unknown text, or has one person read twice.
    """
    path = reviews_file(locales, language)
    shown = path.relative_to(locales.parent).as_posix()
    if not path.exists():
        return {}
    try:
        if path.stat().st_size > LARGEST:
            return (Problem("T015", f"The reviews are larger than {LARGEST // 1_000_000} MB.", shown),)
        written = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return (Problem("T015", "The reviews cannot be read as JSON in UTF-8.", shown),)
    if not isinstance(written, dict):
        return (Problem("T015", "The reviews are no mapping from texts to reviews.", shown),)
    found: dict[str, Review] = {}
    problems: list[Problem] = []
    for text, one in written.items():
        if text not in known:
            problems.append(Problem("T015", f"`{text[:80]}` is no text of a sheet.", shown, near=nearest(text, known)))
            continue
        try:
            found[text] = review_from(one)
        except ValueError as fault:
            problems.append(Problem("T015", f"`{text}`: {fault}", shown))
    return tuple(problems) if problems else found


def review_from(written: Any) -> Review:  # noqa: ANN401 - whatever a file holds
    """Make a review of what a file holds. Raises ValueError with a sentence."""
    if (
        not isinstance(written, dict)
        or set(written) - set(REVIEW_KEYS)
        or not {"source", "translation"} <= set(written)
    ):
        raise ValueError(f"a review has the keys {', '.join(REVIEW_KEYS)}.")
    if not all(isinstance(written.get(key, ""), str) for key in ("source", "translation", "back_check")):
        raise ValueError("`source`, `translation` and `back_check` are texts.")
    review = Review(
        written["source"], written["translation"], _reading(written.get("reviewed")), _reading(written.get("approved")),
        written.get("back_check", ""),
    )  # fmt: skip
    if review.approved and (review.reviewed is None or review.reviewed.by == review.approved.by):
        raise ValueError("it is approved by a second person, after another one reviewed it.")
    return review


def _reading(written: Any) -> Reading | None:  # noqa: ANN401 - whatever a file holds
    if written is None:
        return None
    if not isinstance(written, dict) or set(written) != set(READING_KEYS):
        raise ValueError("a reading says `by` and `on`.")
    by, on = written["by"], written["on"]
    if not isinstance(by, str) or not INITIALS.fullmatch(by):
        raise ValueError("`by` is 1 to 6 initials.")
    try:
        return Reading(by, dt.date.fromisoformat(on))
    except (TypeError, ValueError):
        raise ValueError("`on` is a day such as 2026-11-26.") from None
