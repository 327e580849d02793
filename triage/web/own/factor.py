"""The second factor on its pages: give one, enrol the first or another authenticator, get new recovery codes."""

import io

import segno
from flask import Response, make_response, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from triage.cases.roles import Actor
from triage.cases.wall import Refused
from triage.casework.access.matrix import Stage
from triage.casework.accounts import second_factor
from triage.casework.accounts.passkeys import options_to_prove
from triage.casework.accounts.second_factor import Enrolled
from triage.casework.results import SignedIn
from triage.web.own.blueprint import blueprint
from triage.web.own.origin import origin
from triage.web.shared.guards import reads, remember, service, this_visit, token, writes
from triage.web.shared.posted import text_of
from triage.web.shared.refusals import reason_in_words
from triage.web.shared.replies import given, see_other


@blueprint.get("/second-factor")
@reads("factor", "prove")
def prove(_actor: Actor) -> ResponseReturnValue:
    """Ask for a code, to complete the sign-in or before a sensitive act."""
    return prove_page([])


def prove_page(errors: list[dict[str, str]]) -> str:
    """Draw the form for a code, and for a passkey where there is one."""
    completes = this_visit().stage is Stage.FACTOR
    options = options_to_prove(service(), token(), origin())
    return render_template("own/prove.html", errors=errors, completes=completes, options=options)


@blueprint.post("/second-factor")
@writes("factor", "prove")
def prove_post(_actor: Actor) -> ResponseReturnValue:
    """Take the code; the session goes on under a new token."""
    result = second_factor.prove(service(), token(), text_of(request.form, "code")[:100], request.remote_addr or "")
    if isinstance(result, Refused):
        return prove_page([{"text": reason_in_words(result.reason), "href": "#code"}]), 422
    return go_on(result)


def go_on(result: SignedIn) -> ResponseReturnValue:
    """Go on under the new token, to the page that asked for the factor where one did."""
    after = session.get("after")
    remember(result.token)
    return see_other(after if isinstance(after, str) else url_for("door.home"))


@blueprint.get("/second-factor/first")
@reads("factor", "enrol")
def enrol(actor: Actor) -> ResponseReturnValue:
    """Show how to set up an authenticator; until that is done no other page opens."""
    return _enrol_page(actor, "own.enrol_post", [])


@blueprint.post("/second-factor/first")
@writes("factor", "enrol")
def enrol_post(actor: Actor) -> ResponseReturnValue:
    """Enrol the first authenticator, and show the recovery codes."""
    return _enrolled(actor, "own.enrol_post")


@blueprint.get("/second-factor/another")
@reads("factor", "replace")
def replace(actor: Actor) -> ResponseReturnValue:
    """Show how to set up another authenticator in the place of the one in use."""
    return _enrol_page(actor, "own.replace_post", [])


@blueprint.post("/second-factor/another")
@writes("factor", "replace")
def replace_post(actor: Actor) -> ResponseReturnValue:
    """Enrol another authenticator; the codes of the earlier one count no more."""
    return _enrolled(actor, "own.replace_post")


@blueprint.get("/second-factor/picture")
@reads("factor", "picture")
def picture(actor: Actor) -> ResponseReturnValue:
    """Draw the address of the authenticator that is offered to this session."""
    drawn = io.BytesIO()
    offered = second_factor.offer(service(), token(), actor.name)
    segno.make(offered.address, error="m").save(drawn, kind="svg", scale=5, border=4, light="#fff", xmldecl=False)
    return Response(drawn.getvalue(), content_type="image/svg+xml")


@blueprint.post("/second-factor/recovery-codes")
@writes("factor", "renew-codes")
def renew_codes(_actor: Actor) -> ResponseReturnValue:
    """Give new recovery codes in the place of all earlier ones."""
    return _codes_page(given(second_factor.new_recovery_codes(service(), token())), is_first=False)


def _enrol_page(actor: Actor, target: str, errors: list[dict[str, str]]) -> str:
    secret = second_factor.offer(service(), token(), actor.name).secret
    groups = [secret[place : place + 4] for place in range(0, len(secret), 4)]
    return render_template("own/enrol.html", target=url_for(target), key=" ".join(groups), errors=errors)


def _enrolled(actor: Actor, target: str) -> ResponseReturnValue:
    result = second_factor.enrol(service(), token(), text_of(request.form, "code")[:100])
    if isinstance(result, Refused):
        return _enrol_page(actor, target, [{"text": reason_in_words(result.reason), "href": "#code"}]), 422
    return _codes_page(result, is_first=True)


def _codes_page(enrolled: Enrolled, *, is_first: bool) -> Response:
    """Show the recovery codes, this once."""
    remember(enrolled.token)
    return make_response(render_template("own/codes.html", codes=enrolled.codes, is_first=is_first))
