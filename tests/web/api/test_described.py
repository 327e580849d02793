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

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from werkzeug.serving import make_server

from tests.casework.agencies.sent import Post
from tests.journeys.serving import Quiet
from tests.web.api.calling import Program, app_of, program

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
