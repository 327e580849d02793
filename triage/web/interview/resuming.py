"""Where to go on: the question that was open, else the one after the last answer, else the first that waits."""

import hmac
from collections.abc import Sequence

from flask import session

from triage.assess.tasks import Mine, Position, Step
from triage.cases.model import CaseView
from triage.web.interview.steps import Progress, address_of, next_step
from triage.web.shared.guards import service

_OPEN = "open"


def mark_of(place: str) -> str:
    """Draw the mark of a case or of an address, 32 signs; without the secret of the cookies it tells nothing of it."""
    return hmac.digest(service().web_secret, b"place " + place.encode(), "sha256").hex()[:32]


def remember_open(address: str) -> None:
    """Keep which question is open in the cookie, which is signed and not secret: as a mark that only we can draw."""
    mark = mark_of(address)
    if session.get(_OPEN) != mark:
        session[_OPEN] = mark


def resumed(case: CaseView, position: Position, mine: Mine, flows: Sequence[Progress]) -> Step | None:
    """Give the step to go on with, or None when none waits for this worker."""
    waiting = [step for flow in flows for step in flow.waiting]
    opened = session.get(_OPEN)
    found = next((step for step in waiting if mark_of(address_of(case, step)) == opened), None)
    last = case.record.answers[-1] if case.record.answers else None
    return found or (next_step(position, mine, last) if last else None) or next(iter(waiting), None)
