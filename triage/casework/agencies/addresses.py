"""Where an agency is written to: its lead or the office proposes an address, another person of the office confirms it.

An address that is also a contact point of a person in the record is not written to, and nobody but the support side
and the safety lead is told. Otherwise one entry in a record could stop the mail of an agency for good: the safety lead,
who stands on neither side, may say that the address is the agency's own, for a time. Source: page 2.2 P3; ADR 0081.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from triage.cases.roles import OUTSIDE, Actor
from triage.cases.wall import Reason, Refused
from triage.casework.agencies.duties import audit, may
from triage.casework.agencies.standing import agency_for
from triage.casework.contact_points import reaches_a_person
from triage.casework.messages.posting import say_reviews
from triage.casework.results import Recorded
from triage.casework.service import RULES, Service
from triage.settings import is_mail_address
from triage.store.agency.organisations import all_agencies, read_agency
from triage.store.outbox.mailboxes import (
    allow_address,
    find_mailbox,
    mailboxes_in_use,
    mark_of_use,
    propose_address,
    replace_mailbox,
)
from triage.store.work import Work

NO_ADDRESS = "address: this is no e-mail address."


@dataclass(frozen=True, slots=True)
class SharedAddress:
    """An agency whose address is also a contact point of a person in the record; of whom is not said here.

    `is_allowed`: the safety lead said within the last months that it may be used all the same. `mark` stands for the
    address that was confirmed on that day, in a form.
    """

    agency_id: UUID
    agency: str
    is_allowed: bool
    confirmed_on: date | None
    mark: str


def propose(service: Service, actor: Actor, address: str, agency_id: UUID | None = None) -> Recorded | Refused:
    """Propose where an agency is written to: a lead for their own, the office for one that it names.

    An empty address takes everything away, at once: the portal then tells alone. Output: `Refused` with what is wrong.
    """
    resource = "colleague" if actor.role in OUTSIDE else "agency"
    if refused := may(actor, "post", resource, "address"):
        return refused
    typed = address.strip()
    with service.writing(RULES) as work:
        owner = agency_for(work, actor) if actor.role in OUTSIDE else _open_agency(work, agency_id)
        wrong = owner is None or bool(typed and not is_mail_address(typed))
        if owner and not wrong:
            _keep(work, owner, typed, actor)
        audit(work, actor, "propose-mailbox", owner, done=not wrong)
    if owner is None:
        return Refused(Reason.NO_SUCH_ACCOUNT)
    return Refused(Reason.NOT_ACCEPTED, "6.5", (NO_ADDRESS,)) if wrong else Recorded(0, owner)


def confirm(service: Service, actor: Actor, agency_id: UUID, address: str) -> Recorded | Refused:
    """Use the address that is proposed, as another person than who proposed it.

    `address` is the one that was on the page: what was proposed meanwhile is confirmed by nobody.
    """
    if refused := may(actor, "post", "agency", "confirm-address"):
        return refused
    with service.writing(RULES) as work:
        kept = find_mailbox(work, agency_id)
        result: Recorded | Refused = Recorded(0, agency_id)
        if kept is None or not kept.proposed or kept.proposed != address:
            result = Refused(Reason.NOT_NOW, "6.5")
        elif kept.proposed_by == actor.id:
            result = Refused(Reason.ANOTHER_PERSON, "6.5")
        else:
            replace_mailbox(work, agency_id, kept.proposed)
            say_reviews(work, agency_id)
        audit(work, actor, "confirm-mailbox", agency_id, done=isinstance(result, Recorded))
    return result


def shared_addresses(service: Service, actor: Actor) -> tuple[SharedAddress, ...] | Refused:
    """List the agencies whose address is also a contact point of a person, for the support side and the safety lead."""
    if refused := may(actor, "get", "shared-address", "list"):
        return refused
    with service.reading(RULES) as work:
        found = tuple(_shared(work, service.settings.phone_region))
    with service.writing(RULES) as work:
        audit(work, actor, "list-shared-addresses", None, done=True)
    return found


def allow(service: Service, actor: Actor, agency_id: UUID, mark: str) -> Recorded | Refused:
    """Say, as the safety lead, that an address is the agency's own and may be used though a person has it too.

    `mark` is that of the address which was on the page and was checked: another one is let by nobody.
    """
    if refused := may(actor, "post", "shared-address", "allow"):
        return refused
    with service.writing(RULES) as work:
        done = any(one.agency_id == agency_id for one in _shared(work, service.settings.phone_region))
        done = done and allow_address(work, agency_id, mark)
        audit(work, actor, "allow-mailbox", agency_id, done=done)
    return Recorded(0, agency_id) if done else Refused(Reason.NOT_NOW, "1.1")


def _keep(work: Work, owner: UUID, typed: str, actor: Actor) -> None:
    if not typed:
        replace_mailbox(work, owner, "")
        return
    propose_address(work, owner, typed, actor.id)


def _shared(work: Work, region: str) -> list[SharedAddress]:
    """Those of whom nobody can tell are listed as well: they are not written to either."""
    names = {one.id: one.name for one in all_agencies(work) if not one.closed}
    return [
        SharedAddress(
            one.owner_id, names[one.owner_id], one.is_allowed(work.today), one.confirmed_on, mark_of_use(work, one)
        )
        for one in mailboxes_in_use(work, names)
        if reaches_a_person(work, one.address, region) is not False
    ]


def _open_agency(work: Work, agency_id: UUID | None) -> UUID | None:
    found = read_agency(work, agency_id) if agency_id else None
    return found.id if found and not found.closed else None
