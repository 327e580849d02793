"""Opening the card of a person in imminent danger: who may, for how long, why, and by when it must be looked at. Pure.

Source: security page 3.4 (break-glass).
"""

from datetime import date, timedelta
from enum import StrEnum

from triage.cases.compartments import SAFE_CONTACT_QUESTION
from triage.cases.roles import Actor, Role

OPEN_FOR = timedelta(minutes=30)
REVIEW_WITHIN = 2
"""Working days within which somebody who answers for safety says whether it was right to open the card."""
_SATURDAY = 5
CARD = ("RI-01", "DR-26", SAFE_CONTACT_QUESTION)
"""The questions whose answers stand on the card: is anybody in danger now, and how to reach the person safely."""
OPENERS = frozenset({Role.INTAKE_WORKER, Role.SUPPORT_ADVOCATE})
OVERSEERS = frozenset({Role.SAFETY_LEAD, Role.MANAGER, Role.DATA_PROTECTION_OFFICER})
"""Who is told of every opening at once; the safety lead alone says whether it was right."""


class Danger(StrEnum):
    """Why a card was opened: each of these is imminent."""

    LIFE = "life"
    CHILD = "child"
    MISSING = "missing"
    EMERGENCY_SERVICE = "emergency-service"


def may_open(actor: Actor, *, side: str, own_person: str, excluded: frozenset[str]) -> bool:
    """Say whether somebody may open the card of a person: never across the wall.

    Inputs: where they stand in the case (`""`: nowhere), whom they work with there, and whether this person, or the
    whole case, is among what they are kept from. Who works with another person of it, or stood on another side, hands
    over to a colleague.
    """
    if actor.role not in OPENERS or excluded:
        return False
    return side in {"", actor.side.value} and not own_person


def review_due(opened_on: date) -> date:
    """The last day on which an opening may be looked at in time: two working days on, Monday to Friday."""
    day, left = opened_on, REVIEW_WITHIN
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < _SATURDAY
    return day
