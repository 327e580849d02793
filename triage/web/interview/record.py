"""All answers of a case on one page: to check and change them, and as the record of one's own side on paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from triage.assess.tasks import Step
from triage.cases.model import CaseView
from triage.cases.roles import INTERVIEWERS, Actor
from triage.casework.telling.own_record import own_record
from triage.web.interview.asking import today
from triage.web.interview.blueprint import blueprint
from triage.web.interview.check import Line, set_aside_of, sheet_of
from triage.web.interview.steps import progress
from triage.web.shared.guards import reads, service
from triage.web.shared.language import current_words
from triage.web.shared.opened import assessment_of, in_words_of, opened, rulebook
from triage.web.shared.replies import given
from triage.web.shared.said import Said, act_lines

if TYPE_CHECKING:
    from triage.routing.assessment import Assessment


@dataclass(frozen=True, slots=True)
class Part:
    """One flow: its answered questions, its answers that are set aside, and what still waits for this worker."""

    letter: str
    lines: tuple[Line, ...]
    aside: tuple[tuple[Said, str, str], ...]
    waiting: int
    following: Step | None

    @property
    def says_something(self) -> bool:
        """Say whether there is anything of this flow to show."""
        return bool(self.lines or self.aside or self.waiting)


def parts_of(actor: Actor, case: CaseView, assessment: Assessment | None) -> tuple[Part, ...]:
    """Give every flow with the answers of a case, in the order in which they are asked."""
    words, found = current_words(), []
    for flow in progress(actor, case, rulebook(), assessment):
        lines = tuple(line for line in sheet_of(case, rulebook(), flow, words) if line.answers)
        aside = set_aside_of(case, rulebook(), flow.letter, assessment, words)
        found.append(Part(flow.letter, lines, aside, len(flow.waiting), flow.first_waiting))
    return tuple(part for part in found if part.says_something)


@blueprint.get("/cases/<uuid:case_id>/check")
@reads("case", "read")
def check(actor: Actor, case_id: UUID) -> ResponseReturnValue:
    """Check all answers that this person reads, flow by flow, each with its way to be changed."""
    case = opened(actor, case_id)
    return render_template(
        "interview/check.html", case=case, parts=parts_of(actor, case, assessment_of(actor, case_id)),
        may_answer=actor.role in INTERVIEWERS,
    )  # fmt: skip


@blueprint.get("/cases/<uuid:case_id>/record")
@reads("case", "print")
def record(actor: Actor, case_id: UUID) -> ResponseReturnValue:
    """Show the record of one's own side, to be printed."""
    case, words = in_words_of(given(own_record(service(), actor, case_id))), current_words()
    return render_template(
        "interview/record.html", case=case, parts=parts_of(actor, case, assessment_of(actor, case_id)),
        acts=[(act_lines(act, words), act) for act in case.record.acts], today=today(), by=actor.name,
    )  # fmt: skip
