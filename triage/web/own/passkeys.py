"""Passkeys on their pages: add one, give one as the second factor, take one away."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.cases.roles import Actor
from triage.cases.wall import Reason, Refused
from triage.casework.accounts.passkeys import add_passkey as keep_passkey
from triage.casework.accounts.passkeys import options_to_add, prove_with_passkey
from triage.casework.accounts.passkeys import remove_passkey as forget_passkey
from triage.web.own.blueprint import blueprint
from triage.web.own.factor import go_on, prove_page
from triage.web.own.origin import origin
from triage.web.shared.guards import reads, remember, service, token, writes
from triage.web.shared.posted import text_of
from triage.web.shared.refusals import reason_in_words
from triage.web.shared.replies import given, see_other
from triage.web.shared.translation import translated as _


@blueprint.post("/second-factor/passkey")
@writes("factor", "prove-passkey")
def prove_passkey(_actor: Actor) -> ResponseReturnValue:
    """Take what a passkey signed; the session goes on under a new token."""
    reply = text_of(request.form, "credential")
    result = prove_with_passkey(service(), token(), origin(), reply, request.remote_addr or "")
    if isinstance(result, Refused):
        return prove_page([{"text": reason_in_words(result.reason), "href": "#code"}]), 422
    return go_on(result)


@blueprint.get("/account/passkeys/new")
@reads("factor", "add-passkey")
def add_passkey(actor: Actor) -> ResponseReturnValue:
    """Show the form for a new passkey."""
    return _page(actor, "", [])


@blueprint.post("/account/passkeys/new")
@writes("factor", "add-passkey")
def add_passkey_post(actor: Actor) -> ResponseReturnValue:
    """Keep the passkey that the browser made."""
    name = text_of(request.form, "name")
    result = keep_passkey(service(), token(), origin(), name, text_of(request.form, "credential"))
    if isinstance(result, Refused):
        unnamed = result.reason is Reason.NOT_ACCEPTED
        text = _("Say what you call it.") if unnamed else _("This did not work. Try again, or use a code.")
        return _page(actor, name[:200], [{"text": text, "href": "#name"}]), 422
    remember(result.token)
    return see_other(url_for("own.account"))


@blueprint.post("/account/passkeys/<uuid:passkey_id>/remove")
@writes("factor", "remove-passkey")
def remove_passkey(_actor: Actor, passkey_id: UUID) -> ResponseReturnValue:
    """Take a passkey away."""
    remember(given(forget_passkey(service(), token(), passkey_id)).token)
    return see_other(url_for("own.account"))


def _page(actor: Actor, name: str, errors: list[dict[str, str]]) -> str:
    options = options_to_add(service(), token(), origin(), actor.name)
    return render_template("own/passkey.html", options=options, name=name, errors=errors)
