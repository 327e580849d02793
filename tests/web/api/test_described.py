"""The served description is kept by the API: schemathesis draws calls from it; and the examples of docs/api.md run."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from uuid import uuid4

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from jsonschema.validators import Draft202012Validator
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from schemathesis.specs.openapi.definitions import OPENAPI_31
from werkzeug.serving import make_server

from tests.casework.agencies.sent import Post
from tests.journeys.serving import Quiet
from tests.web.api.calling import Program, app_of, as_sent, count, program
from triage.store.agency.tables import agency_referrals

PAGE = Path(__file__).resolve().parents[3] / "docs" / "api.md"
EXAMPLES = dict(re.findall(r"^```(python|sh)\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL))
CHECKS = (
    not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance,
    negative_data_rejection, unsupported_method,
)  # fmt: skip


@pytest.fixture(scope="module")
def caller(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Program:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return program(Post(tmp_path_factory.mktemp("described"), port=port, now=datetime.now(UTC)))


def test_schemathesis_finds_nothing(caller: Program) -> None:
    """Every operation of the description, with calls that fit it and calls that do not."""
    app = app_of(caller.post)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    operations = [one.ok() for one in schema.get_all_operations()]
    labels = {one.label for one in operations}
    assert labels == {"POST /token", "POST /referrals", "GET /referrals/{referral_id}"}, (
        "all but the description itself"
    )
    for operation, mode in product(operations, (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)):

        @settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy(generation_mode=mode))
        def drawn(case: schemathesis.Case) -> None:
            caller.post.wait(seconds=2)
            case.call_and_validate(headers={"Authorization": f"Bearer {caller.bearer}"}, checks=CHECKS)

        assertion = caller.assertion(aud=f"http://127.0.0.1:{caller.post.port}/api/v1/token")
        caller.bearer = caller.ask_token(assertion).json["access_token"]
        drawn()


@pytest.fixture(scope="module")
def served(caller: Program, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The program on the address that its assertions name; what the examples are given."""
    from threading import Thread

    app = app_of(caller.post)
    server = make_server("127.0.0.1", caller.post.port, app, threaded=True, request_handler=Quiet)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    key = tmp_path_factory.mktemp("keys") / "private.json"
    key.write_text(json.dumps(caller.key.as_dict(private=True)), encoding="utf-8")
    yield {
        "API": f"http://127.0.0.1:{caller.post.port}/api/v1", "CLIENT": str(caller.client_id), "KEY": str(key),
        "PATH": os.environ["PATH"],
    }  # fmt: skip
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_example_in_python_sends_a_referral(caller: Program, served: dict[str, str]) -> None:
    caller.post.now = datetime.now(UTC)
    ran = subprocess.run(
        [sys.executable, "-c", EXAMPLES["python"]], env=served, capture_output=True, text=True, timeout=60, check=False
    )
    assert (ran.returncode, ran.stdout.strip()) == (0, "received"), ran.stderr


def test_the_example_with_curl_sends_one_too(caller: Program, served: dict[str, str], tmp_path: Path) -> None:
    caller.post.now = datetime.now(UTC)
    body = re.search(r"^referral = (\{.*?^\})$", EXAMPLES["python"], re.MULTILINE | re.DOTALL)
    assert body
    referral = eval(body[1], {"time": time, "now": int(time.time())})  # noqa: S307 — the example of our own page
    (tmp_path / "referral.json").write_text(json.dumps(referral | {"reference": "PN-curl"}), encoding="utf-8")
    assertion = caller.assertion(aud=f"{served['API']}/token")
    ran = subprocess.run(
        ["/bin/sh", "-c", EXAMPLES["sh"]], env=served | {"ASSERTION": assertion}, cwd=tmp_path, capture_output=True,
        text=True, timeout=60, check=False,
    )  # fmt: skip
    assert json.loads(ran.stdout)["state"] == "received", ran.stderr


def test_the_description_passes_the_lint(caller: Program) -> None:
    """The schema of OpenAPI 3.1 itself, and what it does not say: nothing twice, unresolved, unused or unexplained."""
    document = app_of(caller.post).test_client().get("/api/v1/openapi.json").json
    Draft202012Validator(OPENAPI_31).validate(document)
    flow = document["components"]["securitySchemes"]["client"]["flows"]["clientCredentials"]
    operations = [(path, method, one) for path, ways in document["paths"].items() for method, one in ways.items()]
    names = [one["operationId"] for _path, _method, one in operations]
    assert len(set(names)) == len(names)
    named = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    assert named == set(document["components"]["schemas"])
    for path, _method, one in operations:
        assert one["summary"].endswith("."), path
        assert set(re.findall(r"\{(\w+)\}", path)) == {
            parameter["name"] for parameter in one.get("parameters", ()) if parameter["in"] == "path"
        }
        assert all(parameter["schema"] for parameter in one.get("parameters", ()))
        scopes = [scope for scheme in one["security"] for scope in scheme["client"]]
        assert set(scopes) <= set(flow["scopes"])
        assert {"401", "403", "429"} <= set(one["responses"]) or not scopes
        for status, answer in one["responses"].items():
            assert answer["description"], (path, status)
            kinds = set(answer["content"])
            assert status[0] == "2" or "application/problem+json" in kinds, (path, status)
            assert ("Retry-After" in answer.get("headers", {})) == (status in {"429", "503"}), (path, status)


@pytest.mark.parametrize(
    "headers",
    [
        b"Idempotency-Key: twice-is-not-a-key-1\r\nIdempotency-Key: twice-is-not-a-key-2\r\n",
        b"Authorization: Bearer another\r\n",
        b"Content-Type: text/plain\r\n",
        b"Content-Length: 1\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Content-Encoding: gzip\r\n",
    ],
)
def test_a_header_that_stands_twice_or_contradicts_another_is_refused(
    caller: Program, served: dict[str, str], headers: bytes
) -> None:
    """Sent by hand, with a whole referral: no client would, and a proxy may read the first where we read the last."""
    caller.post.now = datetime.now(UTC)
    assertion = caller.assertion(aud=f"{served['API']}/token")
    bearer = caller.ask_token(assertion).json["access_token"].encode()
    body = json.dumps(as_sent()).encode()

    def sent(more: bytes) -> tuple[int, bytes]:
        head = (
            b"POST /api/v1/referrals HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
            b"Authorization: Bearer %b\r\nIdempotency-Key: %b\r\nContent-Length: %d\r\n%b\r\n"
        )
        with socket.create_connection(("127.0.0.1", caller.post.port), timeout=20) as wire:
            wire.sendall(head % (bearer, uuid4().hex.encode(), len(body), more) + body)
            answer = wire.recv(65536)
        return int(answer.split(b" ")[1]), answer

    before = count(caller.post, agency_referrals)
    status, answer = sent(headers)
    assert 400 <= status < 500, answer[:300]
    assert bearer not in answer
    assert count(caller.post, agency_referrals) == before
    assert sent(b"")[0] == 202, "without it, the same is taken"
