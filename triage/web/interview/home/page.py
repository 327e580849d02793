"""The page of the home of one case."""

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from triage.cases.roles import DECIDERS, Actor, Role
from triage.casework.publishing.starting import instruction
from triage.casework.telling.follow_ups import to_do
from triage.web.interview.asking import today
from triage.web.interview.blueprint import blueprint
from triage.web.interview.home.gaps import MOST_SHOWN, gaps_of
from triage.web.interview.home.safety import free_to_speak, safety_of
from triage.web.interview.home.sections import sections_of
from triage.web.interview.home.to_do import to_do_lines
from triage.web.interview.resuming import resumed
from triage.web.interview.steps import asks, position_of, progress_in
from triage.web.interview.unsaved import unsaved_in
from triage.web.shared.acts import acts_for
from triage.web.shared.guards import reads, service
from triage.web.shared.language import current_words
from triage.web.shared.opened import assessment_of, opened, rulebook
from triage.web.shared.replies import given


@blueprint.get("/cases/<uuid:case_id>")
@reads("case", "read")
def tasks(actor: Actor, case_id: UUID) -> ResponseReturnValue:
    """Show the safety of a case first, then what comes next for this worker, what is missing, and every task."""
    case, assessment = opened(actor, case_id), assessment_of(actor, case_id)
    position, mine, words = position_of(case, rulebook(), assessment), asks(actor, case), current_words()
    decides = actor.role in DECIDERS
    flows = tuple(progress_in(position, mine))
    # Of those who read everything, nothing waits for another side: what nobody answered is not done.
    listed = position.tasks((lambda _question, _about: True) if decides else mine)
    free, missing = free_to_speak(case, assessment), assessment.missing if assessment and decides else ()
    gaps = gaps_of(case, rulebook(), listed, free, words, missing) if assessment else ()
    to_ask = to_do_lines(given(to_do(service(), actor, case_id)), today(), words)
    ways = {(gap.step.question, gap.step.about): gap.ways for gap in gaps}
    gaps = tuple(gap for gap in gaps if (gap.step.question, gap.step.about) not in {one.place for one in to_ask})
    return render_template(
        "interview/tasks.html", case=case, role=actor.role, decides=decides, acts=acts_for(actor, case),
        instruction=given(instruction(service(), actor, case_id)) if actor.role is Role.INTAKE_WORKER else None,
        safety=safety_of(case, assessment), onward=resumed(case, position, mine, flows),
        to_do=to_ask, ways=ways, unsaved=unsaved_in(actor, case),
        gaps=gaps[:MOST_SHOWN], more_gaps=len(gaps[MOST_SHOWN:]), sections=sections_of(case, listed, decides=decides),
        not_open=[letter for letter in rulebook().flows if all(task.flow != letter for task in listed)],
    )  # fmt: skip
