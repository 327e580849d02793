"""Make the program of the API, and put it beside the screens."""

from typing import Final

from flask import Flask, Response
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from triage.casework.service import Service
from triage.web.api.bodies import LONGEST_BODY
from triage.web.api.operations import check_operations
from triage.web.api.problems import prepare_problems
from triage.web.api.views import add_operations

MOUNTED_AT: Final = "/api/v1"
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def create_api(service: Service) -> Flask:
    """Make the program. Raises `UndescribedRoute` when a route and its description differ."""
    api = Flask("triage.web.api", static_folder=None)
    api.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    api.config["MAX_CONTENT_LENGTH"] = LONGEST_BODY
    api.extensions["triage"] = service
    prepare_problems(api)
    add_operations(api)
    check_operations(api)

    @api.after_request
    def guarded(answer: Response) -> Response:
        answer.headers.update(_HEADERS)
        if service.settings.address.startswith("https:"):
            answer.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        return answer

    return api


def mount_api(app: Flask, service: Service) -> None:
    """Answer below `/api/v1` with the API, and everywhere else with the screens."""
    api = create_api(service)
    api.config["TRUSTED_HOSTS"] = app.config.get("TRUSTED_HOSTS")
    app.wsgi_app = DispatcherMiddleware(app.wsgi_app, {MOUNTED_AT: api.wsgi_app})  # type: ignore[method-assign]  # Werkzeug's own way
    app.extensions["api"] = api
