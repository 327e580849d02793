"""What several tests of findings begin with."""

import pytest

from tests.assess.language import FLOWS, TODAY, compiled_rulebook
from triage.assess.reading.answers import read_case
from triage.cases.record import CaseRecord
from triage.cli.files.documents import read_file


@pytest.fixture(scope="session")
def full_case() -> CaseRecord:
    """R14, of which every part is answered."""
    record = read_case(read_file(str(FLOWS / "vignettes" / "R14.yml")), compiled_rulebook().rulebook, TODAY)
    assert isinstance(record, CaseRecord), record
    return record
