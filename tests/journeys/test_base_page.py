"""The page that every page extends, drawn in a real browser under the strict policy that the program serves."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask, Response, render_template, request
from flask_babel import Babel
from jinja2 import ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from tests.journeys.browser import TELEPHONE, View, opened, overflow, photograph
from triage.web.forms.drawing import prepare_fields

ROOT = Path(__file__).resolve().parents[2]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'"
)
ERRORS = [{"text": "Choose one answer", "href": "#answer"}]


def gallery() -> Flask:
    """A program with one page, which shows every component in the base page."""
    app = Flask("gallery", static_folder=str(ROOT / "static"))
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "locales")
    macros = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    folders = FileSystemLoader([ROOT / "templates", Path(__file__).parent / "pages"])
    app.jinja_loader = ChoiceLoader([folders, macros])  # type: ignore[assignment]  # Flask is typed for one loader
    prepare_fields(app)
    Babel(app, locale_selector=lambda: request.args.get("language", "en"))

    @app.get("/")
    def show() -> str:
        return render_template(
            "gallery.html",
            language=request.args.get("language", "en"),
            direction=request.args.get("direction", "ltr"),
            languages=[{"code": "en", "name": "English"}, {"code": "fr", "name": "Français"}],
            audience=request.args.get("audience", "intake"),
            audience_name=request.args.get("audience", "intake").capitalize(),
            signed_in_as="Noor Example",
            demonstration=True,
            errors=ERRORS if "errors" in request.args else [],
            exit_page_url="/static/mark.svg" if "exit" in request.args else None,
        )

    @app.after_request
    def strict(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = POLICY
        return response

    return app


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = make_server("127.0.0.1", 0, gallery(), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/"
    server.shutdown()
    thread.join()
    server.server_close()


LOOKS = {
    "desktop": (View(), "?errors=1"),
    "telephone": (View(size=TELEPHONE), "?errors=1"),
    "dark": (View(scheme="dark"), "?errors=1&audience=support"),
    "dark-telephone": (View(size=TELEPHONE, scheme="dark"), "?audience=panel"),
    "right-to-left": (View(), "?direction=rtl&language=ar&errors=1"),
    "right-to-left-telephone": (View(size=TELEPHONE), "?direction=rtl&language=ar"),
    "french": (View(size=TELEPHONE), "?language=fr&errors=1&exit=1&audience=reader"),
    "without-scripts": (View(scripts=False), "?errors=1&exit=1"),
}


@pytest.mark.browser
@pytest.mark.parametrize("look", LOOKS)
def test_the_page_fits_the_window_and_breaks_no_policy(browser: Browser, address: str, look: str) -> None:
    view, query = LOOKS[look]
    with opened(browser, view) as page:
        page.goto(address + query)
        photograph(page, f"base-{look}")
        assert page.complaints == []  # type: ignore[attr-defined]  # set by `opened`
        if view.scripts:
            assert overflow(page) == 0


@pytest.mark.browser
def test_the_danger_link_is_seen_without_scrolling_on_a_telephone(browser: Browser, address: str) -> None:
    with opened(browser, View(size=TELEPHONE)) as page:
        page.goto(address)
        link = page.get_by_role("link", name="Someone is in danger now")
        box = link.bounding_box()
        assert link.get_attribute("href") == "/danger"
        assert box is not None
        assert box["y"] + box["height"] < TELEPHONE[1] / 3


@pytest.mark.browser
def test_a_dark_screen_gets_a_dark_page_and_paper_a_white_one(browser: Browser, address: str) -> None:
    background = "getComputedStyle(document.body).backgroundColor"
    with opened(browser, View(scheme="dark")) as page:
        page.goto(address)
        assert page.evaluate(background) == "rgb(16, 23, 22)"
        page.emulate_media(media="print")
        assert page.evaluate(background) in {"rgba(0, 0, 0, 0)", "rgb(255, 255, 255)"}
        assert not page.get_by_role("button", name="Save and continue").is_visible()


@pytest.mark.browser
def test_right_to_left_mirrors_the_page(browser: Browser, address: str) -> None:
    with opened(browser) as page:
        page.goto(address + "?direction=rtl&language=ar")
        name = page.get_by_role("link", name="Cairn").bounding_box()
        danger = page.locator("a.cairn-header__danger").bounding_box()
        assert name is not None
        assert danger is not None
        assert name["x"] > danger["x"]


@pytest.mark.browser
def test_a_telephone_number_is_never_read_backwards(browser: Browser, address: str) -> None:
    with opened(browser) as page:
        page.goto(address + "?direction=rtl&language=ar")
        number = page.get_by_text("020 7946 0018")
        assert number.evaluate("element => getComputedStyle(element).direction") == "ltr"
        photograph(page, "number-in-right-to-left")


@pytest.mark.browser
def test_focus_goes_to_what_must_be_put_right(browser: Browser, address: str) -> None:
    with opened(browser) as page:
        page.goto(address + "?errors=1")
        assert page.title().startswith("Error:")
        assert "govuk-error-summary" in page.evaluate("document.activeElement.className")
