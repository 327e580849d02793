"""Make the web program: settings, session, checks of what arrives, pages, and the start-up check of their guards."""

from collections.abc import MutableMapping
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import urlsplit

from flask import Flask
from flask.templating import Environment
from flask_wtf.csrf import CSRFProtect
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from triage.casework.access.matrix import access_matrix
from triage.casework.service import Service
from triage.settings import LOOPBACK, Settings
from triage.web.agency.pages import blueprint as agency
from triage.web.api.factory import mount_api
from triage.web.danger.keeping import prepare_danger
from triage.web.door.provider import blueprint as provider
from triage.web.door.views import blueprint as door
from triage.web.flows.views import blueprint as flows
from triage.web.forms.drawing import prepare_fields
from triage.web.intake.pages import blueprint as incoming
from triage.web.intake.views import blueprint as intake
from triage.web.interview.pages import blueprint as interview
from triage.web.office.pages import blueprint as office
from triage.web.openings.pages import blueprint as openings
from triage.web.own.pages import blueprint as own
from triage.web.panel.reassigning import blueprint as matches
from triage.web.panel.views import blueprint as panel
from triage.web.people.pages import blueprint as people
from triage.web.reader.views import blueprint as reader
from triage.web.shared.errors import prepare_errors
from triage.web.shared.guards import check_every_route, reads
from triage.web.shared.headers import prepare_headers
from triage.web.shared.language import prepare_language
from triage.web.shared.page import prepare_pages
from triage.web.shared.posted import prepare_posts
from triage.web.shared.template_words import prepare_template_words
from triage.web.sheets.pages import blueprint as sheets
from triage.web.support.views import blueprint as support
from triage.web.translations.pages import blueprint as translations

_TOP: Final = Path(__file__).resolve().parents[2]


class _Pages(Environment):
    """Templates that share one set of names: Jinja compares what two templates know at every import of a macro."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Give a template the names of all; Jinja's own is a chain of two, some forty times slower to compare."""
        return super().make_globals(d) if d else MappingProxyType(self.globals)  # type: ignore[return-value]  # none is written to


def create_app(settings: Settings, service: Service) -> Flask:
    """Make the program that serves the screens.

    Inputs: the settings, the opened service. Raises `BadMatrix` when the access matrix cannot be read, and
    `UnguardedRoute` when a page has no permit there, and `BadSetting` when the country has no emergency numbers.
    """
    app = Flask("triage.web", static_folder=None, template_folder=str(_TOP / "templates"))
    app.jinja_environment = _Pages
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False  # a page answers the one method of its permit, and no other
    app.static_folder = str(_TOP / "static")
    app.add_url_rule("/static/<path:filename>", "static", reads("door", "files")(app.send_static_file))
    app.extensions["triage"] = service
    app.config["LOCALES"] = _TOP / "locales"
    _prepare_session(app, settings, service)
    if settings.address:
        app.config["TRUSTED_HOSTS"] = [urlsplit(settings.address).hostname]
    mount_api(app, service)
    _trust_proxies(app, settings)
    _prepare_templates(app)
    prepare_language(app)
    prepare_posts(app)
    CSRFProtect(app)
    prepare_errors(app)
    prepare_headers(app)
    prepare_template_words(app)
    prepare_fields(app)
    app.jinja_env.globals["provider_name"] = settings.provider.name if settings.provider else ""
    prepare_danger(app, settings.country)
    prepare_pages(app, demonstration=settings.demonstration)
    for blueprint in (
        door, provider, own, interview, intake, incoming, support, panel, matches, openings, people, office, flows,
        reader, sheets, translations, agency,
    ):  # fmt: skip
        app.register_blueprint(blueprint)
    check_every_route(app, access_matrix())
    return app


def _prepare_session(app: Flask, settings: Settings, service: Service) -> None:
    """Keep the session in one signed cookie that no script, other site or plain HTTP outside this machine sees."""
    secure = settings.host not in LOOPBACK or settings.address.startswith("https:")
    app.config.update(
        SECRET_KEY=service.web_secret,
        SESSION_COOKIE_NAME="__Host-session" if secure else "session",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_PATH="/",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=10),
        WTF_CSRF_TIME_LIMIT=None,  # the session ends before the token would; a slow form is not lost
        WTF_CSRF_SSL_STRICT=False,  # no referrer is ever sent; the token and SameSite=Strict stand alone
    )


def _trust_proxies(app: Flask, settings: Settings) -> None:
    """Believe one's own proxies about where a request comes from."""
    count = settings.proxies
    if count:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=count)  # type: ignore[method-assign]  # Werkzeug's own way


def _prepare_templates(app: Flask) -> None:
    """Let templates use GOV.UK's macros."""
    macros = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_loader = ChoiceLoader([FileSystemLoader(str(_TOP / "templates")), macros])
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
