"""How often between two batches it is answered whether work may start: enough for whoever starts, too little to watch.

A question opens ten minutes in which every further one about that person is answered too; four times between two
batches. Whoever was told of a hold is told so until the next batch. What is beyond is not answered, in the words of
every hold, and the safety lead is told. Source: domain 05 (tiering), 07.3; ADR 0075.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from triage.cases.roles import Actor, Role
from triage.cases.wall import Reason, Refused
from triage.casework.messages.kinds import Kind
from triage.casework.messages.posting import say_to_staff
from triage.casework.publishing.batches import batch_day
from triage.casework.service import Service
from triage.casework.standing import Standing
from triage.store import wall
from triage.store.cases import find_case
from triage.store.publishing.questions import (
    Questions,
    forget_questions,
    keep_questions,
    take_questions,
    unanswered,
)
from triage.store.work import Work

ANSWERED_FOR: Final = timedelta(minutes=10)
ANSWERED_TIMES: Final = 4
TOO_OFTEN: Final = 3
"""How many questions without an answer, on one day and about one person, are told to the safety lead."""
KEPT_FOR: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class AskedOften:
    """Somebody of the programme side went on asking about one person after they had been answered."""

    reference: str
    letter: str
    day: date
    times: int


def is_answered(work: Work, standing: Standing) -> bool:
    """Count a question about the own person of a worker, and say whether it is to be answered by what is true now."""
    place = (standing.case.id, standing.own_person, batch_day(work.now))
    now = int(work.now.timestamp())
    with work.by_rules():
        asked = take_questions(work, *place)
        counted = _counted(asked, now)
        keep_questions(work, *place, counted)
        forget_questions(work, place[-1] - KEPT_FOR)
        if asked.tries < TOO_OFTEN <= counted.tries:
            say_to_staff(work, Kind.CARD, (Role.SAFETY_LEAD,))
    return counted.tries == asked.tries


def stays_held(work: Work, standing: Standing) -> None:
    """Keep that a worker was told of a hold: until the next batch nobody is told anything else of this person."""
    place = (standing.case.id, standing.own_person, batch_day(work.now))
    with work.by_rules():
        keep_questions(work, *place, replace(take_questions(work, *place), held=True))


def asked_often(service: Service, actor: Actor) -> tuple[AskedOften, ...] | Refused:
    """List for the safety lead about whom it was asked too often, the latest first, in cases where they are free."""
    if actor.role is not Role.SAFETY_LEAD:
        return Refused(Reason.NOT_YOUR_ROLE, "1.4")
    with service.reading(actor) as work, work.by_rules():
        found = unanswered(work, TOO_OFTEN, batch_day(work.now) - KEPT_FOR)
        cases = {
            one.case_id: find_case(work, one.case_id) for one in found if wall.is_free(work, one.case_id, actor.id)
        }
        return tuple(
            AskedOften(case.reference, one.letter, one.day, one.times)
            for one in found
            if (case := cases.get(one.case_id))
        )


def _counted(asked: Questions, now: int) -> Questions:
    """Add one question to those before it: answered, when nobody was told of a hold and the times are not used up."""
    if asked.held:
        return replace(asked, tries=asked.tries + 1)
    if asked.uses and 0 <= now - asked.started < int(ANSWERED_FOR.total_seconds()):
        return asked
    if asked.uses >= ANSWERED_TIMES:
        return replace(asked, tries=asked.tries + 1)
    return replace(asked, started=now, uses=asked.uses + 1)
