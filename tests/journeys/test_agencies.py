"""A clerk of an agency refers and intake takes it, in a browser: axe, a telephone, the dark, from right to left."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.browser import View, opened, overflow, photograph
from tests.journeys.serving import served
from tests.journeys.test_accessibility import too_wide, turn, violations
from tests.web.site import site_in


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(site_in(tmp_path_factory.mktemp("agencies")).app) as where:
        yield where


def signed_in(page: Page, address: str, name: str, leads_to: str) -> None:
    page.goto(f"{address}/")
    page.fill("#name", name)
    page.fill("#password", f"{name}-demonstration")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(f"**{leads_to}")


def go_on(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main button[name=then][value=next]").click()


def look(page: Page, name: str) -> None:
    """Read a page as axe does, as it is, turned round, and on a telephone."""
    assert violations(page) == [], name
    photograph(page, f"agencies-{name}")
    assert too_wide(page) == [], name
    assert page.complaints == [], name  # type: ignore[attr-defined]  # our own note on Playwright's object


@pytest.mark.browser
def test_a_clerk_refers_and_intake_takes_it(browser: Browser, address: str) -> None:
    with opened(browser) as clerk, opened(browser, View(scheme="dark")) as worker:
        signed_in(clerk, address, "agency-clerk", "/agency/referrals")
        look(clerk, "referrals")
        with clerk.expect_navigation():
            clerk.get_by_role("button", name="Begin a referral").click()
        look(clerk, "danger-first")
        clerk.check("input[name=code][value=neither]")
        go_on(clerk)
        clerk.fill("#called-a", "Nadia")
        clerk.fill("#called-b", "Omar")
        look(clerk, "people")
        go_on(clerk)
        draft = clerk.url
        look(clerk, "draft")
        clerk.get_by_role("link", name=re.compile("Which agency stays responsible")).click()
        clerk.wait_for_url("**/ri-09/case")
        clerk.check("input[name=code][value=stays_open]")
        for name, value in {
            "named_worker": "R. Example",
            "contact": "0100 555",
            "next_review_on": "2026-12-10",
        }.items():
            clerk.fill(f"#cell-{name}", value)
        look(clerk, "question")
        go_on(clerk)
        clerk.goto(draft)
        turn(clerk, "rtl")
        look(clerk, "draft-from-right-to-left")
        with clerk.expect_navigation():
            clerk.get_by_role("button", name="Send the referral").click()
        look(clerk, "sent")
        signed_in(worker, address, "intake-one", "/cases")
        worker.goto(f"{address}/incoming")
        look(worker, "incoming")
        with worker.expect_navigation():
            worker.locator(".cairn-answer a").first.click()
        look(worker, "incoming-one")
        worker.check("input[name=sees][value=B]")
        with worker.expect_navigation():
            worker.get_by_role("button", name="Take it").click()
        assert re.search(r"/cases/[0-9a-f-]{36}$", worker.url)
        assert overflow(worker) == 0
