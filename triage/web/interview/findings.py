"""What the answers point to so far, as far as this person may read them."""

from uuid import UUID

from flask import render_template
from flask.typing import ResponseReturnValue

from triage.cases.roles import INTERVIEWERS, Actor, Role
from triage.web.interview.blueprint import blueprint
from triage.web.shared.evidence import findings_in_words, missing_cells
from triage.web.shared.guards import reads
from triage.web.shared.language import current_words
from triage.web.shared.opened import assessment_of, opened, rulebook


@blueprint.get("/cases/<uuid:case_id>/findings")
@reads("case", "read")
def findings(actor: Actor, case_id: UUID) -> ResponseReturnValue:
    """Show the findings with their evidence; what is missing is listed for the panel alone."""
    case, assessment = opened(actor, case_id), assessment_of(actor, case_id)
    shown = findings_in_words(actor, case, rulebook(), assessment, current_words()) if assessment else ()
    missing = (
        missing_cells(assessment.missing, current_words()) if assessment and actor.role is Role.PANEL_MEMBER else ()
    )
    standing = tuple(one for one in shown if one.stands)
    open_ones = tuple(one for one in shown if not one.stands)
    return render_template(
        "interview/findings.html",
        case=case,
        standing=standing,
        others=open_ones,
        missing=missing,
        hidden=assessment is None,
        partly=actor.role in INTERVIEWERS,
    )
