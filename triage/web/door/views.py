"""Sign in, sign out, language, danger: the pages open to anyone."""

from flask import Blueprint, abort, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from triage.cases.roles import Actor
from triage.cases.wall import Refused
from triage.casework.accounts import sign_in as sign_in_with
from triage.casework.accounts import sign_out as end_session
from triage.web.shared.guards import reads, service, signed_in, writes
from triage.web.shared.language import LANGUAGES
from triage.web.shared.posted import text_of
from triage.web.shared.refusals import reason_in_words
from triage.web.shared.replies import see_other

blueprint = Blueprint("door", __name__)


@blueprint.get("/")
@reads("door", "home")
def home(_actor: Actor) -> ResponseReturnValue:
    """Lead on to the list of cases."""
    return see_other(url_for("interview.cases"))


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
    result = sign_in_with(service(), name, password)
    if isinstance(result, Refused):
        errors = [{"text": reason_in_words(result.reason), "href": "#name"}]
        return render_template("door/sign_in.html", name=name, errors=errors), 400
    language = session.get("language")
    session.clear()
    session.update({"token": result.token} | ({"language": language} if language else {}))
    return see_other(url_for("interview.cases"))


@blueprint.post("/sign-out")
@writes("door", "sign-out")
def sign_out(_actor: Actor) -> ResponseReturnValue:
    """End the session here and in the store."""
    end_session(service(), str(session.get("token")))
    session.clear()
    return see_other(url_for("door.sign_in"))


@blueprint.post("/language/<code>")
@writes("door", "language")
def language(code: str) -> ResponseReturnValue:
    """Keep the language chosen on this device and come back."""
    if code not in LANGUAGES:
        abort(404)
    session["language"] = code
    back = text_of(request.form, "back")
    inside = back.startswith("/") and not back.startswith(("//", "/\\")) and len(back) < 300 and back.isprintable()
    return see_other(back if inside else url_for("door.home"))


@blueprint.get("/danger")
@reads("door", "danger")
def danger() -> ResponseReturnValue:
    """Say whom to call, and lead on to the question on danger when a case is open."""
    return render_template("door/danger.html", signed_in=signed_in() is not None)
