"""Referrals that arrive in a file: looked through without storing anything, sent in short transactions, withdrawn.

Whether all is sent or only what is in order, the whole file is judged before the first referral is kept. A referral
is known by the agency's own number: sending a file again, or after it was cut off, sends what was not sent yet. Nobody
else is looked up (see `sending`). Source: clauses 2.1 to 2.5; issue 7; ADR 0053.
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final, TypeVar
from uuid import UUID, uuid4

from triage.cases.agency.problems import Missing
from triage.cases.agency.spelling import read, written
from triage.cases.roles import Action, Actor
from triage.cases.wall import Reason, Refused
from triage.casework.agencies.fitting import asked_of_agencies, sending_problems
from triage.casework.agencies.standing import agency_for, permitted
from triage.casework.messages.posting import say_arrived
from triage.casework.service import RULES, Service
from triage.interchange.faults import Fault
from triage.interchange.reading import read_file
from triage.interchange.referrals import ReadReferral
from triage.store.agency.imports import insert_import, insert_lines
from triage.store.agency.once import written_first
from triage.store.agency.organisations import Agency, all_agencies
from triage.store.agency.referrals import Arriving, StoredReferral, find_by_external, insert_sent, read_content
from triage.store.audit import Entry
from triage.store.principals import Principal
from triage.store.work import Work

AT_ONCE: Final = 25
"""Referrals of one transaction: short enough that others who write wait for a moment only (measured: ADR 0053)."""
SENDING: Final = "sending."
_Item = TypeVar("_Item")
Progress = Callable[[int, int], bool]
"""Told how many referrals of how many were dealt with; says whether to go on."""


class Mode(StrEnum):
    """What is done with a file."""

    DRY_RUN = "check"
    ALL = "all"
    VALID = "valid"


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file: `sent` are new, `again` were sent before in the same words; faults by row.

    `ready` counts those in order, `left` those that were not reached before it was told to stop. Nothing was stored
    when `sent` is 0. `import_id` names what can be withdrawn.
    """

    rows: int
    ready: int
    again: int
    sent: int
    faults: tuple[Fault, ...]
    import_id: UUID | None = None
    left: int = 0


@dataclass(frozen=True, slots=True)
class Sender:
    """In whose name a file is sent: an agency, who is kept as its writer, how far the database lets them see."""

    agency_id: UUID
    by: UUID
    who: Actor | Principal
    actor: Actor | None = None

    def entry(self, action: Action, result: str, object_id: UUID | None) -> Entry:
        """The audit line of what the sender did."""
        return Entry(action.value, result, self.actor.id if self.actor else None, object_id, "agency")


def sender_for(service: Service, actor: Actor) -> Sender | Refused:
    """Let a lead of an agency send a file in its name; whoever may not is written down."""
    refused = permitted(actor, Action.IMPORT_REFERRALS)
    with service.reading(actor) as work:
        agency_id = None if refused else agency_for(work, actor)
    if agency_id is not None:
        return Sender(agency_id, actor.id, actor, actor)
    with service.writing(actor) as work:
        work.audit(Entry(Action.IMPORT_REFERRALS.value, "refused not_your_role", actor.id, None, actor.side.value))
    return refused or Refused(Reason.NOT_YOUR_ROLE, "1.4")


def sender_at_command_line(service: Service, name: str) -> Sender | tuple[Agency, ...]:
    """Send in the name of an agency that was named at the command line; else give the agencies there are."""
    with service.reading(RULES) as work:
        known = tuple(one for one in all_agencies(work) if not one.closed)
    found = next((one for one in known if one.name.casefold() == name.strip().casefold()), None)
    return Sender(found.id, found.id, RULES) if found else known


def import_file(
    service: Service, sender: Sender, content: bytes, mode: Mode, progress: Progress = lambda _done, _all: True
) -> Imported:
    """Look a file through, and send what the mode says. Output: everything that is wrong with it, and what was sent."""
    questions = {one.id: one for one in asked_of_agencies(service.rules)}
    reading = read_file(content, questions)
    faults = [*reading.faults]
    ready: list[ReadReferral] = []
    for one in reading.referrals:
        wrong = tuple(_faults(service, one))
        faults += wrong
        if not wrong:
            ready.append(one)
    new, again, used = _compared(service, sender, ready)
    faults += used
    ordered = tuple(sorted(faults, key=lambda fault: (fault.sheet, fault.row, fault.column)))
    looked = Imported(reading.rows, len(new) + again, again, 0, ordered)
    if mode is Mode.DRY_RUN or not new or (faults and mode is Mode.ALL):
        with service.writing(sender.who) as work:
            work.audit(sender.entry(Action.IMPORT_REFERRALS, "looked through", None))
        return looked
    return _send(service, sender, new, looked, progress)


def in_turn(items: Sequence[_Item], size: int) -> Iterator[Sequence[_Item]]:
    """Give parts of at most that many, in order."""
    return (items[start : start + size] for start in range(0, len(items), size))


def _faults(service: Service, one: ReadReferral) -> Iterator[Fault]:
    """Say what keeps a referral from being sent, by its row and column."""
    for missing in sending_problems(one.referral, service.rules, service.clock().date()):
        yield one.fault(_named(missing), _column(missing), SENDING + missing.code)


def _named(missing: Missing) -> str:
    field = missing.field.removeprefix("persons.")
    return field.split(".")[0]


def _column(missing: Missing) -> str:
    """Name the column of a fault: of a person the last word, of a question the whole field."""
    if missing.field.startswith("persons."):
        return {"unnamed": "called", "alone": "with", "birth": "birth"}.get(missing.code, "person")
    return {"pairs": "with", "persons": "person", "external_reference": "reference"}.get(missing.field, missing.field)


def _compared(
    service: Service, sender: Sender, ready: Sequence[ReadReferral]
) -> tuple[list[ReadReferral], int, list[Fault]]:
    """Part what is new from what was sent before in the same words, and from numbers that were used otherwise."""
    new: list[ReadReferral] = []
    used: list[Fault] = []
    again = 0
    for some in in_turn(ready, 500):
        with service.reading(sender.who) as work:
            for one in some:
                before = _before(work, sender, one)
                if before is None:
                    new.append(one)
                elif before:
                    again += 1
                else:
                    used.append(one.fault("", "reference", "used", one.referral.external_reference))
    return new, again, used


def _before(work: Work, sender: Sender, one: ReadReferral) -> bool | None:
    """Whether a number was used for the same words; None when it was not used."""
    stored = find_by_external(work, sender.agency_id, one.referral.external_reference)
    if stored is None:
        return None
    return stored.sent is not None and read(read_content(work, stored)) == one.referral


def _send(
    service: Service, sender: Sender, new: Sequence[ReadReferral], looked: Imported, progress: Progress
) -> Imported:
    import_id, done, sent = uuid4(), 0, 0
    used: list[Fault] = []
    for some in in_turn(new, AT_ONCE):
        with service.writing(sender.who) as work:
            if done == 0:
                insert_import(work, import_id, sender.agency_id, sender.by)
                work.audit(sender.entry(Action.IMPORT_REFERRALS, "recorded", import_id))
            if _sent_together(work, sender, import_id, some):
                sent += len(some)
            else:  # somebody used one of the numbers since they were looked up
                for one in some:
                    if _sent_together(work, sender, import_id, [one]):
                        sent += 1
                    elif not _before(work, sender, one):
                        used.append(one.fault("", "reference", "used", one.referral.external_reference))
            work.is_no_act()  # of a part in which every number was used meanwhile, nothing was done
        done += len(some)
        if not progress(done, len(new)):
            break
    left = len(new) - done
    return replace(looked, sent=sent, left=left, faults=(*looked.faults, *used), import_id=import_id)


def _sent_together(work: Work, sender: Sender, import_id: UUID, some: Sequence[ReadReferral]) -> bool:
    """Keep referrals as sent, all of them or none."""
    arriving = [Arriving(_begun(sender), one.referral.external_reference, written(one.referral)) for one in some]

    def write() -> None:
        insert_sent(work, arriving)
        insert_lines(work, import_id, (one.stored.id for one in arriving))

    if not written_first(work, write):
        return False
    for one in arriving:
        work.audit(sender.entry(Action.SEND_REFERRAL, "recorded", one.stored.id))
    holders = [one.referral.holder for one in some]
    say_arrived(work, sender.agency_id, [(one.stored.id, held) for one, held in zip(arriving, holders, strict=True)])
    return True


def _begun(sender: Sender) -> StoredReferral:
    """Begin a referral with an id of 128 random bits, which tells nothing (page 3.5)."""
    return StoredReferral(UUID(bytes=secrets.token_bytes(16)), sender.agency_id, sender.by, 1)
