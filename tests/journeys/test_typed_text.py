"""What is typed in a question survives every way of leaving its page, in a real browser; nothing of it is recorded."""

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.browser import View, opened
from tests.journeys.desk import new_case, sign_in

ASK = "/questions/ri-04/case"
FIELD = "textarea[name=value]"


def by_the_back_link(page: Page) -> None:
    page.locator(".govuk-back-link").click()
    page.wait_for_url(re.compile("/parts/"))


def by_the_button_of_the_browser(page: Page) -> None:
    page.go_back()


def for_danger_and_on_to_another_page(page: Page) -> None:
    page.locator(".cairn-header__danger").click()
    page.wait_for_selector("text=999")
    page.locator(".cairn-header__name").click()


def after_an_error(page: Page) -> None:
    page.locator(".cairn-save button[value=next]").click()
    page.wait_for_selector(".govuk-error-summary")
    page.locator(".govuk-back-link").click()
    page.wait_for_url(re.compile("/parts/"))


def comes_back(page: Page, address: str) -> str:
    """What the page holds when opened again; what was sent while the last one was left may still be on its way."""
    for _attempt in range(20):
        page.goto(address)
        if page.locator("#restored").count():
            break
        page.wait_for_timeout(100)
    return page.input_value(FIELD)


WAYS = [by_the_back_link, by_the_button_of_the_browser, for_danger_and_on_to_another_page, after_an_error]


@pytest.mark.browser
def test_every_way_out_of_a_question_keeps_what_was_typed(browser: Browser, shared_address: str) -> None:
    with opened(browser) as page:
        sign_in(page, shared_address, "intake-one")
        case = new_case(page, shared_address)
        for way in WAYS:
            page.goto(f"{case}{ASK}")
            page.fill(FIELD, way.__name__)
            way(page)
            assert comes_back(page, f"{case}{ASK}") == way.__name__
            page.locator("#restored button").click()
            page.wait_for_selector("#restored", state="detached")
            assert page.input_value(FIELD) == ""
        page.fill(FIELD, "In another language")
        page.get_by_role("button", name="Français").click()
        page.wait_for_selector("text=Ce que vous aviez écrit ici a été gardé.")
        assert page.input_value(FIELD) == "In another language"
        page.check("input[name=source][value=REF]")
        page.locator(".cairn-save button[value=leave]").click()
        page.wait_for_url(case)
        assert page.locator("#unsaved").count() == 0, "what was recorded waits no more"


@pytest.mark.browser
def test_without_scripts_a_button_keeps_it(browser: Browser, shared_address: str) -> None:
    with opened(browser, View(scripts=False)) as page:
        sign_in(page, shared_address, "intake-one")
        case = new_case(page, shared_address)
        page.goto(f"{case}{ASK}")
        page.fill(FIELD, "Half a sentence")
        page.get_by_role("button", name="Keep as it is and leave").click()
        page.wait_for_url(case)
        page.locator("#unsaved + ul a").click()
        assert page.input_value(FIELD) == "Half a sentence"


def put_away(page: Page) -> int:
    """Look at another tab: the page is told so; the status with which what it sent was answered."""
    with page.expect_response("**/typed") as answer:
        page.evaluate(
            "Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });"
            "document.dispatchEvent(new Event('visibilitychange'))"
        )
    page.wait_for_timeout(100)  # the page hears of the answer after the test does
    return answer.value.status


def asked_and_stayed(page: Page) -> None:
    """Set out for another page, be asked by the browser whether to leave, and stay."""
    with page.expect_event("dialog") as asked:
        page.evaluate("setTimeout(() => location.assign('/flows'))")
    assert asked.value.type == "beforeunload"
    asked.value.dismiss()


@pytest.mark.browser
def test_only_what_the_server_has_is_kept_and_leaving_asks_otherwise(browser: Browser, shared_address: str) -> None:
    with opened(browser) as page:
        sign_in(page, shared_address, "intake-one")
        case = new_case(page, shared_address)
        page.goto(f"{case}{ASK}")
        page.click(FIELD)
        page.fill(FIELD, "x" * 70_000)
        assert put_away(page) == 204, "more than may be sent from a page that closes"
        page.fill(FIELD, "Signed out meanwhile")
        cookies = page.context.cookies()
        page.context.clear_cookies()
        assert put_away(page) >= 400
        with page.expect_response("**/typed") as again:
            asked_and_stayed(page)
        assert again.value.status >= 400
        page.context.add_cookies(cookies)
        assert put_away(page) == 204, "what failed is sent again"
        assert comes_back(page, f"{case}{ASK}") == "Signed out meanwhile", "and then nothing is asked"
        page.click(FIELD)
        page.fill(FIELD, "x" * 70_001)
        with page.expect_response("**/typed") as kept:
            asked_and_stayed(page)
        assert kept.value.status == 204
        assert len(comes_back(page, f"{case}{ASK}")) == 70_001


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False])
def test_throwing_it_away_and_leaving_leads_home_and_keeps_nothing(
    browser: Browser, shared_address: str, scripts: bool
) -> None:
    with opened(browser, View(scripts=scripts)) as page:
        sign_in(page, shared_address, "intake-one")
        case = new_case(page, shared_address)
        page.goto(f"{case}{ASK}")
        page.fill(FIELD, "Not meant to stay")
        if scripts:
            assert put_away(page) == 204
            page.fill(FIELD, "Nor this")
        page.get_by_role("button", name="Throw it away and leave").click()
        page.wait_for_url(case)
        assert page.locator("#unsaved").count() == 0
        page.goto(f"{case}{ASK}")
        assert page.input_value(FIELD) == ""
