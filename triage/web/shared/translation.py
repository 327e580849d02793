"""The texts and days of the screens in the language in use, as plain strings."""

from datetime import date

from flask_babel import format_date

from triage.web.shared.catalogues import catalogue_in_use


def translated(text: str, **values: object) -> str:
    """Give a text of the screens in the language in use; imported as `_`, which the catalogues look for."""
    found = catalogue_in_use().gettext(text)
    return found % values if values else found


def day_in_words(day: date) -> str:
    """Write a day as the reader's language does."""
    return str(format_date(day, "medium"))
