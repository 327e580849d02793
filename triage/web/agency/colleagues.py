"""Who writes for one's own agency, and where it is written to: pages of its lead alone."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.cases.roles import Actor
from triage.cases.wall import Refused
from triage.casework.agencies.accounts import close_clerk, invite_clerk, read_own_agency, take_clerk_back
from triage.casework.agencies.addresses import propose
from triage.web.agency.views import blueprint
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.posted import text_of
from triage.web.shared.refusals import problems_in_words
from triage.web.shared.replies import given, invited_page, see_other
from triage.web.shared.translation import translated as _


@blueprint.get("/colleagues")
@reads("colleague", "list")
def colleagues(actor: Actor) -> ResponseReturnValue:
    """Show who writes for the agency, who is invited, and where the agency is written to."""
    return _page(actor)


@blueprint.post("/colleagues/invite")
@writes("colleague", "invite")
def colleague_invited(actor: Actor) -> ResponseReturnValue:
    """Invite a clerk, and show the code this once."""
    result = invite_clerk(service(), actor, text_of(request.form, "name"))
    if isinstance(result, Refused):
        return _page(actor, [{"text": one, "href": "#name"} for one in problems_in_words(result)]), 422
    return invited_page(result, url_for("agency.colleagues"))


@blueprint.post("/colleagues/invitations/<uuid:invitation_id>/take-back")
@writes("colleague", "take-back")
def colleague_taken_back(actor: Actor, invitation_id: UUID) -> ResponseReturnValue:
    """Take an invitation of a clerk back."""
    given(take_clerk_back(service(), actor, invitation_id))
    return see_other(url_for("agency.colleagues"))


@blueprint.post("/colleagues/<uuid:account_id>/close")
@writes("colleague", "close")
def colleague_closed(actor: Actor, account_id: UUID) -> ResponseReturnValue:
    """Close the account of a clerk, once the lead said that they are sure."""
    if text_of(request.form, "sure") != "yes":
        return _page(actor, [{"text": _("Say that you are sure."), "href": f"#sure-{account_id}"}]), 422
    given(close_clerk(service(), actor, account_id))
    return see_other(url_for("agency.colleagues"))


@blueprint.post("/colleagues/address")
@writes("colleague", "address")
def colleague_address(actor: Actor) -> ResponseReturnValue:
    """Propose where the agency is written to; nothing typed takes the address away."""
    result = propose(service(), actor, text_of(request.form, "address"))
    if isinstance(result, Refused) and result.details:
        return _page(actor, [{"text": _("Type an e-mail address."), "href": "#address"}]), 422
    given(result)
    return see_other(url_for("agency.colleagues"))


def _page(actor: Actor, errors: list[dict[str, str]] | None = None) -> str:
    file = given(read_own_agency(service(), actor))
    return render_template("agency/colleagues.html", file=file, errors=errors or [], typed=request.form)
