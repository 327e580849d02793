"""`triage match` searches what is held, and says by its exit code whether anything stays held."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.casework.matching.pairs_of_people import CLAIRE, HER_SAYING, SAMIR, Two, referral
from tests.casework.small_service import House
from triage.cases.matching.identity import Identity
from triage.cli import main

pytestmark = pytest.mark.usefixtures("engine")


def run(house: House) -> tuple[int, str]:
    settings = house.service.settings
    environment = {"TRIAGE_DATABASE_URL": settings.database_url, "TRIAGE_KEYS": str(settings.keys)}
    done = CliRunner().invoke(main, ["match"], env=environment)
    return done.exit_code, done.output.strip()


def test_held_cases_are_searched(tmp_path: Path) -> None:
    two = Two(House(tmp_path))
    healthy, two.house.service = two.service, two.without_key()
    two.earlier()
    two.house.service = healthy
    assert run(two.house) == (0, "Searched 1 held cases; 0 stay held.")
    two.open(two.first, referral(Identity("S"), Identity("C"), HER_SAYING))
    assert run(two.house) == (1, "Searched 1 held cases; 1 stay held.")


@pytest.mark.parametrize("people", [(SAMIR, CLAIRE)])
def test_nothing_held_is_nothing_to_do(tmp_path: Path, people: tuple[Identity, Identity]) -> None:
    two = Two(House(tmp_path))
    two.open(two.first, referral(*people, HER_SAYING))
    assert run(two.house) == (0, "Searched 0 held cases; 0 stay held.")
