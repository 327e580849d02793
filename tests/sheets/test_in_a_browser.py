"""The page of a sheet in Chromium, on a small telephone: numbers in their order as they are drawn and copied."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.browser import DESKTOP, TELEPHONE, View, opened
from tests.sheets.small import TODAY
from triage.sheets.composing import Sheet, compose
from triage.sheets.html import page_of
from triage.sheets.library import Library, SheetKey
from triage.sheets.model import Form

pytestmark = pytest.mark.browser

DRAWN = """() => [...document.querySelectorAll('.sheet-value')].map(value => {
    const signs = [];
    for (const node of value.childNodes) {
        for (let at = 0; at < node.length; at++) {
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            const box = range.getBoundingClientRect();
            if (node.data[at].trim()) signs.push([Math.round(box.top), box.left, node.data[at]]);
        }
    }
    signs.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
    return [value.textContent, signs.map(sign => sign[2]).join('')];
})"""
"""Each value as it stands in the page, and its signs in the order in which the eye meets them from left to right."""

COPIED = "() => { getSelection().selectAllChildren(document.body); return getSelection().toString(); }"


def sheet_of(library: Library, language: str) -> Sheet:
    found = compose(library, SheetKey("vs", "uk", language, Form.STANDARD), TODAY)
    assert isinstance(found, Sheet), found
    return found


def show(page: Page, content: str) -> Any:
    page.set_content(content)
    return page.evaluate(DRAWN)


@pytest.mark.parametrize("language", ["ar", "ur", "fa", "en"])
def test_numbers_are_drawn_and_copied_in_their_order_on_a_small_telephone(
    browser: Browser, library: Library, language: str
) -> None:
    sheet = sheet_of(library, language)
    phones = [line.phone.text for section in sheet.for_print().sections for line in section.helplines]
    with opened(browser, View(size=TELEPHONE)) as page:
        values = show(page, page_of(sheet))
        copied = page.evaluate(COPIED)
        wide = page.evaluate("() => document.documentElement.scrollWidth")
    assert set(phones) <= {value for value, _ in values}
    assert [(value, drawn) for value, drawn in values if drawn != "".join(value.split())] == []
    assert [phone for phone in phones if phone not in copied] == []
    assert wide <= TELEPHONE[0]


def test_the_test_sees_a_number_that_is_not_set_apart(browser: Browser, library: Library) -> None:
    broken = page_of(sheet_of(library, "ar")).replace('<bdi dir="ltr"', "<span").replace("</bdi>", "</span>")
    with opened(browser, View(size=TELEPHONE)) as page:
        values = show(page, broken)
    assert [value for value, drawn in values if drawn != "".join(value.split())] != []


def test_a_draft_prints_its_mark_and_nothing_else(browser: Browser, library: Library) -> None:
    draft, final = sheet_of(library, "ar"), sheet_of(library, "en")
    with opened(browser, View(size=DESKTOP)) as page:
        page.emulate_media(media="print")
        page.set_content(page_of(draft))
        assert page.inner_text("body").strip() == draft.draft
        page.set_content(page_of(final))
        assert final.heading in page.inner_text("body")
