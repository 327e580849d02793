"""Where a case stands for the support side: the signed result and the status of the support, never the reasons."""

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from triage.cases.roles import Actor
from triage.casework.contact_points import shared_points
from triage.web.shared.acts import acts_for
from triage.web.shared.guards import reads, service
from triage.web.shared.language import current_words
from triage.web.shared.opened import opened
from triage.web.shared.replies import given
from triage.web.shared.said import act_lines

blueprint = Blueprint("support", __name__)


@blueprint.get("/cases/<uuid:case_id>/standing")
@reads("standing", "read")
def position(actor: Actor, case_id: UUID) -> ResponseReturnValue:
    """Show what has been signed, and the acts that the support side owes."""
    case, words = opened(actor, case_id), current_words()
    signed = tuple(act_lines(act, words) for act in case.record.acts)
    shared = given(shared_points(service(), actor, case_id))
    return render_template(
        "support/position.html", case=case, signed=signed, possible=acts_for(actor, case), shared=shared
    )
