"""Addresses of agencies that are also contact points of a person: seen by the support side, let by the safety lead."""

from collections.abc import Sequence
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from triage.cases.roles import Actor, Role
from triage.cases.wall import Reason, Refused
from triage.casework.agencies.addresses import allow, shared_addresses
from triage.web.openings.cards import blueprint
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.posted import text_of
from triage.web.shared.replies import given, see_other


@blueprint.get("/openings/addresses")
@reads("shared-address", "list")
def addresses(actor: Actor) -> ResponseReturnValue:
    """List them: of which agency, and whether it is written to all the same; of whom else they are is not told."""
    return _page(actor)


@blueprint.post("/openings/addresses/<uuid:agency_id>/allow")
@writes("shared-address", "allow")
def address_allowed(actor: Actor, agency_id: UUID) -> ResponseReturnValue:
    """Let the address that was on the page be used; another one, or one that is no longer shared, stays as it is."""
    result = allow(service(), actor, agency_id, text_of(request.form, "mark")[:64])
    if isinstance(result, Refused) and result.reason is Reason.NOT_NOW:
        text = _(
            "Nothing was allowed: the address was changed, or is no longer shared, since this page was shown. "
            "Check again."
        )
        return _page(actor, [{"text": text, "href": "#main-content"}]), 422
    given(result)
    return see_other(url_for("openings.addresses"))


def _page(actor: Actor, errors: Sequence[dict[str, str]] = ()) -> str:
    found = given(shared_addresses(service(), actor))
    allows = actor.role is Role.SAFETY_LEAD
    return render_template("openings/addresses.html", found=found, allows=allows, errors=errors)
