"""Two cases of one pair, for what is tied."""

import pytest

from tests.casework.matching.pairs_of_people import Two
from tests.casework.small_service import House


@pytest.fixture
def two(house: House) -> Two:
    return Two(house)
