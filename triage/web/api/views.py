"""The operations: a token, a referral, a status. Each does the same work whoever the people of a referral are."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Final

from flask import Flask, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from triage.cases.agency.lifecycle import Answered, State, Step
from triage.cases.wall import Reason, Refused
from triage.casework.agencies.clients import Caller, Granted, Wait, caller, grant, wait_before
from triage.casework.agencies.own import read_own
from triage.casework.agencies.sending import Incomplete, send_whole
from triage.casework.service import Service
from triage.web.api.bodies import json_body
from triage.web.api.operations import BY_NAME, KEY_PATTERN, openapi
from triage.web.api.problems import Stop
from triage.web.api.schemas import Accepted, Question, Status, TokenAnswer, faults, referral_sent

BEARER: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
LONGEST_FORM: Final = 64 * 1024
View = Callable[..., ResponseReturnValue]


def service() -> Service:
    """Give the opened service of this program."""
    opened: Service = current_app.extensions["triage"]
    return opened


def authorised(name: str) -> Callable[[View], View]:
    """Guard an operation: a token for its scope, and not too many calls; then pass who calls."""
    scope = BY_NAME[name].scope

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(**kwargs: Any) -> ResponseReturnValue:  # noqa: ANN401 — whatever the address holds
            kind, _blank, token = request.headers.get("Authorization", "").partition(" ")
            calling = caller(service(), token.strip(), scope) if kind.lower() == "bearer" else None
            if calling is None:
                raise Stop(401)
            if isinstance(calling, Refused):
                raise Stop(403)
            if seconds := wait_before(service(), calling):
                raise Stop(429, headers={"Retry-After": str(seconds)})
            return view(calling, **kwargs)

        return guarded

    return guard


def describe() -> ResponseReturnValue:
    """Give the description of the API."""
    return jsonify(current_app.extensions["openapi"])


def token() -> ResponseReturnValue:
    """Exchange an assertion for a token; errors are those of OAuth (RFC 6749, section 5.2)."""
    if request.mimetype != "application/x-www-form-urlencoded":
        raise Stop(415)
    if request.content_length is None:
        raise Stop(411)
    if request.content_length > LONGEST_FORM:
        raise Stop(413)
    form = request.form
    if any(len(form.getlist(name)) > 1 for name in form) or form.get("grant_type") != "client_credentials":
        return _of_oauth("unsupported_grant_type", 400)
    if form.get("client_assertion_type") != BEARER:
        return _of_oauth("invalid_client", 401)
    source = request.remote_addr or ""
    granted = grant(service(), form.get("client_assertion", ""), token_address(), form.get("scope", ""), source)
    if isinstance(granted, Wait):
        raise Stop(429, headers={"Retry-After": str(granted.seconds)})
    if not isinstance(granted, Granted):
        return _of_oauth("invalid_client", 401)
    answer = TokenAnswer(
        access_token=granted.token, token_type="Bearer", expires_in=granted.seconds, scope=granted.scope  # noqa: S106 — the kind of a token
    )  # fmt: skip
    return jsonify(answer.model_dump())


def _of_oauth(error: str, status: int) -> Response:
    answer = jsonify({"error": error})
    answer.status_code = status
    return answer


def token_address() -> str:
    """Give the address for which assertions are made: that of the settings, never the one that a request names."""
    settings = service().settings
    return f"{settings.address or f'http://{settings.host}:{settings.port}'}/api/v1/token"


@authorised("create_referral")
def create(calling: Caller) -> ResponseReturnValue:
    """Take a referral: 202 and an opaque id, whoever it is about."""
    key = request.headers.get("Idempotency-Key", "")
    if not re.fullmatch(KEY_PATTERN, key):
        raise Stop(400, [{"field": "Idempotency-Key", "code": "pattern"}])
    result = send_whole(service(), calling.actor, referral_sent(json_body(request)), key)
    if isinstance(result, Incomplete):
        raise Stop(422, faults(result.missing))
    if isinstance(result, Refused):
        if result.reason is Reason.KEY_USED:
            raise Stop(422, [{"field": "Idempotency-Key", "code": "used"}])
        raise Stop(409 if result.reason is Reason.NUMBER_USED else 403)
    answer = jsonify(Accepted(id=str(result.id), state=State.RECEIVED).model_dump(mode="json"))
    answer.status_code = 202
    answer.headers["Location"] = f"/api/v1/referrals/{result.id}"
    return answer


@authorised("read_status")
def status(calling: Caller, referral_id: str) -> ResponseReturnValue:
    """Give what an agency is shown of its own referral."""
    own = read_own(service(), calling.actor, referral_id)
    if isinstance(own, Refused):
        raise Stop(404)
    asked = [Question(on=on.isoformat(), text=text) for step, text, on in own.talk if step is Step.ASK]
    shown = Status(
        id=str(own.id), reference=own.referral.external_reference, state=own.state.state,
        answer=Answered(own.state.code) if own.state.code else None, contact_us=own.state.contact_us, questions=asked,
    )  # fmt: skip
    return jsonify(shown.model_dump(mode="json"))


def add_operations(api: Flask) -> None:
    """Put every operation at its address."""
    api.extensions["openapi"] = openapi()
    views: dict[str, View] = {"openapi": describe, "token": token, "create_referral": create, "read_status": status}
    for name, view in views.items():
        one = BY_NAME[name]
        path = one.path.replace("{", "<").replace("}", ">")
        api.add_url_rule(path, name, view, methods=[one.method])
