"""Second factor, sessions, invitation and office on their pages, in an installation that is no demonstration."""

import re
from dataclasses import replace
from pathlib import Path

import pyotp
import pytest

from tests.casework.small_service import PASSWORD, Clock
from tests.web.site import Person, Site, opened_service, token_in
from triage.cases.roles import Actor, Role, Side
from triage.casework.accounts.making import NewAccount, add_account
from triage.casework.accounts.notices import MOST_SHOWN, Change, has_news, notices, see_notices
from triage.store.audit import Entry
from triage.store.staff.accounts import all_accounts
from triage.web.factory import create_app
from triage.web.own.changes import CHANGES

STAFF = (
    ("Ines", Role.INTAKE_WORKER, Side.PROGRAMME), ("Ada", Role.SUPPORT_ADVOCATE, Side.SUPPORT),
    ("Adi", Role.ADMINISTRATOR, Side.INDEPENDENT), ("Mo", Role.MANAGER, Side.INDEPENDENT),
)  # fmt: skip
KEY = re.compile(r'class="cairn-key cairn-ltr">([A-Z0-9 -]+)<')
CODES = re.compile(r"<li>((?:[2-9A-Z]{4}-){5}[2-9A-Z]{4})</li>")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(engine: str, tmp_path: Path, clock: Clock) -> Site:
    """The program in earnest, with a clock that a test can move."""
    shown = opened_service(tmp_path)
    service = replace(shown, settings=replace(shown.settings, demonstration=False), clock=clock)
    for name, role, side in STAFF:
        add_account(service, NewAccount(name, role, side, PASSWORD))
    return Site(create_app(service.settings, service), service)


def begun(desk: Site, name: str, password: str = PASSWORD) -> Person:
    """Somebody who typed name and password; every form of the next page carries their token."""
    person = Person(desk.app.test_client(), name)
    person.token = token_in(person.get("/sign-in"))
    assert person.post("/sign-in", {"name": name, "password": password}).status_code == 303
    person.token = token_in(person.get("/", follow_redirects=True))
    return person


def code_of(secret: str, clock: Clock) -> str:
    return pyotp.TOTP(secret).generate_otp(int(clock().timestamp()) // 30)


def enrolled(desk: Site, name: str, clock: Clock, password: str = PASSWORD) -> tuple[Person, str]:
    """Somebody who set up an authenticator, and its secret."""
    person = begun(desk, name, password)
    found = KEY.search(person.get("/second-factor/first").text)
    assert found
    secret = found[1].replace(" ", "")
    page = person.post("/second-factor/first", {"code": code_of(secret, clock)})
    assert len(CODES.findall(page.text)) == 10
    person.token = token_in(page)
    return person, secret


def test_nothing_opens_before_a_second_factor_is_set_up(desk: Site, clock: Clock) -> None:
    ines = begun(desk, "Ines")
    for address in ("/", "/cases", "/account", "/referrals/new", "/second-factor", "/flows"):
        assert ines.get(address).location == "/second-factor/first"
    assert ines.post("/referrals/new", {"facts": "typed"}).status_code == 401
    picture = ines.get("/second-factor/picture")
    assert picture.content_type == "image/svg+xml"
    assert picture.headers["Cache-Control"] == "no-store"


def test_after_it_only_a_code_completes_the_sign_in(desk: Site, clock: Clock) -> None:
    _ines, secret = enrolled(desk, "Ines", clock)
    clock.wait(minutes=1)
    again = begun(desk, "Ines")
    for address in ("/", "/cases", "/account", "/second-factor/first", "/second-factor/picture"):
        assert again.get(address).location == "/second-factor"
    wrong = again.post("/second-factor", {"code": "000000"})
    assert wrong.status_code == 422
    assert "000000" not in wrong.text
    assert again.post("/second-factor", {"code": code_of(secret, clock)}).status_code == 303
    assert again.get("/cases").status_code == 200


def test_recovery_codes_are_shown_once(desk: Site, clock: Clock) -> None:
    ines, _secret = enrolled(desk, "Ines", clock)
    assert CODES.search(ines.get("/account").text) is None
    assert ines.get("/second-factor/first").status_code == 404


def test_a_sensitive_page_asks_again_and_leads_back(desk: Site, clock: Clock) -> None:
    adi, secret = enrolled(desk, "Adi", clock)
    assert adi.get("/office/accounts/invite").status_code == 200
    clock.wait(minutes=6)
    assert adi.get("/office/accounts/invite").location == "/second-factor"
    typed = {"name": "Nia", "standing": "auditor/independent"}
    assert adi.post("/office/accounts/invite", typed).status_code == 403
    adi.token = token_in(adi.get("/second-factor"))
    assert adi.post("/second-factor", {"code": code_of(secret, clock)}).location == "/office/accounts/invite"
    assert adi.get("/office/accounts/invite").status_code == 200


def test_somebody_is_invited_and_comes_in_with_the_code(desk: Site, clock: Clock) -> None:
    adi, _secret = enrolled(desk, "Adi", clock)
    page = adi.post("/office/accounts/invite", {"name": "Nia", "standing": "auditor/independent"})
    found = KEY.search(page.text)
    assert found
    assert found[1] not in adi.get("/office/accounts").text
    nia = desk.stranger()
    nia.token = token_in(nia.get("/invitation"))
    chosen = "seven lanterns under a quiet bridge"
    typed = {"code": found[1].lower(), "password": chosen, "repeated_password": "another"}
    refused = nia.post("/invitation", typed)
    assert refused.status_code == 422
    assert chosen not in refused.text
    done = nia.post("/invitation", typed | {"repeated_password": chosen})
    assert (done.status_code, done.location) == (303, "/")
    nia, _secret = enrolled(desk, "Nia", clock, chosen)
    assert nia.get("/office/accounts").status_code == 200
    assert nia.get("/office/accounts/invite").status_code == 404


def test_a_reset_takes_two_and_gives_a_code(desk: Site, clock: Clock) -> None:
    adi, _secret = enrolled(desk, "Adi", clock)
    mo, _secret = enrolled(desk, "Mo", clock)
    ines, _secret = enrolled(desk, "Ines", clock)
    address = re.findall(r"/office/accounts/[0-9a-f-]{36}", mo.get("/office/accounts").text)
    own = next(one for one in address if "<bdi>Ines</bdi>" in mo.get(one).text)
    assert adi.post(own + "/ask", {"kind": "reset-factors"}).status_code == 303
    answer = re.search(r"/office/requests/[0-9a-f-]{36}/answer", mo.get("/office/accounts").text)
    assert answer
    assert adi.post(answer[0], {"reply": "confirm"}).status_code == 400
    assert KEY.search(mo.post(answer[0], {"reply": "confirm"}).text)
    assert ines.get("/cases").location == "/sign-in"


def test_closing_an_account_wants_a_word_and_ends_the_session(desk: Site, clock: Clock) -> None:
    adi, _secret = enrolled(desk, "Adi", clock)
    ada, _secret = enrolled(desk, "Ada", clock)
    address = re.findall(r"/office/accounts/[0-9a-f-]{36}", adi.get("/office/accounts").text)
    own = next(one for one in address if "<bdi>Ada</bdi>" in adi.get(one).text)
    assert adi.post(own + "/close", {}).status_code == 422
    assert ada.get("/cases").status_code == 200
    assert adi.post(own + "/close", {"sure": "yes"}).status_code == 303
    assert ada.get("/cases").location == "/sign-in"
    assert adi.get(own).status_code == 404


def test_typing_keeps_a_session_alive_up_to_ten_hours_and_an_open_page_does_not(desk: Site, clock: Clock) -> None:
    ines, _secret = enrolled(desk, "Ines", clock)
    typed = {"called-one": "Sam", "called-two": "Robin", "sees": "one", "received_from": "Early help", "facts": ""}
    case = str(ines.post("/referrals/new", typed).location)
    assert f'data-still-answering="{case}/still-answering"' in ines.get(case + "/questions/ri-01/case").text
    for _time in range(42):
        clock.wait(minutes=14)
        assert ines.post(case + "/still-answering", {}).status_code == 204
    clock.wait(minutes=13)
    assert ines.post(case + "/still-answering", {}).status_code == 401
    again, _secret = begun(desk, "Ines"), ""
    clock.wait(minutes=15)
    assert again.get("/second-factor").location == "/sign-in"


def test_only_who_answers_in_a_case_stays_signed_in_by_it(desk: Site, clock: Clock) -> None:
    ines, _secret = enrolled(desk, "Ines", clock)
    ada, _secret = enrolled(desk, "Ada", clock)
    typed = {"called-one": "Sam", "called-two": "Robin", "sees": "one", "received_from": "Early help", "facts": ""}
    case = str(ines.post("/referrals/new", typed).location)
    assert ada.post(case + "/still-answering", {}).status_code == 404


def test_another_password_signs_out_everywhere_else(desk: Site, clock: Clock) -> None:
    ines, secret = enrolled(desk, "Ines", clock)
    clock.wait(minutes=1)
    elsewhere = begun(desk, "Ines")
    elsewhere.post("/second-factor", {"code": code_of(secret, clock)})
    assert "Elsewhere" in ines.get("/account").text
    new = "lantern bridge otter velvet"
    typed = {"password": PASSWORD, "new_password": new, "repeated_password": new}
    assert ines.post("/account/password", typed | {"password": "wrong"}).status_code == 422
    assert ines.post("/account/password", typed).status_code == 303
    assert elsewhere.get("/cases").location == "/sign-in"
    assert "Elsewhere" not in ines.get("/account").text


def test_what_happened_to_an_account_is_told_at_the_next_sign_in_and_on_its_page(desk: Site, clock: Clock) -> None:
    person, secret = enrolled(desk, "Ines", clock)
    new = "a quite different password"
    typed = {"password": PASSWORD, "new_password": new, "repeated_password": new}
    assert person.post("/account/password", typed).status_code == 303
    clock.wait(hours=1)
    someone = Person(desk.app.test_client(), "Ines")
    someone.token = token_in(someone.get("/sign-in"))
    someone.post("/sign-in", {"name": "Ines", "password": "something that was guessed"})
    clock.wait(hours=1)
    again = Person(desk.app.test_client(), "Ines")
    again.token = token_in(again.get("/sign-in"))
    assert again.post("/sign-in", {"name": "Ines", "password": new}).status_code == 303
    again.token = token_in(again.get("/second-factor"))
    assert again.post("/second-factor", {"code": code_of(secret, clock)}).status_code == 303
    assert again.get("/").location == "/account", "first what happened"
    assert again.get("/").location == "/cases", "and then on"
    text = again.get("/account").text
    for said in ("The password was changed.", "An authenticator was set up.", "A password or a code was wrong."):
        assert said in text
    assert text.index("Somebody signed in") < text.index("A password or a code was wrong.")
    assert "127.0.0.1" not in text, "when, and never from where"


def test_who_signs_in_to_an_account_to_which_nothing_happened_is_led_on(desk: Site, clock: Clock) -> None:
    _first, secret = enrolled(desk, "Ines", clock)
    for step in range(2):
        clock.wait(hours=1)
        person = begun(desk, "Ines")
        person.post("/second-factor", {"code": code_of(secret, clock)})
        assert person.get("/").location == ("/cases" if step else "/account")
        assert person.get("/account").status_code == 200


def test_no_number_of_sign_ins_hides_a_change_that_its_owner_did_not_see(desk: Site) -> None:
    with desk.service.reading() as work:
        (ines,) = (
            Actor(one.id, one.name, Role(one.role), Side(one.side)) for one in all_accounts(work) if one.name == "Ines"
        )
    entry = ("sign-in", "recorded factor")
    seen = []
    for act, result in (entry, ("add-passkey", "recorded"), *[entry] * 40):
        with desk.service.writing() as work:
            work.audit(Entry(act, result, ines.id, ines.id))
        seen.append(has_news(desk.service, ines))
    assert seen == [False, False, *[True] * 40], "news from the next sign-in on, until the page is opened"
    told = [one.change for one in see_notices(desk.service, ines)]
    assert (told.count(Change.SIGNED_IN), told[-1]) == (MOST_SHOWN, Change.PASSKEY_ADDED)
    with desk.service.writing() as work:
        work.audit(Entry(*entry, ines.id, ines.id))
    assert not has_news(desk.service, ines)
    assert [one.change for one in notices(desk.service, ines)] == told, "it stays on the page"


def test_what_two_colleagues_did_is_told_to_the_owner_and_to_neither_of_them(desk: Site) -> None:
    with desk.service.reading() as work:
        people = {one.name: Actor(one.id, one.name, Role(one.role), Side(one.side)) for one in all_accounts(work)}
    with desk.service.writing() as work:
        for act in ("confirm-reset-factors", "confirm-change-standing"):
            work.audit(Entry(act, "recorded", people["Mo"].id, people["Ines"].id))
    told = [one.change for one in notices(desk.service, people["Ines"])]
    assert told == [Change.STANDING, Change.RESET]
    assert notices(desk.service, people["Mo"]) == ()
    assert set(CHANGES) == set(Change)
