"""The agencies that refer, on pages of the office: make one, invite for it, propose or confirm its address."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from triage.cases.roles import Actor, Role, Side
from triage.cases.wall import Refused
from triage.casework.agencies.accounts import agency_files, invite_to_agency, make_agency, read_agency_file
from triage.casework.agencies.addresses import confirm, propose
from triage.web.office.accounts import blueprint
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.posted import text_of
from triage.web.shared.refusals import problems_in_words
from triage.web.shared.replies import given, invited_page, see_other
from triage.web.shared.staff_words import standing_in_words
from triage.web.shared.translation import translated as _

ROLES: Final[Mapping[str, Role]] = {role.value: role for role in (Role.AGENCY_LEAD, Role.AGENCY_CLERK)}
_WRITING: Final = frozenset({Role.ADMINISTRATOR})


@blueprint.get("/office/agencies")
@reads("agency", "list")
def agencies(actor: Actor) -> ResponseReturnValue:
    """List the agencies, with the form of another one."""
    return _list(actor)


@blueprint.post("/office/agencies")
@writes("agency", "add")
def agency_added(actor: Actor) -> ResponseReturnValue:
    """Make an agency."""
    name = text_of(request.form, "name")
    made = make_agency(service(), actor, name)
    if isinstance(made, Refused):
        text = _("Type the name of the agency; two agencies of one name are not told apart.")
        return _list(actor, [{"text": text, "href": "#name"}], name), 422
    return see_other(url_for("office.agency", agency_id=made.id))


@blueprint.get("/office/agencies/<uuid:agency_id>")
@reads("agency", "read")
def agency(actor: Actor, agency_id: UUID) -> ResponseReturnValue:
    """Show who writes for an agency, who is invited, and where it is written to."""
    return _page(actor, agency_id)


@blueprint.post("/office/agencies/<uuid:agency_id>/invite")
@writes("agency", "invite")
def agency_invited(actor: Actor, agency_id: UUID) -> ResponseReturnValue:
    """Invite somebody of an agency, and show the code this once."""
    name, role = text_of(request.form, "name"), ROLES.get(text_of(request.form, "role"))
    if role is None:
        return _page(actor, agency_id, [{"text": _("Choose a role."), "href": "#role"}]), 422
    result = invite_to_agency(service(), actor, agency_id, name, role)
    if isinstance(result, Refused):
        errors = [{"text": one, "href": "#name"} for one in problems_in_words(result)]
        return _page(actor, agency_id, errors), 422
    return invited_page(result, url_for("office.agency", agency_id=agency_id))


@blueprint.post("/office/agencies/<uuid:agency_id>/address")
@writes("agency", "address")
def agency_address(actor: Actor, agency_id: UUID) -> ResponseReturnValue:
    """Propose where an agency is written to, for another person to confirm; nothing typed takes the address away."""
    result = propose(service(), actor, text_of(request.form, "address"), agency_id)
    if isinstance(result, Refused) and result.details:
        return _page(actor, agency_id, [{"text": _("Type an e-mail address."), "href": "#address"}]), 422
    given(result)
    return see_other(url_for("office.agency", agency_id=agency_id))


@blueprint.post("/office/agencies/<uuid:agency_id>/confirm-address")
@writes("agency", "confirm-address")
def agency_confirmed(actor: Actor, agency_id: UUID) -> ResponseReturnValue:
    """Use the address that is shown, as the second person."""
    result = confirm(service(), actor, agency_id, text_of(request.form, "address"))
    if isinstance(result, Refused):
        text = _("This address is no longer the one that is proposed, or you proposed it yourself.")
        return _page(actor, agency_id, [{"text": text, "href": "#confirm"}]), 422
    return see_other(url_for("office.agency", agency_id=agency_id))


def _list(actor: Actor, errors: list[dict[str, str]] | None = None, name: str = "") -> str:
    return render_template(
        "office/agencies.html", agencies=given(agency_files(service(), actor)), errors=errors or [], name=name,
        may_write=actor.role in _WRITING,
    )  # fmt: skip


def _page(actor: Actor, agency_id: UUID, errors: list[dict[str, str]] | None = None) -> str:
    file = given(read_agency_file(service(), actor, agency_id))
    chosen = text_of(request.form, "role")
    roles = [
        {
            "value": value,
            "text": standing_in_words(role, Side.AGENCY),
            "hint": {"text": HINTS[role]},
            "checked": value == chosen,
        }
        for value, role in ROLES.items()
    ]
    return render_template(
        "office/agency.html", file=file, errors=errors or [], typed=request.form, roles=roles,
        may_write=actor.role in _WRITING, is_own_proposal=file.mailbox.proposed_by == actor.id,
    )  # fmt: skip


HINTS: Final[Mapping[Role, object]] = {
    Role.AGENCY_LEAD: lazy_gettext("Sees every referral of the agency, sends files, invites and closes its clerks."),
    Role.AGENCY_CLERK: lazy_gettext("Sees the referrals that they wrote themselves."),
}
"""What a role of an agency opens."""
