"""Texts of the flows in the right letters: A and B stand for people, except where "A" is a word of the language."""

import re

import pytest

from tests.web.site import ROOT
from triage.web.shared.said import named_words
from triage.web.shared.words import Words, words_of

LOCALES = ROOT / "locales"
OPTION_OF_A_DIRECTION = re.compile(r"(?:WD|DR|RV|LT|DU|RD)-\d\d\.")


def words(language: str) -> Words:
    return words_of(LOCALES, language)


@pytest.mark.parametrize(
    ("language", "text", "exchanged"),
    [
        ("en", "Does A decide things in B's life?", "Does B decide things in A's life?"),
        ("en", "A gets their way", "B gets their way"),
        ("en", "A pattern", "A pattern"),
        ("en", "A bruise may show. A is harmed, and A harms B.", "A bruise may show. B is harmed, and B harms A."),
        ("fr", "Est-ce que A décide pour B ?", "Est-ce que B décide pour A ?"),
        ("fr", "A besoin d'aide", "A besoin d'aide"),
        ("fr", "A-t-elle donné son accord ?", "A-t-elle donné son accord ?"),
        ("fr", "A obtient gain de cause", "B obtient gain de cause"),
        ("fr", "Ce que l'autre sait de A et d'elle", "Ce que l'autre sait de B et d'elle"),
    ],
)  # fmt: skip
def test_a_name_is_exchanged_and_a_word_is_not(language: str, text: str, exchanged: str) -> None:
    assert Words(language, {}, {}).exchange(text, "B>A") == exchanged


def test_the_first_direction_and_pairs_keep_their_letters() -> None:
    assert Words("en", {}, {}).exchange("A and B", "A>B") == "A and B"
    assert Words("en", {}, {}).exchange("A and B", "A-B") == "A and B"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_exchanging_twice_gives_every_text_of_a_direction_back(language: str) -> None:
    catalogue = words(language)
    texts = {name: text for name, text in catalogue.texts.items() if OPTION_OF_A_DIRECTION.match(name)}
    assert len(texts) > 1000
    lost = {
        name: (text, once)
        for name, text in texts.items()
        if catalogue.exchange(once := catalogue.exchange(text, "B>A"), "B>A") != text
    }
    assert lost == {}


def test_a_missing_text_falls_back_to_english_then_to_its_id() -> None:
    catalogue = Words("fr", {"here": "ici"}, {"here": "here", "there": "there"})
    assert [catalogue(name) for name in ("here", "there", "nowhere")] == ["ici", "there", "nowhere"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_who_started_proceedings_is_the_same_person_of_whomever_it_is_said(language: str) -> None:
    """A referral names the two by their letters; in a direction `a` is whoever it goes out from."""
    for letter in "ab":
        text_id = f"RI-13.column.started_by.{letter}"
        assert {named_words(words(language), text_id, about) for about in ("", "A", "B", "C")} == {letter.upper()}
    of_a_direction = [named_words(words(language), "LT-01.column.started_by.a", about) for about in ("A>B", "B>A")]
    assert of_a_direction == ["A", "B"]
