"""What an agency does: save a draft, send it, send a whole referral at once, reply to what we ask.

Nothing here looks anybody up: who else is known, in which case and on which side, is asked only when intake takes the
referral, so that neither the answer nor its time tells an agency anything (security page 2.2 G1 and 3.5; ADR 0052).
"""

import json
import secrets
from dataclasses import dataclass
from uuid import UUID

from triage.cases.agency.lifecycle import Event, Hand, Step
from triage.cases.agency.problems import Missing
from triage.cases.agency.referral import AgencyReferral
from triage.cases.agency.spelling import written
from triage.cases.roles import Action, Actor, Role
from triage.cases.wall import Reason, Refused
from triage.casework.agencies.fitting import draft_problems, sending_problems, with_days_read
from triage.casework.agencies.standing import Stood, agency_for, lock, permitted, stand_at
from triage.casework.limits import KEY, REASON, text_problem
from triage.casework.messages.kinds import Kind
from triage.casework.messages.posting import say_arrived, say_to_staff
from triage.casework.results import Recorded
from triage.casework.service import Service
from triage.casework.standing import audit_entry
from triage.store.agency.once import written_first
from triage.store.agency.referrals import (
    StoredEvent,
    StoredReferral,
    find_by_external,
    find_sending,
    insert_event,
    insert_referral,
    keep_sending,
    mark_sent,
    update_draft,
)
from triage.store.work import Work


@dataclass(frozen=True, slots=True)
class Incomplete:
    """Nothing was sent: what to put right, danger first. A draft that was saved before stays."""

    missing: tuple[Missing, ...]


def save_draft(
    service: Service, actor: Actor, referral: AgencyReferral, referral_id: UUID | None = None, version: int = 0
) -> Recorded | Refused | Incomplete:
    """Save a draft: a new one, or the next version of one that was not sent.

    Inputs: the version that the actor saw. Output: `Recorded` with the new version; `Incomplete` when something cannot
    be kept at all (a draft may lack anything); `Refused` when it is not theirs, was sent, or moved on (`NOT_NOW`).
    """
    referral = with_days_read(referral, service.rules)
    problems = draft_problems(referral, service.rules, service.clock().date())
    if problems:
        return Incomplete(problems)
    with service.writing(actor) as work:
        if referral_id is None:
            saved = _begin(work, actor, referral)
        else:
            saved = _save(work, actor, referral, referral_id, version)
        work.audit(audit_entry(actor, Action.WRITE_REFERRAL, saved.id if isinstance(saved, Recorded) else None, saved))
    return saved


def send(service: Service, actor: Actor, referral_id: UUID | str) -> Recorded | Refused | Incomplete:
    """Send a draft, which freezes it. Sending twice sends once and gives the same."""
    with service.writing(actor) as work:
        stood = stand_at(work, actor, referral_id, Action.SEND_REFERRAL)
        sent = stood if isinstance(stood, Refused) else _send(service, work, actor, stood)
        work.audit(audit_entry(actor, Action.SEND_REFERRAL, sent.id if isinstance(sent, Recorded) else None, sent))
    return sent


def send_whole(service: Service, actor: Actor, referral: AgencyReferral, key: str) -> Recorded | Refused | Incomplete:
    """Receive a whole referral in one act, as the API and imports do; the same key gives the first referral again.

    Output: `Recorded`, whoever the people are; `Incomplete` with everything wrong; `Refused` with `KEY_USED` when the
    key was used for other content, `NUMBER_USED` when the agency gave this number of its own to another referral.
    """
    referral = with_days_read(referral, service.rules)
    refused = permitted(actor, Action.SEND_REFERRAL)
    if not refused and text_problem("key", key, KEY, required=True):
        refused = Refused(Reason.NOT_ACCEPTED)
    problems = () if refused else sending_problems(referral, service.rules, service.clock().date())
    with service.writing(actor) as work:
        if problems:
            sent: Recorded | Refused | Incomplete = Incomplete(problems)
        else:
            sent = refused or _send_whole(work, actor, referral, key)
        work.audit(audit_entry(actor, Action.SEND_REFERRAL, sent.id if isinstance(sent, Recorded) else None, sent))
    return sent


def reply(service: Service, actor: Actor, referral_id: UUID | str, text: str) -> Recorded | Refused:
    """Answer what we asked about a referral; only while a question waits."""
    wrong = text_problem("text", text, REASON, required=True)
    with service.writing(actor) as work:
        lock(work, referral_id)
        stood = stand_at(work, actor, referral_id, Action.REPLY_TO_US, Step.REPLY)
        if isinstance(stood, Stood) and wrong:
            stood = Refused(Reason.NOT_ACCEPTED, "2.5", wrong)
        noted: Recorded | Refused
        if isinstance(stood, Refused):
            noted = stood
        else:
            insert_event(work, stood.stored.id, Hand.AGENCY, StoredEvent(Event(Step.REPLY, work.now), actor.id, text))
            say_to_staff(work, Kind.INCOMING, (Role.INTAKE_WORKER,))
            noted = Recorded(stood.stored.version, stood.stored.id)
        work.audit(audit_entry(actor, Action.REPLY_TO_US, noted.id if isinstance(noted, Recorded) else None, noted))
    return noted


def _begin(work: Work, actor: Actor, referral: AgencyReferral) -> Recorded | Refused:
    refused = permitted(actor, Action.WRITE_REFERRAL)
    agency_id = None if refused else agency_for(work, actor)
    if refused or agency_id is None:
        return refused or Refused(Reason.NOT_YOUR_ROLE, "1.4")
    if _is_used(work, agency_id, referral):
        return Refused(Reason.NUMBER_USED, "1.4")
    stored = _new(actor, agency_id)
    insert_referral(work, stored, referral.external_reference, written(referral))
    return Recorded(stored.version, stored.id)


def _save(work: Work, actor: Actor, referral: AgencyReferral, referral_id: UUID, version: int) -> Recorded | Refused:
    stood = stand_at(work, actor, referral_id, Action.WRITE_REFERRAL, Step.SEND)
    if isinstance(stood, Refused):
        return stood
    stored = stood.stored
    if _is_used(work, stored.agency_id, referral, stored.id):
        return Refused(Reason.NUMBER_USED, "1.4")
    saved = version == stored.version and update_draft(work, stored, referral.external_reference, written(referral))
    if not saved:
        return Refused(Reason.NOT_NOW, "1.4")
    return Recorded(version + 1, stored.id)


def _send(service: Service, work: Work, actor: Actor, stood: Stood) -> Recorded | Refused | Incomplete:
    if stood.stored.sent is not None:
        return Recorded(stood.stored.version, stood.stored.id)
    problems = sending_problems(stood.referral, service.rules, work.today)
    if problems:
        return Incomplete(problems)
    return _freeze(work, actor, stood.stored, stood.referral)


def _freeze(work: Work, actor: Actor, stored: StoredReferral, referral: AgencyReferral) -> Recorded:
    """Freeze a draft and say that it was sent, once, however many send it at the same time."""
    if mark_sent(work, stored, referral):
        insert_event(work, stored.id, Hand.AGENCY, StoredEvent(Event(Step.SEND, work.now), actor.id))
        say_arrived(work, stored.agency_id, [(stored.id, referral.holder)])
    return Recorded(stored.version, stored.id)


def _send_whole(work: Work, actor: Actor, referral: AgencyReferral, key: str) -> Recorded | Refused:
    agency_id = agency_for(work, actor)
    if agency_id is None:
        return Refused(Reason.NOT_YOUR_ROLE, "1.4")
    content = json.dumps(written(referral), sort_keys=True, ensure_ascii=False)
    stored = _new(actor, agency_id)

    def write() -> None:
        insert_referral(work, stored, referral.external_reference, written(referral))
        _freeze(work, actor, stored, referral)
        keep_sending(work, agency_id, key, content, stored.id)

    for _turn in range(2):  # when the same key or number arrives at the same moment, it is there the second time
        if earlier := find_sending(work, agency_id, key, content):
            return Recorded(1, earlier.referral_id) if earlier.same_content else Refused(Reason.KEY_USED, "1.4")
        if _is_used(work, agency_id, referral):
            return Refused(Reason.NUMBER_USED, "1.4")
        if written_first(work, write):
            return Recorded(1, stored.id)
    return Refused(Reason.NOT_NOW, "1.4")


def _new(actor: Actor, agency_id: UUID) -> StoredReferral:
    return StoredReferral(UUID(bytes=secrets.token_bytes(16)), agency_id, actor.id, 1)


def _is_used(work: Work, agency_id: UUID, referral: AgencyReferral, but: UUID | None = None) -> bool:
    """Whether the agency gave this number of its own to another referral."""
    external = referral.external_reference
    other = find_by_external(work, agency_id, external) if external else None
    return other is not None and other.id != but
