"""The drawings of the flows in a real browser: links work without scripts, nothing spills, the text says the same."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.browser import TELEPHONE, View, opened, overflow, photograph
from tests.journeys.serving import served
from tests.web.site import site_in

PAGES = ("parts/c", "rules/determination", "rules/routes", "findings/ctrl", "outcomes/o-bc-grp", "questions/wd-01", "")
LOOKS = {
    "desktop": View(),
    "telephone": View(size=TELEPHONE),
    "dark": View(scheme="dark"),
    "french-telephone": View(size=TELEPHONE, language="fr-FR"),
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site = site_in(tmp_path_factory.mktemp("drawings"))
    with served(site.app) as found:
        yield found


def sign_in(page: Page, address: str) -> None:
    page.goto(f"{address}/sign-in")
    page.fill("#name", "intake-one")
    page.fill("#password", "intake-one-demonstration")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/cases")


@pytest.mark.browser
@pytest.mark.parametrize("look", LOOKS)
def test_no_page_is_wider_than_the_window_and_no_policy_is_broken(browser: Browser, address: str, look: str) -> None:
    with opened(browser, LOOKS[look]) as page:
        sign_in(page, address)
        for name in PAGES:
            page.goto(f"{address}/flows/{name}".rstrip("/"))
            photograph(page, f"flows-{name.replace('/', '-') or 'index'}-{look}")
            assert overflow(page) == 0, name
        assert page.complaints == []  # type: ignore[attr-defined]  # set by `opened`


@pytest.mark.browser
def test_a_question_in_the_drawing_leads_to_its_page_without_scripts(browser: Browser, address: str) -> None:
    with opened(browser, View(scripts=False)) as page:
        sign_in(page, address)
        page.goto(f"{address}/flows/parts/c")
        page.locator("svg [data-node='WD-18'] a").click()
        page.wait_for_url("**/flows/questions/wd-18")
        page.goto(f"{address}/flows/rules/determination")
        page.locator("svg [data-node='result-4-primary'] a").click()
        assert page.url.endswith("#in-words-result-4-primary")
        assert page.locator("#in-words-result-4-primary").is_visible()


@pytest.mark.browser
def test_the_column_of_nodes_is_seen_whole_on_a_telephone_and_the_rest_moves_in_its_own_box(
    browser: Browser, address: str
) -> None:
    with opened(browser, View(size=TELEPHONE)) as page:
        sign_in(page, address)
        page.goto(f"{address}/flows/parts/c")
        box = page.locator("svg [data-node='WD-01'] rect").first.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= TELEPHONE[0]
        region = page.locator(".cairn-drawing")
        assert region.evaluate("one => one.scrollWidth > one.clientWidth")
        region.evaluate("one => { one.scrollLeft = 400 }")
        assert region.evaluate("one => one.scrollLeft") > 300


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES[:5])
def test_the_text_lists_what_the_drawing_shows(browser: Browser, address: str, name: str) -> None:
    with opened(browser) as page:
        sign_in(page, address)
        page.goto(f"{address}/flows/{name}")
        ids = "found => found.map(one => one.dataset.node)"
        drawn = page.locator("svg [data-node]").evaluate_all(ids)
        assert drawn == page.locator("ol.cairn-twin > li[data-node]").evaluate_all(ids)
        assert len(drawn) >= 5
        described = page.locator("svg.drawing").get_attribute("aria-details")
        assert page.locator(f"#{described}").count() == 1


@pytest.mark.browser
def test_no_words_spill_over_the_edge_of_their_box(browser: Browser, address: str) -> None:
    with opened(browser) as page:
        sign_in(page, address)
        for name in PAGES[:5]:
            page.goto(f"{address}/flows/{name}")
            spilt = page.locator("svg .node").evaluate_all(
                "found => found.filter(one => { const edge = one.querySelector('.shape').getBoundingClientRect();"
                " const ends = [...one.querySelectorAll('text')].map(text => text.getBoundingClientRect().right);"
                " return ends.some(end => end > edge.right) })"
                ".map(one => one.dataset.node)"
            )
            assert spilt == [], name


@pytest.mark.browser
def test_a_right_to_left_page_leaves_an_english_drawing_readable(browser: Browser, address: str) -> None:
    with opened(browser) as page:
        sign_in(page, address)
        page.goto(f"{address}/flows/parts/c")
        before = page.locator("svg [data-node='WD-01'] text").first.bounding_box()
        frame = page.locator("svg [data-node='WD-01'] .shape").first.bounding_box()
        page.evaluate("document.documentElement.dir = 'rtl'")
        photograph(page, "flows-parts-c-right-to-left")
        after = page.locator("svg [data-node='WD-01'] text").first.bounding_box()
        turned = page.locator("svg [data-node='WD-01'] .shape").first.bounding_box()
        assert None not in (before, after, frame, turned)
        assert after["x"] - turned["x"] == pytest.approx(before["x"] - frame["x"], abs=1)
        assert overflow(page) == 0
