"""Sign in, sign out, language, danger: the pages open to anyone."""

from typing import Final

from flask import Blueprint, abort, make_response, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from triage.cases.roles import Actor
from triage.cases.wall import Reason, Refused
from triage.casework.access.matrix import access_matrix
from triage.casework.accounts.invitations import accept
from triage.casework.accounts.notices import has_news
from triage.casework.accounts.sessions import sign_out as end_session
from triage.casework.accounts.signing_in import sign_in as sign_in_with
from triage.web.danger.keeping import danger_page
from triage.web.shared.guards import reads, remember, service, token, writes
from triage.web.shared.language import LANGUAGES
from triage.web.shared.posted import local_path, text_of
from triage.web.shared.refusals import problems_in_words, reason_in_words
from triage.web.shared.replies import see_other
from triage.web.shared.translation import translated as _

blueprint = Blueprint("door", __name__)
_FIRST_PAGES: Final = (
    ("interview.cases", "GET case.list"),
    ("office.accounts", "GET account.list"),
    ("agency.referrals", "GET agency-referral.list"),
    ("translations.index", "GET translation.exchange"),
)
"""The first page of a role is the first of these that it may open; the flows for whoever may open none."""


@blueprint.get("/")
@reads("door", "home")
def home(actor: Actor) -> ResponseReturnValue:
    """Lead on to the first page of a role; once after a sign-in, first to what happened to one's account meanwhile."""
    if not session.get("told"):
        session["told"] = True
        if has_news(service(), actor):
            return see_other(url_for("own.account"))
    matrix = access_matrix()
    for address, permit in _FIRST_PAGES:
        if actor.role in matrix.permits[permit].roles:
            return see_other(url_for(address))
    return see_other(url_for("flows.index"))


@blueprint.get("/sign-in")
@reads("door", "sign-in")
def sign_in() -> ResponseReturnValue:
    """Show the form to sign in."""
    return render_template("door/sign_in.html", name="", errors=[])


@blueprint.post("/sign-in")
@writes("door", "sign-in")
def sign_in_post() -> ResponseReturnValue:
    """Sign in; the session is a new one."""
    name, password = text_of(request.form, "name")[:200], request.form.get("password", "")[:500]
    result = sign_in_with(service(), name, password, request.remote_addr or "")
    if isinstance(result, Refused):
        errors = [{"text": reason_in_words(result.reason), "href": "#name"}]
        return render_template("door/sign_in.html", name=name, errors=errors), 400
    remember(result.token)
    return see_other(url_for("door.home"))


@blueprint.get("/invitation")
@reads("door", "invitation")
def invitation() -> ResponseReturnValue:
    """Show the form for the code of an invitation; the code is typed, and never part of an address."""
    return render_template("door/invitation.html", code="", errors=[])


@blueprint.post("/invitation")
@writes("door", "accept-invitation")
def invitation_post() -> ResponseReturnValue:
    """Take the code and the chosen password; the second factor comes next."""
    code, password = text_of(request.form, "code")[:100], request.form.get("password", "")[:500]
    if password != request.form.get("repeated_password", "")[:500]:
        errors = [{"text": _("The two passwords differ."), "href": "#repeated_password"}]
        return render_template("door/invitation.html", code=code, errors=errors), 422
    result = accept(service(), code, password, request.remote_addr or "")
    if isinstance(result, Refused):
        field = "#password" if result.reason is Reason.NOT_ACCEPTED else "#code"
        errors = [{"text": one, "href": field} for one in problems_in_words(result)]
        return render_template("door/invitation.html", code=code, errors=errors), 422
    remember(result.token)
    return see_other(url_for("door.home"))


@blueprint.post("/sign-out")
@writes("door", "sign-out")
def sign_out(_actor: Actor) -> ResponseReturnValue:
    """End the session here and in the store."""
    end_session(service(), token())
    session.clear()
    answer = make_response(see_other(url_for("door.sign_in")))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@blueprint.post("/language/<code>")
@writes("door", "language")
def language(code: str) -> ResponseReturnValue:
    """Keep the language chosen on this device and come back."""
    if code not in LANGUAGES:
        abort(404)
    session["language"] = code
    return see_other(local_path(text_of(request.form, "back")) or url_for("door.home"))


@blueprint.get("/danger")
@reads("door", "danger")
def danger() -> ResponseReturnValue:
    """Say whom to call, and lead on to the cases, where a danger is recorded."""
    return danger_page(None)
