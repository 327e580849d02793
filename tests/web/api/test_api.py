"""What programs of agencies may do: a token for an assertion used once, one referral for one key, their own status.

`API_CALLS` and `API_REPLAYS` say how many malformed calls and how many replays in each of four processes are tried.
"""

import json
import os
import random
import subprocess
import sys
from typing import Any
from uuid import uuid4

import pytest
from joserfc.jwk import OctKey, OKPKey
from jsonschema.validators import Draft202012Validator
from werkzeug.test import TestResponse

from tests.casework.agencies.sent import HELD, Post
from tests.web.api.calling import ALGORITHMS, AUDIENCE, Program, as_sent, count, program
from tests.web.api.replaying import PROCESSES
from triage.cases.wall import Refused
from triage.casework.accounts.throttling import is_throttled_source
from triage.casework.agencies.clients import add_key, retire_client, retire_key
from triage.casework.service import RULES
from triage.store.agency.tables import agency_referrals, api_tokens
from triage.store.tables import attempts

SECRET = "Zz-secret-9"
NEITHER = {"question": "RI-01", "value": "neither"}
CALLS, REPLAYS = int(os.environ.get("API_CALLS", "300")), os.environ.get("API_REPLAYS", "25")


@pytest.fixture(scope="module")
def post(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Post:
    return Post(tmp_path_factory.mktemp("api"))


@pytest.fixture(scope="module")
def caller(post: Post) -> Program:
    return program(post)


@pytest.fixture(autouse=True)
def _a_token(caller: Program) -> None:
    caller.sign_in()


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_an_assertion_is_exchanged_once(post: Post, algorithm: str) -> None:
    one = program(post, algorithm=algorithm)
    assertion = one.assertion()
    first, again = one.ask_token(assertion), one.ask_token(assertion)
    assert (first.status_code, again.status_code, again.json) == (200, 401, {"error": "invalid_client"})
    assert (first.json["expires_in"], first.json["token_type"]) == (600, "Bearer")


def test_an_assertion_that_is_not_ours_is_refused_alike(post: Post, caller: Program) -> None:
    now, other, shared = int(post.now.timestamp()), OKPKey.generate_key("Ed25519"), OctKey.generate_key(256)
    unsigned = ".".join(caller.assertion().split(".")[:2]) + "."
    wrong = {
        "another key": caller.assertion(key=other),
        "a shared key": caller.assertion("HS256", shared),
        "another audience": caller.assertion(aud="https://elsewhere.example/token"),
        "two audiences": caller.assertion(aud=[AUDIENCE, "https://elsewhere.example/token"]),
        "over": caller.assertion(exp=now - 31),
        "too long": caller.assertion(exp=now + 301),
        "no end": caller.assertion(exp=None),
        "an end that is no number": caller.assertion(exp="soon"),
        "not yet": caller.assertion(nbf=now + 120),
        "no jti": caller.assertion(jti=None),
        "a short jti": caller.assertion(jti="x"),
        "somebody else": caller.assertion(sub=str(uuid4())),
        "nobody": caller.assertion(sub=str(client := uuid4()), iss=str(client)),
        "unsigned": unsigned,
        "nothing": "",
        "no token": "a.b.c",
        "too much": "a" * 5000 + ".b.c",
    }
    tokens = count(post, api_tokens)
    answers = {name: caller.ask_token(one) for name, one in wrong.items()}
    assert {name: one.status_code for name, one in answers.items()} == dict.fromkeys(wrong, 401)
    assert {one.text for one in answers.values()} == {'{"error":"invalid_client"}\n'}
    assert count(post, api_tokens) <= tokens


def test_guesses_from_one_place_wait_and_signed_assertions_go_through(post: Post, caller: Program) -> None:
    def asked(assertion: str, source: str) -> TestResponse:
        return caller.ask_token(assertion, environ={"REMOTE_ADDR": source})

    beside = program(post)
    for turn in range(30):
        assert asked("guess", "192.0.2.7").status_code == 401
        assert asked("guess", f"2001:db8:0:1::{turn:x}").status_code == 401
    kept = count(post, attempts)
    for source in ("192.0.2.7", "::ffff:192.0.2.7", "2001:db8:0:1:ffff::1"):
        stopped = asked("guess", source)
        assert (stopped.status_code, stopped.headers["Retry-After"]) == (429, "600"), source
        assert stopped.json["type"] == "urn:cairn:problem:too-many-calls"
        assert asked(caller.assertion(key=beside.key), source).status_code == 429, "a key of another client"
        for agency in (caller, beside):
            assert asked(agency.assertion(), source).status_code == 200, source
    assert count(post, attempts) == kept, "what must wait is not counted again"
    for source in ("192.0.2.8", "2001:db8:0:2::1"):
        assert asked("guess", source).status_code == 401
    used = beside.assertion()
    assert [asked(used, "192.0.2.9").status_code for _turn in range(2)] == [200, 401]
    assert count(post, attempts) == kept + 3, "an assertion used again is a guess"
    with post.service.reading(RULES) as work:
        assert not is_throttled_source(work, "clerk", "192.0.2.7", 1), "people sign in from there"
    post.wait(minutes=10, seconds=1)
    assert asked("guess", "192.0.2.7").status_code == 401


def test_keys_are_rotated_without_a_gap_and_end_at_once(post: Post) -> None:
    one = program(post)
    older, newer, third = one.key, OKPKey.generate_key("Ed25519"), OKPKey.generate_key("Ed25519")
    public = json.dumps(newer.as_dict(private=False))
    assert isinstance(add_key(post.service, one.client_id, json.dumps(newer.as_dict(private=True))), Refused)
    added = add_key(post.service, one.client_id, public)
    assert isinstance(added, str)
    assert isinstance(add_key(post.service, one.client_id, json.dumps(third.as_dict(private=False))), Refused)
    assert [one.ask_token(one.assertion(key=key)).status_code for key in (older, newer, third)] == [200, 200, 401]
    token = one.sign_in()
    assert retire_key(post.service, one.client_id, added)
    assert not retire_key(post.service, one.client_id, added)
    assert [one.ask_token(one.assertion(key=key)).status_code for key in (older, newer)] == [200, 401]
    assert one.send(as_sent(), bearer=token).status_code == 401, "its tokens ended"
    one.sign_in()
    assert retire_client(post.service, one.client_id)
    assert (one.send(as_sent()).status_code, one.ask_token(one.assertion()).status_code) == (401, 401)


def test_a_token_is_for_its_scope_and_ten_minutes(post: Post) -> None:
    one = program(post)
    one.sign_in("referral:status")
    assert one.send(as_sent()).status_code == 403
    assert one.ask_token(one.assertion(), scope="everything").status_code == 401
    one.sign_in("referral:create")
    sent = one.send(as_sent())
    assert sent.status_code == 202
    assert one.status(sent.json["id"]).status_code == 403
    post.wait(seconds=600)
    late = one.send(as_sent())
    assert (late.status_code, late.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_one_key_is_one_referral(post: Post, caller: Program) -> None:
    before = count(post, agency_referrals)
    first, again = (caller.send(as_sent("once"), "key-for-once") for _turn in range(2))
    assert (first.status_code, again.status_code, first.json) == (202, 202, again.json)
    assert first.headers["Location"] == f"/api/v1/referrals/{first.json['id']}"
    other = caller.send(as_sent("other"), "key-for-once")
    assert (other.status_code, other.json["errors"]) == (422, [{"field": "Idempotency-Key", "code": "used"}])
    assert caller.send(as_sent("once")).status_code == 409
    assert count(post, agency_referrals) == before + 1
    for key in ("short", "with blank in it", "x" * 129, "comma,comma,comma"):
        assert caller.send(as_sent(), key).status_code == 400


def test_the_status_is_of_ones_own_agency_alone(post: Post, caller: Program) -> None:
    sent = caller.send(as_sent("status"))
    shown = caller.status(sent.json["id"])
    assert shown.json == {
        "id": sent.json["id"], "reference": "status", "state": "received", "answer": None, "contact_us": False,
        "questions": [],
    }  # fmt: skip
    other = program(post, "A law firm")
    other.sign_in()
    unknown = caller.status(str(uuid4()))
    foreign = other.status(sent.json["id"])
    assert (unknown.status_code, unknown.data) == (foreign.status_code, foreign.data) == (404, foreign.data)
    assert caller.status("x" * 500).data == unknown.data


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"persons": []}, "persons", "too_short"),
        ({SECRET: 1}, "?", "extra_forbidden"),
        ({"opinion": 7}, "opinion", "string_type"),
        ({"pairs": [["A", SECRET]]}, "pairs.0.1", "string_pattern_mismatch"),
        ({"answers": []}, "RI-01", "danger-unsaid"),
        ({"answers": [{"question": "RI-01", "value": SECRET}, {"question": "RI-09", "value": HELD}]}, "RI-01", "value"),
        ({"answers": [NEITHER, {"question": "RI-09", "value": HELD | {"code": "closing"}}]}, "RI-09", "holder-closing"),
        ({"persons": [{"letter": "A", "called": "x", "birth": "2026-02-30"}, {"letter": "B", "called": "y"}]},
         "persons.A.birth", "date"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_without_what_was_sent(
    post: Post, caller: Program, change: dict[str, Any], field: str, code: str
) -> None:
    before = count(post, agency_referrals)
    answer = caller.send(as_sent() | change)
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert (field, code) in {(one["field"], one["code"]) for one in answer.json["errors"]}
    assert SECRET not in answer.text
    assert count(post, agency_referrals) == before


def test_calls_beyond_the_limits_wait(post: Post) -> None:
    one = program(post, "A busy agency")
    one.sign_in()
    headers = {"Authorization": f"Bearer {one.bearer}"}
    seen = []
    for number in range(100):
        if number % 19 == 0:
            post.wait(seconds=2)
        seen.append(one.http.get(f"/api/v1/referrals/{uuid4()}", headers=headers))
    assert [one.status_code for one in seen[:60]] == [404] * 60
    assert {one.status_code for one in seen[60:]} == {429}
    assert int(seen[-1].headers["Retry-After"]) == 60
    post.wait(seconds=61)
    again = [one.http.get(f"/api/v1/referrals/{uuid4()}", headers=headers) for _turn in range(21)]
    assert [(one.status_code, one.headers.get("Retry-After")) for one in again[-2:]] == [(404, None), (429, "1")]


MALFORMED: tuple[bytes, ...] = (
    b"", b"null", b"[]", b"1", b'"x"', b"{", b"}", b"{}", b"\xff\xfe", b"\xef\xbb\xbf{}", b'{"a":1,"a":2}',
    b'{"persons":NaN}', b'{"persons":Infinity}', b'{"persons":1e999}', b'{"persons":1.5}',
    b'{"persons":' + b"9" * 400 + b"}", b"[" * 100_000, b'{"a":' * 100_000, b'{"opinion":"\\u0000"}',
    b'{"opinion":"\\ud800"}', b"{" + b'"a":1,' * 5000 + b'"b":1}', b'{"x":' + b"[1]," * 10, b"x" * 200_000,
    b'{"opinion":"' + b"y" * 900_000 + b'"}',
)  # fmt: skip
TYPES = ("application/json", "application/json; charset=utf-16", "text/plain", "application/x-www-form-urlencoded", "")


def mutated(chance: random.Random, document: Any) -> Any:
    """Change one part of a referral into something that nobody writes."""
    odd = (
        None,
        True,
        -1,
        2**31,
        2**63,
        "",
        " ",
        "\u202e",
        "A" * 30_000,
        [],
        {},
        [[]],
        {"code": []},
        "RI-99",
        "A-A",
        "٣",
        "NK",
    )
    text = json.loads(json.dumps(document))
    place: Any = text
    while isinstance(place, dict | list) and place:
        key = chance.choice(list(place) if isinstance(place, dict) else range(len(place)))
        if chance.random() < 0.35 or not isinstance(place[key], dict | list) or not place[key]:
            place[key] = chance.choice(odd)
            break
        place = place[key]
    return text


def test_malformed_calls_store_nothing(post: Post, caller: Program) -> None:
    """Seeded. Whatever comes is a 4xx that repeats nothing, or by chance a referral that fits."""
    chance = random.Random("malformed")
    before, taken = count(post, agency_referrals), 0
    for number in range(CALLS):
        if number % 200 == 0:
            caller.sign_in()
        kind = chance.random()
        if kind < 0.4:
            body: Any = (
                chance.choice(MALFORMED)
                if chance.random() < 0.5
                else json.dumps(as_sent()).encode()[: chance.randrange(900)]
            )
        else:
            body = mutated(chance, as_sent())
        more = {"Content-Type": chance.choice(TYPES)} if chance.random() < 0.05 else {}
        if chance.random() < 0.02:
            more["Content-Encoding"] = "gzip"
        answer = caller.send(body, **more)
        taken += answer.status_code == 202
        assert answer.status_code == 202 or 400 <= answer.status_code < 500, (answer.status_code, str(body)[:200])
        assert answer.content_type in {"application/json", "application/problem+json"}
        assert "A" * 100 not in answer.text
    assert count(post, agency_referrals) == before + taken
    assert taken < CALLS / 5


def test_the_description_is_openapi_and_true(post: Post, caller: Program) -> None:
    document = caller.http.get("/api/v1/openapi.json").json
    assert document["openapi"] == "3.1.0"
    for name, schema in document["components"]["schemas"].items():
        Draft202012Validator.check_schema(schema)
        assert schema.get("description") or schema.get("enum"), name
    accepted = {"$ref": "#/components/schemas/Accepted", "components": document["components"]}
    assert Draft202012Validator(accepted).is_valid(caller.send(as_sent("described")).json)


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "HEAD"])
def test_another_method_says_which_is_right(caller: Program, method: str) -> None:
    answer = caller.http.open("/api/v1/referrals", method=method)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


def test_the_screens_and_the_api_do_not_reach_each_other(caller: Program) -> None:
    answer = caller.send(as_sent())
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert caller.http.get("/api/v1/cases", headers={"Authorization": f"Bearer {caller.bearer}"}).status_code == 404
    page = caller.http.get("/cases", headers={"Authorization": f"Bearer {caller.bearer}"})
    assert (page.status_code, page.headers["Location"]) == (303, "/sign-in")


@pytest.mark.parametrize("scheme", ["", "Bearer", "Bearer x", "Basic eDp5", f"Bearer {'x' * 43}", "bearer\tx"])
def test_nobody_without_a_token_is_answered(caller: Program, scheme: str) -> None:
    assert caller.send(as_sent(), Authorization=scheme).status_code == 401


def test_of_many_replays_at_once_exactly_one_counts(post: Post, caller: Program) -> None:
    """Four processes send the same assertion and the same referral again and again."""
    assertion = caller.assertion()
    before = count(post, agency_referrals)
    command = [
        sys.executable, "-m", "tests.web.api.replaying", str(post.folder), assertion, str(caller.client_id),
        post.now.isoformat(), REPLAYS,
    ]  # fmt: skip
    ran = subprocess.run(command, capture_output=True, text=True, timeout=600, check=True)
    said = json.loads(ran.stdout)
    assert sum(one["tokens"] for one in said) == 1
    assert sum(one["refused"] for one in said) == PROCESSES * int(REPLAYS) - 1
    assert len({referral for one in said for referral in one["referrals"]}) == 1
    assert count(post, agency_referrals) == before + 1
