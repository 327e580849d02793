"""Which questions a referral asks, at which places, in which order; what was answered there, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from triage.assess.reading.values import Value, value_or_problem
from triage.cases.agency.referral import AgencyReferral
from triage.cases.record import Answer
from triage.casework.agencies.fitting import SOURCE, asked_of_agencies
from triage.flow.model import About, Question
from triage.web.shared.guards import service
from triage.web.shared.language import current_words
from triage.web.shared.said import answer_lines

ONLY_AFTER: Final[Mapping[str, tuple[str, str]]] = {"RI-11": ("RI-10", "no_need")}
"""Questions asked only when another one was answered, and otherwise than so."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question at one place; `lines` say what was answered, empty when nothing was."""

    question: Question
    about: str
    lines: tuple[str, ...]


def asked(referral: AgencyReferral) -> Iterator[Asked]:
    """Give every question of a referral at each of its places, in the order of the flow."""
    for question in asked_of_agencies(service().rules):
        for about in places_of(referral, question):
            if _is_asked(referral, question, about):
                yield Asked(question, about, lines_of(referral, question, about))


def next_unanswered(referral: AgencyReferral, question: str, about: str) -> Asked | None:
    """Give the first question after this one that nobody answered yet, or None."""
    everything = list(asked(referral))
    here = next((i for i, one in enumerate(everything) if (one.question.id, one.about) == (question, about)), -1)
    return next((one for one in everything[here + 1 :] if not one.lines), None)


def places_of(referral: AgencyReferral, question: Question) -> tuple[str, ...]:
    """List the places of a referral at which a question is asked."""
    if question.about is About.CASE:
        return ("",)
    if question.about is About.PERSON:
        return tuple(one.letter for one in referral.persons)
    return tuple(pair.undirected for pair in referral.pairs)


def answer_at(referral: AgencyReferral, question: Question, about: str) -> Answer | None:
    """Give what was answered at a place, as the pages of cases show answers; None when nothing was."""
    raw = referral.value_of(question.id, about)
    value = None if raw is None else value_or_problem(question, raw)
    if not isinstance(value, Value):
        return None
    return Answer(
        id="", question=question.id, about=about, source=SOURCE, on=service().clock().date(), rows=value.rows,
        text=value.text, number=value.number, day=value.day, non_answer=value.non_answer,
    )  # fmt: skip


def lines_of(referral: AgencyReferral, question: Question, about: str) -> tuple[str, ...]:
    """Put what was answered at a place into words."""
    answer = answer_at(referral, question, about)
    return answer_lines(question, answer, current_words()) if answer else ()


def _is_asked(referral: AgencyReferral, question: Question, about: str) -> bool:
    if question.id not in ONLY_AFTER:
        return True
    other, but = ONLY_AFTER[question.id]
    answer = answer_at(referral, service().rules.rulebook.questions[other], about)
    return answer is not None and bool(answer.rows) and set(answer.codes) != {but}
