"""Where to go on: the question that was open, else the one after the last answer, else the first that waits."""

from collections.abc import Sequence

from flask import session

from triage.assess.tasks import Step
from triage.cases.model import CaseView
from triage.flow.model import Rulebook
from triage.web.interview.steps import Progress, address_of, next_step

_OPEN = "open"


def remember_open(address: str) -> None:
    """Keep the address of the question that is open: in the cookie, letters and a number of no meaning elsewhere."""
    if session.get(_OPEN) != address:
        session[_OPEN] = address


def resumed(case: CaseView, rulebook: Rulebook, flows: Sequence[Progress]) -> Step | None:
    """Give the step to go on with, or None when none waits for this worker."""
    waiting = [step for flow in flows for step in flow.waiting]
    opened = session.get(_OPEN)
    found = next((step for step in waiting if address_of(case, step) == opened), None)
    return found or _after_last_answer(case, rulebook, flows) or next(iter(waiting), None)


def _after_last_answer(case: CaseView, rulebook: Rulebook, flows: Sequence[Progress]) -> Step | None:
    if not case.record.answers:
        return None
    last = case.record.answers[-1]
    letter = rulebook.questions[last.question].flow
    flow = next(flow for flow in flows if flow.letter == letter)
    return next_step(flow, (last.question, last.about))
