"""`triage check` finds nothing wrong with the shipped flows, and everything wrong with spoiled ones."""

import json
import shutil
from pathlib import Path

from click.testing import CliRunner

from triage.checks.structure.all_kinds import KINDS
from triage.cli.check import check_command
from triage.settings import FLOWS


def test_the_shipped_flows_have_no_problem() -> None:
    result = CliRunner().invoke(check_command, [])
    lines = result.stdout.splitlines()
    assert (result.exit_code, lines[-1]) == (0, "0 problems")
    kinds = ["reading", *KINDS, "texts", "sheets"]
    assert lines[:-1] == [f"{kind}: 0 problems" for kind in kinds], "one line for each kind of check"


def test_as_json_the_shipped_flows_are_an_empty_array() -> None:
    assert json.loads(CliRunner().invoke(check_command, ["--json"]).stdout) == []


def test_a_problem_of_structure_is_told_with_the_number_of_its_kind(tmp_path: Path) -> None:
    flows = tmp_path / "flows"
    shutil.copytree(FLOWS, flows, ignore=shutil.ignore_patterns("vignettes", "schema"))
    danger = flows / "a-referral.yml"
    text = danger.read_text(encoding="utf-8").replace("    on_file: [informed_safely]\n", "")
    danger.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(check_command, [str(flows)])
    assert result.exit_code == 1
    assert "S004 In `RI-08`, `informed_safely` leads to nothing." in result.stdout
    assert {"consequences: 1 problem", "conditions: 0 problems", "1 problem"} <= set(result.stdout.splitlines())


def test_all_problems_of_a_directory_are_told_at_once(tmp_path: Path) -> None:
    flows = tmp_path / "flows"
    shutil.copytree(FLOWS, flows, ignore=shutil.ignore_patterns("vignettes", "schema"))
    danger = flows / "b-danger.yml"
    danger.write_text(
        danger.read_text(encoding="utf-8").replace("finding: NFS_xy", "finding: NSF_xy"), encoding="utf-8"
    )
    routing = flows / "routing.yml"
    routing.write_text(
        routing.read_text(encoding="utf-8").replace("poss(CASECLOSE)", "poss(CASECLOZE)"), encoding="utf-8"
    )
    result = CliRunner().invoke(check_command, [str(flows), "--json"])
    problems = json.loads(result.stdout)
    assert result.exit_code == 1
    assert {"b-danger.yml", "routing.yml"} <= {problem["file"] for problem in problems}
    assert all(problem["line"] > 0 for problem in problems)
    assert any(problem["near"].startswith("NFS") for problem in problems)


def test_a_directory_that_does_not_exist_is_a_wrong_use(tmp_path: Path) -> None:
    assert CliRunner().invoke(check_command, [str(tmp_path / "none")]).exit_code == 2


def test_that_texts_were_not_checked_is_said(tmp_path: Path) -> None:
    flows = tmp_path / "flows"
    shutil.copytree(FLOWS, flows, ignore=shutil.ignore_patterns("vignettes", "schema"))
    result = CliRunner().invoke(check_command, [str(flows), "--json"])
    assert (result.exit_code, result.stdout) == (0, "[]\n")
    assert result.stderr == f"There is no folder {flows / 'locales'}: texts were not checked.\n"
