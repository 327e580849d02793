"""The page of a sheet: words and values escaped, values set apart from left to right, nothing loaded from elsewhere."""

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from triage.settings import ROOT
from triage.sheets.composing import Sheet

TEMPLATES, STYLE = ROOT / "templates", ROOT / "static" / "sheet.css"
NAMES_IN = {"uk": "en", "fr": "fr"}
"""The language in which the helplines of a country are called, so that a voice reads their names aright."""


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)


@cache
def style_of_sheets() -> str:
    """The style sheet of sheets, for screen and print."""
    return STYLE.read_text(encoding="utf-8")


def article_of(sheet: Sheet, staff_note: str = "") -> Markup:
    """Give a sheet as one `<article>` with its own language and direction, to stand in a page.

    `staff_note` is what staff read beside a helpline that nobody has checked for six months; without it such a line is
    left out, as on everything a client sees.
    """
    template = _environment().get_template("sheets/article.html")
    return Markup(template.render(sheet=sheet, names_in=NAMES_IN[sheet.country], staff_note=staff_note))  # noqa: S704 - Jinja escaped it


def page_of(sheet: Sheet) -> str:
    """Give a sheet as a page of its own: a neutral title, its style within, no script, no address of anything."""
    page = Markup(
        '<!doctype html>\n<html lang="{language}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="robots" content="noindex, nofollow">\n<meta name="referrer" content="no-referrer">\n'
        "<title>{title}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{article}\n</body>\n</html>\n"
    ).format(
        language=sheet.language,
        direction=sheet.direction,
        title=sheet.title,
        style=Markup(style_of_sheets()),  # noqa: S704 - a file of the program, no text of anybody
        article=article_of(sheet),
    )
    return str(page)
