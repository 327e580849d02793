"""Files of referrals: a template to fill in, a file looked through with its faults by row, sent, and taken back."""

import base64
import binascii
import time
from io import BytesIO
from typing import Final
from uuid import UUID

from flask import abort, current_app, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from triage.cases.agency.problems import Missing
from triage.cases.roles import Actor
from triage.casework.agencies.fitting import asked_of_agencies
from triage.casework.agencies.importing import SENDING, Imported, Mode, import_file, sender_for
from triage.casework.agencies.withdrawing import list_imports, withdraw_import
from triage.interchange.faults import LANGUAGES, Fault
from triage.interchange.opening import LARGEST_FILE
from triage.interchange.writing import as_csv, as_xlsx, guide, template
from triage.interchange.xlsform import xlsform
from triage.web.agency.views import blueprint
from triage.web.agency.words import missing_in_words
from triage.web.shared.guards import reads, service, writes
from triage.web.shared.language import current_language, current_words
from triage.web.shared.posted import FILE, takes_file
from triage.web.shared.replies import given, see_other
from triage.web.shared.translation import translated as _
from triage.web.shared.words import words_of

LONGEST: Final = 15.0
"""Seconds for which one request sends; what is left is said, and sent by sending the file again."""
KEPT_IN_PAGE: Final = 120_000
"""Bytes of a file that stays in the page; a larger one is chosen again."""
MOST_SHOWN: Final = 200
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KINDS: Final = {"csv": "text/csv", "xlsx": _XLSX, "form": _XLSX}


@blueprint.get("/file")
@reads("agency-referral", "file")
def file(actor: Actor) -> ResponseReturnValue:
    """Show the form for a file, and the files that were sent."""
    return _page(actor)


@blueprint.get("/file/template/<kind>")
@reads("agency-referral", "file-template")
def file_template(actor: Actor, kind: str) -> ResponseReturnValue:  # noqa: ARG001 — every guarded page is given the actor
    """Give the template in the reader's language; or the form for telephones, which is in every language."""
    if kind not in _KINDS:
        abort(404)
    if kind == "form":
        return send_file(BytesIO(_form()), _XLSX, as_attachment=True, download_name="referral-form.xlsx")
    language, texts = current_language(), current_words()

    def words(text_id: str) -> str:
        return texts(text_id, "")

    questions = {one.id: one for one in asked_of_agencies(service().rules)}
    table = template(questions, words, language)
    sheets = {_("Referrals"): table, _("Codes"): guide(questions, words)}
    content = as_csv(table) if kind == "csv" else as_xlsx(sheets)
    return send_file(BytesIO(content), _KINDS[kind], as_attachment=True, download_name=f"referrals-{language}.{kind}")


@blueprint.post("/file")
@writes("agency-referral", "file")
@takes_file
def file_post(actor: Actor) -> ResponseReturnValue:
    """Look a file through, or send it."""
    wanted = request.form.get("mode", "")
    mode = Mode(wanted) if wanted in set(Mode) else None
    content = _content()
    if mode is None or not content:
        error = _("Choose what to do with the file.") if content else _("Choose a file.")
        errors = [{"text": error, "href": "#mode" if content else "#file"}]
        return _page(actor, errors, chosen=wanted, content=content), 422
    end = time.monotonic() + LONGEST
    sender = given(sender_for(service(), actor))
    result = import_file(service(), sender, content, mode, lambda _done, _all: time.monotonic() < end)
    refused = bool(result.faults) and not result.sent
    return _page(actor, chosen=mode.value, content=content, result=result), 422 if refused else 200


@blueprint.post("/file/<uuid:import_id>/withdraw")
@writes("agency-referral", "file-withdraw")
def file_withdraw(actor: Actor, import_id: UUID) -> ResponseReturnValue:
    """Take back every referral of a file."""
    given(withdraw_import(service(), actor, import_id))
    return see_other(url_for("agency.file"))


def _form() -> bytes:
    """Write flow (a) as an XLSForm, whose answers can be sent here."""
    rulebook = service().rules.rulebook
    texts = {language: words_of(current_app.config["LOCALES"], language) for language in LANGUAGES}
    words = {language: lambda text_id, one=one: one(text_id, "") for language, one in texts.items()}
    return as_xlsx(xlsform(rulebook.flows["a"], rulebook.questions, words))


def _page(
    actor: Actor,
    errors: list[dict[str, str]] | None = None,
    chosen: str = Mode.DRY_RUN.value,
    content: bytes = b"",
    result: Imported | None = None,
) -> str:
    faults = [_in_words(fault) for fault in result.faults[:MOST_SHOWN]] if result else []
    done = result is not None and result.sent and not result.left and not result.faults
    stays = base64.b64encode(content).decode() if 0 < len(content) <= KEPT_IN_PAGE and not done else ""
    return render_template(
        "agency/file.html", errors=errors or [], chosen=chosen, kept=stays, result=result, faults=faults,
        more=len(result.faults) - len(faults) if result else 0, files=given(list_imports(service(), actor)),
    )  # fmt: skip


def _in_words(fault: Fault) -> str:
    sentence = ""
    if fault.code.startswith(SENDING):
        sentence = missing_in_words(Missing(fault.column, fault.code.removeprefix(SENDING)))
    return fault.in_words(current_language(), sentence)


def _content() -> bytes:
    """Give the file that was chosen, or the one that stayed in the page."""
    chosen = request.files.get(FILE)
    if chosen:
        with chosen.stream as stream:
            content: bytes = stream.read(LARGEST_FILE + 1)
        if content:
            return content
    try:
        return base64.b64decode(request.form.get("kept", ""), validate=True)
    except (binascii.Error, ValueError):
        return b""
