"""Those whom answers name: read as far as a desk knows, and declined for a coded reason; taking up is adding them."""

import json
from uuid import UUID, uuid4

from triage.cases.naming import Declining, NamedPerson, NamedStatement, named_in
from triage.cases.roles import Action, Actor
from triage.cases.wall import Reason, Refused, Situation
from triage.casework.limits import REASON, text_problem
from triage.casework.posting import Post, Write, carry_out
from triage.casework.results import Conflict, Recorded
from triage.casework.service import Service
from triage.casework.standing import Standing, note_reading, stand
from triage.casework.views import visible_answers
from triage.store.items import Item
from triage.store.members.statements import insert_named, read_named
from triage.store.work import Work


def named_people(service: Service, actor: Actor, case_id: UUID | str) -> tuple[NamedPerson, ...] | Refused:
    """Whom the answers that this actor reads name, each with what the actor's desk decided."""
    with service.reading(actor) as work:
        standing = stand(work, actor, case_id, Action.READ_CASE)
        found = standing if isinstance(standing, Refused) else named_here(work, standing)
    note_reading(service, actor, Action.READ_CASE, case_id, found)
    return found


def decline_named(
    service: Service, actor: Actor, case_id: UUID | str, version: int, key: str, why: str, reason: str
) -> Recorded | Refused | Conflict:
    """Say why somebody who was named is not added: a code, and words. It stays listed and can be taken up later."""
    problems = text_problem("reason", reason, REASON, required=True)
    if problems or why not in set(Declining):
        return Refused(Reason.NOT_ACCEPTED, "7.1", problems)

    def duty(work: Work, standing: Standing) -> Write | Refused:
        if not any(one.key == key and one.is_open for one in named_here(work, standing)):
            return Refused(Reason.NO_SUCH_PERSON, "1.2")

        def write(item: Item) -> None:
            said = NamedStatement(key, "", why, reason.strip(), item.desk, item.sequence)
            insert_named(work, standing.keys, item, said)

        return write

    post = Post(actor, Action.DECLINE_NAMED, case_id, version, "", json.dumps([key, why, reason]), uuid4())
    return carry_out(service, post, lambda _own_person: Situation(), duty)


def named_here(work: Work, standing: Standing) -> tuple[NamedPerson, ...]:
    """Whom the answers that this actor reads name."""
    kept = [one.answer for one in visible_answers(work, standing) if not one.corrected_by]
    return named_in(kept, read_named(work, standing.keys, standing.case.id, standing.desk))
