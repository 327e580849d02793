"""What was said outside ends: posts that are settled, invitations and requests whose time is over (ADR 0081).

A post holds no content, and yet who was told something on which day is nothing to keep for ever. What waits or is
parked stays until it is sent or given up; the audit stays.
"""

from datetime import timedelta
from typing import Final

from triage.casework.service import RULES, Service
from triage.store.outbox.posts import delete_settled
from triage.store.staff.invitations import delete_ended

KEPT_FOR: Final = timedelta(days=90)
"""As long as somebody may ask why a message did not come; notices of one's own account are shown as long."""
MOST_TURNS: Final = 200


def forget_settled(service: Service) -> int:
    """Delete what is settled and older than `KEPT_FOR`, a few hundred in each transaction. Output: how many posts."""
    gone = 0
    for _turn in range(MOST_TURNS):
        with service.writing(RULES) as work:
            work.is_no_act()
            deleted = delete_settled(work, work.now - KEPT_FOR)
            if not deleted:
                delete_ended(work)
                break
        gone += deleted
    return gone
