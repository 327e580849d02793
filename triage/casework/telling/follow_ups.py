"""What a worker is to ask again, and what an advocate is to find a safe way for, in one case and in all of theirs.

A "not safe to ask" of the programme side reaches the advocate of the same person as a question and a place, with no
word and no source (domain 0.3, ADR 0068). Nothing goes the other way: the programme side sees no such task at all.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from triage.cases.compartments import PANEL_DESK
from triage.cases.follow_ups import FollowUp, SafeWay, follow_ups, safe_ways
from triage.cases.model import CaseSummary
from triage.cases.record import Pair
from triage.cases.roles import Action, Actor, Side
from triage.cases.wall import Refused
from triage.casework.referrals import list_cases
from triage.casework.service import Service
from triage.casework.standing import Standing, members_of, note_reading, stand
from triage.casework.views import view_of, visible_answers
from triage.store.assessments import StoredAnswer, read_answers
from triage.store.work import Work


@dataclass(frozen=True, slots=True)
class ToDo:
    """What the non-answers of one case ask of one worker; `pairs` are those that the worker knows."""

    follow_ups: tuple[FollowUp, ...] = ()
    safe_ways: tuple[SafeWay, ...] = ()
    pairs: tuple[Pair, ...] = ()


def to_do(service: Service, actor: Actor, case_id: UUID | str) -> ToDo | Refused:
    """Give what is to be asked in a case by this worker; to those who decide it is nobody's task of theirs."""
    with service.reading(actor) as work:
        standing = stand(work, actor, case_id, Action.READ_CASE)
        found = standing if isinstance(standing, Refused) else _to_do(service, work, standing)
    note_reading(service, actor, Action.READ_CASE, case_id, found)
    return found


def to_do_everywhere(service: Service, actor: Actor) -> tuple[tuple[CaseSummary, ToDo], ...]:
    """Give what is to be asked in every case in which this worker works with somebody."""
    own = (case for case in list_cases(service, actor) if case.own_person)
    found = ((case, to_do(service, actor, case.id)) for case in own)
    return tuple((case, one) for case, one in found if isinstance(one, ToDo))


def _to_do(service: Service, work: Work, standing: Standing) -> ToDo:
    if standing.desk == PANEL_DESK:
        return ToDo()
    own = [one for one in visible_answers(work, standing) if one.desk == standing.desk]
    told = sorted([*own, *_not_safe_across(work, standing)], key=lambda one: one.sequence)
    answers = tuple(one.answer for one in told)
    record = replace(view_of(work, standing).record, answers=answers)
    aside = service.rules.assessment(record).set_aside
    again = follow_ups((one.answer for one in own), aside, service.rules.rulebook.interrupting)
    safe = safe_ways(answers, aside) if standing.actor.side is Side.SUPPORT else ()
    return ToDo(again, safe, record.pairs)


def _not_safe_across(work: Work, standing: Standing) -> tuple[StoredAnswer, ...]:
    """What the programme worker of the same person was answered, at the places that an advocate knows; else nothing.

    For the rules alone: of it comes back only which questions were not safe to ask, and no longer than that lasts.
    """
    if standing.actor.side is not Side.SUPPORT:
        return ()
    known, desk = members_of(work, standing), f"{Side.PROGRAMME}-{standing.own_person}"
    with work.by_rules():
        kept = read_answers(work, standing.keys, standing.case.id, (desk,))
    return tuple(one for one in kept if known.holds(one.answer.about))
