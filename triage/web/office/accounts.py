"""The accounts of those who work here, on pages: list, invite, close, ask and answer as the second person."""

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.cases.openings import OVERSEERS
from triage.cases.roles import SIDES_OF, STAFF_SIDES, Actor, Role, Side
from triage.cases.wall import Refused
from triage.casework.accounts import office
from triage.casework.accounts.office import CHANGE, RESET, Invited, Staff
from triage.web.danger.keeping import keeps_form
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.posted import text_of
from triage.web.shared.refusals import problems_in_words
from triage.web.shared.replies import given, invited_page, see_other
from triage.web.shared.staff_words import standing_in_words
from triage.web.shared.translation import translated as _

blueprint = Blueprint("office", __name__)
STANDINGS: Final[Mapping[str, tuple[Role, Side]]] = {
    f"{role}/{side}": (role, side) for role in Role for side in Side if side in STAFF_SIDES and side in SIDES_OF[role]
}
"""Every role of staff on every side on which it may stand, by the value that the forms send."""


@blueprint.get("/office/accounts")
@reads("account", "list")
def accounts(actor: Actor) -> ResponseReturnValue:
    """List accounts, invitations and what waits for a second person."""
    staff = given(office.staff_of(service(), actor))
    names = {one.id: one.name for one in staff.accounts}
    return render_template(
        "office/accounts.html", staff=staff, names=names, actor=actor, may_invite=actor.role is Role.ADMINISTRATOR,
        oversees=actor.role in OVERSEERS, sees_messages=actor.role in {Role.ADMINISTRATOR, Role.MANAGER},
        may_manage=actor.role in _MANAGING, answerable={one.id for one in staff.requests if _may_answer(actor, one)},
    )  # fmt: skip


@blueprint.get("/office/accounts/invite")
@reads("account", "invite")
def invite(_actor: Actor) -> ResponseReturnValue:
    """Show the form of an invitation."""
    return _invite_page("", "", [])


@blueprint.post("/office/accounts/invite")
@writes("account", "invite")
@keeps_form(lambda _actor, typed: _invite_page(text_of(typed, "name")[:200], text_of(typed, "standing"), []))
def invite_post(actor: Actor) -> ResponseReturnValue:
    """Invite somebody, and show the code this once."""
    name, chosen = text_of(request.form, "name")[:200], text_of(request.form, "standing")
    if chosen not in STANDINGS:
        return _invite_page(name, chosen, [{"text": _("Choose a role."), "href": "#standing"}]), 422
    result = office.invite(service(), actor, name, *STANDINGS[chosen])
    if isinstance(result, Refused):
        return _invite_page(name, chosen, [{"text": one, "href": "#name"} for one in problems_in_words(result)]), 422
    return invited_page(result, url_for("office.accounts"))


@blueprint.post("/office/invitations/<uuid:invitation_id>/take-back")
@writes("account", "take-invitation-back")
def take_back(actor: Actor, invitation_id: UUID) -> ResponseReturnValue:
    """Take an invitation back."""
    given(office.take_invitation_back(service(), actor, invitation_id))
    return see_other(url_for("office.accounts"))


@blueprint.get("/office/accounts/<uuid:account_id>")
@reads("account", "manage")
def manage(actor: Actor, account_id: UUID) -> ResponseReturnValue:
    """Show what can be done about one account."""
    return _manage_page(actor, account_id, [])


@blueprint.post("/office/accounts/<uuid:account_id>/close")
@writes("account", "close")
def close(actor: Actor, account_id: UUID) -> ResponseReturnValue:
    """Close an account at once."""
    if text_of(request.form, "sure") != "yes":
        return _manage_page(actor, account_id, [{"text": _("Say that you are sure."), "href": "#sure"}]), 422
    result = office.close(service(), actor, account_id)
    if isinstance(result, Refused):
        errors = [{"text": one, "href": "#sure"} for one in problems_in_words(result)]
        return _manage_page(actor, account_id, errors), 422
    return see_other(url_for("office.accounts"))


@blueprint.post("/office/accounts/<uuid:account_id>/ask")
@writes("account", "ask")
def ask(actor: Actor, account_id: UUID) -> ResponseReturnValue:
    """Ask for a reset, or for another role, which a second person must confirm."""
    kind, chosen = text_of(request.form, "kind"), text_of(request.form, "standing")
    standing = STANDINGS.get(chosen) if kind == CHANGE else STANDINGS["auditor/independent"]
    if kind not in {RESET, CHANGE} or standing is None:
        return _manage_page(actor, account_id, [{"text": _("Choose what you ask for."), "href": "#kind"}]), 422
    result = office.ask(service(), actor, account_id, kind, standing)
    if isinstance(result, Refused):
        errors = [{"text": one, "href": "#kind"} for one in problems_in_words(result)]
        return _manage_page(actor, account_id, errors), 422
    return see_other(url_for("office.accounts"))


@blueprint.post("/office/requests/<uuid:request_id>/answer")
@writes("account", "answer")
def answer(actor: Actor, request_id: UUID) -> ResponseReturnValue:
    """Confirm or decline, as the second person; a confirmed reset shows the code for the owner this once."""
    reply = text_of(request.form, "reply")
    if reply not in {"confirm", "decline"}:
        abort(400)
    result = given(office.answer(service(), actor, request_id, confirms=reply == "confirm"))
    here = url_for("office.accounts")
    return invited_page(result, here) if isinstance(result, Invited) else see_other(here)


_MANAGING = frozenset({Role.ADMINISTRATOR, Role.MANAGER, Role.DATA_PROTECTION_OFFICER})


def _may_answer(actor: Actor, request_line: object) -> bool:
    return actor.role in _MANAGING and getattr(request_line, "user_id", None) != actor.id


def _invite_page(name: str, chosen: str, errors: list[dict[str, str]]) -> str:
    return render_template("office/invite.html", name=name, standings=_choices(chosen), errors=errors)


def _manage_page(actor: Actor, account_id: UUID, errors: list[dict[str, str]]) -> str:
    staff: Staff = given(office.staff_of(service(), actor))
    found = next((one for one in staff.accounts if one.id == account_id and not one.closed), None)
    if found is None:
        abort(404)
    kinds = (RESET,) if found.side == Side.AGENCY else (RESET, CHANGE)
    asked = [kind for kind in kinds if any(actor.role in roles for roles in office.TOGETHER[kind])]
    return render_template(
        "office/manage.html", account=found, errors=errors, standings=_choices(""), is_own=found.id == actor.id,
        may_close=actor.role is Role.ADMINISTRATOR, asked=asked,
    )  # fmt: skip


def _choices(chosen: str) -> list[dict[str, object]]:
    return [
        {"value": value, "text": standing_in_words(*standing), "checked": value == chosen}
        for value, standing in STANDINGS.items()
    ]
