"""The daily batch: what the programme side sees of the start of work changes once a day, at one hour for everybody.

So the moment at which a hold is set or goes tells nothing of a disclosure. `triage publish` makes the batch; without it
each case is published at the first look of the day by a worker of the programme side. What was not published is "not
starting". Source: domain 05 (tiering), 07.3 (any hold); security page 3.5; ADR 0065.
"""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from typing import Final
from uuid import UUID

from triage.cases.agency.lifecycle import last_publication
from triage.cases.roles import Actor, Side
from triage.casework.limits import as_id
from triage.casework.publishing.live import NOTHING_STARTS, live_positions
from triage.casework.results import Instruction
from triage.casework.service import RULES, Service
from triage.casework.standing import Standing
from triage.store import wall
from triage.store.audit import Entry
from triage.store.cases import StoredCase, all_cases, find_case
from triage.store.data_keys import PROGRAMME, read_data_keys
from triage.store.members.statements import letters_of
from triage.store.publishing.positions import is_published, published_cases, read_position, replace_positions
from triage.store.sealing import Unreadable
from triage.store.work import Work

PUBLISH: Final = "publish"
"""The act of the audit by which a batch, or one case at its first look, is published."""
_UNREADABLE: Final = "unreadable"
_AT_ONCE: Final = 50
"""Cases of one transaction: other writers wait no longer than these take."""


def batch_day(now: datetime) -> date:
    """Give the day of the batch that is shown now."""
    return last_publication(now).date()


def shown(work: Work, standing: Standing) -> Instruction:
    """Give what was published today of the own person of a worker; nothing starts where nothing was published."""
    kept = read_position(work, standing.keys, standing.own_person, batch_day(work.now))
    if kept is None:
        return NOTHING_STARTS
    return Instruction(kept["code"], tuple(kept["outcomes"]), tuple(kept["adaptations"]))


def publish_batch(service: Service) -> int:
    """Publish every case that was not published since the hour of the day. Output: how many."""
    day = batch_day(service.clock())
    with service.reading(RULES) as work:
        done = published_cases(work, day)
        due = [case for case in all_cases(work) if case.id not in done]
    return sum(_publish(service, some, day, "batch") for some in _parts(due))


def catch_up(service: Service, actor: Actor, case_id: UUID | str) -> None:
    """Publish one case when somebody of its programme side looks and the batch of the day did not reach it."""
    known_id = as_id(case_id)
    if known_id is None or actor.side is not Side.PROGRAMME:
        return
    with service.reading(actor) as work:
        day = batch_day(work.now)
        case = find_case(work, known_id) if wall.person_of(work, known_id, actor.id) else None
        with work.by_rules():  # of the other person too: a case is published as a whole
            due = case is not None and not is_published(work, known_id, day)
    if case and due:
        _publish(service, (case,), day, "at a first look")


def _publish(service: Service, some: tuple[StoredCase, ...], day: date, how: str) -> int:
    """Publish some cases in one transaction, with one line of the audit, and none twice."""
    with service.writing(RULES) as work:
        due = [case for case in some if not is_published(work, case.id, day)]
        for case in due:
            _publish_one(service, work, case, day)
        if not due:
            work.is_no_act()
            return 0
        work.audit(Entry(PUBLISH, how, None, due[0].id if len(due) == 1 else None))
    return len(due)


def _publish_one(service: Service, work: Work, case: StoredCase, day: date) -> None:
    """Publish one case. Where something of it does not open nobody of it starts, and the audit says so."""
    try:
        keys = read_data_keys(work, case.id, (PROGRAMME,))
    except Unreadable:  # nothing can be sealed for its workers either; what is not published does not start
        work.audit(Entry(PUBLISH, _UNREADABLE, None, case.id))
        return
    try:
        told = live_positions(service, work, case)
    except Unreadable:
        told = dict.fromkeys(letters_of(work, case.id), NOTHING_STARTS)
        work.audit(Entry(PUBLISH, _UNREADABLE, None, case.id))
    replace_positions(work, keys, day, {letter: asdict(one) for letter, one in told.items()})


def _parts(cases: list[StoredCase]) -> Iterator[tuple[StoredCase, ...]]:
    return (tuple(cases[at : at + _AT_ONCE]) for at in range(0, len(cases), _AT_ONCE))
