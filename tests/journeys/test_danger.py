"""Someone is in danger while a form is half filled: one press shows whom to call, and the typed text comes back."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.browser import View, opened
from tests.journeys.desk import new_case, sign_in


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_what_was_typed_comes_back_after_danger(browser: Browser, shared_address: str, *, scripts: bool) -> None:
    with opened(browser, View(scripts=scripts)) as page:
        sign_in(page, shared_address, "intake-one")
        question = f"{new_case(page, shared_address)}/questions/wd-10/a-to-b"
        page.goto(question)
        page.check("input[name=code][value=contact]")
        page.fill("#contact", "12 é")
        page.locator(".cairn-header__danger").click()
        assert page.url == question
        assert "999" in page.locator("main").inner_text()
        page.locator("main button[value=open]").click()  # the danger is recorded in between, in the same tab
        page.locator("[name='row-0-code']").select_option("attack_now")
        page.check("input[name=source][value=REF]")
        page.locator(".cairn-save button[value=next]").click()
        assert "The danger is recorded" in page.locator("h1").inner_text()
        page.locator("main button[value=return]").click()
        assert page.url == question
        assert page.locator("#contact").input_value() == "12 é"
        assert page.locator("input[name=code][value=contact]").is_checked()
        page.check("input[name=source][value=POL]")
        page.locator("#contact").press("Enter")  # Enter saves; it never presses the button of the header
        page.wait_for_url(lambda url: url != question)
        page.goto(question)
        assert page.locator(".cairn-answer").count() == 1


@pytest.mark.browser
def test_a_session_that_ends_keeps_the_typed_answer(browser: Browser, shared_address: str) -> None:
    """Signed out in another tab, without scripts; a session that ends by itself: tests/web/test_danger.py."""
    with opened(browser, View(scripts=False)) as page:
        sign_in(page, shared_address, "intake-one")
        question = f"{new_case(page, shared_address)}/questions/ri-04/case"
        page.goto(question)
        page.fill("#value", "Found the door open, and nobody there.")
        page.check("input[name=source][value=REF]")
        other = page.context.new_page()
        other.goto(f"{shared_address}/cases")
        other.locator("form[action='/sign-out'] button").click()
        page.locator(".cairn-save button[value=next]").click()
        assert "You are no longer signed in" in page.locator("h1").inner_text()
        sign_in(other, shared_address, "intake-one")
        page.locator("main button[value=return]").click()
        assert "You are signed in" in page.locator("h1").inner_text()
        page.locator("main button[value=return]").click()
        assert page.locator("#value").input_value() == "Found the door open, and nobody there."
        page.locator(".cairn-save button[value=next]").click()
        page.goto(question)
        assert page.locator(".cairn-answer").count() == 1
