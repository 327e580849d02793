"""A client reads a sheet in a real browser: right to left on a telephone, on paper, and away at one press."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, CDPSession, Page

from tests.journeys.browser import FLAGS, TELEPHONE, View, chromium, opened, overflow, photograph
from tests.journeys.serving import served
from tests.journeys.test_accessibility import violations
from tests.web.site import site_in

ELSEWHERE = "https://www.wikipedia.org/"
MARK = "Support that is yours"
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("reader")
    with served(site_in(folder).app) as at:
        yield f"{at}/s/m4kp7/uk"


def elsewhere(page: Page) -> None:
    """The page to which the way out leads, which this machine cannot reach."""
    page.route(f"{ELSEWHERE}**", lambda route: route.fulfill(body="<title>Elsewhere</title><p>Another page.</p>"))


@pytest.mark.parametrize("way", ["click", "Escape"])
def test_leaving_empties_the_page_and_going_back_shows_nothing_of_it(browser: Browser, address: str, way: str):
    with opened(browser, View(TELEPHONE)) as page:
        elsewhere(page)
        page.goto("about:blank")
        page.goto(f"{address}/en/standard")
        assert MARK in page.locator("h1").inner_text()
        page.locator("[data-leave]").click() if way == "click" else page.keyboard.press("Escape")
        page.wait_for_url(ELSEWHERE)
        page.go_back()
        page.wait_for_url("about:blank")
        assert MARK not in page.content()
        assert page.context.cookies() == []


def test_nothing_of_the_sheet_is_left_on_the_disk(address: str, tmp_path: Path, browser: Browser):
    """What the browser wrote while the sheet was open holds none of its words; the neutral address stays."""
    kept = browser.browser_type.launch_persistent_context(tmp_path, executable_path=chromium(), args=FLAGS)
    page = kept.pages[0]
    elsewhere(page)
    page.goto(f"{address}/en/standard")
    assert MARK in page.content()
    page.locator("[data-leave]").click()
    page.wait_for_url(ELSEWHERE)
    kept.close()
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert len(written) > 10_000
    assert MARK.encode() not in written
    assert MARK.encode("utf-16-le") not in written


def test_an_open_sheet_needs_no_network_and_is_emptied_without_one(browser: Browser, address: str):
    with opened(browser, View(TELEPHONE)) as page:
        page.goto(f"{address}/en/standard")
        page.evaluate("document.fonts.ready")
        page.context.set_offline(True)
        last = page.locator("article li").last
        last.scroll_into_view_if_needed()
        assert last.is_visible()
        assert not page.complaints
        page.locator("[data-leave]").click()
        page.wait_for_function("!document.querySelector('article')")
        assert MARK not in page.content()


@pytest.mark.parametrize("language", ["ar", "ur"])
def test_a_sheet_from_right_to_left_fits_a_telephone(browser: Browser, address: str, language: str):
    with opened(browser, View(TELEPHONE)) as page:
        page.goto(f"{address}/{language}/standard")
        photograph(page, f"reader-{language}-telephone")
        assert overflow(page) == 0
        assert page.evaluate("getComputedStyle(document.querySelector('article')).direction") == "rtl"
        lefts = page.evaluate(
            """[...document.querySelectorAll('bdi.sheet-value')].map((one) => {
              const text = one.firstChild, at = (index) => {
                const range = document.createRange();
                range.setStart(text, index); range.setEnd(text, index + 1);
                return range.getBoundingClientRect().left;
              };
              return [at(0), at(text.length - 1)];
            })"""
        )
        assert lefts
        assert all(first < last for first, last in lefts), "a number is read from its last figure"
        assert not page.complaints


def test_a_sheet_is_read_without_scripts_and_the_way_out_still_leads_away(browser: Browser, address: str):
    with opened(browser, View(scripts=False)) as page:
        elsewhere(page)
        page.goto(f"{address}/fr/easy")
        page.locator("[data-leave]").click()
        page.wait_for_url(ELSEWHERE)


VOICES = """(local) => {
    const said = [];
    class Utterance extends EventTarget { constructor(text) { super(); this.text = text; } }
    const speech = {
        getVoices: () => [{ lang: "en-GB", localService: local }, { lang: "pl", localService: true }],
        speak: (one) => said.push([one.lang, one.text]),
        cancel: () => said.push("cancel"),
    };
    Object.defineProperty(window, "speechSynthesis", { value: speech });
    window.SpeechSynthesisUtterance = Utterance;
    window.said = said;
}"""
"""A browser of this machine has no voice: one on the device, or one that sends the text away, takes its place."""


@pytest.mark.parametrize("local", [True, False])
def test_a_sheet_is_read_aloud_by_a_voice_on_the_device_alone(browser: Browser, address: str, local: bool):
    with opened(browser, View(TELEPHONE)) as page:
        page.add_init_script(f"({VOICES})({str(local).lower()})")
        page.goto(f"{address}/en/standard")
        button = page.locator("[data-quiet]")
        assert button.is_visible() == local
        if not local:
            return
        button.click()
        said = page.evaluate("window.said")
        assert said[0] == ["en-GB", MARK]
        assert ["en-GB", "Call 9 9 9, ."] in said
        assert button.inner_text() == "Stop"
        button.click()
        assert page.evaluate("window.said").pop() == "cancel"
        assert button.inner_text() == "Listen"


def test_on_paper_there_is_the_sheet_alone(browser: Browser, address: str):
    with opened(browser) as page:
        page.goto(f"{address}/en/standard")
        page.emulate_media(media="print")
        photograph(page, "reader-print")
        assert not page.locator(".reader-leave").is_visible()
        assert not page.locator(".reader-others").is_visible()
        assert page.locator("article h1").is_visible()


def test_a_draft_prints_nothing_but_its_mark(browser: Browser, address: str):
    with opened(browser) as page:
        page.goto(f"{address}/ar/standard")
        assert page.locator(".sheet-draft").is_visible()
        assert page.locator("[data-quiet]").count() == 0, "nobody is given a draft, on paper or aloud"
        page.emulate_media(media="print")
        assert page.locator(".sheet-draft").is_visible()
        assert not page.locator("article h1").is_visible()


@pytest.mark.parametrize("language", ["en", "ur"])
def test_a_sheet_breaks_no_rule_of_wcag(browser: Browser, address: str, language: str):
    with opened(browser, View(TELEPHONE)) as page:
        page.goto(f"{address}/{language}/standard")
        assert violations(page) == []


OF_SCRIPTS = {
    "ar": "Noto Naskh Arabic", "bn": "Noto Sans Bengali", "fa": "Noto Naskh Arabic",
    "pa": "Noto Sans Gurmukhi", "ps": "Noto Naskh Arabic",
    "ti": "Noto Sans Ethiopic", "ur": "Noto Nastaliq Urdu", "zh": "Noto Sans SC",
}  # fmt: skip
"""By language, the font that comes with the sheet for its script."""


def fonts_of(page: Page, asked: CDPSession) -> tuple[Counter[str], set[str]]:
    """The fonts that came with the page and drew something, with how many signs; and those of the machine."""
    asked.send("DOM.enable")
    asked.send("CSS.enable")
    wanted = {
        "nodeId": asked.send("DOM.getDocument")["root"]["nodeId"],
        "selector": "h1, h2, li, p, .reader-leave a, article bdi, footer span",
    }
    brought, there = Counter[str](), set[str]()
    for node in asked.send("DOM.querySelectorAll", wanted)["nodeIds"]:
        for one in asked.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]:
            if one["isCustomFont"]:
                brought[one["familyName"]] += one["glyphCount"]
            else:
                there.add(one["familyName"])
    return brought, there


def test_the_font_of_every_script_comes_with_the_page_and_draws_its_letters(browser: Browser, address: str):
    """The fonts of the machine draw nothing but what they draw of an English sheet: Latin letters and figures."""
    with opened(browser, View(TELEPHONE)) as page:
        asked = page.context.new_cdp_session(page)
        page.goto(f"{address}/en/standard")
        _, latin = fonts_of(page, asked)
        for language, family in OF_SCRIPTS.items():
            page.goto(f"{address}/{language}/standard")
            page.evaluate("document.fonts.ready")
            brought, there = fonts_of(page, asked)
            assert brought[family] > 500, (language, brought)
            assert there <= latin, (language, there)
        assert not page.complaints
