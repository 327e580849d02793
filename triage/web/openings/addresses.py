"""Addresses of agencies that are also contact points of a person: seen by the support side, let by the safety lead."""

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from triage.cases.roles import Actor, Role
from triage.casework.agencies.addresses import allow, shared_addresses
from triage.web.openings.cards import blueprint
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.replies import given, see_other


@blueprint.get("/openings/addresses")
@reads("shared-address", "list")
def addresses(actor: Actor) -> ResponseReturnValue:
    """List them: of which agency, and whether it is written to all the same; of whom else they are is not told."""
    found = given(shared_addresses(service(), actor))
    return render_template("openings/addresses.html", found=found, allows=actor.role is Role.SAFETY_LEAD)


@blueprint.post("/openings/addresses/<uuid:agency_id>/allow")
@writes("shared-address", "allow")
def address_allowed(actor: Actor, agency_id: UUID) -> ResponseReturnValue:
    """Let an address be used; one that is no longer shared stays as it is."""
    allow(service(), actor, agency_id)
    return see_other(url_for("openings.addresses"))
