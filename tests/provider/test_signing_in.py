"""Sign-in through a real provider over HTTP: who gets in, and that no attack on the way does."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.provider.conftest import Desk, Provider
from tests.web.site import token_in
from triage.cases.wall import Reason, Refused
from triage.casework.accounts import office
from triage.casework.accounts.office import close
from triage.casework.accounts.signing_in import sign_in
from triage.casework.messages.kinds import Kind
from triage.casework.messages.registering import staff_mailbox
from triage.casework.provider import signing_in
from triage.casework.results import Recorded, SignedIn
from triage.casework.service import RULES
from triage.store.outbox.tables import outbox
from triage.store.staff.accounts import all_accounts, find_account
from triage.store.staff.provider_links import link_of
from triage.store.tables import departures
from triage.web.factory import create_app

REFUSED = "This sign-in could not be completed"


def refusal(desk: Desk, answered: Any) -> str:
    """That nobody got in: the page says one and the same; give what the audit says."""
    assert answered.status_code == 422, answered.text
    assert REFUSED in answered.text
    act, result = desk.audited()[-1]
    assert act in {"provider-sign-in", "link-provider"}
    return result


def test_who_linked_their_account_signs_in_with_the_provider_and_our_second_factor(desk: Desk) -> None:
    desk.linked()
    browser = desk.browser()
    answered = desk.arrive(browser)
    assert answered.status_code == 303
    assert browser.get("/cases").location == "/second-factor"
    desk.give_code(browser)
    assert "intake-one" in browser.get("/account").text
    assert ("provider-sign-in", "recorded factor") in desk.audited()
    assert browser.post("/sign-out", {}).status_code == 303
    assert browser.get("/cases").location == "/sign-in"


def test_an_unknown_subject_gets_in_nowhere_and_no_account_is_made(desk: Desk) -> None:
    with desk.service.reading() as work:
        before = all_accounts(work)
    assert refusal(desk, desk.arrive(desk.browser())) == "refused unknown subject"
    with desk.service.reading() as work:
        assert all_accounts(work) == before


def test_a_name_or_an_address_of_mail_links_nobody(desk: Desk, provider: Provider) -> None:
    desk.linked()
    provider.twist(subject="u-2", called="u-1@example.org", claims={"email": "u-1@example.org"})
    assert refusal(desk, desk.arrive(desk.browser())) == "refused unknown subject"


def test_what_the_provider_says_of_a_role_changes_nothing(desk: Desk, provider: Provider) -> None:
    desk.linked()
    provider.twist(claims={"role": "administrator", "side": "support", "groups": ["administrator"]})
    browser = desk.browser()
    assert desk.arrive(browser).status_code == 303
    desk.give_code(browser)
    assert browser.get("/staff").status_code == 404
    with desk.service.reading() as work:
        account = find_account(work, "intake-one")
    assert account
    assert (account.role, account.side) == ("intake-worker", "programme")


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"claims": {"nonce": "another"}}, "nonce"),
        ({"claims": {"nonce": None}}, "nonce"),
        ({"claims": {"aud": "another"}}, "aud"),
        ({"claims": {"aud": ["desk", "another"]}}, "azp"),
        ({"claims": {"aud": None}}, "aud"),
        ({"claims": {"iss": "https://login.example.org"}}, "iss"),
        ({"times": {"exp": -61}}, "exp"),
        ({"claims": {"exp": None}}, "exp"),
        ({"times": {"iat": 600}}, "iat"),
        ({"times": {"nbf": 600}}, "nbf"),
        ({"claims": {"auth_time": None}}, "auth_time"),
        ({"times": {"auth_time": -400}}, "auth_time"),
        ({"algorithm": "none"}, "signature"),
        ({"algorithm": "HS256"}, "signature"),
        ({"algorithm": "ES256"}, "signature"),
        ({"stranger": True}, "signature"),
        ({"claims": {"at_hash": "another"}}, "at_hash"),
        ({"claims": {"sub": ""}}, "sub"),
    ],
)
def test_a_token_that_proves_nothing_signs_in_nobody(
    desk: Desk, provider: Provider, how: dict[str, Any], why: str
) -> None:
    desk.linked()
    browser, before = desk.browser(), len(desk.audited())
    provider.twist(**how)
    said = refusal(desk, desk.arrive(browser))
    assert why in said or "Error" in said, said
    assert browser.get("/second-factor").location == "/sign-in"
    assert not any("recorded" in result for _act, result in desk.audited()[before:])


def test_a_flood_of_settings_out_from_one_place_reaches_no_provider_and_keeps_no_row(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sixty in ten minutes, then none until they are over; from elsewhere, and with a password, one still signs in."""
    asked: list[object] = []
    directory = signing_in.conversation.read_directory
    monkeypatch.setattr(
        signing_in.conversation, "read_directory", lambda provider: asked.append(provider) or directory(provider)
    )
    for turn in range(signing_in.MOST_SET_OUTS):
        for place in ("192.0.2.1", f"2001:db8:0:1::{turn:x}"):
            assert isinstance(signing_in.set_out(desk.service, source=place), signing_in.SetOut)
    before = len(asked), kept_departures(desk)
    for place in ("192.0.2.1", "::ffff:192.0.2.1", "2001:db8:0:1:ffff::1"):
        assert signing_in.set_out(desk.service, source=place) == Refused(Reason.TOO_OFTEN)
    assert (len(asked), kept_departures(desk)) == before
    assert desk.audited()[-1] == ("provider-sign-in", "refused throttled")
    assert isinstance(signing_in.set_out(desk.service, source="192.0.2.2"), signing_in.SetOut)
    signed = sign_in(desk.service, "intake-one", "intake-one-demonstration", "192.0.2.1")
    assert isinstance(signed, SignedIn)
    desk.clock.later = 601
    assert isinstance(signing_in.set_out(desk.service, source="192.0.2.1"), signing_in.SetOut)


def kept_departures(desk: Desk) -> int:
    with desk.service.reading(RULES) as work:
        return len(work.connection.execute(select(departures)).all())


def test_a_state_counts_once(desk: Desk) -> None:
    desk.linked()
    browser = desk.browser()
    brought = desk.provider.sign_in(desk.set_out(browser))
    cookie = browser.client.get_cookie("session")
    assert desk.come_back(browser, brought).status_code == 303
    again = desk.browser()
    assert cookie
    again.client.set_cookie("session", cookie.value)
    assert refusal(desk, desk.come_back(again, brought)) == "refused state"


def test_the_code_of_another_browser_signs_in_nobody(desk: Desk) -> None:
    desk.linked()
    theirs, mine = desk.browser(), desk.browser()
    stolen, own = desk.provider.sign_in(desk.set_out(theirs)), desk.provider.sign_in(desk.set_out(mine))
    assert refusal(desk, desk.come_back(mine, own | {"code": stolen["code"]})) == "refused code not taken"
    bare = desk.browser()
    bare.token = token_in(bare.get("/sign-in"))
    assert refusal(desk, desk.come_back(bare, stolen)) == "refused state"


def test_a_state_that_was_not_ours_signs_in_nobody(desk: Desk) -> None:
    desk.linked()
    browser = desk.browser()
    brought = desk.provider.sign_in(desk.set_out(browser))
    assert refusal(desk, desk.come_back(browser, brought | {"state": "x" * 43})) == "refused state"


def test_who_stays_away_too_long_begins_again(desk: Desk) -> None:
    desk.linked()
    browser = desk.browser()
    brought = desk.provider.sign_in(desk.set_out(browser))
    desk.clock.later += 601
    assert refusal(desk, desk.come_back(browser, brought)) == "refused state"


def test_an_answer_in_the_name_of_another_provider_is_refused(desk: Desk) -> None:
    browser = desk.browser()
    brought = desk.provider.sign_in(desk.set_out(browser)) | {"iss": "https://login.example.org"}
    assert refusal(desk, desk.come_back(browser, brought)) == "refused issuer"


def test_a_closed_account_and_one_without_a_factor_do_not_get_in(desk: Desk) -> None:
    desk.linked()
    with desk.service.writing() as work:
        work.connection.exec_driver_sql(
            "DELETE FROM authenticators WHERE user_id IN (SELECT user_id FROM provider_links)"
        )
        work.is_no_act()
    assert refusal(desk, desk.arrive(desk.browser())) == "refused no second factor"
    with desk.service.reading() as work:
        found, administrator = find_account(work, "intake-one"), find_account(work, "administrator")
    assert found
    assert administrator
    actor = office.Actor(administrator.id, administrator.name, office.Role.ADMINISTRATOR, office.Side.INDEPENDENT)
    assert isinstance(close(desk.service, actor, found.id), Recorded)
    assert refusal(desk, desk.arrive(desk.browser())) == "refused unknown subject"


def test_another_session_links_nothing(desk: Desk) -> None:
    one, two = desk.person_with_code("intake-one"), desk.person_with_code("intake-two")
    brought = desk.provider.sign_in(desk.set_out(one, "/account/provider"))
    with one.client.session_transaction() as cookie:
        departure = cookie["departure"]
    with two.client.session_transaction() as cookie:
        cookie["departure"] = departure
    assert refusal(desk, desk.come_back(two, brought)) == "refused"


def test_a_subject_is_linked_to_one_account_alone_until_the_link_is_taken_away(desk: Desk) -> None:
    first, second = desk.linked(), desk.person_with_code("intake-two")
    brought = desk.provider.sign_in(desk.set_out(second, "/account/provider"))
    assert refusal(desk, desk.come_back(second, brought)) == "refused"
    first.token = token_in(first.get("/account"))
    assert first.post("/account/provider/unlink", {}).status_code == 303
    assert first.post("/account/provider/unlink", {}).status_code == 404
    assert refusal(desk, desk.arrive(desk.browser())) == "refused unknown subject"


def test_the_owner_of_an_account_is_told_of_a_link_and_of_its_end(desk: Desk) -> None:
    owner = staff_mailbox(desk.service, "intake-one", "one@desk.example.org")
    assert isinstance(owner, UUID)
    desk.linked()
    desk.clock.later += 400  # what happens within five minutes is one message
    again = desk.person_with_code("intake-one")
    for posts in (1, 2):
        with desk.service.reading(RULES) as work:
            rows = work.connection.execute(select(outbox.c.kind, outbox.c.recipient)).all()
        assert [tuple(row) for row in rows] == [(Kind.ACCOUNT, owner)] * posts
        again.post("/account/provider/unlink", {})


def test_linking_asks_for_a_fresh_second_factor(desk: Desk) -> None:
    person = desk.person_with_code("intake-one")
    desk.clock.later += 301
    assert person.post("/account/provider", {}).status_code == 403


@pytest.mark.parametrize(
    "said",
    [
        {"issuer": "https://login.example.org"},
        {"token_endpoint": "http://login.example.org/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": None},
    ],
)
def test_a_provider_that_says_odd_things_of_itself_is_not_used(
    desk: Desk, provider: Provider, said: dict[str, Any]
) -> None:
    browser = desk.browser()
    browser.token = token_in(browser.get("/sign-in"))
    provider.twist(directory=said)
    assert browser.post("/sign-in/provider", {}).status_code == 503


def test_a_provider_that_is_down_is_said_so_and_a_password_signs_in(desk: Desk) -> None:
    nobody = replace(desk.service.settings.provider, issuer="http://127.0.0.1:1")
    settings = replace(desk.service.settings, provider=nobody)
    desk.service = replace(desk.service, settings=settings)
    desk.app = create_app(settings, desk.service)
    browser = desk.browser()
    browser.token = token_in(browser.get("/sign-in"))
    answered = browser.post("/sign-in/provider", {})
    assert answered.status_code == 503
    assert "does not answer now" in answered.text
    assert 'name="password"' in answered.text
    assert desk.person_with_code("intake-one").get("/cases").status_code == 200


def test_where_passwords_are_off_only_administrators_keep_theirs_once_linked(desk: Desk, provider: Provider) -> None:
    desk.linked()
    provider.twist(subject="u-9")
    desk.linked("administrator")
    settings = replace(desk.service.settings, password_sign_in=False)
    desk.service = replace(desk.service, settings=settings)
    desk.app = create_app(settings, desk.service)
    for name, status in (("intake-one", 400), ("intake-two", 303), ("administrator", 303)):
        browser = desk.browser()
        browser.token = token_in(browser.get("/sign-in"))
        answered = browser.post("/sign-in", {"name": name, "password": f"{name}-demonstration"})
        assert answered.status_code == status, name


def test_what_the_provider_calls_somebody_is_sealed_and_shown_as_text(desk: Desk, provider: Provider) -> None:
    provider.twist(called="<b>\u202esam\x00</b>")
    person = desk.linked()
    with desk.service.reading() as work:
        account = find_account(work, "intake-one")
        assert account
        assert link_of(work, account.id) == "<b>sam</b>"
    assert "&lt;b&gt;sam&lt;/b&gt;" in person.get("/account").text
