"""A real Chromium for the journeys: where it is, how it is started, and how a page is opened and photographed."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox",  # the only way as root, which is what containers are
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = (1280, 900)
TELEPHONE = (360, 740)


def chromium() -> str | None:
    """The path of the Chromium of this machine, or nothing."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def browser_is_required() -> bool:
    """CI may not skip the journeys."""
    return os.environ.get("CI") == "true"


@contextmanager
def started_browser(path: str) -> Iterator[Browser]:
    """Chromium, started once and closed at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass(frozen=True)
class View:
    """How somebody looks at a page."""

    size: tuple[int, int] = DESKTOP
    scheme: Literal["light", "dark"] = "light"
    scripts: bool = True
    language: str = "en-GB"


@contextmanager
def opened(browser: Browser, view: View | None = None, **options: Any) -> Iterator[Page]:
    """A page in a context of its own that collects what the console complains about in `page.complaints`."""
    view = view or View()
    context = browser.new_context(
        viewport={"width": view.size[0], "height": view.size[1]},
        color_scheme=view.scheme,
        java_script_enabled=view.scripts,
        locale=view.language,
        reduced_motion="reduce",
        **options,
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.complaints = complaints  # type: ignore[attr-defined]  # our own note on Playwright's object
    try:
        yield page
    finally:
        context.close()


def photograph(page: Page, name: str) -> Path | None:
    """A picture of the whole page in the folder that TRIAGE_PICTURES names; nothing when it names none."""
    folder = os.environ.get("TRIAGE_PICTURES")
    if not folder:
        return None
    path = Path(folder) / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path, full_page=True)
    return path


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window; zero is right."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
