"""The page of a sheet: escaped, of one direction with every value isolated, neutral outside, loading nothing."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from tests.sheets.small import TODAY
from triage.sheets.composing import Sheet, compose
from triage.sheets.html import article_of, page_of
from triage.sheets.library import Library, SheetKey
from triage.sheets.model import Form, Kind, Typed

TELLING = re.compile(r"abus|violen|victim|perpetrat|harm|survivor|agress", re.IGNORECASE)


class Read(HTMLParser):
    """The tags of a page, and its text with what stands in a `bdi` from left to right told apart."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.apart: list[str] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag + ("-ltr" if dict(attrs).get("dir") == "ltr" and tag == "bdi" else ""))

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if "style" not in self.open and "title" not in self.open:
            (self.apart if "bdi-ltr" in self.open else self.words).append(data)


def sheet_of(library: Library, name: str, language: str, form: Form = Form.STANDARD) -> Sheet:
    found = compose(library, SheetKey(name, "uk", language, form), TODAY)
    assert isinstance(found, Sheet), found
    return found


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("fr", "ltr"), ("ar", "rtl"), ("ur", "rtl")])
def test_language_and_direction_are_said_and_no_figure_stands_outside_an_isolated_value(
    library: Library, language: str, direction: str
) -> None:
    sheet = sheet_of(library, "vs", language)
    read = Read(page_of(sheet))
    for tag in ("html", "article"):
        attributes = next(attributes for name, attributes in read.tags if name == tag)
        assert (attributes["lang"], attributes["dir"]) == (language, direction)
    assert not [words for words in read.words if any(sign.isdigit() for sign in words)]
    phones = [line.phone.text for section in sheet.for_print().sections for line in section.helplines]
    assert len(phones) > 4
    assert set(phones) <= set(read.apart)


def test_the_page_is_neutral_outside_and_loads_nothing(library: Library) -> None:
    for name in library.catalogue.sheets:
        page = page_of(sheet_of(library, name, "en"))
        head = page[: page.index("<body>")]
        assert "<title>Information</title>" in head
        assert TELLING.search(re.sub(r"(?s)<style>.*</style>", "", head)) is None
        assert not re.search(r"<script|<link|<img|src=|href=|url\(|@import|https?:|\son\w+=", page)
        assert '<meta name="referrer" content="no-referrer">' in page


def test_words_that_look_like_a_page_are_words(library: Library) -> None:
    sheet = sheet_of(library, "vs", "en")
    section = replace(sheet.sections[0], lines=(("<script>alert(1)</script>", Typed(Kind.NAME, '"><b>x</b>')),))
    page = page_of(replace(sheet, heading="a & b <i>", sections=(section,)))
    assert "<script>" not in page
    assert "<b>x" not in page
    assert "a &amp; b &lt;i&gt;" in page


def test_a_draft_says_so_on_the_page(library: Library) -> None:
    draft = sheet_of(library, "vs", "ar")
    assert draft.draft in page_of(draft)
    assert 'class="sheet-draft"' not in page_of(sheet_of(library, "vs", "en"))


def test_staff_read_what_to_check_and_clients_do_not_see_the_line(library: Library) -> None:
    sheet = sheet_of(library, "vs", "en")
    assert "0808 802 1414" not in article_of(sheet)
    for_staff = article_of(sheet, staff_note="Check before publication")
    assert "0808 802 1414" in for_staff
    shown = [line for section in sheet.sections for line in section.helplines]
    assert for_staff.count("Check before publication") == sum(line.check_first for line in shown) < len(shown)


def test_headings_and_lists_are_headings_and_lists(library: Library) -> None:
    sheet = sheet_of(library, "child-9-12", "fr", Form.EASY)
    tags = [name for name, _ in Read(page_of(sheet)).tags]
    assert (tags.count("h1"), tags.count("h2"), tags.count("h3")) == (1, len(sheet.sections), 0)
    assert tags.count("ul") == sum(bool(section.lines) for section in sheet.sections if section.layout == "list")
