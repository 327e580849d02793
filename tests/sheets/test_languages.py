"""Every language of translation has the core sheets whole, as drafts until people read them, its words known."""

import pytest

from triage.settings import FLOWS, LOCALES
from triage.sheets.fonts import families_for, signs_without_a_glyph
from triage.sheets.library import Edition, Library, SheetKey, core_texts, read_library
from triage.sheets.model import COUNTRIES, Form
from triage.sheets.reviews import State
from triage.sheets.texts import languages_in
from triage.sheets.translating import SENTENCE, forbidden_in, problems_of_translation

TRANSLATED = tuple(code for code in languages_in(LOCALES) if code not in {"en", "fr"})
LIKE_EACH_OTHER = {
    "sheet.yours.fault": "sheet.told.worry",
    "sheet.private.not-passed": "sheet.told.worry",
    "sheet.programme.attend": "sheet.programme.worse",
    "sheet.child-hear.job": "sheet.child-rights.safe",
    "sheet.open-risks.show": "sheet.open-risks.afraid",
    "sheet.fought-back.label": "sheet.fought-back.lawyer-first",
    "sheet.work-limits.no-result": "sheet.plan-steps.word",
}
"""A text that says no, and one of the same length that says yes."""

UNSAID = {
    "ar": ("الجاني", "الشرف", "رؤية أطفالك"),
    "bn": ("নির্যাতনকারী", "ইজ্জত", "সন্তানদের দেখতে"),
    "es": ("el agresor", "honor", "ver a sus hijos"),
    "fa": ("مجرم", "ناموس", "دیدن فرزندان"),
    "pa": ("ਅਪਰਾਧੀ", "ਇੱਜ਼ਤ", "ਬੱਚਿਆਂ ਨੂੰ ਮਿਲਣ"),
    "pl": ("sprawca", "honor", "widywać swoje dzieci"),
    "ps": ("مجرم", "غیرت", "ماشومان وګورئ"),
    "pt": ("o agressor", "honra", "ver os seus filhos"),
    "ro": ("agresorul", "onoarea", "a vedea copiii"),
    "so": ("dambiile", "sharafta", "carruurtaada inaad aragto"),
    "ti": ("ገበነኛ", "ክብሪ ስድራ", "ደቅኹም ክትርእዩ"),
    "tr": ("fail", "namus", "çocuklarınızı görmek"),
    "uk": ("кривдник", "честь", "бачити своїх дітей"),
    "ur": ("مجرم", "غیرت", "بچوں سے ملنے"),
    "zh": ("施暴者", "名誉", "见您的孩子"),
}
"""In each language a word that says who somebody is, the excuse for violence, and what is promised to many (7.2)."""


def problems_of(library: Library, edition: Edition, text: str, words: str) -> list[str]:
    english = library.editions["en"]
    found = problems_of_translation(text, english.texts.words(text), words, english.language, edition.language)
    return [str(problem) for problem in found]


def test_a_file_of_a_language_stands_beside_its_texts(library: Library) -> None:
    assert set(library.catalogue.languages) == set(languages_in(LOCALES)) == set(library.editions)
    assert set(UNSAID) <= set(TRANSLATED)


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_core_sheets_are_whole_and_nobody_is_said_to_have_read_them(language: str) -> None:
    library = read_library(FLOWS, LOCALES, [language])
    assert isinstance(library, Library)
    edition, core = library.editions[language], core_texts(library.catalogue)
    assert core - edition.texts.by_id.keys() == set()
    sheets = [sheet.id for sheet in library.catalogue.sheets.values() if sheet.core]
    states = {
        library.state(SheetKey(sheet, country, language, form))
        for sheet in sheets
        for country in COUNTRIES
        for form in (Form.STANDARD, Form.LARGE)
    }
    unread = {State.STALE, State.DRAFT}
    assert states <= (unread | {State.REVIEWED, State.APPROVED} if edition.reviews else unread)


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_problem_is_found_in_the_shipped_texts(library: Library, language: str) -> None:
    edition = library.editions[language]
    texts = edition.texts.by_id.items()
    assert [one for text, own in texts for one in problems_of(library, edition, text, own.words)] == []


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize(("denied", "affirmed"), LIKE_EACH_OTHER.items(), ids=LIKE_EACH_OTHER)
def test_a_no_that_became_a_yes_and_a_yes_that_became_a_no_are_told(
    library: Library, language: str, denied: str, affirmed: str
) -> None:
    edition = library.editions[language]
    for text, other in ((denied, affirmed), (affirmed, denied)):
        found = problems_of(library, edition, text, edition.texts.words(other))
        assert [one for one in found if "says no or not" in one], found


@pytest.mark.parametrize("language", TRANSLATED)
def test_sentences_that_changed_places_are_told_so_the_stops_of_the_script_are_known(
    library: Library, language: str
) -> None:
    edition, text = library.editions[language], "sheet.programme.change"
    first, second = (one.strip() for one in SENTENCE.split(edition.texts.words(text)) if one.strip())
    assert any("says no or not" in one for one in problems_of(library, edition, text, f"{second}. {first}."))


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_not_said_is_found_for_every_reason_that_english_has(library: Library, language: str) -> None:
    words = library.catalogue.languages[language]
    assert set(words.forbidden.values()) == set(library.catalogue.languages["en"].forbidden.values())
    for unsaid in UNSAID.get(language, ()):
        assert list(forbidden_in(f"a {unsaid} b", words)), unsaid


@pytest.mark.parametrize("language", [*TRANSLATED, "fr"])
def test_words_without_an_equivalent_are_said_for_those_who_approve_them(library: Library, language: str) -> None:
    english = library.catalogue.languages["en"].terms.keys()
    assert english >= {"coercive control", "space for action", "victim-survivor", "by and for", "perpetrator", "honour"}
    words = library.catalogue.languages[language]
    assert words.terms.keys() == english
    assert signs_without_a_glyph(words.terms.values(), families_for(words.fonts)) == ()
