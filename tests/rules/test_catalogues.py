"""Every text that people read is there in English and in French."""

import re
from pathlib import Path

import polib
import pytest

from locales.catalogues import problems, texts_of_screens, update
from tests.rules.house import ROOT, write


def test_every_catalogue_is_complete() -> None:
    assert list(problems(ROOT)) == []


def test_english_and_french_are_both_there() -> None:
    languages = {path.name for path in (ROOT / "locales").iterdir() if (path / "LC_MESSAGES").is_dir()}
    assert {"en", "fr"} <= languages


def test_texts_are_found_in_code_and_in_templates(house: Path) -> None:
    assert set(texts_of_screens(house)) == {"Sign out", "Signed by %(name)s", "one day"}


def test_a_new_text_is_reported_until_it_is_translated(house: Path) -> None:
    french = house / "locales/fr/LC_MESSAGES/messages.po"
    write(house, "templates/new.html", '{{ _("Sign here") }}')
    assert list(problems(house)) == ["messages: 'Sign here' is used and not listed; run `make catalogues`"]
    update(house)
    assert list(problems(house)) == ["locales/fr/LC_MESSAGES/messages.po: 'Sign here' has no translation"]
    _translate(french, "Sign here", "Signez ici")
    assert list(problems(house)) == []


def test_a_text_that_is_used_no_more_is_reported(house: Path) -> None:
    (house / "templates/page.html").unlink()
    assert "messages: 'Sign out' is listed and not used; run `make catalogues`" in list(problems(house))


def test_a_translation_that_loses_a_name_is_reported(house: Path) -> None:
    _translate(house / "locales/fr/LC_MESSAGES/messages.po", "Signed by %(name)s", "Signé")
    assert list(problems(house)) == [
        "locales/fr/LC_MESSAGES/messages.po: 'Signed by %(name)s' has other placeholders than the English text"
    ]


def test_texts_with_stable_ids_are_wanted_in_english_too(house: Path) -> None:
    entry = 'msgid "WD-01"\nmsgstr ""\n'
    for language in ("en", "fr"):
        write(house, f"locales/{language}/LC_MESSAGES/flows.po", entry)
    assert list(problems(house)) == [
        "locales/en/LC_MESSAGES/flows.po: 'WD-01' has no translation",
        "locales/fr/LC_MESSAGES/flows.po: 'WD-01' has no translation",
    ]


def _translate(path: Path, text: str, translation: str) -> None:
    catalogue = polib.pofile(str(path))
    entry = catalogue.find(text)
    assert entry is not None
    entry.msgstr = translation
    catalogue.save(str(path))


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A small house with three texts, complete in both languages."""
    write(tmp_path, "templates/page.html", '{{ _("Sign out") }} {{ _("Signed by %(name)s", name=name) }}')
    write(tmp_path, "triage/web/days.py", '"""Days."""\n\nTEXT = ngettext("one day", "%(num)d days", 2)\n')
    for language in ("en", "fr"):
        (tmp_path / "locales" / language).mkdir(parents=True)
    update(tmp_path)
    french = tmp_path / "locales/fr/LC_MESSAGES/messages.po"
    _translate(french, "Sign out", "Se déconnecter")
    _translate(french, "Signed by %(name)s", "Signé par %(name)s")
    catalogue = polib.pofile(str(french))
    days = catalogue.find("one day")
    assert days is not None
    days.msgstr_plural = {0: "un jour", 1: "%(num)d jours"}
    catalogue.save(str(french))
    return tmp_path


ONE_TERM = [
    ("fr", ("messages", "flows", "simulation"), r"\bpaires?\b", "binôme"),
    ("fr", ("messages", "flows"), r"pluripartenaire|\brevue pluri", "examen, plan ou porte pluri-institutionnel(le)"),
    ("en", ("messages",), r"\b[Rr]eferral (?:was )?(?:passed on|transferred)|\bit was passed on", "sent on"),
]
"""What must not stand in a catalogue, because another word is said for the same thing everywhere else."""


@pytest.mark.parametrize(("language", "names", "other", "term"), ONE_TERM)
def test_one_thing_has_one_term(language: str, names: tuple[str, ...], other: str, term: str) -> None:
    folder = ROOT / "locales" / language / "LC_MESSAGES"
    texts = [entry.msgstr or entry.msgid for name in names for entry in polib.pofile(str(folder / f"{name}.po"))]
    assert [text for text in texts if re.search(other, text, re.IGNORECASE)] == [], f"say: {term}"
