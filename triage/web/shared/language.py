"""The language of the screens: chosen by the reader, else by the browser; and the words of the flows in it."""

from flask import Flask, current_app, g, request, session
from flask_babel import Babel, Locale, get_locale
from markupsafe import Markup

from triage.web.shared.catalogues import Catalogues, catalogue_in_use, catalogue_of
from triage.web.shared.words import Words, words_of

LANGUAGES = {"en": "English", "fr": "Français"}
_LOCALES = {"en": "en_GB"}
"""Days are written the British way in English."""
_RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "ps", "ur"})


def chosen_locale() -> str:
    """Give the locale of the language chosen on this device, else the best one the browser asks for, else English."""
    chosen = session.get("language")
    if chosen not in LANGUAGES:
        chosen = request.accept_languages.best_match(list(LANGUAGES)) or "en"
    return _LOCALES.get(chosen, str(chosen))


def current_language() -> str:
    """Give the code of the language in use."""
    locale = get_locale()
    return str(locale.language) if isinstance(locale, Locale) else "en"


def current_words() -> Words:
    """Give the words of the flows in the language in use."""
    if "words" not in g:
        g.words = words_of(current_app.config["LOCALES"], current_language())
    words: Words = g.words
    return words


def direction() -> str:
    """Give the direction of writing."""
    return "rtl" if current_language() in _RIGHT_TO_LEFT else "ltr"


def prepare_language(app: Flask) -> None:
    """Connect Babel and give every template the language, its direction and the words."""
    catalogues = Catalogues({language: catalogue_of(app.config["LOCALES"], language) for language in LANGUAGES})
    Babel(app, locale_selector=chosen_locale)
    app.before_request(catalogues.as_default)
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]  # of Jinja's own extension for translations
        gettext=lambda text: catalogue_in_use().gettext(text),
        ngettext=lambda one, more, count: catalogue_in_use().ngettext(one, more, count),
        newstyle=True,
    )
    app.jinja_env.globals["_"] = _in_page

    @app.context_processor
    def language_of_page() -> dict[str, object]:
        choices = [{"code": code, "name": name} for code, name in LANGUAGES.items()]
        language = current_language()
        return {"language": language, "languages": choices, "direction": direction(), "words": current_words()}


def _in_page(text: str, **values: object) -> Markup:
    """Give a text of the screens for a page, as Jinja's own `_` does, without asking what the page is made of."""
    found = Markup(catalogue_in_use().gettext(text))  # noqa: S704 - of our catalogues; what is put in is escaped
    return found % values if "%" in found else found
