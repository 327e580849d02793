"""What would this mean: what could still change the result of a pair, told to whoever may see the proposal.

Nobody reads it before their own view is recorded, exactly as the proposal itself (domain 0.6); the programme side never
does. It rests on what this reader may read of the case, and on nothing else.
"""

from uuid import UUID

from triage.cases.roles import Action, Actor
from triage.cases.wall import Reason, Refused
from triage.casework.own_views import has_own_view, open_views
from triage.casework.service import Service
from triage.casework.standing import Standing, members_of, note_reading, stand
from triage.casework.views import assessed_record
from triage.routing.reachable.meaning import Meaning
from triage.store.work import Work


def what_it_means(service: Service, actor: Actor, case_id: UUID | str, pair: str) -> Meaning | Refused:
    """What the facts of a pair mean so far; refused until this actor recorded an own view."""
    with service.reading(actor) as work:
        standing = stand(work, actor, case_id, Action.READ_PROPOSAL)
        seen = standing if isinstance(standing, Refused) else _meaning(service, work, standing, pair)
    note_reading(service, actor, Action.READ_PROPOSAL, case_id, seen)
    return seen


def _meaning(service: Service, work: Work, standing: Standing, pair: str) -> Meaning | Refused:
    known = members_of(work, standing).pair(pair)
    if known is None or service.rules.meaning is None:
        return Refused(Reason.NO_SUCH_PAIR, "4.4")
    if not has_own_view(standing, open_views(work, standing, known)):
        return Refused(Reason.OWN_VIEW_FIRST, "4.4")
    return service.rules.meaning(service.rules.assessment(assessed_record(work, standing)).of(known))
