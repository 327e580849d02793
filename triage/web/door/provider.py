"""Sign in, or link one's account, through a provider of identities: the way there, and the way back.

The cookie of this program is `SameSite=Strict`: a browser that comes back from the provider does not send it. So the
page of the return leads on by itself to a page of our own, where the cookie is there again, and a form completes it:
no GET changes anything. Source: ADR 0046.
"""

from urllib.parse import urlencode

from flask import Blueprint, Response, abort, make_response, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from triage.cases.roles import Actor
from triage.cases.wall import Reason, Refused
from triage.casework.provider.signing_in import Answer, Linked, come_back, set_out
from triage.casework.provider.signing_in import unlink as take_link_away
from triage.web.shared.guards import reads, remember, service, signed_in, token, writes
from triage.web.shared.posted import Typed, text_of
from triage.web.shared.refusals import reason_in_words
from triage.web.shared.replies import see_other

blueprint = Blueprint("provider", __name__)
_LONGEST = 2000
_STATUS = {Reason.PROVIDER_DOWN: 503, Reason.TOO_OFTEN: 429}
_BROUGHT = ("code", "state", "iss")


@blueprint.post("/sign-in/provider")
@writes("provider", "leave")
def leave() -> ResponseReturnValue:
    """Set out to the provider to sign in."""
    return _sent_there("")


@blueprint.get("/sign-in/provider/return")
@reads("provider", "return")
def come_home() -> ResponseReturnValue:
    """Lead on from the provider to our own page; no token of a form is drawn here, or the cookie would be replaced."""
    _require_provider()
    return _onward(f"{url_for('provider.go_on')}?{urlencode(_brought(request.args))}")


@blueprint.get("/sign-in/provider/continue")
@reads("provider", "continue")
def go_on() -> ResponseReturnValue:
    """Show the form that completes the sign-in, or the link."""
    _require_provider()
    return render_template("door/provider_back.html", brought=_brought(request.args), links=signed_in() is not None)


@blueprint.post("/sign-in/provider/continue")
@writes("provider", "arrive")
def arrive() -> ResponseReturnValue:
    """Complete the sign-in with the code that the provider gave; the second factor comes next."""
    _require_provider()
    brought, departure = _brought(request.form), session.pop("departure", "")
    answer = Answer(brought.get("code", ""), brought.get("state", ""), brought.get("iss", ""))
    came = come_back(service(), str(departure), answer, token(), request.remote_addr or "")
    if isinstance(came, Refused):
        return _sign_in_again(came)
    if isinstance(came, Linked):
        return see_other(url_for("own.account"))
    remember(came.token)
    return see_other(url_for("door.home"))


@blueprint.post("/account/provider")
@writes("provider", "link")
def link(_actor: Actor) -> ResponseReturnValue:
    """Set out to the provider to link one's own account."""
    return _sent_there(token())


@blueprint.post("/account/provider/unlink")
@writes("provider", "unlink")
def unlink(_actor: Actor) -> ResponseReturnValue:
    """Take the link of one's own account away."""
    _require_provider()
    if not take_link_away(service(), token()):
        abort(404)
    return see_other(url_for("own.account"))


def _sent_there(session_token: str) -> ResponseReturnValue:
    """Lead on to the provider; a redirect after a form would be stopped by our own content policy."""
    _require_provider()
    going = set_out(service(), session_token, request.remote_addr or "")
    if isinstance(going, Refused):
        return _sign_in_again(going)
    session["departure"] = going.token
    return _onward(going.address)


def _onward(address: str) -> Response:
    """A page that leads on at once, and has a link where it does not."""
    nobody = {"languages": [], "signed_in_as": ""}
    answer = make_response(render_template("door/onward.html", address=address, **nobody))
    answer.headers["Refresh"] = f"0;url={address}"
    return answer


def _sign_in_again(refused: Refused) -> ResponseReturnValue:
    """Say what went wrong; a password signs in as before."""
    is_down = refused.reason is Reason.PROVIDER_DOWN
    status = _STATUS.get(refused.reason, 422)
    errors = [{"text": reason_in_words(refused.reason), "href": "#provider"}]
    page = make_response(render_template("door/sign_in.html", name="", errors=errors), status)
    if is_down:
        page.headers["Retry-After"] = "60"
    return page


def _brought(typed: Typed) -> dict[str, str]:
    """What came back, each part a short text; whatever else was added is left out."""
    return {name: text_of(typed, name)[:_LONGEST] for name in _BROUGHT if name in typed}


def _require_provider() -> None:
    """Without a provider there are no such pages."""
    if service().settings.provider is None:
        abort(404)
