"""Refusals and faults as pages: a plain sentence, what was typed kept, and the same 404 for unknown and forbidden."""

import logging
from collections.abc import Callable, Mapping
from typing import Final

from flask import Flask, Response, current_app, g, make_response, render_template, request, url_for
from flask.globals import request_ctx
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from triage.casework.service import Busy
from triage.web.shared.guards import signed_in
from triage.web.shared.posted import fields_to_keep, kept_text

_LOG: Final = logging.getLogger("triage.web")
_SENTENCES: Final[Mapping[int, object]] = {
    400: _("This form could not be read. Nothing was recorded."),
    401: _("You are no longer signed in. Nothing was recorded."),
    403: _("This page was open too long, or was sent from elsewhere. Nothing was recorded."),
    404: _("There is no such page here."),
    405: _("This page cannot be used in that way."),
    411: _("This form could not be read. Nothing was recorded."),
    413: _("This is too long to be recorded at once. Nothing was recorded. Go back and shorten it."),
    415: _("This form could not be read. Nothing was recorded."),
    423: _("On hold; contact the safety lead."),
    429: _("There were too many attempts. Wait a little, then try again."),
    500: _("Something went wrong on our side. If you were saving, go back and check before you save again."),
    503: _("The service is busy, or starting again. If you were saving, go back and check before you save again."),
}
_SIGNED_IN_AGAIN: Final = _("You are signed in. Nothing was recorded yet: bring the form back.")
_FORM_COMES_BACK: Final = frozenset({401, 403, 503})
"""Refusals that say nothing about the form itself: sent again later, it can be taken."""
_TRY_AGAIN_SECONDS: Final = "5"


def refused_page(status: int) -> Response:
    """Give the page of a refusal: one sentence, and what was typed; under a foreign name of host, none."""
    if request_ctx.url_adapter is None:
        return make_response("", status)
    again = _form_again(status)
    sentence = _of_ended_session(status) if again and status != 503 else _SENTENCES.get(status, _SENTENCES[400])
    kept = kept_text() if status not in {404, 405, 413, 500} else []
    page = render_template(
        "shared/refused.html", sentence=sentence, kept=kept, status=status, again=again, **_frame(status)
    )
    return make_response(page, status)


def _form_again(status: int) -> list[tuple[str, str]]:
    """Give the fields with which the form comes back, where its page can draw it again; nothing is recorded by it."""
    view = current_app.view_functions.get(request.endpoint or "")
    if status not in _FORM_COMES_BACK or request.method != "POST" or not getattr(view, "keeps_form", False):
        return []
    return fields_to_keep(request.form.items(multi=True))


def _of_ended_session(status: int) -> object:
    """Say where somebody stands whose form the end of a session interrupted: signed out, or signed in anew."""
    if signed_in() is None:
        return _SENTENCES[401]
    return _SIGNED_IN_AGAIN if request.form.get("then") == "return" else _SENTENCES[status]


def _frame(status: int) -> Mapping[str, object]:
    """Keep the address and the tokens of forms out of a 404: it is the same page, whatever was asked for."""
    return {"languages": [], "signed_in_as": "", "danger_address": url_for("door.danger")} if status == 404 else {}


def _of_http(error: HTTPException) -> Response:
    """Answer a refusal raised by a page or by the framework; redirects pass unchanged."""
    status = error.code or 500
    if error.response is not None or status < 400:
        response = error.get_response()
        return make_response(response.get_data(), status, dict(response.headers))
    return refused_page(status)


def _of_csrf(_error: CSRFError) -> Response:
    return refused_page(403)


def _of_busy(_error: Busy) -> Response:
    """Answer that others wrote too long or that the database is away: the same form sent again is recorded once."""
    _LOG.warning("busy at %s", request.method)
    g.setdefault("visit", None)  # who is there cannot be asked again now
    response = refused_page(503)
    response.headers["Retry-After"] = _TRY_AGAIN_SECONDS
    return response


def _of_fault(error: Exception) -> Response:
    """Answer a fault: the log gets the kind of fault and the route, never what was typed."""
    rule = request.url_rule.rule if request.url_rule else "-"
    _LOG.error("fault %s at %s %s", type(error).__name__, request.method, rule)
    return refused_page(500)


def prepare_errors(app: Flask) -> None:
    """Give every refusal and fault its page."""
    handlers: Mapping[type[Exception], Callable[..., Response]] = {
        CSRFError: _of_csrf,
        HTTPException: _of_http,
        Busy: _of_busy,
        Exception: _of_fault,
    }
    for kind, handler in handlers.items():
        app.register_error_handler(kind, handler)
