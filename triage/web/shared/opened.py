"""A case opened for one person: what they may read of it, and what follows from that by the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import g

from triage.cases.model import CaseView
from triage.cases.record import Act, Answer
from triage.cases.roles import Actor
from triage.cases.wall import Refused
from triage.casework.assessments import assessed, read
from triage.casework.results import Conflict
from triage.flow.model import Rulebook
from triage.web.shared.guards import service
from triage.web.shared.language import current_words
from triage.web.shared.replies import given
from triage.web.shared.said import about_in_words, act_lines, said
from triage.web.shared.translation import translated as _

if TYPE_CHECKING:
    from triage.routing.assessment import Assessment


def rulebook() -> Rulebook:
    """Give the rules in force."""
    return service().rules.rulebook


def opened(actor: Actor, case_id: UUID) -> CaseView:
    """Give the case as this person may read it, or end with the constant 404."""
    return in_words_of(given(read(service(), actor, case_id)))


def in_words_of(case: CaseView) -> CaseView:
    """Give the case; from here on the words of this request name its persons."""
    g.case_id = case.id
    g.words = current_words().among(case.record.pairs)
    return case


def assessment_of(actor: Actor, case_id: UUID) -> Assessment | None:
    """Give what follows from what this person may read; None when it cannot be told."""
    result = assessed(service(), actor, case_id)
    return None if isinstance(result, Refused) else result


def changes(conflict: Conflict) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Put what was recorded meanwhile into words: what and where, then each of its parts."""
    return tuple(_change(event) for event in conflict.changed) or ((_("This case"), (_("Something was recorded."),)),)


def _change(event: Answer | Act) -> tuple[str, tuple[str, ...]]:
    words = current_words()
    if isinstance(event, Act):
        return _("Act"), (act_lines(event, words),)
    one = said(rulebook(), event, words)
    ask = words(f"{event.question}.ask", event.about)
    parts = [
        *one.lines,
        one.source,
        one.by,
        one.on,
        *one.marks,
        one.withdrawn and _("Taken back: %(why)s", why=one.withdrawn),
    ]
    return f"{event.question} · {about_in_words(event.about)} · {ask}", tuple(filter(None, parts))
