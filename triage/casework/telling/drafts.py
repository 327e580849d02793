"""What was typed and is no answer yet: kept when somebody leaves a page, given back to them alone, gone after a day.

A draft is nothing that anybody did: it stands in no record, raises no version, and neither rules nor others read it.
"""

from typing import Final
from uuid import UUID

from triage.cases.roles import Action, Actor
from triage.cases.wall import Refused
from triage.casework.service import RULES, Service
from triage.casework.standing import Standing, stand
from triage.store.audit import Entry
from triage.store.drafts.drafts import (
    Draft,
    Fields,
    drop_draft,
    forget_old_drafts,
    read_drafts,
    replace_draft,
)
from triage.store.work import Work

__all__ = ["MOST_DRAFTS", "Draft", "discard_draft", "drafts_in", "forget_drafts", "keep_draft"]

MOST_DRAFTS: Final = 40
"""How many forms one person may leave half filled in one case; one more takes the place of the oldest."""


def keep_draft(
    service: Service, actor: Actor, case_id: UUID | str, place: tuple[str, str], fields: Fields
) -> Refused | None:
    """Keep what was typed on the page of a question at a place, instead of what was kept of it before."""
    with service.writing(actor) as work:
        work.is_no_act()
        standing = stand(work, actor, case_id, Action.READ_CASE)
        if isinstance(standing, Refused):
            return standing
        held = _held(work, standing)
        for old in held[: max(0, len(held) - MOST_DRAFTS + 1)]:
            _drop(work, standing, (old.question, old.about))
        draft = Draft(*place, fields, int(work.now.timestamp()))
        altered = replace_draft(work, standing.keys, standing.case.id, actor.id, standing.desk, draft)
        _write_down(work, standing, altered)
    return None


def drafts_in(service: Service, actor: Actor, case_id: UUID | str) -> tuple[Draft, ...]:
    """What this person typed in a case and did not record, the oldest first; nothing where they may not read it."""
    with service.reading(actor) as work:
        standing = stand(work, actor, case_id, Action.READ_CASE)
        return () if isinstance(standing, Refused) or not standing.unsaved else _held(work, standing)


def discard_draft(service: Service, actor: Actor, case_id: UUID | str, place: tuple[str, str]) -> None:
    """Forget what was typed on a page: it was recorded, or thrown away."""
    with service.writing(actor) as work:
        work.is_no_act()
        standing = stand(work, actor, case_id, Action.READ_CASE)
        if not isinstance(standing, Refused) and standing.unsaved:
            _drop(work, standing, place)


def forget_drafts(service: Service) -> int:
    """Delete whatever was kept for longer than a day, whoever typed it; how many."""
    with service.writing(RULES) as work:
        work.is_no_act()
        return forget_old_drafts(work)


def _held(work: Work, standing: Standing) -> tuple[Draft, ...]:
    return read_drafts(work, standing.keys, standing.case.id, standing.actor.id, standing.desk)


def _drop(work: Work, standing: Standing, place: tuple[str, str]) -> None:
    altered = drop_draft(work, standing.keys, standing.case.id, standing.actor.id, standing.desk, place)
    _write_down(work, standing, altered)


def _write_down(work: Work, standing: Standing, altered: int) -> None:
    """Say in the audit that drafts did not open and were dropped: they stop nothing, and are not passed over."""
    if altered:
        actor = standing.actor
        work.audit(Entry("drop-draft", "unreadable", actor.id, standing.case.id, actor.side.value))
