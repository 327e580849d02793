"""What somebody's answer did to the other answers that they may read (issue 5, point 4)."""

from uuid import UUID

from triage.cases.roles import Action, Actor
from triage.cases.wall import Reason, Refused
from triage.casework.limits import as_id
from triage.casework.service import Service
from triage.casework.standing import note_reading, stand
from triage.casework.views import view_of
from triage.routing.effects import Effect, effect_of


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
