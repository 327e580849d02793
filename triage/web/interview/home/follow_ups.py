"""The page of what one worker is to ask again, in all their cases."""

from flask import render_template
from flask.typing import ResponseReturnValue

from triage.cases.roles import Actor
from triage.casework.telling.follow_ups import to_do_everywhere
from triage.web.interview.asking import today
from triage.web.interview.blueprint import blueprint
from triage.web.interview.home.to_do import to_do_lines
from triage.web.shared.guards import reads, service
from triage.web.shared.language import current_words


@blueprint.get("/follow-ups")
@reads("follow-up", "list")
def follow_ups(actor: Actor) -> ResponseReturnValue:
    """List what is to be asked again or safely, case by case, the case with the most pressing first."""
    words, day = current_words(), today()
    found = [(case, to_do_lines(one, day, words)) for case, one in to_do_everywhere(service(), actor)]
    cases = sorted(((case, lines) for case, lines in found if lines), key=lambda one: not one[1][0].presses)
    return render_template("interview/follow_ups.html", cases=cases)
