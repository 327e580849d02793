"""Sheets are read by children of nine and by tired adults: how hard a sheet, and a sentence of it, may be.

English: Flesch-Kincaid grade at most 6 (reading age 11), easy form at most 4.5 (9 to 10); sentences of at most 22
words, easy form 15. French: ease of Kandel and Moles at least 75, easy form 80; sentences of at most 15 words.
"""

import pytest

from tests.sheets.reading_level import ease_in_french, grade_in_english, sentences_of
from tests.sheets.small import TODAY
from triage.sheets.composing import Sheet, compose
from triage.sheets.library import Library, SheetKey
from triage.sheets.model import COUNTRIES, Form

LONGEST = {("en", Form.STANDARD): 22, ("en", Form.EASY): 15, ("fr", Form.STANDARD): 15, ("fr", Form.EASY): 15}
HARDEST_GRADE = {Form.STANDARD: 6.0, Form.EASY: 4.5}
LEAST_EASE = {Form.STANDARD: 75.0, Form.EASY: 80.0}


def said(library: Library, language: str, form: Form) -> list[tuple[str, str]]:
    """Each sheet with all its lines, one on each line."""
    found = []
    for name in library.catalogue.sheets:
        for country in COUNTRIES:
            sheet = compose(library, SheetKey(name, country, language, form), TODAY)
            assert isinstance(sheet, Sheet), sheet
            lines = [line for section in sheet.sections for line in section.lines]
            found.append(
                (name, "\n".join("".join(p if isinstance(p, str) else p.text for p in line) for line in lines))
            )
    return found


@pytest.mark.parametrize("form", LEAST_EASE)
def test_english_sheets_are_within_the_reading_age(library: Library, form: Form) -> None:
    graded = {name: grade_in_english(text) for name, text in said(library, "en", form)}
    assert {name: grade for name, grade in graded.items() if grade > HARDEST_GRADE[form]} == {}


@pytest.mark.parametrize("form", LEAST_EASE)
def test_french_sheets_are_within_the_reading_ease(library: Library, form: Form) -> None:
    eased = {name: ease_in_french(text) for name, text in said(library, "fr", form)}
    assert {name: ease for name, ease in eased.items() if ease < LEAST_EASE[form]} == {}


@pytest.mark.parametrize(("language", "form"), LONGEST)
def test_no_sentence_is_long(library: Library, language: str, form: Form) -> None:
    sentences = [sentence for _, text in said(library, language, form) for sentence in sentences_of(text)]
    longest = LONGEST[language, form]
    assert sorted({" ".join(one) for one in sentences if len(one) > longest}) == []


def test_a_hard_text_is_found_hard() -> None:
    hard = "The coordination arrangements necessitate comprehensive consideration of individual circumstances."
    assert grade_in_english(hard) > 15
    assert ease_in_french("Les dispositifs interinstitutionnels nécessitent une considération approfondie.") < 40
    assert -2 < grade_in_english("You did nothing wrong. We can help you.") < 3
