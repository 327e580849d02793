"""The pages that clients read: the same for everybody, neutral outside, and of no use to whoever looks at a browser."""

import re
from pathlib import Path

import pytest

from tests.web.site import Site, site_in
from triage.casework.sheets.library import library_of

SUPPORT_SHEET = "/s/m4kp7/uk/{}/standard"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder: Path = tmp_path_factory.mktemp("reader")
    return site_in(folder)


def test_no_cookie_is_set_and_nothing_is_kept(site: Site):
    answer = site.stranger().get(SUPPORT_SHEET.format("en"))
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert "Vary" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_whoever_is_signed_in_reads_the_same_bytes(site: Site):
    address = SUPPORT_SHEET.format("fr")
    strangers = site.stranger().get(address).data
    assert site.person("intake-one").get(address).data == strangers
    assert site.person("advocate-one").get(address).data == strangers


def test_outside_a_sheet_says_nothing_of_what_it_is(site: Site):
    page = site.stranger().get(SUPPORT_SHEET.format("en")).text
    head = page.partition("</head>")[0]
    assert "<title>Information</title>" in head
    for word in ("abuse", "violence", "victim", "support", "cairn", "triage"):
        assert word not in head.lower()
        assert word not in SUPPORT_SHEET
    assert not re.search(r"<meta[^>]+(?:og:|twitter:|description)", head)


def test_every_sheet_that_is_whole_in_a_language_has_its_page_there_and_no_other(site: Site):
    """A sheet that lacks a text is not there at all: no page mixes two languages."""
    library, reader = library_of(site.service), site.stranger()
    for sheet in library.catalogue.sheets.values():
        for code, edition in library.editions.items():
            for form in ("standard", "easy", "large"):
                answer = reader.get(f"/s/{sheet.address}/uk/{code}/{form}")
                assert answer.status_code in ({200} if code in {"en", "fr"} else {200, 404})
                if answer.status_code == 200:
                    assert f'<html lang="{code}"' in answer.text
                    assert edition.texts.words(sheet.title) in answer.text.replace("&#39;", "'")


@pytest.mark.parametrize(
    "address",
    [
        "/s/zzzzz/uk/en/standard",
        "/s/m4kp7/us/en/standard",
        "/s/m4kp7/uk/xx/standard",
        "/s/m4kp7/uk/en/huge",
        "/s/m4kp7",
    ],
)
def test_what_is_not_there_is_the_constant_page(site: Site, address: str):
    reader = site.stranger()
    assert reader.get(address).status_code == 404
    assert reader.get(address).data == reader.get("/nothing-here").data


def test_every_page_says_once_what_leaving_does_not_do(site: Site):
    """The way out erases nothing and stops no spy: in the sheet itself or beside the way out, in its own language."""
    library, reader = library_of(site.service), site.stranger()
    for sheet in library.catalogue.sheets.values():
        for code, form in (("en", "standard"), ("fr", "easy"), ("ur", "standard")):
            answer = reader.get(f"/s/{sheet.address}/uk/{code}/{form}")
            text = "sheet.keep.traces.easy" if form == "easy" else "sheet.keep.traces"
            if answer.status_code == 200:
                assert answer.text.count(library.editions[code].texts.words(text)) == 1, (sheet.id, code)


def test_numbers_stand_apart_from_left_to_right(site: Site):
    page = site.stranger().get(SUPPORT_SHEET.format("ar")).text
    article = page.partition("<article")[2].partition("<footer")[0]
    outside = re.sub(r'<bdi dir="ltr"[^>]*>[^<]*</bdi>', "", article)
    assert re.findall(r'<bdi dir="ltr"[^>]*>\d+</bdi>', article)
    assert not re.findall(r"\d", re.sub(r"<[^>]*>", "", outside))
