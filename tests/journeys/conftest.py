"""What the journeys share: one installation served for the whole run, and who is signed in where."""

from collections.abc import Iterator

import pytest

from tests.journeys.serving import served
from tests.web.site import Site, site_in


def pytest_itemcollected(item: pytest.Item) -> None:
    """Every test of this folder says that it needs a browser, so that it can be left out by its marker."""
    if item.get_closest_marker("browser") is None:
        raise pytest.UsageError(f"{item.nodeid} opens a browser: mark it with pytest.mark.browser.")


@pytest.fixture(scope="session")
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One installation for all journeys that do not mind what others have left in it."""
    site = site_in(tmp_path_factory.mktemp("journeys"))
    yield site
    site.service.database.close()


@pytest.fixture(scope="session")
def shared_address(shared_site: Site) -> Iterator[str]:
    """Where it is served."""
    with served(shared_site.app) as address:
        yield address
