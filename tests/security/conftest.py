"""The program over which these tests ask, over SQLite alone; its people are those of the web tests."""

from pathlib import Path

import pytest

from tests.web.conftest import case, worker
from tests.web.site import Site, site_in

__all__ = ["case", "worker"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder: Path = tmp_path_factory.mktemp("site")
    return site_in(folder)
