"""Each tiny flow does what its own header says."""

from pathlib import Path

import pytest

from tests.flow.reading import outcome, read
from tests.flow.tiny import Tiny, tiny_flows
from triage.flow.model import Rulebook
from triage.flow.problems import Problem

FEATURES = tiny_flows("features")
FAULTY = tiny_flows("problems")


def _id(tiny: Tiny) -> str:
    return tiny.path.stem


def _told(problem: Problem) -> dict[str, str]:
    return {"code": problem.code, "file": problem.file, "line": str(problem.line or ""), "near": problem.near}


@pytest.mark.parametrize("tiny", FEATURES, ids=_id)
def test_a_feature_does_what_its_header_says(tiny: Tiny, tmp_path: Path) -> None:
    book = read(tiny.written_to(tmp_path))
    assert isinstance(book, Rulebook), [str(problem) for problem in book]
    assert tiny.cases, "a feature without a case shows nothing"
    for case in tiny.cases:
        assert case.expected, f"{case.title}: nothing is expected"
        found = outcome(book, case)
        for word, expected in case.expected:
            wanted = [one.strip() for one in expected.split(",") if one.strip()]
            missing = [one for one in wanted if one not in found.get(word, [])]
            assert not missing, f"{case.title}: {word} {found.get(word, found)}, not {missing}"
            if word in {"falls off", "calls", "refuses"}:
                assert sorted(found[word]) == sorted(wanted), case.title


@pytest.mark.parametrize("tiny", FAULTY, ids=_id)
def test_a_problem_is_told_with_its_code_line_and_nearest_name(tiny: Tiny, tmp_path: Path) -> None:
    found = read(tiny.written_to(tmp_path))
    assert isinstance(found, tuple), "nothing is wrong"
    wanted = [{**one, "file": one["file"] or "flow.yml"} for one in tiny.problems]
    assert sorted(map(_told, found), key=str) == sorted(wanted, key=str)
    assert _id(tiny).startswith(wanted[0]["code"]), "the file is named after its code"


@pytest.mark.parametrize("tiny", FAULTY, ids=_id)
def test_the_same_flow_with_the_line_mended_has_no_problem(tiny: Tiny, tmp_path: Path) -> None:
    assert tiny.mended, "say how it is mended"
    found = read(tiny.written_to(tmp_path, mended=True))
    assert isinstance(found, Rulebook), [str(problem) for problem in found]
