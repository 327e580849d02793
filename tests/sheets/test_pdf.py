"""Sheets on paper: every one can be set, its values stand in their order, and the file says nothing of who made it."""

import ctypes
import datetime as dt
import io
import json
import math
import re
from collections.abc import Iterator
from dataclasses import replace

import pypdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from tests.sheets.small import TODAY
from triage.sheets import pdf
from triage.sheets.composing import Refused, Sheet, compose
from triage.sheets.fonts import COVERAGE, FOLDER, coverage, families_for, signs_without_a_glyph
from triage.sheets.library import Library, SheetKey
from triage.sheets.merging import Merged, Provider, SafeName, TypedHere
from triage.sheets.model import COUNTRIES, Form, Kind, Typed
from triage.sheets.pdf import NotPrintable, pdf_of, texts_of

RIGHT_TO_LEFT = ("ar", "fa", "ps", "ur")
ASKEW = 0.1
"""The sine of the angle from which on a sign does not stand upright."""


def composed(library: Library, sheet: str, language: str, country: str = "uk", form: Form = Form.STANDARD) -> Sheet:
    found = compose(library, SheetKey(sheet, country, language, form), TODAY)
    assert isinstance(found, Sheet), found
    return found


def every_sheet(library: Library) -> Iterator[Sheet]:
    """Every sheet that is whole, in every language, country and form."""
    for language in library.editions:
        for name in library.catalogue.sheets:
            for country in COUNTRIES:
                for form in Form:
                    found = compose(library, SheetKey(name, country, language, form), TODAY)
                    if not isinstance(found, Refused):
                        yield found


def drawn_across(page: pypdfium2.PdfPage) -> str:
    """What stands on the page without its blanks, line by line as the eye meets it from left to right.

    A line is what has one baseline. The mark of a draft lies askew over the lines and is left out.
    """
    text = page.get_textpage()
    lines: dict[float, list[tuple[float, str]]] = {}
    left, baseline = ctypes.c_double(), ctypes.c_double()
    for number in range(text.count_chars()):
        sign = chr(pypdfium2.raw.FPDFText_GetUnicode(text.raw, number))
        askew = abs(math.sin(pypdfium2.raw.FPDFText_GetCharAngle(text.raw, number))) > ASKEW
        if sign.strip() and not askew:
            pypdfium2.raw.FPDFText_GetCharOrigin(text.raw, number, left, baseline)
            lines.setdefault(round(baseline.value, 1), []).append((left.value, sign))
    return "\n".join("".join(sign for _, sign in sorted(line)) for line in lines.values())


def test_every_whole_sheet_has_only_signs_that_are_drawn(library: Library) -> None:
    sheets = list(every_sheet(library))
    assert {"en", "fr"} <= {sheet.language for sheet in sheets}
    for sheet in sheets:
        assert signs_without_a_glyph(texts_of(sheet), families_for(sheet.fonts)) == (), sheet.id


def test_every_sheet_is_set_in_every_language_that_has_it(library: Library) -> None:
    for sheet in every_sheet(library):
        if sheet.form is Form.STANDARD and sheet.country == "uk" and (sheet.language == "en" or sheet.id == "vs"):
            assert pdf_of(sheet, draft=True).startswith(b"%PDF-1.7"), (sheet.language, sheet.id)


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_sheets_of_both_countries_are_set_in_every_form(library: Library, language: str, form: Form) -> None:
    for country in COUNTRIES:
        document = pypdfium2.PdfDocument(pdf_of(composed(library, "vs", language, country, form)))
        assert 2 <= len(document) <= 6


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_phones_are_drawn_and_read_from_left_to_right_in_right_to_left_sheets(library: Library, language: str) -> None:
    sheet = composed(library, "vs", language)
    content = pdf_of(sheet, draft=True)
    drawn = "\n".join(drawn_across(page) for page in pypdfium2.PdfDocument(content))
    in_file = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    for phone in _phones(sheet):
        assert phone.replace(" ", "") in drawn, f"{phone} is not drawn in its order"
        assert phone.replace(" ", "") in in_file.replace(" ", ""), f"{phone} is not read out in its order"


@pytest.mark.parametrize(("language", "country"), [("en", "uk"), ("zh", "uk"), ("fr", "fr")])
def test_no_number_is_torn_apart_in_large_print(library: Library, language: str, country: str) -> None:
    sheet = composed(library, "vs", language, country, Form.LARGE)
    drawn = "\n".join(drawn_across(page) for page in pypdfium2.PdfDocument(pdf_of(sheet, draft=True)))
    assert [phone for phone in _phones(sheet) if phone.replace(" ", "") not in drawn] == []


def test_the_test_of_phones_sees_a_phone_that_is_reversed(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = "#let value(piece) = piece.text + text(dir: rtl)[ ]\n#let unused_value"
    broken = pdf.TEMPLATE.read_text(encoding="utf-8").replace("#let value", plain, 1)
    monkeypatch.setattr(pdf, "_template", broken.encode)
    sheet = composed(library, "vs", "ar")
    drawn = "\n".join(drawn_across(page) for page in pypdfium2.PdfDocument(pdf_of(sheet, draft=True)))
    assert [phone for phone in _phones(sheet) if phone.replace(" ", "") not in drawn] != []


@pytest.mark.parametrize("language", RIGHT_TO_LEFT)
def test_what_is_merged_stands_from_left_to_right_where_it_is_drawn(library: Library, language: str) -> None:
    appointment = dt.datetime(2026, 12, 3, 14, 5, tzinfo=dt.UTC)
    merged = Merged(SafeName(TypedHere("Noor"), "worker"), appointment, Provider(phone="020 7946 0958"))
    made = compose(library, SheetKey("vs", "uk", language, Form.STANDARD), TODAY, merged)
    assert isinstance(made, Sheet)
    document = pypdfium2.PdfDocument(pdf_of(made, draft=True))
    drawn = "\n".join(drawn_across(page) for page in document)
    copied = "\n".join(page.get_textpage().get_text_range() for page in document)
    for value in ("Noor", "03/12/2026", "14:05", "02079460958", "08082000247"):
        assert value in drawn, value
        assert value in copied, f"{value} is copied in another order"


def _phones(sheet: Sheet) -> list[str]:
    found = [line.phone.text for section in sheet.for_print().sections for line in section.helplines]
    return [phone for phone in found if " " in phone]


def test_the_file_names_no_maker_no_day_and_no_sheet(library: Library) -> None:
    content = pdf_of(composed(library, "vs-res", "en"))
    document = pypdfium2.PdfDocument(content)
    assert {key: value for key, value in document.get_metadata_dict().items() if value.strip()} == {
        "Title": "Information"
    }
    assert re.search(rb"(?i)typst|cairn|vs-res|CreationDate", content) is None
    assert b"pdfuaid:part" in content


def test_the_file_is_tagged_with_its_language_and_direction(library: Library) -> None:
    content = pdf_of(composed(library, "vs", "ar"), draft=True)
    assert b"/Lang(ar" in content
    assert b"/StructTreeRoot" in content
    assert re.search(rb"/MarkInfo<<[^>]*/Marked true", content)
    assert pypdfium2.raw.FPDFCatalog_IsTagged(pypdfium2.PdfDocument(content).raw) == 1


def test_the_same_sheet_is_the_same_file(library: Library) -> None:
    sheet = composed(library, "child-9-12", "fr", "fr")
    assert pdf_of(sheet) == pdf_of(sheet)


def test_a_draft_is_refused_and_marked_on_every_page_when_asked_for(library: Library) -> None:
    draft = composed(library, "vs", "ar")
    with pytest.raises(NotPrintable, match="until two people read it"):
        pdf_of(draft)
    marked = replace(composed(library, "vs", "en"), draft="NOT CHECKED")
    document = pypdfium2.PdfDocument(pdf_of(marked, draft=True))
    assert len(document) > 1
    assert all("NOT CHECKED" in page.get_textpage().get_text_range() for page in document)


def test_a_sign_that_no_font_draws_refuses_the_sheet(library: Library) -> None:
    sheet = replace(composed(library, "vs", "en"), heading="Support \u4e00")
    with pytest.raises(NotPrintable, match=r"U\+4E00"):
        pdf_of(sheet)


def test_words_that_look_like_a_program_are_words(library: Library) -> None:
    words = '#panic("read") $x$ *bold* \\ "quoted" @label <mark>'
    sheet = composed(library, "child-9-12", "en")
    section = replace(sheet.sections[0], lines=((words, Typed(Kind.NAME, '#let x = "1"')),))
    document = pypdfium2.PdfDocument(pdf_of(replace(sheet, sections=(section, *sheet.sections[1:]))))
    assert (
        '#panic("read") $x$ *bold* \\ "quoted" @label <mark>#let x = "1"' in document[0].get_textpage().get_text_range()
    )


def test_a_line_that_nobody_checked_for_six_months_is_not_printed(library: Library) -> None:
    later = TODAY + dt.timedelta(days=200)
    sheet = compose(library, SheetKey("vs", "uk", "en", Form.STANDARD), later)
    assert isinstance(sheet, Sheet)
    told = " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf_of(sheet)))
    assert "0808 2000 247" not in told
    assert "999" in told, "the number for danger is in the text itself"


def test_the_table_of_signs_is_what_the_fonts_draw() -> None:
    assert json.loads(COVERAGE.read_text(encoding="utf-8")).keys() == coverage().keys()
    for path in FOLDER.glob("*.ttf"):
        font = TTFont(path)
        family = font["name"].getDebugName(16) or font["name"].getDebugName(1)
        assert coverage()[family] <= set(font.getBestCmap()), path.name
    assert signs_without_a_glyph(["Aé"], ["Noto Sans"]) == ()
    assert signs_without_a_glyph(["A\u4e00"], ["Noto Sans"]) == ("\u4e00",)


def test_the_licence_of_the_fonts_stands_beside_them() -> None:
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FOLDER / "OFL.txt").read_text(encoding="utf-8")
