"""Someone is in danger while a form is half filled: one press shows whom to call, and the typed text comes back."""

import re

import pytest
from playwright.sync_api import Browser

from tests.journeys.browser import View, opened
from tests.journeys.serving import served
from tests.web.site import site_in


@pytest.mark.browser
@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_what_was_typed_comes_back_after_danger(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, *, scripts: bool
) -> None:
    site = site_in(tmp_path_factory.mktemp("danger"))
    with served(site.app) as address, opened(browser, View(scripts=scripts)) as page:
        page.goto(f"{address}/")
        page.fill("#name", "intake-one")
        page.fill("#password", "intake-one-demonstration")
        page.locator("main form button[type=submit]").click()
        page.goto(f"{address}/referrals/new")
        for key in ("one", "two"):
            page.fill(f"#called-{key}", "Sam")
        page.check("input[name=said][value=unsaid]")
        page.check("input[name=sees][value=one]")
        page.fill("#received_from", "Early help")
        page.locator("main form button[type=submit]").click()
        page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}$"))
        question = f"{page.url}/questions/wd-10/a-to-b"
        page.goto(question)
        page.check("input[name=code][value=contact]")
        page.fill("#contact", "12 é")
        page.locator(".cairn-header__danger").click()
        assert page.url == question
        assert "999" in page.locator("main").inner_text()
        assert "It is not saved yet" in page.locator("main").inner_text()
        page.locator("main button[value=return]").click()
        assert page.locator("#contact").input_value() == "12 é"
        assert page.locator("input[name=code][value=contact]").is_checked()
        page.check("input[name=source][value=POL]")
        page.locator("#contact").press("Enter")  # Enter saves; it never presses the button of the header
        page.wait_for_url(lambda url: url != question)
        page.goto(question)
        assert page.locator(".cairn-answer").count() == 1
