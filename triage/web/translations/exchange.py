"""Files of translations: the texts of a language as PO, and a PO taken whole or not at all."""

from typing import Final

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from triage.cases.roles import Actor
from triage.cases.wall import Refused
from triage.casework.sheets.translating import Imported, export_po, import_po, room_of
from triage.sheets.texts import LARGEST_CATALOGUE
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.posted import FILE, takes_file
from triage.web.shared.replies import refuse
from triage.web.shared.translation import translated as _
from triage.web.translations.blueprint import blueprint
from triage.web.translations.reading import spoken
from triage.web.translations.words import sentences

MOST_SHOWN: Final = 100


@blueprint.get("/<code>/exchange")
@reads("translation", "exchange")
def exchange(_actor: Actor, code: str) -> ResponseReturnValue:
    """Show the form for a file, and where to load one."""
    return _page(code)


@blueprint.get("/<code>/po")
@reads("translation", "export")
def po(_actor: Actor, code: str) -> ResponseReturnValue:
    """Give the texts of a language as a file for Poedit or Weblate."""
    of = spoken(room_of(service()), code)
    headers = {"Content-Disposition": f'attachment; filename="sheets-{of.code}.po"'}
    return Response(export_po(service(), of.code), mimetype="text/x-gettext-translation", headers=headers)


@blueprint.post("/<code>/exchange")
@writes("translation", "import")
@takes_file
def exchange_post(actor: Actor, code: str) -> ResponseReturnValue:
    """Take a file, all of it or nothing."""
    chosen = request.files.get(FILE)
    content = b""
    if chosen:
        with chosen.stream as stream:
            content = stream.read(LARGEST_CATALOGUE + 1)
    if not content:
        return _page(code, errors=[{"text": _("Choose a file."), "href": "#file"}]), 422
    result = import_po(service(), actor, code, content)
    if isinstance(result, Refused):
        refuse(result)
    if isinstance(result, Imported):
        return _page(code, imported=result)
    told = sentences(result)
    return _page(code, told=told, errors=[{"text": _("Nothing was taken from the file."), "href": "#told"}]), 422


def _page(
    code: str,
    imported: Imported | None = None,
    told: tuple[tuple[str, str], ...] = (),
    errors: list[dict[str, str]] | None = None,
) -> str:
    return render_template(
        "translations/exchange.html", spoken=spoken(room_of(service()), code), imported=imported,
        told=told[:MOST_SHOWN], more=max(0, len(told) - MOST_SHOWN), errors=errors or [],
    )  # fmt: skip
