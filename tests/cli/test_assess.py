"""`triage assess` prints the fixed format, and tells everything that is wrong with its file at once."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from triage.cli.assess import assess_command
from triage.settings import FLOWS

GOOD: dict[str, Any] = {
    "id": "x",
    "on": "2026-11-22",
    "persons": {"A": {"birth": "1990-05-01"}, "B": {}},
    "pairs": [["A", "B"]],
    "answers": [
        {"id": "1", "question": "WD-21", "about": "A>B", "source": "ISS", "value": "punish", "on": "2026-11-01"}
    ],
    "acts": [],
}


def run(tmp_path: Path, text: str) -> Result:
    file = tmp_path / "case.yaml"
    file.write_text(text, encoding="utf-8")
    return CliRunner().invoke(assess_command, [str(file), "--json"])


def spoiled(tmp_path: Path, spoil: Callable[[dict[str, Any]], object]) -> Result:
    case = copy.deepcopy(GOOD)
    spoil(case)
    return run(tmp_path, json.dumps(case))


def act(**parts: object) -> dict[str, object]:
    return {"act": "ISS-STATUS", "about": "B", "value": "active", "on": "2026-11-01", "by": ["N. One"], **parts}


def test_a_case_is_printed_in_the_fixed_format(tmp_path: Path) -> None:
    result = spoiled(tmp_path, lambda case: case)
    assert result.exit_code == 0
    printed = json.loads(result.stdout)
    assert set(printed) == {"id", "walks", "set_aside", "findings", "missing", "pairs"}
    assert printed["findings"]["CTRL_AB"] == {"strength": 1, "because": ["1"], "clauses": ["4.4", "5.2"]}
    assert printed["findings"]["CTRL_BA"]["strength"] == "unknown"
    assert printed["pairs"][0]["result"] == "W_INSUFF"
    assert {"about": "A>B", "path": ["WD-21"], "next": "WD-01"} in printed["walks"]["c"]
    assert "WD-01 A>B" in printed["missing"]


def test_a_yaml_file_keeps_its_words(tmp_path: Path) -> None:
    text = (FLOWS / "vignettes" / "R14.yml").read_text(encoding="utf-8")
    printed = json.loads(run(tmp_path, text).stdout)
    assert printed["pairs"][0]["A"] == ["O-BC-GRP"]
    assert printed["pairs"][0]["effective"] == {"A": True, "B": False}


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda case: case["answers"][0].update(question="WD-99"), "there is no question `WD-99`"),
        (lambda case: case["answers"][0].update(value="punsh"), "Did you mean `punish`?"),
        (lambda case: case["answers"][0].update(source="POL"), "`POL` may not answer WD-21"),
        (lambda case: case["answers"][0].update(about="A>C"), "no direction of a pair of this case"),
        (lambda case: case["answers"][0].update(on="2026-12-30"), "lies in the future"),
        (lambda case: case.update(pairs=[["A", "C"]]), "no pair of two different known persons"),
        (lambda case: case["acts"].append(act(by=["programme: N. Two"])), "not of that side"),
        (lambda case: case["acts"].append(act(by=["A"])), "is a person of the case"),
        (lambda case: case["acts"].append(act(act="ISS-STATU")), "Did you mean `ISS-STATUS`?"),
        (lambda case: case["acts"].append(act(act="W-SIGN", about="A-B", value="W_A")), "needs 2 different name(s)"),
    ],
)
def test_what_is_wrong_is_told_with_the_nearest_name(
    tmp_path: Path, spoil: Callable[[dict[str, Any]], object], told: str
) -> None:
    result = spoiled(tmp_path, spoil)
    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("text", ["a: [1", "", "- 1", "\x00", "&a [*a]", "{" * 100, "? !!python/name:os.system : 1"])
def test_a_file_that_is_no_case_ends_with_a_plain_word(tmp_path: Path, text: str) -> None:
    result = run(tmp_path, text)
    assert result.exit_code == 2
    assert result.stderr.strip()
    assert "Traceback" not in result.output


def test_a_file_that_grows_from_aliases_is_refused(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 40)}]" for n in range(1, 40)]
    result = run(tmp_path, "\n".join(lines))
    assert result.exit_code == 2
    assert "aliases" in result.stderr
