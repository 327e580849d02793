"""One information sheet as a page that anybody may open: nothing of a case, no cookie, and a way out at one press.

The address of a sheet is a neutral word, its title too; what stands around the sheet is in the language of the sheet.
Source: clause 1.3; domain 07, 7.1.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, abort, current_app
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from triage.casework.sheets.library import library_of
from triage.sheets.composing import Sheet, compose
from triage.sheets.html import article_of
from triage.sheets.library import Library, SheetKey
from triage.sheets.model import COUNTRIES, Form
from triage.web.shared.guards import reads, service

blueprint = Blueprint("reader", __name__)
ELSEWHERE: Final = "https://www.wikipedia.org/"
"""Where the way out leads: a page that anybody may have open, which is not told where its reader comes from."""
SIGN_OF_LEAVING: Final = "✕"
TRACES: Final = "sheet.keep.traces"
"""The text that says what the way out does not do."""


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on the page: the sheet, the word of the way out, and the same sheet in other forms and languages.

    `traces` says what the way out does not do; empty where the sheet itself says it. `listen` and `quiet` are the words
    of the button that reads aloud; empty on a draft, which nobody is given.
    """

    sheet: Sheet
    article: Markup
    leave: str
    traces: str
    listen: str
    quiet: str
    forms: tuple[tuple[str, str], ...]
    languages: tuple[tuple[str, str], ...]


@blueprint.get("/s/<address>/<country>/<language>/<form>")
@reads("sheet", "read-public")
def sheet(address: str, country: str, language: str, form: str) -> ResponseReturnValue:
    """Show a sheet; the template is given nothing of the request, so that no session is even looked at."""
    page = page_of(library_of(service()), address, SheetKey("", country, language, _form(form)))
    return current_app.jinja_env.get_template("reader/sheet.html").render(page=page, elsewhere=ELSEWHERE)


def page_of(library: Library, address: str, key: SheetKey) -> Page:
    """Put the page of an address together, or end with the constant 404."""
    found = {one.address: one.id for one in library.catalogue.sheets.values()}.get(address)
    if found is None or key.country not in COUNTRIES or key.language not in library.editions:
        abort(404)
    key = SheetKey(found, key.country, key.language, key.form)
    shown = _composed(library, key)
    if shown is None:
        abort(404)
    words = library.editions[key.language].texts.words
    listen, quiet = ("", "") if shown.draft else (words("sheet.control.listen"), words("sheet.control.quiet"))
    return Page(
        shown, article_of(shown), words("sheet.control.leave") or SIGN_OF_LEAVING, _traces(library, key),
        listen if quiet else "", quiet, tuple(_forms(library, key)), tuple(_languages(library, key)),
    )  # fmt: skip


def _traces(library: Library, key: SheetKey) -> str:
    """Say that leaving a page erases nothing and stops no spy, on every page whose sheet does not say it (7.1)."""
    item = next(one for one in library.catalogue.parts["keep"].items if one.text == TRACES)
    edition, text = library.editions[key.language], item.text_of(key.form)
    known = text in library.text_ids(key) or text in edition.refused
    return "" if known else edition.texts.words(text)


def _form(word: str) -> Form:
    return next((form for form in Form if form == word), None) or abort(404)


def _composed(library: Library, key: SheetKey) -> Sheet | None:
    made = compose(library, key, service().clock().date())
    return made if isinstance(made, Sheet) else None


def _forms(library: Library, key: SheetKey) -> Iterator[tuple[str, str]]:
    """Give the other forms that the sheet has in this language, with their words."""
    texts = library.editions[key.language].texts
    for form in Form:
        words = texts.words(f"sheet.control.{form}")
        if form is not key.form and words and _composed(library, SheetKey(key.sheet, key.country, key.language, form)):
            yield form, words


def _languages(library: Library, key: SheetKey) -> Iterator[tuple[str, str]]:
    """Give the other languages that have the whole sheet in this form, each by its own name."""
    for code, edition in sorted(library.editions.items()):
        if code != key.language and _composed(library, SheetKey(key.sheet, key.country, code, key.form)):
            yield code, edition.language.name
