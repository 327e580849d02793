"""The catalogues of the screens, made from the PO files when the program starts: nothing has to be compiled before."""

import io
from collections.abc import Mapping
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import g, has_app_context
from flask_babel import Domain, get_domain, get_locale


def catalogue_of(directory: Path, language: str) -> Translations:
    """Read the texts of the screens in one language; without a file, English stays as it is written in the code."""
    written = directory / language / "LC_MESSAGES" / "messages.po"
    if not written.exists():
        return Translations()
    compiled = io.BytesIO()
    with written.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Translations(fp=compiled, domain="messages")


def catalogue_in_use() -> NullTranslations:
    """Give the catalogue of the request, found once: a page asks for some hundred texts."""
    if not has_app_context():
        return NullTranslations()
    if "catalogue" not in g:
        g.catalogue = get_domain().get_translations()
    found: NullTranslations = g.catalogue
    return found


class Catalogues(Domain):  # type: ignore[misc]  # flask-babel ships no types
    """All catalogues of the screens, read once; flask-babel asks for the one of the language in use."""

    def __init__(self, catalogues: Mapping[str, Translations]) -> None:
        super().__init__()
        self._catalogues = catalogues

    def get_translations(self) -> Translations:
        """Give the catalogue of the language in use."""
        return self._catalogues[get_locale().language]
