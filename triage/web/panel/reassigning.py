"""The page on which another worker is chosen for a person whose worker stood on both sides."""

from uuid import UUID

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.cases.roles import Actor
from triage.cases.wall import Reason, Refused
from triage.casework.matching.reassigning import reassign, vacancies
from triage.web.panel.matches import blueprint
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.posted import text_of
from triage.web.shared.replies import given, see_other
from triage.web.shared.translation import translated as _

__all__ = ["blueprint"]
NOBODY = "nobody"
"""What the form sends for leaving a person free."""


@blueprint.get("/reassign")
@reads("reassignment", "list")
def waiting(actor: Actor) -> ResponseReturnValue:
    """List the persons who wait for another worker."""
    return _page(actor, "")


@blueprint.post("/reassign/<uuid:case_id>/<side>/<letter>")
@writes("reassignment", "choose")
def choose(actor: Actor, case_id: UUID, side: str, letter: str) -> ResponseReturnValue:
    """Choose another worker for one person, or leave the person free."""
    chosen = text_of(request.form, "worker")
    if not chosen:
        return _page(actor, f"{case_id}/{side}/{letter}"), 422
    done = reassign(service(), actor, case_id, letter.upper(), side, None if chosen == NOBODY else chosen)
    if isinstance(done, Refused) and done.reason is Reason.NOT_ACCEPTED:  # somebody else became that worker meanwhile
        return _page(actor, f"{case_id}/{side}/{letter}"), 409
    given(done)
    return see_other(url_for("matches.waiting"))


def _page(actor: Actor, failed: str) -> str:
    places = [(f"{one.case_id}/{one.side}/{one.letter.lower()}", one) for one in given(vacancies(service(), actor))]
    at = next((number for number, (place, _one) in enumerate(places) if place == failed), None)
    if failed and at is None:
        abort(404)
    errors = [] if at is None else [{"text": _("Choose who goes on, or nobody yet."), "href": f"#worker-{at}"}]
    return render_template("panel/workers.html", places=[one for _place, one in places], at=at, errors=errors)
