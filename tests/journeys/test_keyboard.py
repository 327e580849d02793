"""From signing in to a recorded answer and a call for help with the keys alone: Tab, Enter, Space, arrows, letters.

At every stop of the way the focus must be seen.
"""

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.browser import opened
from tests.journeys.desk import CASE

MOST_STOPS = 120
SEEN = """() => {
  const one = document.activeElement, label = one.nextElementSibling;
  if (one === window.lastStop) return true;
  const painted = ["radio", "checkbox"].includes(one.type) && label ? [label, "::before"] : [one, null];
  const look = () => {
    const style = getComputedStyle(...painted);
    return [style.boxShadow, style.outline, style.backgroundColor, style.clip].join();
  };
  const box = painted[0].getBoundingClientRect(), focused = look();
  one.blur();
  const left = look();
  one.focus();
  return focused !== left && box.width > 0 && box.bottom > 0 && box.top < innerHeight;
}"""
"""Whether what has the focus lies in the window and is drawn otherwise than without; a radio is drawn by its label.

A day has several stops, and is looked at once: leaving it for a moment would go back to its first.
"""


def tab_to(page: Page, selector: str, *, back: bool = False) -> None:
    """Press Tab until something has the focus; each stop on the way is seen."""
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate("document.activeElement === document.body"):
            continue
        page.wait_for_function(SEEN, timeout=3000)  # the browser may scroll a moment later
        page.evaluate("window.lastStop = document.activeElement")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(selector)


def enter(page: Page) -> None:
    """Press Enter and wait for the page that comes, which may have the same address."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def choose(page: Page, name: str, value: str) -> None:
    """Go to a group of radios and choose one with the arrows."""
    tab_to(page, f"input[name='{name}']")
    page.keyboard.press("Space")
    chosen = f"input[name='{name}'][value='{value}']"
    for _step in range(12):
        if page.locator(chosen).is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(chosen)


def write(page: Page, selector: str, text: str) -> None:
    tab_to(page, selector)
    page.keyboard.type(text)


@pytest.mark.browser
def test_keys_alone_lead_from_signing_in_to_an_answer_and_to_help(browser: Browser, shared_address: str) -> None:
    with opened(browser) as page:
        page.goto(f"{shared_address}/sign-in")
        write(page, "#name", "intake-two")
        write(page, "#password", "intake-two-demonstration")
        page.keyboard.press("Enter")
        page.wait_for_url("**/cases")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('.govuk-skip-link')")
        page.keyboard.press("Enter")  # past the header, to the content
        tab_to(page, "main a[href='/referrals/new']")
        page.keyboard.press("Enter")
        page.wait_for_url("**/referrals/new")
        write(page, "#called-one", "Sam")
        write(page, "#called-two", "Robin")
        choose(page, "said", "unsaid")
        choose(page, "sees", "one")
        write(page, "#received_from", "Early help")
        page.keyboard.press("Enter")
        page.wait_for_url(CASE)
        case = page.url
        tab_to(page, "main a.govuk-button")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile("/questions/"))
        question = page.url
        choose(page, "code", "neither")
        choose(page, "source", "REF")
        write(page, "#contact", "1")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: url != question)
        following = page.url
        tab_to(page, "input[name=contact]")
        page.keyboard.type(" and half a")
        tab_to(page, ".cairn-header__danger", back=True)
        enter(page)
        tab_to(page, "a[href='tel:999']")  # one more press would call
        tab_to(page, "main button[value=return]")
        enter(page)
        assert page.locator("#contact").input_value().endswith("and half a")
        assert page.url == following
        page.goto(question)
        assert page.locator(".cairn-answer").count() == 1
        assert case in question
        assert page.complaints == []  # type: ignore[attr-defined]  # our own note on Playwright's object


@pytest.mark.browser
def test_the_focus_goes_to_what_is_wrong_and_from_there_to_the_field(browser: Browser, shared_address: str) -> None:
    with opened(browser) as page:
        page.goto(f"{shared_address}/sign-in")
        write(page, "#name", "intake-one")
        write(page, "#password", "intake-one-demonstration")
        page.keyboard.press("Enter")
        page.wait_for_url("**/cases")
        page.goto(f"{shared_address}/referrals/new")
        write(page, "#called-one", "Sam")
        page.keyboard.press("Enter")
        page.wait_for_selector(".govuk-error-summary")
        assert page.title().startswith("Error: ")
        page.wait_for_function("document.activeElement.matches('.govuk-error-summary')")
        tab_to(page, ".govuk-error-summary a[href='#called-two']")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "called-two"
        assert page.locator("#called-one").input_value() == "Sam"
