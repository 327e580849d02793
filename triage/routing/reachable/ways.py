"""Who could fill a gap, and how without danger: in the words that somebody who works with one person can act on.

Nobody is ever asked through the other one: a person is asked alone, by their own worker, and only once it is known
that they can speak freely (clauses 1.1 and 1.2; RI-17).
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from triage.flow.model import About, Question
from triage.routing.reachable.asking import OWN_WORDS, safest_first

SUPPORT = "ISS"


class How(StrEnum):
    """How a source is asked. `OWN_CHECKED_FIRST`: not before it is known that the person can speak freely."""

    SUPPORT_SERVICE = "support-service"
    OTHERS = "others"
    OWN = "own"
    OWN_CHECKED_FIRST = "own-checked-first"
    THEIR_WORKER = "their-worker"


@dataclass(frozen=True, slots=True)
class Way:
    """One way to an answer: the class of source, whose words or whose service, and how."""

    source: str
    person: str
    how: How


def ways_to(question: Question, about: str, own_person: str, free: Collection[str]) -> tuple[Way, ...]:
    """The ways to an answer, the safest first.

    Inputs: the question and its place; the letter of the person whom the reader works with, or none; the letters of
    those who are known to speak freely.
    """
    return tuple(
        _way(source.code, source.speaker, _lived(question, about), own_person, free)
        for source in safest_first(question, about)
    )


def _lived(question: Question, about: str) -> str:
    """Whose support service can tell: that of whoever lived it, or of the person it is about."""
    return about.rpartition(">")[2] if question.about in {About.DIRECTED, About.PERSON} else ""


def _way(code: str, speaker: str, lived: str, own_person: str, free: Collection[str]) -> Way:
    if code == SUPPORT:
        return Way(code, lived, How.SUPPORT_SERVICE)
    if code != OWN_WORDS:
        return Way(code, "", How.OTHERS)
    if not own_person or speaker not in {"", own_person}:
        return Way(code, speaker, How.THEIR_WORKER)
    return Way(code, own_person, How.OWN if own_person in free else How.OWN_CHECKED_FIRST)
