"""Describe a person of a case at one's own desk, or correct what was described: the case is then searched anew."""

import json
from dataclasses import asdict
from uuid import UUID, uuid4

from triage.cases.matching.identity import Identity
from triage.cases.roles import Action, Actor
from triage.cases.wall import Reason, Refused, Situation
from triage.casework.limits import identity_problems
from triage.casework.matching.searching import search
from triage.casework.posting import Post, Write, carry_out
from triage.casework.results import Conflict, Recorded
from triage.casework.service import Service
from triage.casework.standing import Standing, members_of
from triage.store.identities import insert_identity
from triage.store.items import Item
from triage.store.work import Work


def record_identity(
    service: Service, actor: Actor, case_id: UUID | str, version: int, letter: str, known: Identity
) -> Recorded | Refused | Conflict:
    """Record how a person of the case is named, born and reached, as known at the actor's desk.

    Nothing is overwritten: earlier names and contact points still recognise the person. The index is made anew and the
    case searched in the same transaction. Output as for an answer.
    """
    problems = identity_problems(letter, known, service.clock().date())
    if problems or known == Identity():
        return Refused(Reason.NOT_ACCEPTED, "7.1", problems)

    def duty(work: Work, standing: Standing) -> Write | Refused:
        if not members_of(work, standing).has(letter):
            return Refused(Reason.NO_SUCH_PERSON, "7.1")

        def write(item: Item) -> None:
            insert_identity(work, standing.keys, item, letter, known)
            search(work, standing.case, service.settings.phone_region, actor.id)

        return write

    content = json.dumps([letter, asdict(known)], default=str, sort_keys=True)
    post = Post(actor, Action.RECORD_IDENTITY, case_id, version, "", content, uuid4())
    return carry_out(service, post, lambda _own_person: Situation(), duty)
