"""Marks of what was sent before there were marks, written by the rules: without them a list takes all of it for danger.

Nobody reads what is opened for this; the transaction is no act of anybody. Source: ADR 0081.
"""

from typing import Final

from triage.cases.agency.spelling import read
from triage.casework.service import RULES, Service
from triage.store.agency.referrals import StoredReferral, read_content, unmarked_referrals, write_marks
from triage.store.sealing import Unreadable
from triage.store.work import Work

AT_ONCE: Final = 200


def mark_sent_before(service: Service) -> int:
    """Mark all that was sent and has no marks, some in each transaction. Output: how many got theirs.

    One that cannot be opened keeps none: it counts as danger, and its review as near.
    """
    done, last = 0, None
    while True:
        with service.reading(RULES) as work:
            found = unmarked_referrals(work, AT_ONCE, last)
        if not found:
            return done
        with service.writing(RULES) as work:
            work.is_no_act()
            done += sum(_mark(work, stored) for stored in found)
        last = found[-1].id


def mark_opened(service: Service, stored: StoredReferral) -> None:
    """Mark one that somebody opened before it had marks."""
    with service.writing(RULES) as work:
        work.is_no_act()
        _mark(work, stored)


def _mark(work: Work, stored: StoredReferral) -> bool:
    try:
        write_marks(work, stored, read(read_content(work, stored)))
    except (Unreadable, KeyError):  # what it says, or its key
        return False
    return True
