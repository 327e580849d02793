"""What a check of translations catches of 200 seeded errors, and that it says nothing against what is right."""

import pytest

from tests.sheets.seeding import KINDS, seeded
from triage.sheets.library import Library
from triage.sheets.translating import REFUSED, problems_of_translation

CAUGHT_ALWAYS = ("placeholder", "number", "direction")


def caught(library: Library, text: str, words: str) -> set[str]:
    english, french = library.editions["en"], library.editions["fr"]
    source = english.texts.words(text)
    found = problems_of_translation(text, source, words, english.language, french.language)
    return {problem.code for problem in found}


@pytest.mark.parametrize("seed", [1, 2026, 77])
def test_of_200_seeded_errors_all_that_are_dangerous_and_nine_of_ten_over_all_are_caught(
    library: Library, seed: int
) -> None:
    texts = {text: one.words for text, one in library.editions["fr"].texts.by_id.items() if ".label." not in text}
    errors = seeded(texts, seed)
    assert len(errors) == 200
    missed = [(kind, text, words) for kind, text, words in errors if not caught(library, text, words)]
    assert [one for one in missed if one[0] in CAUGHT_ALWAYS] == []
    assert len(missed) <= 20, missed


@pytest.mark.parametrize("kind", CAUGHT_ALWAYS)
def test_a_text_that_cannot_be_trusted_is_refused_and_not_only_told(library: Library, kind: str) -> None:
    texts = {text: one.words for text, one in library.editions["fr"].texts.by_id.items()}
    for found, text, words in seeded(texts, 5):
        if found == kind:
            assert caught(library, text, words) & REFUSED


def test_every_kind_of_error_is_seeded(library: Library) -> None:
    texts = {text: one.words for text, one in library.editions["fr"].texts.by_id.items()}
    assert {kind for kind, _, _ in seeded(texts, 3)} == set(KINDS)


def test_nothing_is_said_against_the_shipped_french(library: Library) -> None:
    french = library.editions["fr"].texts.by_id
    assert [text for text, one in french.items() if caught(library, text, one.words)] == []


@pytest.mark.parametrize(
    ("language", "words"), [("fa", "این یک متن است که می\u200cخوانید."), ("bn", "আপনি পড়\u200dছেন এটা।")]
)
def test_joiners_stand_where_a_script_needs_them(library: Library, language: str, words: str) -> None:
    english = library.editions["en"].language
    if language not in library.catalogue.languages:
        pytest.skip(f"there is no file of the language {language} yet")
    other = library.catalogue.languages[language]
    found = problems_of_translation("sheet.x", "You read this text.", words, english, other)
    assert "T008" not in {problem.code for problem in found}
    french = library.catalogue.languages["fr"]
    in_french = problems_of_translation("sheet.x", "You read.", "Vous\u200clisez.", english, french)
    assert "T008" in {problem.code for problem in in_french}
