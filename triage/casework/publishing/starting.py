"""Before anything starts: it was published, and it is true now. A hold refuses at once, in the words of every hold.

What a page shows changes once a day; what protects does not wait for it. Whoever asks is answered by the same bytes
whether nothing was ever to start, or a hold was set a minute ago. Clauses 1.2, 1.4; ADR 0065 and 0075.
"""

from uuid import UUID

from triage.cases.roles import Action, Actor
from triage.cases.wall import Reason, Refused
from triage.casework.limits import as_id
from triage.casework.publishing.asking import is_answered, stays_held
from triage.casework.publishing.batches import catch_up, shown
from triage.casework.publishing.live import NOTHING_STARTS, live_positions
from triage.casework.results import START, Instruction, Recorded
from triage.casework.service import Service
from triage.casework.standing import Standing, audit_entry, note_reading, stand
from triage.store.sealing import Unreadable
from triage.store.work import Work

ON_HOLD = Refused(Reason.ON_HOLD, "1.4")


def instruction(service: Service, actor: Actor, case_id: UUID | str) -> Instruction | Refused:
    """What a worker is told about the route of their own person: what was published today."""
    catch_up(service, actor, case_id)
    with service.reading(actor) as work:
        standing = stand(work, actor, case_id, Action.READ_CASE)
        told = standing if isinstance(standing, Refused) else _told(work, standing)
    note_reading(service, actor, Action.READ_CASE, case_id, told)
    return told


def ask_to_start(service: Service, actor: Actor, case_id: UUID | str) -> Recorded | Refused:
    """Say whether work with the actor's own person may start now, and write down that it was asked.

    Output: `Recorded` when it may; `Refused` with `ON_HOLD` whatever the reason is.
    """
    with service.writing(actor) as work:
        standing = stand(work, actor, case_id, Action.ASK_TO_START)
        if isinstance(standing, Refused):
            answer: Recorded | Refused = standing
        elif agreed(service, work, standing).code == START:
            answer = Recorded(standing.version, standing.case.id)
        else:
            answer = ON_HOLD
        work.audit(audit_entry(actor, Action.ASK_TO_START, as_id(case_id), answer))
    return answer


def agreed(service: Service, work: Work, standing: Standing) -> Instruction:
    """Give what may start with the own person of a worker: what was published, when the whole of it is true now.

    All or nothing: what fell away and an adaptation that is new are told with the next batch; nothing starts till then.
    Each call is a question that is counted; one too many is answered as a hold, whatever is true.
    """
    published = shown(work, standing)
    if published.code != START or not is_answered(work, standing):
        return NOTHING_STARTS
    try:
        now = live_positions(service, work, standing.case).get(standing.own_person)
    except Unreadable:  # unknown is never "go", and answers as every hold does
        now = None
    if published == now:
        return published
    stays_held(work, standing)
    return NOTHING_STARTS


def _told(work: Work, standing: Standing) -> Instruction | Refused:
    if not standing.own_person:
        return Refused(Reason.NOT_YOUR_PERSON, "1.2")
    return shown(work, standing)
