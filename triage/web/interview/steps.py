"""The steps of a flow for one worker: which questions are asked, at which places, which are answered, which is next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from flask import url_for

from triage.assess.tasks import Mine, Position, Step
from triage.cases.model import CaseView
from triage.cases.roles import Actor
from triage.flow.model import Question, Rulebook
from triage.web.forms.entry import sources_for
from triage.web.shared.places import slug_of

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
class Progress:
    """How far a flow has come, for one worker: all its steps, and those that wait for this worker.

    `unsafe` are the ids of the answers of the case that were obtained unsafely.
    """

    letter: str
    steps: tuple[Step, ...]
    unsafe: frozenset[str]

    @property
    def waiting(self) -> tuple[Step, ...]:
        """List the steps that wait for this worker."""
        return tuple(step for step in self.steps if step.waiting)

    @property
    def first_waiting(self) -> Step | None:
        """Give the first of them, or None when none waits."""
        return next((step for step in self.steps if step.waiting), None)


def position_of(case: CaseView, rulebook: Rulebook, assessment: Assessment | None) -> Position:
    """Give where a case stands for its reader; before an assessment exists, with all its questions."""
    if assessment is None:
        return Position(rulebook, case.record, None, (), {})
    walks = {(walk.flow, walk.about): walk for walk in assessment.walks}
    contexts = tuple(pair.findings.context for pair in assessment.pairs)
    return Position(rulebook, case.record, walks, contexts, assessment.set_aside)


def asks(actor: Actor, case: CaseView) -> Mine:
    """Give what this worker asks: what their role records, at the places of the person they work with."""

    def mine(question: Question, about: str) -> bool:
        here = not about or not case.own_person or case.own_person in about
        return here and bool(sources_for(actor, question, case.own_person))

    return mine


def progress_of(
    actor: Actor, case: CaseView, rulebook: Rulebook, letter: str, assessment: Assessment | None
) -> Progress:
    """Give the progress of one flow."""
    position = position_of(case, rulebook, assessment)
    return Progress(letter, tuple(position.steps(letter, asks(actor, case))), position.unsafe)


def progress(actor: Actor, case: CaseView, rulebook: Rulebook, assessment: Assessment | None) -> tuple[Progress, ...]:
    """Give the progress of every flow."""
    position, mine = position_of(case, rulebook, assessment), asks(actor, case)
    return tuple(progress_in(position, mine))


def progress_in(position: Position, mine: Mine) -> Iterator[Progress]:
    """Give the progress of every flow where a case stands."""
    for letter in position.rulebook.flows:
        yield Progress(letter, tuple(position.steps(letter, mine)), position.unsafe)


def next_step(position: Position, mine: Mine, after: Place) -> Step | None:
    """Give the next step of a flow that waits for this worker, from the one just answered round to it."""
    answered = (after.question, after.about)
    steps = position.steps(position.rulebook.questions[after.question].flow, mine, answered)
    return next((one for one in steps if one.waiting and (one.question, one.about) != answered), None)


def next_address(actor: Actor, case: CaseView, rulebook: Rulebook, assessment: Assessment | None, after: Place) -> str:
    """Give the address of the next question of the flow, or of the flow when none waits for this worker."""
    known = replace(case, record=assessment.record) if assessment else case
    step = next_step(position_of(known, rulebook, assessment), asks(actor, known), after)
    if step:
        return address_of(case, step)
    return url_for("interview.flow", case_id=case.id, letter=rulebook.questions[after.question].flow)


def address_of(case: CaseView, step: Place) -> str:
    """Give the address of the page of a step."""
    return url_for("interview.ask", case_id=case.id, question=step.question.lower(), about=slug_of(step.about))
