"""The shipped library of sheets, read once for all tests of this folder."""

import pytest

from triage.settings import FLOWS, LOCALES
from triage.sheets.library import Library, read_library


@pytest.fixture(scope="session")
def library() -> Library:
    """Every language that is shipped."""
    found = read_library(FLOWS, LOCALES)
    assert isinstance(found, Library), found
    return found
