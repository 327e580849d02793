"""The page of the proofs in a real browser: nothing spills at 360 pixels, and a case leads to its question."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.browser import TELEPHONE, View, opened, overflow, photograph
from tests.journeys.serving import served
from tests.proof.broken_flows import CLOSING, STRANGULATION, changed_flows, recorded
from tests.web.site import site_in

LOOKS = {
    "desktop": View(),
    "telephone": View(size=TELEPHONE),
    "dark-telephone": View(size=TELEPHONE, scheme="dark"),
    "french-telephone": View(size=TELEPHONE, language="fr-FR"),
    "no-scripts": View(size=TELEPHONE, scripts=False),
}


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The program over the shipped flows, and over flows that break invariants."""
    broken = changed_flows(tmp_path_factory.mktemp("broken-flows"), STRANGULATION, CLOSING)
    recorded(broken)
    with (
        served(site_in(tmp_path_factory.mktemp("shipped")).app) as shipped,
        served(site_in(tmp_path_factory.mktemp("broken"), broken).app) as of_broken,
    ):
        yield {"shipped": shipped, "broken": of_broken}


def read_proofs(page: Page, address: str) -> None:
    """Sign in as the author of flows, and open the page with everything on it unfolded."""
    page.goto(f"{address}/sign-in")
    page.fill("#name", "author")
    page.fill("#password", "author-demonstration")
    page.locator("main form button[type=submit]").click()
    page.goto(f"{address}/flows/proof")
    for summary in page.locator("main summary").all():
        summary.click()


@pytest.mark.browser
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("flows", ["shipped", "broken"])
def test_no_word_is_wider_than_the_window(browser: Browser, addresses: dict[str, str], flows: str, look: str) -> None:
    with opened(browser, LOOKS[look]) as page:
        read_proofs(page, addresses[flows])
        photograph(page, f"proofs-{flows}-{look}")
        assert overflow(page) == 0
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert overflow(page) == 0
        assert page.complaints == []  # type: ignore[attr-defined]  # set by `opened`


@pytest.mark.browser
def test_an_author_comes_from_the_sentence_to_the_case_and_its_question(
    browser: Browser, addresses: dict[str, str]
) -> None:
    with opened(browser, View(scripts=False)) as page:
        read_proofs(page, addresses["broken"])
        page.locator("#inv-34").get_by_role("link", name="See the case").click()
        case = page.locator("section.cairn-broken", has=page.locator("#broken-INV-34"))
        assert case.locator("ol.cairn-sheet > li").count() == 1
        assert "Nothing starts." in case.inner_text()
        case.get_by_role("link", name="DR-01").click()
        page.wait_for_url("**/flows/questions/dr-01")
