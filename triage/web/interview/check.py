"""Check your answers: each step of a flow with what was answered, and the answers set aside with the reason."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from triage.assess.tasks import Step
from triage.cases.model import CaseView
from triage.cases.record import Answer
from triage.checks.pictures.texts import Texts
from triage.checks.pictures.words import Speaker
from triage.flow.model import Rulebook
from triage.web.interview.steps import Progress
from triage.web.shared.said import Said, about_in_words, said
from triage.web.shared.translation import translated as _
from triage.web.shared.words import Words

if TYPE_CHECKING:
    from triage.routing.assessment import Assessment


@dataclass(frozen=True, slots=True)
class Line:
    """One question at one place, with its answers in words."""

    step: Step
    ask: str
    about: str
    answers: tuple[Said, ...]


def answers_at(
    case: CaseView, rulebook: Rulebook, place: tuple[str, str], words: Words, unsafe: Container[str]
) -> tuple[Said, ...]:
    """Give the answers of every source that the reader may read to one question at one place, in words.

    `unsafe` are the ids of those obtained unsafely.
    """
    return tuple(
        said(rulebook, one, words, correctable=one.withdrawn is None and one.id not in case.corrected, unsafe=unsafe)
        for one in case.record.answers
        if (one.question, one.about) == place
    )


def sheet_of(case: CaseView, rulebook: Rulebook, flow: Progress, words: Words) -> tuple[Line, ...]:
    """Give the lines of a flow, in the order in which they are asked."""
    return tuple(
        Line(
            step,
            words(f"{step.question}.ask", step.about),
            about_in_words(step.about),
            answers_at(case, rulebook, (step.question, step.about), words, flow.unsafe),
        )
        for step in flow.steps
    )


def set_aside_of(
    case: CaseView, rulebook: Rulebook, letter: str, assessment: Assessment | None, words: Words
) -> tuple[tuple[Said, str, str], ...]:
    """Give the answers of a flow that are not used now: the answer, its question, and why."""
    if assessment is None:
        return ()
    return tuple(_aside(case, rulebook, letter, assessment, words))


def _why_aside(rulebook: Rulebook, answer: Answer, reason: str, words: Words) -> str:
    """Say why an answer is set aside: the condition of its question in plain words, or an answer that leads past it."""
    question = rulebook.questions[answer.question]
    if reason != question.when_text:
        return _("Another answer leads past this question.")
    speaker = Speaker(Texts(words.language, words.texts, words.fallback), rulebook).briefly()
    condition = words.exchange(speaker.sentence(question.when), answer.about)
    return _("It is asked only when: %(condition)s. That is not so now.", condition=condition)


def _aside(
    case: CaseView, rulebook: Rulebook, letter: str, assessment: Assessment, words: Words
) -> Iterator[tuple[Said, str, str]]:
    known = {answer.id: answer for answer in case.record.answers}
    for answer_id, reason in assessment.set_aside.items():
        answer = known.get(answer_id)
        if answer and rulebook.questions[answer.question].flow == letter:
            yield aside_line(rulebook, answer, reason, words)


def aside_line(rulebook: Rulebook, answer: Answer, reason: str, words: Words) -> tuple[Said, str, str]:
    """Put an answer into words with its question, and why it is set aside; without a reason it counts."""
    why = _why_aside(rulebook, answer, reason, words) if reason else ""
    one = said(rulebook, answer, words, correctable=answer.withdrawn is None)
    return one, words(f"{answer.question}.ask", answer.about), why
