"""`triage sheet`: which information sheets there are, and one of them as a page or a PDF."""

import datetime as dt
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import NoReturn, TypedDict, Unpack

import click

from triage.cli.places import FILE_WRITTEN, FOLDER_READ, write_whole
from triage.settings import FLOWS, LOCALES
from triage.sheets.composing import Refused, Sheet, compose
from triage.sheets.html import page_of
from triage.sheets.library import Library, NoSuchSheet, SheetKey, read_library
from triage.sheets.listing import Listed, listed
from triage.sheets.model import COUNTRIES, Form
from triage.sheets.texts import languages_in

CHECK_FAILED, BAD_USAGE = 1, 2
flows_option = click.option(
    "--flows", type=FOLDER_READ, default=FLOWS, help="A directory of flows with its sheets; else those of the program."
)


@click.group("sheet")
def sheet_group() -> None:
    """Information sheets, by audience, pathway, country, language and form."""


@sheet_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
@click.option("--lang", "language", default="", help="Only this language.")
@flows_option
def list_command(flows: Path, language: str, *, as_json: bool) -> None:
    """List every sheet in every country, language and form, with its state."""
    library = _library_or_exit(flows, language)
    found = [one for one in listed(library) if language in {"", one.language}]
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False))
    else:
        for one in found:
            click.echo(_as_words(one))
    for code, problems in library.broken.items():
        click.echo(f"{code} cannot be read: {problems[0]}", err=True)


def _as_words(one: Listed) -> str:
    lacking = f" ({one.missing} texts)" if one.missing else ""
    return f"{one.audience} {one.pathway} {one.country} {one.language} {one.form}: {one.state}{lacking}"


class _Wanted(TypedDict):
    """Which sheet is asked for, and as what."""

    language: str
    country: str
    form: str
    file_format: str
    draft: bool
    day: dt.datetime | None


@sheet_group.command("render")
@click.argument("audience")
@click.argument("pathway")
@click.option("--lang", "language", required=True, help="A language of `triage sheet list`.")
@click.option("--country", type=click.Choice(COUNTRIES, case_sensitive=False), required=True)
@click.option(
    "--form", type=click.Choice([form.value for form in Form]), default=Form.STANDARD.value, show_default=True
)
@click.option("--format", "file_format", type=click.Choice(["html", "pdf"]), default="html", show_default=True)
@click.option("-o", "--output", type=FILE_WRITTEN, required=True, help="The file to write.")
@click.option("--draft", is_flag=True, help="Print what two people have not read yet, with a mark across every page.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day it is handed out; else today.")
@flows_option
def render_command(audience: str, pathway: str, output: Path, flows: Path, **wanted: Unpack[_Wanted]) -> None:
    """Write the sheet for AUDIENCE on PATHWAY (or one of its outcomes, such as O-BC-GRP) to a file.

    A draft is written as a page with its mark; as a PDF it is refused, unless --draft is given.
    """
    library = _library_or_exit(flows, wanted["language"])
    try:
        definition = library.sheet(audience, pathway)
        key = SheetKey(definition.id, wanted["country"].lower(), wanted["language"], Form(wanted["form"]))
        sheet = compose(library, key, (wanted["day"] or dt.datetime.now(tz=dt.UTC)).date())
    except NoSuchSheet as fault:
        click.echo(str(fault), err=True)
        sys.exit(BAD_USAGE)
    if isinstance(sheet, Refused):
        known = library.edition(key.language).refused
        reasons = [str(one) for text in sheet.texts for one in known.get(text, ())]
        _refuse("\n".join([f"{sheet.reason} The first is `{sheet.texts[0]}`.", *reasons[:MOST_REASONS]]))
    content = _pdf(sheet, draft=wanted["draft"]) if wanted["file_format"] == "pdf" else page_of(sheet).encode()
    write_whole(output, content)
    _say_what_staff_must_know(sheet)


MOST_REASONS = 20


def _pdf(sheet: Sheet, *, draft: bool) -> bytes:
    from triage.sheets.pdf import NotPrintable, pdf_of

    try:
        return pdf_of(sheet, draft=draft)
    except NotPrintable as fault:
        _refuse(f"{fault} --draft prints it with a mark." if sheet.draft and not draft else str(fault))


def _say_what_staff_must_know(sheet: Sheet) -> None:
    if sheet.draft:
        click.echo(f"The sheet is {sheet.state}: two people have not read it. Do not hand it out.", err=True)
    unchecked = [line.phone.text for one in sheet.sections for line in one.helplines if line.check_first]
    if unchecked:
        click.echo(f"Check before publication, left out here: {', '.join(unchecked)}.", err=True)


def _library_or_exit(flows: Path, language: str) -> Library:
    locales = LOCALES if flows.resolve() == FLOWS.resolve() else flows / "locales"
    known = languages_in(locales)
    if language and language not in known:
        _say_and_exit((f"There is no language `{language[:40]}`. There are {', '.join(known)}.",))
    library = read_library(flows, locales, (language,) if language else ())
    if isinstance(library, tuple):
        _say_and_exit(library)
    if language in library.broken:
        _say_and_exit(library.broken[language])
    return library


def _say_and_exit(problems: tuple[object, ...]) -> NoReturn:
    for problem in problems:
        click.echo(str(problem), err=True)
    sys.exit(BAD_USAGE)


def _refuse(reason: str) -> NoReturn:
    click.echo(reason, err=True)
    sys.exit(CHECK_FAILED)
