"""An installation in a folder of its own for each test."""

from pathlib import Path

import pytest

from tests.casework.small_service import House, Staffed


@pytest.fixture
def house(engine: str, tmp_path: Path) -> House:
    return House(tmp_path)


@pytest.fixture
def staffed(house: House) -> Staffed:
    return house.staffed_case()
