"""Refusals of the API as problem documents (RFC 9457): a kind, a plain sentence, where; never what was sent."""

import json
import logging
from collections.abc import Mapping, Sequence
from typing import Any, Final

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from triage.casework.service import Busy

PROBLEM_TYPE: Final = "application/problem+json"
_LOG: Final = logging.getLogger("triage.web.api")
TITLES: Final[Mapping[int, str]] = {
    400: "The request could not be read.",
    401: "A valid access token is needed.",
    403: "This token is not for that.",
    404: "There is no such thing here.",
    405: "This address does not take that method.",
    409: "Your agency gave this reference to another referral.",
    411: "Say the length of the body.",
    413: "The body is too long.",
    415: "Send application/json in UTF-8.",
    422: "The referral cannot be taken as it stands.",
    429: "Too many calls. Wait as Retry-After says.",
    500: "Something went wrong here. Send the same again with the same Idempotency-Key.",
    503: "The service is busy. Send the same again with the same Idempotency-Key.",
}
KINDS: Final[Mapping[int, str]] = {
    400: "unreadable", 401: "unauthorised", 403: "forbidden", 404: "not-found", 405: "method", 409: "reference-used",
    411: "length", 413: "too-long", 415: "media-type", 422: "invalid", 429: "too-many-calls", 500: "fault", 503: "busy",
}  # fmt: skip


class Stop(Exception):
    """End the request with a problem; `errors` are places and codes, `headers` what the answer carries besides."""

    def __init__(
        self, status: int, errors: Sequence[Mapping[str, str]] = (), headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status)
        self.status, self.errors, self.headers = status, tuple(errors), dict(headers or {})


def problem(
    status: int, errors: Sequence[Mapping[str, str]] = (), headers: Mapping[str, str] | None = None
) -> Response:
    """Make the answer of a refusal."""
    document: dict[str, Any] = {"type": f"urn:cairn:problem:{KINDS[status]}", "title": TITLES[status], "status": status}
    if errors:
        document["errors"] = [dict(one) for one in errors]
    answer = Response(json.dumps(document), status, content_type=PROBLEM_TYPE)
    answer.headers.update(headers or {})
    if status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def prepare_problems(api: Flask) -> None:
    """Give every refusal and fault its document."""

    @api.errorhandler(Stop)
    def stopped(stop: Stop) -> Response:
        return problem(stop.status, stop.errors, stop.headers)

    @api.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        status = error.code if error.code in TITLES else 400
        allowed = dict(error.get_headers()).get("Allow")
        return problem(status or 400, (), {"Allow": allowed} if allowed else None)

    @api.errorhandler(Busy)
    def busy(_error: Busy) -> Response:
        return problem(503, (), {"Retry-After": "5"})

    @api.errorhandler(Exception)
    def fault(error: Exception) -> Response:
        rule = request.url_rule.rule if request.url_rule else "-"
        _LOG.error("fault %s at %s %s", type(error).__name__, request.method, rule)
        return problem(500)
