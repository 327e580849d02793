"""Every operation of the API, as data: address, method, scope, what it takes and answers; and OpenAPI 3.1 made of it.

A route without an operation stops the start, as a page without a permit does (ADR 0014).
"""

from dataclasses import dataclass, field
from typing import Any, Final

from flask import Flask
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from triage.casework.agencies.clients import SCOPES
from triage.web.api.problems import PROBLEM_TYPE, TITLES
from triage.web.api.schemas import Accepted, Problem, ReferralSent, Status, TokenAnswer, TokenRefused

VERSION: Final = "1.0.0"
KEY_PATTERN: Final = "^[A-Za-z0-9._~-]{8,128}$"
SCHEMES: Final = {
    "client": {
        "type": "oauth2",
        "description": "Client credentials with private_key_jwt (RFC 7523), Ed25519 or ES256.",
        "flows": {
            "clientCredentials": {"tokenUrl": "token", "scopes": dict.fromkeys(SCOPES, "See docs/api.md.")},
        },
    }
}


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation; `scope` is empty where no token is needed. `answers` gives the model of each status of success."""

    name: str
    method: str
    path: str
    says: str
    scope: str = ""
    takes: type[BaseModel] | None = None
    answers: dict[int, type[BaseModel] | None] = field(default_factory=dict)
    refuses: tuple[int, ...] = ()
    parameters: tuple[dict[str, Any], ...] = ()


_KEY = {
    "name": "Idempotency-Key", "in": "header", "required": True, "schema": {"type": "string", "pattern": KEY_PATTERN},
    "description": "The same key with the same body gives the first answer again, for seven days.",
}  # fmt: skip
_ID = {"name": "referral_id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
OPERATIONS: Final = (
    Operation("openapi", "GET", "/openapi.json", "This description.", answers={200: None}),
    Operation(
        "token", "POST", "/token", "Exchange a signed assertion for a token of ten minutes.",
        answers={200: TokenAnswer}, refuses=(400, 401, 411, 413, 415, 429, 503),
    ),
    Operation(
        "create_referral", "POST", "/referrals", "Send a referral.", "referral:create", ReferralSent,
        {202: Accepted}, (400, 401, 403, 409, 411, 413, 415, 422, 429, 503), (_KEY,),
    ),
    Operation(
        "read_status", "GET", "/referrals/{referral_id}", "Read where your own referral stands.", "referral:status",
        None, {200: Status}, (401, 403, 404, 429, 503), (_ID,),
    ),
)  # fmt: skip
BY_NAME: Final = {one.name: one for one in OPERATIONS}


class UndescribedRoute(RuntimeError):
    """Routes without an operation, or operations without a route; the program does not start."""


def check_operations(api: Flask) -> None:
    """Refuse to start unless every route is described as it is, and every description has its route."""
    routes = {
        (rule.endpoint, method, rule.rule.replace("<", "{").replace(">", "}"))
        for rule in api.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD"}
    }
    described = {(one.name, one.method, one.path) for one in OPERATIONS}
    if routes != described:
        raise UndescribedRoute(", ".join(sorted(name for name, *_rest in routes ^ described)))


def openapi() -> dict[str, Any]:
    """Make the description of the API, OpenAPI 3.1."""
    models = [ReferralSent, Accepted, Status, Problem, TokenAnswer, TokenRefused]
    modes = [(model, "validation" if model is ReferralSent else "serialization") for model in models]
    _refs, schemas = models_json_schema(modes, ref_template="#/components/schemas/{model}")  # type: ignore[arg-type]  # modes are literals
    paths: dict[str, dict[str, Any]] = {}
    for one in OPERATIONS:
        paths.setdefault(one.path, {})[one.method.lower()] = _described(one)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Referrals", "version": VERSION, "description": "Referrals of agencies. See docs/api.md."},
        "servers": [{"url": "/api/v1"}],
        "paths": paths,
        "components": {"schemas": schemas["$defs"], "securitySchemes": SCHEMES},
    }


def _described(one: Operation) -> dict[str, Any]:
    answers: dict[str, Any] = {str(status): _answer(model) for status, model in one.answers.items()}
    answers |= {str(status): _refusal(status) for status in one.refuses}
    made: dict[str, Any] = {"operationId": one.name, "summary": one.says, "responses": answers}
    made["security"] = [{"client": [one.scope]}] if one.scope else []
    if one.parameters:
        made["parameters"] = list(one.parameters)
    if one.takes:
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{one.takes.__name__}"}}}
        made["requestBody"] = {"required": True, "content": content}
    if one.name == "token":
        for status in ("400", "401"):
            answers[status]["content"] |= _answer(TokenRefused)["content"]
        made["requestBody"] = {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": _FORM}}}
    return made


_FORM: Final = {
    "type": "object",
    "required": ["grant_type", "client_assertion_type", "client_assertion"],
    "properties": {
        "grant_type": {"const": "client_credentials", "type": "string"},
        "client_assertion_type": {
            "const": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", "type": "string",
        },
        "client_assertion": {"type": "string", "maxLength": 4096},
        "scope": {"type": "string", "maxLength": 80},
    },
}  # fmt: skip


def _answer(model: type[BaseModel] | None) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{model.__name__}"} if model else {"type": "object"}
    return {"description": "Done.", "content": {"application/json": {"schema": schema}}}


def _refusal(status: int) -> dict[str, Any]:
    made: dict[str, Any] = {
        "description": TITLES[status],
        "content": {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status in {429, 503}:
        made["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds to wait."}}
    return made
