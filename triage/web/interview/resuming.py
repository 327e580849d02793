"""Where to go on: the question that was open, else the one after the last answer, else the first that waits."""

import hmac
from collections.abc import Sequence

from flask import session

from triage.assess.tasks import Step
from triage.cases.model import CaseView
from triage.flow.model import Rulebook
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


def resumed(case: CaseView, rulebook: Rulebook, flows: Sequence[Progress]) -> Step | None:
    """Give the step to go on with, or None when none waits for this worker."""
    waiting = [step for flow in flows for step in flow.waiting]
    opened = session.get(_OPEN)
    found = next((step for step in waiting if mark_of(address_of(case, step)) == opened), None)
    return found or _after_last_answer(case, rulebook, flows) or next(iter(waiting), None)


def _after_last_answer(case: CaseView, rulebook: Rulebook, flows: Sequence[Progress]) -> Step | None:
    if not case.record.answers:
        return None
    last = case.record.answers[-1]
    letter = rulebook.questions[last.question].flow
    flow = next(flow for flow in flows if flow.letter == letter)
    return next_step(flow, (last.question, last.about))
