"""`triage draw`: a flow, a set of rules or a slice as an SVG file, or the same as a text."""

import json
import sys
from pathlib import Path
from typing import NoReturn, TypedDict, Unpack
from urllib.parse import urlsplit

import click

from triage.checks.coverage_marks import Coverage
from triage.checks.pictures.album import Album
from triage.checks.pictures.graphviz import by_graphviz, installed
from triage.checks.pictures.layout import Layout
from triage.checks.pictures.model import Picture
from triage.checks.pictures.rows import in_rows
from triage.checks.pictures.svg import drawn
from triage.checks.pictures.texts import Texts
from triage.checks.pictures.twin import as_text
from triage.checks.wording import LANGUAGES, catalogue_of, read_catalogue
from triage.cli.flows import flows_option, loaded_or_exit
from triage.cli.places import FILE_WRITTEN, writing
from triage.flow.problems import nearest, shown
from triage.routing.shown import decision_shown
from triage.settings import LOCALES, ROOT
from triage.simulation.coverage import from_data

STYLE = ROOT / "static" / "drawing.css"
WIDEST = 1_400
"""A drawing that is wider than a page cannot be read; ours is about 850 wide whatever it shows."""


class _Look(TypedDict):
    """How a drawing is asked for."""

    language: str
    layout: str
    coverage: Path | None
    address: str
    as_words: bool


def _address(_: click.Context, __: click.Parameter, written: str) -> str:
    """An address that a link may begin with: any other scheme could run in the page that shows the drawing."""
    try:
        scheme = urlsplit(written).scheme
    except ValueError:
        raise click.BadParameter("this is no address.") from None
    # A browser drops line ends and tabs, and blanks at the start, before it looks for a scheme.
    if scheme not in {"", "http", "https"} or any(sign.isspace() or not sign.isprintable() for sign in written):
        raise click.BadParameter("a link begins with http://, https:// or a relative address, without blanks.")
    return written


@click.command("draw")
@click.argument("name", required=False, default="")
@click.option("--slice", "wanted", default="", help="Draw what leads to this finding, outcome or result (O-BC-GRP).")
@click.option("-o", "--output", type=FILE_WRITTEN, help="The file; else it is printed.")
@click.option("--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option("--text", "as_words", is_flag=True, help="Write the text that says the same as the drawing.")
@click.option(
    "--layout",
    type=click.Choice(["auto", "rows", "graphviz"]),
    default="auto",
    show_default=True,
    help="auto: Graphviz where it is installed and its drawing fits a page, otherwise rows.",
)
@click.option(
    "--coverage",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="Mark what vignettes visit, as `triage coverage --write` tells it.",
)
@click.option(
    "--address",
    default="",
    callback=_address,
    help="What links begin with, such as https://…/flows/; without it, no links.",
)
@flows_option
def draw_command(name: str, wanted: str, output: Path | None, flows: Path, **look: Unpack[_Look]) -> None:
    """Draw a flow (a to k), a set of rules (determination, routes, ...), or with --slice what leads to something."""
    loaded = loaded_or_exit(flows)
    texts = texts_of(flows, look["language"])
    seen = coverage_in(look["coverage"]) if look["coverage"] else None
    album = Album(loaded.book.rulebook, decision_shown(loaded.decider.rules), texts, seen)
    picture = _picture(album, name, wanted)
    if look["as_words"]:
        _give(as_text(picture, texts), output)
        return
    style = STYLE.read_text(encoding="utf-8").split("/* The pages around them. */", maxsplit=1)[0]
    _give(drawn(picture, _placed(picture, look["layout"]), look["address"], style) + "\n", output)


def texts_of(flows: Path, language: str) -> Texts:
    """Give the texts of a directory of flows: its own catalogues where it has them, over those of the program."""

    def read(one: str) -> dict[str, str]:
        places = (LOCALES, flows / "locales")
        found = [read_catalogue(catalogue_of(place, one)) for place in places if catalogue_of(place, one).is_file()]
        return {text: words for catalogue in found for text, words in catalogue.items()}

    return Texts(language, read(language), read("en"))


def coverage_in(file: Path) -> Coverage:
    """Read what the vignettes visit; a file that says something else ends the command with 2."""
    try:
        return from_data(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError):
        _leave(f"{file}: it does not say what vignettes visit; make it with `triage coverage --write`.")


def _picture(album: Album, name: str, wanted: str) -> Picture:
    slices, drawings = (*album.outcomes, *album.book.findings), (*album.book.flows, *album.rule_sets)
    if bool(name) == bool(wanted):
        _leave("Name a flow or a set of rules, or a slice with --slice; one of the two.")
    if wanted:
        known = {one.casefold(): one for one in slices}
        return album.slice(known.get(wanted.casefold()) or _unknown(wanted, slices))
    if name.lower() in album.book.flows:
        return album.flow(name.lower())
    return album.rules(name) if name in album.rule_sets else _unknown(name, drawings, slices)


def _unknown(name: str, known: tuple[str, ...], others: tuple[str, ...] = ()) -> NoReturn:
    """Leave with 2 and the nearest name; a name of the other kind is told how to be asked for."""
    if name in others:
        _leave(f"`{shown(name)}` is a slice: triage draw --slice {name}")
    near = nearest(name, known) or nearest(name.upper(), known)
    _leave(f"`{shown(name)}` is not known. " + (f"Did you mean `{near}`?" if near else f"Known: {', '.join(known)}."))


def _placed(picture: Picture, layout: str) -> Layout:
    dot = installed() if layout != "rows" else None
    if layout == "graphviz" and dot is None:
        _leave("Graphviz is not installed; --layout rows needs nothing.")
    placed = by_graphviz(picture, dot) if dot else None
    return placed if placed and (layout == "graphviz" or placed.width <= WIDEST) else in_rows(picture)


def _give(text: str, output: Path | None) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    with writing(output):
        output.write_text(text, encoding="utf-8")


def _leave(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(2)
