"""The audit chain: every act has its line, and whoever changes, removes or reorders one is found out."""

import random

import pytest

from tests.casework.small_service import PASSWORD, House, Staffed, words
from tests.databases.engines import at_the_database, drop_refusal
from triage.casework.accounts.signing_in import sign_in
from triage.casework.assessments import read, record_answer
from triage.casework.installation import Broken, Verified, verify_audit
from triage.casework.referrals import list_cases
from triage.casework.service import RULES
from triage.store.audit import verify


def lines(house: House) -> list[tuple[str, str]]:
    with house.service.reading(RULES) as work:
        return [tuple(row) for row in work.connection.exec_driver_sql("SELECT act, result FROM audit ORDER BY seq")]


def test_every_act_and_refusal_has_one_line(house: House, staffed: Staffed) -> None:
    before = len(lines(house))
    record_answer(house.service, staffed.worker, staffed.id, 0, words("one"))
    record_answer(house.service, staffed.worker, staffed.id, 0, words("two"))
    record_answer(house.service, staffed.worker, staffed.id, 1, words("three", source="ISS"))
    read(house.service, house.intake("Stan"), staffed.id)
    sign_in(house.service, "Stan", "wrong")
    sign_in(house.service, "Stan", PASSWORD)
    assert lines(house)[before:] == [
        ("record-answer", "recorded"),
        ("record-answer", "conflict"),
        ("record-answer", "refused not_your_source"),
        ("add-account", "recorded"),
        ("read-case", "refused no_such_case"),
        ("sign-in", "tried"),
        ("sign-in", "refused"),
        ("sign-in", "tried"),
        ("sign-in", "recorded enrol"),
    ]


def test_a_reading_is_noted_once_an_hour(house: House, staffed: Staffed) -> None:
    before = len(lines(house))
    for _time in range(3):
        read(house.service, staffed.worker, staffed.id)
        list_cases(house.service, staffed.advocate)
    assert lines(house)[before:] == [("read-case", "caseview"), ("list-cases", "tuple")]
    house.clock.wait(minutes=61)
    read(house.service, staffed.worker, staffed.id)
    assert len(lines(house)) == before + 3


def test_an_untouched_chain_is_whole(house: House, staffed: Staffed) -> None:
    verified = verify_audit(house.service)
    assert isinstance(verified, Verified)
    assert verified.rows == len(lines(house))


CHANGES = (
    "UPDATE audit SET result = 'recorded ' WHERE seq = {seq}",
    "UPDATE audit SET actor = object_id, object_id = actor WHERE seq = {seq}",
    "UPDATE audit SET utc = '2020-01-01T00:00:00.000+00:00' WHERE seq = {seq}",
    "UPDATE audit SET act = act || 's' WHERE seq = {seq}",
    "UPDATE audit SET mac = (SELECT name_index FROM users LIMIT 1) WHERE seq = {seq}",
    "DELETE FROM audit WHERE seq = {seq}",
    "UPDATE audit SET seq = seq + 1000 WHERE seq = {seq}",
    "DELETE FROM audit WHERE seq >= {seq}",
    "UPDATE audit_head SET seq = seq - 1",
    "UPDATE audit_head SET mac = (SELECT mac FROM audit WHERE seq = 1)",
    "DELETE FROM audit_head",
)


@pytest.mark.parametrize("change", CHANGES)
def test_a_chain_somebody_touched_is_broken(house: House, staffed: Staffed, change: str) -> None:
    dice, rows = random.Random(change), len(lines(house))
    with at_the_database(house.folder) as connection:
        for verb in ("update", "delete"):
            drop_refusal(connection, "audit", verb)
        for _time in range(5):
            untouched = connection.begin_nested()
            connection.exec_driver_sql(change.format(seq=dice.randint(1, rows)))
            assert isinstance(verify(connection, house.service.keys.audit.secret), Broken)
            untouched.rollback()
    assert isinstance(verify_audit(house.service), Verified)


def test_another_key_does_not_verify_the_chain(house: House, staffed: Staffed) -> None:
    with house.service.reading(RULES) as work:
        assert verify(work.connection, bytes(32)) == Broken(1, "the row or one before it was altered")
