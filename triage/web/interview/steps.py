"""The steps of a flow for one worker: which questions are asked, at which places, which are answered, which is next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from flask import url_for

from triage.cases.model import CaseView
from triage.cases.record import Answer
from triage.cases.roles import Actor
from triage.flow.model import Rulebook
from triage.web.forms.entry import sources_for
from triage.web.shared.places import places, slug_of

if TYPE_CHECKING:
    from triage.routing.assessment import Assessment


class Place(Protocol):
    """A question at a place: a step, or an answer."""

    @property
    def question(self) -> str:
        """The id of the question."""

    @property
    def about(self) -> str:
        """The place where it is asked."""


@dataclass(frozen=True, slots=True)
class Step:
    """One question at one place."""

    question: str
    about: str
    answered: bool
    mine: bool
    required: bool

    @property
    def waiting(self) -> bool:
        """Say whether this worker can answer it and nobody has, as far as they may read."""
        return self.mine and not self.answered


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a flow has come, for one worker: steps answered, steps in all, steps that wait for this worker."""

    letter: str
    steps: tuple[Step, ...]

    @property
    def answered(self) -> int:
        """Count the steps that have an answer."""
        return sum(step.answered for step in self.steps)

    @property
    def waiting(self) -> tuple[Step, ...]:
        """List the steps that wait for this worker."""
        return tuple(step for step in self.steps if step.waiting)


def _mine(case: CaseView, about: str) -> bool:
    """Say whether a place is this worker's to ask about first: their own person's side of a direction."""
    return not about or not case.own_person or case.own_person in about


def steps_of(
    actor: Actor, case: CaseView, rulebook: Rulebook, letter: str, assessment: Assessment | None
) -> Iterator[Step]:
    """Give the steps of a flow in order; before an assessment exists, all its questions.

    An answer that is set aside answers none.
    """
    aside = assessment.set_aside if assessment else {}
    counted = (answer for answer in case.record.answers if stands(case, answer) and answer.id not in aside)
    answered = {(answer.question, answer.about) for answer in counted}
    for identity in rulebook.flows[letter].questions:
        question = rulebook.questions[identity]
        allowed = bool(sources_for(actor, question, case.own_person))
        for about in places(case.record, question.about):
            done = (identity, about) in answered
            if done or assessment is None or _asked(assessment, letter, identity, about):
                yield Step(identity, about, done, allowed and _mine(case, about), question.required)


def stands(case: CaseView, answer: Answer) -> bool:
    """Say whether an answer still counts: neither taken back nor corrected."""
    return answer.withdrawn is None and answer.id not in case.corrected


def _asked(assessment: Assessment, letter: str, question: str, about: str) -> bool:
    """Say whether a question is asked at a place: its flow is open, its condition holds, no edge passes over it."""
    walk = next((one for one in assessment.walks if (one.flow, one.about) == (letter, about)), None)
    if walk is None or question in walk.path:
        return walk is not None
    if walk.next is None:
        return False
    for pair in assessment.pairs:
        context = pair.findings.context
        if about in context.places and context.asked((question, context.places[about][0])):
            return True
    return False


def progress_of(
    actor: Actor, case: CaseView, rulebook: Rulebook, letter: str, assessment: Assessment | None
) -> Progress:
    """Give the progress of one flow."""
    return Progress(letter, tuple(steps_of(actor, case, rulebook, letter, assessment)))


def progress(actor: Actor, case: CaseView, rulebook: Rulebook, assessment: Assessment | None) -> tuple[Progress, ...]:
    """Give the progress of every flow."""
    return tuple(progress_of(actor, case, rulebook, letter, assessment) for letter in rulebook.flows)


def next_address(actor: Actor, case: CaseView, rulebook: Rulebook, assessment: Assessment | None, after: Place) -> str:
    """Give the address of the next question of the flow, or of the flow when none waits for this worker."""
    flow = rulebook.questions[after.question].flow
    known = replace(case, record=assessment.record) if assessment else case
    step = next_step(progress_of(actor, known, rulebook, flow, assessment), (after.question, after.about))
    if step is None:
        return url_for("interview.flow", case_id=case.id, letter=flow)
    return url_for("interview.ask", case_id=case.id, question=step.question.lower(), about=slug_of(step.about))


def next_step(flow: Progress, after: tuple[str, str] | None = None) -> Step | None:
    """Give the next step that waits for this worker: after the one just answered, else from the start."""
    keys = [(step.question, step.about) for step in flow.steps]
    start = keys.index(after) + 1 if after in keys else 0
    rest = (*flow.steps[start:], *flow.steps[:start])
    return next((step for step in rest if step.waiting and (step.question, step.about) != after), None)
