"""The program of the web tests: made once for each test file, its pages used by several people."""

from pathlib import Path

import pytest

from tests.web.site import Person, Site, open_case, site_in


@pytest.fixture(scope="module")
def site(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder: Path = tmp_path_factory.mktemp("site")
    return site_in(folder)


@pytest.fixture(scope="module")
def worker(site: Site) -> Person:
    return site.person("intake-one")


@pytest.fixture
def case(worker: Person) -> str:
    """The address of a new case of the intake worker."""
    return open_case(worker)
