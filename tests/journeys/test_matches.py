"""The pages of matches in a real browser: wide and narrow, light and dark, written from either side."""

from collections.abc import Iterator
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page
from werkzeug.serving import make_server

from tests.journeys.browser import TELEPHONE, View, opened, overflow, photograph
from tests.web.site import site_in
from tests.web.test_matches import AGAIN, COUPLE, OTHERS, match_address, refer

VIEWS = {
    "desktop": View(), "telephone": View(TELEPHONE), "dark": View(scheme="dark"), "french": View(language="fr-FR"),
    "right to left": View(), "telephone right to left": View(TELEPHONE),
}  # fmt: skip


MIRROR = """one => new Promise(done => {
  one.onload = done; one.href = one.href.replace('app.css', 'app.rtl.css')
})"""
"""No language shipped yet is written from right to left; the stylesheet for those that are is."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The program with a pair referred in both roles, one of them for somebody else too; and the pages to look at."""
    site = site_in(tmp_path_factory.mktemp("matches"))
    first, second = site.person("intake-one"), site.person("intake-two")
    case = refer(first, COUPLE)
    refer(first, {**COUPLE, **{name: OTHERS[name] for name in OTHERS if name.endswith("-two")}})
    refer(second, AGAIN)
    refer(second, {"called-one": "S", "called-two": "C", "sees": "one", "received_from": "Early help"})
    panel = site.person("panel-independent")
    found = match_address(panel)
    panel.post(f"{found}/review", {"same": "yes", "reason": "Both gave the name of the same street."})
    server = make_server("127.0.0.1", 0, site.app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}", ("/matches", found, f"{case}/pairs/a-and-b")
    server.shutdown()
    thread.join()


def signed_in(page: Page, address: str, name: str) -> None:
    page.goto(f"{address}/")
    page.fill("#name", name)
    page.fill("#password", f"{name}-demonstration")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/cases")


@pytest.mark.browser
@pytest.mark.parametrize("name", VIEWS)
def test_the_pages_fit_and_complain_of_nothing(
    browser: Browser, served: tuple[str, tuple[str, ...]], name: str
) -> None:
    address, pages = served
    with opened(browser, VIEWS[name]) as page:
        signed_in(page, address, "panel-support")
        for number, one in enumerate(pages):
            page.goto(address + one)
            if "right to left" in name:
                page.evaluate("document.documentElement.dir = 'rtl'")
                page.locator("link[href$='app.css']").evaluate(MIRROR)
            photograph(page, f"matches-{number}-{name.replace(' ', '-')}")
            assert overflow(page) == 0, one
        assert page.complaints == []  # type: ignore[attr-defined]  # our own note on Playwright's object


@pytest.mark.browser
def test_the_form_of_a_referral_fits_with_everything_open(
    browser: Browser, served: tuple[str, tuple[str, ...]]
) -> None:
    with opened(browser, View(TELEPHONE)) as page:
        signed_in(page, served[0], "intake-one")
        page.goto(f"{served[0]}/referrals/new")
        for summary in page.locator("summary").all():
            summary.click()
        photograph(page, "referral-telephone")
        assert overflow(page) == 0
