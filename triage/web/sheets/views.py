"""What sheets there are, how far each is in each language, and each on paper. No case is in any of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Response, abort, render_template
from flask.typing import ResponseReturnValue

from triage.cases.roles import Actor
from triage.casework.access.matrix import access_matrix
from triage.casework.sheets.library import country_of, library_of
from triage.sheets.composing import Sheet, compose
from triage.sheets.library import SheetKey
from triage.sheets.listing import lines_to_check
from triage.sheets.model import Form, Helpline, SheetDefinition
from triage.sheets.reviews import State
from triage.web.shared.guards import reads, service
from triage.web.shared.language import current_language
from triage.web.sheets.blueprint import blueprint

FILE_NAME = "information.pdf"
"""The name of every sheet on paper: it tells nothing of what it is."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sheet of the list: its words at the top, and by language how far it is, standard form."""

    sheet: SheetDefinition
    heading: str
    languages: tuple[tuple[str, str, State], ...]


@blueprint.get("/sheets")
@reads("sheet", "list")
def index(actor: Actor) -> ResponseReturnValue:
    """List the sheets of the country of this service."""
    return render_template(
        "handing/index.html", lines=tuple(_lines()), country=country_of(service()), to_check=unchecked(),
        translates=actor.role in access_matrix().permits["GET translation.list"].roles,
    )  # fmt: skip


def unchecked(sheet: str = "") -> tuple[Helpline, ...]:
    """Give the helplines that staff check before publication: of one sheet, or of the country of this service."""
    catalogue, today = library_of(service()).catalogue, service().clock().date()
    return lines_to_check(catalogue, country_of(service()), today, sheet)


def heading_of(sheet: SheetDefinition) -> str:
    """Give the words at the top of a sheet, in the language of the screen, else in English."""
    library = library_of(service())
    edition = library.editions.get(current_language()) or library.editions["en"]
    return edition.texts.words(sheet.title) or sheet.id


def _lines() -> Iterator[Line]:
    library, country = library_of(service()), country_of(service())
    for sheet in library.catalogue.sheets.values():
        states = (
            (code, edition.language.name, library.state(SheetKey(sheet.id, country, code, Form.STANDARD)))
            for code, edition in library.editions.items()
        )
        whole = tuple(one for one in states if one[2] not in {State.MISSING, State.REFUSED})
        yield Line(sheet, heading_of(sheet), whole)


@blueprint.get("/sheets/<sheet>/<language>/<form>/paper")
@reads("sheet", "print")
def paper(_actor: Actor, sheet: str, language: str, form: str) -> ResponseReturnValue:
    """Give a sheet as a file for paper, if two people have read it; a draft is not there."""
    from triage.sheets.pdf import pdf_of  # typst is loaded by the first who prints

    library = library_of(service())
    if sheet not in library.catalogue.sheets or language not in library.editions or form not in set(Form):
        abort(404)
    made = compose(library, SheetKey(sheet, country_of(service()), language, Form(form)), service().clock().date())
    if not isinstance(made, Sheet) or not made.state.final:
        abort(404)
    headers = {"Content-Disposition": f'inline; filename="{FILE_NAME}"'}
    return Response(pdf_of(made), mimetype="application/pdf", headers=headers)
