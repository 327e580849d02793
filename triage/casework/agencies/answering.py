"""How intake answers a referral without a case: ask the agency, decline for a coded reason, close what was answered."""

from uuid import UUID

from triage.cases.agency.lifecycle import DECLINING, Event, Hand, Step
from triage.cases.agency.referral import DANGER_NOW
from triage.cases.roles import Action, Actor
from triage.cases.wall import Reason, Refused
from triage.casework.agencies.standing import Stood, lock, stand_at
from triage.casework.limits import REASON, text_problem
from triage.casework.messages.posting import say_step
from triage.casework.results import Recorded
from triage.casework.service import Service
from triage.casework.standing import audit_entry
from triage.store.agency.referrals import StoredEvent, insert_event


def ask(service: Service, actor: Actor, referral_id: UUID | str, text: str) -> Recorded | Refused:
    """Ask the agency something about its own referral; it is shown with the next publication."""
    if wrong := text_problem("text", text, REASON, required=True):
        return Refused(Reason.NOT_ACCEPTED, "2.5", wrong)
    return _step(service, actor, referral_id, Action.ASK_AGENCY, Step.ASK, text=text)


def decline(service: Service, actor: Actor, referral_id: UUID | str, code: str) -> Recorded | Refused:
    """Decline a referral for a coded reason that the referral itself explains; never one in which danger is told."""
    if code not in DECLINING:
        return Refused(Reason.NOT_ACCEPTED, "4.2")
    return _step(service, actor, referral_id, Action.DECLINE_REFERRAL, Step.DECLINE, code=code)


def close(service: Service, actor: Actor, referral_id: UUID | str) -> Recorded | Refused:
    """Close a referral that was answered; the agency's own duties go on."""
    return _step(service, actor, referral_id, Action.CLOSE_REFERRAL, Step.CLOSE)


def _step(
    service: Service,
    actor: Actor,
    referral_id: UUID | str,
    action: Action,
    step: Step,
    *,
    text: str = "",
    code: str = "",
) -> Recorded | Refused:
    with service.writing(actor) as work:
        lock(work, referral_id)
        stood = stand_at(work, actor, referral_id, action, step)
        taken: Recorded | Refused
        if isinstance(stood, Stood) and step is Step.DECLINE and stood.referral.danger == DANGER_NOW:
            taken = Refused(Reason.DANGER_FIRST, "1.1")
        elif isinstance(stood, Stood):
            kept = StoredEvent(Event(step, work.now, code), actor.id, text)
            insert_event(work, stood.stored.id, Hand.INTAKE, kept)
            say_step(work, stood.stored.agency_id, stood.stored.id, stood.course, kept.event)
            taken = Recorded(stood.stored.version, stood.stored.id)
        else:
            taken = stood
        work.audit(audit_entry(actor, action, taken.id if isinstance(taken, Recorded) else None, taken))
    return taken
