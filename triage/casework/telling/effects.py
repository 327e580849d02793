"""What somebody's answer did to the other answers that they may read (issue 5, point 4)."""

from dataclasses import replace
from uuid import UUID

from triage.cases.model import CaseView
from triage.cases.roles import Action, Actor
from triage.cases.wall import Reason, Refused
from triage.casework.limits import as_id
from triage.casework.results import Recorded
from triage.casework.service import Service
from triage.casework.standing import note_reading, stand
from triage.casework.views import view_of
from triage.routing.effects import Effect, effect_of


def effect_of_new(service: Service, seen: CaseView, recorded: Recorded) -> Effect | None:
    """Say what a new answer did to the case that its writer saw when they sent it, without reading it again.

    None when that cannot be told from here: the answer corrects another, was sent before, or is not theirs to read; or
    something else that they may read was recorded in between.
    """
    if recorded.answer is None or recorded.version != seen.version + 1:
        return None
    record = replace(seen.record, answers=(*seen.record.answers, recorded.answer))
    return effect_of(record, recorded.answer.id, seen.corrected, service.rules.assessment)


def effect(service: Service, actor: Actor, case_id: UUID | str, answer_id: UUID | str) -> Effect | Refused:
    """Say which answers fall off the path because of one, and which come back, over what this actor may read.

    Refused, as for a case that does not exist, when the answer is not one that they may read.
    """
    with service.reading(actor) as work:
        standing = stand(work, actor, case_id, Action.READ_CASE)
        seen = standing if isinstance(standing, Refused) else view_of(work, standing)
    if not isinstance(seen, Refused) and str(as_id(answer_id)) not in {one.id for one in seen.record.answers}:
        seen = Refused(Reason.NO_SUCH_CASE, "1.2")
    note_reading(service, actor, Action.READ_CASE, case_id, seen)
    if isinstance(seen, Refused):
        return seen
    return effect_of(seen.record, str(as_id(answer_id)), seen.corrected, service.rules.assessment)
