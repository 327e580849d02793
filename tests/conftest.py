"""What every test may be given: a database of its own, and in a browser one Chromium and a fresh page."""

import gc
from collections.abc import Generator, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.databases.fixtures import (
    databases_of_the_module,
    databases_of_the_test,
    engine,
    postgresql,
    pytest_runtest_setup,
)
from tests.databases.places import keep_files_in_memory
from tests.journeys import browser as chromium_browser

__all__ = [
    "browser",
    "databases_of_the_module",
    "databases_of_the_test",
    "engine",
    "page",
    "postgresql",
    "pytest_runtest_setup",
]

keep_files_in_memory()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Collect without searching for garbage; what was collected stays, and is searched through no more.

    Each worker holds every test and the whole program; searching through them took 6 % of the time of the web tests.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(20_000, 20, 100)
        gc.enable()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, or a skip that says why; in CI its absence is a failure."""
    path = chromium_browser.chromium()
    if path is None:
        reason = "No Chromium on this machine: install it (Debian: apt-get install chromium) to run the browser tests."
        if chromium_browser.browser_is_required():
            pytest.fail(f"CI=true requires the browser tests. {reason}")
        pytest.skip(reason)
    with chromium_browser.started_browser(path) as started:
        yield started


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A desktop page in English, in a context of its own."""
    with chromium_browser.opened(browser) as opened_page:
        yield opened_page
