"""An installation in a folder of its own for each test."""

from pathlib import Path

import pytest

from tests.casework.matching.pairs_of_people import Two
from tests.casework.small_service import House


@pytest.fixture
def house(engine: str, tmp_path: Path) -> House:
    return House(tmp_path)


@pytest.fixture
def two(house: House) -> Two:
    return Two(house)
