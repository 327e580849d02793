"""Intake sends a referral on to another service, and takes out the file that is handed over.

Recorded with its ground, once; the agency is told in one neutral code at the next publication, never why. A case that
it went into stays as it is, and nothing of it goes along. Source: clauses 1.1, 2.4 and 4.5; ADR 0072.
"""

from datetime import date
from uuid import UUID

from triage.cases.agency.lifecycle import Answered, Event, Hand, Step
from triage.cases.agency.referral import DANGER_NOW
from triage.cases.agency.transfer import Transfer, part_that_goes, spelled, transfer_problems
from triage.cases.roles import Action, Actor
from triage.cases.wall import Reason, Refused
from triage.casework.agencies.incoming import reads_content, taken_into
from triage.casework.agencies.standing import Stood, lock, stand_at
from triage.casework.limits import REASON, text_problem
from triage.casework.messages.posting import say_step
from triage.casework.results import Recorded
from triage.casework.service import Service
from triage.casework.standing import audit_entry
from triage.interchange.json_files import as_json
from triage.store.agency.referrals import StoredEvent, insert_event


def transfer(service: Service, actor: Actor, referral_id: UUID | str, said: Transfer) -> Recorded | Refused:
    """Record that a referral is sent on.

    Output: `Refused` with `NOT_ACCEPTED` and the names of the fields that are wrong; with `DANGER_FIRST` when danger
    is told in it and nobody here took it; with `NOT_NOW` when it was declined, withdrawn, closed or sent on before.
    """
    with service.writing(actor) as work:
        lock(work, referral_id)
        stood = _stand(stand_at(work, actor, referral_id, Action.TRANSFER_REFERRAL, Step.TRANSFER), actor)
        done: Recorded | Refused
        if isinstance(stood, Stood) and (wrong := _problems(said, stood, work.today)):
            done = Refused(Reason.NOT_ACCEPTED, "2.4", wrong)
        elif isinstance(stood, Stood):
            event = Event(Step.TRANSFER, work.now, Answered.PASSED_ON)
            insert_event(work, stood.stored.id, Hand.INTAKE, StoredEvent(event, actor.id, spelled(said)))
            say_step(work, stood.stored.agency_id, stood.stored.id, stood.course, event)
            done = Recorded(stood.stored.version, stood.stored.id)
        else:
            done = stood
        work.audit(audit_entry(actor, Action.TRANSFER_REFERRAL, done.id if isinstance(done, Recorded) else None, done))
    return done


def file_handed_over(service: Service, actor: Actor, referral_id: UUID | str) -> bytes | Refused:
    """Give the file of a referral that one sent on oneself; each time that it is taken out is audited."""
    with service.writing(actor) as work:
        stood = _stand(stand_at(work, actor, referral_id, Action.HAND_OVER_REFERRAL), actor)
        if isinstance(stood, Stood) and actor.id not in {
            one.by for one in stood.events if one.event.step is Step.TRANSFER
        }:
            stood = Refused(Reason.NOT_NOW, "2.4")
        known = stood.stored.id if isinstance(stood, Stood) else None
        result = stood if isinstance(stood, Refused) else Recorded(0, stood.stored.id)
        work.audit(audit_entry(actor, Action.HAND_OVER_REFERRAL, known, result))
    return stood if isinstance(stood, Refused) else as_json([part_that_goes(stood.referral)])


def _stand(stood: Stood | Refused, actor: Actor) -> Stood | Refused:
    """Stand where one reads what the referral says, and where danger was met here first."""
    if isinstance(stood, Refused):
        return stood
    if not reads_content(actor, stood):
        return Refused(Reason.NOT_NOW, "2.4")
    if stood.referral.danger == DANGER_NOW and not taken_into(stood.events):
        return Refused(Reason.DANGER_FIRST, "1.1")
    return stood


def _problems(said: Transfer, stood: Stood, today: date) -> tuple[str, ...]:
    texts = (("service", said.service), ("words", said.words))
    unclean = (name for name, text in texts if text_problem(name, text, REASON))
    return tuple(dict.fromkeys((*transfer_problems(said, stood.referral, today), *unclean)))
