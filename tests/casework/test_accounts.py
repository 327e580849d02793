"""Signing in and out, sessions that end, limits on failures that lock nobody else out."""

from time import perf_counter

import pytest

from tests.casework.small_service import PASSWORD, House, settings_in
from tests.databases.engines import bytes_kept
from triage.cases.roles import Actor, Role, Side
from triage.cases.wall import Reason, Refused
from triage.casework.accounts.making import NewAccount, add_account
from triage.casework.accounts.passwords import matches
from triage.casework.accounts.sessions import sign_out, visit_of
from triage.casework.accounts.signing_in import sign_in
from triage.casework.demonstration import DEMONSTRATION_ACCOUNTS, seed_case, seed_demonstration
from triage.casework.referrals import list_cases
from triage.casework.results import SignedIn
from triage.casework.service import RULES, Service, open_service
from triage.settings import PasswordProfile

REFUSED = Refused(Reason.SIGN_IN_REFUSED)


def token(house: House, name: str = "Ines", password: str = PASSWORD, source: str = "") -> str:
    done = sign_in(house.service, name, password, source)
    assert isinstance(done, SignedIn), done
    return done.token


def actor_of(service: Service, held: str) -> Actor | None:
    visit = visit_of(service, held)
    return visit.actor if visit else None


def test_a_token_says_who_is_signed_in_until_they_sign_out(house: House) -> None:
    ines = house.intake()
    held = token(house)
    assert actor_of(house.service, held) == ines
    sign_out(house.service, held)
    assert actor_of(house.service, held) is None


def test_a_name_and_password_typed_on_another_keyboard_are_the_same(house: House) -> None:
    add_account(house.service, NewAccount("Zoe\u0308", Role.INTAKE_WORKER, Side.PROGRAMME, "caf\u00e9 on the corner"))
    assert isinstance(sign_in(house.service, " ZO\u00cb ", "cafe\u0301 on the corner"), SignedIn)


def test_sessions_that_are_over_are_forgotten(house: House) -> None:
    house.intake()
    for _day in range(3):
        token(house)
        house.clock.wait(hours=11)
    token(house)
    with house.service.reading(RULES) as work:
        assert work.connection.exec_driver_sql("SELECT count(*) FROM sessions").scalar_one() == 1


def test_the_token_is_stored_as_a_hash_only(house: House) -> None:
    house.intake()
    held = token(house)
    house.service.database.close()
    assert held.encode() not in bytes_kept(house.folder)


def test_a_session_ends_after_a_quarter_of_an_hour_unused(house: House) -> None:
    house.intake()
    held = token(house)
    for _time in range(5):
        house.clock.wait(minutes=14)
        assert actor_of(house.service, held) is not None
    house.clock.wait(minutes=15)
    assert actor_of(house.service, held) is None


def test_a_session_ends_after_ten_hours_however_much_it_is_used(house: House) -> None:
    house.intake()
    held = token(house)
    for _time in range(59):
        house.clock.wait(minutes=10)
        assert actor_of(house.service, held) is not None
    house.clock.wait(minutes=10)
    assert actor_of(house.service, held) is None


@pytest.mark.parametrize("held", ["", "x", "x" * 43, "\ud800" * 43, "é" * 43, "x" * 100_000])
def test_what_is_no_token_belongs_to_nobody(house: House, held: str) -> None:
    assert actor_of(house.service, held) is None
    sign_out(house.service, held)


@pytest.mark.parametrize(
    ("name", "password"),
    [("Ines", "wrong"), ("Nobody", PASSWORD), ("", ""), ("\x00", "x"), ("Ines", "\ud800"), ("Ines", "x" * 100_000)],
)
def test_an_unknown_name_and_a_wrong_password_are_refused_alike(house: House, name: str, password: str) -> None:
    house.intake()
    assert sign_in(house.service, name, password) == REFUSED


def test_an_unknown_name_takes_as_long_as_a_wrong_password(house: House) -> None:
    house.intake()
    costly = open_service(
        settings_in(house.folder, password_profile=PasswordProfile.STANDARD), house.service.rules, house.clock
    )
    add_account(costly, NewAccount("Costly", Role.INTAKE_WORKER, Side.PROGRAMME, PASSWORD))
    sign_in(costly, "Nobody", PASSWORD)  # the hash of nobody is made once
    took = []
    for name in ("Costly", "Nobody2"):
        began = perf_counter()
        assert sign_in(costly, name, "a wrong password") == REFUSED
        took.append(perf_counter() - began)
    costly.database.close()
    assert 0.4 < took[0] / took[1] < 2.5


def test_five_failures_make_an_account_wait_there_and_nobody_else(house: House) -> None:
    house.intake()
    house.intake("Ivo")
    for _time in range(5):
        assert sign_in(house.service, "Ines", "wrong", "10.0.0.1") == REFUSED
    assert sign_in(house.service, "Ines", PASSWORD, "10.0.0.1") == REFUSED
    token(house, "Ivo", source="10.0.0.1")
    assert sign_in(house.service, "Ines", "mistyped", "10.0.0.2") == REFUSED
    token(house, "Ines", source="10.0.0.2")  # whoever guesses elsewhere does not lock her out
    for _time in range(5):
        assert sign_in(house.service, "Ines", "wrong", "10.0.0.1") == REFUSED
    house.clock.wait(seconds=61)
    token(house, "Ines", source="10.0.0.1")


def test_the_wait_doubles_up_to_a_quarter_of_an_hour(house: House) -> None:
    house.intake()
    for _time in range(5):
        sign_in(house.service, "Ines", "wrong")
    for wait in (60, 120, 240, 480, 900):
        house.clock.wait(seconds=wait - 1)
        assert sign_in(house.service, "Ines", PASSWORD) == REFUSED
        house.clock.wait(seconds=1)
        assert sign_in(house.service, "Ines", "wrong") == REFUSED
    house.clock.wait(seconds=900)
    token(house)


def test_a_name_that_does_not_exist_waits_as_one_that_does(house: House) -> None:
    for _time in range(5):
        sign_in(house.service, "Nobody", "wrong")
    house.hire("Nobody", Role.INTAKE_WORKER, Side.PROGRAMME)
    assert sign_in(house.service, "Nobody", PASSWORD) == REFUSED


def test_a_source_that_tries_many_names_waits_and_other_sources_do_not(house: House) -> None:
    house.intake()
    for number in range(30):
        sign_in(house.service, f"name {number}", "wrong", "10.0.0.9")
    assert sign_in(house.service, "Ines", PASSWORD, "10.0.0.9") == REFUSED
    token(house, source="10.0.0.1")


def test_success_forgets_the_failures_before_it(house: House) -> None:
    house.intake()
    for _round in range(3):
        for _time in range(4):
            sign_in(house.service, "Ines", "wrong")
        token(house)


@pytest.mark.parametrize(
    "new",
    [
        NewAccount("", Role.INTAKE_WORKER, Side.PROGRAMME, PASSWORD),
        NewAccount("Ines\u202e", Role.INTAKE_WORKER, Side.PROGRAMME, PASSWORD),
        NewAccount("Short", Role.INTAKE_WORKER, Side.PROGRAMME, "too short"),
        NewAccount("Long", Role.INTAKE_WORKER, Side.PROGRAMME, "x" * 257),
        NewAccount("Wrong side", Role.INTAKE_WORKER, Side.SUPPORT, PASSWORD),
        NewAccount("ines", Role.INTAKE_WORKER, Side.PROGRAMME, PASSWORD),
    ],
)
def test_an_account_that_is_not_in_order_is_not_made(house: House, new: NewAccount) -> None:
    house.intake()
    assert isinstance(add_account(house.service, new), Refused)


def test_a_hash_made_at_another_cost_is_renewed_at_sign_in(house: House) -> None:
    house.intake()
    dearer = open_service(
        settings_in(house.folder, password_profile=PasswordProfile.STANDARD), house.service.rules, house.clock
    )
    assert isinstance(sign_in(dearer, "Ines", PASSWORD), SignedIn)
    with dearer.reading(RULES) as work:
        kept = work.connection.exec_driver_sql("SELECT password_hash FROM users").scalar_one()
    dearer.database.close()
    assert "m=65536,t=3,p=1" in kept
    assert matches(PasswordProfile.STANDARD, kept, PASSWORD)


def test_the_demonstration_has_an_account_for_every_role_and_prints_its_password(house: House) -> None:
    shown = open_service(settings_in(house.folder, demonstration=True), house.service.rules, house.clock)
    printed = seed_demonstration(shown)
    assert printed == seed_demonstration(shown)
    actors = [
        actor_of(shown, done.token)
        for name, password, _words in printed
        if isinstance(done := sign_in(shown, name, password), SignedIn)
    ]
    shown.database.close()
    assert [(one.role, one.side) for one in actors if one] == [
        (role, side) for _n, role, side, _w in DEMONSTRATION_ACCOUNTS
    ]
    assert {role for _n, role, _s, _w in DEMONSTRATION_ACCOUNTS} == set(Role)


def test_the_demonstration_has_one_case_with_its_four_workers(house: House) -> None:
    shown = open_service(settings_in(house.folder, demonstration=True), house.service.rules, house.clock)
    seed_demonstration(shown)
    first, again = seed_case(shown), seed_case(shown)
    shown.database.close()
    (line,) = list_cases(house.service, house.lead("Lena"))
    assert (line.id, again) == (first, None)


def test_there_are_no_demonstration_accounts_elsewhere(house: House) -> None:
    with pytest.raises(ValueError, match="demonstration"):
        seed_demonstration(house.service)
