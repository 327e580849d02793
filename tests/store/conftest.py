"""An installation in a folder of its own for each test."""

from pathlib import Path

import pytest

from tests.casework.begun import begin
from tests.casework.small_service import House, Staffed


@pytest.fixture
def house(engine: str, tmp_path: Path, request: pytest.FixtureRequest) -> House:
    return begin(tmp_path) if "staffed" in request.fixturenames else House(tmp_path)


@pytest.fixture
def staffed(house: House) -> Staffed:
    return house.begun or house.staffed_case()
