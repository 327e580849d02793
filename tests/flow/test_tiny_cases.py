"""Each tiny case file is refused as its header says, and read once the line is mended."""

from pathlib import Path

import pytest

from tests.flow.reading import TODAY, read
from tests.flow.tiny import Tiny, read_plain, tiny_flows
from triage.assess.reading.answers import read_case
from triage.cases.record import CaseRecord
from triage.flow.model import Rulebook
from triage.flow.problems import Problem

CASES = tiny_flows("cases")
ANY = Tiny(Path("any.yml"), [])


@pytest.fixture
def book(tmp_path: Path) -> Rulebook:
    found = read(ANY.written_to(tmp_path))
    assert isinstance(found, Rulebook), found
    return found


def _case(tiny: Tiny, book: Rulebook, *, mended: bool = False) -> CaseRecord | tuple[Problem, ...]:
    lines = tiny.mended_lines() if mended else tiny.lines
    return read_case(read_plain("\n".join(lines)), book, TODAY)


@pytest.mark.parametrize("tiny", CASES, ids=lambda tiny: tiny.path.stem)
def test_a_case_is_refused_with_its_code_and_nearest_name(tiny: Tiny, book: Rulebook) -> None:
    found = _case(tiny, book)
    assert isinstance(found, tuple), "nothing is wrong"
    assert [(one.code, one.near) for one in found] == [(one["code"], one["near"]) for one in tiny.problems]
    assert tiny.path.stem.startswith(found[0].code)


@pytest.mark.parametrize("tiny", CASES, ids=lambda tiny: tiny.path.stem)
def test_the_same_case_with_the_line_mended_is_read(tiny: Tiny, book: Rulebook) -> None:
    assert tiny.mended, "say how it is mended"
    assert isinstance(_case(tiny, book, mended=True), CaseRecord)
