"""A program of an agency: its keys, its assertions, its calls; and an installation whose clock it moves."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask import Flask
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import ECKey, OKPKey
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from tests.casework.agencies.sent import COMPLETE, Post
from triage.cases.agency.spelling import written
from triage.casework.agencies.clients import add_client, add_key
from triage.casework.service import RULES, Service
from triage.web.factory import create_app

BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
AUDIENCE = "http://127.0.0.1:8000/api/v1/token"
ALGORITHMS = {"Ed25519": lambda: OKPKey.generate_key("Ed25519"), "ES256": lambda: ECKey.generate_key("P-256")}


def as_sent(reference: str = "") -> dict[str, Any]:
    """The complete referral as the API takes it."""
    kept = written(COMPLETE)
    people = [
        {"letter": one["letter"], "called": one["called"], "identity": {
            name: value for name, value in one["known"].items() if value not in ("", None) and name != "birth"
        }}
        for one in kept["persons"]
    ]  # fmt: skip
    answers = [{"question": question, "about": about, "value": value} for question, about, value in kept["answers"]]
    return {"reference": reference, "persons": people, "pairs": kept["pairs"], "answers": answers}


_APPS: dict[int, tuple[Service, Flask]] = {}


def app_of(post: Post) -> Flask:
    """The whole program over an installation, made once: it takes longer than what most tests do with it."""
    service = post.service
    kept = _APPS.get(id(service))
    if kept is None or kept[0] is not service:
        _APPS.clear()
        kept = _APPS[id(service)] = (service, create_app(service.settings, service))
    return kept[1]


@dataclass
class Program:
    """A client with a key, at a test client of the whole program."""

    post: Post
    client_id: UUID
    key: Any
    algorithm: str = "Ed25519"
    http: FlaskClient = field(init=False)
    bearer: str = ""

    def __post_init__(self) -> None:
        self.http = app_of(self.post).test_client()

    def assertion(self, algorithm: str = "", key: Any = None, **claims: Any) -> str:
        now = int(self.post.now.timestamp())
        said = {
            "iss": str(self.client_id), "sub": str(self.client_id), "aud": AUDIENCE, "exp": now + 120, "iat": now,
            "jti": uuid4().hex,
        } | claims  # fmt: skip
        chosen = algorithm or self.algorithm
        kept = {name: value for name, value in said.items() if value is not None}
        return jwt.encode({"alg": chosen}, kept, key or self.key, algorithms=[chosen])

    def ask_token(self, assertion: str, environ: dict[str, str] | None = None, **form: str) -> TestResponse:
        typed = {"grant_type": "client_credentials", "client_assertion_type": BEARER, "client_assertion": assertion}
        return self.http.post("/api/v1/token", data=typed | form, environ_base=environ or {})

    def sign_in(self, scope: str = "") -> str:
        answer = self.ask_token(self.assertion(), scope=scope)
        assert answer.status_code == 200, answer.text
        self.bearer = answer.json["access_token"]
        return self.bearer

    def send(self, body: Any, key: str = "", **headers: str) -> TestResponse:
        """Send a referral; each call a little later, so that the limits are not met."""
        self.post.wait(seconds=2)
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        more = {"Authorization": f"Bearer {self.bearer}", "Idempotency-Key": key or uuid4().hex}
        more |= {name.replace("_", "-"): value for name, value in headers.items()}
        kind = more.pop("Content-Type", "application/json")
        return self.http.post("/api/v1/referrals", data=sent, headers=more, content_type=kind)

    def status(self, referral_id: str) -> TestResponse:
        self.post.wait(seconds=2)
        return self.http.get(f"/api/v1/referrals/{referral_id}", headers={"Authorization": f"Bearer {self.bearer}"})


def program(post: Post, agency: str = "Probation North", algorithm: str = "Ed25519") -> Program:
    """A new client of an agency with one key."""
    post.outside(f"clerk {uuid4()}", agency=agency)
    made = add_client(post.service, post.agencies[agency], "Case system")
    assert isinstance(made, UUID)
    key = ALGORITHMS[algorithm]()
    added = add_key(post.service, made, json.dumps(key.as_dict(private=False)))
    assert isinstance(added, str), added
    return Program(post, made, key, algorithm)


def posted(folder: Path) -> Post:
    """An installation in a folder."""
    return Post(folder)


def count(post: Post, table: Any) -> int:
    """How many rows a table has."""
    with post.service.reading(RULES) as work:
        return int(work.connection.execute(select(func.count()).select_from(table)).scalar_one())
