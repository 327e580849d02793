"""Sitting down at a desk in a browser: sign in, open a case, and where the cases of a journey come from."""

import re

from playwright.sync_api import Page

CASE = re.compile(r"/cases/[0-9a-f-]{36}$")


def sign_in(page: Page, address: str, name: str) -> None:
    """Sign in with the password of the demonstration."""
    page.goto(f"{address}/")
    page.fill("#name", name)
    page.fill("#password", f"{name}-demonstration")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/(cases|flows|office/accounts|agency/referrals|translations)$"))


def new_case(page: Page, address: str) -> str:
    """Open a case of two people on the form of a referral; give its address."""
    page.goto(f"{address}/referrals/new")
    for key in ("one", "two"):
        page.fill(f"#called-{key}", "Sam")
    page.check("input[name=said][value=unsaid]")
    page.check("input[name=sees][value=one]")
    page.fill("#received_from", "Early help")
    page.fill("#facts", "As told on the telephone.")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(CASE)
    return page.url


def answer(page: Page, address: str, code: str, source: str = "REF") -> None:
    """Answer a question that has one list, by clicking on its page."""
    page.goto(address)
    page.check(f"input[name=code][value={code}]")
    page.check(f"input[name=source][value={source}]")
    page.locator(".cairn-save button[value=next]").click()
    page.wait_for_url(lambda url: url != address)
