"""A sample of the wild requests of `make resilience`, which sends 10,000 and more."""

from pathlib import Path

import pytest

from tests.fuzz.fuzzing import fuzz

REQUESTS = 750
"""On each database."""


@pytest.mark.usefixtures("engine")
def test_no_wild_request_makes_a_fault_or_changes_anything_behind_a_refusal(tmp_path: Path) -> None:
    seen = fuzz(tmp_path, REQUESTS)
    print(seen.figures())
    assert not seen.wrong, "\n".join(seen.wrong[:10])
    assert len(seen.seconds) >= REQUESTS
    assert {200, 303, 400, 401, 403, 404, 405, 415} <= set(seen.statuses)
