"""The record of one side, to be printed: what was written at the reader's own desk, and nothing from any other."""

from dataclasses import replace
from uuid import UUID

from triage.cases.model import CaseView
from triage.cases.roles import Action, Actor
from triage.cases.wall import Refused
from triage.casework.service import Service
from triage.casework.standing import Standing, note_reading, stand
from triage.casework.views import view_of, visible_answers
from triage.store.assessments import read_acts
from triage.store.work import Work


def own_record(service: Service, actor: Actor, case_id: UUID | str) -> CaseView | Refused:
    """Read what a worker's own desk wrote of a case: paper leaves the house, so it holds one side alone (domain 0.5).

    An advocate reads the card of safe contact wherever it was written; on paper stands only what her own desk wrote.
    Output: the case with those answers and acts; or `Refused`, the same for a case that does not exist.
    """
    with service.reading(actor) as work:
        standing = stand(work, actor, case_id, Action.READ_CASE)
        seen = standing if isinstance(standing, Refused) else _of_own_desk(work, standing)
    note_reading(service, actor, Action.READ_CASE, case_id, seen)
    return seen


def _of_own_desk(work: Work, standing: Standing) -> CaseView:
    view = view_of(work, standing)
    answers = tuple(one.answer for one in visible_answers(work, standing) if one.desk == standing.desk)
    acts = tuple(one.act for one in read_acts(work, standing.keys, standing.case.id, (standing.desk,)))
    return replace(view, record=replace(view.record, answers=answers, acts=acts))
