"""The page after an answer that changes the path: which answers no longer count and why, which count again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.cases.model import CaseView
from triage.cases.record import Answer
from triage.cases.roles import Actor
from triage.cases.wall import Refused
from triage.casework.results import Recorded
from triage.casework.telling.effects import effect, effect_of_new
from triage.web.interview.blueprint import blueprint
from triage.web.interview.check import aside_line
from triage.web.interview.steps import next_address
from triage.web.shared.guards import reads, service
from triage.web.shared.language import current_words
from triage.web.shared.opened import opened, rulebook
from triage.web.shared.posted import local_path
from triage.web.shared.replies import given
from triage.web.shared.said import said

if TYPE_CHECKING:
    from triage.routing.assessment import Assessment
    from triage.routing.effects import Effect


def address_after_new(
    actor: Actor, seen: CaseView, recorded: Recorded, onward: Callable[[Assessment | None], str], back: str = ""
) -> str:  # fmt: skip
    """Where to go after an answer was given to a case as it was seen: as `address_after`, mostly without reading it."""
    told = effect_of_new(service(), seen, recorded)
    if told is None:
        return address_after(actor, seen.id, recorded.id, onward, back)
    return _address(told, seen.id, recorded.id, onward, back)


def address_after(
    actor: Actor, case_id: UUID, answer_id: UUID, onward: Callable[[Assessment | None], str], back: str = ""
) -> str:  # fmt: skip
    """Where to go after an answer was given, corrected or taken back: to what it changed, else on.

    `onward` is asked with what follows from the case as it is now, so that it is worked out once; `back` is the page
    that a danger interrupted.
    """
    seen = effect(service(), actor, case_id, answer_id)
    if isinstance(seen, Refused):
        return onward(None)
    return _address(seen, case_id, answer_id, onward, back)


def _address(
    told: Effect, case_id: UUID, answer_id: UUID, onward: Callable[[Assessment | None], str], back: str
) -> str:  # fmt: skip
    if told.changes_something:
        return url_for("interview.effects", case_id=case_id, answer_id=answer_id, back=back or None)
    return onward(told.after)


@blueprint.get("/cases/<uuid:case_id>/answers/<uuid:answer_id>/effects")
@reads("answer", "effects")
def effects(actor: Actor, case_id: UUID, answer_id: UUID) -> ResponseReturnValue:
    """Show what an answer changed, and lead on."""
    case, found, words = opened(actor, case_id), given(effect(service(), actor, case_id, answer_id)), current_words()
    known: dict[str, Answer] = {answer.id: answer for answer in case.record.answers}
    one, aside = known[str(answer_id)], found.after.set_aside
    return render_template(
        "interview/effects.html", case=case, one=said(rulebook(), one, words), taken_back=one.withdrawn,
        ask=words(f"{one.question}.ask", one.about), flow=rulebook().questions[one.question].flow,
        fallen=[aside_line(rulebook(), known[each], aside[each], words) for each in found.fallen],
        returned=[aside_line(rulebook(), known[each], "", words) for each in found.returned],
        onward=local_path(request.args.get("back", "")) or next_address(actor, case, rulebook(), found.after, one),
    )  # fmt: skip
