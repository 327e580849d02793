"""Passwords as ASVS 6.2 wants them: long, free in their signs, never cut or renewed by force, not easily guessed."""

import pytest

from tests.casework.small_service import PASSWORD, House
from triage.cases.roles import Role, Side
from triage.cases.wall import Refused
from triage.casework.accounts.making import NewAccount, new_password_problems
from triage.casework.accounts.passwords import hash_password
from triage.casework.accounts.signing_in import sign_in
from triage.casework.results import SignedIn
from triage.settings import PasswordProfile
from triage.store.staff.accounts import find_account, replace_password_hash


@pytest.fixture
def house(tmp_path):  # type: ignore[no-untyped-def]  # of the fixture above it
    return House(tmp_path)


def problems(password: str, name: str = "Ines") -> tuple[str, ...]:
    return new_password_problems(NewAccount(name, Role.INTAKE_WORKER, Side.PROGRAMME, password))


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple", "seven grey gulls over wet slates", "élan vital et petits pains",
        "雨が降っています静かに傘の中で夜まで", "x7#" * 40 + " and a tail",
    ],
)  # fmt: skip
def test_any_signs_make_a_password_when_it_is_long(password: str) -> None:
    assert problems(password) == () or "easily guessed" in problems(password)[0]
    assert problems("seven grey gulls over wet slates") == ()


@pytest.mark.parametrize(
    "password",
    ["short", "fourteen signs", "password", "passwordpassword", "aaaaaaaaaaaaaaaaaaaa", "123456789012345678",
     "qwertyuiopasdfghjkl", "iloveyouiloveyou", "letmeinletmeinletmein"],
)  # fmt: skip
def test_short_and_common_passwords_are_refused(password: str) -> None:
    assert problems(password)


@pytest.mark.parametrize("password", ["Ines Ines Ines Ines", "cairncairncairncairn"])
def test_words_of_the_place_make_no_password(password: str) -> None:
    assert problems(password)


def test_a_password_of_two_hundred_signs_counts_to_its_last(house: House) -> None:
    long = "seven grey gulls over wet slates " * 6 + "end"
    assert problems(long) == ()
    house.intake("Ines")
    with house.service.writing() as work:
        account = find_account(work, "Ines")
        assert account
        replace_password_hash(work, account.id, hash_password(PasswordProfile.CHEAP_FOR_TESTS, long))
        work.is_no_act()
    for wrong in (long[:-1], long[:-1] + "D", long[:72], long.upper(), long + " "):
        assert isinstance(sign_in(house.service, "Ines", wrong), Refused), wrong
        house.clock.wait(hours=2)
    assert isinstance(sign_in(house.service, "Ines", long), SignedIn)


def test_a_password_is_never_renewed_by_force(house: House) -> None:
    house.intake("Ines")
    house.clock.wait(days=5 * 365)
    assert isinstance(sign_in(house.service, "Ines", PASSWORD), SignedIn)
