"""The program over which these tests ask; one for each file."""

from pathlib import Path

import pytest

from tests.web.site import Person, Site, open_case, site_in


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder: Path = tmp_path_factory.mktemp("site")
    return site_in(folder)


@pytest.fixture(scope="module")
def worker(site: Site) -> Person:
    return site.person("intake-one")


@pytest.fixture
def case(worker: Person) -> str:
    """The address of a new case of the intake worker."""
    return open_case(worker)
