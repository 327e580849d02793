"""Every page against WCAG 2.2 AA with axe-core, in English, French and from right to left; and how it fits a telephone.

axe-core is kept in `axe/` with its licence (MPL-2.0); it is run in the pages of the tests and shipped to nobody.
"""

import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.browser import DESKTOP, TELEPHONE, opened, overflow, photograph
from tests.journeys.serving import served
from tests.web.site import Site, site_in

AXE = (Path(__file__).parent / "axe" / "axe.min.js").read_text(encoding="utf-8")
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
EXCEPTIONS = {
    "aria-allowed-attr": "aria-expanded on a radio that opens a field: GOV.UK Frontend sets it, screen readers say it",
}
ANYBODY = ("/sign-in", "/danger", "/invitation")
CASE = ("", "/acts", "/check", "/danger", "/findings", "/parts/a", "/parts/c", "/parts/k")
ASKED = (
    "ri-01/case",
    "ri-06/a",
    "ri-16/a",
    "dr-26/case",
    "wd-01/a-to-b",
    "wd-05/a-and-b",
    "wd-10/a-to-b",
    "rd-11/a-and-b",
)
OF_CASES = {
    "intake-one": (*CASE, "/record", "/start", *(f"/questions/{one}" for one in ASKED)),
    "advocate-one": (*CASE, "/record", "/standing", *(f"/questions/{one}" for one in ASKED)),
    "panel-support": (
        "", "/acts", "/acts/cross-search/a-and-b", *(f"/pairs/a-and-b{one}" for one in ("", "/directions", "/meaning", "/routes")),
    ),
    "safety-lead": ("", "/looks", "/pairs/a-and-b/routes", "/acts/riskplan-adopt/case"),
}  # fmt: skip
FLOWS = (
    "/flows", "/flows/parts/a", "/flows/questions/wd-05", "/flows/findings/ctrl", "/flows/proof",
    "/flows/outcomes/o-bc-grp", "/flows/rules/determination",
)  # fmt: skip
OTHERS = {
    "intake-one": ("/cases", "/account", "/referrals/new", "/incoming"),
    "agency-clerk": ("/agency/referrals",),
    "panel-support": ("/matches", "/reassign"),
    "administrator": ("/office/accounts",),
    "author": FLOWS,
}
NOT_OPENED = {
    "static": "a file, no page",
    "door.home": "leads on to another page",
    "provider.go_on": "there is no provider of identities in the demonstration",
    "provider.come_home": "there is no provider of identities in the demonstration",
    "own.picture": "a picture",
    "own.add_passkey": "needs a second factor, which the demonstration has not: tests/journeys/test_passkeys.py",
    "own.password": "the same",
    "own.prove": "the same",
    "own.replace": "the same",
    "own.enrol": "the same",
    "office.manage": "the same",
    "office.invite": "the same",
    "interview.correct": "the form of a question again, opened with an answer",
    "interview.withdraw": "opened with an answer",
    "interview.effects": "opened with an answer",
    "interview.awaited": "opened with a proposal",
    "agency.referral": "opened with a draft: tests/journeys/test_agencies.py",
    "agency.people": "the same",
    "agency.ask": "the same",
    "incoming.one": "opened with a referral: the same",
    "matches.match": "opened with a match: tests/journeys/test_matches.py",
}
LOOKS = {"english": ("en", "ltr"), "french": ("fr", "ltr"), "from right to left": ("en", "rtl")}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_in(tmp_path_factory.mktemp("accessibility"))


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with served(site.app) as where:
        yield where


@pytest.fixture(scope="module")
def pages(browser: Browser, address: str) -> Iterator[dict[str, Page]]:
    """Everybody signed in, each in a browser of their own; "nobody" is not signed in."""
    with ExitStack() as stack:
        found = {"nobody": stack.enter_context(opened(browser))}
        for name in sorted({*OF_CASES, *OTHERS}):
            page = found[name] = stack.enter_context(opened(browser))
            page.goto(f"{address}/")
            page.fill("#name", name)
            page.fill("#password", f"{name}-demonstration")
            page.locator("main form button[type=submit]").click()
            page.wait_for_url(re.compile(r"/(cases|flows|office/accounts|agency/referrals)$"))
        yield found


@pytest.fixture(scope="module")
def case(pages: dict[str, Page], address: str) -> str:
    """A case whose two people each have a worker or an advocate."""
    page = pages["intake-one"]
    page.goto(f"{address}/referrals/new")
    for key in ("one", "two"):
        page.fill(f"#called-{key}", "Sam")
    page.check("input[name=said][value=unsaid]")
    page.check("input[name=sees][value=one]")
    page.fill("#received_from", "Early help")
    page.fill("#facts", "As told on the telephone.")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}$"))
    pages["advocate-one"].goto(f"{address}/cases")
    pages["advocate-one"].locator("form[action$='/take-on'] button").first.click()
    return page.url


def every_page(address: str, case: str) -> Iterator[tuple[str, str]]:
    """Who opens which address."""
    yield from (("nobody", f"{address}{one}") for one in ANYBODY)
    yield from ((name, f"{address}{one}") for name, some in OTHERS.items() for one in some)
    yield from ((name, f"{case}{one}") for name, some in OF_CASES.items() for one in some)


@pytest.mark.browser
def test_every_route_is_opened_here_or_said_to_be_left_out(site: Site, address: str, case: str) -> None:
    routes = site.app.url_map.bind(address.removeprefix("http://"))
    opened_here = {routes.match(where.removeprefix(address))[0] for _name, where in every_page(address, case)}
    readable = {rule.endpoint for rule in site.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert opened_here & set(NOT_OPENED) == set()
    assert readable - opened_here == set(NOT_OPENED)


def turn(page: Page) -> None:
    """Lay a page out from right to left, as for Arabic: the direction, and the style sheet made for it."""
    page.evaluate(
        """() => new Promise((done) => {
            document.documentElement.dir = "rtl";
            const sheet = document.querySelector("link[href$='app.css']");
            sheet.onload = done;
            sheet.href = sheet.href.replace("app.css", "app.rtl.css");
        })"""
    )


def violations(page: Page) -> list[str]:
    """What axe finds on a page: the rule, and where; the exceptions named above apart."""
    page.evaluate(AXE)
    options = {"runOnly": {"type": "tag", "values": list(RULES)}, "resultTypes": ["violations"]}
    found: dict[str, Any] = page.evaluate("(options) => axe.run(document, options)", options)
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"]
        if one["id"] not in EXCEPTIONS
    ]


def choose_language(page: Page, language: str) -> None:
    button = page.locator(f"form[action='/language/{language}'] button")
    if button.count():
        with page.expect_navigation():  # the page that comes is the one that is looked at
            button.click()


def too_wide(page: Page) -> list[str]:
    """At which widths a page is wider than its window: 360 pixels, and 640: a screen of 1280 with its text doubled."""
    found = []
    for width in (TELEPHONE[0], DESKTOP[0] // 2):
        page.set_viewport_size({"width": width, "height": TELEPHONE[1]})
        if over := overflow(page):
            found.append(f"{over} pixels too wide at {width}")
    page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    return found


@pytest.mark.browser
@pytest.mark.parametrize("look", LOOKS)
def test_no_page_breaks_a_rule_of_wcag_or_is_wider_than_its_window(
    pages: dict[str, Page], address: str, case: str, look: str
) -> None:
    """About fifteen seconds for each look: axe reads fifty pages."""
    language, direction = LOOKS[look]
    told: list[str] = []
    for name, where in every_page(address, case):
        page, short = pages[name], where.removeprefix(case).removeprefix(address)
        response = page.goto(where)
        assert response is not None
        assert response.status == 200, (name, where)
        choose_language(page, language)
        if direction == "rtl":
            turn(page)
        told += [f"{name} {short} {one}" for one in (*violations(page), *too_wide(page))]
        photograph(page, f"{look}/{name}-{short.rsplit('/cases/')[-1].replace('/', '_')}")
    assert told == []
