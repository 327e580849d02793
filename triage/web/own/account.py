"""One's own account: what is signed in where, which factors there are, a new password."""

from uuid import UUID

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from triage.cases.roles import Actor
from triage.cases.wall import Reason, Refused
from triage.casework.accounts.notices import see_notices
from triage.casework.accounts.second_factor import factors_of
from triage.casework.accounts.sessions import end_other_sessions, list_sessions
from triage.casework.accounts.sessions import end_session as end_one
from triage.casework.accounts.signing_in import change_password
from triage.casework.provider.signing_in import link_name
from triage.web.own.blueprint import blueprint
from triage.web.own.changes import change_in_words
from triage.web.shared.guards import reads, remember, service, this_visit, token, writes
from triage.web.shared.refusals import problems_in_words
from triage.web.shared.replies import see_other
from triage.web.shared.translation import translated as _


@blueprint.get("/account")
@reads("own-account", "read")
def account(actor: Actor) -> ResponseReturnValue:
    """Show one's sessions and second factors."""
    sessions = list_sessions(service(), this_visit())
    factors, link = factors_of(service(), actor.id), link_name(service(), token())
    return render_template(
        "own/account.html", actor=actor, sessions=sessions, factors=factors, link=link,
        notices=[(change_in_words(one.change), one.at) for one in see_notices(service(), actor)],
    )  # fmt: skip


@blueprint.post("/account/sessions/<uuid:session_id>/end")
@writes("own-account", "end-session")
def end_session(_actor: Actor, session_id: UUID) -> ResponseReturnValue:
    """End one session of one's own."""
    if not end_one(service(), this_visit(), session_id):
        abort(404)
    return see_other(url_for("own.account"))


@blueprint.post("/account/sessions/end-others")
@writes("own-account", "end-others")
def end_others(_actor: Actor) -> ResponseReturnValue:
    """End every session of one's own but this one."""
    end_other_sessions(service(), this_visit())
    return see_other(url_for("own.account"))


@blueprint.get("/account/password")
@reads("own-account", "password")
def password(_actor: Actor) -> ResponseReturnValue:
    """Show the form for a new password."""
    return render_template("own/password.html", errors=[])


@blueprint.post("/account/password")
@writes("own-account", "password")
def password_post(_actor: Actor) -> ResponseReturnValue:
    """Change one's own password; every other session ends."""
    new = request.form.get("new_password", "")[:500]
    if new != request.form.get("repeated_password", "")[:500]:
        errors = [{"text": _("The two new passwords differ."), "href": "#repeated_password"}]
        return render_template("own/password.html", errors=errors), 422
    result = change_password(service(), token(), request.form.get("password", "")[:500], new)
    if isinstance(result, Refused):
        field = "#password" if result.reason is Reason.SIGN_IN_REFUSED else "#new_password"
        errors = [{"text": text, "href": field} for text in problems_in_words(result)]
        return render_template("own/password.html", errors=errors), 422
    remember(result.token)
    return see_other(url_for("own.account"))
