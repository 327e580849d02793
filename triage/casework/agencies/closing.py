"""A holder closes: intake sees it in its list, and every case that the referral went into is told (AL-CLOSE).

The agency corrects its own word: its earlier answer to RI-09 in the case is taken back, and the new one stands there
as its words. Source: clause 2.5; domain 3, flow (a), RI-09; domain 05, AL-CLOSE.
"""

from typing import Final
from uuid import UUID, uuid4

from triage.cases.agency.lifecycle import Event, Hand, Step
from triage.cases.agency.referral import HOLDER_QUESTION
from triage.cases.compartments import DESKS, compartment_of
from triage.cases.model import NewAnswer, Raw
from triage.cases.record import Answer
from triage.cases.roles import Action, Actor, Role, Side
from triage.cases.wall import Reason, Refused
from triage.casework.agencies.fitting import SOURCE
from triage.casework.agencies.incoming import taken_into
from triage.casework.agencies.standing import Stood, lock, stand_at
from triage.casework.limits import REASON, text_problem
from triage.casework.messages.kinds import Kind
from triage.casework.messages.posting import say_to_staff
from triage.casework.results import Recorded
from triage.casework.service import Service
from triage.casework.standing import audit_entry
from triage.store.agency.referrals import StoredEvent, insert_event
from triage.store.assessments import insert_answer, insert_withdrawal, read_answers
from triage.store.cases import next_sequence, read_versions, require_raised_version
from triage.store.data_keys import PROGRAMME, read_data_keys
from triage.store.items import Item
from triage.store.work import Work

CLOSED: Final = "already_closed"
_WHY: Final = "The agency said later that who stayed responsible closes."
_PROGRAMME_DESKS: Final = tuple(desk for desk in DESKS if desk.startswith(Side.PROGRAMME))


def holder_closes(service: Service, actor: Actor, referral_id: UUID | str, text: str) -> Recorded | Refused:
    """Say that who stayed responsible closes their file, since when, and who carries the risk from then on."""
    wrong = text_problem("text", text, REASON, required=True)
    with service.writing(actor) as work:
        lock(work, referral_id)
        stood = stand_at(work, actor, referral_id, Action.HOLDER_CLOSES, Step.HOLDER_CLOSES)
        noted: Recorded | Refused
        if isinstance(stood, Refused):
            noted = stood
        elif wrong:
            noted = Refused(Reason.NOT_ACCEPTED, "2.5", wrong)
        else:
            kept = StoredEvent(Event(Step.HOLDER_CLOSES, work.now), actor.id, text)
            insert_event(work, stood.stored.id, Hand.AGENCY, kept)
            say_to_staff(work, Kind.INCOMING, (Role.INTAKE_WORKER,))
            for case_id in taken_into(stood.events).values():
                _tell(service, work, actor, stood, case_id)
            noted = Recorded(stood.stored.version, stood.stored.id)
        work.audit(audit_entry(actor, Action.HOLDER_CLOSES, noted.id if isinstance(noted, Recorded) else None, noted))
    return noted


def _tell(service: Service, work: Work, actor: Actor, stood: Stood, case_id: UUID) -> None:
    """Put the agency's new word in the place of its earlier one, at the desk where that stands."""
    holder = stood.referral.holder
    value: Raw = {"code": CLOSED, "agency": holder.agency if holder else ""}
    new = service.rules.answer_from(NewAnswer(HOLDER_QUESTION, SOURCE, value, work.today), str(uuid4()), work.today)
    with work.by_rules():  # an agency reaches no case; what it said of its own holder does
        keys = read_data_keys(work, case_id, (PROGRAMME,))
        earlier = [
            one
            for one in read_answers(work, keys, case_id, _PROGRAMME_DESKS)
            if (one.answer.question, one.answer.source) == (HOLDER_QUESTION, SOURCE) and not one.answer.withdrawn
        ]
        if not earlier or not isinstance(new, Answer):
            return
        desk = earlier[-1].desk
        item = _item(work, actor, case_id, desk, UUID(new.id))
        insert_answer(work, keys, item, compartment_of(new.question, new.source, Side.PROGRAMME), new)
        for one in earlier:
            back = _item(work, actor, case_id, one.desk, uuid4())
            insert_withdrawal(work, keys, back, UUID(one.answer.id), _WHY, new.id)


def _item(work: Work, actor: Actor, case_id: UUID, desk: str, identity: UUID) -> Item:
    """The clear part of the next row at a desk, whose version it raises."""
    require_raised_version(work, case_id, desk, read_versions(work, case_id)[desk])
    return Item(identity, case_id, next_sequence(work, case_id), desk, actor.id, work.today)
