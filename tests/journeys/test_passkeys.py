"""Passkeys in a real browser with a virtual authenticator: added, used, removed; and a code without scripts."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs

import pyotp
import pytest
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from tests.journeys.browser import View, opened, photograph
from tests.web.site import opened_service
from triage.cases.roles import Role, Side
from triage.casework.accounts.making import NewAccount, add_account
from triage.web.factory import create_app

PASSWORD = "seven lanterns under a quiet bridge"
KEY = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
       "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The program in earnest, at a name that passkeys accept."""
    shown = opened_service(tmp_path)
    settings = replace(shown.settings, demonstration=False)
    service = replace(shown, settings=settings, clock=lambda: datetime.now(UTC))
    add_account(service, NewAccount("Adi", Role.ADMINISTRATOR, Side.INDEPENDENT, PASSWORD))
    server = make_server("localhost", 0, create_app(settings, service), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.port}"
    server.shutdown()
    thread.join()


def sign_in(page: Page, address: str) -> None:
    page.goto(address + "/sign-in")
    page.fill("#name", "Adi")
    page.fill("#password", PASSWORD)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/second-factor**")


def enrol(page: Page) -> None:
    key = page.locator(".cairn-key").inner_text().replace(" ", "")
    page.fill("#code", pyotp.TOTP(key).now())
    page.locator("main form button[type=submit]").click()
    page.wait_for_selector(".cairn-recovery")


def with_authenticator(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


@pytest.mark.browser
def test_a_passkey_is_added_used_and_removed(browser: Browser, address: str) -> None:
    with opened(browser) as page:
        with_authenticator(page)
        sign_in(page, address)
        enrol(page)
        page.goto(address + "/account/passkeys/new")
        photograph(page, "passkey-new")
        page.fill("#name", "office computer")
        page.get_by_role("button", name="Add a passkey").click()
        page.wait_for_url("**/account")
        assert page.get_by_text("office computer").count() > 0
        page.get_by_role("button", name="Sign out").click()
        for _time in range(2):  # each use is another signature, with a higher count
            sign_in(page, address)
            photograph(page, "passkey-prove")
            page.get_by_role("button", name="Use a passkey").click()
            page.wait_for_url("**/office/accounts")
            page.get_by_role("button", name="Sign out").click()
            page.wait_for_url("**/sign-in")
        sign_in(page, address)
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url("**/office/accounts")
        page.goto(address + "/account")
        page.get_by_role("button", name="Remove").click()
        page.wait_for_load_state()
        assert page.get_by_text("office computer").count() == 0
        assert page.complaints == []  # type: ignore[attr-defined]  # set by `opened`: the policy let the script work


@pytest.mark.browser
def test_what_a_passkey_signed_does_not_count_again(browser: Browser, address: str) -> None:
    with opened(browser) as page:
        with_authenticator(page)
        sign_in(page, address)
        enrol(page)
        page.goto(address + "/account/passkeys/new")
        page.fill("#name", "office computer")
        page.get_by_role("button", name="Add a passkey").click()
        page.wait_for_url("**/account")
        page.get_by_role("button", name="Sign out").click()
        sign_in(page, address)
        with page.expect_request("**/second-factor/passkey") as sent:
            page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url("**/office/accounts")
        signed = parse_qs(sent.value.post_data or "")["credential"][0]
        page.get_by_role("button", name="Sign out").click()
        sign_in(page, address)
        form = {"csrf_token": page.locator("input[name=csrf_token]").first.input_value(), "credential": signed}
        again = page.request.post(f"{address}/second-factor/passkey", form=form, max_redirects=0)
        assert again.status == 422


@pytest.mark.browser
def test_the_passkey_of_another_machine_is_said_not_to_work(browser: Browser, address: str) -> None:
    with opened(browser) as page:
        with_authenticator(page)
        sign_in(page, address)
        enrol(page)
        page.goto(address + "/account/passkeys/new")
        page.fill("#name", "left at home")
        page.get_by_role("button", name="Add a passkey").click()
        page.wait_for_url("**/account")
    with opened(browser) as page:
        with_authenticator(page)
        sign_in(page, address)
        page.get_by_role("button", name="Use a passkey").click()
        page.get_by_text("This did not work.").wait_for()


@pytest.mark.browser
def test_without_scripts_a_code_does(browser: Browser, address: str) -> None:
    with opened(browser, View(scripts=False)) as page:
        sign_in(page, address)
        enrol(page)
        page.goto(address + "/account/passkeys/new")
        assert page.get_by_text("This needs scripts to be on").is_visible()
        assert not page.locator("form[data-passkey] button").is_visible()
        page.goto(address + "/office/accounts")
        assert page.get_by_role("heading", name="Accounts").count() == 1
