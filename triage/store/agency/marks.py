"""Marks by which referrals are found and put in order without being opened; a reader of the database learns nothing.

Of danger each row has a mark of its own: no two are equal. The day of a review is one index of agency and day.
"""

import hmac
from uuid import UUID

from triage.cases.agency.referral import DANGER_NOW, AgencyReferral
from triage.store.work import Work


def marks_of(work: Work, referral_id: UUID, agency_id: UUID, referral: AgencyReferral) -> dict[str, bytes]:
    """The columns by which a referral that is sent is put in order."""
    holder = referral.holder
    return {
        "danger_mark": _danger_mark(work, referral_id, is_told=referral.danger == DANGER_NOW),
        "review_index": review_index(work, agency_id, holder.review_on if holder else ""),
    }


def is_danger(work: Work, referral_id: UUID, mark: bytes | None) -> bool:
    """Whether a row tells of danger now; one that has no mark does, until the rules write it one."""
    return mark is None or hmac.compare_digest(mark, _danger_mark(work, referral_id, is_told=True))


def review_index(work: Work, agency_id: UUID, day: str) -> bytes:
    """The index of a day (ISO 8601) on which a holder of an agency looks again."""
    return keyed(work, f"review|{agency_id}|{day}")


def keyed(work: Work, text: str) -> bytes:
    """The keyed hash of a text about referrals."""
    return hmac.digest(work.keys.index.secret, f"agency referral|{text}".encode(), "sha256")


def _danger_mark(work: Work, referral_id: UUID, *, is_told: bool) -> bytes:
    return keyed(work, f"danger|{'told' if is_told else 'not told'}|{referral_id}")
