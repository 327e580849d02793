"""What a browser sends in the place of a passkey's reply is refused, whatever it is, and counted."""

import json
from datetime import timedelta

import pytest

from tests.casework.small_service import House
from tests.casework.test_second_factor import Telephone, begun
from triage.cases.wall import Reason, Refused
from triage.casework.accounts.passkeys import (
    Origin,
    add_passkey,
    options_to_add,
    options_to_prove,
    prove_with_passkey,
    remove_passkey,
)
from triage.casework.accounts.second_factor import prove
from triage.casework.results import SignedIn

ORIGIN = Origin("localhost", "http://localhost:8000")
REFUSED = Refused(Reason.CODE_REFUSED)
WHOLE = {"id": "AAAA", "rawId": "AAAA", "type": "public-key", "clientExtensionResults": {}}
REPLIES = (
    "", "{}", "[]", "null", "1", '"x"', "{", "[" * 100_000, "x" * 100_000, "\x00", '{"id": 1}', '{"rawId": null}',
    json.dumps(WHOLE), json.dumps(WHOLE | {"response": None}), json.dumps(WHOLE | {"response": []}),
    json.dumps(WHOLE | {"response": {"clientDataJSON": "AAAA", "attestationObject": "AAAA"}}),
    json.dumps(WHOLE | {"response": {"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AAAA"}}),
    json.dumps(WHOLE | {"response": {"clientDataJSON": 1, "authenticatorData": 2, "signature": 3}}),
    json.dumps(WHOLE | {"rawId": "é", "response": {}}), json.dumps(WHOLE | {"type": "password"}),
)  # fmt: skip


@pytest.fixture
def telephone(house: House) -> Telephone:
    house.intake()
    return Telephone(house)


@pytest.mark.parametrize("reply", REPLIES, ids=range(len(REPLIES)))
def test_no_reply_of_that_kind_adds_or_proves_anything(house: House, telephone: Telephone, reply: str) -> None:
    assert add_passkey(house.service, telephone.token, ORIGIN, "key", reply) == REFUSED
    assert prove_with_passkey(house.service, begun(house).token, ORIGIN, reply) == REFUSED


def test_wrong_replies_and_wrong_codes_are_counted_together(house: House, telephone: Telephone) -> None:
    house.clock.wait(minutes=5)
    held = begun(house).token
    for _time in range(5):
        assert prove_with_passkey(house.service, held, ORIGIN, "{}") == REFUSED
    assert prove(house.service, held, telephone.code()) == REFUSED
    house.clock.wait(seconds=61)
    assert isinstance(prove(house.service, held, telephone.code()), SignedIn)


def test_what_must_be_signed_is_another_in_each_session_and_after_a_while(house: House, telephone: Telephone) -> None:
    def challenge(token: str) -> str:
        return str(json.loads(options_to_add(house.service, token, ORIGIN, "Ines"))["challenge"])

    first = challenge(telephone.token)
    assert challenge(telephone.token) == first
    house.clock.now += timedelta(minutes=5)
    assert challenge(telephone.token) != first
    assert challenge(begun(house).token) != challenge(telephone.token)


def test_nobody_without_a_passkey_is_asked_for_one(house: House, telephone: Telephone) -> None:
    assert options_to_prove(house.service, begun(house).token, ORIGIN) == ""


@pytest.mark.parametrize("name", ["", " ", "x" * 500, "a\u202eb"])
def test_a_passkey_wants_a_name(house: House, telephone: Telephone, name: str) -> None:
    refused = add_passkey(house.service, telephone.token, ORIGIN, name, "{}")
    assert isinstance(refused, Refused)
    assert refused.reason is Reason.NOT_ACCEPTED


def test_a_passkey_that_is_not_there_cannot_be_removed(house: House, telephone: Telephone) -> None:
    visit = house.intake("Ivo")
    assert isinstance(remove_passkey(house.service, telephone.token, visit.id), Refused)
