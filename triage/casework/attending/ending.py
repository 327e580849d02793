"""Say until when somebody interpreted for one's person or co-facilitated; they stay in the wall for ever.

Whoever heard one side has heard it: the end of their work opens no other desk. Source: security page 3.3; ADR 0066.
"""

import json
from datetime import date
from uuid import UUID, uuid4

from triage.cases.roles import Action, Actor
from triage.cases.wall import Reason, Refused, Situation
from triage.casework.limits import as_id
from triage.casework.posting import Post, Write, carry_out
from triage.casework.results import Conflict, Recorded
from triage.casework.service import Service
from triage.casework.standing import Standing
from triage.store.attending.attendants import insert_end, read_attendants
from triage.store.work import Work


def end_attendant(
    service: Service, actor: Actor, case_id: UUID | str, version: int, attendant_id: UUID | str, until: date
) -> Recorded | Refused | Conflict:
    """Say the last day on which somebody attended whom the actor's own desk named. Output as for an answer.

    The day lies between the day from which they attended and today; whose end was said is found no more.
    """
    known, today = as_id(attendant_id), service.clock().date()

    def duty(work: Work, standing: Standing) -> Write | Refused:
        named = read_attendants(work, standing.keys, standing.case.id, standing.desk)
        found = next((one for one in named if one.id == known and one.until is None), None)
        if found is None:
            return Refused(Reason.NO_SUCH_PERSON, "1.2")
        if not found.since <= until <= today:
            return Refused(Reason.NOT_ACCEPTED, "1.2", ("until: a day from their first day to today.",))
        return lambda item: insert_end(work, standing.keys, item, found.id, until)

    content = json.dumps([str(known), until.isoformat()])
    post = Post(actor, Action.END_ATTENDANT, case_id, version, "", content, uuid4())
    return carry_out(service, post, lambda _own_person: Situation(), duty)
